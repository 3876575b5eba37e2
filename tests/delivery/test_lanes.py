"""Lanes: nobody delays anybody else, a flood is one thing, memory is bounded."""

import asyncio
import json
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy.exc import OperationalError

from delivery import lanes
from delivery.flooding import Flood
from delivery.job import Job
from delivery.lanes import Lanes
from delivery.receiving import Receiver
from store import DatabaseUnavailable
from store.grouping import Group
from store.inbox import Arrival, Inbox
from store.marks import Marks
from tests.delivery.conftest import Shop, text_of
from tests.delivery.running import passing, runs, until


def line(number: int, chat_id: int, text: str, date: int = 1) -> dict[str, object]:
    message = {"message_id": number, "date": date, "chat": {"id": chat_id, "type": "private"}, "text": text}
    return {"update_id": number, "message": message}


async def test_row_16_a_flooding_buyer_delays_nobody(shop: Shop) -> None:
    """400 lines of one buyer, each slow to handle: 20 others are served meanwhile."""
    order: list[int] = []

    async def slow(job: Job) -> None:
        await asyncio.sleep(0.005)
        order.append(job.update["message"]["chat"]["id"])

    shop.handle = slow
    async with runs(shop, polls=False):
        await shop.receiver.receive([line(number, 1, "flood") for number in range(400)])
        await shop.receiver.receive([line(1000 + chat, chat, "hello") for chat in range(2, 22)])
        await until(lambda: len(set(order)) == 21)
        assert order.count(1) < 40
        await shop.lanes.idle()
    assert order.count(1) == 400


