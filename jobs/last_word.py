"""The last word is the shop's (S4 tip 11): when the buyer spoke last and has gone quiet, one closing line, never two."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from core.answering.values import Answer, Fact
from handlers.calls import text_of
from handlers.composing import voice_for
from handlers.speaking import Record
from store.outbox import Kind

if TYPE_CHECKING:
    from handlers.desk import Desk

QUIET = timedelta(minutes=10)
TOO_LATE = timedelta(hours=3)
"""A closing line hours later would be a nag."""


async def say_last_words(desk: Desk) -> int:
    """Say it where it is due. Not to the stopped or blocked, not where a person has the chat or is awaited."""
    now = desk.clock.now()
    said = 0
    for met in await desk.store.conversations.without_last_word(now - QUIET, now - TOO_LATE):
        chat = await desk.chats.find(met.conversation.chat_id, met.conversation.connection_id, now)
        if chat is None:
            continue
        async with chat.held():
            state = chat.conversation
            waits = state.handed_over_at is not None or state.is_muted(now) or chat.open_turn is not None
            if waits or state.last_word_at is not None or chat.buyer.has_stopped or chat.buyer.is_blocked:
                continue
            if state.last_inbound_at is None or now - state.last_inbound_at < QUIET:
                continue
            voice = voice_for(chat, desk.shelf.now, now)
            answer = Answer(facts=(Fact("last_word"),))
            chat.change(last_word_at=now, last_outbound_at=now)
            payload = {"text": desk.speech.message(answer, voice), "parse_mode": "HTML"}
            record = Record(text_of(payload), "last_word")
            key = f"last-word:{state.id}:{state.last_inbound_at.timestamp():.0f}"  # each conversation has its own
            unit = desk.speaking.say(chat, "sendMessage", payload, key, now, Kind.PUSH, record)
            await desk.write([*unit, desk.store.conversations.save(chat.conversation)])
            said += 1
    return said
