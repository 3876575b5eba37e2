"""Hagglers: what the last look at each conversation found, and which are marked for talk about nothing but the price."""

from collections.abc import Sequence
from dataclasses import dataclass, field, fields
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Integer, and_, bindparam, case, cast, func, select
from sqlalchemy.dialects.postgresql import insert

from store.messages import Who
from store.reading import Found, Reader
from store.tables import Moment, buyers, conversations, haggling, messages, orders
from store.writing import Write

AT_ONCE = 100
"""So many conversations are asked about in one question."""


@dataclass(frozen=True, slots=True)
class Haggling:
    """A conversation as it was last judged. `score` is in thousandths; `reasons` are (name, figure, weight).

    `marked_at` is None while no mark stands; `verdict` is what the seller said of the mark: "", firm, declined or cleared.
    Lines before `counted_from` and up to the message `cleared_line` count no more. `rounds` counts marks that ran out.
    """

    conversation_id: int
    buyer_id: int
    judged_at: datetime
    score: int = 0
    price_seconds: int = 0
    goods_seconds: int = 0
    reasons: tuple[tuple[str, int, float], ...] = ()
    lines: tuple[int, ...] = ()
    marked_at: datetime | None = None
    verdict: str = ""
    counted_from: datetime | None = None
    cleared_line: int = 0
    rounds: int = 0

    @property
    def is_marked(self) -> bool:
        return self.marked_at is not None


class Marked(NamedTuple):
    """A mark that stands, the buyer's name, and when the buyer wrote last."""

    haggling: Haggling
    name: str
    last_inbound_at: datetime | None


class Changed(NamedTuple):
    """A conversation in which the buyer wrote, what was last spoken of in it, and the buyer's name."""

    conversation_id: int
    buyer_id: int
    last_inbound_at: datetime
    last_products: tuple[str, ...] = ()
    name: str = ""


class Said(NamedTuple):
    """A line, as far as judging needs it. `asks` are those a reply answered, `template` what it was made from."""

    id: int
    conversation_id: int
    turn_id: int | None
    who: Who
    text: str
    at: datetime
    asks: tuple[str, ...]
    template: str = ""


@dataclass(frozen=True, slots=True)
class Bought:
    """What a buyer has ordered: orders paid, paid ones that were cancelled, and when the last one was placed."""

    orders: int = 0
    cancelled: int = 0
    last_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Served:
    """A buyer's part of the service: seconds of talk by kind, whether marked, and what was paid, by currency."""

    buyer_id: int
    price_seconds: int
    goods_seconds: int
    is_marked: bool
    since: datetime | None = None
    paid: dict[str, int] = field(default_factory=dict)


_NAMES = tuple(one.name for one in fields(Haggling))
_SAVE = insert(haggling)
_SAVE = _SAVE.on_conflict_do_update(
    index_elements=["conversation_id"],
    set_={name: _SAVE.excluded[name] for name in _NAMES if name != "conversation_id"},
)
_GET = select(haggling).where(haggling.c.conversation_id == bindparam("conversation_id"))
_MANY = select(haggling).where(haggling.c.conversation_id.in_(bindparam("ids", expanding=True)))
_MARKED = (
    select(haggling, buyers.c.telegram_name, buyers.c.name, conversations.c.last_inbound_at)
    .join(conversations, conversations.c.id == haggling.c.conversation_id)
    .join(buyers, buyers.c.id == haggling.c.buyer_id)
    .where(haggling.c.marked_at.is_not(None))
    .order_by(haggling.c.marked_at.desc())
)
_OF_BUYER = (
    select(haggling)
    .where(haggling.c.buyer_id == bindparam("buyer_id"), haggling.c.marked_at.is_not(None))
    .order_by(haggling.c.marked_at.desc())
)
_CHANGED = (
    select(
        conversations.c.id,
        conversations.c.buyer_id,
        conversations.c.last_inbound_at,
        conversations.c.last_products,
        buyers.c.name,
        buyers.c.telegram_name,
    )
    .join(buyers, buyers.c.id == conversations.c.buyer_id)
    .where(conversations.c.last_inbound_at > bindparam("since", type_=Moment))
    .order_by(conversations.c.last_inbound_at, conversations.c.id)
    .limit(bindparam("most"))
)
_SAID = (
    select(
        messages.c.id,
        messages.c.conversation_id,
        messages.c.turn_id,
        messages.c.who,
        messages.c.text,
        messages.c.at,
        messages.c.asks,
        messages.c.template,
    )
    .where(
        messages.c.conversation_id.in_(bindparam("ids", expanding=True)),
        messages.c.at >= bindparam("since", type_=Moment),
    )
    .order_by(messages.c.conversation_id, messages.c.id)
)
_IS_PAID = orders.c.paid_at.is_not(None)
_BOUGHT = (
    select(
        orders.c.buyer_id,
        func.sum(case((and_(_IS_PAID, orders.c.state != "cancelled"), 1), else_=0)),
        func.sum(case((and_(_IS_PAID, orders.c.state == "cancelled"), 1), else_=0)),
        func.max(case((orders.c.state != "cancelled", orders.c.placed_at))),
    )
    .where(orders.c.buyer_id.in_(bindparam("ids", expanding=True)))
    .group_by(orders.c.buyer_id)
)
_SERVED = (
    select(
        haggling.c.buyer_id,
        func.sum(haggling.c.price_seconds),
        func.sum(haggling.c.goods_seconds),
        func.max(cast(haggling.c.marked_at.is_not(None), Integer)),
        buyers.c.first_seen_at,
    )
    .join(buyers, buyers.c.id == haggling.c.buyer_id)
    .where(haggling.c.judged_at >= bindparam("since", type_=Moment))
    .group_by(haggling.c.buyer_id, buyers.c.first_seen_at)
)
_PAID = (
    select(orders.c.buyer_id, orders.c.currency, func.sum(orders.c.amount_minor))
    .where(orders.c.paid_at >= bindparam("since", type_=Moment), orders.c.state != "cancelled")
    .where(orders.c.buyer_id.is_not(None), orders.c.amount_minor.is_not(None))
    .group_by(orders.c.buyer_id, orders.c.currency)
)


