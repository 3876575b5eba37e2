"""A person of the shop has written to a buyer: the bot is silent there for a while, and nothing waits any more."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from handlers.chats import Chat
    from handlers.desk import Desk
    from store.writing import Write


async def written_by_hand(desk: Desk, chat: Chat, text: str, now: datetime, by: int | None = None) -> list[Write]:
    """The state after it (to be saved by the caller, who holds the chat), the open turn closed, the card settled and an
    answer that was promised given."""
    until, muted = now + desk.quiet, chat.conversation.muted_until
    state: dict[str, Any] = {
        "seller_wrote_at": now, "handed_over_at": None, "handover_reason": "", "last_outbound_at": now,
        "last_said": text[-500:], "muted_until": max(until, muted) if muted else until,
    }  # fmt: skip
    chat.change(**state)
    unit = [desk.store.promises.answered(chat.buyer.id, now)]
    if chat.open_turn is not None:
        opened, chat.open_turn = chat.open_turn, None
        unit.append(desk.store.turns.close(opened.turn, "seller", now))
    return [*unit, *await desk.cards.settle(chat, "seller", now, by)]


async def put_away(desk: Desk, chat: Chat, owner: int, now: datetime) -> list[Write]:
    """Nothing is left for a person to do in this chat: the card says so, and an answer that was promised is given."""
    chat.change(handed_over_at=None, handover_reason="")
    return [
        desk.store.promises.answered(chat.buyer.id, now),
        desk.store.conversations.save(chat.conversation),
        *await desk.cards.settle(chat, "done", now, owner),
    ]
