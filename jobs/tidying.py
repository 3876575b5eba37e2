"""What nobody can need any more is forgotten, once a day: buttons, prompts, told facts, raw updates dealt with."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from handlers.desk import Desk

EVERY = timedelta(days=1)
AFTER_EXPIRY = timedelta(days=7)
"""An expired button is known so long, and said to be out of date when it is tapped."""
KEPT = timedelta(days=180)
"""So long a button without an end, and a card that may be replied to, do what they did; so long a file can be taken back."""
TOLD = timedelta(days=30)
"""What a chat was told matters for hours (`TOLD_AGAIN_AFTER`)."""
RAW = timedelta(days=30)
"""Telegram repeats an update for a day at most; so long it can be looked at to see what came. What was said stays in messages."""
MARK = "tidied"


async def tidy_up(desk: Desk) -> bool:
    """The day's tidying, where it was not done yet; it is due by the mark of the last one."""
    now = desk.clock.now()
    if desk.tidied_at is None:
        last = await desk.store.marks.get(MARK)
        desk.tidied_at = None if last is None else type(now).fromisoformat(last)
    if desk.tidied_at is not None and timedelta() <= now - desk.tidied_at < EVERY:  # before it: the clock was set back
        return False
    store = desk.store
    await desk.write(
        [
            *store.buttons.prune(now - AFTER_EXPIRY, now - KEPT),
            *store.imports.prune(now - KEPT),
            store.prompts.prune(now - KEPT),
            store.told.prune(now - TOLD),
            store.inbox.prune(now - RAW),
            store.marks.set(MARK, now.isoformat(), now),
        ]
    )
    desk.tidied_at = now
    return True
