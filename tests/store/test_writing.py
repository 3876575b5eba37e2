"""The writer: units all or nothing, many in one commit, and none hurt by its neighbours."""

import asyncio
from datetime import datetime, timedelta

import pytest

from store import DatabaseUnavailable, RowRefused, Store, Write, open_store, writing
from store.buyers import Buyer, Buyers
from store.conversations import Conversation
from store.grouping import grouped
from store.inbox import Arrival, Fate, Inbox
from store.outbox import Kind, Outbox, Outgoing
from store.told import Told
from store.waiting import Waiting
from store.writing import Unit


def buyer(id: int, name: str = "") -> Write:
    return Buyers.seen(Buyer(id, telegram_name=name))


async def fate(store: Store, unit: Unit) -> str:
    try:
        await store.write(unit)
    except Exception as error:
        return type(error).__name__
    return "written"


async def test_a_unit_is_all_or_nothing(store: Store, now: datetime) -> None:
    """A unit whose second row is refused leaves no trace of its first."""
    orphan = Conversation(buyer_id=404, chat_id=9, since=now)
    with pytest.raises(RowRefused):
        await store.write([buyer(9), store.conversations.save(orphan)])
    assert await store.buyers.get(9) is None


async def test_a_failing_unit_does_not_hurt_its_neighbours(store: Store, now: datetime) -> None:
    """Of twenty units written at once, the one that breaks a rule fails alone."""
    units: list[Unit] = [[buyer(id)] for id in range(1, 21)]
    units[7] = [buyer(8), store.conversations.save(Conversation(buyer_id=404, chat_id=9, since=now))]
    fates = await asyncio.gather(*(fate(store, unit) for unit in units))
    assert fates == ["written"] * 7 + ["RowRefused"] + ["written"] * 12
    assert [one.id for one in await store.buyers.all()] == [id for id in range(1, 21) if id != 8]


async def test_a_unit_that_insists_on_a_row_is_refused_without_it(store: Store, now: datetime) -> None:
    """Nothing of it stands, and its neighbours do."""
    arrival = Arrival(1, 5, "a", "{}", "1::7", "message")
    kept = await store.inbox.receive([arrival], now)
    first, again, other = await asyncio.gather(
        fate(store, [buyer(10), Inbox.done(kept[0].seq, insists=True)]),
        fate(store, [buyer(11), Inbox.done(404)]),
        fate(store, [buyer(12), Inbox.done(405, insists=True)]),
    )
    assert (first, again, other) == ("written", "written", "NothingTouched")
    assert [one.id for one in await store.buyers.all()] == [10, 11]
    assert await store.inbox.counts() == {Fate.DONE: 1}


async def test_units_written_at_once_share_a_commit(store: Store) -> None:
    """Forty units become one transaction with one execution."""
    await store.write([buyer(100)])
    called: list[str] = []

    async def note(name: str) -> None:
        called.append(name)

    store.faults.hook = note
    await asyncio.gather(*(store.write([buyer(id)]) for id in range(40)))
    assert called == ["db:begin", "db:execute", "db:commit"]


@pytest.fixture
def commits(store: Store) -> list[str]:
    """The calls that begin a transaction."""
    called: list[str] = []

    async def note(name: str) -> None:
        if name == "db:begin":
            called.append(name)

    store.faults.hook = note
    return called


