"""The way out as it should be: each row once, in its time, after a last look. What counts is what people saw, by the sandbox's ledger."""

import asyncio
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest

from delivery.outcomes import Outcome
from delivery.verdicts import GO, Verdict, later, skip
from sandbox import Fault
from store import new_id
from store.outbox import Kind, Outbox, Outgoing, Status
from store.writing import Unit
from tests.delivery.conftest import Shop, outgoing
from tests.delivery.running import runs, until
from tests.delivery.watching import customer, settles, status_of, texts


async def test_what_is_put_is_sent_once_and_knows_its_number(shop: Shop) -> None:
    """A committed row goes out without being asked for, and learns Telegram's message id."""
    async with runs(shop, polls=False):
        buyer = customer(shop)
        await shop.put(outgoing("reply:1:a:0", buyer.id, "hello"))
        heard = await buyer.hears()
        row = await settles(shop, "reply:1:a:0", Status.SENT)
        assert (heard.text, row.message_id) == ("hello", heard.message_id)


@pytest.mark.parametrize("same_process", [True, False], ids=["same process", "after a restart"])
@pytest.mark.parametrize("key", ["push:7:shipped", "reply:12:a:0", "fresh"])
async def test_row_03_one_key_is_sent_once(shop: Shop, key: str, same_process: bool) -> None:
    """A second row under a known key is never sent, whether the first went out just now or long ago."""
    key = f"reply:{new_id()}:a:0" if key == "fresh" else key
    buyer = customer(shop)
    async with runs(shop, polls=False):
        await shop.put(outgoing(key, buyer.id, "once"))
        await settles(shop, key, Status.SENT)
        if same_process:
            await shop.put(outgoing(key, buyer.id, "twice"))
            await shop.put(outgoing("other", buyer.id, "other"))
            await settles(shop, "other", Status.SENT)
    if not same_process:
        again = Shop(shop.sandbox, shop.store, shop.clock, shop.request).build()
        async with runs(again, polls=False):
            await again.put(outgoing(key, buyer.id, "twice"))
            await again.put(outgoing("other", buyer.id, "other"))
            await settles(again, "other", Status.SENT)
    assert texts(shop, buyer.id) == ["once", "other"]


async def test_row_10_what_came_too_late_expires(shop: Shop) -> None:
    """A row past its time is not sent, and says so."""
    async with runs(shop, polls=False):
        buyer = customer(shop)
        await shop.put(outgoing("a", buyer.id, expires_at=shop.clock.now() - timedelta(seconds=1)))
        await settles(shop, "a", Status.EXPIRED)
    assert not shop.sandbox.calls.sent()


async def test_row_24_what_waits_can_be_taken_back(shop: Shop) -> None:
    """A reply that has not gone yet is cancelled by its key; one behind it still goes."""
    gate = asyncio.Event()

    async def check(row: Outgoing) -> Verdict:
        if row.key == "a":
            await gate.wait()
        return GO

    shop.check = check
    async with runs(shop, polls=False):
        buyer = customer(shop)
        await shop.put(outgoing("a", buyer.id, "a"), outgoing("b", buyer.id, "b"), outgoing("c", buyer.id, "c"))
        await asyncio.sleep(0.02)
        await shop.store.write((Outbox.cancel_key("a", "edited"), Outbox.cancel_key("b", "edited")))
        gate.set()
        assert (await buyer.hears()).text == "c"
        assert await status_of(shop, "b") is Status.CANCELLED
        await settles(shop, "a", Status.CANCELLED)
    assert texts(shop, buyer.id) == ["c"]


async def test_the_last_look_skips_and_puts_off(shop: Shop) -> None:
    """Just before sending: taken over → skipped; not yet → sent at its time; an error in looking → tried again."""
    stumbled: list[str] = []

    async def check(row: Outgoing) -> Verdict:
        if row.guard.get("say") == "skip":
            return skip("the seller has taken over")
        if row.guard.get("say") == "later" and row.created_at + timedelta(hours=1) > shop.clock.now():
            return later(shop.clock.now() + timedelta(hours=1), "asleep")
        if row.guard.get("say") == "stumble" and not stumbled:
            stumbled.append(row.key)
            raise RuntimeError("once")
        return GO

    shop.check = check
    async with runs(shop, polls=False):
        one, two, three = (customer(shop, name) for name in "abc")
        await shop.put(
            outgoing("skip", one.id, "skip", guard={"say": "skip"}),
            outgoing("later", two.id, "later", guard={"say": "later"}),
            outgoing("stumble", three.id, "stumble", guard={"say": "stumble"}),
        )
        await settles(shop, "skip", Status.SKIPPED)
        await until(lambda: shop.sender.unsent.due_at)
        assert not shop.sandbox.calls.sent(two.id)
        shop.clock.move(timedelta(hours=1, seconds=1))
        assert (await two.hears()).text == "later"
        assert (await three.hears()).text == "stumble"
        assert one.unheard == 0


