"""Taking a file of orders back: orders, their goods, promises and parcels, and buyers nobody else knows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from core.orders import Order
from core.promises import Outcome
from handlers.importing.planning import Back
from store.documents import from_document
from store.stock import give_back, take

if TYPE_CHECKING:
    from store import Store
    from store.imports import Row
    from store.writing import Write


async def orders_back(store: Store, rows: Sequence[Row], by: str, now: datetime) -> Back:
    """What was new is gone, what was changed is as before; nothing of it where an order went on, its buyer was told of a
    parcel, or something is to be done about it."""
    there = {one.order_no: one for one in await store.orders.these([row.key for row in rows])}
    entangled = await store.imports.entangled([row.key for row in rows if row.before is None])
    left = {one.sku: one.stock for one in await store.catalogue.load()}
    back = Back()
    gone: list[str] = []
    for row in rows:
        order = there.get(row.key)
        if order is None or str(order.version) != row.after or row.key in entangled:
            back.since.append(row.key)
        elif row.before is None:
            back.unit += give_back(order, by, now)
            gone.append(order.order_no)
            _returned(order, left)
        else:
            _returned(order, left)
            unit = await _as_before(store, order, row.before, left, by, now)
            if unit is None:
                back.since.append(row.key)
            else:
                back.unit += unit
    back.unit += store.imports.remove_orders(gone)
    return back


async def buyers_back(store: Store, rows: Sequence[Row], by: str, now: datetime) -> Back:
    """Who was noted only because of an order in the file is not known any more, unless they came or something is known of
    them since."""
    return Back([store.imports.remove_buyer(int(row.key)) for row in rows])


async def _as_before(
    store: Store, order: Order, before: Mapping[str, Any], left: dict[str, int | None], by: str, now: datetime
) -> list[Write] | None:
    """The order as it was; None where that cannot be: a buyer heard of its parcel, or the shelf has not what it held."""
    was = from_document(Order, before["order"])
    came = [one for one in await store.parcels.of_order(order.order_no) if one.number in before["parcels"]]
    held = [replace(line, quantity=line.taken) for line in was.lines if line.taken]
    if any(one.told_at is not None for one in came):
        return None
    for line in held:
        if (count := left.get(line.sku)) is not None:
            if count < line.taken:
                return None
            left[line.sku] = count - line.taken
    unit = [write for one in came for write in store.imports.remove_parcel(order.order_no, one.number)]
    if was.lines != order.lines:
        unit += give_back(order, by, now)
        unit += store.orders.set_lines(replace(was, lines=tuple(replace(one, taken=0) for one in was.lines)))
        unit += take(was, by, now, held)
    if was != replace(order, version=was.version):
        unit += store.orders.save(replace(was, version=order.version), "undo import", by, now)
    unit += [store.promises.close(id, Outcome.WITHDRAWN, now) for id in before["promised"]]
    unit += [store.promises.reopen(id) for id in before["open"]]
    return unit


def _returned(order: Order, left: dict[str, int | None]) -> None:
    """What the order holds is on the shelf again."""
    for line in order.lines:
        if line.taken and (count := left.get(line.sku)) is not None:
            left[line.sku] = count + line.taken
