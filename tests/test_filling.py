"""A catalogue file says nothing of the columns it does not have."""

from dataclasses import replace

import pytest

from core.catalogue import Catalogue, Variant, Wording
from core.money import Money
from handlers.importing.filling import filled

KNOWN = Variant(
    "A-1",
    Wording("帆布包", "米白", (("材质", "棉"),), "手洗", unit="个"),
    Money(12900, "CNY"),
    stock=7,
    category="包",
    aliases=("托特包",),
    photos=("a.jpg",),
    floor_price=Money(11000, "CNY"),
    weight="1 kg",
    english=Wording("Canvas bag", "Natural", (("material", "cotton"),), "Hand wash"),
)
BARE = Variant("A-1", Wording("帆布包"), Money(12900, "CNY"))
THREE = frozenset({"sku", "title", "price"})


@pytest.mark.parametrize(
    ("columns", "row", "expected"),
    [
        (THREE, BARE, KNOWN),
        (THREE, replace(BARE, price=Money(13000, "CNY")), replace(KNOWN, price=Money(13000, "CNY"))),
        (THREE | {"stock"}, BARE, replace(KNOWN, stock=None)),
        (THREE | {"floor_price"}, BARE, replace(KNOWN, floor_price=None)),
        (THREE | {"photos", "aliases"}, BARE, replace(KNOWN, photos=(), aliases=())),
        (THREE | {"variant"}, BARE, replace(KNOWN, wording=replace(KNOWN.wording, variant=""))),
        (
            THREE | {"attributes"},
            replace(BARE, wording=Wording("帆布包", attributes=(("单位", "米"),), unit="米")),
            replace(KNOWN, wording=replace(KNOWN.wording, attributes=(("单位", "米"),), unit="米")),
        ),
        (
            THREE | {"title_en"},
            replace(BARE, english=Wording("Tote", "米白")),
            replace(KNOWN, english=replace(KNOWN.english or Wording(""), title="Tote")),
        ),
        (THREE | {"title_en"}, BARE, KNOWN),
    ],
    ids=lambda one: " ".join(sorted(one - THREE)) or "three columns" if isinstance(one, frozenset) else "",
)
def test_only_what_the_file_has_changes(columns: frozenset[str], row: Variant, expected: Variant) -> None:
    """An empty cell of a column that is there counts; a column that is not there does not."""
    goods = filled([row], Catalogue((KNOWN,)), columns)
    assert goods.variants == [expected]
    assert (goods.wrong, goods.odd) == ([], [])


def test_new_goods_are_as_the_file_says() -> None:
    """Nothing is known of them, so nothing is kept."""
    fresh = replace(BARE, sku="B-1")
    assert filled([fresh], Catalogue((KNOWN,)), THREE).variants == [fresh]


def test_what_rests_off_the_shelf_keeps_what_is_known_of_it() -> None:
    """A price list that names it brings it back as it was."""
    assert filled([BARE], Catalogue(), THREE, [KNOWN]).variants == [KNOWN]


@pytest.mark.parametrize("price", [Money(10900, "CNY"), Money(12900, "USD")], ids=["under the floor", "other currency"])
def test_what_is_kept_must_agree(price: Money) -> None:
    """A price below the floor that stays, or in a currency no column names, stops the file and says which column is missing."""
    ((zh, en),) = filled([replace(BARE, price=price)], Catalogue((KNOWN,)), THREE).wrong
    assert "A-1" in zh
    assert "column" in en


def test_goods_a_buyer_cannot_tell_apart_are_named() -> None:
    """Two new goods of one title in a file without variants."""
    one, other = replace(BARE, sku="B-1"), replace(BARE, sku="B-2")
    ((zh, en),) = filled([one, other], Catalogue(), THREE).odd
    assert "B-1" in zh
    assert "B-2" in en
    assert filled([one, other], Catalogue(), THREE | {"variant"}).odd == []
