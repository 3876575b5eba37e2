"""What goods are made of, where a line names a material."""

from dataclasses import replace

import pytest

from core.answering.materials import named
from core.catalogue import Catalogue, Wording
from tests.core.answering import GOODS, answered, ask, names

BIB, CROSSED, PLAIN = "棉布围裙", "交叉围裙", "防水围裙"


def shelf(*rows: tuple[str, str]) -> Catalogue:
    """Aprons: (title, material); "" where the details do not say."""
    return Catalogue(
        tuple(
            replace(
                GOODS.variants[0],
                sku=f"A-{number}",
                category="围裙",
                wording=Wording(title, "", (("材质", material),) if material else ()),
                english=None,
            )
            for number, (title, material) in enumerate(rows)
        )
    )


@pytest.mark.parametrize(
    ("words", "material"),
    [
        ("有没有亚麻围裙", "亚麻"),
        ("有沒有亞麻圍裙", "亚麻"),
        ("棉麻的有吗", "棉麻"),
        ("any linen aprons", "linen"),
        ("cotton-linen ones?", "cotton-linen"),
        ("不是亚麻的有吗", None),
        ("anything without leather", None),
        ("木有货了吗", None),
        ("有围裙吗", None),
    ],
)
def test_the_material_that_is_named(words: str, material: str | None) -> None:
    found = named(words)
    assert (found and found[0]) == material


def test_another_of_its_kind_is_of_the_material_named() -> None:
    """Linen aprons are asked for: not the one that the word finds first, but the one that is of linen, and of what just so."""
    goods = shelf((BIB, "10 安帆布"), (CROSSED, "水洗棉麻"))
    words = "有没有亚麻围裙"
    decided = answered(words, ask("stock", words, ("A-0",)), catalogue=goods)
    assert names(decided)[:2] == ["made_of", "stock_in"]
    assert decided.said[0].values["made_of"] == "水洗棉麻"
    assert decided.said[0].values["is_of_it"]
    assert decided.products == ("A-1",)


def test_another_kind_of_thing_is_not_told_in_its_place() -> None:
    """A linen mitten on the same shelf, or anything where the shop has no shelves, is no linen apron."""
    words = "有没有亚麻围裙"
    goods = shelf((BIB, "10 安帆布"), ("隔热手套", "亚麻"))
    assert answered(words, ask("stock", words, ("A-0",)), catalogue=goods).products == ("A-0",)
    loose = Catalogue(tuple(replace(one, category="") for one in shelf((BIB, "帆布"), (CROSSED, "亚麻")).variants))
    assert answered(words, ask("stock", words, ("A-0",)), catalogue=loose).products == ("A-0",)


def test_of_several_it_may_mean_those_of_the_material_are_left() -> None:
    """One: it is told. Two: the choice is between them."""
    words = "有没有亚麻围裙"
    unsure = replace(ask("stock", words), unsure=("A-0", "A-1", "A-2"))
    one = shelf((BIB, "帆布"), (CROSSED, "亚麻"), (PLAIN, "涤纶"))
    assert answered(words, unsure, catalogue=one).products == ("A-1",)
    two = shelf((BIB, "亚麻"), (CROSSED, "亚麻"), (PLAIN, "涤纶"))
    offered = [row[0].data["skus"] for row in answered(words, unsure, catalogue=two).buttons if "skus" in row[0].data]
    assert offered == [["A-0"], ["A-1"]]


def test_who_compares_means_both() -> None:
    """The linen one is held against the other."""
    goods = shelf((BIB, "亚麻"), (CROSSED, "涤纶"))
    words = "亚麻的和涤纶的围裙有什么区别"
    assert {"A-0", "A-1"} <= set(answered(words, ask("spec", words, ("A-0", "A-1")), catalogue=goods).products)


def test_what_nothing_is_made_of_is_denied_in_words() -> None:
    """Where the details say what it is made of; where they do not, nothing is denied."""
    words = "有真丝围裙吗"
    denied = answered(words, ask("stock", words, ("A-0",)), catalogue=shelf((BIB, "棉布"), (CROSSED, "水洗棉麻")))
    assert names(denied)[:2] == ["made_of", "stock_in"]
    assert not denied.said[0].values["is_of_it"]
    assert "made_of" not in names(answered(words, ask("stock", words, ("A-0",)), catalogue=shelf((BIB, ""))))


def test_a_material_in_the_name_needs_no_words() -> None:
    words = "棉布围裙有货吗"
    assert names(answered(words, ask("stock", words, ("A-0",)), catalogue=shelf((BIB, "棉布"))))[0] == "stock_in"
