"""Presence runs out by itself (S4 tip 7); the seller hears when it does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.owners import tell_owners
from store.shop import SaidPresence

if TYPE_CHECKING:
    from handlers.desk import Desk


async def lapse(desk: Desk) -> bool:
    """When /here has run out: the opening hours hold again, and the seller is told once."""
    snapshot = await desk.shelf.fresh()
    now = desk.clock.now()
    if snapshot.here_until is None or now < snapshot.here_until:
        return False
    told = tell_owners(desk, "hours_again", f"lapsed:{snapshot.here_until.timestamp():.0f}")
    await desk.write([*desk.store.shop.say(SaidPresence(), "clock", now), *told])
    await desk.shelf.fresh(at_once=True)
    return True
