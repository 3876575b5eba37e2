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

MOST = 9
"""Numbers of one digit; what goes beyond has buttons only."""


def numbered(
    desk: Desk, chat: Chat, payload: Mapping[str, Any], template: str, now: datetime
) -> tuple[Mapping[str, Any], list[Write]]:
    """The payload with its buttons spelled out by number, and what remembers them. What the bot says without buttons takes
    the earlier numbers back: "1" then means what it says."""
    rows = payload.get("reply_markup", {}).get("inline_keyboard", ())
    tapped = [one for row in rows for one in row if "callback_data" in one][:MOST]
    voice = voice_for(chat, desk.shelf.now, now)
    place = "caption" if "caption" in payload else "text"
    if not tapped:
        unit = [desk.store.choices.withdraw(chat.conversation.id)] if chat.choices else []
        chat.choices = ()
        return payload, unit
    chat.choices = tuple(str(one["callback_data"]) for one in tapped)
    lines = desk.speech.buyer("reply_by_number", voice, labels=[str(one["text"]) for one in tapped])
    said, postscript = str(payload.get(place, "")), ""
    if template.endswith("+own_chat"):  # one line, which stays the last
        said, _, postscript = said.rpartition("\n")
    words = "\n".join(filter(None, (said, lines, postscript)))
    fits = utf16_length(plain_text(words)) <= (CAPTION_LIMIT if place == "caption" else TEXT_LIMIT)
    if payload.get("parse_mode") == "HTML" and place in payload and fits:
        payload = {**payload, place: words}
    return payload, [desk.store.choices.offer(chat.conversation.id, chat.choices, now)]
