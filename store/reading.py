"""Reading: every question goes through here, apart from the writer's connection."""

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import Any

from sqlalchemy import Executable, Row
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from store.errors import DatabaseUnavailable
from store.faults import Faults

Found = Row[*tuple[Any, ...]]
"""A row as it was found: by position, or by name through `_mapping`."""


class Reader:
    """Asks statements and returns rows. What was written before the question is in the answer."""

    def __init__(self, engine: AsyncEngine, faults: Faults) -> None:
        self._engine = engine
        self._faults = faults

    async def rows(self, statement: Executable, params: Mapping[str, Any] | None = None) -> Sequence[Found]:
        """All rows, in the statement's order."""
        async with self._connection() as connection:
            return (await connection.execute(statement, params or {})).all()

    async def row(self, statement: Executable, params: Mapping[str, Any] | None = None) -> Found | None:
        """The first row, or None."""
        async with self._connection() as connection:
            return (await connection.execute(statement, params or {})).first()

    async def value(self, statement: Executable, params: Mapping[str, Any] | None = None) -> Any:
        """The first column of the first row, or None."""
        row = await self.row(statement, params)
        return None if row is None else row[0]

    @asynccontextmanager
    async def _connection(self) -> AsyncIterator[AsyncConnection]:
        await self._faults.call("db:read")
        try:
            async with self._engine.connect() as connection:
                yield connection
        except DBAPIError as error:
            raise DatabaseUnavailable(f"The database could not be read: {error.orig}") from error
