"""Connections: how a DATABASE_URL becomes a writing engine with one connection and a reading engine with a few."""

import asyncio
import json
import logging
import os
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import orjson
from sqlalchemy import event, make_url, text
from sqlalchemy.engine import URL, Connection
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.pool import AsyncAdaptedQueuePool

from store.errors import DatabaseInUse, StoreError
from store.reading import READERS
from store.tables import characters

APPLICATION_ID = 0x5A474B31
"""Written into every SQLite file of ours ("ZGK1")."""

_ADVISORY_KEY = APPLICATION_ID
_END_OUR_OLD = text(
    "SELECT pg_terminate_backend(pid) FROM pg_locks "
    "WHERE locktype = 'advisory' AND classid = 0 AND objid = :key AND pid = :backend AND pid <> pg_backend_pid()"
)
_GONE = (SQLAlchemyError, OSError)
"""What is raised where the server, or the line to it, is gone."""
LOOKED_AFTER = 5.0
"""Seconds between two looks at whether the right to run alone is still ours."""
_log = logging.getLogger(__name__)
BUSY_MS = 10_000
"""Milliseconds that SQLite waits for somebody else who writes."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where the memory is. `path` is the SQLite file, None on PostgreSQL."""

    url: URL
    path: Path | None

    @property
    def is_sqlite(self) -> bool:
        return self.path is not None


def _from_json(kept: Any) -> Any:
    """What a JSON column held. A bare number comes back from SQLite as one: its columns of that name like numbers."""
    return orjson.loads(kept) if isinstance(kept, str | bytes) else kept


def place(url: str) -> Place:
    """Read a DATABASE_URL: `sqlite:///shop.db` or `postgresql://…`. StoreError when it is neither."""
    parsed = make_url(url)
    backend = parsed.get_backend_name()
    if backend == "sqlite":
        if not parsed.database or parsed.database == ":memory:":
            raise StoreError("The shop's memory needs a file: DATABASE_URL=sqlite:///shop.db")
        path = Path(parsed.database).absolute()
        return Place(parsed.set(drivername="sqlite+aiosqlite", database=str(path)), path)
    if backend in ("postgresql", "postgres"):
        if find_spec("asyncpg") is None:
            raise StoreError("For PostgreSQL one more package is needed: pip install 'asyncpg>=0.30'")
        return Place(parsed.set(drivername="postgresql+asyncpg"), None)
    raise StoreError(f"DATABASE_URL begins with {backend}: only sqlite:/// and postgresql:// are known.")


def writing_engine(where: Place) -> AsyncEngine:
    """One connection, every transaction of which has the write lock from its beginning (BEGIN IMMEDIATE)."""
    engine = create_async_engine(where.url, pool_size=1, max_overflow=0, **_options(where))
    if where.is_sqlite:
        event.listen(engine.sync_engine, "connect", _set_up_sqlite)
        event.listen(engine.sync_engine, "begin", _begin_immediate)
    else:
        event.listen(engine.sync_engine, "do_connect", _connect)
    return engine


def reading_engine(where: Place) -> AsyncEngine:
    """A few connections that begin nothing by themselves: a single statement is its own snapshot."""
    engine = create_async_engine(
        where.url,
        pool_size=READERS + where.is_sqlite,  # SQLite: one for what is not asked in one hop
        max_overflow=0,
        isolation_level="AUTOCOMMIT",
        skip_autocommit_rollback=True,
        **_options(where),
    )
    if where.is_sqlite:
        event.listen(engine.sync_engine, "connect", _set_up_sqlite)
        event.listen(engine.sync_engine, "connect", _forbid_writing)
    else:
        event.listen(engine.sync_engine, "do_connect", _connect)
    return engine


def _options(where: Place) -> dict[str, Any]:
    options: dict[str, Any] = {
        "poolclass": AsyncAdaptedQueuePool,
        "json_serializer": _json,
        "json_deserializer": _from_json,
        "hide_parameters": True,  # a buyer's words do not belong into logs and tracebacks
    }
    if where.is_sqlite:
        options["connect_args"] = {
            "isolation_level": None,
            "timeout": BUSY_MS / 1000,
            "check_same_thread": False,  # the writer's is used by the loop and by its thread in turn
        }
    else:
        options["pool_pre_ping"] = True
    return options


def _json(value: Any) -> str:
    try:
        text = orjson.dumps(value).decode()
    except TypeError:  # half of a surrogate pair, from an update nobody should have sent
        text = characters(json.dumps(value, ensure_ascii=False))
    return text.replace("\\u0000", "\\ufffd")  # PostgreSQL refuses it


