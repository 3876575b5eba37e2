"""The morning digest: yesterday in short, and what today wants. /digest shows it, /digest on|off switches it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from telegram import Update

from handlers.desk import Context, Desk
from handlers.seller.asking import asked
from handlers.seller.reports.stats import LENGTH, beginning, glance, titled
from handlers.seller.slips import SWITCHED
from handlers.tapping import tap_told

if TYPE_CHECKING:
    from store.buttons import Button
    from store.writing import Write

OFF = "digest_off"
"""The mark that no digest is wanted."""
MOST_QUOTED = 3


async def on_digest(update: Update, context: Context) -> None:
    """/digest: yesterday in short, now; /digest on|off."""
    command = asked(update, context)
    word = command.words[0].casefold() if command.words else ""
    if word in SWITCHED:
        off = not SWITCHED[word]
        was = bool(await command.desk.store.marks.get(OFF))
        unit = [
            command.desk.store.marks.set(OFF, off, command.now),
            command.desk.noted(command.owner, f"digest {'off' if off else 'on'}", "shop", command.now),
        ]
        undo = [] if was is off else [[command.undo("undo_digest", {"off": was})]]
        return await command.say("digest_switched", unit, buttons=undo, on=not off)
    if word:
        return await command.misused("digest_wrong", "/digest [on|off]", "/digest on", said=word)
    values = await digest_of(command.desk, command.now)
    return await command.say("digest", **titled(command.desk, values, command.desk.voice(command.owner).language))


async def undo_digest(desk: Desk, button: Button, owner: int, now: datetime) -> list[Write]:
    """[撤销]: as it was before, unless somebody has switched it since."""
    off = bool(button.data["off"])
    if bool(await desk.store.marks.get(OFF)) is off:
        return tap_told(desk, owner, "nothing_to_undo", button, now)
    noted = desk.noted(owner, "undo digest", "shop", now)
    return [
        desk.store.marks.set(OFF, off, now),
        noted,
        *tap_told(desk, owner, "digest_switched", button, now, on=not off),
    ]


async def digest_of(desk: Desk, now: datetime) -> dict[str, Any]:
    """What the digest says in the morning of `now`: the local day before, and what is open now; goods by their numbers."""
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
