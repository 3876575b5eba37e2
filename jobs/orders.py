"""Orders whose time is up: the seller hears of those nobody paid for; those delivered long ago are done."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from core import ordering
from core.orders import State
from handlers.owners import tell_owners

if TYPE_CHECKING:
    from handlers.desk import Desk


async def look_after_orders(desk: Desk) -> int:
    """Each once. What a paid order owes is its promise's business."""
    now = desk.clock.now()
    due = await desk.store.orders.due(now)
    for order in due:
        if order.state is State.PLACED:
            told = tell_owners(
                desk, "order_unpaid", f"unpaid:{order.order_no}:{order.version}", order_no=order.order_no,
                placed_at=order.placed_at, buyer=order.buyer_id or "",
            )  # fmt: skip
            quiet = desk.store.orders.save(replace(order, due_at=None), "unpaid told", "clock", now)
            await desk.write([*quiet, *told])
        else:
            await desk.write(desk.store.orders.save(ordering.done(order, now), "done", "clock", now))
    return len(due)
