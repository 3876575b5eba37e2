"""Telling a buyer something that was not asked: worded in their voice, remembered, and with the promises it states."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import datetime
from typing import TYPE_CHECKING, Any

from core.account import Standing
from core.answering.values import Answer, Button, Fact
from core.orders import Order
from handlers.calls import calls_for, text_of
from handlers.composing import voice_for
from handlers.speaking import Record
from store.outbox import Kind

if TYPE_CHECKING:
    from core.catalogue import Catalogue
    from handlers.chats import Chat
    from handlers.desk import Desk
    from store.writing import Write

BY_SELLER = {"by": "staff"}
"""The guard of what a seller ordered to be said: it goes out although the bot is silent in that chat."""


async def chat_of(desk: Desk, order: Order) -> Chat | None:
    """Where the order's buyer can be told something; None when they never wrote, or are blocked."""
    chat = None if order.buyer_id is None else await desk.chats.of_buyer(order.buyer_id)
    return None if chat is None or chat.buyer.is_blocked else chat


def reaches(desk: Desk, chat: Chat | None, now: datetime) -> str:
    """What becomes of a line said to this buyer now: "told"; "kept" until the seller's account is connected again; "yours", where
    Telegram lets only the seller speak, who is given the words; empty where there is nobody to tell."""
    if chat is None:
        return ""
    if not chat.conversation.connection_id:
        return "told"
    return {Standing.OPEN: "told", Standing.OFF: "kept"}.get(desk.accounts.standing(chat, now), "yours")


@asynccontextmanager
async def holding(desk: Desk, order: Order) -> AsyncIterator[Chat | None]:
    """The chat with the order's buyer, held until what concerns them is written; None where there is none."""
    chat = await chat_of(desk, order)
    if chat is None:
        yield None
        return
    async with chat.held():
        yield chat


def tell_buyer(
    desk: Desk,
    chat: Chat,
    facts: Sequence[Fact],
    key: str,
    now: datetime,
    *,
    buttons: tuple[tuple[Button, ...], ...] = (),
    by: str = "bot",
) -> list[Write]:
    """The writes that say these facts, with the promises they state. The chat is held by the caller.

    `by` is bot, or e.g. owner:7 when a seller's command says it: that goes out even where a person has the chat.
    """
    voice = voice_for(chat, desk.shelf.now, now)
    answer = Answer(facts=tuple(facts), buttons=buttons)
    html = desk.speech.message(answer, voice)
    unit: list[Write] = []
    keyboard = desk.speaking.keyboard(chat, buttons, voice, now, unit)
    guard = BY_SELLER if by != "bot" else None
    for place, (method, payload) in enumerate(calls_for(html, (), keyboard)):
        record = Record(text_of(payload), "+".join(fact.name for fact in facts))
        unit += desk.speaking.say(
            chat, method, payload, f"{key}:{place}" if place else key, now, Kind.PUSH, record, guard
        )
    unit += desk.promising.stated(chat, facts, now, by)
    chat.change(last_outbound_at=now, last_said=html[-500:])
    return [*unit, desk.store.conversations.save(chat.conversation)]


def lines_of(order: Order, catalogue: Catalogue, language: str) -> list[dict[str, Any]]:
    """The order's lines as templates say them."""
    told: list[dict[str, Any]] = []
    for line in order.lines:
        one = catalogue.get(line.sku)
        words = one.words(language) if one is not None else None
        told.append(
            {
                "sku": line.sku,
                "title": words.title if words else line.sku,
                "variant": words.variant if words else "",
                "quantity": line.quantity,
            }
        )
    return told


def about(order: Order, desk: Desk, language: str) -> dict[str, Any]:
    """What templates say of an order, to either side."""
    return {
        "order_no": order.order_no,
        "state": order.state.value,
        "lines": lines_of(order, desk.shelf.now.catalogue, language),
        "amount": order.amount,
        "ship_by": order.ship_by,
        "note": order.delivery_note,
        "address": order.address,
    }
