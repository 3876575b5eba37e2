"""Writing: a unit of work is data, and one writer commits many units at once.

How rows of several units share a transaction
---------------------------------------------
Units are taken in the order they came, and each write joins the last group of its own statement, so that a statement
is executed once with many rows. Joining moves a write forward, past every group that began later. It may not be moved
past a group that

* writes the same table by another statement, unless both name the row they touch (`Write.row`) and the rows differ;
* writes a table that the write reads, or inserts into a table that the write refers to by a foreign key;
* reads the table that is written.

Where it may not, it begins a new group. Rows of one statement are never reordered. So the outcome is that of executing
everything in turn, or a constraint's refusal; and when anything in a batch fails, the batch is rolled back and its
units are written one by one, each alone in its transaction, each with its own fate.
"""

import asyncio
import logging
from collections import deque
from collections.abc import Callable, Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple, Protocol

from sqlalchemy import Table
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError, ProgrammingError
from sqlalchemy.ext.asyncio import AsyncEngine
from sqlalchemy.sql.dml import Insert, UpdateBase
from sqlalchemy.sql.visitors import iterate

from store.errors import DatabaseUnavailable, RowRefused
from store.faults import Faults
from store.transacting import MANY, ByEngine, InOneHop

_log = logging.getLogger(__name__)


class Write(NamedTuple):
    """One row for one statement. The statement is a module's constant, so that it is compiled once.

    `row` tells which row of the table is touched; give it only when the outcome depends on no other row of that table.
    """

    statement: UpdateBase
    params: Mapping[str, Any]
    row: Hashable = None


Unit = Sequence[Write]
"""What is written all or nothing, in this order."""


@dataclass(frozen=True, slots=True)
class _Footprint:
    """Which tables a statement touches. `needs` are those its foreign keys point at."""

    writes: Table
    reads: frozenset[Table]
    needs: frozenset[Table]
    inserts: bool


@dataclass(slots=True)
class Group:
    """Rows for one execution of one statement. `rows` is None when one of them named no row."""

    statement: UpdateBase
    names: tuple[str, ...]
    footprint: _Footprint
    params: list[Mapping[str, Any]]
    rows: set[Hashable] | None


_footprints: dict[UpdateBase, _Footprint] = {}


def _footprint(statement: UpdateBase) -> _Footprint:
    known = _footprints.get(statement)
    if known is None:
        target = statement.table
        assert isinstance(target, Table)
        inserts = isinstance(statement, Insert)
        met = {one for one in iterate(statement) if isinstance(one, Table)}
        known = _footprints[statement] = _Footprint(
            writes=target,
            reads=frozenset(met - {target}),
            needs=frozenset(key.column.table for key in target.foreign_keys) - {target} if inserts else frozenset(),
            inserts=inserts,
        )
    return known


def _must_follow(write: Write, footprint: _Footprint, group: Group) -> bool:
    """Whether `write` may not be moved before `group`."""
    before = group.footprint
    if before.writes is footprint.writes:
        return write.row is None or group.rows is None or write.row in group.rows
    return (
        before.writes in footprint.reads
        or (before.inserts and before.writes in footprint.needs)
        or footprint.writes in before.reads
    )


def grouped(units: Iterable[Unit]) -> list[Group]:
    """The units' rows, a group per execution, by the rule at the top of this module."""
    groups: list[Group] = []
    for unit in units:
        for write in unit:
            footprint = _footprint(write.statement)
            names = tuple(write.params)
            for group in reversed(groups):
                if group.statement is write.statement and group.names == names:
                    group.params.append(write.params)
                    if write.row is None:
                        group.rows = None
                    elif group.rows is not None:
                        group.rows.add(write.row)
                    break
                if _must_follow(write, footprint, group):
                    groups.append(_new_group(write, names, footprint))
                    break
            else:
                groups.append(_new_group(write, names, footprint))
    return groups


def _new_group(write: Write, names: tuple[str, ...], footprint: _Footprint) -> Group:
    return Group(write.statement, names, footprint, [write.params], None if write.row is None else {write.row})


class Claims(Protocol):
    """Somebody who may change a unit just before it is committed, so that a second commit is spared."""

    def claim(self, unit: Unit) -> Unit:
        """The unit to commit in its place. Must not fail or wait."""

    def release(self, unit: Unit) -> None:
        """What `claim` gave was not committed."""


@dataclass(slots=True, eq=False)
class _Waiting:
    unit: Unit
    is_claimed: bool = False
    done: asyncio.Future[Collection[Any]] = field(default_factory=lambda: asyncio.get_running_loop().create_future())


