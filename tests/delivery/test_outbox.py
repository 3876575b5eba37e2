"""The sender against a Telegram that refuses, loses and hangs. What counts is what people saw, by the sandbox's ledger."""

import asyncio
from collections import Counter
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from delivery import attachments
from delivery.limits import Rates
from delivery.outbox import GO, Verdict, later, skip
from delivery.outcomes import Fate, Outcome
from sandbox import Fault, Person
from sandbox.pictures import plain
from store import DatabaseUnavailable, new_id
from store.outbox import Kind, Outbox, Outgoing, Status
from store.writing import Unit
from tests.delivery.conftest import Shop, outgoing
from tests.delivery.running import runs, until


def customer(shop: Shop, name: str = "小林") -> Person:
    """Somebody who has pressed START some time ago."""
    person = shop.sandbox.person(name)
    person.chat.opened = True
    return person


async def status_of(shop: Shop, key: str) -> Status:
    row = await shop.store.outbox.by_key(key)
    assert row is not None
    return row.status


async def settles(shop: Shop, key: str, *wanted: Status, seconds: float = 20.0) -> Outgoing:
    """Wait until a row has one of these states."""
    for _ in range(int(seconds / 0.02)):
        row = await shop.store.outbox.by_key(key)
        if row is not None and row.status in wanted:
            return row
        await asyncio.sleep(0.02)
    raise AssertionError(f"{key} is {row.status if row else 'not there'}")


def texts(shop: Shop, chat: int) -> list[str]:
    return [str(call.params["text"]) for call in shop.sandbox.calls.sent(chat) if "text" in call.params]


async def keep_moving(shop: Shop, seconds: float = 5.0) -> None:
    while True:
        await asyncio.sleep(0.02)
        shop.clock.move(timedelta(seconds=seconds))


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

    shop.after, shop.read_timeout = after, 0.3
    async with runs(shop, polls=False):
        buyer = customer(shop)
        shop.sandbox.breaks("sendMessage", fault, seconds=1)
        await shop.put(outgoing("a", buyer.id, "first"))
        await settles(shop, "a", Status.UNKNOWN)
        await shop.put(outgoing("b", buyer.id, "second"))
        await settles(shop, "b", Status.SENT)
        assert [row.key for row in await shop.store.outbox.unknown()] == ["a"]
        assert told == [("a", Status.UNKNOWN, Fate.UNKNOWN), ("b", Status.SENT, Fate.SENT)]
        shop.clock.move(timedelta(days=1))
        await asyncio.sleep(0.05)
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
        assert len(await shop.store.outbox.unknown()) <= 3
        shop.sandbox.mend()
        for buyer in buyers[3:]:
            assert (await buyer.hears()).text == "news"
        moving.cancel()
    assert len(shop.sandbox.calls.sent()) >= 27


async def test_row_09_and_10_surely_unsent_waits_and_goes_in_order(shop: Shop) -> None:
    """No connection at all: nothing is lost or doubted; once the network is back everything goes, in order, exactly once."""
    buyers = [customer(shop, f"buyer {number}") for number in range(5)]
    port = shop.sandbox.port
    shop.build()
    await shop.sandbox.stop()
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
        assert await shop.store.outbox.unknown() == []
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


async def test_row_14_a_429_delays_one_chat(shop: Shop) -> None:
    """Told to wait two seconds for one chat: 19 others are served meanwhile, the one gets its message after, once."""
    async with runs(shop, polls=False):
        buyers = [customer(shop, f"buyer {number}") for number in range(20)]
        script = shop.sandbox.breaks("sendMessage", Fault.TOO_MANY, chat=buyers[0].id, retry_after=1)
        for buyer in buyers:
            await shop.put(outgoing(f"r:{buyer.id}", buyer.id))
        for buyer in buyers[1:]:
            await buyer.hears(0.9)
        assert script.hits == 1
        assert buyers[0].unheard == 0
        row = await settles(shop, f"r:{buyers[0].id}", Status.SENT)
        assert row.attempts == 1  # the refused one is not counted
    calls = shop.sandbox.calls.of("sendMessage", buyers[0].id)
    assert [call.error_code for call in calls] == [429, None]
    assert calls[1].started - calls[0].started >= 1.0