async def test_row_16_a_flood_is_handed_over_as_one(shop: Shop) -> None:
    """More than 20 lines in 10 seconds: what has not been handled yet is one batch, once the buyer pauses."""
    batches: list[list[str]] = []

    async def on_flood(jobs: Sequence[Job]) -> None:
        batches.append([text_of(job) for job in jobs])
        await shop.store.write([job.done_write() for job in jobs])

    shop.flood, shop.on_flood = Flood(20, 10.0), on_flood
    async with runs(shop, polls=False):
        for start in range(0, 300, 30):
            await shop.receiver.receive([line(n, 1, str(n), date=1000 + n // 40) for n in range(start, start + 30)])
        await shop.receiver.receive([line(999, 2, "hello")])
        await until(lambda: "hello" in shop.handled)
        assert batches == []
        await shop.lanes.idle()
        shop.clock.move(timedelta(seconds=3))
        await until(lambda: batches)
        await shop.lanes.idle()
        assert len(batches) == 1
        assert len(shop.handled) - 1 + len(batches[0]) == 300
        assert shop.handled[:-1] + batches[0] == [str(n) for n in range(300)] or len(shop.handled) <= 1
        assert await shop.store.inbox.new() == []
        assert shop.lanes.active == 0


async def test_row_32_a_clock_set_back_by_hours_holds_up_no_flood_and_no_retry(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A flood that rests, and a row that was to be tried again by the clock as it was then: both go on."""
    batches: list[list[str]] = []

    async def on_flood(jobs: Sequence[Job]) -> None:
        batches.append([text_of(job) for job in jobs])
        await shop.store.write([job.done_write() for job in jobs])

    shop.flood, shop.on_flood = Flood(20, 10.0), on_flood
    [late] = await shop.store.inbox.receive([arrival(line(500, 2, "late"))], shop.clock.now())
    until_then = shop.clock.now() + timedelta(hours=8, seconds=5)
    await shop.store.write([shop.store.inbox.failed(late.seq, "once", until_then)])
    async with runs(shop, polls=False):
        await shop.receiver.receive([line(n, 1, str(n)) for n in range(30)])
        await until(lambda: shop.lanes._waits)
        as_it_was = shop.clock.now
        monkeypatch.setattr(shop.clock, "now", lambda: as_it_was() - timedelta(hours=8))
        shop.clock.move(timedelta(seconds=11))
        await until(lambda: batches and "late" in shop.handled)


def arrival(update: dict[str, object]) -> Arrival:
    return Arrival(1, 500, "a", json.dumps(update), "1::2", "message")


async def test_row_16_a_flood_half_done_is_gone_on_with(shop: Shop) -> None:
    """An error in the middle of a flood's batch: what was done with stays done, the rest is done one by one."""
    seen: list[str] = []

    async def on_flood(jobs: Sequence[Job]) -> None:
        for job in jobs:
            if text_of(job) == "15" and seen.count("15") == 0:
                seen.append("15")
                raise RuntimeError("once")
            seen.append(text_of(job))
            await shop.store.write((job.done_write(),))

    shop.flood, shop.on_flood = Flood(20, 10.0), on_flood
    async with runs(shop, polls=False):
        await shop.receiver.receive([line(n, 1, str(n)) for n in range(30)])
        await passing(shop, 2, lambda: len(seen) + len(shop.handled) == 31)
        await shop.lanes.idle()
        assert await shop.store.inbox.new() == []
    assert seen[-1] == "15"
    assert sorted([*shop.handled, *seen], key=int) == [*map(str, range(16)), *map(str, range(15, 30))]


async def test_row_06_one_bad_line_of_a_flood_takes_no_other_down(shop: Shop) -> None:
    """A flood in which one update cannot be handled: that one is set aside, all the others are done."""

    async def on_flood(jobs: Sequence[Job]) -> None:
        raise TypeError("one of them is odd")

    async def handle(job: Job) -> None:
        if text_of(job) == "15":
            raise TypeError("odd")
        await shop.echo(job)

    shop.flood, shop.on_flood, shop.handle = Flood(20, 10.0), on_flood, handle
    async with runs(shop, polls=False):
        await shop.receiver.receive([line(n, 1, str(n)) for n in range(30)])
        await passing(shop, 30, lambda: len(shop.handled) + len(shop.dead) == 30)
        await shop.lanes.idle()
        assert [text_of(job) for job in shop.dead] == ["15"]
        assert await shop.store.inbox.new() == []
    assert shop.handled == [str(n) for n in range(30) if n != 15]


async def test_row_06_what_is_no_json_does_not_end_its_lane(shop: Shop) -> None:
    """Found by fuzzing: such a row, fetched from the inbox, once ended its lane for good; those behind it were never served."""
    raws = ('{"message": 1e999}', "[", '"x"', json.dumps(line(4, 1, "served")))
    arrivals = [Arrival(1, n, str(n), raw, "1::1", "message") for n, raw in enumerate(raws)]
    await shop.store.inbox.receive(arrivals, shop.clock.now())
    shop.flood, shop.on_flood, shop.merges = Flood(20, 10.0), never, lambda job: "text" in job.update["message"]
    async with runs(shop, polls=False):
        await until(lambda: shop.handled == ["served"])
        await passing(shop, 61, lambda: len(shop.dead) == 3)


async def test_an_error_of_our_own_puts_a_lane_off_and_does_not_end_it(shop: Shop) -> None:
    """Whatever goes wrong where a lane is looked after, the lane is looked after again, and others meanwhile."""
    for chat in (1, 2):
        arrival = Arrival(1, chat, str(chat), json.dumps(line(chat, chat, f"line of {chat}")), f"1::{chat}", "message")
        await shop.store.inbox.receive([arrival], shop.clock.now())
    struck: list[str] = []

    async def seam(name: str) -> None:
        task = asyncio.current_task()
        if task is not None and task.get_name() == "lane worker" and not struck:
            struck.append(name)
            raise ZeroDivisionError

    shop.seam = seam
    async with runs(shop, polls=False):
        await until(lambda: len(shop.handled) == 1)
        assert struck == ["db:read"]
        await shop.lanes.idle()
        shop.clock.move(timedelta(seconds=61))
        await until(lambda: len(shop.handled) == 2)


async def test_row_16_a_backlog_is_no_flood(shop: Shop) -> None:
    """Thirty lines written over a day and delivered at once are thirty lines."""
    shop.flood, shop.on_flood = Flood(20, 10.0), never
    async with runs(shop, polls=False):
        await shop.receiver.receive([line(n, 1, str(n), date=1000 + n * 60) for n in range(30)])
        await until(lambda: len(shop.handled) == 30)


async def never(jobs: Sequence[Job]) -> None:
    raise AssertionError("this is no flood")


async def test_row_16_a_group_is_never_merged(shop: Shop) -> None:
    """Many people talking in one group are no flood."""
    shop.flood, shop.on_flood = Flood(20, 10.0), never
    async with runs(shop, polls=False):
        await shop.receiver.receive([line(n, -100, str(n)) for n in range(50)])
        await until(lambda: len(shop.handled) == 50)


async def test_row_01_more_than_fits_into_memory_is_read_back_in_order(shop: Shop) -> None:
    """With room for 50, 400 lines of 8 chats are all handled once, in order per chat."""
    handled: dict[int, list[str]] = {}

    async def handle(job: Job) -> None:
        handled.setdefault(job.update["message"]["chat"]["id"], []).append(text_of(job))
        await shop.store.write((job.done_write(),))

    shop.handle = handle
    shop.keep = 50
    shop.build()
    async with runs(shop, polls=False):
        for start in range(0, 400, 100):
            await shop.receiver.receive([line(n, n % 8 + 1, str(n)) for n in range(start, start + 100)])
            assert len(shop.lanes) <= 50 + 50 * 8
        await until(lambda: sum(map(len, handled.values())) == 400)
        await shop.lanes.idle()
        assert len(shop.lanes) == 0
        assert shop.lanes.active == 0
    assert handled == {chat + 1: [str(n) for n in range(chat, 400, 8)] for chat in range(8)}


async def test_row_43_the_stores_trouble_is_not_counted_against_an_update(shop: Shop) -> None:
    """However often the database is away, the update is not set aside for it."""
    tried = 0

    async def handle(job: Job) -> None:
        nonlocal tried
        tried += 1
        if tried < 10:
            raise DatabaseUnavailable("the disk is full")
        await shop.echo(job)

    shop.handle = handle
    async with runs(shop):
        buyer = shop.sandbox.person()
        await buyer.start()
        await passing(shop, 3, lambda: tried == 10)
        assert (await buyer.hears()).text == "you said /start"
    assert not shop.dead


async def test_a_hanging_handler_is_given_up_and_tried_again(shop: Shop) -> None:
    """It holds one slot for so long, no longer, and no other chat."""

    async def hangs_once(job: Job) -> None:
        if job.attempts == 0:
            await asyncio.sleep(60)
        await shop.echo(job)

    shop.handle = hangs_once
    shop.build()
    shop.lanes._handling._patience = 0.05
    async with runs(shop, polls=False):
        await shop.receiver.receive([line(1, 5, "a")])
        await shop.lanes.idle()
        shop.lanes._handling._patience = 60.0
        await passing(shop, 3, lambda: shop.handled == ["a"])


async def test_a_dead_update_put_back_by_a_person_is_handled(shop: Shop) -> None:
    """After the cause is mended, `again` and a look at the inbox are all it takes."""
    broken = True

    async def handle(job: Job) -> None:
        if broken:
            raise RuntimeError("no")
        await shop.echo(job)

    shop.handle = handle
    async with runs(shop, polls=False):
        await shop.receiver.receive([line(1, 5, "a")])
        await passing(shop, 61, lambda: shop.dead)
        await shop.lanes.idle()
        broken = False
        await shop.store.write((Inbox.again(shop.dead[0].seq),))
        await shop.lanes.look()
        await until(lambda: shop.handled == ["a"])


async def test_row_02_a_handler_cut_off_by_stopping_leaves_its_row_new(shop: Shop) -> None:
    """What does not end within the grace is cancelled; its row stays new and is handled by the next start."""

    begun = asyncio.Event()

    async def hangs(job: Job) -> None:
        begun.set()
        await asyncio.sleep(600)

    shop.handle = hangs
    async with runs(shop, polls=False, grace=0.1):
        await shop.receiver.receive([line(1, 5, "a")])
        await begun.wait()
    assert [row.attempts for row in await shop.store.inbox.new()] == [0]
    again = Shop(shop.sandbox, shop.store, shop.clock, shop.request).build()
    async with runs(again, polls=False):
        await until(lambda: again.handled == ["a"])


async def test_held_lanes_only_collect(shop: Shop) -> None:
    """Nothing is handled, and no try is counted, before the lanes are told to begin."""
    handled: list[int] = []

    async def handle(job: Job) -> None:
        handled.append(job.seq)

    lanes = Lanes(handle, shop.store.inbox, shop.store.writer, shop.clock, is_held=True)
    update = {
        "update_id": 5,
        "message": {"message_id": 1, "date": 1, "chat": {"id": 7, "type": "private"}, "text": "hi"},
    }
    await Receiver(1, shop.store.inbox, lanes, shop.clock).receive([update])
    await lanes.idle()
    assert handled == []
    lanes.begin()
    await lanes.idle()
    assert len(handled) == 1
    await lanes.stop()


async def test_work_that_can_wait_rests_while_lines_are_handled(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    """And goes on at once where nobody has written for a moment."""
    may_end, rests = asyncio.Event(), list[float]()

    async def slow(job: Job) -> None:
        await may_end.wait()

    async def noted(seconds: float) -> None:
        rests.append(seconds)

    shop.handle = slow
    async with runs(shop, polls=False):
        assert not shop.lanes.is_busy()
        await shop.receiver.receive([line(1, 1, "hello")])
        await until(shop.lanes.is_busy)
        with monkeypatch.context() as patched:
            patched.setattr(asyncio, "sleep", noted)
            await shop.lanes.give_way()
        may_end.set()
        await shop.lanes.idle()
        assert shop.lanes.is_busy(), "it has only just been handled"
        monkeypatch.setattr(lanes, "CALM", 0.0)
        with monkeypatch.context() as patched:
            patched.setattr(asyncio, "sleep", noted)
            await shop.lanes.give_way()
    assert rests == [lanes.REST, 0]


async def test_row_13_what_stands_though_it_was_reported_lost_is_not_done_again(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The line's row says that it was dealt with: it is not handled a second time, and the one behind it is."""
    handled: list[str] = []

    async def handle(job: Job) -> None:
        handled.append(text_of(job))
        await shop.store.write([job.done_write(), Marks.set(text_of(job), "handled", shop.clock.now())])

    shop.handle = handle
    way, lost = shop.store.writer._way, ["once"]
    commit = way.commit

    async def breaks(groups: Sequence[Group]) -> list[Any]:
        returned = await commit(groups)
        if handled and lost:
            lost.pop()
            raise OperationalError("COMMIT", {}, ConnectionError("gone"), connection_invalidated=True)
        return returned

    monkeypatch.setattr(way, "commit", breaks)
    async with runs(shop, polls=False):
        await shop.receiver.receive([line(1, 1, "one"), line(2, 1, "two")])
        await passing(shop, 1.0, lambda: "two" in handled)
        await shop.lanes.idle()
    assert not lost
    assert handled == ["one", "two"]
