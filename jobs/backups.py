"""The daily copy of the database: begun once a local day, derived from which copies there are."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from handlers.desk import Desk


async def back_up(desk: Desk) -> None:
    """Begin today's copy where copies are kept. It is made beside everything else; nobody waits for it."""
    if desk.back_up is not None:
        desk.back_up(desk.clock.now(), (await desk.shelf.fresh()).shop.timezone)