def _set_up_sqlite(connection: DBAPIConnection, _: object) -> None:
    cursor = connection.cursor()
    for pragma in (
        f"busy_timeout = {BUSY_MS}",
        "journal_mode = WAL",
        "synchronous = FULL",
        "foreign_keys = ON",
        "temp_store = MEMORY",
        "journal_size_limit = 67108864",
        "wal_autocheckpoint = 0",  # see store/checkpointing.py
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _forbid_writing(connection: DBAPIConnection, _: object) -> None:
    cursor = connection.cursor()
    cursor.execute("PRAGMA query_only = ON")
    cursor.close()


def _connect(dialect: Any, _: object, args: Any, options: Any) -> DBAPIConnection:
    """A connection, or the database's own error: SQLAlchemy names as one only what goes wrong once there is a connection.
    That a server is not there is told by the system."""
    try:
        return dialect.connect(*args, **options)  # type: ignore[no-any-return]
    except dialect.loaded_dbapi.Error:
        raise
    except Exception as error:
        raise dialect.loaded_dbapi.OperationalError(str(error) or type(error).__name__, error) from error


def _begin_immediate(connection: Connection) -> None:
    # A deferred transaction that turns into a write fails at once under load, whatever the busy timeout.
    connection.exec_driver_sql("BEGIN IMMEDIATE")


class OneProcess:
    """The right to run a shop: held by one process per database, let go when the process ends however it ends.

    On PostgreSQL it is a session's, and ends with it when the server starts anew or the line breaks. So it is looked after and
    taken again; where another copy was quicker, `on_lost` is told, once, and this one must stop.
    """

    def __init__(self, where: Place, engine: AsyncEngine) -> None:
        self._where = where
        self._engine = engine
        self._file: int | None = None
        self._session: AsyncConnection | None = None
        self._backend = 0
        self._watch: asyncio.Task[None] | None = None

    async def take(self, on_lost: Callable[[str], None] | None = None) -> None:
        """Raise DatabaseInUse when another process has it."""
        if self._where.path is not None:
            self._file = _flock(self._where.path.with_name(self._where.path.name + ".lock"))
            return
        if not await self._take_session():
            raise DatabaseInUse("Another copy already runs on this database. Stop it first, then start again.")
        if on_lost is not None:
            self._watch = asyncio.create_task(self._look_after(on_lost), name="one process")

    async def give_back(self) -> None:
        if self._file is not None:
            os.close(self._file)
            self._file = None
        if self._watch is not None:
            self._watch.cancel()
            await asyncio.gather(self._watch, return_exceptions=True)
        if self._session is not None:
            with suppress(*_GONE):  # with the session the right is gone too
                await self._session.execute(text(f"SELECT pg_advisory_unlock({_ADVISORY_KEY})"))
            await self._let_session_go()

    async def _take_session(self) -> bool:
        """Whether the right was taken, by a session that is kept."""
        session = await self._engine.connect()
        try:
            # Where the line broke the server may hold our own session for alive: it is ended first.
            await session.execute(_END_OUR_OLD, {"key": _ADVISORY_KEY, "backend": self._backend})
            taken = (await session.execute(text(f"SELECT pg_try_advisory_lock({_ADVISORY_KEY})"))).scalar_one()
            backend = (await session.execute(text("SELECT pg_backend_pid()"))).scalar_one()
        except BaseException:
            await session.close()
            raise
        if not taken:
            await session.close()
            return False
        self._session, self._backend = session, backend
        return True

    async def _let_session_go(self) -> None:
        session, self._session = self._session, None
        if session is not None:
            with suppress(*_GONE):
                await session.invalidate()
            with suppress(*_GONE):
                await session.close()

    async def _look_after(self, on_lost: Callable[[str], None]) -> None:
        while True:
            await asyncio.sleep(LOOKED_AFTER)
            try:
                if self._session is not None:
                    await self._session.execute(text("SELECT 1"))
                    continue
                if await self._take_session():
                    _log.warning("the connection that keeps other copies away was lost; a new one does so now")
                    continue
            except _GONE as error:
                _log.warning("the connection that keeps other copies away is lost: %s", error)
                await self._let_session_go()
                continue
            return on_lost("Another copy has begun to run on this database while the connection to it was lost.")


def _flock(path: Path) -> int:
    import fcntl

    file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        holder = os.read(file, 20).decode(errors="replace").strip()
        os.close(file)
        by = f" (process {holder})" if holder else ""
        raise DatabaseInUse(
            f"Another copy already runs on {path.with_suffix('').name}{by}. Stop it first, then start again."
        ) from None
    os.ftruncate(file, 0)
    os.write(file, str(os.getpid()).encode())
    return file
