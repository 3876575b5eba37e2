"""What was said is made findable while nobody waits for an answer."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from handlers.desk import Desk

PATIENCE = timedelta(minutes=10)
"""Where buyers write without a pause, nothing waits longer than this."""


async def index_words(desk: Desk) -> None:
    """Index what waits, a few texts at a time, until a buyer writes. /find does not depend on it: it indexes first."""
    indexing = desk.store.messages.indexing
    while not desk.is_busy() or await indexing.is_late(PATIENCE):
        if not await indexing.step():
            return
        await desk.give_way()