async def test_what_may_wait_joins_the_next_commit(
    store: Store, commits: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """However long that takes: one commit for both, in the order in which they were handed over."""
    monkeypatch.setattr(writing, "PATIENCE", 3600.0)
    patient = asyncio.create_task(store.writer.write([buyer(1, "first")], may_wait=True))
    for _ in range(20):
        await asyncio.sleep(0)
    assert not commits
    assert not patient.done()
    assert store.writer.is_idle, "a lane may begin: nothing is missing that it would look at"
    await store.write([buyer(1, "second")])
    assert patient.done()
    assert len(commits) == 1
    found = await store.buyers.get(1)
    assert found is not None
    assert found.telegram_name == "second"


async def test_what_waits_does_not_go_on_its_own_behind_a_commit(
    store: Store, commits: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Handed over while another batch is being written, it waits for the next one too."""
    monkeypatch.setattr(writing, "PATIENCE", 3600.0)
    patient: list[asyncio.Task[object]] = []

    def hand_over(unit: Unit) -> None:
        if not patient:
            patient.append(asyncio.create_task(store.writer.write([buyer(2)], may_wait=True)))

    store.writer.listeners.append(hand_over)
    await store.write([buyer(1)])
    for _ in range(20):
        await asyncio.sleep(0)
    assert patient
    assert not patient[0].done()
    assert len(commits) == 1
    await store.write([buyer(3)])
    assert patient[0].done()
    assert len(commits) == 2


async def test_what_may_wait_is_written_when_nothing_else_is(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writing, "PATIENCE", 0.001)
    await store.writer.write([buyer(1)], may_wait=True)
    await asyncio.gather(*(store.writer.write([buyer(id)], may_wait=True) for id in range(2, 123)))
    assert len(await store.buyers.all()) == 122, "more than one batch takes"


async def test_closing_writes_what_still_waits(store: Store, monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    monkeypatch.setattr(writing, "PATIENCE", 3600.0)
    waiting = asyncio.create_task(store.writer.write([buyer(5)], may_wait=True))
    await asyncio.sleep(0)
    await store.close()
    await waiting
    again = await open_store(url)
    assert await again.buyers.get(5) is not None
    await again.close()


async def test_who_is_cancelled_while_waiting_has_written_nothing(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writing, "PATIENCE", 3600.0)
    waiting = asyncio.create_task(store.writer.write([buyer(5)], may_wait=True))
    await asyncio.sleep(0)
    waiting.cancel()
    await store.write([buyer(6)])
    assert [one.id for one in await store.buyers.all()] == [6]
    assert store.writer.is_idle


async def test_a_unit_is_readable_once_write_returns(store: Store) -> None:
    """Who awaited the write finds it."""
    for id in range(5):
        await store.write([buyer(id)])
        assert await store.buyers.get(id) is not None


async def test_later_units_see_the_earlier_ones_state(store: Store, now: datetime, chat: Conversation) -> None:
    """Opposite changes to one row, written at once, end in the order they were made."""
    out = Outgoing("k", "l", 7, "sendMessage", {}, Kind.REPLY, now)
    await asyncio.gather(
        store.write([Outbox.put(out)]),
        store.write([Outbox.sending(out.id, now)]),
        store.write([Outbox.later(out.id, None, "no network")]),
        store.write([Outbox.sending(out.id, now)]),
        store.write([Outbox.failed(out.id, "gone")]),
        store.write([Buyers.blocked(7, now)]),
        store.write([buyer(7, "新名字")]),
        store.write([Buyers.blocked(7, None)]),
    )
    kept = await store.outbox.get(out.id)
    assert kept is not None
    assert (kept.status, kept.attempts, kept.error) == ("failed", 2, "gone")
    person = await store.buyers.get(7)
    assert person is not None
    assert (person.telegram_name, person.is_blocked) == ("新名字", False)


def names(units: list[Unit]) -> list[tuple[str, int]]:
    return [(group.footprint.writes.name, len(group.params)) for group in grouped(units)]


def test_like_units_are_grouped_by_statement(now: datetime) -> None:
    """Buyer, conversation and facts of three chats: three executions with three rows each."""
    units: list[Unit] = []
    for id in (1, 2, 3):
        state = Conversation(buyer_id=id, chat_id=id, since=now)
        units.append(
            [
                buyer(id),
                Write(_save(state).statement, _save(state).params, state.id),
                *Told.tell(state.id, ["eta"], now),
            ]
        )
    assert names(units) == [("buyers", 3), ("conversations", 3), ("told", 3)]


def test_a_row_is_never_moved_before_what_it_refers_to(now: datetime) -> None:
    """The second fact belongs to a conversation made after the first fact: it stays behind it."""
    first, second = (Conversation(buyer_id=1, chat_id=id, since=now) for id in (1, 2))
    units: list[Unit] = [
        [_save(first), *Told.tell(first.id, ["eta"], now)],
        [*Told.tell(first.id, ["fee"], now)],
        [_save(second), *Told.tell(second.id, ["eta"], now)],
    ]
    # the second conversation may move forward, past facts that only refer to conversations
    assert names(units) == [("conversations", 2), ("told", 3)]
    assert names([units[1], units[2]]) == [("told", 1), ("conversations", 1), ("told", 1)]


def test_a_row_is_never_moved_before_another_change_of_it(now: datetime) -> None:
    """Two statements about one outbox row keep their order; about two rows they need not."""
    one, two = (Outgoing(key, "l", 7, "sendMessage", {}, Kind.REPLY, now) for key in "ab")
    same: list[Unit] = [
        [Outbox.put(one)],
        [Outbox.sending(one.id, now)],
        [Outbox.failed(one.id, "")],
        [Outbox.sending(one.id, now)],
    ]
    apart: list[Unit] = [
        [Outbox.put(one)],
        [Outbox.sending(one.id, now)],
        [Outbox.put(two)],
        [Outbox.sending(two.id, now)],
    ]
    assert names(same) == [("outbox", 1), ("outbox", 1), ("outbox", 1), ("outbox", 1)]
    assert names(apart) == [("outbox", 2), ("outbox", 2)]


async def test_a_failing_commit_fails_its_units_and_nothing_else(store: Store) -> None:
    """A disk that is full for one commit loses that unit only; the next one is written."""

    async def full(name: str) -> None:
        if name == "db:commit":
            raise OSError(28, "No space left on device")

    store.faults.hook = full
    assert await fate(store, [buyer(1)]) == "OSError"
    store.faults.hook = None
    assert await fate(store, [buyer(2)]) == "written"
    assert [one.id for one in await store.buyers.all()] == [2]


@pytest.mark.parametrize("broken", range(1, 13))
async def test_whichever_database_call_fails_what_is_acknowledged_is_there(
    store: Store, now: datetime, broken: int
) -> None:
    """The n-th call fails once: every unit is written whole or told of its failure, never half and never silently lost."""
    await store.write([buyer(99)])
    store.faults.calls = 0

    async def fail_once(name: str) -> None:
        if store.faults.calls == broken:
            raise OSError(5, "Input/output error")

    store.faults.hook = fail_once
    units = [
        [buyer(id), store.conversations.save(Conversation(buyer_id=id, chat_id=id, since=now))] for id in range(1, 4)
    ]
    fates = await asyncio.gather(*(fate(store, unit) for unit in units))
    store.faults.hook = None
    for id, came in enumerate(fates, 1):
        assert (await store.buyers.get(id) is not None) == (came == "written")
        assert (await store.conversations.met(id) is not None) == (came == "written")


async def test_a_caller_cancelled_while_queued_writes_nothing(store: Store) -> None:
    """A unit whose caller was cancelled before its turn is dropped."""
    held = asyncio.Event()

    async def hold(name: str) -> None:
        if name == "db:begin":
            await held.wait()

    await store.write([buyer(0)])
    store.faults.hook = hold
    first = asyncio.create_task(store.write([buyer(1)]))
    await asyncio.sleep(0.01)
    second = asyncio.create_task(store.write([buyer(2)]))
    await asyncio.sleep(0.01)
    second.cancel()
    held.set()
    await first
    with pytest.raises(asyncio.CancelledError):
        await second
    assert [one.id for one in await store.buyers.all()] == [0, 1]


async def test_a_stopped_writer_tells_everybody_and_starts_again(store: Store) -> None:
    """When the writer's task is cancelled its callers hear of it, and the next unit finds a new one."""

    async def stop(name: str) -> None:
        raise asyncio.CancelledError

    await store.write([buyer(0)])
    store.faults.hook = stop
    assert await fate(store, [buyer(1)]) == "DatabaseUnavailable"
    store.faults.hook = None
    assert await fate(store, [buyer(2)]) == "written"
    assert [one.id for one in await store.buyers.all()] == [0, 2]


async def test_closing_writes_what_is_queued(url: str) -> None:
    """Nothing accepted is lost by closing; nothing is accepted afterwards."""
    from store import open_store

    store = await open_store(url)
    writes = [asyncio.create_task(store.write([buyer(id)])) for id in range(5)]
    await asyncio.sleep(0)
    await store.close()
    await asyncio.gather(*writes)
    with pytest.raises(DatabaseUnavailable):
        await store.write([buyer(9)])
    again = await open_store(url)
    assert len(await again.buyers.all()) == 5
    await again.close()


async def test_listeners_hear_of_committed_units_only(store: Store, now: datetime) -> None:
    """A unit is announced once it is committed, and not when it was refused."""
    heard: list[Unit] = []
    store.on_written(heard.append)
    good: Unit = [buyer(1)]
    await store.write(good)
    await fate(store, [store.waiting.add(Waiting(404, "A-1", now))])
    assert heard == [good]


async def test_a_failing_listener_stops_nobody(store: Store) -> None:
    """The write is done all the same, and so is the next."""

    def fail(unit: Unit) -> None:
        raise ValueError("listener")

    store.on_written(fail)
    assert await fate(store, [buyer(1)]) == "written"
    assert await fate(store, [buyer(2)]) == "written"


class Broken:
    """Claims that fail, which they must not."""

    def claim(self, unit: Unit) -> Unit:
        raise KeyError("method")

    def release(self, unit: Unit) -> None:
        """Nothing was claimed."""


async def test_row_43_a_claim_that_fails_leaves_nobody_waiting_for_ever(store: Store) -> None:
    """Who wrote is told what became of it, whoever met an error of their own beside it."""
    store.writer.claims = Broken()
    async with asyncio.timeout(20):
        await store.write([buyer(7)])
    assert await store.buyers.get(7) is not None


async def test_money_and_moments_come_back_exactly(store: Store, now: datetime, chat: Conversation) -> None:
    """A time keeps its microseconds and is UTC again."""
    odd = now + timedelta(microseconds=123457)
    await store.write([Buyers.blocked(7, odd)])
    person = await store.buyers.get(7)
    assert person is not None
    assert person.blocked_at == odd
    assert person.blocked_at.tzinfo is not None


def _save(state: Conversation) -> Write:
    from store.conversations import Conversations

    return Conversations.save(state)
