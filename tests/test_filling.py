"""A catalogue file says nothing of the columns it does not have."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from core.catalogue import Catalogue, Variant, Wording
from core.money import Money
from core.shop import Tone
from handlers.importing.filling import filled
from handlers.importing.remarks import Remark, sentences
from templates import Speech, Voice

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


def told(remarks: Sequence[Remark]) -> tuple[str, str]:
    """The one remark, in Chinese and in English."""
    voices = [Voice(each, "", datetime(2026, 11, 20, tzinfo=UTC), ZoneInfo("UTC"), Tone.WARM) for each in ("zh", "en")]
    [[zh], [en]] = [sentences(Speech(), voice, remarks) for voice in voices]
    return zh, en


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


@pytest.mark.parametrize(
    ("columns", "row", "expected"),
    [
        ("sku stock", Variant("A-1", Wording(""), Money(0, "CNY"), stock=3), replace(KNOWN, stock=3)),
        ("sku price", Variant("A-1", Wording(""), Money(9900, "USD")), None),
        ("sku price", Variant("A-1", Wording(""), Money(12500, "CNY")), replace(KNOWN, price=Money(12500, "CNY"))),
        (
            "sku floor_price",
            replace(BARE, floor_price=Money(100, "CNY")),
            replace(KNOWN, floor_price=Money(100, "CNY")),
        ),
        ("sku floor_price", replace(BARE, floor_price=Money(12901, "CNY")), None),
        ("sku floor_price", replace(BARE, floor_price=Money(100, "USD")), None),
        (
            "sku note_en",
            Variant("A-1", Wording(""), Money(0, "CNY"), english=Wording("", note="Wash cold")),
            replace(KNOWN, english=replace(KNOWN.english or Wording(""), note="Wash cold")),
        ),
    ],
    ids=[
        "stock",
        "another currency",
        "price",
        "floor",
        "a floor above the price",
        "a floor of another currency",
        "words",
    ],
)
def test_a_sheet_of_two_columns(columns: str, row: Variant, expected: Variant | None) -> None:
    """It changes that one thing of goods that are known; what does not agree with the rest stops it."""
    goods = filled([row], Catalogue((KNOWN,)), frozenset(columns.split()))
    if expected is None:
        zh, en = told(goods.wrong)
        assert "A-1" in zh
        assert "A-1" in en
    else:
        assert (goods.variants, goods.wrong, goods.odd, goods.left) == ([expected], [], [], [])


@pytest.mark.parametrize(
    ("sku", "words"),
    [("B-1", ("店里没有货号 B-1", "columns title and price")), ("a-1", ("店里的是 A-1", "the shop’s is A-1"))],
)
def test_a_sheet_of_two_columns_leaves_strangers_out(sku: str, words: tuple[str, str]) -> None:
    """It cannot bring new goods: a number nobody knows is named with its row, and the others are changed."""
    rows = [replace(BARE, sku=sku), replace(BARE, stock=2)]
    goods = filled(rows, Catalogue((KNOWN,)), frozenset({"sku", "stock"}), rows={sku: 5, "A-1": 6})
    assert goods.variants == [replace(KNOWN, stock=2)]
    zh, en = told(goods.left)
    assert zh.startswith("第 5 行")
    assert en.startswith("row 5")
    assert words[0] in zh
    assert words[1] in en


def test_many_strangers_are_counted() -> None:
    """So many are named, and the others are one sentence."""
    rows = [replace(BARE, sku=f"B-{number}") for number in range(30)]
    goods = filled(rows, Catalogue((KNOWN,)), frozenset({"sku", "stock"}))
    assert goods.variants == []
    assert len(goods.left) == 9
    zh, en = told(goods.left[-1:])
    assert "22" in zh
    assert "22 more rows" in en


def test_a_sheet_of_two_columns_puts_nothing_back_on_the_shelf() -> None:
    """What was taken off stays off, and is named with the way to put it back."""
    goods = filled([BARE], Catalogue(), frozenset({"sku", "stock"}), [KNOWN], {"A-1": 2})
    assert goods.variants == []
    zh, en = told(goods.left)
    assert "/item A-1 on" in zh
    assert "row 2" in en


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
    zh, en = told(filled([replace(BARE, price=price)], Catalogue((KNOWN,)), THREE).wrong)
    assert "A-1" in zh
    assert "column" in en


def test_goods_a_buyer_cannot_tell_apart_are_named() -> None:
    """Two new goods of one title in a file without variants."""
    one, other = replace(BARE, sku="B-1"), replace(BARE, sku="B-2")
    zh, en = told(filled([one, other], Catalogue(), THREE).odd)
    assert "B-1" in zh
    assert "B-2" in en
    assert filled([one, other], Catalogue(), THREE | {"variant"}).odd == []
