"""Transacting: how a batch of rows becomes one transaction, by any database's engine or, on SQLite, by one call."""

import asyncio
import sqlite3
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

from sqlalchemy import Dialect
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from store.engine import BUSY_MS
from store.errors import NothingTouched
from store.faults import Faults
from store.grouping import Group
from store.preparing import prepared
from store.staying import Staying

_SLICE = 500
"""So many rows are made ready at once: a file of 20,000 must not hold up the loop."""
ONLY_READS = "25006"
"""What PostgreSQL says where nothing can be written: it only follows another server now."""
_MISSING = "The row that this rests on is not there."
MANY = _SLICE * 4
"""From this number of rows on, work on them is done beside the loop."""


class ByEngine:
    """Transactions on the one connection of an engine, a call a statement. After a failure nothing of a batch stands."""

    def __init__(self, engine: AsyncEngine, faults: Faults) -> None:
        self._engine = engine
        self._faults = faults
        self._connection: AsyncConnection | None = None

    async def commit(self, groups: Sequence[Group]) -> list[Any]:
        """Execute the groups in turn and commit them durably. Returns what their RETURNING gave: each row's first column."""
        returned: list[Any] = []
        connection = await self._connected()
        await self._faults.call("db:begin")
        async with connection.begin():
            for group in groups:
                most = (
                    1 if group.insists else _SLICE
                )  # how many rows several executions touched, not every driver tells
                for start in range(0, len(group.params), most):
                    await self._faults.call("db:execute")
                    result = await connection.execute(group.statement, group.params[start : start + most])
                    if group.insists and result.rowcount != 1:
                        raise NothingTouched(_MISSING)
                    if result.returns_rows:
                        returned += result.scalars()
            await self._faults.call("db:commit")
        return returned

    async def recover(self, error: Exception) -> None:
        """After a failure the connection is kept if it is sound, else a new one is made for the next batch."""
        lost = isinstance(error, DBAPIError) and error.connection_invalidated
        if isinstance(error, DBAPIError) and getattr(error.orig, "sqlstate", "") == ONLY_READS and self._connection:
            with suppress(Exception):
                await self._connection.invalidate()  # another server has taken over from this one
            lost = True
        if lost or self._is_midway():
            with suppress(Exception):  # it is given up in any case
                await self.let_go()

    def look(self) -> None:
        """DatabaseUnavailable when what is written would not stay."""

    async def let_go(self) -> None:
        """Give the connection back to the engine."""
        connection, self._connection = self._connection, None
        if connection is not None:
            await connection.close()

    async def _connected(self) -> AsyncConnection:
        if self._connection is None:
            self._connection = await self._engine.connect()
        return self._connection

    def _is_midway(self) -> bool:
        return self._connection is not None and self._connection.in_transaction()


class _Step(NamedTuple):
    """One call of SQLite: `rows` is None for a statement of its own."""

    name: str
    sql: str
    rows: Sequence[tuple[Any, ...]] | None
    returns: bool = False
    insists: bool = False


_BEGIN = _Step("db:begin", "BEGIN IMMEDIATE", None)
_COMMIT = _Step("db:commit", "COMMIT", None)
_WAIT_FOR_NOBODY = "PRAGMA busy_timeout = 0"
_WAIT = f"PRAGMA busy_timeout = {BUSY_MS}"

FEW = 64
"""Rows of a batch up to which the loop may write them itself: some four replies."""
BREATH = 0.0005
"""Seconds since the batch before. In a rush the loop goes on meanwhile, and more joins the next batch."""
QUICK = 0.0015
"""Seconds a small batch may take for the loop to write the next one itself. A hop into the thread and back is about as long."""


class Pace:
    """How quick the disk is of late, from what small batches took. A hiccup counts for the next ten."""

    def __init__(self) -> None:
        self._seconds = QUICK * 2

    @property
    def is_quick(self) -> bool:
        return self._seconds < QUICK

    def took(self, seconds: float) -> None:
        """One more small batch, however it was written."""
        self._seconds += (min(seconds, QUICK * 10) - self._seconds) / 5


