"""Going on after a restore: the sellers hear that the shop is paused and what was due before, and /go lifts it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from telegram import Update

from handlers.calls import text_of
from handlers.desk import Context
from handlers.owners import tell_owners
from handlers.seller.asking import asked
from handlers.seller.buyers.doubts import tell_doubt

if TYPE_CHECKING:
    from handlers.desk import Desk
    from store.outbox import Outgoing
    from store.pausing import Pause
    from store.writing import Write

MOST_SHOWN = 20
FEW = 5
"""So many that nobody can tell of after a restore get a card each, by which they are settled; more are only listed."""


async def on_go(update: Update, context: Context) -> None:
    """/go: buyers are answered again. What was due before the restore is shown, and never sent by itself."""
    command = asked(update, context)
    desk = command.desk
    pause = desk.pause
    if pause is None:
        return await command.say("not_paused")
    unit = [*desk.store.pausing.end(pause), desk.noted(command.owner, "go", "shop", command.now)]
    await command.say("going", unit)
    desk.pause = None
    desk.look_into_outbox()
    desk.nudge()
    held = await unsure(desk, pause, since_pause=True)
    if held:
        told = tell_owners(desk, "unsure", f"held:{pause.since.timestamp():.0f}", **_listed(held))
        await desk.write([*told, *_cards(desk, held)])
    return None


async def tell_paused(desk: Desk) -> None:
    """After a restore: say once that nothing goes to buyers, and show what was due."""
    pause = desk.pause
    if pause is not None:
        key = f"paused:{pause.since.timestamp():.0f}"
        due = await unsure(desk, pause, since_pause=False)
        aside = (await desk.store.inbox.set_aside()).restored
        told = tell_owners(desk, "paused", key, unanswered=pause.unanswered, aside=aside, **_listed(due))
        is_told = await desk.store.outbox.by_key(f"{key}:{desk.people.owners[0]}") if desk.people.owners else None
        await desk.write([*told, *(_cards(desk, due) if is_told is None else ())])


async def unsure(desk: Desk, pause: Pause, since_pause: bool) -> list[Outgoing]:
    """Messages to buyers that may or may not have been sent: decided before the restore, or while paused since then."""
    unknown = await desk.store.doubts.all(1000)
    return [row for row in unknown if row.guard.get("to") == "buyer" and (row.created_at >= pause.since) == since_pause]


def _cards(desk: Desk, rows: Sequence[Outgoing]) -> list[Write]:
    """A card each, where they are few."""
    now = desk.clock.now()
    return [write for row in rows for write in tell_doubt(desk, row, now)] if len(rows) <= FEW else []


def _listed(rows: Sequence[Outgoing]) -> dict[str, Any]:
    lines = [
        {"buyer": row.chat_id, "at": row.created_at, "text": text_of(row.payload)[:80]} for row in rows[-MOST_SHOWN:]
    ]
    return {"lines": lines, "total": len(rows), "earlier": len(rows) - len(lines)}
