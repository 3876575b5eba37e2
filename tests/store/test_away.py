"""A database that is away, and a value that none takes: the one is waited for, the other never taken for that."""

import asyncio
import socket
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import ProgrammingError

from store import DatabaseUnavailable, Store, engine, open_store
from store.buyers import Buyer, Buyers
from store.engine import place, reading_engine, writing_engine
from tests.databases import POSTGRES

on_postgres = pytest.mark.skipif(not POSTGRES, reason="a file is no server")


async def test_row_43_a_server_that_is_not_there_is_waited_for(tmp_path: Path) -> None:
    """No socket answers: that is the database's trouble, and not an error of whoever reads or writes."""
    where = place(f"postgresql://shop@/postgres?host={tmp_path}")
    store = Store(where, writing_engine(where), reading_engine(where))
    with pytest.raises(DatabaseUnavailable, match=r"could not be read: .*No such file"):
        await store.buyers.get(7)
    with pytest.raises(DatabaseUnavailable, match=r"could not write: .*No such file"):
        await store.write([Buyers.seen(Buyer(7))])
    await store.close()


async def test_row_43_what_the_database_will_never_take_is_not_waited_for(store: Store) -> None:
    """A value that no column takes, a statement that means nothing: tried again and again it would hold up its lane for ever."""
    for work in (store.write([Buyers.seen(Buyer(2**63))]), store.buyers.get(2**63)):
        with pytest.raises(Exception, match=r"too large|refused a value|out of int64 range") as told:
            await work
        assert not isinstance(told.value, DatabaseUnavailable)
    if store.place.path is None:  # SQLite names a statement that it does not understand like its own troubles
        with pytest.raises(ProgrammingError):
            await store.reader.rows(text("SELECT nothing"))
    await store.write([Buyers.seen(Buyer(7))])
    assert await store.buyers.get(7) is not None


async def test_row_43_a_connection_that_never_comes_free_is_the_databases_trouble(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A server that hangs keeps all of them: that is not counted against whoever waits for one."""
    monkeypatch.setattr(store._reading.pool, "_timeout", 0.01)
    async with AsyncExitStack() as held:
        for _ in range(store._reading.pool.size()):  # type: ignore[attr-defined]
            await held.enter_async_context(store._reading.connect())
        with pytest.raises(DatabaseUnavailable, match="could not be read"):
            await store.reader.rows(text("SELECT 1"))
    assert await store.reader.value(text("SELECT 1")) == 1


class Driver:
    """What asyncpg would be on this transport."""

    def __init__(self, transport: asyncio.BaseTransport) -> None:
        self._transport = transport
        self.told: list[str] = []

    async def execute(self, statement: str) -> None:
        self.told.append(statement)


class Line:
    """What SQLAlchemy makes of it."""

    def __init__(self, driver: Driver) -> None:
        self.driver_connection = driver

    def run_async(self, work: Callable[[Driver], Coroutine[Any, Any, None]]) -> None:
        with pytest.raises(StopIteration):
            work(self.driver_connection).send(None)


async def test_row_43_a_line_that_swallows_everything_is_given_up() -> None:
    """A server whose machine is gone says nothing more, and neither does the network: the system would wait for a quarter of an
    hour, or for ever where only an answer is waited for. The server is asked to give us up as soon."""

    async def silent(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read()
        writer.close()

    async with await asyncio.start_server(silent, "127.0.0.1", 0) as server:
        _, writer = await asyncio.open_connection(*server.sockets[0].getsockname())
        driver = Driver(writer.transport)
        engine._set_up_postgres(Line(driver))
        line: socket.socket = writer.get_extra_info("socket")
        assert line.getsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE)
        quiet = line.getsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPIDLE)
        between = line.getsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPINTVL)
        assert quiet + between * line.getsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPCNT) == 30
        assert line.getsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT) == 30_000
        assert "tcp_user_timeout" in driver.told[0]
        writer.close()
        await writer.wait_closed()


@asynccontextmanager
async def somebody_else(store: Store) -> AsyncIterator[Any]:
    """A person at the database's own console."""
    async with store._reading.connect() as connection:
        yield connection


@on_postgres
async def test_row_42_a_row_that_somebody_holds_holds_up_nothing_else(
    url: str, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody began to change it and went for lunch. There is one writer: it would wait for them with all that comes in."""
    if kind == "sqlite":
        pytest.skip("SQLite has a busy timeout")
    monkeypatch.setattr(engine, "SERVERS_SIDE", engine.SERVERS_SIDE.replace(str(engine.BUSY_MS), "50"))
    store = await open_store(url)
    await store.write([Buyers.seen(Buyer(7))])
    async with somebody_else(store) as connection:
        await connection.execute(text("BEGIN"))
        await connection.execute(text("UPDATE buyers SET name = 'x' WHERE id = 7"))
        held, free = await asyncio.gather(
            store.write([Buyers.seen(Buyer(7, None, "anew"))]),
            store.write([Buyers.seen(Buyer(8))]),
            return_exceptions=True,
        )
        await connection.execute(text("ROLLBACK"))
    assert isinstance(held, DatabaseUnavailable)
    assert free is None
    await store.write([Buyers.seen(Buyer(7, None, "anew"))])
    await store.close()


@on_postgres
async def test_row_43_a_server_that_only_follows_another_now_is_let_go(url: str, kind: str) -> None:
    """Another one has taken over, and the line to this one stands: nothing would ever be written again."""
    if kind == "sqlite":
        pytest.skip("a file follows nobody")
    store = await open_store(url)
    await store.write([Buyers.seen(Buyer(7))])
    connection = store.writer._way._connection
    assert connection is not None
    await connection.execute(text("SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY"))
    await connection.commit()
    with pytest.raises(DatabaseUnavailable, match="read-only"):
        await store.write([Buyers.seen(Buyer(8))])
    await store.write([Buyers.seen(Buyer(8))])
    assert await store.buyers.get(8) is not None
    await store.close()
