"""From the buyer's line to the buyer's screen, through everything in between."""

import asyncio
from datetime import timedelta

from telegram.ext import Application, ApplicationBuilder, MessageHandler, filters

from delivery.job import Job, current_job
from delivery.updates import through
from tests.delivery.conftest import Shop, reply, text_of
from tests.delivery.running import runs, stirring, until
from tests.play import StillClock


def ptb(shop: Shop) -> Application:  # type: ignore[type-arg]
    """PTB's real Application, wired as `run` does it: no updater, no job queue."""
    return (
        ApplicationBuilder()
        .token(shop.sandbox.token)
        .base_url(f"{shop.sandbox.base_url}/bot")
        .request(shop.request)
        .get_updates_request(shop.request)
        .updater(None)
        .job_queue(None)
        .build()
    )


async def test_a_line_is_answered_once(shop: Shop) -> None:
    """What a buyer writes is handled once and answered once."""
    async with runs(shop):
        buyer = shop.sandbox.person()
        await buyer.start()
        await buyer.says("有货吗")
        assert [heard.text for heard in await buyer.hears_several(2)] == ["you said /start", "you said 有货吗"]
        await buyer.hears_nothing()
    assert shop.handled == ["/start", "有货吗"]


async def test_row_03_the_same_update_twice_has_one_effect(shop: Shop) -> None:
    """Updates that Telegram delivers again are dropped."""
    async with runs(shop):
        buyer = shop.sandbox.person(met=True)
        await buyer.says("a")
        await buyer.says("b")
        await buyer.hears_several(2)
        await shop.sandbox.settled()
        shop.sandbox.repeat_updates(2)
        await buyer.says("c")
        assert (await buyer.hears()).text == "you said c"
        await buyer.hears_nothing()
    assert len(shop.sandbox.calls.sent()) == 3


async def test_row_05_ids_that_jump_down_survive(shop: Shop) -> None:
    """When Telegram numbers its updates anew, lower or higher, nothing is dropped and nothing loops."""
    async with runs(shop):
        buyer = shop.sandbox.person(met=True)
        for first in (900_000_000, 17, 500):
            shop.sandbox.restart_update_ids(first)
            await buyer.says(f"from {first}")
            assert (await buyer.hears()).text == f"you said from {first}"
        await buyer.hears_nothing()


async def test_row_05_what_was_not_confirmed_yet_is_numbered_anew_and_handled_once(shop: Shop) -> None:
    """A message that comes again under another number is the same message; an edit in the same second is another edit."""
    async with runs(shop, polls=False):
        message = {"message_id": 5, "date": 1, "chat": {"id": 7, "type": "private"}, "text": "once"}
        assert await shop.receiver.receive([{"update_id": 900, "message": message}]) == 1
        assert await shop.receiver.receive([{"update_id": 17, "message": message}]) == 0
        for number, text in ((18, "x"), (19, "y")):
            edited = {"update_id": number, "edited_message": {**message, "edit_date": 2, "text": text}}
            assert await shop.receiver.receive([edited]) == 1
        await shop.lanes.idle()
    assert shop.handled.count("once") == 1


async def test_row_06_an_unreadable_update_is_set_aside_and_neighbours_are_served(shop: Shop) -> None:
    """Before and after a bad one in the same chat are answered at once; it is tried three times, then dead, with a card."""
    application = ptb(shop)
    heard: list[str] = []

    async def echo(update: object, _: object) -> None:
        job = current_job.get()
        assert job is not None
        heard.append(text_of(job))
        await shop.echo(job)

    application.add_handler(MessageHandler(filters.TEXT, echo))
    shop.handle = through(application)
    async with application, runs(shop):
        buyer = shop.sandbox.person(met=True)
        await buyer.says("before")
        shop.sandbox.inject({"message": {"message_id": "seven", "chat": {"id": buyer.id}, "date": "never"}})
        shop.sandbox.inject({"brand_new_thing": {"id": 1}})
        shop.sandbox.inject({"message": 17})
        await buyer.says("after")
        assert {one.text for one in await buyer.hears_several(2)} == {"you said before", "you said after"}
        for seconds in (2, 10):
            await shop.lanes.idle()
            assert not shop.dead
            shop.clock.move(timedelta(seconds=seconds))
            await stirring()
        await until(lambda: len(shop.dead) == 2)
        await shop.lanes.idle()
        assert heard == ["before", "after"]
        assert [row.kind for row in await shop.store.inbox.dead()] == ["message", "message"]
        assert len(await shop.store.inbox.new()) == 0


