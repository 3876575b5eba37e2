"""What could not be handled: told on one card that is kept true, and tried again, or let be, on a person's word."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from telegram import Update

from core.html import cut
from core.set_aside import of_raw
from handlers.buyer.meeting import clean
from handlers.calls import NO_PREVIEW
from handlers.desk import Context
from handlers.seller.asking import asked
from handlers.speaking import Labelled
from handlers.tapping import tap_told, undo_button

if TYPE_CHECKING:
    from handlers.desk import Desk
    from store.buttons import Button
    from store.inbox import Received
    from store.writing import Write

MARK = "set aside"
MOST_SHOWN = 8
MOST_WORDS = 120
"""UTF-16 units of one line."""
AT_ONCE = 100
"""So many are tried again, or let be, at one tap: the first of them."""
SOON = timedelta(seconds=5)
"""The card is changed no more often than this, however many fail at once."""
QUIET = timedelta(hours=1)
"""An edit makes no sound. What comes so long after the card is told by a new one."""


@dataclass(frozen=True, slots=True)
class Shown:
    """The card that stands in the owners' chats: its outbox key, since when, when it was changed, how many it tells of and
    the seq of the latest."""

    key: str
    at: str
    changed: str
    count: int
    latest: int
    owners: list[int]


async def look(desk: Desk) -> list[Write]:
    """What has to be written so that the owners' card says what is set aside now; nothing where it does."""
    now, aside, shown = desk.clock.now(), await desk.store.inbox.set_aside(), await _shown(desk)
    if (aside.failed, aside.latest) == ((shown.count, shown.latest) if shown is not None else (0, 0)):
        return []
    if shown is not None and timedelta() <= now - datetime.fromisoformat(shown.changed) < SOON:
        return []  # the timetable's next look comes to it
    if not aside.failed:
        return [] if shown is None else _close(desk, shown, "gone", now)
    unit: list[Write] = []
    if shown is not None and aside.latest > shown.latest and now - datetime.fromisoformat(shown.at) >= QUIET:
        unit, shown = _close(desk, shown, "moved", now), None
    owners = list(desk.people.owners)
    key, at = (f"{MARK}:{now.timestamp():.6f}", now.isoformat()) if shown is None else (shown.key, shown.at)
    rows = await desk.store.inbox.oldest_dead(MOST_SHOWN, restored=False)
    for owner in owners:
        html = desk.speech.seller("set_aside", desk.voice(owner), **_told(aside.failed, rows, restored=False))
        buttons = [_buttons(desk, owner, restored=False)]
        is_new = shown is None or owner not in shown.owners
        unit += _put(desk, owner, key, html, now, is_new=is_new, buttons=buttons)
    return [
        *unit,
        desk.store.marks.set(MARK, asdict(Shown(key, at, now.isoformat(), aside.failed, aside.latest, owners)), now),
    ]


async def succeed(desk: Desk, bot_id: int) -> None:
    """Where another bot served this database before: its cards stay as they are, and what they show is told anew."""
    before = await desk.store.succeeding.before()
    if before is not None and before != bot_id:
        await desk.write([*desk.store.succeeding.begin(), desk.store.marks.clear(MARK)])


async def on_retry(update: Update, context: Context) -> None:
    """/retry: what could not be handled and was set aside, to be tried again or let be."""
    command = asked(update, context)
    desk, voice = command.desk, command.desk.voice(command.owner)
    aside = await desk.store.inbox.set_aside()
    unit: list[Write] = []
    for restored, count in ((False, aside.failed), (True, aside.restored)):
        if count:
            rows = await desk.store.inbox.oldest_dead(MOST_SHOWN, restored=restored)
            html = desk.speech.seller("set_aside", voice, **_told(count, rows, restored=restored))
            key, buttons = f"{command.key}:{restored}", [_buttons(desk, command.owner, restored=restored)]
            unit += desk.speaking.tell_seller(command.owner, html, key, command.now, buttons=buttons)
    await (desk.write(unit) if unit else command.say("set_aside_none"))


async def try_again(desk: Desk, button: Button, who: int, now: datetime) -> list[Write]:
    """[try again]: they are handled as if they came now, each chat's in the order they came. Whoever taps second finds none."""
    rows, left = await _first(desk, button)
    if not rows:
        return tap_told(desk, who, "set_aside_none", button, now)
    return [
        *(desk.store.inbox.again(row.seq) for row in rows),
        *await _settled(desk, button, "again", who, now),
        desk.noted(who, "retry", "shop", now, count=len(rows)),
        *tap_told(desk, who, "set_aside_again", button, now, count=len(rows), left=left),
    ]


