"""Importing a file of orders: what is new, what changes, what is wrong; all of it or nothing."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING

from core import ordering
from core.catalogue import Catalogue
from core.money import Money
from core.orders import Order, OrderLine, State
from core.promises import Promise, What
from core.shop import Shop
from core.tracking.companies import find as find_carrier
from core.tracking.companies import tidy
from handlers.importing.planning import Line, Plan
from handlers.importing.remarks import remark
from store.buyers import Buyer
from store.documents import to_document
from store.ids import new_id
from store.imports import Row
from store.parcels import UNDECIDED, Parcel, ParcelState
from store.stock import give_back, take

if TYPE_CHECKING:
    from core.catalogue import Variant
    from sheets.orders import Order as Told
    from store import Store

STATES: dict[str, State] = {
    word: state
    for state, words in {
        State.PLACED: "placed unpaid pending 待付款 未付款 等待付款 等待买家付款",
        State.PAID: "paid 已付款 待发货 等待发货 买家已付款",
        State.PART_SHIPPED: "part_shipped 部分发货",
        State.SHIPPED: "shipped sent 已发货 待收货 卖家已发货 运输中",
        State.DELIVERED: "delivered received 已签收 已收货",
        State.DONE: "done complete completed finished 完成 已完成 交易成功",
        State.CANCELLED: "cancelled canceled closed 取消 已取消 交易关闭 已关闭",
    }.items()
    for word in words.split()
}
HOLDING = (State.PAID, State.PART_SHIPPED, State.SHIPPED, State.DELIVERED)
"""States in which an order has taken its goods from the shelf."""
NOTHING = Catalogue()
RANK = {state: place for place, state in enumerate(State)}


async def take_orders(
    store: Store, rows: Sequence[Told], catalogue: Iterable[Variant], shop: Shop, by: str, now: datetime
) -> Plan:
    """Orders of a file, as they stand there.

    A file without buyers and goods, of numbers of parcels say, changes only orders that are known. An order of the file that is paid and has not left takes its goods from the shelf, as far as there are any; one that
    left earlier does not. A file never takes an order a step back.
    """
    shelf = {one.sku: one for one in catalogue}
    known = {one.order_no: one for one in await store.orders.these([row.order_no for row in rows])}
    who = await store.buyers.who([row.buyer for row in rows if row.buyer])
    rows = [replace(row, buyer=who.get(row.buyer, row.buyer)) for row in rows]
    buyers = set(who.values())
    sent = await store.parcels.numbers([row.order_no for row in rows])
    owed = await store.promises.open_of([one.order_no for one in known.values()])
    taking = _Taking(store, shelf, {sku: one.stock for sku, one in shelf.items()}, shop, by, now)
    done = taking.done
    for row in rows:
        state = _state(row, done)
        missing = [line.sku for line in row.lines if line.sku not in shelf]
        if missing:
            done.wrong.append(remark("no such item", order_no=row.order_no, skus=missing))
        before = known.get(row.order_no)
        if before is None and not row.lines:
            done.wrong.append(remark("no such order", order_no=row.order_no))
        if before is not None and row.buyer and before.buyer_id not in (None, row.buyer):
            told = remark("another buyer", order_no=row.order_no, buyer=before.buyer_id, told=row.buyer)
            done.wrong.append(told)
        if state is None or done.wrong:
            continue
        if row.buyer and row.buyer not in buyers:
            buyers.add(row.buyer)
            done.unit.append(store.buyers.put_card(Buyer(row.buyer)))
            done.rows.append(Row("buyer", str(row.buyer), None, "", row.buyer))
            done.odd.append(remark("new buyer", buyer=row.buyer))
        is_sent = tidy(row.tracking_no or "") in sent.get(row.order_no, ())
        taking.take(row, state, before, is_sent, owed.get(row.order_no, []))
    return done


@dataclass(slots=True)
class _Taking:
    """A file that is being imported: what it is held against, and what it comes to. `stock` falls as its orders take."""

    store: Store
    shelf: Mapping[str, Variant]
    stock: dict[str, int | None]
    shop: Shop
    by: str
    now: datetime
    done: Plan = field(default_factory=Plan)

    def take(self, row: Told, state: State, before: Order | None, is_sent: bool, owed: Sequence[int]) -> None:
        """One order. `is_sent`: its parcel is known already. `owed` are the open promises about it, which may end here."""
        order = _merged(row, state, before, self.shelf, self.shop, self.now)
        is_same = (
            before is not None and replace(order, lines=before.lines) == before and _goods(order) == _goods(before)
        )
        if is_same:
            self.done.same += 1
        else:
            self._write(order, before)
        promised = self._move_stock(row, order, before)
        if order.shipped_at is not None and (before is None or before.shipped_at is None):
            self.done.unit += self.store.promises.done(order.order_no, [What.SHIP], order.shipped_at)
        if row.tracking_no:
            self.done.unit.append(self.store.parcels.add(self._parcel(row, row.tracking_no, order)))
        if is_same and (is_sent or not row.tracking_no):
            return
        was = None if before is None else {
            "order": to_document(before), "promised": promised, "open": owed,
            "parcels": [tidy(row.tracking_no)] if row.tracking_no and not is_sent else [],
        }  # fmt: skip
        version = 0 if before is None else before.version if is_same else before.version + 1
        self.done.rows.append(Row("order", row.order_no, was, str(version), order.buyer_id))
        is_moved = before is not None and before.state is not order.state
        changes = (("state", before.state.value, order.state.value),) if before is not None and is_moved else ()
        self.done.lines.append(Line(row.order_no, "", "", before is None, changes))

    def _write(self, order: Order, before: Order | None) -> None:
        done, store = self.done, self.store
        if before is None:
            done.added += 1
            done.unit += store.orders.add(order, self.by, self.now)
            return
        done.changed += 1
        done.unit += store.orders.save(order, "import", self.by, self.now)
        if _goods(order) != _goods(before):
            done.unit += [*give_back(before, self.by, self.now), *store.orders.set_lines(order)]

    def _move_stock(self, row: Told, order: Order, before: Order | None) -> list[int]:
        """What is newly paid takes its goods and brings the promise the file states; what is cancelled gives them back.
        Returns the promises made."""
        done, store = self.done, self.store
        if before is not None and _goods(order) != _goods(before):
            before = replace(before, state=State.PLACED)  # all it held was given back
        if order.state is State.PAID and (before is None or before.state not in HOLDING):
            done.unit += take(order, self.by, self.now, _there(order, self.stock, done))
            if order.buyer_id is not None and row.promised_ship_by is not None and row.promised_ship_by > self.now:
                promise = Promise(
                    new_id(), order.buyer_id, What.SHIP, order.order_no, self.by, self.now, row.promised_ship_by,
                    order_no=order.order_no,
                )  # fmt: skip
                done.unit.append(store.promises.add(promise))
                return [promise.id]
        if before is not None and order.state is State.CANCELLED and before.state is not State.CANCELLED:
            done.unit += give_back(before, self.by, self.now)
            done.unit.append(store.promises.withdraw(order.order_no, self.now))
        return []

    def _parcel(self, row: Told, number: str, order: Order) -> Parcel:
        """The parcel the file names, to be asked for at once unless the order is over."""
        at = order.shipped_at or self.now
        named = find_carrier(row.carrier, self.shop.carriers) if row.carrier else None
        code = (named.own.code if named.own else named.company) if named else row.carrier
        is_over = order.state in (State.DELIVERED, State.DONE, State.CANCELLED)
        return Parcel(
            order.order_no, tidy(number), code, UNDECIDED, at, at, self.by,
            state=ParcelState.ENDED if is_over else ParcelState.LIVE, next_at=None if is_over else self.now,
        )  # fmt: skip


def _merged(
    row: Told, state: State, before: Order | None, shelf: Mapping[str, Variant], shop: Shop, now: datetime
) -> Order:
    """The order as the file tells it; what the file leaves open stays, and no step is taken back."""
    prices = {line.sku: line.price for line in before.lines} if before else {}
    lines = tuple(OrderLine(one.sku, one.quantity, prices.get(one.sku) or shelf[one.sku].price) for one in row.lines)
    fresh = Order(row.order_no, row.buyer, State.PLACED, row.paid_at or now, secrets.token_urlsafe(16))
    base = before or fresh
    lines = lines or base.lines
    state = base.state if base.state is State.CANCELLED or RANK[state] < RANK[base.state] else state
    is_paid = state not in (State.PLACED, State.CANCELLED)
    paid_at = row.paid_at or base.paid_at or (row.shipped_at or now if is_paid else None)
    has_left = state in (State.PART_SHIPPED, State.SHIPPED, State.DELIVERED, State.DONE)
    by = row.promised_ship_by or base.ship_by or (ordering.ship_by(paid_at, shop) if paid_at and not has_left else None)
    closed = state in (State.DONE, State.CANCELLED)
    return replace(
        base,
        buyer_id=row.buyer or base.buyer_id,
        state=state,
        lines=lines,
        paid_at=paid_at,
        shipped_at=row.shipped_at or base.shipped_at or (now if has_left and before is not None else None),
        ship_by=by,
        due_at=by if state is State.PAID else base.due_at if state is base.state else None,
        closed_at=base.closed_at or (now if closed else None),
        amount=row.amount or base.amount or _sum(lines),
        carrier=row.carrier or base.carrier,
        address=row.address or base.address,
        note=row.note or base.note,
    )


def _there(order: Order, stock: dict[str, int | None], done: Plan) -> list[OrderLine]:
    """As much of each line as the shelf still has: what is paid is a fact, even where the shelf is short."""
    lines = []
    for line in order.lines:
        count = stock.get(line.sku)
        some = line.quantity if count is None else min(count, line.quantity)
        if count is not None:
            stock[line.sku] = count - some
        if some < line.quantity:
            wanted = line.quantity
            done.odd.append(remark("too few", order_no=order.order_no, sku=line.sku, wanted=wanted, count=count))
        if some:
            lines.append(replace(line, quantity=some))
    return lines


def _state(row: Told, done: Plan) -> State | None:
    """How far the file says the order is: by its own word, else by the times and numbers it names."""
    if row.status:
        state = STATES.get(row.status.strip().casefold())
        if state is None:
            done.wrong.append(remark("status", order_no=row.order_no, said=row.status))
        return state
    if row.shipped_at or row.tracking_no:
        return State.SHIPPED
    return State.PAID if row.paid_at else State.PLACED


def _goods(order: Order) -> list[tuple[str, int]]:
    return [(line.sku, line.quantity) for line in order.lines]


def _sum(lines: tuple[OrderLine, ...]) -> Money | None:
    return ordering.total(lines, NOTHING)
