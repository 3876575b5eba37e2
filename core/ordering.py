"""What happens to an order: paid, cancelled, done; until when each state may last; and what a shelf can give."""

import random
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from core.catalogue import Catalogue
from core.dispatching import departure
from core.money import Money
from core.orders import Order, OrderLine, State
from core.shop import Shop

UNPAID_FOR = timedelta(hours=24)
"""An order nobody paid for so long is shown to the seller."""
DONE_AFTER = timedelta(days=7)
"""A delivered order is done so long after, unless the buyer says that something is wrong."""
NUMBER = "%y%m%d"


def new_number(now: datetime, zone: ZoneInfo, chance: random.Random | None = None) -> str:
    """An order number: the day in the shop and four digits, which tell nobody how many orders there are."""
    return f"{now.astimezone(zone):{NUMBER}}{(chance or random.SystemRandom()).randrange(10_000):04d}"


def end_of(day: date, zone: ZoneInfo) -> datetime:
    """The last second of a day in the shop: until then, what was promised for that day is kept."""
    return datetime.combine(day, time(23, 59, 59), tzinfo=zone)


def ship_by(paid_at: datetime, shop: Shop) -> datetime | None:
    """Until when an order paid then has left, by the cut-off rule; None where shop.toml states none."""
    leaves = departure(paid_at, shop.dispatch, shop.timezone) if shop.dispatch else None
    return None if leaves is None else end_of(leaves.day, shop.timezone).astimezone(paid_at.tzinfo)


def paid(order: Order, now: datetime, shop: Shop) -> Order:
    """The money is there: it leaves by the time promised for it, or else by the cut-off rule."""
    by = order.ship_by or ship_by(now, shop)
    return replace(order, state=State.PAID, paid_at=order.paid_at or now, ship_by=by, due_at=by)


def left_already(order: Order, shipped_at: datetime, now: datetime, *, has_arrived: bool) -> Order:
    """A paid order whose parcels had left before: nothing is owed by way of sending."""
    gone = replace(order, state=State.SHIPPED, shipped_at=order.shipped_at or shipped_at, ship_by=None, due_at=None)
    return delivered(gone, now) if has_arrived else gone


def cancelled(order: Order, now: datetime) -> Order:
    return replace(order, state=State.CANCELLED, closed_at=now, due_at=None)


def done(order: Order, now: datetime) -> Order:
    return replace(order, state=State.DONE, closed_at=now, due_at=None)


def delivered(order: Order, now: datetime) -> Order:
    return replace(order, state=State.DELIVERED, delivered_at=now, due_at=now + DONE_AFTER)


def back_to(order: Order, state: State) -> Order:
    """A step taken by mistake is taken back: the order is as it was before it."""
    if state is State.PLACED:
        return replace(order, state=state, paid_at=None, ship_by=None, closed_at=None, due_at=None)
    due = {State.PAID: order.ship_by, State.DELIVERED: order.delivered_at and order.delivered_at + DONE_AFTER}
    back = replace(order, state=state, closed_at=None, due_at=due.get(state))
    if state is State.PAID:
        back = replace(back, shipped_at=None)
    return back if state in (State.DELIVERED, State.DONE) else replace(back, delivered_at=None)


def total(lines: tuple[OrderLine, ...], catalogue: Catalogue) -> Money | None:
    """What the lines come to; None where a price is not known or currencies differ."""
    prices = [
        (line.price or (one.price if (one := catalogue.get(line.sku)) else None), line.quantity) for line in lines
    ]
    known = [price * quantity for price, quantity in prices if price is not None]
    if not known or len(known) < len(prices) or len({price.currency for price in known}) > 1:
        return None
    return Money(sum(price.minor for price in known), known[0].currency)


def lacking(lines: tuple[OrderLine, ...], stock: Mapping[str, int | None]) -> dict[str, int]:
    """What the shelf cannot give: sku → how many there are. A stock that is not known holds nobody up."""
    have = ((line, stock.get(line.sku)) for line in lines)
    return {line.sku: count for line, count in have if count is not None and count < line.quantity}


def stocks(catalogue: Catalogue) -> dict[str, int | None]:
    """How many there are of what."""
    return {one.sku: one.stock for one in catalogue}
