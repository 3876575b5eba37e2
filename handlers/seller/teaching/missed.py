"""/missed: what was not understood, gathered by what it asks, each group on a card that one tap teaches."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from telegram import Update

from core.asks import ASKS, OWN
from handlers.ask_names import NOT_TO_TEACH, label
from handlers.calls import NO_PREVIEW
from handlers.desk import Context, Desk
from handlers.seller.asking import asked
from handlers.speaking import Labelled
from store.ids import new_id
from store.messages import Who
from store.missed import Missed
from store.prompts import Prompt

if TYPE_CHECKING:
    from core.understanding.teaching.missed import Group
    from store.buttons import Button
    from store.writing import Write

A_PAGE = 3
CARDS = "missed:"
"""The outbox keys of these cards begin so: they hold several buyers' words, and forgetting one of them takes them all away."""
MOST_SHOWN = 5
MOST_LINES = 500
"""Missed lines that are gathered, the newest first."""
ANSWERED_WITHIN = timedelta(hours=2)
A_ROW = 3


async def on_missed(update: Update, context: Context) -> None:
    """/missed: the most frequent first, three groups at a time."""
    command = asked(update, context)
    unit = await page(command.desk, command.owner, 0, f"{CARDS}{command.key}", command.now)
    if not unit:
        return await command.say("missed_none")
    await command.desk.write(unit)
    return None


async def page(desk: Desk, owner: int, first: int, key: str, now: datetime) -> list[Write]:
    """The writes that show a page of groups, each as a message of its own, from the group numbered `first` on."""
    groups, rows = await gathered(desk)
    shown = groups[first : first + A_PAGE]
    unit: list[Write] = []
    for place, group in enumerate(shown):
        number = first + place + 1
        more = len(groups) - number if place == len(shown) - 1 else 0
        unit += await _card(
            desk, owner, group, rows, (number, len(groups), more), f"{key}/{place}" if place else key, now
        )
    return unit


async def gathered(desk: Desk) -> tuple[list[Group], dict[int, Missed]]:
    """What is open, in groups, and its rows by number."""
    from core.understanding.teaching.missed import Line, groups

    rows = await desk.store.missed.open(MOST_LINES)
    snapshot, mind = await desk.shelf.minded()
    own = [(ask, ask.removeprefix(OWN)) for ask in snapshot.own]
    own += [
        (one.ask, one.text) for one in snapshot.taught if one.ask.startswith(OWN) and not (one.is_not or one.is_pattern)
    ]
    names = [name for one in snapshot.catalogue for name in one.names]
    lines = [Line(one.id, one.text, one.at, one.maybe) for one in rows if one.text.strip()]
    found = await asyncio.to_thread(groups, lines, mind, names, own)
    return found, {one.id: one for one in rows}


async def _card(
    desk: Desk, owner: int, group: Group, rows: dict[int, Missed], place: tuple[int, int, int], key: str, now: datetime
) -> list[Write]:
    voice = desk.voice(owner)
    said = await _answered(desk, [rows[id] for id in group.ids if id in rows])
    data = {"missed": list(group.ids), "card": key}
    number, total, more = place
    html = desk.speech.seller(
        "missed_group", voice, count=group.count, last=group.last, lines=group.wordings[:MOST_SHOWN],
        more=max(0, len(group.wordings) - MOST_SHOWN), answered=said, number=number, total=total,
    )  # fmt: skip
    buttons: list[list[Labelled]] = [
        [(label(desk, ask, voice), "missed_ask", {**data, "ask": ask}) for ask in group.asks]
    ]
    if said:
        buttons.append([(desk.speech.seller("button_use_answer", voice), "missed_own", {**data, "answered": True})])
    named = (
        ("button_other_asks", "missed_asks"),
        ("button_own_ask", "missed_own"),
        ("button_no_question", "missed_nothing"),
    )
    buttons.append([(desk.speech.seller(name, voice), action, data) for name, action in named])
    if more:
        following = desk.speech.seller("button_more_groups", voice, count=more)
        buttons.append([(following, "missed_more", {"from": number})])
    return [
        *desk.speaking.tell_seller(owner, html, key, now, buttons=buttons),
        desk.store.prompts.put(Prompt(key, "missed", data, now)),
    ]


async def _answered(desk: Desk, rows: Sequence[Missed]) -> str:
    """What the seller has answered by hand to one of these lines, soon after it; "" where nothing."""
    return (await answer_given(desk, rows))[:300]


async def answer_given(desk: Desk, rows: Sequence[Missed]) -> str:
    for row in rows[:10]:
        if row.conversation_id is None:
            continue
        lines = await desk.store.messages.of_conversation(row.conversation_id, row.at, 50)
        soon = [one for one in lines if one.at - row.at <= ANSWERED_WITHIN]
        words = next((one.text for one in soon if one.who is Who.STAFF and one.text.strip()), "")
        if words:
            return words
    return ""


async def show_asks(desk: Desk, button: Button, owner: int, now: datetime, message_id: int) -> list[Write]:
    """[别的…]: the card with a button for every ask, the seller's own ones first."""
    voice = desk.voice(owner)
    data = {"missed": button.data["missed"], "card": button.data["card"]}
    asks = [*desk.shelf.now.own, *(ask for ask in ASKS if ask != "other" and ask not in NOT_TO_TEACH)]
    buttons = [(label(desk, ask, voice), "missed_ask", {**data, "ask": ask}) for ask in asks]
    unit: list[Write] = []
    rows = [
        [desk.speaking.seller_button(owner, *one, now, unit) for one in buttons[at : at + A_ROW]]
        for at in range(0, len(buttons), A_ROW)
    ]
    payload: dict[str, Any] = {"message_id": message_id, "reply_markup": {"inline_keyboard": rows}}
    return [*unit, desk.speaking.to_seller(owner, "editMessageReplyMarkup", payload, f"tap:{button.id}", now)]


def edited(
    desk: Desk, owner: int, html: str, key: str, message_id: int | dict[str, str], now: datetime,
    buttons: Sequence[Sequence[Labelled]] = (),
) -> list[Write]:  # fmt: skip
    """A card as it now stands."""
    unit: list[Write] = []
    rows = desk.speaking.seller_rows(owner, buttons, now, unit)
    payload: dict[str, Any] = {
        "message_id": message_id, "text": html, "parse_mode": "HTML", "link_preview_options": NO_PREVIEW,
        "reply_markup": {"inline_keyboard": rows},
    }  # fmt: skip
    return [*unit, desk.speaking.to_seller(owner, "editMessageText", payload, f"{key}:edit:{new_id()}", now)]
