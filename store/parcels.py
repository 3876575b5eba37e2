"""Parcels: what is on its way, what carriers said of it, and what is asked for next."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import datetime
from enum import StrEnum

from sqlalchemy import bindparam, delete, func, select, update
from sqlalchemy.dialects.postgresql import insert

from core.tracking.following import Mode
from core.tracking.values import Event, Status
from store.ids import new_id
from store.persons import WHO_WRITES
from store.reading import Found, Reader
from store.tables import Moment, Words, orders, parcel_events, parcels
from store.writing import Unit, Write

UNDECIDED = ""
"""Nobody has decided yet who is asked about it: it came in a file."""


WITHDRAWN = "withdrawn"
"""The outcome of a parcel that was noted by mistake: it is kept, and shown and followed nowhere."""


class ParcelState(StrEnum):
    """Whether it is followed. `ended`: delivered long ago, withdrawn, or the seller said done or lost."""

    LIVE = "live"
    PAUSED = "paused"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Parcel:
    """One parcel of an order. The meaning of each column stands with the table."""

    order_no: str
    number: str
    carrier: str
    via: str
    shipped_at: datetime
    status_at: datetime
    by: str
    id: int = field(default_factory=new_id)
    via_code: str = ""
    is_known: bool = False
    phone: str = ""
    state: ParcelState = ParcelState.LIVE
    outcome: str = ""
    mode: Mode = Mode.ALL
    status: Status = Status.PENDING
    is_alarm: bool = False
    is_seen: bool = False
    latest_at: datetime | None = None
    latest_words: str = ""
    latest_place: str = ""
    delivered_at: datetime | None = None
    told_at: datetime | None = None
    told_key: str = ""
    worry: str = ""
    trouble: str = ""
    rounds: int = 0
    asked_at: datetime | None = None
    next_at: datetime | None = None

    @property
    def is_live(self) -> bool:
        return self.state is ParcelState.LIVE

    def withdrawn(self) -> "Parcel":
        """It was noted by mistake, and nothing of it waits to be told."""
        return replace(self, state=ParcelState.ENDED, outcome=WITHDRAWN, next_at=None, told_key="")


_NAMES = tuple(one.name for one in fields(Parcel))
_FIXED = ("id", "order_no", "number", "shipped_at", "by")
_CHANGING = tuple(name for name in _NAMES if name not in _FIXED)
_ADD = insert(parcels)
_ADD = _ADD.on_conflict_do_update(
    index_elements=["order_no", "number"],
    set_={name: _ADD.excluded[name] for name in _NAMES if name not in ("id", "order_no", "number")},
    where=parcels.c.outcome == WITHDRAWN,
)
_SAVE = (
    update(parcels)
    .where(parcels.c.id == bindparam("id_"))
    .values({name: bindparam(f"{name}_", type_=parcels.c[name].type) for name in _CHANGING})
)
_LIVE = (parcels.c.id == bindparam("id_"), parcels.c.state == "live")
_LEASE = (
    update(parcels)
    .where(*_LIVE)
    .values(next_at=bindparam("until_", type_=Moment), asked_at=bindparam("now_", type_=Moment))
)
_DECIDE = (
    update(parcels).where(*_LIVE).values(via=bindparam("via_", type_=Words), next_at=bindparam("when_", type_=Moment))
)
_TOLD = (
    update(parcels)
    .where(parcels.c.id == bindparam("id_"))
    .values(told_at=bindparam("now_", type_=Moment), told_key=bindparam("key_", type_=Words))
)
_POSTPONE = update(parcels).where(*_LIVE).values(next_at=bindparam("until_", type_=Moment))
_UNHEAR = delete(parcel_events).where(
    parcel_events.c.parcel_id == bindparam("parcel_id_"),
    parcel_events.c.heard_at == bindparam("heard_at_", type_=Moment),
)
_HEAR = insert(parcel_events).on_conflict_do_nothing(index_elements=["parcel_id", "key"])

_COLUMNS = tuple(parcels.c[name] for name in _NAMES)
_STANDS = parcels.c.outcome != WITHDRAWN
_GET = select(*_COLUMNS).where(parcels.c.id == bindparam("id"))
_OF_NUMBER = (
    select(*_COLUMNS).where(parcels.c.number == bindparam("number", type_=Words), _STANDS).order_by(parcels.c.id)
)
_OF_ORDER = (
    select(*_COLUMNS).where(parcels.c.order_no == bindparam("order_no", type_=Words), _STANDS).order_by(parcels.c.id)
)
_OF_BUYER = (
    select(*_COLUMNS)
    .join(orders, orders.c.order_no == parcels.c.order_no)
    .where(orders.c.buyer_id.in_(WHO_WRITES), _STANDS)
    .order_by(parcels.c.id.desc())
    .limit(bindparam("most"))
)
_DUE = (
    select(*_COLUMNS)
    .where(parcels.c.next_at.is_not(None), parcels.c.next_at <= bindparam("now", type_=Moment))
    .order_by(parcels.c.next_at)
    .limit(bindparam("most"))
)
_FURTHEST = select(func.max(parcels.c.next_at)).where(parcels.c.next_at.is_not(None))
_BRING_BACK = (
    update(parcels)
    .where(parcels.c.next_at > bindparam("furthest_", type_=Moment))
    .values(next_at=bindparam("now_", type_=Moment), asked_at=None, rounds=0)
)
_THESE = select(*_COLUMNS).where(parcels.c.id.in_(bindparam("ids", expanding=True)), _STANDS)
_KEYS = select(parcel_events.c.parcel_id, parcel_events.c.key).where(
    parcel_events.c.parcel_id.in_(bindparam("ids", expanding=True))
)
_EVENTS = (
    select(parcel_events)
    .where(parcel_events.c.parcel_id == bindparam("parcel_id"))
    .order_by(parcel_events.c.at, parcel_events.c.id)
)
_BUYERS = select(orders.c.order_no, orders.c.buyer_id).where(
    orders.c.order_no.in_(bindparam("numbers", expanding=True))
)
_NUMBERS = select(parcels.c.order_no, parcels.c.number).where(
    parcels.c.order_no.in_(bindparam("numbers", expanding=True)), _STANDS
)
_AT_ONCE = 500
_COUNTS = select(parcels.c.state, func.count()).group_by(parcels.c.state)


class Parcels:
    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    async def get(self, id: int) -> Parcel | None:
        row = await self._reader.row(_GET, {"id": id})
        return None if row is None else _parcel(row)

    async def of_number(self, number: str) -> list[Parcel]:
        """Parcels of this tidy number: one, unless several orders went out in one."""
        return [_parcel(row) for row in await self._reader.rows(_OF_NUMBER, {"number": number})]

    async def of_order(self, order_no: str) -> list[Parcel]:
        """An order's parcels, the first shipped first."""
        return [_parcel(row) for row in await self._reader.rows(_OF_ORDER, {"order_no": order_no})]

    async def of_buyer(self, buyer_id: int, most: int = 10) -> list[Parcel]:
        """A buyer's parcels, the newest first."""
        return [_parcel(row) for row in await self._reader.rows(_OF_BUYER, {"buyer_id": buyer_id, "most": most})]

    async def these(self, ids: Sequence[int]) -> list[Parcel]:
        """The parcels of these ids as they stand now."""
        return [_parcel(row) for row in await self._reader.rows(_THESE, {"ids": list(ids)})] if ids else []

    async def due(self, now: datetime, most: int = 200) -> list[Parcel]:
        """What is to be asked for now, the longest due first."""
        return [_parcel(row) for row in await self._reader.rows(_DUE, {"now": now, "most": most})]

    async def furthest(self) -> datetime | None:
        """The latest time at which any parcel is to be asked for."""
        moment: datetime | None = await self._reader.value(_FURTHEST)
        return moment

    async def keys(self, ids: Sequence[int]) -> dict[int, frozenset[str]]:
        """The keys of the events known of each of these parcels."""
        found: dict[int, set[str]] = {id: set() for id in ids}
        for row in await self._reader.rows(_KEYS, {"ids": list(ids)}) if ids else ():
            found[row[0]].add(row[1])
        return {id: frozenset(keys) for id, keys in found.items()}

    async def events(self, parcel_id: int) -> list[Event]:
        """All that carriers said of a parcel, by their time."""
        rows = await self._reader.rows(_EVENTS, {"parcel_id": parcel_id})
        return [Event(row.at, Status(row.status), row.words, row.place, row.is_alarm) for row in rows]

    async def buyers(self, order_nos: Iterable[str]) -> dict[str, int]:
        """Whose orders these are; orders of nobody in particular are left out."""
        numbers = sorted(set(order_nos))
        rows = await self._reader.rows(_BUYERS, {"numbers": numbers}) if numbers else ()
        return {row[0]: row[1] for row in rows if row[1] is not None}

    async def numbers(self, order_nos: Sequence[str]) -> dict[str, set[str]]:
        """The numbers of the parcels of these orders; for thousands at once."""
        found: dict[str, set[str]] = {}
        for start in range(0, len(order_nos), _AT_ONCE):
            for row in await self._reader.rows(_NUMBERS, {"numbers": list(order_nos[start : start + _AT_ONCE])}):
                found.setdefault(row.order_no, set()).add(row.number)
        return found

    async def counts(self) -> dict[ParcelState, int]:
        return {ParcelState(row[0]): row[1] for row in await self._reader.rows(_COUNTS)}

    @staticmethod
    def add(parcel: Parcel) -> Write:
        """A new parcel; the same number of the same order is dropped, unless it was withdrawn: then it counts again."""
        return Write(_ADD, {name: getattr(parcel, name) for name in _NAMES})

    @staticmethod
    def save(parcel: Parcel) -> Write:
        """The parcel as it stands now."""
        values = {"id_": parcel.id, **{f"{name}_": getattr(parcel, name) for name in _CHANGING}}
        return Write(_SAVE, values, row=parcel.id)

    @staticmethod
    def lease(id: int, until: datetime, now: datetime) -> Write:
        """It is being asked for; if nothing comes of that, it is due again at `until`."""
        return Write(_LEASE, {"id_": id, "until_": until, "now_": now}, row=id)

    @staticmethod
    def decide(id: int, via: str, when: datetime) -> Write:
        """Who is asked about it, and when first."""
        return Write(_DECIDE, {"id_": id, "via_": via, "when_": when}, row=id)

    @staticmethod
    def postpone(id: int, until: datetime) -> Write:
        """It is not asked for before then."""
        return Write(_POSTPONE, {"id_": id, "until_": until}, row=id)

    @staticmethod
    def bring_back(furthest: datetime, now: datetime) -> Write:
        """What was to be asked for later than `furthest` is due now, as if for the first time."""
        return Write(_BRING_BACK, {"furthest_": furthest, "now_": now})

    @staticmethod
    def told(id: int, now: datetime, key: str) -> Write:
        """Its buyer hears of it by the message of this key, and nothing else of it changes."""
        return Write(_TOLD, {"id_": id, "now_": now, "key_": key}, row=id)

    @staticmethod
    def unhear(parcel_id: int, heard_at: datetime) -> Write:
        """What was heard of it at that very moment was not so."""
        return Write(_UNHEAR, {"parcel_id_": parcel_id, "heard_at_": heard_at})

    @staticmethod
    def hear(parcel_id: int, events: Iterable[Event], now: datetime) -> Unit:
        """Lines a carrier said; known ones are dropped."""
        return tuple(
            Write(
                _HEAR,
                {
                    "id": new_id(),
                    "parcel_id": parcel_id,
                    "key": one.key,
                    "at": one.at,
                    "status": one.status,
                    "words": one.words,
                    "place": one.place,
                    "is_alarm": one.is_alarm,
                    "heard_at": now,
                },
                row=(parcel_id, one.key),
            )
            for one in events
        )


def _parcel(row: Found) -> Parcel:
    values = {name: row._mapping[name] for name in _NAMES}
    return Parcel(**{**values, "state": ParcelState(row.state), "mode": Mode(row.mode), "status": Status(row.status)})
