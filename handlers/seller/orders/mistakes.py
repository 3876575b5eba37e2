"""Owning a mistake: /late ORDER NEWTIME, /short ORDER SKU, /sorry ORDER [WORDS], and what takes back what nobody was told."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from telegram import Update

from core.ordering import end_of
from core.ordering import ship_by as leaves_by
from core.orders import Order, State
from core.promises import What
from core.time_phrases import named_in
from handlers import mistakes
from handlers.desk import Context, Desk
from handlers.seller.asking import Asked, asked, bare, find
from handlers.speaking import Labelled
from handlers.tapping import tap_told, undo_button
from handlers.telling import holding
from store.buttons import Button
from store.errors import RowRefused
from store.writing import Write

LATE = ("/late ORDER NEWTIME", "/late 2611200417 明天下午")
SHORT = ("/short ORDER SKU", "/short 2611200417 A-1")
SORRY = ("/sorry ORDER [WORDS]", "/sorry 2611200417 颜色发错了，这就给您换")


async def on_late(update: Update, context: Context) -> None:
    """It will not be in time: the buyer hears so before asking, with the new time."""
    command = asked(update, context)
    order = await _order(command, *LATE)
    if order is None:
        return None
    now, zone = command.now, command.desk.shelf.now.shop.timezone
    found = named_in(" ".join(command.words[1:]), now, zone)
    if found is None:
        return await command.misused("mistake_wrong", *LATE, why="time")
    if order.state not in (State.PAID, State.PART_SHIPPED, State.SHIPPED):
        return await command.say("order_cannot", order_no=order.order_no, state=order.state.value, step="late")
    what = What.DELIVER if order.state is State.SHIPPED else What.SHIP
    try:
        async with holding(command.desk, order) as chat:
            owned = await mistakes.new_time(
                command.desk, chat, order.buyer_id or 0, order, what, found.due_at, command.by, now
            )
            return await _said(command, order, owned, "late", found.due_at)
    except RowRefused:
        return await command.say("order_changed", order_no=order.order_no)


async def on_short(update: Update, context: Context) -> None:
    """A piece was left out: the buyer hears that it is sent after, and that two parcels will come."""
    command = asked(update, context)
    order = await _order(command, *SHORT)
    if order is None:
        return None
    one = find(command.words[1], command.desk.shelf.now.catalogue) if len(command.words) == 2 else None
    if one is None or all(line.sku != one.sku for line in order.lines):
        return await command.misused("mistake_wrong", *SHORT, why="sku", skus=[line.sku for line in order.lines])
    due = _next(command)
    async with holding(command.desk, order) as chat:
        owned = mistakes.short(command.desk, chat, order, one.sku, due, command.by, command.now)
        return await _said(command, order, owned, "short", due)


async def on_sorry(update: Update, context: Context) -> None:
    """Something else went wrong: said in the seller's words, with a time by which the buyer hears more."""
    command = asked(update, context)
    order = await _order(command, *SORRY)
    if order is None:
        return None
    due = _next(command)
    async with holding(command.desk, order) as chat:
        words = " ".join(command.words[1:])[:500]
        owned = mistakes.sorry(command.desk, chat, order, words, due, command.by, command.now)
        return await _said(command, order, owned, "sorry", due)


async def mistake_right(desk: Desk, button: Button, owner: int, now: datetime) -> list[Write]:
    """[处理好了] under a mistake: it is put right, and what was promised for it is kept."""
    order_no = str(button.data["order_no"])
    open_ones = [one.id for one in await desk.store.mistakes.of_order(order_no) if one.closed_at is None]
    owed = [
        one.id
        for one in await desk.store.promises.of_order(order_no)
        if one.is_open and one.is_binding and one.what in (What.RESEND, What.OTHER)
    ]
    data = {"order_no": order_no, "mistakes": open_ones, "promises": owed}
    undo = [[undo_button(desk, owner, "undo_right", data)]] if open_ones or owed else []
    return [
        *(desk.store.mistakes.close(id, now) for id in open_ones),
        *desk.store.promises.done(order_no, [What.RESEND, What.OTHER], now),
        *tap_told(desk, owner, "mistake_right", button, now, buttons=undo, order_no=order_no),
    ]


async def undo_right(desk: Desk, button: Button, owner: int, now: datetime) -> list[Write]:
    """[撤销] under it: the task is open again, and so is what was promised for it."""
    data, store = button.data, desk.store
    return [
        *(store.mistakes.reopen(int(id)) for id in data["mistakes"]),
        *(store.promises.reopen(int(id)) for id in data["promises"]),
        *tap_told(desk, owner, "undone", button, now, what="mistake", about=data["order_no"], value="right"),
    ]


async def undo_mistake(desk: Desk, button: Button, owner: int, now: datetime) -> list[Write]:
    """[撤销] under what no buyer was told: as it was before, unless it was put right or the order has changed since."""
    data = button.data
    order = await desk.store.orders.get(str(data["order_no"]))
    one = await desk.store.mistakes.get(int(data["mistake"]))
    is_same = order is not None and data.get("version", order.version) == order.version
    if order is None or one is None or one.closed_at is not None or not is_same:
        return tap_told(desk, owner, "nothing_to_undo", button, now)
    about = order.order_no
    return [
        *mistakes.undone(desk, order, data, desk.who(owner), now),
        desk.noted(owner, f"undo {one.kind}", f"buyer:{order.buyer_id}", now, order=about),
        *tap_told(desk, owner, "undone", button, now, what="mistake", about=about, value=one.kind),
    ]


async def _order(command: Asked, usage: str, example: str) -> Order | None:
    """The order a command names, which must have a buyer; the seller is told when there is none."""
    await command.desk.shelf.fresh()
    if not command.words:
        await command.misused("mistake_wrong", usage, example, why="order")
        return None
    order = await command.desk.store.orders.get(bare(command.words[0]))
    if order is None or order.buyer_id is None:
        await command.say("no_such_order", order_no=command.words[0])
        return None
    return order


def _next(command: Asked) -> datetime:
    """By when it is put right: with the next parcels that leave, or else by the end of tomorrow."""
    shop = command.desk.shelf.now.shop
    tomorrow = (command.now + timedelta(days=1)).astimezone(shop.timezone).date()
    return leaves_by(command.now, shop) or end_of(tomorrow, shop.timezone).astimezone(command.now.tzinfo)


async def _said(command: Asked, order: Order, owned: mistakes.Owned, kind: str, due: datetime) -> None:
    desk, voice = command.desk, command.desk.voice(command.owner)
    values: dict[str, Any] = {"kind": kind, "order_no": order.order_no, "due_at": due, "told": owned.undo is None}
    row: list[Labelled] = []
    if kind != "late":
        row.append((desk.speech.seller("button_done", voice), "mistake_right", {"order_no": order.order_no}))
    if owned.undo is not None:
        row.append(command.undo("undo_mistake", owned.undo | {"order_no": order.order_no}))
    noted = desk.noted(command.owner, kind, f"buyer:{order.buyer_id}", command.now, order=order.order_no)
    await command.say("mistake_told", [*owned.unit, noted], buttons=[row] if row else (), **values)
