"""The way out when a call is cut off: what nobody can know is never sent twice, and what surely did not go is never lost."""

import asyncio
from collections import Counter
from datetime import timedelta

import pytest

from delivery.outcomes import Fate, Outcome
from sandbox import Fault
from sandbox.bell import PATIENCE
from store import DatabaseUnavailable
from store.outbox import Kind, Outbox, Outgoing, Status
from store.writing import Unit
from tests.delivery.conftest import Shop, outgoing
from tests.delivery.running import runs, stirring, until
from tests.delivery.watching import customer, keep_moving, settles, status_of, texts
from tests.ports import free_port


@pytest.mark.parametrize(
    ("fault", "arrives"),
    [
        (Fault.RESET_AFTER, 1),
        (Fault.JUNK, 1),
        (Fault.HANG_AFTER, 1),
        (Fault.ERROR, 0),
        (Fault.BAD_GATEWAY, 0),
        (Fault.RESET_BEFORE, 0),
        (Fault.HANG_BEFORE, 0),
        (Fault.JUNK_BEFORE, 0),
    ],
    ids=lambda value: getattr(value, "name", str(value)),
)
async def test_row_12_an_ambiguous_send_is_unknown_and_never_repeated(shop: Shop, fault: Fault, arrives: int) -> None:
    """Whether or not it arrived: nobody sees it twice, it is listed as unknown with its fate told, and the chat goes on."""
    told: list[tuple[str, Status, Fate]] = []

    def after(row: Outgoing, status: Status, outcome: Outcome) -> Unit:
        told.append((row.key, status, outcome.fate))
        return ()

    shop.after = after
    if fault in (Fault.HANG_BEFORE, Fault.HANG_AFTER):
        shop.read_timeout = 0.5
    async with runs(shop, polls=False):
        buyer = customer(shop)
        shop.sandbox.breaks("sendMessage", fault, seconds=1)
        await shop.put(outgoing("a", buyer.id, "first"))
        await settles(shop, "a", Status.UNKNOWN)
        shop.sender._read_timeout = PATIENCE
        await shop.put(outgoing("b", buyer.id, "second"))
        await settles(shop, "b", Status.SENT)
        assert [row.key for row in await shop.store.doubts.all()] == ["a"]
        assert told == [("a", Status.UNKNOWN, Fate.UNKNOWN), ("b", Status.SENT, Fate.SENT)]
        shop.clock.move(timedelta(days=1))
        await stirring()
        await shop.sandbox.settled()
        assert Counter(texts(shop, buyer.id)) == Counter({"first": arrives, "second": 1}) - Counter()


async def test_row_12_a_failing_telegram_costs_few_messages(shop: Shop) -> None:
    """Everything is answered with 502: after two doubtful ones nothing more is risked until getMe gets through."""
    async with runs(shop, polls=False):
        buyers = [customer(shop, f"buyer {number}") for number in range(30)]
        shop.sandbox.breaks("getMe", Fault.BAD_GATEWAY, times=None)
        shop.sandbox.breaks("sendMessage", Fault.BAD_GATEWAY, times=None)
        for number, buyer in enumerate(buyers):
            await shop.put(outgoing(f"push:{number}", buyer.id, "news", kind=Kind.PUSH))
            if number == 1:
                await until(lambda: shop.sender.trouble)
        moving = asyncio.create_task(keep_moving(shop))
        await asyncio.sleep(0.3)
        assert len(await shop.store.doubts.all()) <= 3
        shop.sandbox.mend()
        for buyer in buyers[3:]:
            assert (await buyer.hears()).text == "news"
        moving.cancel()
    assert len(shop.sandbox.calls.sent()) >= 27


async def test_row_09_and_10_surely_unsent_waits_and_goes_in_order(shop: Shop) -> None:
    """No connection at all: nothing is lost or doubted; once the network is back everything goes, in order, exactly once."""
    buyers = [customer(shop, f"buyer {number}") for number in range(5)]
    port = free_port()
    await shop.sandbox.stop()
    shop.sandbox.port = port
    shop.build()
    async with runs(shop, polls=False):
        for line in range(4):
            for buyer in buyers:
                await shop.put(outgoing(f"{line}:{buyer.id}", buyer.id, str(line)))
        await until(lambda: shop.sender.trouble)
        moving = asyncio.create_task(keep_moving(shop, 600))
        await asyncio.sleep(0.8)  # six hours on the shop's clock
        shop.sandbox.world.stopping = False
        await shop.sandbox.start(port)
        for buyer in buyers:
            assert [heard.text for heard in await buyer.hears_several(4)] == list("0123")
        moving.cancel()
        assert await shop.store.doubts.all() == []
    assert len(shop.sandbox.calls.sent()) == 20


async def test_row_13_what_was_under_way_at_a_crash_is_unknown(shop: Shop) -> None:
    """`sending` stands before the call: found at start it is unknown, told, and not sent again."""
    told: list[str] = []

    def after(row: Outgoing, status: Status, outcome: Outcome) -> Unit:
        told.append(f"{row.key} {status.value}")
        return ()

    buyer = customer(shop)
    row = outgoing("a", buyer.id)
    await shop.put(row)
    await shop.store.write((Outbox.sending(row.id, shop.clock.now()),))
    shop.after = after
    shop.build()
    async with runs(shop, polls=False):
        await shop.put(outgoing("b", buyer.id, "next"))
        assert (await buyer.hears()).text == "next"
        assert await status_of(shop, "a") is Status.UNKNOWN
    assert told == ["a unknown", "b sent"]


