"""Connections: how a DATABASE_URL becomes a writing engine with one connection and a reading engine with a few."""

import json
import socket
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import orjson
from sqlalchemy import event, make_url
from sqlalchemy.engine import URL, Connection
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import AsyncAdaptedQueuePool

from store.errors import StoreError
from store.reading import READERS
from store.tables import characters

APPLICATION_ID = 0x5A474B31
"""Written into every SQLite file of ours ("ZGK1")."""

BUSY_MS = 10_000
"""Milliseconds that a writer waits for somebody else who writes."""
REACH = 5
"""Seconds within which a PostgreSQL server is reached at all."""
QUIET, BETWEEN, MOST = 10, 5, 4
"""A line to a server on which nothing was heard for QUIET seconds is tried every BETWEEN of them; MOST tries without an answer
are its end. Left to the system that takes a quarter of an hour where packets are swallowed, two hours while nothing is said."""
SWALLOWED_MS = (QUIET + BETWEEN * MOST) * 1000
"""Milliseconds after which what was sent and never acknowledged is the line's end."""
SERVERS_SIDE = (
    f"SELECT set_config('lock_timeout', '{BUSY_MS}', false), set_config('tcp_keepalives_idle', '{QUIET}', false), "
    f"set_config('tcp_keepalives_interval', '{BETWEEN}', false), set_config('tcp_keepalives_count', '{MOST}', false), "
    f"set_config('tcp_user_timeout', '{SWALLOWED_MS}', false)"
)
"""The server gives up a line, too: else it keeps the locks of a machine that is gone, and the right to run alone among them, and
the shop cannot be run on another. Settings of a connection would be refused by a pooler between."""


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
        # A server that only follows another is none to be spoken to: what was just written is not in its answers yet.
        wanted = {"timeout": REACH, "target_session_attrs": "read-write"}
        options["connect_args"] = {name: value for name, value in wanted.items() if name not in where.url.query}
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
        connection: DBAPIConnection = dialect.connect(*args, **options)
        _set_up_postgres(connection)
        return connection
    except dialect.loaded_dbapi.Error:
        raise
    except Exception as error:
        raise dialect.loaded_dbapi.OperationalError(str(error) or type(error).__name__, error) from error


def _set_up_postgres(connection: Any) -> None:
    """Whoever swallows packets, or is gone without a word, is noticed within half a minute, by us and by the server."""
    line: socket.socket | None = connection.driver_connection._transport.get_extra_info("socket")
    if line is not None and line.family != socket.AF_UNIX:
        line.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
        limits = {
            "TCP_KEEPIDLE": QUIET,
            "TCP_KEEPINTVL": BETWEEN,
            "TCP_KEEPCNT": MOST,
            "TCP_USER_TIMEOUT": SWALLOWED_MS,
        }
        for name, limit in limits.items():
            if (number := getattr(socket, name, None)) is not None:  # not every system has each of them
                line.setsockopt(socket.IPPROTO_TCP, number, limit)
    try:
        connection.run_async(lambda driver: driver.execute(SERVERS_SIDE))
    except BaseException:
        connection.terminate()
        raise


def _begin_immediate(connection: Connection) -> None:
    # A deferred transaction that turns into a write fails at once under load, whatever the busy timeout.
    connection.exec_driver_sql("BEGIN IMMEDIATE")
