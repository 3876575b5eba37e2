"""A reply that may go at once is put as `sending` in the very commit that says it. What that must not change is tried here."""

import asyncio
import itertools
from datetime import timedelta

import pytest
from sqlalchemy.exc import OperationalError

from delivery.limits import TELEGRAM
from delivery.verdicts import Verdict, later, skip
from sandbox import Fault
from store import DatabaseUnavailable, new_id
from store.outbox import Outbox, Outgoing, Status
from store.writing import Unit
from tests.delivery.conftest import Shop, outgoing
from tests.delivery.running import runs, until
from tests.delivery.watching import customer, settles, status_of, texts


def fresh() -> str:
    """A key as a turn that was opened just now gives it."""
    return f"reply:{new_id()}:0"


def marked(shop: Shop) -> list[str]:
    """The ids of rows marked as being sent by a commit of their own, from now on."""
    found: list[str] = []

    def note(unit: Unit) -> None:
        mark = Outbox.sending(0, shop.clock.now()).statement
        found.extend(str(one.params["id_"]) for one in unit if one.statement is mark)

    shop.store.writer.listeners.append(note)
    return found


async def test_a_reply_that_may_go_is_marked_by_the_commit_that_says_it(shop: Shop) -> None:
    """One commit before the call instead of two; a push, which may wait, still has its own."""
    async with runs(shop, polls=False):
        buyer, key = customer(shop), fresh()
        apart = marked(shop)
        await shop.put(outgoing(key, buyer.id, "hello"))
        assert await status_of(shop, key) in (Status.SENDING, Status.SENT)
        row = await settles(shop, key, Status.SENT)
        assert (apart, texts(shop, buyer.id), row.attempts) == ([], ["hello"], 1)
        await shop.put(outgoing("push:1", buyer.id, "news"))
        await settles(shop, "push:1", Status.SENT)
        assert len(apart) == 1


async def test_the_parts_of_a_reply_keep_their_order(shop: Shop) -> None:
    """Only the first part is marked at once; what one chat's second allows is kept as ever."""
    shop.rates = TELEGRAM
    async with runs(shop, polls=False):
        buyer, turn = customer(shop), new_id()
        apart = marked(shop)
        parts = [outgoing(f"reply:{turn}:{number}", buyer.id, f"part {number}") for number in range(3)]
        await shop.store.write([shop.store.outbox.put(one) for one in parts])
        await settles(shop, f"reply:{turn}:2", Status.SENT)
        assert texts(shop, buyer.id) == ["part 0", "part 1", "part 2"]
        assert len(apart) == 2
        starts = [call.started for call in shop.sandbox.calls.sent(buyer.id)]
        assert all(second - first >= 1 for first, second in itertools.pairwise(starts))


async def test_a_unit_that_is_refused_sends_nothing_and_holds_no_slot(shop: Shop) -> None:
    """The disk is full when the reply is put: nobody hears it, and once there is room it goes once."""
    async with runs(shop, polls=False):
        buyer, key = customer(shop), fresh()

        async def full(name: str) -> None:
            if name == "db:commit":
                raise OperationalError("COMMIT", {}, Exception("database or disk is full"))

        shop.store.faults.hook = full
        with pytest.raises(DatabaseUnavailable):
            await shop.put(outgoing(key, buyer.id, "hello"))
        shop.store.faults.hook = None
        await until(lambda: len(shop.sender) == 0)
        assert texts(shop, buyer.id) == []
        await shop.put(outgoing(key, buyer.id, "hello"))
        await settles(shop, key, Status.SENT)
        await shop.put(outgoing(other := fresh(), buyer.id, "and more"))
        await settles(shop, other, Status.SENT)
        assert texts(shop, buyer.id) == ["hello", "and more"]


@pytest.mark.parametrize(("word", "status"), [("skip", Status.SKIPPED), ("later", Status.PENDING)])
async def test_the_last_look_comes_after_the_commit(shop: Shop, word: str, status: Status) -> None:
    """Between the commit and the call the seller may have taken over: then nothing is called."""
    seen: list[Status] = []

    async def check(row: Outgoing) -> Verdict:
        known = await shop.store.outbox.get(row.id)
        seen.append(known.status if known else Status.FAILED)
        return skip("taken over") if word == "skip" else later(shop.clock.now() + timedelta(hours=1), "taken over")

    shop.check = check
    async with runs(shop, polls=False):
        buyer, key = customer(shop), fresh()
        await shop.put(outgoing(key, buyer.id, "too late"))
        row = await settles(shop, key, status)
        assert (seen, texts(shop, buyer.id)) == ([Status.SENDING], [])
        assert row.attempts == (1 if word == "skip" else 0)


def holds_the_commit(shop: Shop) -> tuple[asyncio.Event, asyncio.Event]:
    """The next commit waits: the first event tells that it does, the second one lets it go on."""
    held, go = asyncio.Event(), asyncio.Event()

    async def slow(name: str) -> None:
        if name == "db:commit" and not held.is_set():
            held.set()
            await go.wait()

    shop.store.faults.hook = slow
    return held, go


async def test_trouble_that_began_meanwhile_holds_it_back(shop: Shop) -> None:
    """Sending has paused while the unit was being committed: the reply waits in the table and goes when it is over."""
    async with runs(shop, polls=False):
        buyer, key = customer(shop), fresh()
        held, go = holds_the_commit(shop)
        putting = asyncio.create_task(shop.put(outgoing(key, buyer.id, "hello")))
        await held.wait()
        shop.sandbox.breaks("getMe", Fault.BAD_GATEWAY, times=None)
        shop.sender._shut("a trouble", probe=True)
        go.set()
        await putting
        await settles(shop, key, Status.PENDING)
        assert texts(shop, buyer.id) == []
        shop.sandbox.mend()
        for _ in range(200):
            shop.clock.move(timedelta(seconds=5))
            await asyncio.sleep(0.01)
            if await status_of(shop, key) is Status.SENT:
                break
        assert texts(shop, buyer.id) == ["hello"]


async def test_a_stop_during_the_commit_leaves_it_pending(shop: Shop) -> None:
    """Nothing is called after the stop, and the next start sends it once."""
    async with runs(shop, polls=False):
        buyer, key = customer(shop), fresh()
        held, go = holds_the_commit(shop)
        putting = asyncio.create_task(shop.put(outgoing(key, buyer.id, "hello")))
        await held.wait()
        stopping = asyncio.create_task(shop.sender.stop(2.0))
        await asyncio.sleep(0.01)
        go.set()
        await asyncio.gather(putting, stopping)
    assert (await status_of(shop, key), texts(shop, buyer.id)) == (Status.PENDING, [])
    again = Shop(shop.sandbox, shop.store, shop.clock, shop.request).build()
    async with runs(again, polls=False):
        await settles(again, key, Status.SENT)
    assert texts(shop, buyer.id) == ["hello"]


async def test_nobody_is_overtaken(shop: Shop) -> None:
    """What already waits for a chat goes before a reply that could go at once."""
    async with runs(shop, polls=False):
        buyer, turn, keys = customer(shop), new_id(), [fresh(), fresh()]
        parts = [outgoing(f"reply:{turn}:{number}", buyer.id, f"old {number}") for number in range(2)]
        await shop.store.write([shop.store.outbox.put(one) for one in parts])
        await asyncio.gather(*(shop.put(outgoing(key, buyer.id, f"new {at}")) for at, key in enumerate(keys)))
        await settles(shop, keys[1], Status.SENT)
        assert texts(shop, buyer.id) == ["old 0", "old 1", "new 0", "new 1"]