async def let_be(desk: Desk, button: Button, who: int, now: datetime) -> list[Write]:
    """[let them be]: they are done with."""
    rows, left = await _first(desk, button)
    if not rows:
        return tap_told(desk, who, "set_aside_none", button, now)
    undo = undo_button(desk, who, "undo_let_be", {"seqs": [row.seq for row in rows]})
    return [
        *(desk.store.inbox.let_be(row.seq) for row in rows),
        *await _settled(desk, button, "let_be", who, now),
        desk.noted(who, "let be", "shop", now, count=len(rows)),
        *tap_told(
            desk, who, "set_aside_let_be", button, now, buttons=[[undo]], undone=False, count=len(rows), left=left
        ),
    ]


async def undo_let_be(desk: Desk, button: Button, who: int, now: datetime) -> list[Write]:
    """[undo] of that: they are set aside as they were."""
    rows = [await desk.store.inbox.get(int(seq)) for seq in button.data["seqs"]]
    known = [row.seq for row in rows if row is not None and row.status == "done"]
    if not known:
        return tap_told(desk, who, "nothing_to_undo", button, now)
    return [
        *(desk.store.inbox.not_let_be(seq) for seq in known),
        desk.noted(who, "undo let be", "shop", now, count=len(known)),
        *tap_told(desk, who, "set_aside_let_be", button, now, undone=True, count=len(known), left=0),
    ]


async def _first(desk: Desk, button: Button) -> tuple[list[Received], int]:
    """The rows a button is about, those that came first, and how many more there are."""
    is_restored = bool(button.data["restored"])
    rows = await desk.store.inbox.oldest_dead(AT_ONCE, restored=is_restored)
    aside = await desk.store.inbox.set_aside()
    return rows, max(0, (aside.restored if is_restored else aside.failed) - len(rows))


async def _shown(desk: Desk) -> Shown | None:
    value = await desk.store.marks.get(MARK)
    return Shown(**value) if isinstance(value, dict) else None


async def _settled(desk: Desk, button: Button, how: str, who: int, now: datetime) -> list[Write]:
    """The owners' card says what was done and by whom. What is left, or fails again, is told by a new one."""
    shown = None if button.data["restored"] else await _shown(desk)
    return [] if shown is None else _close(desk, shown, how, now, who)


def _close(desk: Desk, shown: Shown, how: str, now: datetime, who: int | None = None) -> list[Write]:
    """The card is done with: it says how, and has no buttons any more."""
    unit: list[Write] = []
    for owner in shown.owners:
        by = "" if who in (None, owner) else desk.people.name_of(who)
        html = desk.speech.seller("set_aside_settled", desk.voice(owner), how=how, by=by, count=shown.count)
        unit += _put(desk, owner, shown.key, html, now, is_new=False)
    return [*unit, desk.store.marks.clear(MARK)]


def _put(
    desk: Desk,
    owner: int,
    key: str,
    html: str,
    now: datetime,
    *,
    is_new: bool,
    buttons: Sequence[Sequence[Labelled]] = (),
) -> list[Write]:
    """The card in an owner's chat, sent or changed."""
    unit: list[Write] = []
    payload: dict[str, Any] = {"text": html, "parse_mode": "HTML", "link_preview_options": NO_PREVIEW}
    if buttons:
        rows = desk.speaking.seller_rows(owner, buttons, now, unit)
        payload["reply_markup"] = {"inline_keyboard": rows}
    if is_new:
        return [*unit, desk.speaking.to_seller(owner, "sendMessage", payload, f"{key}:{owner}", now)]
    payload["message_id"] = {"of": f"{key}:{owner}"}
    edit = f"{key}:{owner}:edit:{now.timestamp():.6f}"
    return [*unit, desk.speaking.to_seller(owner, "editMessageText", payload, edit, now)]


def _buttons(desk: Desk, who: int, *, restored: bool) -> list[Labelled]:
    voice, data = desk.voice(who), {"restored": restored}
    again = desk.speech.seller("button_try_restored" if restored else "button_try_again", voice)
    return [(again, "aside_again", data), (desk.speech.seller("button_let_be", voice), "aside_let_be", data)]


def _told(count: int, rows: Sequence[Received], *, restored: bool) -> dict[str, Any]:
    """What the templates say of rows of the inbox: the first of them, and how many more there are."""
    lines = []
    for row in rows:
        one = of_raw(row.raw)
        lines.append(
            {
                "at": row.received_at, "what": one.what.value, "name": clean(one.name)[:64], "id": one.id,
                "words": cut(" ".join(clean(one.words).split()), MOST_WORDS),
            }
        )  # fmt: skip
    return {"count": count, "lines": lines, "more": count - len(lines), "restored": restored}