async def test_row_15_within_telegrams_limits(shop: Shop) -> None:
    """Forty messages to forty chats and three to one: the strict server never refuses any."""
    shop.rates = Rates()
    shop.sandbox.enforce_limits()
    async with runs(shop, polls=False):
        buyers = [customer(shop, f"buyer {number}") for number in range(40)]
        for buyer in buyers:
            await shop.put(outgoing(f"a:{buyer.id}", buyer.id))
        for number in range(2):
            await shop.put(outgoing(f"more:{number}", buyers[0].id, str(number)))
        assert len(await buyers[0].hears_several(3)) == 3
        for buyer in buyers[1:]:
            await buyer.hears()
    assert not [call for call in shop.sandbox.calls if call.error_code == 429]


async def test_row_17_a_migrated_group_gets_it_under_its_new_number(shop: Shop) -> None:
    """The group has become a supergroup: what was refused and what waits goes there, in order; rekeying is told."""
    moved: list[tuple[int, int]] = []

    def after(row: Outgoing, status: Status, outcome: Outcome) -> Unit:
        if outcome.fate is Fate.MIGRATED:
            moved.append((row.chat_id, outcome.chat_id))
        return ()

    shop.after = after
    async with runs(shop, polls=False):
        old, new = customer(shop, "old"), customer(shop, "new")
        shop.sandbox.breaks("sendMessage", Fault.MIGRATED, chat=old.id, times=None).migrate_to = new.id
        await shop.put(*[outgoing(f"g:{number}", old.id, str(number)) for number in range(3)])
        assert [heard.text for heard in await new.hears_several(3)] == list("012")
        assert moved == [(old.id, new.id)]
        assert len(shop.sandbox.calls.of("sendMessage", old.id)) == 1


async def test_row_18_a_buyer_who_blocked_us_gets_nothing_more(shop: Shop) -> None:
    """403: the row and all that waits for the chat is skipped; after the buyer comes back new rows go out."""
    fates: list[tuple[str, Status, Fate]] = []

    def after(row: Outgoing, status: Status, outcome: Outcome) -> Unit:
        fates.append((row.key, status, outcome.fate))
        return ()

    shop.after = after
    buyer = customer(shop)
    await buyer.blocks()
    for number in range(3):
        await shop.put(outgoing(f"p:{number}", buyer.id, kind=Kind.PUSH))
    async with runs(shop, polls=False):
        for number in range(3):
            await settles(shop, f"p:{number}", Status.SKIPPED)
        assert len(shop.sandbox.calls.of("sendMessage")) == 1
        assert fates == [("p:0", Status.SKIPPED, Fate.BLOCKED)]
        await buyer.unblocks()
        await shop.put(outgoing("back", buyer.id, "welcome back"))
        await settles(shop, "back", Status.SENT)


async def test_row_20_refused_markup_goes_as_plain_text(shop: Shop) -> None:
    """Telegram cannot read the mark-up: the buyer gets the words without it, once."""
    async with runs(shop, polls=False):
        buyer = customer(shop)
        await shop.put(
            outgoing("a", buyer.id, payload={"text": "<b>Tom &amp; <i>Jerry</b>", "parse_mode": "HTML"}),
        )
        assert (await buyer.hears()).text == "Tom & Jerry"
        await settles(shop, "a", Status.SENT)
    assert len(shop.sandbox.calls.of("sendMessage")) == 2


async def test_row_21_a_refused_file_id_is_uploaded_anew(shop: Shop, tmp_path: Path) -> None:
    """A picture is uploaded once and then known by its id; an id no longer good means the file is sent again."""
    picture = tmp_path / "窗帘.png"
    picture.write_bytes(plain(64, 64))
    known: dict[str, str] = {}

    def after(row: Outgoing, status: Status, outcome: Outcome) -> Unit:
        known.update(attachments.learned(row.payload, outcome.result))
        return ()

    shop.after, shop.file_id = after, known.get
    payload = {"photo": {"file": str(picture)}, "caption": "see"}
    async with runs(shop, polls=False):
        buyer = customer(shop)
        for number in range(3):
            if number == 2:
                shop.sandbox.forget_files()
            await shop.put(outgoing(f"p:{number}", buyer.id, method="sendPhoto", payload=payload))
            heard = await buyer.hears()
            assert heard.photos == [plain(64, 64)]
            await settles(shop, f"p:{number}", Status.SENT)
    assert set(known) == {str(picture)}
    calls = shop.sandbox.calls.of("sendPhoto")
    assert [call.error_code for call in calls] == [None, None, 400, None]


