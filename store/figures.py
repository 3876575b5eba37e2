"""Figures: what the shop's days looked like, read from what was remembered."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, case, func, or_, select

from core.orders import State
from core.reporting import Line
from store.reading import Reader
from store.tables import Moment, buyers, conversations, messages, missed, orders, turns, waiting

MOST = 20_000
"""Rows looked at for one report, the latest ones: what is older hardly changes a figure, and would hold up buyers."""

HANDED_OVER = "handover"
"""The template that says a person will answer."""

_SINCE = bindparam("since", type_=Moment)
_PAID = (State.PAID, State.PART_SHIPPED, State.SHIPPED, State.DELIVERED, State.DONE)
_TURNS = (
    select(turns.c.opened_at, turns.c.outcome)
    .where(turns.c.outcome != "")
    .order_by(turns.c.id.desc())
    .limit(bindparam("most"))
)
_LINES = (
    select(
        messages.c.id,
        messages.c.conversation_id,
        messages.c.who,
        messages.c.staff_id,
        case((messages.c.who == "buyer", messages.c.at), else_=func.coalesce(messages.c.sent_at, messages.c.at)),
        func.length(messages.c.text),
        messages.c.template,
    )
    .order_by(messages.c.id.desc())
    .limit(bindparam("most"))
)
_LATEST = (
    select(messages.c.asks, messages.c.at)
    .where(messages.c.who == "bot")
    .order_by(messages.c.id.desc())
    .limit(bindparam("most"))
    .subquery()
)
_ASKS = select(_LATEST.c.asks, func.count()).where(_LATEST.c.at >= _SINCE).group_by(_LATEST.c.asks)
_NEW_BUYERS = select(func.count()).select_from(buyers).where(buyers.c.first_seen_at >= _SINCE)
_MISSED = select(func.count()).select_from(missed).where(missed.c.settled_at.is_(None))
_WAIT = select(func.count()).select_from(conversations).where(conversations.c.handed_over_at.is_not(None))
_WANTED = (
    select(waiting.c.sku, func.count())
    .where(or_(waiting.c.closed_at.is_(None), waiting.c.asked_at >= _SINCE))
    .group_by(waiting.c.sku)
    .order_by(func.count().desc(), waiting.c.sku)
    .limit(bindparam("most"))
)
_SOURCES = (
    select(
        buyers.c.source,
        func.count(func.distinct(buyers.c.id)),
        func.count(func.distinct(case((orders.c.state.in_(_PAID), buyers.c.id)))),
    )
    .select_from(buyers.outerjoin(orders, orders.c.buyer_id == buyers.c.id))
    .where(buyers.c.first_seen_at >= _SINCE, buyers.c.merged_into.is_(None))
    .group_by(buyers.c.source)
    .order_by(func.count(func.distinct(buyers.c.id)).desc(), buyers.c.source)
)
_VALUE = (
    select(
        buyers.c.grade,
        orders.c.currency,
        func.count(func.distinct(buyers.c.id)),
        func.count(),
        func.sum(orders.c.amount_minor),
    )
    .select_from(orders.join(buyers, orders.c.buyer_id == buyers.c.id))
    .where(orders.c.paid_at >= _SINCE, orders.c.state.in_(_PAID), orders.c.amount_minor.is_not(None))
    .group_by(buyers.c.grade, orders.c.currency)
    .order_by(buyers.c.grade, orders.c.currency)
)
_AGAIN = select(func.count()).select_from(
    select(orders.c.buyer_id)
    .where(orders.c.state.in_(_PAID), orders.c.buyer_id.is_not(None))
    .group_by(orders.c.buyer_id)
    .having(func.count() > 1, func.max(orders.c.paid_at) >= _SINCE)
    .subquery()
)
_BOUGHT = (
    select(func.count(func.distinct(orders.c.buyer_id)))
    .where(orders.c.paid_at >= _SINCE, orders.c.state.in_(_PAID), orders.c.buyer_id.is_not(None))
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Source:
    """Where buyers came from: how many are new, how many of them have a paid order. `name` "" is by themselves."""

    name: str
    buyers: int
    bought: int


@dataclass(frozen=True, slots=True)
class Worth:
    """Paid orders of the buyers of one grade ("" has none), in minor units of one currency."""

    grade: str
    currency: str
    buyers: int
    orders: int
    minor: int


class Figures:
    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    async def turns(self, since: datetime) -> list[tuple[datetime, str]]:
        """When each question was opened, and what it came to: answered, handed_over, silent, …"""
        return [(row[0], row[1]) for row in await self._reader.rows(_TURNS, {"most": MOST}) if row[0] >= since]

    async def lines(self, since: datetime) -> tuple[list[Line], bool]:
        """Both sides' lines in the order they were written, and whether there were too many to look at them all."""
        rows = await self._reader.rows(_LINES, {"most": MOST})
        lines = [
            Line(row[1], row[2] == "buyer", row[4], row[3], row[5], HANDED_OVER in row[6].split("+"))
            for row in reversed(rows)
            if row[4] >= since
        ]
        return lines, len(lines) == MOST

    async def asks(self, since: datetime) -> Counter[str]:
        """How often each ask was answered."""
        counts: Counter[str] = Counter()
        for asks, count in await self._reader.rows(_ASKS, {"since": since, "most": MOST}):
            for ask in asks or ():
                counts[ask] += count
        return counts

    async def new_buyers(self, since: datetime) -> int:
        return int(await self._reader.value(_NEW_BUYERS, {"since": since}))

    async def missed(self) -> int:
        """Lines nobody has understood or dealt with yet."""
        return int(await self._reader.value(_MISSED))

    async def waiting_now(self) -> int:
        """Buyers who wait for a person."""
        return int(await self._reader.value(_WAIT))

    async def wanted(self, since: datetime, most: int = 5) -> list[tuple[str, int]]:
        """Sold-out goods by how many wait for them or asked to be told since then, the most wanted first."""
        rows = await self._reader.rows(_WANTED, {"since": since, "most": most})
        return [(row[0], row[1]) for row in rows]

    async def sources(self, since: datetime) -> list[Source]:
        return [Source(*row) for row in await self._reader.rows(_SOURCES, {"since": since})]

    async def value(self, since: datetime) -> list[Worth]:
        rows = await self._reader.rows(_VALUE, {"since": since})
        return [Worth(row[0], row[1], row[2], row[3], int(row[4])) for row in rows]

    async def bought(self, since: datetime) -> tuple[int, int]:
        """Buyers with an order paid since then, and those of them who had bought before."""
        where = {"since": since}
        return int(await self._reader.value(_BOUGHT, where)), int(await self._reader.value(_AGAIN, where))