async def test_row_13_sending_is_durable_before_the_call(shop: Shop) -> None:
    """While the call is out, the table says so."""
    async with runs(shop, polls=False):
        buyer = customer(shop)
        script = shop.sandbox.breaks("sendMessage", Fault.HANG_BEFORE)
        await shop.put(outgoing("a", buyer.id))
        await script.struck.wait()
        assert await status_of(shop, "a") is Status.SENDING
        script.release()


async def test_row_43_nothing_is_sent_while_sending_cannot_be_noted(shop: Shop) -> None:
    """The disk is full: no call goes out; once there is room it goes, once."""
    shop.build()
    full = True

    async def hook(what: str) -> None:
        if full and what == "db:commit":
            raise DatabaseUnavailable("the disk is full")

    async with runs(shop, polls=False):
        buyer = customer(shop)
        await shop.store.write([Outbox.put(outgoing("a", buyer.id, not_before=shop.clock.now() + timedelta(hours=1)))])
        shop.store.faults.hook = hook
        shop.clock.move(timedelta(hours=2))
        await until(lambda: shop.sender.trouble)
        assert not shop.sandbox.calls.sent()
        moving = asyncio.create_task(keep_moving(shop))
        full = False
        await settles(shop, "a", Status.SENT)
        moving.cancel()
    assert len(shop.sandbox.calls.sent()) == 1


async def test_row_43_an_outcome_is_recorded_when_the_store_is_back(shop: Shop) -> None:
    """The store goes away during the call: the outcome waits for it and is not lost."""
    shop.build()
    away = False

    async def hook(what: str) -> None:
        if away and what == "db:commit":
            raise DatabaseUnavailable("gone")

    shop.store.faults.hook = hook
    async with runs(shop, polls=False):
        buyer = customer(shop)
        script = shop.sandbox.breaks("sendMessage", Fault.HANG_BEFORE)
        await shop.put(outgoing("a", buyer.id))
        await script.struck.wait()
        away = True
        script.release()
        await asyncio.sleep(0.05)
        away = False
        moving = asyncio.create_task(keep_moving(shop))
        await settles(shop, "a", Status.SENT, Status.UNKNOWN)
        moving.cancel()
    assert len(shop.sandbox.calls.sent()) <= 1


async def test_row_12_an_ambiguous_edit_is_done_again(shop: Shop) -> None:
    """Editing twice changes nothing, so a doubtful edit is repeated until it is sure; "not modified" counts as done."""
    async with runs(shop, polls=False):
        buyer = customer(shop)
        await shop.put(outgoing("card", buyer.id, "old"))
        card = await buyer.hears()
        shop.sandbox.breaks("editMessageText", Fault.RESET_AFTER)
        edit = {"message_id": card.message_id, "text": "new"}
        await shop.put(outgoing("edit", buyer.id, method="editMessageText", payload=edit))
        await until(lambda: shop.sender.trouble)
        shop.clock.move(timedelta(minutes=1))
        await settles(shop, "edit", Status.SENT)
        assert card.text == "new"


async def test_row_13_an_edit_cut_off_by_a_crash_is_done_again(shop: Shop) -> None:
    """Doing it twice changes nothing, so nobody is bothered with it."""
    buyer = customer(shop)
    async with runs(shop, polls=False):
        await shop.put(outgoing("card", buyer.id, "old"))
        card = await buyer.hears()
        await settles(shop, "card", Status.SENT)
    edit = outgoing("edit", buyer.id, method="editMessageText", payload={"message_id": {"of": "card"}, "text": "new"})
    await shop.put(edit)
    await shop.store.write((Outbox.sending(edit.id, shop.clock.now()),))
    again = Shop(shop.sandbox, shop.store, shop.clock, shop.request).build()
    async with runs(again, polls=False):
        assert await card.reads("new") == "new"
        await settles(again, "edit", Status.SENT)


async def test_row_02_stopping_leaves_a_hanging_send_in_doubt(shop: Shop) -> None:
    """A send that does not come back in time stays `sending`; the next start calls it unknown."""
    buyer = customer(shop)
    async with runs(shop, polls=False, grace=0.5):
        script = shop.sandbox.breaks("sendMessage", Fault.HANG_AFTER)
        await shop.put(outgoing("a", buyer.id, "a"), outgoing("b", buyer.id, "b"))
        await script.struck.wait()
    assert await status_of(shop, "a") is Status.SENDING
    shop.sandbox.mend()
    again = Shop(shop.sandbox, shop.store, shop.clock, shop.request).build()
    async with runs(again, polls=False):
        await settles(again, "b", Status.SENT)
        assert await status_of(again, "a") is Status.UNKNOWN
    assert texts(shop, buyer.id) == ["a", "b"]


@pytest.mark.parametrize(("where", "status"), [("api:sendMessage", Status.UNKNOWN), ("db:read", Status.SENT)])
async def test_row_13_a_send_that_is_cancelled_is_not_left_under_way(shop: Shop, where: str, status: Status) -> None:
    """Before the call it goes again, after it nobody can tell; either way the chat is not held up until the next start."""
    struck: list[asyncio.Task[None]] = []

    async def cancels(name: str) -> None:
        task = asyncio.current_task()
        if name == where and task in shop.sender._sending and not struck:
            struck.append(task)
            task.cancel()
            await asyncio.sleep(0)

    buyer = customer(shop)
    shop.seam = cancels
    async with runs(shop, polls=False):
        await shop.put(outgoing("push:7:shipped", buyer.id, "first"))
        assert (await settles(shop, "push:7:shipped", status)).status is status
        await shop.put(outgoing("push:8:shipped", buyer.id, "second"))
        await settles(shop, "push:8:shipped", Status.SENT)
    assert struck
    assert texts(shop, buyer.id) == (["second"] if status is Status.UNKNOWN else ["first", "second"])
