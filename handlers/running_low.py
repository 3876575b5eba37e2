"""Running low: the seller hears before a thing that sells runs out, in the commit that makes it scarce."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from core.orders import Order
from core.stock_review import is_running_low

if TYPE_CHECKING:
    from handlers.desk import Desk
    from store.writing import Write

WEEK = timedelta(days=7)


async def running_low(desk: Desk, order: Order, now: datetime) -> list[dict[str, Any]]:
    """What this order, once paid, leaves so few of that a week like the last one would sell them out."""
    catalogue = desk.shelf.now.catalogue
    low = []
    changes = await desk.store.stock_history.since(now - WEEK)
    for line in order.lines:
        one = catalogue.get(line.sku)
        if one is None or one.stock is None:
            continue
        sold = sum(-(c.delta or 0) for c in changes if c.sku == line.sku and c.cause.startswith("order:"))
        left = one.stock - line.quantity
        if is_running_low(one.stock, left, sold + line.quantity):
            low.append({"sku": one.sku, "one": one, "stock": left, "count": sold + line.quantity})
    return low


def named(low: list[dict[str, Any]], language: str) -> list[dict[str, Any]]:
    """The same, with the titles as a seller of this language reads them."""
    return [{**each, "title": each["one"].words(language).title} for each in low]


def warned_of(desk: Desk, order: Order, low: list[dict[str, Any]], by: str, now: datetime) -> list[Write]:
    """Each owner is told, but for the one who did it: that one reads it in the answer to the command."""
    unit: list[Write] = []
    for owner in desk.people.owners:
        if by == desk.who(owner):
            continue
        voice = desk.voice(owner)
        for one in named(low, voice.language):
            html = desk.speech.seller("running_low", voice, **one)
            unit += desk.speaking.tell_seller(
                owner, html, f"low:{one['sku']}:{order.order_no}:{order.version}:{owner}", now
            )
    return unit
