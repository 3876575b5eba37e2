"""A message of which nobody can tell whether it arrived: shown once, never sent again by itself, and settled by a person."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from handlers.calls import text_of
from handlers.tapping import tap_told
from store.outbox import Outgoing, Status

if TYPE_CHECKING:
    from handlers.desk import Desk
    from store.buttons import Button
    from store.writing import Write

MOST_SHOWN = 200
AGAIN = "again"
"""In a row's guard: how often a person has had it sent again."""


def tell_doubt(desk: Desk, row: Outgoing, now: datetime) -> list[Write]:
    """The owners see what it says, with [send again] and [it arrived]. Each time it is in doubt is told once."""
    chat = desk.chats.here(row.conversation_id or 0)
    times = int(row.guard.get(AGAIN, 0))
    data = {"outbox": row.id, "conversation": row.conversation_id}
    unit: list[Write] = []
    for owner in desk.people.owners:
        voice = desk.voice(owner)
        html = desk.speech.seller(
            "unknown_send", voice, name=chat.name if chat is not None else "", buyer=row.chat_id,
            text=text_of(row.payload)[:MOST_SHOWN],
        )  # fmt: skip
        taps = [
            (desk.speech.seller("button_send_again", voice), "doubt_again", data),
            (desk.speech.seller("button_arrived", voice), "doubt_arrived", data),
        ]
        unit += desk.speaking.tell_seller(
            owner, html, f"unknown:{row.id}:{f'{times}:' if times else ''}{owner}", now,
            buttons=[taps] if row.conversation_id is not None else (), conversation_id=row.conversation_id,
        )  # fmt: skip
    return unit


async def send_again(desk: Desk, button: Button, who: int, now: datetime) -> list[Write]:
    """[send again]: the same message, on this person's word, whoever is silent in that chat by now."""
    row = await _in_doubt(desk, button)
    chat = await desk.chats.of_conversation(int(button.data["conversation"]))
    if row is None:
        return tap_told(desk, who, "doubt_settled", button, now)
    if chat is None or chat.buyer.is_blocked:
        return tap_told(desk, who, "reply_gone", button, now)
    guard = {**row.guard, "by": "staff", AGAIN: int(row.guard.get(AGAIN, 0)) + 1}
    return [
        desk.store.doubts.again(replace(row, guard=guard)),
        desk.noted(who, "send again", f"buyer:{chat.buyer.id}", now),
        *tap_told(desk, who, "doubt_again", button, now, name=chat.name),
    ]


async def it_arrived(desk: Desk, button: Button, who: int, now: datetime) -> list[Write]:
    """[it arrived]: it is taken for sent."""
    row = await _in_doubt(desk, button)
    if row is None:
        return tap_told(desk, who, "doubt_settled", button, now)
    chat = await desk.chats.of_conversation(int(button.data["conversation"]))
    return [
        *desk.store.doubts.arrived(row.id, row.sending_at or row.created_at),
        desk.noted(who, "arrived", f"buyer:{row.chat_id}", now),
        *tap_told(desk, who, "doubt_arrived", button, now, name=chat.name if chat is not None else row.chat_id),
    ]


async def _in_doubt(desk: Desk, button: Button) -> Outgoing | None:
    """The row, as long as nobody has settled it. Taps about one chat come one after the other."""
    row = await desk.store.outbox.get(int(button.data["outbox"]))
    return row if row is not None and row.status is Status.UNKNOWN else None
