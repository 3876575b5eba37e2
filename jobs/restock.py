"""Restock: whoever waits for a thing is told once that it is back, first come first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.answering.values import Answer, Fact
from handlers.buyer.commands import is_on
from handlers.calls import calls_for, text_of
from handlers.composing import voice_for
from handlers.speaking import Record
from store.outbox import Kind

if TYPE_CHECKING:
    from core.catalogue import Variant
    from handlers.desk import Desk
    from store.waiting import Waiting


async def tell_waiting(desk: Desk) -> int:
    """Tell everyone who waits for something that is in stock now. Returns how many were told."""
    counts = await desk.store.waiting.counts()
    if not counts:
        return 0
    snapshot = await desk.shelf.fresh(at_once=True)
    told = 0
    for sku in counts:
        one = snapshot.catalogue.get(sku)
        if one is not None and one.stock:
            for entry in await desk.store.waiting.for_sku(sku):
                told += await _tell(desk, entry, one)
    return told


async def _tell(desk: Desk, entry: Waiting, one: Variant) -> bool:
    """Close the entry and put the news into the outbox, in one commit."""
    now = desk.clock.now()
    found = None if entry.conversation_id is None else await desk.chats.of_conversation(entry.conversation_id)
    chat = found or await desk.chats.of_buyer(entry.buyer_id)
    if chat is None or chat.buyer.has_stopped or chat.buyer.is_blocked or not is_on(chat, "restock"):
        await desk.write([desk.store.waiting.cancel(entry.buyer_id, entry.sku, now)])
        return False
    async with chat.held():
        voice = voice_for(chat, desk.shelf.now, now)
        words = one.words(voice.language)
        values = {
            "title": words.title,
            "variant": words.variant,
            "price": one.price,
            "stock": one.stock,
            "unit": words.unit,
        }
        answer = Answer(facts=(Fact("back_in_stock", one.sku, values),))
        html = desk.speech.message(answer, voice)
        method, payload = calls_for(html, one.photos[:1], None)[0]
        row, record = desk.speaking.prepared(
            chat,
            method,
            payload,
            f"restock:{entry.id}",
            now,
            Kind.PUSH,
            Record(text_of(payload), "back_in_stock"),
        )
        chat.change(last_outbound_at=now, last_products=(one.sku,), last_products_at=now, last_said=html[-500:])
        await desk.write(
            [*desk.store.waiting.tell(entry, row, now), *record, desk.store.conversations.save(chat.conversation)]
        )
    return True