async def test_an_album_of_files_is_uploaded_and_learned(shop: Shop, tmp_path: Path) -> None:
    """Three pictures go as one album; each learns its own id."""
    known: dict[str, str] = {}
    for number in range(3):
        (tmp_path / f"{number}.png").write_bytes(plain(32 + number, 32))

    def after(row: Outgoing, status: Status, outcome: Outcome) -> Unit:
        known.update(attachments.learned(row.payload, outcome.result))
        return ()

    shop.after, shop.file_id = after, known.get
    media = [{"type": "photo", "media": {"file": str(tmp_path / f"{number}.png")}} for number in range(3)]
    async with runs(shop, polls=False):
        buyer = customer(shop)
        for number in range(2):
            await shop.put(outgoing(f"a:{number}", buyer.id, method="sendMediaGroup", payload={"media": media}))
            assert len((await buyer.hears()).photos) == 3
    assert len(known) == 3


async def test_a_file_that_is_gone_fails_its_row_only(shop: Shop, tmp_path: Path) -> None:
    """Nobody waits for a picture that is not on the disk any more."""
    async with runs(shop, polls=False):
        buyer = customer(shop)
        await shop.put(
            outgoing("a", buyer.id, method="sendPhoto", payload={"photo": {"file": str(tmp_path / "no.png")}}),
            outgoing("b", buyer.id, "b"),
        )
        assert (await buyer.hears()).text == "b"
        assert await status_of(shop, "a") is Status.FAILED


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
        await until(lambda: shop.sender.waiting.due_at)
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


async def test_an_edit_of_what_was_never_sent_fails_by_name(shop: Shop) -> None:
    """The reason says which message is missing."""
    async with runs(shop, polls=False):
        edit = {"message_id": {"of": "nothing"}, "text": "x"}
        await shop.put(outgoing("edit", 5, method="editMessageText", payload=edit))
        row = await settles(shop, "edit", Status.FAILED)
        assert "nothing" in row.error


async def test_a_reply_to_a_deleted_message_goes_without_the_quotation(shop: Shop) -> None:
    """The line it answers is gone; the answer is not."""
    async with runs(shop, polls=False):
        buyer = customer(shop)
        payload = {"text": "yes", "reply_parameters": {"message_id": 424242}}
        await shop.put(outgoing("a", buyer.id, payload=payload))
        assert (await buyer.hears()).text == "yes"


async def test_a_revoked_token_stops_sending_and_loses_nothing(shop: Shop) -> None:
    """401: everything waits until the token is good again."""
    async with runs(shop, polls=False):
        buyer = customer(shop)
        shop.sandbox.breaks(None, Fault.UNAUTHORIZED, times=3)
        await shop.put(outgoing("a", buyer.id, "a"), outgoing("b", buyer.id, "b"))
        await until(lambda: shop.sender.trouble)
        moving = asyncio.create_task(keep_moving(shop))
        assert [heard.text for heard in await buyer.hears_several(2)] == ["a", "b"]
        moving.cancel()


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
    shop.sender.waiting.keep = 20
    buyers = [customer(shop, f"buyer {number}") for number in range(10)]
    rows = [outgoing(f"p:{n}", buyers[n % 10].id, str(n // 10), kind=Kind.PUSH) for n in range(200)]
    async with runs(shop, polls=False):
        for start in range(0, 200, 40):
            await shop.put(*rows[start : start + 40])
            assert len(shop.sender) <= 20 + 1
        for buyer in buyers:
            assert [heard.text for heard in await buyer.hears_several(20)] == [str(n) for n in range(20)]
    assert len(shop.sandbox.calls.sent()) == 200


async def test_row_02_stopping_leaves_a_hanging_send_in_doubt(shop: Shop) -> None:
    """A send that does not come back in time stays `sending`; the next start calls it unknown."""
    buyer = customer(shop)
    async with runs(shop, polls=False):
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
