"""The inbox: received is kept, known is dropped, and each lane keeps its order."""

import asyncio
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import pytest

from store import DatabaseUnavailable, Store
from store.buyers import Buyer
from store.errors import NothingTouched
from store.grouping import Group
from store.inbox import Arrival, Fate, SetAside


def update(id: int, ident: str = "message:7:1", lane: str = "1::7") -> Arrival:
    return Arrival(bot_id=1, update_id=id, ident=ident, raw='{"x":"嗯"}', lane=lane, kind="message")


async def test_a_batch_is_kept_in_its_order(store: Store, now: datetime) -> None:
    """What comes out of a lane is what went in, first come first, with our own ascending numbers."""
    kept = await store.inbox.receive([update(3, "a"), update(1, "b"), update(2, "c")], now)
    assert [one.update_id for one in kept] == [3, 1, 2]
    assert await store.inbox.of_lane("1::7") == kept
    assert await store.inbox.get(kept[0].seq) == kept[0]


async def test_known_updates_are_dropped(store: Store, now: datetime) -> None:
    """The same update in a later batch, or twice in one, is kept once; a batch of known ones brings nothing."""
    first = await store.inbox.receive([update(1), update(2), update(1)], now)
    assert [one.update_id for one in first] == [1, 2]
    assert [one.update_id for one in await store.inbox.receive([update(2), update(3)], now)] == [3]
    assert await store.inbox.receive([update(1), update(2)], now) == []
    assert len(await store.inbox.new()) == 3


async def test_a_reused_number_with_another_message_is_new(store: Store, now: datetime) -> None:
    """Telegram's numbers start over after a quiet week."""
    await store.inbox.receive([update(1, "message:7:1")], now)
    assert len(await store.inbox.receive([update(1, "message:7:2")], now)) == 1


async def test_an_update_done_before_is_not_new_again(store: Store, now: datetime) -> None:
    """A webhook's retry after the answer changes nothing."""
    [one] = await store.inbox.receive([update(1)], now)
    await store.write([store.inbox.done(one.seq)])
    assert await store.inbox.receive([update(1)], now) == []
    assert await store.inbox.lanes() == {}


async def test_lanes_are_found_after_a_restart(store: Store, now: datetime) -> None:
    """Every lane with something new, and where it begins."""
    kept = await store.inbox.receive([update(1, lane="a"), update(2, lane="b"), update(3, lane="a")], now)
    await store.write([store.inbox.done(kept[0].seq), store.inbox.done(kept[1].seq)])
    assert await store.inbox.lanes() == {"a": kept[2].seq}


async def test_failing_rows_are_counted_then_dead_then_tried_again(store: Store, now: datetime) -> None:
    """A row fails, waits, dies with its reason, and comes back only on a person's word."""
    [one] = await store.inbox.receive([update(1)], now)
    later = now + timedelta(seconds=2)
    await store.write([store.inbox.failed(one.seq, "boom", later)])
    [failed] = await store.inbox.of_lane("1::7")
    assert (failed.attempts, failed.not_before, failed.error) == (1, later, "boom")
    await store.write([store.inbox.dead_now(one.seq, "boom thrice")])
    assert await store.inbox.of_lane("1::7") == []
    assert [row.error for row in await store.inbox.dead()] == ["boom thrice"]
    assert await store.inbox.counts() == {Fate.DEAD: 1}
    assert await store.inbox.set_aside() == SetAside(1, one.seq, 0)
    assert [row.seq for row in await store.inbox.oldest_dead(9, restored=False)] == [one.seq]
    assert await store.inbox.oldest_dead(9, restored=True) == []
    await store.write([store.inbox.again(one.seq)])
    assert await store.inbox.oldest_new() == now
    assert await store.inbox.set_aside() == SetAside(0, 0, 0)


async def test_row_48_what_is_done_with_a_dead_row_is_done_once(store: Store, now: datetime) -> None:
    """Two people tap: whoever comes second changes nothing, and hears of it."""
    [one] = await store.inbox.receive([update(1)], now)
    await store.write([store.inbox.dead_now(one.seq, "boom")])
    await store.write([store.inbox.again(one.seq), store.inbox.done(one.seq)])
    for write in (store.inbox.again(one.seq), store.inbox.let_be(one.seq)):
        with pytest.raises(NothingTouched):
            await store.write([write])
    assert await store.inbox.counts() == {Fate.DONE: 1}
    await store.write([store.inbox.not_let_be(one.seq)])
    assert await store.inbox.counts() == {Fate.DEAD: 1}
    await store.write([store.inbox.let_be(one.seq)])
    assert await store.inbox.counts() == {Fate.DONE: 1}


async def test_a_batch_that_cannot_be_kept_is_said_so(store: Store, now: datetime) -> None:
    """Nothing of it is kept, so Telegram can be asked again."""

    async def full(name: str) -> None:
        if name == "db:commit":
            raise DatabaseUnavailable("The disk is full.")

    store.faults.hook = full
    with pytest.raises(DatabaseUnavailable):
        await store.inbox.receive([update(1), update(2)], now)
    store.faults.hook = None
    assert len(await store.inbox.receive([update(1), update(2)], now)) == 2


async def test_row_01_what_is_kept_though_its_commit_was_reported_lost_is_handed_over(
    store: Store, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The line breaks behind the commit, which several units share: tried again one by one, the rows are there already."""
    commit, lost = store.writer._way.commit, ["once"]

    async def breaks(groups: Sequence[Group]) -> list[Any]:
        returned = await commit(groups)
        if lost and len(groups) > 1:
            lost.pop()
            raise OSError("the connection is gone")
        return returned

    monkeypatch.setattr(store.writer._way, "commit", breaks)
    other = asyncio.create_task(store.write([store.buyers.seen(Buyer(7))]))
    kept = await store.inbox.receive([update(1), update(2)], now)
    await other
    assert not lost
    assert [one.update_id for one in kept] == [1, 2]
    assert await store.inbox.of_lane("1::7") == kept
    assert await store.inbox.receive([update(1), update(2)], now) == []


async def test_old_raw_updates_are_forgotten_but_not_waiting_ones(store: Store, now: datetime) -> None:
    """Pruning takes what was dealt with; what was set aside waits for a person."""
    old = await store.inbox.receive([update(1), update(2), update(3), update(4)], now - timedelta(days=40))
    await store.write(
        [store.inbox.done(old[0].seq), store.inbox.dead_now(old[2].seq, "broken"), store.inbox.done(old[3].seq)]
    )
    await store.write([store.inbox.prune(now - timedelta(days=30))])
    assert [one.seq for one in await store.inbox.new()] == [old[1].seq]
    assert await store.inbox.counts() == {Fate.NEW: 1, Fate.DEAD: 1}
