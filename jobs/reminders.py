"""Reminders: whoever wanted to come back to a buyer is told when the time has come, once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.seller.buyers.reminders import remind

if TYPE_CHECKING:
    from handlers.desk import Desk


async def tell_reminders(desk: Desk) -> int:
    """Tell what is due. What belonged to somebody who has gone comes to the owners. Returns how many were told."""
    now = desk.clock.now()
    due = await desk.store.reminders.due(now)
    for one in due:
        buyer = await desk.store.buyers.get(one.buyer_id)
        name = buyer.shown if buyer is not None else str(one.buyer_id)
        people = (one.user_id,) if one.user_id in desk.people.sellers else desk.people.owners
        told = [write for who in people for write in remind(desk, one, who, name, now)]
        await desk.write([desk.store.reminders.told(one.id, now), *told])
    return len(due)
