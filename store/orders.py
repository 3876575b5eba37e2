"""Orders: what was bought and how far it is. Parcels, promises and mistakes refer to an order by its `order_no`.

A parcel belongs to one order (`order_no` is a foreign key to `orders.order_no`), an order may have several parcels.
What a change of an order reads is its `version`: two who change the same one are told apart, the second gets RowRefused,
nothing of his unit is written, and he reads again. So a parcel that makes an order `shipped` writes in one unit its own
row and `Orders.save(replace(order, state=State.SHIPPED, shipped_at=now), "shipped", by, now)`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, func, insert, or_, select, update

from core.money import Money
from core.orders import Order, OrderLine, State
from store.ids import new_id
from store.persons import WHO_WRITES
from store.reading import Found, Reader
from store.tables import Moment, Words, order_changes, order_lines, order_steps, orders
from store.writing import Unit, Write


@dataclass(frozen=True, slots=True)
class Step:
    """One change in the history of an order: what happened, and by whom (owner:7, buyer:9, import, clock)."""

    order_no: str
    version: int
    at: datetime
    what: str
    by: str


@dataclass(frozen=True, slots=True)
class Change:
    """What a buyer wants changed before it leaves: `kind` is address, items or cancel, `words` are the buyer's own.

    `decision` is empty while it waits, then accepted or refused.
    """

    order_no: str
    kind: str
    words: str
    asked_at: datetime
    conversation_id: int | None = None
    id: int = field(default_factory=new_id)
    decided_at: datetime | None = None
    decision: str = ""


_PLAIN = (
    "order_no buyer_id state placed_at paid_at shipped_at delivered_at closed_at ship_by due_at carrier address "
    "delivery_note note token"
).split()
_ADD = insert(orders)
_SAVE = (
    update(orders)
    .where(orders.c.order_no == bindparam("order_no_"))
    .values(
        {
            name: bindparam(f"{name}_", type_=orders.c[name].type)
            for name in (*_PLAIN[1:], "amount_minor", "currency", "version")
        }
    )
)
_STEP = insert(order_steps)
_ADD_LINE = insert(order_lines)
_DROP_LINES = delete(order_lines).where(order_lines.c.order_no == bindparam("order_no_"))
_ADD_CHANGE = insert(order_changes)
_DECIDE = (
    update(order_changes)
    .where(order_changes.c.id == bindparam("id_"), order_changes.c.decided_at.is_(None))
    .values(decided_at=bindparam("now_"), decision=bindparam("decision_"))
)

_REOPEN = update(order_changes).where(order_changes.c.id == bindparam("id_")).values(decided_at=None, decision="")

_BY_NO = select(orders).where(func.lower(orders.c.order_no) == func.lower(bindparam("order_no", type_=Words)))
_BY_TOKEN = select(orders).where(orders.c.token == bindparam("token"))
_OF_BUYER = (
    select(orders)
    .where(orders.c.buyer_id.in_(WHO_WRITES))
    .order_by(orders.c.placed_at.desc(), orders.c.order_no.desc())
    .limit(bindparam("most"))
)
_THESE = select(orders).where(orders.c.order_no.in_(bindparam("numbers", expanding=True)))
_LINES_OF = (
    select(order_lines)
    .where(order_lines.c.order_no.in_(bindparam("numbers", expanding=True)))
    .order_by(order_lines.c.order_no, order_lines.c.position)
)
_DUE = (
    select(orders)
    .where(
        orders.c.due_at.is_not(None),
        orders.c.due_at <= bindparam("now", type_=Moment),
        or_(orders.c.state == State.PLACED.value, orders.c.state == State.DELIVERED.value),
    )
    .order_by(orders.c.due_at, orders.c.order_no)
    .limit(bindparam("most"))
)
_LATE = (
    select(orders)
    .where(orders.c.due_at.is_not(None), orders.c.due_at <= bindparam("now", type_=Moment))
    .order_by(orders.c.due_at, orders.c.order_no)
    .limit(bindparam("most"))
)
_OPEN = (
    select(orders)
    .where(orders.c.closed_at.is_(None))
    .order_by(func.coalesce(orders.c.due_at, orders.c.placed_at), orders.c.order_no)
    .limit(bindparam("most"))
)
_FIND = (
    select(orders)
    .where(
        or_(
            *(
                func.lower(column).like(bindparam("pattern", type_=orders.c.order_no.type), escape="\\")
                for column in (orders.c.order_no, orders.c.address, orders.c.note, orders.c.delivery_note)
            )
        )
    )
    .order_by(orders.c.placed_at.desc(), orders.c.order_no.desc())
    .limit(bindparam("most"))
)
_LINES = select(order_lines).where(order_lines.c.order_no == bindparam("order_no")).order_by(order_lines.c.position)
_STEPS = select(order_steps).where(order_steps.c.order_no == bindparam("order_no")).order_by(order_steps.c.version)
_CHANGE = select(order_changes).where(order_changes.c.id == bindparam("id"))
_CHANGES = (
    select(order_changes)
    .where(order_changes.c.order_no == bindparam("order_no"), order_changes.c.decided_at.is_(None))
    .order_by(order_changes.c.id)
)


_AT_ONCE = 500


class Orders:
    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    async def get(self, order_no: str) -> Order | None:
        """The order of this number, capitals or not."""
        found = await self._whole(await self._reader.rows(_BY_NO, {"order_no": order_no}))
        return next((one for one in found if one.order_no == order_no), found[0] if found else None)

    async def by_token(self, token: str) -> Order | None:
        """The order a deep link names."""
        found = await self._whole(await self._reader.rows(_BY_TOKEN, {"token": token}))
        return found[0] if found else None

    async def of_buyer(self, buyer_id: int, most: int = 20) -> list[Order]:
        """A buyer's orders, the newest first."""
        return await self._whole(await self._reader.rows(_OF_BUYER, {"buyer_id": buyer_id, "most": most}))

    async def open(self, most: int = 100) -> list[Order]:
        """Orders of which something is still to happen, the ones due first."""
        return await self._whole(await self._reader.rows(_OPEN, {"most": most}))

    async def these(self, order_nos: Sequence[str]) -> list[Order]:
        """The orders of these very numbers, as far as they are known; for thousands at once."""
        found: list[Order] = []
        for start in range(0, len(order_nos), _AT_ONCE):
            numbers = {"numbers": list(order_nos[start : start + _AT_ONCE])}
            lines: dict[str, list[Found]] = {}
            for line in await self._reader.rows(_LINES_OF, numbers):
                lines.setdefault(line.order_no, []).append(line)
            found += [_order(row, lines.get(row.order_no, ())) for row in await self._reader.rows(_THESE, numbers)]
        return found

    async def find(self, text: str, most: int = 20) -> list[Order]:
        """Orders whose number, address or notes hold this text, the newest first."""
        escaped = text.lower().replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
        return await self._whole(await self._reader.rows(_FIND, {"pattern": f"%{escaped}%", "most": most}))

    async def due(self, now: datetime, most: int = 100) -> list[Order]:
        """Orders that wait for nobody's hand and whose time is up: placed and not paid, delivered and not disputed."""
        return await self._whole(await self._reader.rows(_DUE, {"now": now, "most": most}))

    async def late(self, now: datetime, most: int = 100) -> list[Order]:
        """Orders whose state should be over by now, the longest overdue first."""
        return await self._whole(await self._reader.rows(_LATE, {"now": now, "most": most}))

    async def steps(self, order_no: str) -> list[Step]:
        """The history of an order, oldest first."""
        return [Step(**row._mapping) for row in await self._reader.rows(_STEPS, {"order_no": order_no})]

    async def change(self, id: int) -> Change | None:
        """One wish for a change."""
        row = await self._reader.row(_CHANGE, {"id": id})
        return None if row is None else Change(**row._mapping)

    async def changes(self, order_no: str) -> list[Change]:
        """The wishes for a change of this order that nobody has decided on."""
        return [Change(**row._mapping) for row in await self._reader.rows(_CHANGES, {"order_no": order_no})]

    async def _whole(self, rows: Sequence[Found]) -> list[Order]:
        return [_order(row, await self._reader.rows(_LINES, {"order_no": row.order_no})) for row in rows]

    @staticmethod
    def add(order: Order, by: str, now: datetime) -> Unit:
        """A new order with its lines. RowRefused when the number is taken."""
        return (
            Write(_ADD, _values(order), row=order.order_no),
            _step(order, 0, "placed", by, now),
            *_lines(order),
        )

    @staticmethod
    def save(order: Order, what: str, by: str, now: datetime) -> Unit:
        """The order as it is from now on, its lines apart. RowRefused when somebody changed it since it was read."""
        values = {f"{name}_": value for name, value in _values(order).items()} | {"version_": order.version + 1}
        return (
            _step(order, order.version + 1, what, by, now),
            Write(_SAVE, values, row=order.order_no),
        )

    @staticmethod
    def set_lines(order: Order) -> Unit:
        """The lines of the order are these. Belongs behind `save`, which guards it."""
        return (Write(_DROP_LINES, {"order_no_": order.order_no}), *_lines(order))

    @staticmethod
    def ask_change(change: Change) -> Write:
        """A buyer wants something changed."""
        names = ("id", "order_no", "conversation_id", "kind", "words", "asked_at", "decided_at", "decision")
        return Write(_ADD_CHANGE, {name: getattr(change, name) for name in names}, row=change.id)

    @staticmethod
    def reopen_change(id: int) -> Write:
        """What was said of it is taken back: it waits again."""
        return Write(_REOPEN, {"id_": id}, row=id)

    @staticmethod
    def decide_change(id: int, decision: str, now: datetime) -> Write:
        """The seller said accepted or refused; said already, it stays."""
        return Write(_DECIDE, {"id_": id, "decision_": decision, "now_": now}, row=id)


