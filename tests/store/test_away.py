"""A database that is away, and a value that none takes: the one is waited for, the other never taken for that."""

from contextlib import AsyncExitStack
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import ProgrammingError

from store import DatabaseUnavailable, Store
from store.buyers import Buyer, Buyers
from store.engine import place, reading_engine, writing_engine


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
