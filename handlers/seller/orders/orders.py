"""Orders: /order new BUYER SKU [N], /order NO, /order NO paid|cancel|done, /order NO note TEXT."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from telegram import Update

from core import ordering as core_ordering
from core.language import to_simplified
from core.ordering import UNPAID_FOR
from core.orders import Order, OrderLine, State
from handlers import ordering
from handlers.chats import Chat
from handlers.desk import Context, Desk
from handlers.seller.asking import Asked, asked, bare, find, is_buyer, no_buyer, replied_to
from handlers.seller.orders.steps import conversation_of, stepped
from handlers.seller.slips import count_in
from handlers.speaking import Labelled
from handlers.takeover import put_away
from handlers.telling import about, chat_of, holding, reaches
from store.errors import RowRefused
from store.writing import Write

USAGE = ("/order new BUYER SKU [N] · /order NO [paid|cancel|done|note TEXT]", "/order new 123456 A-1 2")
MOST_PIECES = 9_999
STEPS = {
    word: step
    for step, words in {
        "paid": "paid pay 付款 已付 已付款 到账 到账了 已到账 收款 已收款",
        "cancel": "cancel cancelled 取消 不要了",
        "done": "done complete 完成 已完成",
        "note": "note 备注",
    }.items()
    for word in words.split()
}
FOR_ANYBODY = ("-", "?", "？")


async def on_order(update: Update, context: Context) -> None:
    """What the words after /order say: a new one, a list, one order, or what has become of it."""
    command = asked(update, context)
    await command.desk.shelf.fresh()
    if not command.words:
        return await _list(command)
    if command.words[0].lower() in ("new", "新建", "新"):
        return await _new(command)
    order = await command.desk.store.orders.get(bare(command.words[0]))
    if order is None:
        return await command.say("no_such_order", order_no=command.words[0])
    if len(command.words) == 1:
        return await show(command, order)
    step = STEPS.get(to_simplified(command.words[1].lower()))
    if step == "note":
        return await _note(command, order)
    if step is None or len(command.words) > 2:
        return await command.misused("order_wrong", *USAGE, why="step", said=" ".join(command.words[1:]))
    return await _step(command, order, step)


async def show(command: Asked, order: Order, unit: list[Write] | None = None) -> None:
    """All about one order."""
    desk = command.desk
    voice = desk.voice(command.owner)
    buyer = await desk.store.buyers.get(order.buyer_id) if order.buyer_id is not None else None
    promises = await desk.store.promises.of_order(order.order_no)
    wishes = await desk.store.orders.changes(order.order_no)
    values: dict[str, Any] = about(order, desk, voice.language) | {
        "buyer": order.buyer_id, "name": buyer.shown if buyer else "", "placed_at": order.placed_at, "paid_at": order.paid_at,
        "shipped_at": order.shipped_at, "seller_note": order.note, "link": link(desk, order), "is_late": is_late(order, command.now),
        "promises": [{"what": one.what.value, "due_at": one.due_at, "is_broken": one.broken_at is not None} for one in promises if one.is_open and one.is_binding],
        "wishes": [one.words for one in wishes],
    }  # fmt: skip
    names = {State.PLACED: ("paid", "cancel"), State.PAID: ("cancel",), State.DELIVERED: ("done",)}
    chat = await chat_of(desk, order)
    row = [
        (
            desk.speech.seller(f"button_order_{name}", voice),
            "order_step",
            {"order_no": order.order_no, "step": name, **conversation_of(chat)},
        )
        for name in names.get(order.state, ())
    ]
    await command.say("order", unit or (), buttons=[row] if row else (), **values)


async def _list(command: Asked) -> None:
    """Orders that are open, the ones due first."""
    desk = command.desk
    orders = await desk.store.orders.open(30)
    language = desk.voice(command.owner).language
    shown = [about(one, desk, language) | {"is_late": is_late(one, command.now)} for one in orders]
    await command.say("orders", orders=shown)


async def _new(command: Asked) -> None:
    desk, words = command.desk, command.words[1:]
    if len(words) in (1, 2) and find(words[0], desk.shelf.now.catalogue) and (replied := await replied_to(command)):
        words = (str(replied.buyer.id), *words)
    if len(words) > 3 and count_in(" ".join(words[2:])) is None:
        return await command.misused("order_wrong", *USAGE, why="more", said=" ".join(words[3:]))
    if len(words) < 2:
        return await command.misused("order_wrong", *USAGE, why="new")
    written, sku, count = words[0], words[1], " ".join(words[2:]) or "1"
    one = find(sku, desk.shelf.now.catalogue)
    if one is None:
        return await command.no_such_sku(sku, desk.shelf.now.catalogue)
    pieces = count_in(count) or 0
    if not 0 < pieces <= MOST_PIECES:
        return await command.misused("order_wrong", *USAGE, why="count", said=count, most=MOST_PIECES)
    chat = None
    if written not in FOR_ANYBODY:
        if not is_buyer(written):
            return await no_buyer(command, (written,), *USAGE)
        chat = await desk.chats.of_buyer(int(written))
        if chat is None:
            return await command.say("no_such_buyer", buyer=written)
    lines = (OrderLine(one.sku, pieces, one.price),)
    by = command.by
    if chat is None:
        order, unit = await ordering.place(desk, None, lines, by, command.now)
        return await _placed(command, chat, order, unit)
    async with chat.held():
        order, unit = await ordering.place(desk, chat, lines, by, command.now)
        if await desk.cards.waits_for(chat) == {"order"}:
            unit += await put_away(desk, chat, command.owner, command.now)  # the order is what they waited for
        return await _placed(command, chat, order, unit)


async def _placed(command: Asked, chat: Chat | None, order: Order, unit: list[Write]) -> None:
    desk = command.desk
    voice = desk.voice(command.owner)
    data = {"order_no": order.order_no, "step": "cancel", **conversation_of(chat)}
    paid: Labelled = (desk.speech.seller("button_order_paid", voice), "order_step", {**data, "step": "paid"})
    values = about(order, desk, voice.language) | {"buyer": order.buyer_id, "link": link(desk, order), "hours": round(UNPAID_FOR.total_seconds() / 3600)}  # fmt: skip
    values["short"], values["told"] = _short(desk, order), reaches(desk, chat, command.now)
    values["haggles"] = order.buyer_id is not None and await desk.store.hagglers.of_buyer(order.buyer_id) is not None
    await command.say("order_new", unit, buttons=[[paid, command.undo("order_step", data)]], **values)


async def _step(command: Asked, order: Order, step: str) -> None:
    """One step on, or a sentence why not. Somebody else may have changed the order meanwhile: it is read again, once."""
    again: Order | None = order
    for _ in range(2):
        assert again is not None
        try:
            async with holding(command.desk, again) as chat:
                done = await stepped(command.desk, chat, again, step, command.owner, command.now)
                return await command.say(done.template, done.unit, buttons=done.buttons, **done.values)
        except RowRefused:
            again = await command.desk.store.orders.get(order.order_no)
    return await command.say("order_changed", order_no=order.order_no)


async def _note(command: Asked, order: Order) -> None:
    """The seller's own note on the order; empty takes it off."""
    desk = command.desk
    words = " ".join(command.words[2:]).strip()[:1000]
    if not words and not order.note:
        usage = ("/order NO note TEXT", "/order 2611200417 note 加贺卡")
        return await command.misused("order_wrong", *usage, why="note")
    saved = desk.store.orders.save(replace(order, note=words), "note", command.by, command.now)
    data = {"order_no": order.order_no, "buyer": order.buyer_id, "note": order.note, "version": order.version + 1}
    buttons = [[command.undo("order_unnote", data)]]
    try:
        await command.say("order_noted", list(saved), buttons=buttons, order_no=order.order_no, words=words)
    except RowRefused:
        await command.say("order_changed", order_no=order.order_no)


def link(desk: Desk, order: Order) -> str:
    """The deep link that opens the order, for the buyer alone."""
    name = desk.username()
    return f"https://t.me/{name}?start=o_{order.token}" if name else f"/start o_{order.token}"


def is_late(order: Order, now: datetime) -> bool:
    """Whether its state should be over by now."""
    return order.due_at is not None and order.due_at <= now


def _short(desk: Desk, order: Order) -> list[dict[str, Any]]:
    """What there is too little of, told when an order is made; it is refused only when it is to be paid."""
    short = core_ordering.lacking(order.lines, core_ordering.stocks(desk.shelf.now.catalogue))
    return [{"sku": sku, "stock": stock} for sku, stock in short.items()]
