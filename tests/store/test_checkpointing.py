"""Checkpoints: beside the writer, often enough that the log stays short, and never in the way."""

import asyncio
import shutil
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path

import pytest

from store import Store, Write, checkpointing, open_store
from store.buyers import Buyer, Buyers


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "shop.db"


@pytest.fixture
async def opened(file: Path) -> AsyncIterator[Store]:
    store = await open_store(f"sqlite:///{file}")
    yield store
    await store.close()


def rows(first: int, count: int) -> list[Write]:
    """Buyers whose names fill nearly a page each."""
    return [Buyers.seen(Buyer(id, telegram_name="n" * 3000)) for id in range(first, first + count)]


def carried_over(file: Path) -> int:
    """How many buyers the database itself holds, without its log."""
    alone = file.with_name("alone.db")
    shutil.copyfile(file, alone)
    with closing(sqlite3.connect(alone)) as connection:
        try:
            return int(connection.execute("SELECT count(*) FROM buyers").fetchone()[0])
        except sqlite3.DatabaseError:  # nothing at all has been carried over, or half of it at this moment
            return 0


async def idle(store: Store) -> None:
    assert store.checkpoints is not None
    await store.checkpoints.idle()


def begun_anew(file: Path) -> int:
    """How often the log has begun anew, as its header says."""
    return int.from_bytes(file.with_name(f"{file.name}-wal").read_bytes()[12:16], "big")


async def test_the_log_is_carried_over_while_the_shop_is_open(opened: Store, file: Path) -> None:
    """Enough rows, and they reach the database without anybody closing it; fewer stay in the log, safe as they are."""
    await opened.write(rows(1, checkpointing.EVERY - 1))
    await idle(opened)
    assert carried_over(file) == 0
    await opened.write(rows(checkpointing.EVERY, 1))
    await idle(opened)
    assert carried_over(file) == checkpointing.EVERY == len(await opened.buyers.all())


async def test_the_log_begins_anew_under_writing_without_a_pause(
    opened: Store, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody always writes: the log does not grow for ever."""
    monkeypatch.setattr(checkpointing, "EVERY", 20)
    monkeypatch.setattr(checkpointing, "MOST_PAGES", 100)
    before = begun_anew(file)

    async def keep_writing(lane: int) -> None:
        for start in range(0, 2000, 10):
            await opened.write(rows(10_000 * lane + start, 10))

    await asyncio.gather(*(keep_writing(lane) for lane in range(4)))
    assert begun_anew(file) > before
    assert len(await opened.buyers.all()) == 8000


async def test_a_checkpoint_that_fails_loses_nothing_and_is_tried_again(
    opened: Store, file: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """A disk in trouble: what is written stays in the log, the failure is in the program's log, the next one succeeds."""
    monkeypatch.setattr(checkpointing, "EVERY", 20)

    def broken(self: checkpointing.Checkpoints) -> None:
        raise sqlite3.OperationalError("disk I/O error")

    with monkeypatch.context() as patched:
        patched.setattr(checkpointing.Checkpoints, "_checkpoint", broken)
        await opened.write(rows(0, 20))
        await idle(opened)
    assert "disk I/O error" in caplog.text
    assert len(await opened.buyers.all()) == 20
    await opened.write(rows(20, 20))
    await idle(opened)
    assert carried_over(file) == 40


async def test_forgetting_and_a_checkpoint_do_not_meet(
    opened: Store, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """SQLite refuses the second of two checkpoints; the bytes of a forgotten buyer go all the same."""
    monkeypatch.setattr(checkpointing, "EVERY", 1)
    for id in range(1000, 1005):
        await opened.write([Buyers.seen(Buyer(id, telegram_name=f"Secret{id}"))])
        await asyncio.gather(*(opened.write(rows(start, 5)) for start in range(0, 200, 5)), opened.forget(id))
        assert f"Secret{id}".encode() not in await asyncio.to_thread(file.read_bytes)
