"""The inbox: every update of Telegram's, raw, from the moment it is ours until it is done with."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import bindparam, delete, func, select, text, update
from sqlalchemy.dialects.postgresql import insert

from core.frozen import frozen
from store.ids import id_ago, new_id
from store.reading import Found, Reader
from store.tables import Moment, inbox
from store.writing import Write, Writer


class Fate(StrEnum):
    """Where an update stands. `dead` ones failed too often."""

    NEW = "new"
    DONE = "done"
    DEAD = "dead"


RESTORED = "It was due before the database was restored; it may have been sent then."
"""Why something was not done: `error` of what a restore set aside or left in doubt."""


@frozen
class SetAside:
    """How many rows are dead because they failed, and the seq of the latest of them; how many because of a restore."""

    failed: int
    latest: int
    restored: int


@frozen
class Arrival:
    """An update as it came. `ident` tells a re-used update_id apart: kind, chat, message and edit date, or callback id."""

    bot_id: int
    update_id: int
    ident: str
    raw: str
    lane: str
    kind: str


@frozen
class Received:
    """A row of the inbox. `seq` is our own order; Telegram's update_id gives none."""

    seq: int
    bot_id: int
    update_id: int
    ident: str
    raw: str
    lane: str
    kind: str
    received_at: datetime
    status: Fate
    attempts: int
    not_before: datetime | None
    error: str


_NEVER = 2**63 - 1
# PostgreSQL's insert is used everywhere: it knows ON CONFLICT, and SQLite is rendered from it as well.
_RECEIVE = insert(inbox).on_conflict_do_nothing(index_elements=["bot_id", "update_id", "ident"]).returning(inbox.c.seq)
_SETTLE = (
    update(inbox)
    .where(inbox.c.seq == bindparam("seq_"))
    .values(status=bindparam("status_"), error=bindparam("error_"), not_before=None)
)
_RETRY = (
    update(inbox)
    .where(inbox.c.seq == bindparam("seq_"))
    .values(attempts=inbox.c.attempts + 1, error=bindparam("error_"), not_before=bindparam("not_before_"))
)
_MOVE = (
    update(inbox)
    .where(inbox.c.seq == bindparam("seq_"), inbox.c.status == bindparam("from_"))
    .values(status=bindparam("to_"), not_before=None)
)
# No index by time: rows stand in the order they came, so the first that is not old is found by passing over those that are.
_recent = inbox.alias()
_FIRST_RECENT = select(func.min(_recent.c.seq)).where(_recent.c.received_at >= bindparam("before", type_=Moment))
_PRUNE = delete(inbox).where(
    inbox.c.status != Fate.NEW,
    inbox.c.status != Fate.DEAD,
    inbox.c.seq < func.coalesce(_FIRST_RECENT.scalar_subquery(), _NEVER),
)

_ROW = select(inbox).where(inbox.c.seq == bindparam("seq"))
_LANES = select(inbox.c.lane, func.min(inbox.c.seq)).where(inbox.c.status == Fate.NEW).group_by(inbox.c.lane)
_OF_LANE = (
    select(inbox)
    .where(inbox.c.status == Fate.NEW, inbox.c.lane == bindparam("lane"))
    .order_by(inbox.c.seq)
    .limit(bindparam("most"))
)
_STILL_NEW = select(inbox.c.seq).where(inbox.c.seq.in_(bindparam("seqs", expanding=True)), inbox.c.status == Fate.NEW)
_NEW = select(inbox).where(inbox.c.status == Fate.NEW).order_by(inbox.c.seq).limit(bindparam("most"))
_LATEST = select(inbox).where(inbox.c.seq >= bindparam("first")).order_by(inbox.c.seq.desc()).limit(bindparam("most"))
_COUNTS_SINCE = select(inbox.c.status, func.count()).where(inbox.c.seq >= bindparam("first")).group_by(inbox.c.status)
_DEAD = select(inbox).where(inbox.c.status == Fate.DEAD).order_by(inbox.c.seq.desc()).limit(bindparam("most"))
_OLDEST_DEAD = (
    select(inbox)
    .where(inbox.c.status == Fate.DEAD, (inbox.c.error == RESTORED) == bindparam("restored"))
    .order_by(inbox.c.seq)
    .limit(bindparam("most"))
)
_COUNT_DEAD = (
    select(inbox.c.error == RESTORED, func.count(), func.max(inbox.c.seq))
    .where(inbox.c.status == Fate.DEAD)
    .group_by(text("1"))  # of the answer: PostgreSQL takes a value given twice for two
)
_COUNTS = select(inbox.c.status, func.count()).group_by(inbox.c.status)
_OLDEST = select(func.min(inbox.c.received_at)).where(inbox.c.status == Fate.NEW)


