"""Reading: every question goes through here, apart from the writer's connection."""

import asyncio
import sqlite3
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Executable, Row, Select
from sqlalchemy.exc import DataError, DBAPIError
from sqlalchemy.exc import TimeoutError as NoneFree
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from store.errors import OF_A_STATEMENT, OF_A_VALUE, DatabaseUnavailable, sqlstate_class
from store.faults import Faults
from store.preparing import question

READERS = 3
"""Connections that read at the same time."""

Found = Row[*tuple[Any, ...]]
"""A row as it was found: by position, or by name through `_mapping`."""


class Reader:
    """Asks statements and returns rows. What was written before the question is in the answer."""

    def __init__(self, engine: AsyncEngine, faults: Faults) -> None:
        self._engine = engine
        self._faults = faults
        self._is_closed = False
        self._in_one_hop = _InOneHop(engine) if engine.dialect.name == "sqlite" else None

    async def rows(self, statement: Executable, params: Mapping[str, Any] | None = None) -> Sequence[Found]:
        """All rows, in the statement's order. DatabaseUnavailable when they cannot be had now; a value that no database
        takes is the asker's error, and raised as it is."""
        await self._faults.call("db:read")
        if self._is_closed:  # a straggler: nobody would give its connection back
            raise DatabaseUnavailable("The memory is closed; nothing more is read.")
        try:
            if self._in_one_hop is not None and isinstance(statement, Select):
                found = await self._in_one_hop.rows(statement, params or {})
                if found is not None:
                    return found
            async with self._engine.connect() as connection:
                return (await connection.execute(statement, params or {})).all()
        except DBAPIError as error:
            if isinstance(error, DataError) or _is_askers(error.orig):
                raise
            raise DatabaseUnavailable(f"The database could not be read: {error.orig}") from error
        except NoneFree as error:
            raise DatabaseUnavailable("The database could not be read: all connections to it are in use.") from error
        except sqlite3.Error as error:
            if _is_askers(error):
                raise
            raise DatabaseUnavailable(f"The database could not be read: {error}") from error

    async def row(self, statement: Executable, params: Mapping[str, Any] | None = None) -> Found | None:
        """The first row, or None."""
        rows = await self.rows(statement, params)
        return rows[0] if rows else None

    async def value(self, statement: Executable, params: Mapping[str, Any] | None = None) -> Any:
        """The first column of the first row, or None."""
        row = await self.row(statement, params)
        return None if row is None else row[0]

    async def close(self) -> None:
        """Give the connections back to the engine; nothing more is asked."""
        self._is_closed = True
        if self._in_one_hop is not None:
            await self._in_one_hop.close()


class _InOneHop:
    """SQLite's questions, each in one hop into aiosqlite's thread: through SQLAlchemy's engine it would be five."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine
        self._connections: list[AsyncConnection] = []
        self._free: list[Any] = []
        self._turn = asyncio.Semaphore(READERS)

    async def rows(self, statement: Select[Any], params: Mapping[str, Any]) -> Sequence[Found] | None:
        """The rows; None for a statement that only SQLAlchemy can execute."""
        asked = question(statement, tuple(params), self._engine.dialect)
        if asked is None:
            return None
        values = asked.values(params)
        async with self._turn:
            driver = self._free.pop() if self._free else await self._connect()
            try:
                # aiosqlite's public way is a hop for the cursor, one for the statement, one for its rows, one for its end.
                found = await driver._execute(_ask, driver._conn, asked.sql, values)
            finally:
                self._free.append(driver)
        return asked.rows(found)

    async def close(self) -> None:
        """Let those who ask end, then give the connections back. Nobody may ask any more."""
        for _ in range(READERS):
            await self._turn.acquire()
        self._free.clear()
        while self._connections:
            await self._connections.pop().close()
        for _ in range(READERS):
            self._turn.release()

    async def _connect(self) -> Any:
        connection = await self._engine.connect()
        self._connections.append(connection)
        return (await connection.get_raw_connection()).driver_connection


def _is_askers(error: BaseException | None) -> bool:
    """Whether a value was refused, which will not change by waiting for the database."""
    is_bound = isinstance(error, sqlite3.ProgrammingError | sqlite3.InterfaceError) and "binding" in str(error)
    return is_bound or sqlstate_class(error) in (OF_A_VALUE, OF_A_STATEMENT)


def _ask(connection: sqlite3.Connection, sql: str, values: Sequence[Any]) -> list[Any]:
    return connection.execute(sql, values).fetchall()
