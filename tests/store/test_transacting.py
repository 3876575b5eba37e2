"""Where a batch is written: by the loop itself while the disk is quick, in the thread where somebody must be waited for."""

import asyncio
import sqlite3
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from store import DatabaseUnavailable, RowRefused, Store, Write, open_store, transacting
from store.buyers import Buyer, Buyers
from store.conversations import Conversation
from store.transacting import FEW, QUICK, InOneCall, Pace


@pytest.fixture
def kind() -> str:
    """Only SQLite is written so."""
    return "sqlite"


def buyer(id: int, name: str = "") -> Write:
    return Buyers.seen(Buyer(id, telegram_name=name))


@pytest.fixture
async def way(store: Store, monkeypatch: pytest.MonkeyPatch) -> InOneCall:
    """The writer's way, connected, on a disk that is found quick."""
    await store.write([buyer(1)])
    way = store.writer._way
    assert isinstance(way, InOneCall)
    way.pace = _Always(True)
    monkeypatch.setattr(transacting, "BREATH", 0.0)
    return way


class _Always(Pace):
    """A disk that is as it is, whatever was measured."""

    def __init__(self, is_quick: bool) -> None:
        super().__init__()
        self._is_quick = is_quick

    @property
    def is_quick(self) -> bool:
        return self._is_quick


@pytest.fixture
def hops(way: InOneCall, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was handed to aiosqlite's thread."""
    seen: list[str] = []
    before = way._driver._execute

    async def execute(call: Any, *args: Any) -> Any:
        seen.append(call.__name__)
        return await before(call, *args)

    monkeypatch.setattr(way._driver, "_execute", execute)
    return seen


async def test_a_small_batch_on_a_quick_disk_is_written_by_the_loop(store: Store, hops: list[str]) -> None:
    await store.write([buyer(2), buyer(3)])
    assert not hops
    assert [one.id for one in await store.buyers.all()] == [1, 2, 3]


async def test_a_large_batch_goes_to_the_thread(store: Store, hops: list[str]) -> None:
    await store.write([buyer(id) for id in range(2, FEW + 3)])
    assert hops == ["_run"]
    assert len(await store.buyers.all()) == FEW + 2


async def test_on_a_slow_disk_the_thread_waits(store: Store, way: InOneCall, hops: list[str]) -> None:
    way.pace = _Always(False)
    await store.write([buyer(2)])
    assert hops == ["_run"]


async def test_in_a_rush_the_loop_goes_on(store: Store, hops: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Of two batches, one right behind the other, the second is the thread's."""
    monkeypatch.setattr(transacting, "BREATH", 3600.0)
    await store.write([buyer(2)])
    assert hops == ["_run"]


async def test_somebody_else_who_writes_is_waited_for_in_the_thread(
    store: Store, hops: list[str], tmp_path: Path
) -> None:
    """The loop goes on meanwhile, and nothing is lost; afterwards it writes itself again."""
    other = sqlite3.connect(tmp_path / "shop.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    writing = asyncio.create_task(store.write([buyer(2)]))
    done, _ = await asyncio.wait((writing,), timeout=0.05)
    assert not done
    other.execute("ROLLBACK")
    other.close()
    await writing
    assert await store.buyers.get(2) is not None
    await store.write([buyer(3)])
    assert hops == ["_run"]


async def test_what_the_loop_could_not_write_leaves_nothing(store: Store, hops: list[str], now: datetime) -> None:
    with pytest.raises(RowRefused):
        await store.write([buyer(9), store.conversations.save(Conversation(buyer_id=404, chat_id=9, since=now))])
    assert await store.buyers.get(9) is None
    await store.write([buyer(10)])
    assert await store.buyers.get(10) is not None
    assert not hops


async def test_a_commit_of_the_loops_that_fails_is_told_and_the_next_is_written(
    store: Store, way: InOneCall, hops: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(connection: sqlite3.Connection, steps: Any) -> list[Any]:
        raise sqlite3.OperationalError("database or disk is full")

    with monkeypatch.context() as patch:
        patch.setattr(transacting, "_run", full)
        with pytest.raises(DatabaseUnavailable, match="full"):
            await store.write([buyer(2)])
    await store.write([buyer(3)])
    assert [one.id for one in await store.buyers.all()] == [1, 3]


async def test_between_the_calls_of_the_loop_somebody_may_stand(store: Store, hops: list[str]) -> None:
    """The seam that faults are put into is the same."""
    called: list[str] = []

    async def note(name: str) -> None:
        called.append(name)
        if name == "db:commit":
            raise DatabaseUnavailable("here")

    store.faults.hook = note
    with pytest.raises(DatabaseUnavailable):
        await store.write([buyer(2)])
    store.faults.hook = None
    assert called == ["db:begin", "db:execute", "db:commit"]
    assert not [one for one in hops if one == "_run"]
    assert await store.buyers.get(2) is None
    await store.write([buyer(2)])
    assert await store.buyers.get(2) is not None


async def test_the_disk_is_measured_by_what_was_written(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever this disk is like, its pace is what its small batches took."""
    store = await open_store(url)
    seen: list[float] = []
    way = store.writer._way
    assert isinstance(way, InOneCall)
    before = way.pace.took

    def took(seconds: float) -> None:
        seen.append(seconds)
        before(seconds)

    monkeypatch.setattr(way.pace, "took", took)
    await store.write([buyer(1)])
    await store.write([buyer(id) for id in range(2, FEW + 3)])
    await store.close()
    assert len(seen) == 1
    assert seen[0] > 0


def test_pace_begins_doubtful_and_is_quick_after_quick_ones() -> None:
    pace = Pace()
    assert not pace.is_quick
    for _ in range(5):
        pace.took(QUICK / 4)
    assert pace.is_quick


def test_one_hiccup_is_enough_and_is_soon_forgiven() -> None:
    """A minute's stall counts no more than a short one: ten quick batches later it is forgotten."""
    for stall in (QUICK * 20, 60.0):
        pace = Pace()
        for _ in range(20):
            pace.took(QUICK / 4)
        pace.took(stall)
        assert not pace.is_quick
        needed = 0
        while not pace.is_quick:
            pace.took(QUICK / 4)
            needed += 1
        assert 3 <= needed <= 10


def test_a_slow_disk_stays_in_the_thread() -> None:
    pace = Pace()
    for _ in range(100):
        pace.took(QUICK * 2)
    assert not pace.is_quick
