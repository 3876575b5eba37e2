"""The bot at work: what goes on beside everything else survives, or its end is told."""

import asyncio
import logging
import shutil
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from aiohttp import web

from clock import Clock
from delivery.troubles import Notice, Trouble
from handlers.chats import Chat, Chats, Pending
from handlers.desk import Desk
from handlers.troubles import AGAIN, Troubles
from jobs import schedule
from running import _find_the_words, _serve, _tell_end, _until_done
from store import DatabaseUnavailable, Store, open_store
from store.buyers import Buyer
from store.conversations import Conversation
from templates.speech import FOLDER, Speech
from tests.delivery.running import until
from tests.play import Play
from tests.ports import free_port

OWNER = 9


class Odd:
    """What goes wrong twice, as it does where an answer of Telegram's is no answer to the question."""

    def __init__(self) -> None:
        self.calls = 0

    async def initialize(self) -> None:
        self.calls += 1
        if self.calls <= 2:
            raise TypeError("'NoneType' object is not subscriptable")


class Away:
    """What cannot be noted the first times."""

    def __init__(self, failures: int) -> None:
        self.failures, self.calls = failures, 0

    async def heard(self) -> None:
        self.calls += 1
        if self.calls <= self.failures:
            raise DatabaseUnavailable("the disk is full")

    async def __call__(self, what: str) -> None:
        if what == "db:commit":
            await self.heard()


def goes_by(clock: Clock, seconds: float) -> bool:
    """So long goes by."""
    clock.move(timedelta(seconds=seconds))
    return True


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    store = await open_store(f"sqlite:///{tmp_path}/shop.db")
    yield store
    await store.close()


async def test_work_that_ends_in_an_error_is_told_at_once(caplog: pytest.LogCaptureFixture) -> None:
    async def work() -> None:
        raise ValueError("lost")

    task = asyncio.create_task(work(), name="poller")
    task.add_done_callback(_tell_end)
    with caplog.at_level(logging.ERROR), pytest.raises(ValueError, match="lost"):
        await task
    assert "poller ended: lost" in caplog.text


async def test_a_gap_is_told_although_the_store_was_away(store: Store) -> None:
    """It is noticed once only, and often when nothing can be written."""
    clock = Clock()
    desk = Desk(store, clock, owners=(OWNER,))
    await desk.open()
    away = store.faults.hook = Away(2)
    now = clock.now()
    Troubles(desk).tell(Notice(Trouble.GAP, "nothing heard", since=now - timedelta(days=2), until=now))
    await until(lambda: goes_by(clock, AGAIN + 1) and away.calls > 2)
    await desk.write([store.marks.set("done", 1, now)])  # after what was written before it
    assert [row.chat_id for row in await store.outbox.pending(clock.now())] == [OWNER]


async def test_row_08_a_second_copy_elsewhere_is_told(store: Store) -> None:
    """Once an hour, however often it comes and goes; its end is no news."""
    clock = Clock()
    desk = Desk(store, clock, owners=(OWNER,))
    await desk.open()
    troubles = Troubles(desk)
    for _ in range(2):
        troubles.tell(Notice(Trouble.CONFLICT, "getUpdates: 409"))
        troubles.tell(Notice(Trouble.CONFLICT, is_over=True))
    troubles.tell(Notice(Trouble.REFUSED, "getUpdates: 401"))
    await until(lambda: not troubles._writing)
    [row] = await store.outbox.pending(clock.now())
    assert row.chat_id == OWNER
    assert "@BotFather" in str(row.payload["text"])


async def test_a_change_that_could_not_be_written_leaves_the_question_that_waits() -> None:
    """What a line was to be joined with is joined with it when it is tried again."""
    now = Clock().now()
    chat = Chat(Conversation(1, 1, now), Buyer(1, now), pending=Pending("多少钱"))

    async def fail() -> None:
        async with chat.held():
            chat.pending = Pending()
            raise DatabaseUnavailable("gone")

    with pytest.raises(DatabaseUnavailable):
        await fail()
    assert chat.pending.words == "多少钱"


async def test_a_chat_met_by_many_at_once_is_one_chat(store: Store) -> None:
    """Also where reading it failed for the first of them."""
    clock = Clock()
    now = clock.now()
    await store.write([store.buyers.seen(Buyer(1, now)), store.conversations.save(Conversation(1, 1, now))])
    chats, reads = Chats(store, clock), 0

    async def hook(what: str) -> None:
        nonlocal reads
        reads += 1
        await asyncio.sleep(0)
        if reads == 1:
            raise DatabaseUnavailable("gone")

    store.faults.hook = hook
    found = await asyncio.gather(*(chats.find(1) for _ in range(20)), return_exceptions=True)
    met = [one for one in found if isinstance(one, Chat)]
    assert len(met) >= 19
    assert all(one is met[0] for one in met)


