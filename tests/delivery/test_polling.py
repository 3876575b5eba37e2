"""The poller against a Telegram that fails, and a store that fails."""

import asyncio
from datetime import timedelta

import pytest

from delivery.backoff import Backoff
from delivery.job import Job
from delivery.polling import ALLOWED_UPDATES, LONGEST_REST, LastPoll, Poller
from delivery.transport import Answer
from delivery.troubles import Notice, Trouble
from sandbox import Fault
from store import DatabaseUnavailable
from store.marks import Marks
from tests.delivery.conftest import Shop
from tests.delivery.running import runs, until


async def keep_moving(shop: Shop, seconds: float = 60.0) -> None:
    """Let back-off pass quickly: the shop's clock moves on, again and again."""
    while True:
        await asyncio.sleep(0.01)
        shop.clock.move(timedelta(seconds=seconds))


@pytest.mark.parametrize(
    ("fault", "trouble"),
    [
        (Fault.UNAUTHORIZED, Trouble.REFUSED),
        (Fault.NOT_FOUND, Trouble.REFUSED),
        (Fault.CONFLICT, Trouble.CONFLICT),
        (Fault.ERROR, Trouble.UNREACHABLE),
        (Fault.BAD_GATEWAY, Trouble.UNREACHABLE),
        (Fault.TOO_MANY, Trouble.UNREACHABLE),
        (Fault.JUNK_BEFORE, Trouble.UNREACHABLE),
        (Fault.RESET_BEFORE, Trouble.UNREACHABLE),
    ],
    ids=lambda value: value.name,
)
async def test_row_07_polling_survives_whatever_getupdates_answers(shop: Shop, fault: Fault, trouble: Trouble) -> None:
    """Five failures in a row: one notice after the third, then the updates come as if nothing had been, and an all-clear."""
    script = shop.sandbox.breaks("getUpdates", fault, times=5)
    async with runs(shop):
        moving = asyncio.create_task(keep_moving(shop))
        buyer = shop.sandbox.person(met=True)
        await buyer.says("hello")
        assert (await buyer.hears()).text == "you said hello"
        moving.cancel()
    assert script.hits == 5
    assert [(notice.trouble, notice.is_over) for notice in shop.notices] == [(trouble, False), (trouble, True)]
    assert shop.poller.trouble is None


async def test_row_07_refusals_for_hours_do_not_end_it(shop: Shop) -> None:
    """A token refused for hours: never more than a minute apart, one notice, and alive at the end."""
    script = shop.sandbox.breaks("getUpdates", Fault.UNAUTHORIZED, times=150)
    started = shop.clock.now()
    async with runs(shop):
        moving = asyncio.create_task(keep_moving(shop))
        await until(lambda: script.hits == 150, 20)
        await shop.sandbox.person(met=True).says("hello")
        await until(lambda: shop.handled == ["hello"])
        moving.cancel()
    assert shop.clock.now() - started > timedelta(hours=1)
    assert len(shop.notices) == 2


async def test_row_08_a_webhook_left_set_is_taken_away_and_nothing_dropped(shop: Shop) -> None:
    """409 because a webhook is set: it is deleted without dropping what waits, and polling goes on."""
    shop.build()
    buyer = shop.sandbox.person(met=True)
    await buyer.says("sent while the webhook was set")
    await shop.api.call("setWebhook", {"url": "http://127.0.0.1:9/nobody"})
    async with runs(shop):
        moving = asyncio.create_task(keep_moving(shop))
        assert (await buyer.hears()).text == "you said sent while the webhook was set"
        moving.cancel()
    (call,) = shop.sandbox.calls.of("deleteWebhook")
    assert str(call.params.get("drop_pending_updates", False)).lower() == "false"


