"""The morning digest: yesterday in short, and what today wants. /digest shows it, /digest on|off switches it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from telegram import Update

from handlers.desk import Context, Desk
from handlers.seller.asking import asked
from handlers.seller.reports.stats import LENGTH, beginning, glance

OFF = "digest_off"
"""The mark that no digest is wanted."""
MOST_QUOTED = 3


async def on_digest(update: Update, context: Context) -> None:
    """/digest: yesterday in short, now; /digest on|off."""
    command = asked(update, context)
    word = command.words[0].casefold() if command.words else ""
    if word in ("on", "off"):
        unit = [command.desk.store.marks.set(OFF, word == "off", command.now)]
        return await command.say("digest_switched", unit, on=word == "on")
    if word:
        zh, en = f"“{word}”不认得，只有 on 和 off。", f"I know on and off, not “{word}”."
        return await command.wrong(zh, en, "/digest [on|off]", "/digest on")
    return await command.say("digest", **await digest_of(command.desk, command.now))


async def digest_of(desk: Desk, now: datetime) -> dict[str, Any]:
    """What the digest says in the morning of `now`: the local day before, and what is open now."""
    today = beginning(desk, now, 1)
    values, _ = await glance(desk, beginning(desk, today - timedelta(hours=1), 1), today)
    bought: tuple[int, int] | tuple[None, None] = (None, None)
    if now.astimezone(desk.shelf.now.shop.timezone).weekday() == 0:
        bought = await desk.store.figures.bought(beginning(desk, now, LENGTH + 1))
    open_now = await desk.store.promises.open(today + timedelta(days=1))
    unanswered = [one.text[:60] for one in await desk.store.missed.open(MOST_QUOTED)]
    return {
        **values,
        "is_morning": False,
        "due": len(open_now),
        "unanswered": unanswered,
        "bought": bought[0],
        "again": bought[1],
    }
