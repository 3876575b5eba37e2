"""What happens to an order, as units of writes: the order, the stock, the promises, and what the buyer hears, together."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from core import ordering, promising
from core.answering.values import Fact
from core.answering.wanting import wanted_key
from core.changing import Rewritten
from core.orders import Order, OrderLine, State
from core.promises import Outcome, Promise, What
from core.tracking.values import Status
from handlers.composing import voice_for
from handlers.running_low import running_low, warned_of
from handlers.telling import about, tell_buyer
from store.stock import give_back, take

if TYPE_CHECKING:
    from handlers.chats import Chat
    from handlers.desk import Desk
    from store.writing import Write

NOTES_FROM = timedelta(hours=48)
"""A wish for the parcel said so long before the order is put on it."""


class StockLacks(Exception):
    """The shelf cannot give what the order needs: `lacking` is sku → how many there are, `lines` what was to be taken."""

    def __init__(self, lacking: dict[str, int], lines: tuple[OrderLine, ...] = ()) -> None:
        super().__init__(str(lacking))
        self.lacking, self.lines = lacking, lines


class Paid(NamedTuple):
    """A paid order, what it writes, and what it leaves so few of that they run out."""

    order: Order
    unit: list[Write]
    low: list[dict[str, Any]]


async def place(
    desk: Desk, chat: Chat | None, lines: tuple[OrderLine, ...], by: str, now: datetime
) -> tuple[Order, list[Write]]:
    """A new order for the buyer of this chat, who is told; None: for whoever opens its link first.

    Nothing is taken from the shelf before it is paid.
    """
    snapshot = desk.shelf.now
    number = ordering.new_number(now, snapshot.shop.timezone)
    while await desk.store.orders.get(number) is not None:
        number = ordering.new_number(now, snapshot.shop.timezone)
    order = Order(
        number, chat.buyer.id if chat else None, State.PLACED, now, secrets.token_urlsafe(16), lines,
        due_at=now + ordering.UNPAID_FOR, amount=ordering.total(lines, snapshot.catalogue),
    )  # fmt: skip
    if chat is not None:
        order = replace(order, delivery_note=await wishes(desk, chat, now))
    unit = [*desk.store.orders.add(order, by, now)]
    if chat is not None:
        ordered = [wanted_key(line.sku, 0) for line in lines]  # it is no longer wanted, it is ordered
        chat.told.update((key, now) for key in ordered)
        unit += desk.store.told.tell(chat.conversation.id, ordered, now)
    return order, [*unit, *_told(desk, chat, order, "order_placed", by, now)]


async def pay(desk: Desk, chat: Chat | None, order: Order, by: str, now: datetime) -> Paid:
    """The money is there: stock falls, what was told in time binds, the buyer hears when it leaves.

    StockLacks when the shelf cannot give it; nothing is written then.
    """
    snapshot = await desk.shelf.fresh(at_once=True)
    lacking = ordering.lacking(order.lines, ordering.stocks(snapshot.catalogue))
    if lacking:
        raise StockLacks(lacking)
    told = [] if order.buyer_id is None else await desk.store.promises.told_to(order.buyer_id)
    bound = promising.bound_by_payment(told, now, snapshot.shop)
    ship = next((one for one in bound if one.what is What.SHIP), None)
    order = replace(order, ship_by=ship.due_at if ship else order.ship_by)
    parcels = await desk.store.parcels.of_order(order.order_no)
    paid = ordering.paid(order, now, snapshot.shop)
    if parcels:  # it left before the money was there
        has_arrived = all(one.status is Status.DELIVERED for one in parcels)
        paid = ordering.left_already(paid, min(one.shipped_at for one in parcels), now, has_arrived=has_arrived)
        ship = None
    unit: list[Write] = [*desk.store.orders.save(paid, "paid", by, now), *take(paid, by, now)]
    bound = [] if parcels else bound
    unit += [desk.store.promises.bind(one, order.order_no, one.by) for one in bound]
    unit += [
        desk.store.promises.close(one.id, Outcome.LAPSED, now)
        for one in told
        if not one.is_binding and one not in bound and one.what is not What.ANSWER
    ]
    low = await running_low(desk, paid, now)
    unit += warned_of(desk, paid, low, by, now)
    if ship is None and chat is None:
        unit += desk.promising.owed(paid, by, now)
    told_paid = _told(desk, chat, paid, "order_paid", by, now, is_new=ship is None, has_left=bool(parcels))
    return Paid(paid, [*unit, *told_paid], low)


async def cancel(desk: Desk, chat: Chat | None, order: Order, by: str, now: datetime) -> list[Write]:
    """The order is no more: what it held is on the shelf again, nothing is owed on it."""
    return [
        *desk.store.orders.save(ordering.cancelled(order, now), "cancelled", by, now),
        *give_back(order, by, now),
        desk.store.promises.withdraw(order.order_no, now),
        *_told(desk, chat, order, "order_cancelled", by, now),
    ]


async def rewrite(
    desk: Desk, order: Order, changed: Rewritten, what: str, by: str, now: datetime
) -> tuple[list[Write], list[dict[str, Any]]]:
    """The order holds other goods: what a paid one held goes back to the shelf, and what it holds now is taken from it.
    With it comes what that leaves so few of that they run out; the other owners are warned.

    Nothing is taken for a line of which nothing had been, though its stock is counted: a file said that it was paid.
    """
    unit: list[Write] = [*desk.store.orders.save(changed.order, what, by, now)]
    before, after = changed.before, changed.after
    old = desk.shelf.now.catalogue.get(before.sku)
    takes = order.is_paid and (before.taken > 0 or old is None or old.stock is None)
    unit += give_back(replace(order, lines=(before,)), by, now) if order.is_paid else ()
    unit += desk.store.orders.set_lines(changed.order)
    if not takes:
        return unit, []
    unit += take(changed.order, by, now, lines=(after,))
    more = after.quantity - (before.taken if after.sku == before.sku else 0)
    taken = replace(changed.order, lines=(OrderLine(after.sku, more),)) if more > 0 else None
    low = await running_low(desk, taken, now) if taken is not None else []
    return [*unit, *warned_of(desk, changed.order, low, by, now)], low


async def finish(desk: Desk, order: Order, by: str, now: datetime) -> list[Write]:
    """The order is done: every promise about it is kept, or was late."""
    return [
        *desk.store.orders.save(ordering.done(order, now), "done", by, now),
        *desk.store.promises.done(order.order_no, What, now),
    ]


async def undo(desk: Desk, chat: Chat | None, order: Order, back: State, by: str, now: datetime) -> list[Write]:
    """The last step is taken back. StockLacks when the goods went elsewhere meanwhile."""
    was = order.state
    before = ordering.back_to(order, back)
    unit: list[Write] = [*desk.store.orders.save(before, f"undo {was.value}", by, now)]
    promised = await desk.store.promises.of_order(order.order_no)
    ended = [one for one in promised if one.closed_at is not None and one.closed_at == order.closed_at]
    unit += [desk.store.promises.reopen(one.id) for one in ended]
    if back is State.PLACED and was is not State.CANCELLED:
        unit += [*give_back(order, by, now), *_unbound(desk, order, promised, now)]
        return [*unit, *_told(desk, chat, before, "order_unpaid", by, now)]
    if was is State.CANCELLED and back is not State.PLACED:
        snapshot = await desk.shelf.fresh(at_once=True)
        lacking = ordering.lacking(order.lines, ordering.stocks(snapshot.catalogue))
        if lacking:
            raise StockLacks(lacking)
        unit += take(before, by, now)
        if not any(one.what is What.SHIP for one in ended):
            unit += desk.promising.owed(before, by, now)
    if was is State.CANCELLED:
        return [*unit, *_told(desk, chat, before, "order_restored", by, now)]
    return unit


def _unbound(desk: Desk, order: Order, promised: Sequence[Promise], now: datetime) -> list[Write]:
    """It is not paid after all: what was told before waits for the payment again, and the rest is owed no more."""
    told = [one for one in promised if one.is_open and order.paid_at is not None and one.made_at < order.paid_at]
    waits = [desk.store.promises.bind(one, None, one.by, is_binding=False) for one in told]
    return [*waits, desk.store.promises.withdraw(order.order_no, now)]


async def wishes(desk: Desk, chat: Chat, now: datetime) -> str:
    """What the buyer asked for the parcel in the days before the order, in their words."""
    found = []
    for turn in await desk.store.turns.latest(chat.conversation.id, 20):
        told = turn.understanding or {}
        if turn.closed_at is None or now - turn.closed_at > NOTES_FROM:
            continue
        for ask in told.get("asks", ()):
            if ask["name"] == "special_request":
                start, end = ask["span"]
                found.append(str(told["words"])[start:end].strip())
    return "；".join(dict.fromkeys(reversed(found)))


async def note(desk: Desk, buyer_id: int, words: str, now: datetime) -> list[Write]:
    """A wish for the parcel is put on the buyer's latest order that has not left; without one it waits for the order."""
    order = next((one for one in await desk.store.orders.of_buyer(buyer_id) if one.is_before_dispatch), None)
    if order is None or words in order.delivery_note:
        return []
    kept = "；".join(filter(None, (order.delivery_note, words)))
    return [*desk.store.orders.save(replace(order, delivery_note=kept), "delivery note", f"buyer:{buyer_id}", now)]


def _told(
    desk: Desk,
    chat: Chat | None,
    order: Order,
    template: str,
    by: str,
    now: datetime,
    *,
    is_new: bool = False,
    has_left: bool = False,
) -> list[Write]:
    """What the buyer hears of it, where there is a chat with them. The caller holds it."""
    if chat is None:
        return []
    values = about(order, desk, voice_for(chat, desk.shelf.now, now).language)
    values |= {"payment": desk.shelf.now.shop.policy("payment"), "is_new": is_new, "has_left": has_left}
    fact = Fact(template, order.order_no, values)
    return tell_buyer(desk, chat, [fact], f"{template}:{order.order_no}:{order.version + 1}", now, by=by)