async def test_a_look_has_a_moment_to_end_when_the_program_does(play: Play, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is nearly done is done; what would last is cut off, and is still due."""
    begun, ended = asyncio.Event(), list[str]()

    async def short(desk: Desk) -> None:
        begun.set()
        await asyncio.sleep(0)
        ended.append("short")

    async def endless(desk: Desk) -> None:
        begun.set()
        await asyncio.Event().wait()
        ended.append("endless")

    for job, grace in ((short, schedule.GRACE), (endless, 0.01)):
        monkeypatch.setattr(schedule, "JOBS", (job,))
        monkeypatch.setattr(schedule, "GRACE", grace)
        looks = schedule.Schedule(play.running.desk, tick=3600)
        looks.start()
        looks.nudge()
        await until(lambda: begun.is_set())
        begun.clear()
        await looks.stop()
        await looks.idle()
    assert ended == ["short"]


async def test_what_buyers_are_told_is_made_ready_beside_whatever_else_goes_on(
    play: Play, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A start begins it, and when it is over there is no template of theirs left to compile."""
    assert [task for task in play.running.tasks if task.get_name() == "compiling"]
    speech = Speech(shutil.copytree(FOLDER, tmp_path / "templates"))  # nobody has said anything from this folder yet
    await _find_the_words(speech)
    monkeypatch.setattr(speech._built_in.environment, "get_template", pytest.fail)
    assert len(list(speech.compiling())) == len(list(FOLDER.glob("*/buyer/*.j2")))


async def test_row_02_a_post_that_never_ends_does_not_hold_up_the_end() -> None:
    """Somebody posts a body and does not go on with it: the program leaves all the same."""
    begun = asyncio.Event()

    async def on_post(request: web.Request) -> web.Response:
        begun.set()
        await request.read()
        return web.Response()

    port = free_port()
    close = await _serve([web.post("/", on_post)], f"127.0.0.1:{port}")
    _, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n{")
    await begun.wait()
    await asyncio.wait_for(close(), 30)
    writer.close()


async def test_row_32_the_timetable_goes_on_when_the_machine_is_set_back(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """APScheduler alone would look again when it is as late as it was."""
    monkeypatch.setattr(schedule, "WATCHED", 0.01)
    ahead = [100_000.0]
    monkeypatch.setattr(schedule, "_ahead", lambda: ahead[0])
    timetable = schedule.Schedule(Desk(store, Clock()), 5)
    timetable.start()
    await asyncio.sleep(0)  # it has looked once
    job = timetable._scheduler.get_job("tick")
    as_it_was = job.next_run_time + timedelta(hours=8)
    job.modify(next_run_time=as_it_was)
    ahead[0] -= 8 * 3600
    await until(lambda: timetable._scheduler.get_job("tick").next_run_time < as_it_was - timedelta(hours=7))
    await timetable.stop()


async def test_row_32_the_timetable_begins_anew_when_the_machine_is_set_on_by_years(
    store: Store,
) -> None:
    """A board without a battery begins in 1970, until it has heard what time it is. Ticks that were missed are one, and are
    not counted one by one: that would be 350 million."""
    timetable = schedule.Schedule(Desk(store, Clock()), 5)
    timetable.start()
    job = timetable._scheduler.get_job("tick")
    now = datetime.now(UTC)
    following = job.trigger.get_next_fire_time(now - timedelta(days=56 * 365), now)
    assert timedelta() < following - now <= timedelta(seconds=5)
    assert job.trigger.get_next_fire_time(now, now) - now == timedelta(seconds=5)
    await timetable.stop()


async def test_row_09_an_odd_answer_at_the_start_holds_up_the_lanes_for_a_moment_only(
    caplog: pytest.LogCaptureFixture,
) -> None:
    """No line is handled before getMe was answered. What answers may be a Bot API server of one's own that is just starting:
    whatever it says, it is asked again."""
    clock, telegram = Clock(), Odd()
    asking = asyncio.create_task(_until_done("getMe", telegram.initialize, clock))
    await until(lambda: goes_by(clock, 61) and asking.done())
    await asking
    assert telegram.calls == 3
    assert "getMe is tried again: TypeError" in caplog.text