class Inbox:
    def __init__(self, reader: Reader, writer: Writer) -> None:
        self._reader = reader
        self._writer = writer

    async def receive(
        self, arrivals: Iterable[Arrival], now: datetime, begin: Callable[[Sequence[Received]], None] | None = None
    ) -> list[Received]:
        """Keep a batch, in one durable commit, and return those not known before, in order.

        Raises DatabaseUnavailable when it could not be kept: then nothing of it is, and Telegram must not be told so.
        `begin` is handed all of them before they are kept, and ahead of whatever it leads to they are written; who works on
        one of them then must insist on its row (`done`), since it may be known already, or not be kept at all.
        """
        batch = [
            Received(
                seq=new_id(),
                bot_id=one.bot_id,
                update_id=one.update_id,
                ident=one.ident,
                raw=one.raw,
                lane=one.lane,
                kind=one.kind,
                received_at=now,
                status=Fate.NEW,
                attempts=0,
                not_before=None,
                error="",
            )
            for one in arrivals
        ]
        if begin is not None:
            begin(batch)
        kept = await self._writer.write([Write(_RECEIVE, _values(one)) for one in batch])
        if missing := [one.seq for one in batch if one.seq not in kept]:
            # Known, as a rule. But a commit that was reported lost and tried again meets its own rows.
            found = await self._reader.rows(_STILL_NEW, {"seqs": missing})
            kept = {*kept, *(row.seq for row in found)}
        return [one for one in batch if one.seq in kept]

    @property
    def is_settled(self) -> bool:
        """Whether nothing is being written: who reads now reads everything that happened before."""
        return self._writer.is_idle

    async def get(self, seq: int) -> Received | None:
        row = await self._reader.row(_ROW, {"seq": seq})
        return None if row is None else _received(row)

    async def lanes(self) -> dict[str, int]:
        """Every lane with new rows, and the seq of its first: what a restart begins with."""
        return {row[0]: row[1] for row in await self._reader.rows(_LANES)}

    async def of_lane(self, lane: str, most: int = 50) -> list[Received]:
        """A lane's new rows, first come first. One with `not_before` in the future holds up those behind it."""
        return [_received(row) for row in await self._reader.rows(_OF_LANE, {"lane": lane, "most": most})]

    async def new(self, most: int = 1000) -> list[Received]:
        """New rows of all lanes, first come first."""
        return [_received(row) for row in await self._reader.rows(_NEW, {"most": most})]

    async def dead(self, most: int = 50) -> list[Received]:
        """What failed too often, newest first."""
        return [_received(row) for row in await self._reader.rows(_DEAD, {"most": most})]

    async def set_aside(self) -> SetAside:
        """How many rows are dead, and why."""
        counts = {bool(row[0]): (int(row[1]), int(row[2])) for row in await self._reader.rows(_COUNT_DEAD)}
        (failed, latest), (restored, _) = counts.get(False, (0, 0)), counts.get(True, (0, 0))
        return SetAside(failed, latest, restored)

    async def oldest_dead(self, most: int, *, restored: bool) -> list[Received]:
        """What was set aside, first come first: because it failed, or by a restore."""
        rows = await self._reader.rows(_OLDEST_DEAD, {"restored": restored, "most": most})
        return [_received(row) for row in rows]

    async def counts(self) -> dict[Fate, int]:
        """How many rows stand where."""
        return {Fate(row[0]): row[1] for row in await self._reader.rows(_COUNTS)}

    async def counts_of(self, back: timedelta) -> dict[Fate, int]:
        """How many of the rows that came so long ago or later stand where; cheap, however large the table is."""
        rows = await self._reader.rows(_COUNTS_SINCE, {"first": id_ago(back)})
        return {Fate(row[0]): row[1] for row in rows}

    async def latest(self, back: timedelta, most: int = 50) -> list[Received]:
        """What came so long ago or later, newest first."""
        rows = await self._reader.rows(_LATEST, {"first": id_ago(back), "most": most})
        return [_received(row) for row in rows]

    async def oldest_new(self) -> datetime | None:
        """When the row that has waited longest came; None when nothing waits."""
        moment: datetime | None = await self._reader.value(_OLDEST)
        return moment

    @staticmethod
    def done(seq: int, *, insists: bool = False) -> Write:
        """The row was dealt with: belongs into the unit that holds what it led to. With `insists` the unit is refused with
        NothingTouched where the row is not there."""
        return _settle(seq, Fate.DONE, "")._replace(insists=insists)

    @staticmethod
    def failed(seq: int, error: str, not_before: datetime | None = None) -> Write:
        """The row failed once more and is tried again, from `not_before` on."""
        return Write(_RETRY, {"seq_": seq, "error_": error, "not_before_": not_before}, row=seq)

    @staticmethod
    def dead_now(seq: int, error: str) -> Write:
        """The row is not tried again."""
        return _settle(seq, Fate.DEAD, error)

    @staticmethod
    def again(seq: int) -> Write:
        """A dead row is tried again, on a person's word. The unit is refused with NothingTouched where it is not dead any
        more, and so it is with the two below: whatever is done with a dead row is done once."""
        return _move(seq, Fate.DEAD, Fate.NEW)

    @staticmethod
    def let_be(seq: int) -> Write:
        """A dead row is done with, on a person's word."""
        return _move(seq, Fate.DEAD, Fate.DONE)

    @staticmethod
    def not_let_be(seq: int) -> Write:
        """That is taken back."""
        return _move(seq, Fate.DONE, Fate.DEAD)

    @staticmethod
    def prune(before: datetime) -> Write:
        """Forget raw updates that came before this time and were dealt with. What was set aside waits for a person."""
        return Write(_PRUNE, {"before": before})


def _settle(seq: int, status: Fate, error: str) -> Write:
    return Write(_SETTLE, {"seq_": seq, "status_": status, "error_": error}, row=seq)


def _move(seq: int, before: Fate, after: Fate) -> Write:
    return Write(_MOVE, {"seq_": seq, "from_": before, "to_": after}, row=seq, insists=True)


def _values(one: Received) -> dict[str, Any]:
    return {column: getattr(one, column) for column in inbox.c.keys()}  # noqa: SIM118 - columns, not a dict


def _received(row: Found) -> Received:
    return Received(**{**row._mapping, "status": Fate(row.status)})