async def test_row_09_no_network_at_start_is_waited_for(shop: Shop) -> None:
    """Started against a dead port, it keeps trying, and works once the port is open."""
    port = shop.sandbox.port
    await shop.sandbox.stop()
    shop.build()
    async with runs(shop):
        moving = asyncio.create_task(keep_moving(shop))
        await until(lambda: shop.poller.trouble is Trouble.UNREACHABLE)
        shop.sandbox.world.stopping = False
        await shop.sandbox.start(port)
        buyer = shop.sandbox.person(met=True)
        await buyer.says("at last")
        assert (await buyer.hears()).text == "you said at last"
        moving.cancel()


def last_poll(shop: Shop, notices: list[Notice]) -> LastPoll:
    return LastPoll(Marks(shop.store.reader), shop.store.writer, shop.clock, notices.append)


async def test_row_11_a_long_silence_is_told(shop: Shop) -> None:
    """Off for 25 hours: the seller hears from when to when messages may be missing. Off for 22: nothing is said."""
    notices: list[Notice] = []
    for hours, expected in ((0, 0), (22, 0), (25, 1)):
        then = shop.clock.now()
        shop.clock.move(timedelta(hours=hours))
        await last_poll(shop, notices).heard()
        assert [notice.trouble for notice in notices] == [Trouble.GAP] * expected
    assert notices[0].since is not None
    assert notices[0].until is not None
    assert abs(notices[0].since - then) < timedelta(minutes=1)
    assert notices[0].until - notices[0].since > timedelta(hours=24)


async def test_row_11_a_silence_while_running_is_told_too(shop: Shop) -> None:
    """The network was away for 25 hours while the program ran."""
    last = last_poll(shop, shop.notices)
    await last.heard()
    last.missed()
    shop.clock.move(timedelta(hours=25))
    await last.heard()
    assert [notice.trouble for notice in shop.notices] == [Trouble.GAP]


async def test_row_32_a_clock_that_is_moved_is_no_silence(shop: Shop) -> None:
    """Somebody sets the clock a day on while we poll: no message can have been dropped, and none is reported missing."""
    last = last_poll(shop, shop.notices)
    await last.heard()
    shop.clock.move(timedelta(hours=25))
    await last.heard()
    assert shop.notices == []


async def test_row_43_what_cannot_be_stored_is_not_confirmed(shop: Shop) -> None:
    """The disk is full: the offset stays, Telegram keeps the updates, and they are all answered once there is room."""
    full = True

    async def hook(what: str) -> None:
        if full and what == "db:commit":
            raise DatabaseUnavailable("the disk is full")

    shop.build()
    async with runs(shop):
        shop.store.faults.hook = hook
        buyers = [shop.sandbox.person(f"buyer {number}", met=True) for number in range(20)]
        for buyer in buyers:
            await buyer.says("hello")
        moving = asyncio.create_task(keep_moving(shop))
        await until(lambda: shop.poller.trouble is Trouble.STORE)
        assert len(shop.sandbox.world.updates) == 20
        assert not shop.handled
        full = False
        for buyer in buyers:
            assert (await buyer.hears()).text == "you said hello"
            assert buyer.unheard == 0
        moving.cancel()
    assert len(shop.sandbox.calls.sent()) == 20


async def test_row_43_a_read_that_fails_after_the_commit_loses_nothing(shop: Shop) -> None:
    """The batch was stored and then the database went away: known when it comes again, and taken up all the same."""
    struck: list[str] = []

    async def hook(what: str) -> None:
        if what == "db:read" and not struck:
            struck.append(what)
            raise DatabaseUnavailable("gone")

    shop.build()
    async with runs(shop):
        shop.store.faults.hook = hook
        buyer = shop.sandbox.person(met=True)
        await buyer.says("hello")
        moving = asyncio.create_task(keep_moving(shop))
        await until(lambda: struck)
        await buyer.says("again")
        assert [heard.text for heard in await buyer.hears_several(2)] == ["you said hello", "you said again"]
        moving.cancel()
        shop.store.faults.hook = None
        await buyer.hears_nothing()