async def test_row_48_a_failing_handler_is_retried_then_set_aside(shop: Shop) -> None:
    """A handler that raises is tried again after 2, 10 and 60 seconds in its own lane, then its row is dead, with a card."""
    tried: list[str] = []

    async def handle(job: Job) -> None:
        tried.append(text_of(job))
        if text_of(job) == "bad":
            raise RuntimeError("no")
        await shop.store.write((job.done_write(), reply(job, text_of(job))))

    shop.handle, shop.clock = handle, StillClock(shop.clock.now())
    async with runs(shop):
        buyer, other = shop.sandbox.person(met=True), shop.sandbox.person("阿明", met=True)
        await buyer.says("bad")
        await buyer.says("good")
        await other.says("meanwhile")
        assert (await other.hears()).text == "meanwhile"
        for seconds, so_far in ((2, 1), (10, 2), (60, 3)):
            await shop.lanes.idle()
            assert tried.count("bad") == so_far
            assert "good" not in tried
            shop.clock.move(timedelta(seconds=seconds - 0.5))
            await stirring()
            assert tried.count("bad") == so_far
            shop.clock.move(timedelta(seconds=0.6))
            await until(lambda so_far=so_far: tried.count("bad") > so_far)  # type: ignore[misc]
        assert (await buyer.hears()).text == "good"
    assert tried.count("bad") == 4
    assert [text_of(job) for job in shop.dead] == ["bad"]


async def test_row_48_ptb_swallowing_an_error_does_not_make_it_done(shop: Shop) -> None:
    """PTB's process_update returns as if nothing had happened; the row is failed all the same, and tried again."""
    application = ptb(shop)
    tried: list[int] = []

    async def stumbles(update: object, _: object) -> None:
        job = current_job.get()
        assert job is not None
        tried.append(job.seq)
        if len(tried) == 1:
            raise RuntimeError("once")
        await shop.echo(job)

    application.add_handler(MessageHandler(filters.TEXT, stumbles))
    shop.handle = through(application)
    async with application, runs(shop):
        buyer = shop.sandbox.person(met=True)
        await buyer.says("hello")
        await until(lambda: tried)
        await shop.lanes.idle()
        shop.clock.move(timedelta(seconds=3))
        assert (await buyer.hears()).text == "you said hello"
    assert len(tried) == 2


async def test_row_48_an_error_after_the_effect_does_not_repeat_the_effect(shop: Shop) -> None:
    """Once the unit with the row's end is committed, an error in what follows is logged and the row is not tried again."""

    async def handle(job: Job) -> None:
        await shop.echo(job)
        raise RuntimeError("too late")

    shop.handle = handle
    async with runs(shop):
        buyer = shop.sandbox.person(met=True)
        await buyer.says("hello")
        assert (await buyer.hears()).text == "you said hello"
        await shop.lanes.idle()
        shop.clock.move(timedelta(minutes=5))
        await buyer.hears_nothing()
    assert shop.handled == ["hello"]
    assert not shop.dead


async def test_a_handler_that_leaves_the_end_to_the_lane(shop: Shop) -> None:
    """What no unit of the handler's ended, the lane ends."""

    async def handle(job: Job) -> None:
        shop.handled.append(text_of(job))

    shop.handle = handle
    async with runs(shop):
        await shop.sandbox.person(met=True).says("hello")
        await until(lambda: shop.handled)
        await shop.sandbox.settled()
        assert await shop.store.inbox.new() == []
        assert len(shop.lanes) == 0


async def test_row_02_what_was_stored_and_not_handled_is_taken_up_after_a_restart(shop: Shop) -> None:
    """Stopping finishes the update under way; the rest stays in the inbox and is handled, in order, by the next start."""
    gate = asyncio.Event()

    async def slow(job: Job) -> None:
        await gate.wait()
        await shop.echo(job)

    async def opens_while_stopping() -> None:
        await until(lambda: shop.lanes._stopping)
        gate.set()

    shop.handle = slow
    buyer = shop.sandbox.person(met=True)
    async with runs(shop):
        for number in range(10):
            await buyer.says(str(number))
        await until(lambda: len(shop.lanes) == 10)
        opening = asyncio.create_task(opens_while_stopping())
    await opening
    assert shop.handled == ["0"]
    again = Shop(shop.sandbox, shop.store, shop.clock, shop.request).build()
    async with runs(again):
        assert [heard.text for heard in await buyer.hears_several(10)] == [f"you said {number}" for number in range(10)]
        await buyer.hears_nothing()
    assert again.handled == [str(number) for number in range(1, 10)]


async def test_row_23_order_within_a_chat_is_kept_whatever_handlers_take(shop: Shop) -> None:
    """Forty chats, five lines each, handlers of uneven length: no chat's answers come out of order."""

    async def uneven(job: Job) -> None:
        await asyncio.sleep(job.seq % 7 / 1000)
        await shop.echo(job)

    shop.handle = uneven
    async with runs(shop):
        buyers = [shop.sandbox.person(f"buyer {number}", met=True) for number in range(40)]
        for line in range(5):
            for buyer in buyers:
                await buyer.says(str(line))
        for buyer in buyers:
            heard = [one.text for one in await buyer.hears_several(5)]
            assert heard == [f"you said {line}" for line in range(5)]