class InOneCall(ByEngine):
    """SQLite's transactions: all statements of a batch in one hop into aiosqlite's thread, or in the loop itself.

    Through SQLAlchemy's async engine each statement is several hops, and each hop wakes the loop: with ten statements for a
    buyer's line that was most of what a reply cost. The statements and their types stay SQLAlchemy's.

    Even one hop is dear beside a quick disk: the thread asks the loop for Python's lock after each statement, and a commit of
    0.4 ms is known 2 ms later. So a small batch is written by the loop itself while small batches are quick (`Pace`); a slow
    disk, or somebody else who writes just now, is waited for in the thread. See decision 0022.
    """

    def __init__(self, engine: AsyncEngine, faults: Faults) -> None:
        super().__init__(engine, faults)
        self.pace = Pace()
        self._file = Staying(Path(str(engine.url.database)))
        self._driver: Any = None
        self._waits = True
        self._ended = 0.0

    async def commit(self, groups: Sequence[Group]) -> list[Any]:
        """The same, by one call."""
        await self._connected()
        self.look()
        rows = sum(len(group.params) for group in groups)
        done = await asyncio.to_thread(self._steps, groups) if rows > MANY else self._steps(groups)
        if done is None:
            return await super().commit(groups)
        steps = [_BEGIN, *done, _COMMIT]
        began = time.perf_counter()
        is_here = rows <= FEW and self.pace.is_quick and began - self._ended >= BREATH
        try:
            if self._faults.hook is None:
                self._faults.calls += len(steps)
                return await self._call(steps, is_here)
            returned: list[Any] = []
            for step in steps:  # somebody wants to stand between them
                await self._faults.call(step.name)
                returned += await self._call([step], is_here)
            return returned
        except sqlite3.Error as error:
            raise _told(error, self._engine.dialect) from error
        except BaseException:
            with suppress(Exception):  # it is undone with its connection then
                await self._driver.rollback()
            raise
        finally:
            self._ended = time.perf_counter()
            if rows <= FEW:
                self.pace.took(self._ended - began)

    def look(self) -> None:
        self._file.look()

    async def let_go(self) -> None:
        self._driver = None
        self._file.let_go()
        await super().let_go()

    async def _connected(self) -> AsyncConnection:
        connection = await super()._connected()
        if self._driver is None:
            self._driver = (await connection.get_raw_connection()).driver_connection
            self._waits = True
        return connection

    def _is_midway(self) -> bool:
        return self._driver is not None and bool(self._driver.in_transaction)

    async def _call(self, steps: Sequence[_Step], is_here: bool) -> list[Any]:
        """All steps: here where that may be, else, or where the lock is not free, in aiosqlite's thread."""
        connection: sqlite3.Connection = self._driver._conn
        if is_here:
            if self._waits:
                connection.execute(_WAIT_FOR_NOBODY)
                self._waits = False
            try:
                return _run(connection, steps)
            except sqlite3.OperationalError as error:
                if not _is_locked(error) or steps[0] is not _BEGIN:
                    raise
        if not self._waits:
            connection.execute(_WAIT)
            self._waits = True
        # aiosqlite has a public way for a statement and none for several; its own are made of this one.
        returned: list[Any] = await self._driver._execute(_run, connection, steps)
        return returned

    def _steps(self, groups: Sequence[Group]) -> list[_Step] | None:
        """What is to be executed; None when a statement is among them that only SQLAlchemy can execute."""
        steps = []
        for group in groups:
            made = prepared(group.statement, group.names, self._engine.dialect)
            if made is None:
                return None
            rows = [made.values(params) for params in group.params]
            steps.append(_Step("db:execute", made.sql, rows, made.returns, group.insists))
        return steps


def _run(connection: sqlite3.Connection, steps: Sequence[_Step]) -> list[Any]:
    """All steps, or none of what they would have changed."""
    returned: list[Any] = []
    try:
        for _, sql, rows, returns, insists in steps:
            if rows is None:
                connection.execute(sql)
            elif returns:  # executemany throws away what is returned
                for row in rows:
                    returned += [found[0] for found in connection.execute(sql, row)]
            elif connection.executemany(sql, rows).rowcount < len(rows) and insists:
                raise NothingTouched(_MISSING)
    except BaseException:
        connection.rollback()
        raise
    return returned


def _is_locked(error: sqlite3.OperationalError) -> bool:
    return getattr(error, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_BUSY


def _told(error: sqlite3.Error, dialect: Dialect) -> BaseException:
    """The error as SQLAlchemy names it."""
    return DBAPIError.instance(None, None, error, sqlite3.Error, hide_parameters=True, dialect=dialect)
