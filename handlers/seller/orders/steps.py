"""The steps of an order: paid, cancelled, done, by command or by button, and each taken back."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from core.orders import Order, State
from handlers import ordering
from handlers.chats import Chat
from handlers.desk import Desk
from handlers.running_low import named
from handlers.speaking import Labelled
from handlers.tapping import tap_told, undo_button
from handlers.telling import about, chat_of, reaches
from store.buttons import Button
from store.writing import Write


@dataclass(frozen=True, slots=True)
class Stepped:
    """What a step writes, and what the seller is told of it."""

    template: str
    values: dict[str, Any]
    unit: list[Write] = field(default_factory=list)
    buttons: tuple[tuple[Labelled, ...], ...] = ()


async def stepped(desk: Desk, chat: Chat | None, order: Order, step: str, owner: int, now: datetime) -> Stepped:
    """The step `paid`, `cancel` or `done`; nothing is written when it cannot be. The caller holds the buyer's chat."""
    voice, by = desk.voice(owner), desk.who(owner)
    to = {"paid": State.PAID, "cancel": State.CANCELLED, "done": State.DONE}[step]
    values = about(order, desk, voice.language) | {"told": reaches(desk, chat, now)}
    if not order.may_become(to):
        return Stepped("order_cannot", values | {"step": step})
    try:
        if to is State.PAID:
            paid = await ordering.pay(desk, chat, order, by, now)
            unit = paid.unit
            values |= {
                "ship_by": paid.order.ship_by,
                "left": left(desk, order),
                "low": named(paid.low, voice.language),
                "has_left": paid.order.state is not State.PAID,
            }
        elif to is State.CANCELLED:
            unit = await ordering.cancel(desk, chat, order, by, now)
        else:
            unit = await ordering.finish(desk, order, by, now)
    except ordering.StockLacks as lacks:
        return Stepped("oversold", {"order_no": order.order_no, "lacking": lacking(desk, order, lacks, voice.language)})
    noted = desk.noted(owner, f"order {step}", f"buyer:{order.buyer_id}", now, order=order.order_no)
    data = {"order_no": order.order_no, "back": order.state.value, "version": order.version + 1}
    undo = undo_button(desk, owner, "order_undo", data | conversation_of(chat))
    return Stepped(f"order_{to.value}", values, [*unit, noted], ((undo,),))


def lacking(desk: Desk, order: Order, lacks: ordering.StockLacks, language: str) -> list[dict[str, Any]]:
    """What the shelf cannot give, in words."""
    return [
        dict(line) | {"stock": lacks.lacking[line["sku"]]}
        for line in about(order, desk, language)["lines"]
        if line["sku"] in lacks.lacking
    ]


def left(desk: Desk, order: Order) -> list[dict[str, Any]]:
    """What remains on the shelf once the order has taken its goods."""
    catalogue = desk.shelf.now.catalogue
    counted = [(line, catalogue.get(line.sku)) for line in order.lines]
    return [
        {"sku": line.sku, "stock": one.stock - line.quantity} for line, one in counted if one and one.stock is not None
    ]


async def order_step(desk: Desk, button: Button, owner: int, now: datetime) -> list[Write]:
    """[到账了] and the other buttons under an order."""
    order = await desk.store.orders.get(str(button.data["order_no"]))
    if order is None:
        return tap_told(desk, owner, "no_such_order", button, now, order_no=button.data["order_no"])
    chat = await chat_of(desk, order)
    done = await stepped(desk, chat, order, str(button.data["step"]), owner, now)
    said = tap_told(desk, owner, done.template, button, now, buttons=done.buttons, **done.values)
    return [*done.unit, *said]


async def order_undo(desk: Desk, button: Button, owner: int, now: datetime) -> list[Write]:
    """The last step is taken back, unless something has happened since."""
    order = await desk.store.orders.get(str(button.data["order_no"]))
    if order is None or order.version != button.data["version"]:
        return tap_told(desk, owner, "nothing_to_undo", button, now)
    chat, by = await chat_of(desk, order), desk.who(owner)
    try:
        unit = await ordering.undo(desk, chat, order, State(button.data["back"]), by, now)
    except ordering.StockLacks as lacks:
        told = lacking(desk, order, lacks, desk.voice(owner).language)
        return tap_told(desk, owner, "oversold", button, now, order_no=order.order_no, lacking=told)
    noted = desk.noted(owner, "undo order", f"buyer:{order.buyer_id}", now, order=order.order_no)
    return [
        *unit,
        noted,
        *tap_told(
            desk,
            owner,
            "order_undone",
            button,
            now,
            **about(replace(order, state=State(button.data["back"])), desk, desk.voice(owner).language),
        ),
    ]


async def order_unnote(desk: Desk, button: Button, owner: int, now: datetime) -> list[Write]:
    """The note as it was before."""
    order = await desk.store.orders.get(str(button.data["order_no"]))
    if order is None or order.version != button.data["version"]:
        return tap_told(desk, owner, "nothing_to_undo", button, now)
    before = replace(order, note=str(button.data["note"]))
    saved = desk.store.orders.save(before, "undo note", desk.who(owner), now)
    return [
        *saved,
        *tap_told(desk, owner, "undone", button, now, what="note", about=order.order_no, value=before.note),
    ]


def conversation_of(chat: Chat | None) -> dict[str, Any]:
    """The conversation a button is about, as its data keeps it."""
    return {} if chat is None else {"conversation": chat.conversation.id}