async def test_rows_put_for_later_go_at_their_time(shop: Shop) -> None:
    """`not_before` is obeyed by the shop's clock, whether the row was there at start or came since."""
    buyer = customer(shop)
    soon = shop.clock.now() + timedelta(minutes=10)
    await shop.put(outgoing("a", buyer.id, "a", not_before=soon))
    async with runs(shop, polls=False):
        await shop.put(outgoing("b", buyer.id, "b", not_before=soon + timedelta(minutes=10)))
        shop.clock.move(timedelta(minutes=11))
        assert (await buyer.hears()).text == "a"
        await shop.sandbox.settled()
        assert buyer.unheard == 0
        shop.clock.move(timedelta(minutes=10))
        assert (await buyer.hears()).text == "b"


async def test_edits_of_one_message_coalesce(shop: Shop) -> None:
    """Ten edits while one is under way: the buyer sees the last; the ones between are never called."""
    async with runs(shop, polls=False):
        buyer = customer(shop)
        await shop.put(outgoing("card", buyer.id, "0"))
        card = await buyer.hears()
        script = shop.sandbox.breaks("editMessageText", Fault.HANG_BEFORE)
        for number in range(1, 11):
            edit = {"message_id": {"of": "card"}, "text": str(number)}
            await shop.put(outgoing(f"edit:{number}", buyer.id, method="editMessageText", payload=edit))
            if number == 1:
                await script.struck.wait()
        script.release()
        shop.clock.move(timedelta(minutes=1))
        assert await card.reads("10") == "10"
        await shop.sandbox.settled()
        assert await status_of(shop, "edit:5") is Status.CANCELLED
    assert [call.params["text"] for call in shop.sandbox.calls.of("editMessageText")] == ["1", "10"]


async def test_what_follows_from_a_fate_is_committed_with_it(shop: Shop) -> None:
    """`after` adds rows of its own: here a card to the seller about a doubtful send."""
    seller = shop.sandbox.seller()
    await seller.start()

    def after(row: Outgoing, status: Status, outcome: Outcome) -> Unit:
        if status is Status.UNKNOWN:
            return (Outbox.put(outgoing(f"card:{row.id}", seller.id, "did it arrive?", kind=Kind.SELLER)),)
        return ()

    shop.after = after
    async with runs(shop, polls=False):
        buyer = customer(shop)
        shop.sandbox.breaks("sendMessage", Fault.RESET_AFTER)
        await shop.put(outgoing("a", buyer.id))
        assert (await seller.hears()).text == "did it arrive?"


async def test_an_error_in_what_follows_does_not_lose_the_mark(shop: Shop) -> None:
    """The card cannot be made, or is refused by the database: the row is marked all the same."""

    def after(row: Outgoing, status: Status, outcome: Outcome) -> Unit:
        if row.key == "a":
            raise RuntimeError("no card")
        broken: Mapping[str, Any] = {**Outbox.put(row).params, "id": new_id(), "key": f"{row.key}2", "kind": "nonsense"}
        return (Outbox.put(row)._replace(params=broken),)

    shop.after = after
    async with runs(shop, polls=False):
        buyer = customer(shop)
        await shop.put(outgoing("a", buyer.id, "a"), outgoing("b", buyer.id, "b"))
        await settles(shop, "a", Status.SENT)
        await settles(shop, "b", Status.SENT)


async def test_more_than_fits_into_memory_is_fetched_as_room_comes(shop: Shop) -> None:
    """Two hundred pushes with room for twenty: all are sent, once, in order per chat, and replies overtake them."""
    shop.build()
    shop.sender.unsent.keep = 20
    buyers = [customer(shop, f"buyer {number}") for number in range(10)]
    rows = [outgoing(f"p:{n}", buyers[n % 10].id, str(n // 10), kind=Kind.PUSH) for n in range(200)]
    async with runs(shop, polls=False):
        for start in range(0, 200, 40):
            await shop.put(*rows[start : start + 40])
            assert len(shop.sender) <= 20 + 1
        for buyer in buyers:
            assert [heard.text for heard in await buyer.hears_several(20)] == [str(n) for n in range(20)]
    assert len(shop.sandbox.calls.sent()) == 200


async def test_row_50_who_is_forgotten_hears_nothing_that_still_waited(shop: Shop) -> None:
    """It was read into memory before its row was deleted. Others hear theirs, and so does he what is said to him later."""
    now = 100.0
    shop.measure = lambda: now
    async with runs(shop, polls=False):
        gone, other = customer(shop), customer(shop, "other")
        scripts = [
            shop.sandbox.breaks("sendMessage", Fault.TOO_MANY, chat=one.id, retry_after=1) for one in (gone, other)
        ]
        for one in (gone, other):
            await shop.put(outgoing(f"bulk:{one.id}", one.id, "news", kind=Kind.BULK))
        await until(lambda: all(script.hits for script in scripts))
        await shop.store.forget(gone.id)
        now += 3
        assert (await other.hears()).text == "news"
        await shop.put(outgoing("later", gone.id, "hello again"))
        await settles(shop, "later", Status.SENT)
        assert texts(shop, gone.id) == ["hello again"]
