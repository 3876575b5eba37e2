"""Substitutes: in stock, of the same kind, alike and near in price; always the same ones in the same order."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.catalogue import Catalogue, Variant, Wording
from core.money import Money
from core.substitutes import MOST, substitutes


def variant(
    sku: str, title: str, price: int, stock: int | None, kind: str = "包", colour: str = "黑", **attributes: str
) -> Variant:
    return Variant(
        sku, Wording(title, colour, (("颜色", colour), *attributes.items())), Money(price * 100, "CNY"), stock, kind
    )


GONE = variant("A", "帆布包", 89, 0, 材质="帆布")


def test_sisters_come_before_the_same_kind() -> None:
    """Another colour of the same bag is offered before another bag."""
    catalogue = Catalogue(
        (GONE, variant("B", "麻布包", 89, 5, 材质="帆布"), variant("C", "帆布包", 99, 5, colour="白"))
    )
    assert [one.variant.sku for one in substitutes(GONE, catalogue)] == ["C", "B"]


def test_attributes_in_common_come_before_price() -> None:
    """What is more alike is offered before what merely costs the same; the difference is told."""
    alike = variant("B", "布包", 120, 5, 材质="帆布")
    near = variant("C", "皮包", 89, 5, 材质="皮")
    found = substitutes(GONE, Catalogue((GONE, near, alike)))
    assert [one.variant.sku for one in found] == ["B", "C"]
    assert found[0].dearer_by == Money(3100, "CNY")
    assert ("材质", "皮") in found[1].differs


def test_three_colours_of_one_bag_are_one_suggestion() -> None:
    """Of another product only its best variant is offered."""
    others = [variant(f"B{n}", "布包", 89 + n, 5, colour=colour) for n, colour in enumerate(("红", "蓝", "黑"))]
    found = substitutes(GONE, Catalogue((GONE, *others)))
    assert [one.variant.sku for one in found] == ["B2"]


def test_what_costs_far_more_is_no_substitute() -> None:
    """A suitcase for a thousand does not stand in for a bag."""
    assert substitutes(GONE, Catalogue((GONE, variant("B", "行李箱", 999, 5)))) == ()


def test_what_was_ruled_out_is_not_offered() -> None:
    """ "not a black one" is heard."""
    catalogue = Catalogue(
        (GONE, variant("B", "布包", 89, 5, colour="黑色"), variant("C", "麻包", 89, 5, colour="白色"))
    )
    assert [one.variant.sku for one in substitutes(GONE, catalogue, unwanted=("黑色",))] == ["C"]


@pytest.mark.parametrize(("key", "other"), [("尺码", "42-43"), ("适配", "iPhone 15"), ("尺寸", "1.5 m 床")])
def test_what_fits_another_foot_bed_or_phone_is_no_substitute(key: str, other: str) -> None:
    """Who wears 38 is offered no 42: another shoe in 38 instead."""
    own = {"尺码": "38-39", "适配": "iPhone 16", "尺寸": "1.8 m 床"}[key]
    gone = variant("A", "拖鞋", 49, 0, **{key: own})
    too_large = variant("B", "拖鞋", 49, 5, **{key: other})
    fits = variant("C", "棉拖鞋", 59, 5, **{key: own})
    assert [one.variant.sku for one in substitutes(gone, Catalogue((gone, too_large, fits)))] == ["C"]


def test_another_measure_may_stand_in() -> None:
    """A larger bag, a longer cable: that is for the buyer to say."""
    gone, longer = variant("A", "数据线", 25, 0, 长度="1 米"), variant("B", "数据线", 32, 5, 长度="2 米")
    assert [one.variant.sku for one in substitutes(gone, Catalogue((gone, longer)))] == ["B"]


STOCKS = st.one_of(st.none(), st.integers(0, 3))
ROWS = st.lists(
    st.tuples(
        st.sampled_from("甲乙丙丁"), st.sampled_from("红蓝黑"), st.integers(1, 300), STOCKS, st.sampled_from("包鞋")
    ),
    max_size=25,
)


@given(ROWS, st.integers(1, 3))
def test_never_gone_never_itself_never_another_kind(
    rows: list[tuple[str, str, int, int | None, str]], quantity: int
) -> None:
    """Whatever the shelf holds: at most three, all with enough in stock, none of them the thing itself, no surprise twice."""
    items = [
        variant(f"S{n}", title, price, stock, kind, colour)
        for n, (title, colour, price, stock, kind) in enumerate(rows)
    ]
    wanted = variant("X", "甲", 89, 0)
    catalogue = Catalogue((*items, wanted))
    found = substitutes(wanted, catalogue, quantity=quantity)
    assert len(found) <= MOST
    assert all(one.variant.sku != "X" and (one.variant.stock or 0) >= quantity for one in found)
    assert all(one.variant.title == "甲" or one.variant.category == "包" for one in found)
    assert found == substitutes(wanted, catalogue, quantity=quantity)
