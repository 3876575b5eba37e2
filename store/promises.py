"""Promises: every time that was said, and what became of it."""

from collections.abc import Iterable, Sequence
from dataclasses import fields
from datetime import datetime
from typing import Any

from sqlalchemy import and_, bindparam, case, func, insert, or_, select, update

from core.promises import Outcome, Promise, Rates, What
from store.reading import Found, Reader
from store.tables import Id, Moment, promises
from store.writing import Write

_NAMES = tuple(one.name for one in fields(Promise))
_ADD = insert(promises)
_THIS = promises.c.id == bindparam("id_")
_IS_OPEN = promises.c.closed_at.is_(None)
_CLOSE = (
    update(promises)
    .where(_THIS, _IS_OPEN)
    .values(closed_at=bindparam("now_", type_=Moment), outcome=bindparam("outcome_"))
)
_MARK = {
    name: update(promises).where(_THIS, promises.c[name].is_(None)).values({name: bindparam("now_", type_=Moment)})
    for name in ("warned_at", "drafted_at", "broken_at")
}
_REOPEN = (
    update(promises).where(_THIS, promises.c.closed_at.is_not(None)).values(closed_at=None, outcome=Outcome.OPEN.value)
)
_BIND = (
    update(promises)
    .where(_THIS, _IS_OPEN)
    .values(is_binding=bindparam("binding_"), order_no=bindparam("order_no_"), by=bindparam("by_"))
)
_LAPSE = (
    update(promises)
    .where(_IS_OPEN, promises.c.is_binding.is_(False), promises.c.due_at <= bindparam("now_", type_=Moment))
    .values(closed_at=bindparam("now_", type_=Moment), outcome=Outcome.LAPSED.value)
)
_DONE_NOW = {
    "closed_at": bindparam("now_", type_=Moment),
    "outcome": case(
        (promises.c.due_at >= bindparam("now_", type_=Moment), Outcome.KEPT.value), else_=Outcome.LATE.value
    ),
}
"""What was promised has been done: kept, or too late."""
_KEEP = (
    update(promises)
    .where(
        promises.c.order_no == bindparam("order_no_"),
        promises.c.what == bindparam("what_"),
        promises.c.is_binding.is_(True),
        _IS_OPEN,
    )
    .values(_DONE_NOW)
)
_ANSWERED = (
    update(promises)
    .where(promises.c.buyer_id == bindparam("buyer_id_", type_=Id), promises.c.what == What.ANSWER.value, _IS_OPEN)
    .values(_DONE_NOW)
)
_WITHDRAW = (
    update(promises)
    .where(promises.c.order_no == bindparam("order_no_"), _IS_OPEN)
    .values(closed_at=bindparam("now_", type_=Moment), outcome=Outcome.WITHDRAWN.value)
)

_OPEN_OF = select(promises.c.id, promises.c.order_no).where(
    promises.c.order_no.in_(bindparam("numbers", expanding=True)), _IS_OPEN
)
_AT_ONCE = 500
_GET = select(promises).where(promises.c.id == bindparam("id"))
_OPEN = (
    select(promises)
    .where(_IS_OPEN, promises.c.is_binding.is_(True), promises.c.due_at <= bindparam("until", type_=Moment))
    .order_by(promises.c.due_at, promises.c.id)
    .limit(bindparam("most"))
)
_TO_LOOK_AFTER = (
    select(promises)
    .where(
        _IS_OPEN,
        promises.c.is_binding.is_(True),
        or_(
            and_(
                or_(promises.c.warned_at.is_(None), promises.c.drafted_at.is_(None)),
                promises.c.due_at <= bindparam("until", type_=Moment),
            ),
            and_(promises.c.broken_at.is_(None), promises.c.due_at <= bindparam("now", type_=Moment)),
        ),
    )
    .order_by(promises.c.due_at, promises.c.id)
    .limit(bindparam("most"))
)
_OF_ORDER = (
    select(promises).where(promises.c.order_no == bindparam("order_no")).order_by(promises.c.due_at, promises.c.id)
)
_TOLD_TO = (
    select(promises)
    .where(promises.c.buyer_id == bindparam("buyer_id", type_=Id), _IS_OPEN)
    .order_by(promises.c.due_at, promises.c.id)
)
_ENDED = (
    select(promises.c.outcome, func.count())
    .where(
        promises.c.is_binding.is_(True),
        promises.c.closed_at >= bindparam("since", type_=Moment),
        promises.c.closed_at <= bindparam("until", type_=Moment),
    )
    .group_by(promises.c.outcome)
)
_PAST = select(func.count()).where(
    promises.c.is_binding.is_(True),
    promises.c.due_at <= bindparam("until", type_=Moment),
    or_(
        _IS_OPEN,
        and_(promises.c.closed_at > bindparam("until", type_=Moment), promises.c.outcome == Outcome.LATE.value),
    ),
)


