"""What an order comes to, what a shelf lacks for it, and a step taken back."""

from datetime import UTC, datetime, timedelta

import pytest

from core.money import Money
from core.ordering import DONE_AFTER, UNPAID_FOR, back_to, delivered, lacking, total
from core.orders import Order, OrderLine, State
from tests.core.answering import GOODS

NOW = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
TEN = Money(1000, "CNY")


@pytest.mark.parametrize(
    ("lines", "comes_to"),
    [
        pytest.param([OrderLine("B-1", 2)], Money(17800, "CNY"), id="the list price, where no file told another"),
        pytest.param([OrderLine("B-1", 2, TEN), OrderLine("M-1")], Money(24800, "CNY"), id="a price of its own"),
        pytest.param([OrderLine("gone", 3, TEN)], Money(3000, "CNY"), id="its price is known, though it is gone"),
        pytest.param([OrderLine("B-1"), OrderLine("gone")], None, id="one price is not known"),
        pytest.param([OrderLine("B-1"), OrderLine("M-1", 1, Money(1000, "USD"))], None, id="two currencies"),
        pytest.param([], None, id="nothing"),
    ],
)
def test_what_an_order_comes_to(lines: list[OrderLine], comes_to: Money | None) -> None:
    """A sum is told only where every price is known, in one currency."""
    assert total(tuple(lines), GOODS) == comes_to


def test_what_the_shelf_lacks() -> None:
    """Exactly enough is enough; a stock that nobody counts holds no order up."""
    lines = (OrderLine("a", 2), OrderLine("b", 3), OrderLine("c", 1), OrderLine("d", 9))
    assert lacking(lines, {"a": 2, "b": 2, "c": 0, "d": None}) == {"b": 2, "c": 0}


@pytest.mark.parametrize("state", [State.PAID, State.SHIPPED])
def test_a_step_taken_back_leaves_nothing_of_it(state: State) -> None:
    """Delivered by mistake, and back: what came after is not known any more, and what was due before is due again."""
    by = NOW + timedelta(days=1)
    order = Order("1", 7, State.SHIPPED, NOW - UNPAID_FOR, "t", paid_at=NOW, shipped_at=NOW, ship_by=by)
    back = back_to(delivered(order, NOW + timedelta(days=2)), state)
    assert (back.state, back.paid_at, back.delivered_at, back.closed_at) == (state, NOW, None, None)
    assert back.shipped_at == (NOW if state is State.SHIPPED else None)
    assert back.due_at == (by if state is State.PAID else None)


def test_a_payment_taken_back_is_none() -> None:
    """Nothing is promised for what nobody paid."""
    by = NOW + timedelta(days=1)
    back = back_to(Order("1", 7, State.PAID, NOW - UNPAID_FOR, "t", paid_at=NOW, ship_by=by, due_at=by), State.PLACED)
    assert (back.state, back.paid_at, back.ship_by, back.due_at) == (State.PLACED, None, None, None)


def test_done_by_mistake_is_delivered_again() -> None:
    """It is done by itself when the time for that is over, counted from the delivery."""
    order = delivered(Order("1", 7, State.SHIPPED, NOW, "t", paid_at=NOW, shipped_at=NOW), NOW)
    assert back_to(order, State.DELIVERED).due_at == NOW + DONE_AFTER
