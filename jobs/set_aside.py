"""What could not be handled: the owners' card says how many there are, whatever has happened to them meanwhile."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.seller import retrying

if TYPE_CHECKING:
    from handlers.desk import Desk


async def tell_set_aside(desk: Desk) -> None:
    """Show, change or close the card, where it does not say how things stand."""
    if unit := await retrying.look(desk):
        await desk.write(unit)
