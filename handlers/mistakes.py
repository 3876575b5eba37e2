"""The shop's own mistakes (S4 tip 12): the buyer hears first, with an apology, what is done about it, and what comes of it.

What was said to a buyer stands; where nobody could be told, all of it can be taken back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from core.answering.values import Fact
from core.orders import Order
from core.promises import Outcome, Promise, What
from handlers.composing import voice_for
from handlers.telling import lines_of, tell_buyer
from store.mistakes import Mistake

if TYPE_CHECKING:
    from handlers.chats import Chat
    from handlers.desk import Desk
    from store.writing import Write


class Owned(NamedTuple):
    """What owning up writes, and what must be known to take it back: nothing where the buyer was told."""

    unit: list[Write]
    undo: dict[str, Any] | None = None


async def new_time(
    desk: Desk,
    chat: Chat | None,
    buyer_id: int,
    order: Order | None,
    what: What,
    due_at: datetime,
    by: str,
    now: datetime,
    *,
    owed: Promise | None = None,
    cause: str = "",
) -> Owned:
    """What was promised comes at another time: the buyer is told, the old promise ends, the new one begins.

    `owed` is the promise that is moved; without one, all open promises of this kind about the order are.
    """
    old = [owed] if owed is not None else []
    if owed is None and order is not None:
        told = await desk.store.promises.of_order(order.order_no)
        old = [one for one in told if one.is_open and one.is_binding and one.what is what]
    since = min((one.due_at for one in old), default=(order.ship_by if order is not None else None) or now)
    unit: list[Write] = [
        desk.store.promises.close(
            one.id, Outcome.MOVED if one.broken_at is None and now <= one.due_at else Outcome.LATE, now
        )
        for one in old
    ]
    if order is not None and what is What.SHIP:
        unit += desk.store.orders.save(replace(order, ship_by=due_at, due_at=due_at), "late", by, now)
    known = [] if order is None else await open_about(desk, order.order_no, old)
    unit += [desk.store.mistakes.close(one.id, now) for one in known]
    mistake = Mistake(
        buyer_id, "late", since, by, order.order_no if order else None, old[0].id if old else None, cause,
        told_at=now if chat is not None else None, due_at=due_at,
    )  # fmt: skip
    unit.append(desk.store.mistakes.add(mistake))
    if chat is None:
        saved = order is not None and what is What.SHIP
        undo = {
            "mistake": mistake.id, "promises": [one.id for one in old], "mistakes": [one.id for one in known],
            "version": order.version + saved if order else 0, "was": times(order) if order is not None and saved else None,
        }  # fmt: skip
        return Owned(unit, undo)
    values = {
        "order_no": order.order_no if order else "", "what": what.value, "due_at": due_at,
        "was": min((one.due_at for one in old), default=None), "is_past": since <= now,
    }  # fmt: skip
    said = tell_buyer(
        desk, chat, [Fact("sorry_late", mistake.order_no or "", values)], f"late:{mistake.id}", now, by=by
    )
    return Owned([*unit, *said])


def undone(desk: Desk, order: Order, data: Mapping[str, Any], by: str, now: datetime) -> list[Write]:
    """As it was before, by what `Owned.undo` holds."""
    store = desk.store
    unit = [store.mistakes.drop(int(data["mistake"]))]
    unit += [store.promises.reopen(int(id)) for id in data.get("promises", ())]
    unit += [store.mistakes.reopen(int(id)) for id in data.get("mistakes", ())]
    if data.get("was"):
        unit += store.orders.save(at_times(order, data["was"]), "undo late", by, now)
    return unit


def times(order: Order) -> list[str | None]:
    """When it was to leave, and when something was due, as a button keeps them."""
    return [None if one is None else one.isoformat() for one in (order.ship_by, order.due_at)]


def at_times(order: Order, kept: Sequence[str | None]) -> Order:
    """The order with the times that a button has kept."""
    ship_by, due_at = (datetime.fromisoformat(one) if one else None for one in kept)
    return replace(order, ship_by=ship_by, due_at=due_at)


async def open_about(desk: Desk, order_no: str, promises: Sequence[Promise]) -> list[Mistake]:
    """What is noted of these promises and not put right: that they were not kept, or that they are the new time of others."""
    ids, times = {one.id for one in promises}, {one.due_at for one in promises}
    return [
        one
        for one in await desk.store.mistakes.of_order(order_no)
        if one.closed_at is None and (one.promise_id in ids or (one.kind == "late" and one.due_at in times))
    ]


def short(desk: Desk, chat: Chat | None, order: Order, sku: str, due_at: datetime, by: str, now: datetime) -> Owned:
    """A piece was left out: we are sorry, it is sent after, and two parcels will come (S4 tip 12)."""
    mistake = Mistake(
        order.buyer_id or 0, "short", order.shipped_at or now, by, order.order_no, sku=sku,
        told_at=now if chat is not None else None, due_at=due_at,
    )  # fmt: skip
    unit = [desk.store.mistakes.add(mistake)]
    if chat is None:
        return Owned(unit, {"mistake": mistake.id})
    language = voice_for(chat, desk.shelf.now, now).language
    line = next(one for one in lines_of(order, desk.shelf.now.catalogue, language) if one["sku"] == sku)
    values = {"order_no": order.order_no, "what": What.RESEND.value, "due_at": due_at, **line}
    told = tell_buyer(desk, chat, [Fact("sorry_short", sku, values)], f"short:{mistake.id}", now, by=by)
    return Owned([*unit, *told])


def sorry(desk: Desk, chat: Chat | None, order: Order, words: str, due_at: datetime, by: str, now: datetime) -> Owned:
    """Something else went wrong: the seller's words for it, and by when the buyer hears what comes of it."""
    mistake = Mistake(
        order.buyer_id or 0, "sorry", order.delivered_at or order.shipped_at or now, by, order.order_no, cause=words,
        told_at=now if chat is not None else None, due_at=due_at,
    )  # fmt: skip
    unit = [desk.store.mistakes.add(mistake)]
    if chat is None:
        return Owned(unit, {"mistake": mistake.id})
    values = {"order_no": order.order_no, "what": What.OTHER.value, "due_at": due_at, "words": words}
    told = tell_buyer(desk, chat, [Fact("sorry_other", "", values)], f"sorry:{mistake.id}", now, by=by)
    return Owned([*unit, *told])