async def test_row_04_and_05_the_first_poll_names_no_offset_and_all_kinds(shop: Shop) -> None:
    """Each run begins without an offset, says which updates it wants, and never asks to drop any."""
    async with runs(shop):
        for line in ("hello", "again"):
            await shop.sandbox.person(met=True).says(line)
            await shop.sandbox.settled()
    first, *rest = shop.sandbox.calls.of("getUpdates")
    assert "offset" not in first.params
    assert rest
    wanted = first.params["allowed_updates"]
    assert {"business_message", "deleted_business_messages", "message_reaction"} <= set(ALLOWED_UPDATES)
    assert all(kind in str(wanted) for kind in ALLOWED_UPDATES)
    assert not any("drop_pending" in str(call.params) for call in shop.sandbox.calls)


async def test_row_05_batches_that_bring_nothing_new_raise_an_alarm(shop: Shop) -> None:
    """The same updates three times running: told, slowed down, and gone past."""
    shop.build()
    async with runs(shop, polls=False):
        buyer = shop.sandbox.person(met=True)
        number = await buyer.says("hello")
        update = {
            "update_id": 5,
            "message": {"message_id": number, "date": 1, "chat": {"id": buyer.id, "type": "private"}, "text": "hello"},
        }
        await shop.receiver.receive([update])
        waits = [await shop.poller._keep([update]) for _ in range(5)]
        assert waits[:2] == [0.0, 0.0]
        assert all(wait > 0 for wait in waits[2:])
        assert shop.poller.offset == 6
        assert [notice.trouble for notice in shop.notices] == [Trouble.LOOP]
    assert shop.handled == ["hello"]


@pytest.mark.parametrize(("number", "offset"), [(-5, 8), (2**64, 8), (2**63, 8), (True, 8), ("9", 8), (9, 10)], ids=str)
async def test_row_05_a_number_that_is_none_is_never_confirmed(shop: Shop, number: object, offset: int) -> None:
    """An offset below zero would make Telegram drop all that waits, one beyond all numbers would be refused for ever."""
    shop.build()
    async with runs(shop, polls=False):
        await shop.poller._keep([{"update_id": 7}, {"update_id": number}])
        assert shop.poller.offset == offset


async def test_row_07_a_wait_that_never_ends_ends(shop: Shop) -> None:
    """Telegram keeps what comes for a day: whatever it says, it is asked again within an hour."""
    shop.build()
    for after in (10**12, 10**400, 1e300, float("inf"), float("nan"), -1, "30", None, True):
        refused = Answer(ok=False, code=429, description="Too Many Requests", parameters={"retry_after": after})
        assert 0 < await shop.poller._refused(refused) <= LONGEST_REST


async def test_stopping_in_the_middle_of_a_long_poll_is_quick(shop: Shop) -> None:
    """A poll that waits is left at once, and confirms nothing."""
    shop.build()
    poller = Poller(shop.api, shop.receiver, shop.clock, shop.last_poll, tell=shop.notices.append, timeout=50)
    polling = asyncio.create_task(poller.run())
    await asyncio.sleep(0.05)
    poller.stop()
    async with asyncio.timeout(20):  # the poll itself would take fifty
        await polling
    assert poller.offset is None


async def test_an_empty_queue_of_odd_things_is_survived(shop: Shop) -> None:
    """Batches of junk: every one is kept, none stops the next."""

    async def handle(job: Job) -> None:
        await shop.store.write((job.done_write(),))

    shop.handle = handle
    shop.build()
    odd: list[object] = [
        None,
        17,
        "text",
        [],
        {},
        {"update_id": "seven"},
        {"update_id": 1},
        {"update_id": 2, "message": None},
    ]
    async with runs(shop, polls=False):
        assert await shop.receiver.receive(odd) == len(odd)
        await shop.lanes.idle()
        assert await shop.receiver.receive(odd) == 0


def test_backoff_grows_to_a_minute() -> None:
    """1, 2, 4 … 60 seconds, scattered by a quarter at most, and from the beginning after a success."""
    backoff = Backoff()
    waits = [backoff.next() for _ in range(100)]
    assert 0.75 <= waits[0] <= 1.0
    assert all(45 <= wait <= 60 for wait in waits[7:])
    backoff.reset()
    assert backoff.next() <= 1.0
