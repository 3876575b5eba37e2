"""Buttons where they may not work: in a business account's chats each is numbered too, and the number may be typed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from core.html import CAPTION_LIMIT, TEXT_LIMIT, plain_text, utf16_length
from handlers.composing import voice_for

if TYPE_CHECKING:
    from handlers.chats import Chat
    from handlers.desk import Desk
    from store.writing import Write

NUMBERED = "numbered"
"""In a row's guard: its numbers count once it is sent."""
MOST = 9
"""Numbers of one digit; what goes beyond has buttons only."""


def numbered(
    desk: Desk, chat: Chat, payload: Mapping[str, Any], template: str, now: datetime, *, is_later: bool = False
) -> tuple[Mapping[str, Any], list[Write]]:
    """The payload with its buttons spelled out by number, and what remembers them. What the bot says without buttons takes
    the earlier numbers back: "1" then means what it says. What is said `is_later` changes nothing before it is sent: see
    `offered`."""
    tapped = _tapped(payload)
    voice = voice_for(chat, desk.shelf.now, now)
    place = "caption" if "caption" in payload else "text"
    if not tapped:
        if is_later:
            return payload, []
        unit = [desk.store.choices.withdraw(chat.conversation.id)] if chat.choices else []
        chat.choices = ()
        return payload, unit
    lines = desk.speech.buyer("reply_by_number", voice, labels=[str(one["text"]) for one in tapped])
    said, postscript = str(payload.get(place, "")), ""
    if template.endswith("+own_chat"):  # one line, which stays the last
        said, _, postscript = said.rpartition("\n")
    words = "\n".join(filter(None, (said, lines, postscript)))
    fits = utf16_length(plain_text(words)) <= (CAPTION_LIMIT if place == "caption" else TEXT_LIMIT)
    if payload.get("parse_mode") == "HTML" and place in payload and fits:
        payload = {**payload, place: words}
    return payload, [] if is_later else offered(desk, chat.conversation.id, chat, payload, now)


def offered(
    desk: Desk, conversation_id: int, chat: Chat | None, payload: Mapping[str, Any], now: datetime
) -> list[Write]:
    """The numbers of this message are those that count from now on; `chat` is None where it is not in memory."""
    choices = tuple(str(one["callback_data"]) for one in _tapped(payload))
    if not choices:
        return []
    if chat is not None:
        chat.choices = choices
    return [desk.store.choices.offer(conversation_id, choices, now)]


def unnumbered(desk: Desk, chat: Chat, payload: Mapping[str, Any], now: datetime) -> Mapping[str, Any]:
    """The payload as it is said where buttons work: in the bot's own chat no number is read."""
    tapped = _tapped(payload)
    place = "caption" if "caption" in payload else "text"
    if not tapped or place not in payload:
        return payload
    voice = voice_for(chat, desk.shelf.now, now)
    lines = desk.speech.buyer("reply_by_number", voice, labels=[str(one["text"]) for one in tapped])
    return {**payload, place: str(payload[place]).replace(f"\n{lines}", "")}


def _tapped(payload: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The buttons that have a number, in order."""
    rows = payload.get("reply_markup", {}).get("inline_keyboard", ())
    return [one for row in rows for one in row if "callback_data" in one][:MOST]