def _step(order: Order, version: int, what: str, by: str, now: datetime) -> Write:
    values = {"order_no": order.order_no, "version": version, "at": now, "what": what, "by": by}
    return Write(_STEP, values, row=(order.order_no, version))


def _lines(order: Order) -> Iterable[Write]:
    for position, line in enumerate(order.lines):
        yield Write(
            _ADD_LINE,
            {
                "order_no": order.order_no,
                "sku": line.sku,
                "position": position,
                "quantity": line.quantity,
                "taken": line.taken,
                "price_minor": None if line.price is None else line.price.minor,
                "currency": None if line.price is None else line.price.currency,
            },
        )


def _values(order: Order) -> dict[str, Any]:
    return {name: getattr(order, name) for name in _PLAIN} | {
        "state": order.state.value,
        "amount_minor": None if order.amount is None else order.amount.minor,
        "currency": None if order.amount is None else order.amount.currency,
        "version": order.version,
    }


def _order(row: Any, lines: Iterable[Any]) -> Order:
    return Order(
        **{name: getattr(row, name) for name in _PLAIN if name != "state"},
        state=State(row.state),
        amount=None if row.amount_minor is None else Money(row.amount_minor, row.currency),
        version=row.version,
        lines=tuple(
            OrderLine(
                one.sku,
                one.quantity,
                None if one.price_minor is None else Money(one.price_minor, one.currency),
                one.taken,
            )
            for one in lines
        ),
    )
