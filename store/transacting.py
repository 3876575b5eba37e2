"""Transacting: how a batch of rows becomes one transaction, by any database's engine or, on SQLite, in one hop."""

import asyncio
import sqlite3
from collections.abc import Sequence
from contextlib import suppress
from typing import Any, NamedTuple

from sqlalchemy import Dialect
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from store.faults import Faults
from store.grouping import Group
from store.preparing import prepared

_SLICE = 500
"""So many rows are made ready at once: a file of 20,000 must not hold up the loop."""
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
                for start in range(0, len(group.params), _SLICE):
                    await self._faults.call("db:execute")
                    result = await connection.execute(group.statement, group.params[start : start + _SLICE])
                    if result.returns_rows:
                        returned += result.scalars()
            await self._faults.call("db:commit")
        return returned

    async def recover(self, error: Exception) -> None:
        """After a failure the connection is kept if it is sound, else a new one is made for the next batch."""
        lost = isinstance(error, DBAPIError) and error.connection_invalidated
        if lost or self._is_midway():
            with suppress(Exception):  # it is given up in any case
                await self.let_go()

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


_BEGIN = _Step("db:begin", "BEGIN IMMEDIATE", None)
_COMMIT = _Step("db:commit", "COMMIT", None)


class InOneHop(ByEngine):
    """SQLite's transactions: all statements of a batch in one hop into aiosqlite's thread.

    Through SQLAlchemy's async engine each statement is several hops, and each hop wakes the loop: with ten statements for a
    buyer's line that was most of what a reply cost. The statements and their types stay SQLAlchemy's.
    """

    def __init__(self, engine: AsyncEngine, faults: Faults) -> None:
        super().__init__(engine, faults)
        self._driver: Any = None

    async def commit(self, groups: Sequence[Group]) -> list[Any]:
        """The same, in one hop."""
        await self._connected()
        many = sum(len(group.params) for group in groups) > MANY
        done = await asyncio.to_thread(self._steps, groups) if many else self._steps(groups)
        if done is None:
            return await super().commit(groups)
        steps = [_BEGIN, *done, _COMMIT]
        try:
            if self._faults.hook is None:
                self._faults.calls += len(steps)
                return await self._hop(steps)
            returned: list[Any] = []
            for step in steps:  # somebody wants to stand between them
                await self._faults.call(step.name)
                returned += await self._hop([step])
            return returned
        except sqlite3.Error as error:
            raise _told(error, self._engine.dialect) from error
        except BaseException:
            with suppress(Exception):  # it is undone with its connection then
                await self._driver.rollback()
            raise

    async def let_go(self) -> None:
        self._driver = None
        await super().let_go()

    async def _connected(self) -> AsyncConnection:
        connection = await super()._connected()
        if self._driver is None:
            self._driver = (await connection.get_raw_connection()).driver_connection
        return connection

    def _is_midway(self) -> bool:
        return self._driver is not None and bool(self._driver.in_transaction)

    async def _hop(self, steps: Sequence[_Step]) -> list[Any]:
        # aiosqlite has a public way for a statement and none for several; its own are made of this one.
        returned: list[Any] = await self._driver._execute(_run, self._driver._conn, steps)
        return returned

    def _steps(self, groups: Sequence[Group]) -> list[_Step] | None:
        """What is to be executed; None when a statement is among them that only SQLAlchemy can execute."""
        steps = []
        for group in groups:
            made = prepared(group.statement, group.names, self._engine.dialect)
            if made is None:
                return None
            rows = [made.values(params) for params in group.params]
            steps.append(_Step("db:execute", made.sql, rows, made.returns))
        return steps


def _run(connection: sqlite3.Connection, steps: Sequence[_Step]) -> list[Any]:
    """In aiosqlite's thread: all steps, or none of what they would have changed."""
    returned: list[Any] = []
    try:
        for _, sql, rows, returns in steps:
            if rows is None:
                connection.execute(sql)
            elif returns:  # executemany throws away what is returned
                for row in rows:
                    returned += [found[0] for found in connection.execute(sql, row)]
            else:
                connection.executemany(sql, rows)
    except BaseException:
        connection.rollback()
        raise
    return returned


def _told(error: sqlite3.Error, dialect: Dialect) -> BaseException:
    """The error as SQLAlchemy names it."""
    return DBAPIError.instance(None, None, error, sqlite3.Error, hide_parameters=True, dialect=dialect)
