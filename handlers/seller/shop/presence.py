"""Whether a person is in: /here and /away, and taking either back."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from telegram import Update

from core.command_times import until_in
from handlers.desk import Context, Desk
from handlers.seller.asking import Asked, asked
from handlers.tapping import tap_told
from store.shop import SaidPresence

if TYPE_CHECKING:
    from store.buttons import Button
    from store.writing import Write

LONGEST_HERE = timedelta(hours=16)
LONGEST_AWAY = timedelta(days=60)
USUALLY_HERE = timedelta(hours=3)


async def on_here(update: Update, context: Context) -> None:
    """/here 3h: a person is in, and that lapses by itself."""
    command = asked(update, context)
    text, zone = " ".join(command.words), command.desk.shelf.now.shop.timezone
    until = until_in(text, command.now, zone) if text else command.now + USUALLY_HERE
    usage = ("/here [3h]", "/here 90m")
    if until is None:
        return await command.misused("here_wrong", *usage, why="length", said=text[:60])
    if until - command.now > LONGEST_HERE:
        hours = LONGEST_HERE // timedelta(hours=1)
        return await command.misused("here_wrong", *usage, why="long", said=text[:60], hours=hours)
    return await _say(command, "here", SaidPresence(here_until=until), until)


async def on_away(update: Update, context: Context) -> None:
    """/away [30m]: nobody is in, until then or until /here."""
    command = asked(update, context)
    text, zone = " ".join(command.words), command.desk.shelf.now.shop.timezone
    until = until_in(text, command.now, zone) if text else None
    usage = ("/away [30m]", "/away 30m")
    if text and until is None:
        return await command.misused("away_wrong", *usage, why="length", said=text[:60])
    if until is not None and until - command.now > LONGEST_AWAY:
        return await command.misused("away_wrong", *usage, why="long", said=text[:60], days=LONGEST_AWAY.days)
    return await _say(command, "away", SaidPresence(away_until=until), until)


async def undo_presence(desk: Desk, button: Button, who: int, now: datetime) -> list[Write]:
    """[撤销]: what was said before counts again, unless something else was said since."""
    if _document(await desk.store.shop.presence()) != button.data["after"]:
        return tap_told(desk, who, "nothing_to_undo", button, now)
    before = {name: datetime.fromisoformat(at) if at else None for name, at in button.data["before"].items()}
    said = SaidPresence(**before)
    standing: dict[str, Any] = {name: at if at is not None and at > now else None for name, at in before.items()}
    return [
        *desk.store.shop.say(said, desk.who(who), now),
        desk.noted(who, "undo presence", "shop", now),
        *tap_told(desk, who, "presence_undone", button, now, **standing),
    ]


async def _say(command: Asked, name: str, said: SaidPresence, until: datetime | None) -> None:
    desk = command.desk
    data = {"before": _document(await desk.store.shop.presence()), "after": _document(said)}
    undo = command.undo("undo_presence", data)
    unit = [
        *desk.store.shop.say(said, command.by, command.now),
        desk.noted(command.owner, name, "shop", command.now, until=until.isoformat() if until else None),
    ]
    await command.say(name, unit, buttons=[[undo]], until=until)
    await desk.shelf.fresh(at_once=True)


def _document(said: SaidPresence) -> dict[str, Any]:
    return {
        "here_until": said.here_until.isoformat() if said.here_until else None,
        "away_until": said.away_until.isoformat() if said.away_until else None,
    }
