"""What goods are made of, where a line names a material."""

from dataclasses import replace

import pytest

from core.catalogue import Catalogue, Wording
from core.materials import asks_for_one, named, names_no_goods
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
        ("帆布围裙有亚麻的吗", "亚麻"),
        ("亞麻圍裙有帆布嘅嗎", "帆布"),
        ("do you have the canvas apron in linen?", "linen"),
    ],
)
def test_the_material_that_is_named(words: str, material: str | None) -> None:
    found = named(words)
    assert (found and found[0]) == material


@pytest.mark.parametrize(
    ("words", "asks", "is_open"),
    [
        ("有没有真丝枕套", True, False),
        ("有冇真絲枕套", True, False),
        ("真丝枕套有吗", True, False),
        ("围裙有亚麻的吗", True, False),
        ("有真丝的吗", True, True),
        ("有冇真皮嘅", True, True),
        ("any leather backpacks?", True, False),
        ("does the apron come in linen?", True, False),
        ("do you have anything in silk?", True, True),
        ("is there a silk one?", True, True),
        ("里面有羊毛吗", False, False),
        ("是真丝的吗", False, False),
        ("有羊毛成分吗", False, False),
        ("有皮革带子的包吗", False, False),
        ("真丝枕套多少钱", False, False),
        ("do you have a bag with leather handles?", False, False),
        ("is it leather?", False, False),
    ],
)
def test_whether_a_material_is_asked_for(words: str, asks: bool, is_open: bool) -> None:
    """And whether it is left open what is to be made of it."""
    assert asks_for_one(words) is asks
    assert names_no_goods(words) is is_open


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


def test_of_several_kinds_none_is_made_of_it() -> None:
    """Silk pillowcases are asked for, and there are two sorts, none of silk: that is said, and both are there to look at."""
    goods = shelf(("抱枕套", "棉麻"), ("枕套", "亚麻"), ("枕芯", "羽丝棉"))
    words = "有没有真丝枕套"
    decided = answered(words, replace(ask("stock", words), unsure=("A-2", "A-0", "A-1")), catalogue=goods)
    assert names(decided) == ["none_of_material"]
    assert [one["title"] for one in decided.said[0].values["alike"]] == ["抱枕套", "枕套"]
    assert [row[0].data["skus"] for row in decided.buttons] == [["A-0"], ["A-1"]]


def test_a_thing_that_the_shop_has_not_in_any_material_goes_to_a_person() -> None:
    """What has but the material in common with silk scarves is not shown in their place."""
    words = "有没有真丝围巾"
    decided = answered(
        words, replace(ask("stock", words), unsure=("A-0", "A-1")), catalogue=shelf(("短帘", "真丝"), ("枕芯", "丝棉"))
    )
    assert [one.reason for one in decided.handovers] == ["missing"]
    assert not decided.buttons


def test_a_material_of_whatever_kind() -> None:
    """Of nothing in particular: what was spoken of last, else all there is; and that there is none, where goods say so."""
    words = "有真丝的吗"
    goods = shelf((BIB, "棉布"), ("枕套", "真丝"))
    assert answered(words, ask("stock", words), catalogue=goods).products == ("A-1",)
    last = answered(words, ask("stock", words), catalogue=goods, last_products=("A-0",))
    assert not last.said[0].values["is_of_it"]
    assert last.products == ("A-0",)
    assert names(answered(words, ask("stock", words), catalogue=shelf((BIB, "棉布")))) == ["none_of_material"]
    assert names(answered(words, ask("stock", words), catalogue=shelf((BIB, "")))) == ["ask_which"]
