"""[撤销] under what was sent off by mistake: the order, the parcel, the promises, and what the buyer believes."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from core import ordering
from core.answering.values import Fact
from core.orders import Order, State
from core.tracking.values import Status
from handlers.parcels.news import NEWS, STILL, Step
from handlers.parcels.telling import chat_with, may_be_read, rings_at, tell_of_parcels
from handlers.tapping import tap_told
from store.outbox import Status as Fate

if TYPE_CHECKING:
    from handlers.desk import Desk
    from store.buttons import Button
    from store.parcels import Parcel
    from store.writing import Write


async def undo_ship(desk: Desk, button: Button, owner: int, now: datetime) -> list[Write]:
    """[撤销] under what was sent off: it has not left, unless something has happened since. A buyer who was told hears so,
    once; a message that still waits is not sent. The caller holds the lock of the parcels."""
    data, store = button.data, desk.store
    order = await store.orders.get(str(data["order_no"]))
    known = [] if order is None else await store.parcels.of_order(order.order_no)
    gone = [one for one in known if one.number in data["numbers"] and one.status is not Status.DELIVERED]
    if order is None or order.version != data["version"] or len(gone) < len(data["numbers"]):
        return tap_told(desk, owner, "nothing_to_undo", button, now)
    before = order
    unit: list[Write] = []
    if order.state.value != data["back"]:
        before = ordering.back_to(order, State(data["back"]))
        unit += store.orders.save(before, "undo shipped", desk.who(owner), now)
    unit += [store.promises.reopen(id) for id in data.get("promises", ())]
    unit += [store.mistakes.reopen(id) for id in data.get("mistakes", ())]
    keys = sorted({str(data["key"]), *(one.told_key for one in gone if one.told_key)})
    unit += [store.outbox.cancel_key(key, "the parcel was taken back") for key in keys]
    said = {key: row for key in keys if (row := await store.outbox.by_key(key)) is not None}
    waits = {key for key, row in said.items() if row.status is Fate.PENDING}
    again = [one for one in known if one not in gone and one.told_key in waits]  # told of together with these
    steps = [Step(one.withdrawn(), buyer_id=order.buyer_id) for one in gone]
    steps += [_anew(one, order, now) for one in again]
    unit += [write for each in await desk.following.units(steps, now) for write in each]
    told = may_be_read([*said.values()], now)
    chat = await chat_with(desk, order.buyer_id, now) if told != "unsent" else None
    if chat is not None:
        values = {
            "order_no": order.order_no, "numbers": data["numbers"], "has_left": len(known) > len(gone),
            "ship_by": before.ship_by if before.ship_by is not None and now < before.ship_by else None,
        }  # fmt: skip
        unit += tell_of_parcels(
            desk, chat, [Fact("ship_taken_back", order.order_no, values)], f"unshipped:{button.id}", now,
            is_silent=rings_at(desk, chat, now, desk.following.ways.quiet) > now, by_seller=True,
            corrects=keys,
        )  # fmt: skip
    if chat is None and told == "told":
        told = "untold"
    name = chat.name if chat is not None else str(order.buyer_id or "")
    unit.append(desk.noted(owner, "undo ship", f"buyer:{order.buyer_id}", now, order=order.order_no))
    about = {"order_no": order.order_no, "state": before.state.value, "numbers": data["numbers"]}
    return [*unit, *tap_told(desk, owner, "ship_undone", button, now, told=told, name=name, **about)]


def _anew(parcel: Parcel, order: Order, now: datetime) -> Step:
    """What waits to be told of this parcel is told without those that were taken back."""
    news = STILL if ":still:" in parcel.told_key else NEWS
    key = f"parcel:{parcel.number}:{order.buyer_id}:again:{now.timestamp():.6f}"
    return Step(parcel, buyer_id=order.buyer_id, news=news, key=key)
