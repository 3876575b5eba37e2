"""The bot's own chat, offered once in a business chat: news of parcels comes on days when the buyer has not written."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from core.answering.values import Answer, Fact

if TYPE_CHECKING:
    from handlers.chats import Chat
    from handlers.composing import Composed
    from handlers.desk import Desk
    from store.writing import Write

OFFERED = "own-chat"
"""The buyer's switch that is on once the offer was made, or had no need to be."""


async def with_own_chat(desk: Desk, chat: Chat, composed: Composed, now: datetime) -> tuple[Answer, str, list[Write]]:
    """The answer with its words, and under the first one in a business chat the way to the bot's own.

    In the seller's account Telegram lets a bot write only within 24 h of the buyer's last line. Nothing is offered to
    whoever has that chat already, and not while a person is waited for: that is no moment for it.
    """
    answer, html, buyer = composed.answer, composed.html, chat.buyer
    is_moment = not (answer.is_silent or answer.handovers or answer.alarm or buyer.has_stopped)
    if not chat.conversation.connection_id or OFFERED in chat.switches or not is_moment or not desk.username():
        return answer, html, []
    chat.switches[OFFERED] = True
    unit: list[Write] = [desk.store.buyers.switch(buyer.id, OFFERED, True, now)]
    if await desk.chats.find(buyer.id, "", now) is not None:
        return answer, html, unit
    fact = Fact("own_chat", values={"link": f"t.me/{desk.username()}?start=account"})
    chat.told[fact.key] = now
    unit += desk.store.told.tell(chat.conversation.id, [fact.key], now)
    return replace(answer, postscript=fact), f"{html}\n{desk.speech.fact(fact, composed.voice)}", unit