class Promises:
    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    async def get(self, id: int) -> Promise | None:
        row = await self._reader.row(_GET, {"id": id})
        return None if row is None else _promise(row)

    async def open(self, until: datetime, most: int = 200) -> list[Promise]:
        """Binding promises not yet kept that are due by then, the soonest first."""
        return [_promise(row) for row in await self._reader.rows(_OPEN, {"until": until, "most": most})]

    async def to_look_after(self, now: datetime, until: datetime, most: int = 500) -> list[Promise]:
        """Binding promises due by `until` of which the seller was not told yet, and those due now that nobody said are
        broken; the soonest first."""
        rows = await self._reader.rows(_TO_LOOK_AFTER, {"now": now, "until": until, "most": most})
        return [_promise(row) for row in rows]

    async def of_order(self, order_no: str) -> list[Promise]:
        """All promises about an order."""
        return [_promise(row) for row in await self._reader.rows(_OF_ORDER, {"order_no": order_no})]

    async def open_of(self, order_nos: Sequence[str]) -> dict[str, list[int]]:
        """The ids of what is still promised of these orders; for thousands at once."""
        found: dict[str, list[int]] = {}
        for start in range(0, len(order_nos), _AT_ONCE):
            for row in await self._reader.rows(_OPEN_OF, {"numbers": list(order_nos[start : start + _AT_ONCE])}):
                found.setdefault(row.order_no, []).append(row.id)
        return found

    async def told_to(self, buyer_id: int) -> list[Promise]:
        """What is open towards a buyer, binding or not."""
        return [_promise(row) for row in await self._reader.rows(_TOLD_TO, {"buyer_id": buyer_id})]

    async def rates(self, since: datetime, until: datetime) -> Rates:
        """How binding promises ended in this time, and how many were past theirs at its end and still open."""
        rows = await self._reader.rows(_ENDED, {"since": since, "until": until})
        ended = {Outcome(row[0]): row[1] for row in rows}
        past = int(await self._reader.value(_PAST, {"until": until}) or 0)
        return Rates(ended.get(Outcome.KEPT, 0), ended.get(Outcome.LATE, 0) + past, ended.get(Outcome.MOVED, 0))

    @staticmethod
    def add(promise: Promise) -> Write:
        """Belongs into the unit of the message that says it."""
        values = {name: getattr(promise, name) for name in _NAMES}
        return Write(_ADD, values | {"what": promise.what.value, "outcome": promise.outcome.value}, row=promise.id)

    @staticmethod
    def close(id: int, outcome: Outcome, now: datetime) -> Write:
        return Write(_CLOSE, {"id_": id, "now_": now, "outcome_": outcome.value}, row=id)

    @staticmethod
    def reopen(id: int) -> Write:
        """What closed it is taken back: it is to be kept as before."""
        return Write(_REOPEN, {"id_": id}, row=id)

    @staticmethod
    def mark(id: int, what: str, now: datetime) -> Write:
        """`what` is warned_at, drafted_at or broken_at; the first time stays."""
        return Write(_MARK[what], {"id_": id, "now_": now}, row=id)

    @staticmethod
    def bind(promise: Promise, order_no: str | None, by: str, *, is_binding: bool = True) -> Write:
        """What was told without an order counts for this one from now on; `by` is who stands for it."""
        values = {"id_": promise.id, "order_no_": order_no, "by_": by, "binding_": is_binding}
        return Write(_BIND, values, row=promise.id)

    @staticmethod
    def lapse(now: datetime) -> Write:
        """Times told without an order that have passed bind nobody."""
        return Write(_LAPSE, {"now_": now})

    @staticmethod
    def done(order_no: str, whats: Iterable[What], now: datetime) -> list[Write]:
        """What was promised of this order has happened: each open promise of that kind is kept, or late."""
        return [Write(_KEEP, {"order_no_": order_no, "what_": what.value, "now_": now}) for what in whats]

    @staticmethod
    def answered(buyer_id: int, now: datetime) -> Write:
        """A person has answered this buyer."""
        return Write(_ANSWERED, {"buyer_id_": buyer_id, "now_": now})

    @staticmethod
    def withdraw(order_no: str, now: datetime) -> Write:
        """The order is no more: nothing is owed on it."""
        return Write(_WITHDRAW, {"order_no_": order_no, "now_": now})


def _promise(row: Found) -> Promise:
    values: dict[str, Any] = dict(row._mapping)
    return Promise(**values | {"what": What(row.what), "outcome": Outcome(row.outcome)})