class Hagglers:
    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    async def get(self, conversation_id: int) -> Haggling | None:
        row = await self._reader.row(_GET, {"conversation_id": conversation_id})
        return None if row is None else _haggling(row)

    async def of(self, conversations: Sequence[int]) -> dict[int, Haggling]:
        """How these conversations were last judged, those that were."""
        found: dict[int, Haggling] = {}
        for ids in _chunks(conversations):
            found |= {row.conversation_id: _haggling(row) for row in await self._reader.rows(_MANY, {"ids": ids})}
        return found

    async def marked(self) -> list[Marked]:
        """Every mark that stands, the newest first."""
        rows = await self._reader.rows(_MARKED)
        return [
            Marked(_haggling(row), row.name or row.telegram_name or str(row.buyer_id), row.last_inbound_at)
            for row in rows
        ]

    async def of_buyer(self, buyer_id: int) -> Haggling | None:
        """The mark that stands on a buyer, None where there is none."""
        row = await self._reader.row(_OF_BUYER, {"buyer_id": buyer_id})
        return None if row is None else _haggling(row)

    async def changed(self, since: datetime, most: int = 2000) -> list[Changed]:
        """Conversations in which the buyer wrote after this time, the longest ago first."""
        rows = await self._reader.rows(_CHANGED, {"since": since, "most": most})
        return [Changed(row[0], row[1], row[2], tuple(row[3]), row[4] or row[5] or str(row[1])) for row in rows]

    async def said(self, conversations: Sequence[int], since: datetime) -> dict[int, list[Said]]:
        """What both sides said in these conversations from then on, in order."""
        lines: dict[int, list[Said]] = {}
        for ids in _chunks(conversations):
            for row in await self._reader.rows(_SAID, {"ids": ids, "since": since}):
                said = Said(row[0], row[1], row[2], Who(row[3]), row[4], row[5], tuple(row[6]), row[7])
                lines.setdefault(said.conversation_id, []).append(said)
        return lines

    async def bought(self, buyers: Sequence[int]) -> dict[int, Bought]:
        """What these buyers have ordered, those who have."""
        found: dict[int, Bought] = {}
        for ids in _chunks(buyers):
            for row in await self._reader.rows(_BOUGHT, {"ids": ids}):
                found[row[0]] = Bought(int(row[1]), int(row[2]), row[3])
        return found

    async def served(self, since: datetime) -> list[Served]:
        """Who was served since then, how long, and what they paid."""
        paid: dict[int, dict[str, int]] = {}
        for row in await self._reader.rows(_PAID, {"since": since}):
            paid.setdefault(row[0], {})[row[1]] = int(row[2])
        rows = await self._reader.rows(_SERVED, {"since": since})
        return [Served(row[0], int(row[1]), int(row[2]), bool(row[3]), row[4], paid.get(row[0], {})) for row in rows]

    @staticmethod
    def save(one: Haggling) -> Write:
        """How the conversation stands now."""
        values: dict[str, Any] = {name: getattr(one, name) for name in _NAMES}
        values |= {"reasons": [list(reason) for reason in one.reasons], "lines": list(one.lines)}
        return Write(_SAVE, values, row=one.conversation_id)


def _chunks(ids: Sequence[int]) -> list[list[int]]:
    return [list(ids[start : start + AT_ONCE]) for start in range(0, len(ids), AT_ONCE)]


def _haggling(row: Found) -> Haggling:
    values = {name: row._mapping[name] for name in _NAMES}
    reasons = tuple((str(name), int(figure), float(weight)) for name, figure, weight in values["reasons"])
    return Haggling(**{**values, "reasons": reasons, "lines": tuple(values["lines"])})
