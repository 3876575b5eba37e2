"""/find: the words in what was said, in orders, buyers and goods, at one look."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from telegram import Update

from core.quoting import around, holds
from handlers.desk import Context
from handlers.seller.asking import asked
from handlers.speaking import Labelled

if TYPE_CHECKING:
    from store.messages import Message

MOST = 5
"""Of each kind; more words find less."""


async def on_find(update: Update, context: Context) -> None:
    """/find WORDS: messages, orders, buyers and goods that hold all of these words."""
    command = asked(update, context)
    desk, words = command.desk, " ".join(command.words)
    if not words:
        return await command.misused("find_wrong", "/find WORDS", "/find 帆布包 换货")
    store = desk.store
    buyers = await store.buyers.find(words, MOST)
    messages = []
    chats: dict[int, tuple[str, int]] = {}
    for one in await store.messages.search(words, MOST):
        chat = await desk.chats.of_conversation(one.conversation_id)
        if chat is not None:
            chats[one.conversation_id] = (chat.name, chat.buyer.id)
            messages.append({"at": one.at, "name": chat.name, "buyer": chat.buyer.id, "who": one.who.value, **_quoted(one, words)})  # fmt: skip
    orders = await store.orders.find(words, MOST)
    catalogue = (await desk.shelf.fresh()).catalogue
    goods = [
        command.of(catalogue.by_sku[sku])
        for sku in await store.catalogue.search(words, MOST)
        if sku in catalogue.by_sku
    ]
    for buyer in buyers:
        if (found := await desk.chats.of_buyer(buyer.id)) is not None:
            chats.setdefault(found.conversation.id, (found.name, buyer.id))
    values: dict[str, Any] = {
        "words": words,
        "buyers": [{"id": one.id, "name": one.shown, "grade": one.grade, "note": one.note[:60]} for one in buyers],
        "messages": messages,
        "orders": [
            {"order_no": one.order_no, "state": one.state.value, "placed_at": one.placed_at, "buyer": one.buyer_id}
            for one in orders
        ],
        "goods": goods,
    }
    rows: list[list[Labelled]] = [
        [(desk.speech.seller("button_open_name", desk.voice(command.owner), name=name), "open", {"conversation": id})]
        for id, (name, _) in list(chats.items())[:MOST]
    ]
    return await command.say("found", buttons=rows, **values)


def _quoted(one: Message, words: str) -> dict[str, Any]:
    """A few words about the hit; where only an earlier version held it, that one, and what became of it."""
    texts = [one.now_reads, *(each.text for each in reversed(one.versions)), one.text]
    text = next((each for each in texts if holds(each, words)), one.now_reads or one.text)
    return {"pieces": around(text, words), "deleted": one.is_deleted, "edited": text != one.now_reads}
