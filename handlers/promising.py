"""Promises written down: each time a message states goes into the same commit as the message."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from core.answering.values import Fact
from core.html import plain_text
from core.orders import Order
from core.promises import Promise, What
from core.promising import Stated, stated
from handlers.composing import voice_for
from store.ids import new_id

if TYPE_CHECKING:
    from handlers.chats import Chat
    from handlers.desk import Desk
    from store.writing import Write


class Promising:
    """Builds the rows of promises. `lapse_at` is when those that bind nobody are next looked over."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.lapse_at = datetime.min.replace(tzinfo=UTC)

    def stated(self, chat: Chat, facts: Sequence[Fact], now: datetime, by: str = "bot") -> list[Write]:
        """A row for every time these facts state to the buyer of this chat."""
        found = stated(facts, self._desk.shelf.now.shop)
        if not found:
            return []
        voice = voice_for(chat, self._desk.shelf.now, now)
        words = " ".join(
            plain_text(self._desk.speech.fact(one, voice)) for one in facts if stated([one], self._desk.shelf.now.shop)
        )
        return [self._row(chat.buyer.id, chat.conversation.id, one, words, by, now) for one in found]

    def typed(self, chat: Chat, what: What, words: str, due_at: datetime, by: str, now: datetime) -> Promise:
        """A time the seller typed to a buyer. It binds once the seller has confirmed it."""
        return Promise(
            new_id(), chat.buyer.id, what, words[:300], by, now, due_at, is_binding=False, conversation_id=chat.conversation.id
        )  # fmt: skip

    def owed(self, order: Order, by: str, now: datetime) -> list[Write]:
        """The time a paid order leaves by, where no message told it."""
        if order.ship_by is None or order.buyer_id is None:
            return []
        one = Stated(What.SHIP, order.ship_by, True, order.order_no)
        return [self._row(order.buyer_id, None, one, order.order_no, by, now)]

    def _row(
        self, buyer_id: int, conversation_id: int | None, one: Stated, words: str, by: str, now: datetime
    ) -> Write:
        promise = Promise(
            new_id(),
            buyer_id,
            one.what,
            words[:300],
            by,
            now,
            one.due_at,
            one.is_binding,
            conversation_id,
            one.order_no,
        )
        return self._desk.store.promises.add(promise)
