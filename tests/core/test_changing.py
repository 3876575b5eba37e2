"""A wish for other goods, read only where the words say it exactly."""

import pytest

from core.asks import Details, Understanding
from core.changing import Rewritten, Unclear, rewritten
from core.money import Money
from tests.core.wishes import SHELF, order


def wish(words: str, count: int | None = None, quantity: int = 1, taken: int = 0) -> Rewritten | Unclear:
    understood = Understanding("zh", "hans", details=Details(quantity=count))
    return rewritten(order(quantity, taken=taken), words, understood, SHELF)


@pytest.mark.parametrize(
    ("words", "count", "of", "line", "amount"),
    [
        ("换成白色的", None, 1, ("W", 1), 6000),
        ("把黑色换成白色", None, 2, ("W", 2), 12000),
        ("黑色的換成白色的", None, 1, ("W", 1), 6000),
        ("改成深蓝色", None, 1, ("D", 1), 5000),
        ("改成3个", 3, 1, ("K", 3), 15000),
        ("换成2个白色", 2, 1, ("W", 2), 12000),
        ("can I have white instead of black", None, 1, ("W", 1), 6000),
        ("please change it to dark blue", None, 1, ("D", 1), 5000),
    ],
)
def test_what_is_said_exactly(words: str, count: int | None, of: int, line: tuple[str, int], amount: int) -> None:
    """One other variant, another quantity, or both."""
    found = wish(words, count, quantity=of)
    assert isinstance(found, Rewritten)
    assert (found.after.sku, found.after.quantity) == line
    assert found.order.amount == Money(amount, "CNY")


@pytest.mark.parametrize(
    ("words", "count", "of", "why"),
    [
        ("再加一个", 1, 1, Unclear.WORDS),
        ("其中一个换成白色", 1, 3, Unclear.WORDS),
        ("换一个白色的", 1, 3, Unclear.WORDS),
        ("换成白色或者蓝色", None, 1, Unclear.WORDS),
        ("换成白色，不行就蓝色", None, 1, Unclear.WORDS),
        ("要白色的换成黑色", None, 1, Unclear.WORDS),
        ("换一个，不要白色", None, 1, Unclear.WORDS),
        ("换个别的", None, 1, Unclear.WORDS),
        ("改成1个", 1, 1, Unclear.WORDS),
        ("add two more", 2, 1, Unclear.WORDS),
        ("改成6个", 6, 1, Unclear.STOCK),
        ("换成绿色", None, 1, Unclear.STOCK),
    ],
)
def test_what_is_not(words: str, count: int | None, of: int, why: Unclear) -> None:
    """Additions, parts, choices, refusals, and what the shelf cannot give."""
    assert wish(words, count, quantity=of) is why


def test_what_the_order_holds_itself_counts_as_stock() -> None:
    """Five lie on the shelf and the paid order holds two: it may become seven."""
    assert isinstance(wish("改成7个", 7, quantity=2, taken=2), Rewritten)
    assert wish("改成8个", 8, quantity=2, taken=2) is Unclear.STOCK


def test_a_price_that_was_agreed_is_not_reckoned_with() -> None:
    """Nobody but the seller knows what a cheaper black bag makes of a white one."""
    understood = Understanding("zh", "hans")
    assert rewritten(order(price=Money(4500, "CNY")), "换成白色", understood, SHELF) is Unclear.AMOUNT
