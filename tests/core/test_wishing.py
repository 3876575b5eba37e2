"""Short wishes to change an order, heard where one can still be changed, and nowhere else."""

from dataclasses import replace

import pytest

from core.asks import Ask, Doubt, Understanding
from core.orders import Order, State
from core.wishing import hearing_wish
from tests.core.wishes import SHELF, order

HERE = replace(order(), order_no="2611200417")
GONE = replace(HERE, state=State.SHIPPED, order_no="2611100001")


def heard(words: str, orders: tuple[Order, ...] | None = (HERE,), *asks: str, maybe: tuple[str, ...] = ()) -> list[str]:
    """The names of the asks, once the wish is heard."""
    doubts = (Doubt(words, (0, len(words)), maybe),) if maybe else ()
    understood = Understanding(
        "zh", "hans", asks=tuple(Ask(name, 0.9, (0, len(words))) for name in asks), doubts=doubts
    )
    after = hearing_wish(understood, words, orders, SHELF)
    assert after is understood or after.doubts == ()
    return [ask.name for ask in after.asks]


@pytest.mark.parametrize(
    "words",
    [
        "订单 2611200417 换成白色", "换成白色", "换白色吧", "白色的换一下", "訂單換成白色", "改3个", "改成9000个", "颜色换一下", "尺码改一下", "拍错颜色了",
        "change it to white", "change order 2611200417 to white", "white instead", "make it white", "can I have white instead", "wrong colour",
    ],
)  # fmt: skip
def test_a_short_wish_is_heard(words: str) -> None:
    """In both scripts and in English, with and without the order's number."""
    assert heard(words) == ["change_order"]


@pytest.mark.parametrize(
    "words",
    [
        "有白色吗", "白色多少钱", "再说吧", "改天再说", "能换电池吗", "换个快递", "改地址", "换成大一点的盒子包装", "能便宜点换成包邮吗", "收到的坏了换一个",
        "is it white?", "can the battery be changed", "change my address to 12 Oak Street", "thanks",
    ],
)  # fmt: skip
def test_other_matters_are_not(words: str) -> None:
    """Questions about goods, addresses, wrapping, carriers, prices and what has arrived have asks of their own."""
    assert heard(words) == []


@pytest.mark.parametrize("orders", [None, (), (GONE,), (HERE, GONE)])
def test_only_where_an_order_can_still_be_changed(orders: tuple[Order, ...] | None) -> None:
    """Without one nothing can be changed; beside one that has left it may be an exchange."""
    assert heard("换成白色", orders) == []


def test_the_order_named_is_the_one_meant() -> None:
    """Its number leaves no doubt, whatever else is on its way."""
    assert heard("订单2611200417换成白色", (GONE, HERE), "order_status") == ["change_order"]


def test_what_it_was_mistaken_for_gives_way() -> None:
    """Not the state of the order nor the rules of returning; another question beside it stays."""
    assert heard("换成白色", (HERE,), "return_exchange") == ["change_order"]
    assert heard("白色有货的话换成白色", (HERE,), "stock") == ["change_order", "stock"]
    assert heard("再加一个", (HERE,), maybe=("change_order", "stock")) == ["change_order"]
    assert heard("再加一个", (HERE,), maybe=("stock",)) == []


@pytest.mark.parametrize("name", ["change_address", "cancel", "special_request", "change_order"])
def test_what_was_understood_stands(name: str) -> None:
    """An ask that says more is left as it is."""
    assert heard("换成白色", (HERE,), name) == [name]
