"""Promises written down: each time a message states goes into the same commit as the message."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from core.answering.values import Fact
from core.html import plain_text
from core.orders import Order
from core.promise_phrases import promised_in
from core.promises import Outcome, Promise, What
from core.promising import HEARD, Stated, stated
from handlers.composing import voice_for
from handlers.topics.outgoing import say
from store.ids import new_id

if TYPE_CHECKING:
    from handlers.chats import Chat
    from handlers.desk import Desk
    from handlers.speaking import Labelled
    from store.messages import Message
    from store.topics import Topic
    from store.writing import Write


class Promising:
    """Builds the rows of promises. `lapse_at` is when those that bind nobody are next looked over."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.lapse_at = datetime.min.replace(tzinfo=UTC)

    def stated(self, chat: Chat, facts: Sequence[Fact], now: datetime, by: str = "bot") -> list[Write]:
        """A row for every time these facts state to the buyer of this chat; its words are the bot's own, or those a person gave
        with the command."""
        shop = self._desk.shelf.now.shop
        found = stated(facts, shop)
        if not found:
            return []
        voice = voice_for(chat, self._desk.shelf.now, now)
        telling = [one for one in facts if stated([one], shop)]
        said = (plain_text(self._desk.speech.fact(one, voice)) for one in telling)
        words = " ".join(said if by == "bot" else (str(one.values.get("words", "")) for one in telling)).strip()
        return [self._row(chat.buyer.id, chat.conversation.id, one, words, by, now) for one in found]

    def heard(
        self, chat: Chat, text: str, who: int, key: str, now: datetime, topic: Topic | None = None
    ) -> list[Write]:
        """A time found in what one of the shop's people writes to this buyer: kept with the message, and a promise once they
        say so. They are asked in their own chat with the bot, or in the buyer's topic where they wrote there."""
        desk = self._desk
        found = promised_in(text, now, desk.shelf.now.shop.timezone)
        if found is None:
            return []
        what, when = found
        promise = Promise(
            new_id(), chat.buyer.id, what, text[:300], f"{HEARD}{who}", now, when.due_at, is_binding=False,
            conversation_id=chat.conversation.id,
        )  # fmt: skip
        html, row = self.question(promise, chat, who, when.words)
        id, place = chat.conversation.id, f"{key}:promise"
        if topic is None:
            said = desk.speaking.tell_seller(who, html, place, now, buttons=[row], conversation_id=id)
        else:
            said = say(desk, topic, html, place, now, id, row)
        return [desk.store.promises.add(promise), *said]

    def question(self, promise: Promise, chat: Chat, who: int, words: str) -> tuple[str, list[Labelled]]:
        """Whether it is a promise: what one of the shop's people is asked, and the two answers to it."""
        desk, voice = self._desk, self._desk.voice(who)
        data = {"promise": promise.id, "conversation": chat.conversation.id, "buyer": chat.buyer.id}
        html = desk.speech.seller(
            "promise_heard", voice, what=promise.what.value, due_at=promise.due_at, words=words, name=chat.name
        )
        yes: Labelled = (desk.speech.seller("button_promise_yes", voice), "promise_yes", data)
        return html, [yes, (desk.speech.seller("button_promise_no", voice), "promise_no", data)]

    async def heard_again(
        self, chat: Chat, line: Message, text: str, who: int, key: str, now: datetime, topic: Topic | None = None
    ) -> list[Write]:
        """A line to this buyer reads `text` now: a time found in what it said before, and not kept as a promise yet, is
        forgotten, and the seller is asked about the new one."""
        zone = self._desk.shelf.now.shop.timezone
        was, found = promised_in(line.now_reads, now, zone), promised_in(text, now, zone)
        if was is not None and found is not None and (was[0], was[1].words) == (found[0], found[1].words):
            return []
        store, before = self._desk.store, {line.text[:300], *(one.text[:300] for one in line.versions)}
        asked = [
            store.promises.close(one.id, Outcome.WITHDRAWN, now)
            for one in await store.promises.told_to(chat.buyer.id)
            if one.by.startswith(HEARD) and one.words in before
        ]
        return [*asked, *self.heard(chat, text, who, key, now, topic)]

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
