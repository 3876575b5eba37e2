"""[撤销] under a change that was accepted: the order is as it was, and the wish waits for its answer again."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from core.answering.values import Fact
from core.changing import Rewritten
from core.money import Money
from core.ordering import lacking, stocks
from core.orders import Order, OrderLine, State
from handlers import ordering
from handlers.changing import buttons_of
from handlers.composing import voice_for
from handlers.tapping import tap_told
from handlers.telling import about, chat_of, lines_of, tell_buyer

if TYPE_CHECKING:
    from handlers.desk import Desk
    from store.buttons import Button
    from store.writing import Write


async def change_undo(desk: Desk, button: Button, owner: int, now: datetime) -> list[Write]:
    """Unless something has happened to the order since, or the shelf cannot give back what it held."""
    order = await desk.store.orders.get(str(button.data["order_no"]))
    change = await desk.store.orders.change(int(button.data["change"]))
    if order is None or change is None or order.version != button.data["version"]:
        return tap_told(desk, owner, "nothing_to_undo", button, now)
    by, chat = desk.who(owner), await chat_of(desk, order)
    try:
        before, unit = await _back(desk, order, button.data["before"], by, now)
    except ordering.StockLacks as lacks:
        lines = about(replace(order, lines=lacks.lines or order.lines), desk, desk.voice(owner).language)["lines"]
        short = [line | {"stock": lacks.lacking[line["sku"]]} for line in lines if line["sku"] in lacks.lacking]
        return tap_told(desk, owner, "change_stands", button, now, order_no=order.order_no, lacking=short)
    unit.append(desk.store.orders.reopen_change(change.id))
    unit.append(desk.noted(owner, f"undo {change.kind}", f"buyer:{order.buyer_id}", now, order=order.order_no))
    if chat is not None:
        language = voice_for(chat, desk.shelf.now, now).language
        lines = lines_of(before, desk.shelf.now.catalogue, language) if change.kind != "address" else ()
        told = {"order_no": order.order_no, "kind": change.kind, "lines": lines, "amount": before.amount}
        unit += tell_buyer(
            desk, chat, [Fact("change_taken_back", order.order_no, told)], f"back:{button.id}", now, by=by
        )
    row = buttons_of(desk, change, desk.voice(owner))
    values = {"order_no": order.order_no, "words": change.words, "told": chat is not None}
    return [*unit, *tap_told(desk, owner, "wish_undone", button, now, buttons=[row], **values)]


async def _back(desk: Desk, order: Order, was: dict[str, Any], by: str, now: datetime) -> tuple[Order, list[Write]]:
    """The order as it was, and what is written for it. StockLacks when the goods went elsewhere meanwhile."""
    state = State(was["state"])
    if order.state is State.CANCELLED and state is not State.CANCELLED:
        unit = await ordering.undo(desk, None, order, state, by, now)
        return replace(order, state=state), unit
    if "line" not in was:
        before = replace(order, address=was["address"], note=was["note"])
        return before, list(desk.store.orders.save(before, "undo change", by, now))
    sku, quantity, minor, currency = was["line"]
    old = OrderLine(sku, quantity, None if minor is None else Money(minor, currency))
    current = next(line for line in order.lines if line.sku == was["now"])
    snapshot = await desk.shelf.fresh(at_once=True)
    there = stocks(snapshot.catalogue)
    if (count := there.get(sku)) is not None and sku == current.sku:
        there[sku] = count + current.taken
    takes = order.is_paid and (current.taken > 0 or there.get(current.sku) is None)
    if takes and (short := lacking((old,), there)):
        raise ordering.StockLacks(short, (old,))
    amount = None if was["amount"] is None else Money(*was["amount"])
    lines = tuple(old if line is current else line for line in order.lines)
    before = replace(order, lines=lines, amount=amount)
    unit, _ = await ordering.rewrite(desk, order, Rewritten(before, current, old), "undo items", by, now)
    return before, unit
