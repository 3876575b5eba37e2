"""Lanes that begin with a line while it is being kept: one commit for the line and its answer, and nothing twice or lost."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from delivery import receiving
from delivery.job import Job
from store import DatabaseUnavailable
from store.buyers import Buyer
from store.inbox import Fate, Received
from tests.delivery.conftest import Shop, text_of
from tests.delivery.running import runs, until
from tests.delivery.test_lanes import line


async def begun(shop: Shop) -> None:
    """From the second batch on lanes may begin early."""
    await shop.receiver.receive([line(1, 1, "first")])
    await shop.lanes.idle()


def answers(shop: Shop) -> list[str]:
    """What the buyers saw, of the people 1 to 3."""
    return sorted(str(call.params["text"]) for call in shop.sandbox.calls.sent())


def meet(shop: Shop) -> None:
    """They have pressed START some time ago."""
    for number in (1, 2, 3):
        shop.sandbox.person(id=number).chat.opened = True


async def commits(shop: Shop) -> list[str]:
    """Names of the calls of the database from now on."""
    called: list[str] = []

    async def note(name: str) -> None:
        called.append(name)

    shop.store.faults.hook = note
    return called


def fill_disk(shop: Shop, *commits: str) -> list[str]:
    """The next commits find no room, one for each name; those that did are gone from the list."""
    left = list(commits)

    async def full(name: str) -> None:
        if name == "db:commit" and left:
            raise DatabaseUnavailable(f"no room for {left.pop(0)}")

    shop.store.faults.hook = full
    return left


async def comes_again(shop: Shop, update: dict[str, Any]) -> None:
    """There is room again, and what was never confirmed to Telegram is handed out once more."""
    shop.store.faults.hook = None
    assert await shop.receiver.receive([update]) == 1
    await shop.lanes.idle()
    await shop.sender.idle()


async def test_a_line_and_its_answer_are_one_commit(shop: Shop) -> None:
    shop.build()
    await begun(shop)
    called = await commits(shop)
    assert await shop.receiver.receive([line(2, 2, "a")]) == 1
    await shop.lanes.idle()
    assert called.count("db:commit") == 1
    assert shop.handled == ["first", "a"]
    assert await shop.store.inbox.counts() == {Fate.DONE: 2}
    await shop.lanes.stop()


@pytest.mark.parametrize("batch", ["first", "large"])
async def test_what_may_be_known_and_what_is_much_is_kept_first(shop: Shop, batch: str) -> None:
    """The first batch after a start, and more than a few at once."""
    shop.build()
    if batch == "large":
        await begun(shop)
    called = await commits(shop)
    much = receiving.FEW + 1 if batch == "large" else 1
    await shop.receiver.receive([line(number, number, "a") for number in range(10, 10 + much)])
    assert called == ["db:begin", "db:execute", "db:commit"]
    await shop.lanes.idle()
    assert len(shop.handled) == much + (batch == "large")
    await shop.lanes.stop()


async def test_what_answers_a_message_is_kept_first(shop: Shop) -> None:
    """It may come before it is written down that the message was sent."""
    shop.build()
    await begun(shop)
    called = await commits(shop)
    update: dict[str, Any] = line(2, 2, "a")
    update["message"]["reply_to_message"] = {"message_id": 1, "date": 1, "chat": update["message"]["chat"]}
    await shop.receiver.receive([update])
    assert called.count("db:commit") == 1
    assert shop.handled == ["first"]
    await shop.lanes.idle()
    assert shop.handled == ["first", "a"]
    await shop.lanes.stop()


async def test_what_comes_while_something_is_written_is_kept_behind_it(shop: Shop) -> None:
    """Its lane sees what happened before it."""
    seen: list[object] = []

    async def looks(job: Job) -> None:
        seen.append(await shop.store.buyers.get(9))
        await shop.store.write([job.done_write()])

    shop.handle = looks
    shop.build()
    await begun(shop)
    writing = asyncio.create_task(shop.store.write([shop.store.buyers.seen(Buyer(9))]))
    await asyncio.sleep(0)
    assert not shop.store.inbox.is_settled
    await shop.receiver.receive([line(2, 2, "a")])
    await writing
    await shop.lanes.idle()
    assert seen[0] is None
    assert seen[1] is not None
    assert shop.store.inbox.is_settled
    await shop.lanes.stop()


async def test_row_03_what_is_known_though_its_lane_began_has_no_effect(shop: Shop) -> None:
    """An update from so long ago that only the inbox knows it, among new ones: these are answered, it is not again."""
    meet(shop)
    async with runs(shop, polls=False):
        await begun(shop)
        await shop.receiver.receive([line(2, 2, "old")])
        await shop.lanes.idle()
        shop.receiver._seen.clear()
        assert await shop.receiver.receive([line(2, 2, "old"), line(3, 2, "new"), line(4, 3, "other")]) == 2
        await shop.lanes.idle()
        await shop.sender.idle()
    assert answers(shop) == ["you said first", "you said new", "you said old", "you said other"]
    assert not len(shop.lanes)


async def test_row_43_what_could_not_be_kept_is_not_answered_and_comes_again(shop: Shop) -> None:
    """The disk fills up while a lane works on the line, and has room again for the answer alone."""
    meet(shop)
    async with runs(shop, polls=False):
        await begun(shop)
        await shop.sender.idle()
        left = fill_disk(shop, "both", "the line alone")
        with pytest.raises(DatabaseUnavailable):
            await shop.receiver.receive([line(2, 2, "a")])
        await shop.lanes.idle()
        assert not left
        assert not len(shop.lanes)
        assert await shop.store.inbox.counts() == {Fate.DONE: 1}
        await comes_again(shop, line(2, 2, "a"))
    assert answers(shop) == ["you said a", "you said first"]


async def test_a_handler_that_takes_long_keeps_no_line_from_being_kept(shop: Shop) -> None:
    """The line is confirmed to Telegram as soon as it is kept, whatever its lane does."""
    may_end, begun_with = asyncio.Event(), list[str]()

    async def slow(job: Job) -> None:
        begun_with.append(text_of(job))
        if text_of(job) == "a":
            await may_end.wait()
        await shop.store.write([job.done_write()])

    shop.handle = slow
    shop.build()
    await begun(shop)
    assert await shop.receiver.receive([line(2, 2, "a")]) == 1
    assert [row.update_id for row in await shop.store.inbox.new()] == [2]
    may_end.set()
    await shop.lanes.idle()
    assert begun_with == ["first", "a"]
    assert await shop.store.inbox.counts() == {Fate.DONE: 2}
    await shop.lanes.stop()


async def test_a_handler_that_fails_at_once_is_tried_again(shop: Shop) -> None:
    """Its try is counted on the row, which is kept by then."""
    tries: list[str] = []

    async def fails(job: Job) -> None:
        tries.append(text_of(job))
        if tries.count("a") == 1 and text_of(job) == "a":
            raise ValueError("once")
        await shop.store.write([job.done_write()])

    shop.handle = fails
    shop.build()
    await begun(shop)
    await shop.receiver.receive([line(2, 2, "a")])
    await until(lambda: bool(shop.lanes._waits))
    assert [row.attempts for row in await shop.store.inbox.new()] == [1]
    shop.clock.move(timedelta(seconds=3))
    await until(lambda: not len(shop.lanes))
    assert tries == ["first", "a", "a"]
    await shop.lanes.stop()


async def test_a_line_that_nothing_comes_of_is_done_with(shop: Shop) -> None:
    """A handler that writes nothing ends its row all the same, and drops one that is known."""

    async def silent(job: Job) -> None:
        shop.handled.append(text_of(job))

    shop.handle = silent
    shop.build()
    await begun(shop)
    await shop.receiver.receive([line(2, 2, "a")])
    shop.receiver._seen.clear()
    await shop.receiver.receive([line(2, 2, "a")])
    await shop.lanes.idle()
    assert await shop.store.inbox.counts() == {Fate.DONE: 2}
    assert not len(shop.lanes)
    await shop.lanes.stop()


async def test_more_than_there_is_room_for_is_fetched_in_order(shop: Shop) -> None:
    """A lane that already leaves lines in the inbox begins with none of them early."""
    shop.keep = 1
    shop.build()
    await begun(shop)
    for number in range(2, 32, 3):
        await shop.receiver.receive([line(number + more, 1 + more % 2, str(number + more)) for more in range(3)])
    await until(lambda: not shop.lanes.active)
    ones = [int(text) for text in shop.handled[1:]]
    assert sorted(ones) == list(range(2, 32))
    for chat in (0, 1):
        mine = [one for one in ones if ((one - 2) % 3) % 2 == chat]
        assert mine == sorted(mine)
    await shop.lanes.stop()


async def test_row_43_a_lane_that_is_read_in_meanwhile_insists_all_the_same(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A lane reads what the inbox has for it while a line comes that cannot be kept: no answer of it is, and it comes again."""
    meet(shop)
    reading, may_read = asyncio.Event(), asyncio.Event()
    of_lane = shop.store.inbox.of_lane

    async def slowly(lane: str, most: int = 50) -> list[Received]:
        found = await of_lane(lane, most)
        reading.set()
        await may_read.wait()
        return found

    async with runs(shop, polls=False):
        await begun(shop)
        await shop.sender.idle()
        monkeypatch.setattr(shop.store.inbox, "of_lane", slowly)
        shop.lanes.take([replace(await one_of(shop), seq=1)], fetch=True)
        await reading.wait()
        fill_disk(shop, "the line")
        with pytest.raises(DatabaseUnavailable):
            await shop.receiver.receive([line(2, 1, "a")])
        may_read.set()
        await shop.lanes.idle()
        assert shop.handled == ["first", "a"]
        await comes_again(shop, line(2, 1, "a"))
    assert answers(shop) == ["you said a", "you said first"]


async def one_of(shop: Shop) -> Received:
    """A row of the lane that the first line went to."""
    return (await shop.store.inbox.latest(timedelta(days=1)))[0]


async def test_row_23_what_is_kept_but_not_yet_in_its_lane_is_not_overtaken(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two posts at once: the first is committed, and before it is in its lane the second one comes."""
    shop.build()
    await begun(shop)
    receive, second = shop.store.inbox.receive, list[asyncio.Task[int]]()

    async def late(*given: Any) -> list[Received]:
        rows = await receive(*given)
        if not second:
            assert shop.store.inbox.is_settled
            second.append(asyncio.create_task(shop.receiver.receive([line(90, 2, "behind it")])))
            await asyncio.sleep(0)  # it had been waiting for its turn before this one was woken
        return rows

    monkeypatch.setattr(shop.store.inbox, "receive", late)
    much = [line(number, number, str(number)) for number in range(2, 3 + receiving.FEW)]
    assert await shop.receiver.receive(much) == len(much)
    assert await second[0] == 1
    await shop.lanes.idle()
    assert shop.handled.index("2") < shop.handled.index("behind it")
    await shop.lanes.stop()