class Writer:
    """The one who writes. `write` returns when the unit is durably committed, and raises when it is not.

    `listeners` are called with every committed unit, in order; they must not fail or wait. `claims` is asked before.
    """

    def __init__(self, engine: AsyncEngine, faults: Faults, most: int = 50) -> None:
        self.listeners: list[Callable[[Unit], None]] = []
        self.claims: Claims | None = None
        self._way = (InOneHop if engine.dialect.name == "sqlite" else ByEngine)(engine, faults)
        self._most = most
        self._queue: deque[_Waiting] = deque()
        self._arrived = asyncio.Event()
        self._closing = False
        self._task: asyncio.Task[None] | None = None

    async def write(self, unit: Unit) -> Collection[Any]:
        """Commit the unit, all of it or nothing.

        Returns what RETURNING gave, each row's first column, of this unit and of those committed with it: ask for a key.
        RowRefused when a constraint refuses it, DatabaseUnavailable when the disk is full, locked or gone. A caller
        cancelled before its unit's turn has written nothing; cancelled later, the unit may stand.
        """
        if self._closing:
            raise DatabaseUnavailable("The memory is being closed; nothing more is written.")
        if not unit:
            return ()
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._run(), name="store writer")
        waiting = _Waiting(unit)
        self._queue.append(waiting)
        self._arrived.set()
        return await waiting.done

    async def close(self) -> None:
        """Write what is queued, then stop."""
        self._closing = True
        self._arrived.set()
        if self._task is not None:
            await asyncio.gather(self._task, return_exceptions=True)
        await self._way.let_go()

    async def _run(self) -> None:
        try:
            while True:
                await self._arrived.wait()
                await asyncio.sleep(0)  # everyone who is ready to write now joins the first batch
                while batch := self._next_batch():
                    await self._write_batch(batch)
                self._arrived.clear()
                if self._closing:
                    return
        except asyncio.CancelledError:
            while self._queue:
                _fail(self._queue.popleft(), DatabaseUnavailable("The writer was stopped before this was written."))
            raise

    def _next_batch(self) -> list[_Waiting]:
        batch: list[_Waiting] = []
        while self._queue and len(batch) < self._most:
            one = self._queue.popleft()
            if not one.done.done():  # its caller has been cancelled meanwhile
                batch.append(one)
        return batch

    async def _write_batch(self, batch: Sequence[_Waiting]) -> None:
        self._claim(batch)
        try:
            returned = await self._commit([one.unit for one in batch])
        except Exception as error:
            await self._way.recover(error)
            if len(batch) == 1:
                self._release(batch)
                _fail(batch[0], _said(error))
                return
            for one in batch:
                await self._write_batch([one])
        except asyncio.CancelledError:
            await self._way.let_go()
            self._release(batch)
            for one in batch:
                _fail(one, DatabaseUnavailable("The writer was stopped while this was being written."))
            raise
        else:
            for one in batch:
                if not one.done.done():
                    one.done.set_result(returned)
            self._announce(batch)

    def _claim(self, batch: Sequence[_Waiting]) -> None:
        for one in batch:
            if self.claims is not None and not one.is_claimed:
                one.unit, one.is_claimed = self.claims.claim(one.unit), True

    def _release(self, batch: Sequence[_Waiting]) -> None:
        for one in batch:
            if self.claims is not None and one.is_claimed:
                self.claims.release(one.unit)

    def _announce(self, batch: Sequence[_Waiting]) -> None:
        for one in batch:
            for listener in self.listeners:
                try:
                    listener(one.unit)
                except Exception:
                    _log.exception("A listener failed; what it was told of is written.")

    async def _commit(self, units: Sequence[Unit]) -> Collection[Any]:
        many = sum(map(len, units)) > MANY
        groups = await asyncio.to_thread(grouped, units) if many else grouped(units)
        return frozenset(await self._way.commit(groups))


def _fail(waiting: _Waiting, error: Exception) -> None:
    if not waiting.done.done():
        waiting.done.set_exception(error)


def _said(error: Exception) -> Exception:
    """The same failure in the memory's own words; a programming error stays as it is."""
    if isinstance(error, IntegrityError | DataError):
        told: Exception = RowRefused(f"The database refused it: {error.orig}")
    elif isinstance(error, DBAPIError) and not isinstance(error, ProgrammingError):
        told = DatabaseUnavailable(f"The database could not write: {error.orig}")
    else:
        return error
    told.__cause__ = error
    return told
