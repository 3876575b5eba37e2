"""The way out against a Telegram that refuses: limits, blocks, moved groups, bad mark-up, files that are gone."""

import asyncio
from pathlib import Path

from delivery import attachments
from delivery.limits import Rates
from delivery.outcomes import Fate, Outcome
from sandbox import Fault
from sandbox.pictures import plain
from store.outbox import Kind, Outgoing, Status
from store.writing import Unit
from tests.delivery.conftest import Shop, outgoing
from tests.delivery.running import runs, stirring, until
from tests.delivery.watching import customer, keep_moving, settles, status_of, texts


async def test_row_14_a_429_delays_one_chat(shop: Shop) -> None:
    """Told to wait a second for one chat: 19 others are served meanwhile, the one gets its message after, once."""
    now = 100.0
    shop.measure = lambda: now
    async with runs(shop, polls=False):
        buyers = [customer(shop, f"buyer {number}") for number in range(20)]
        script = shop.sandbox.breaks("sendMessage", Fault.TOO_MANY, chat=buyers[0].id, retry_after=1)
        for buyer in buyers:
            await shop.put(outgoing(f"r:{buyer.id}", buyer.id))
        for buyer in buyers[1:]:
            await buyer.hears()
        await until(lambda: script.hits)
        now += 0.9
        await stirring()
        assert buyers[0].unheard == 0
        now += 0.5
        row = await settles(shop, f"r:{buyers[0].id}", Status.SENT)
        assert row.attempts == 1  # the refused one is not counted
    calls = shop.sandbox.calls.of("sendMessage", buyers[0].id)
    assert [call.error_code for call in calls] == [429, None]


async def test_row_14_what_a_chat_was_told_to_wait_outlives_a_restart(shop: Shop) -> None:
    """Started anew meanwhile: the chat waits on, nothing overtakes what was refused, and others are served."""
    now = 100.0
    shop.measure = lambda: now
    script = shop.sandbox.breaks("sendMessage", Fault.TOO_MANY, retry_after=1)
    told, other = customer(shop), customer(shop, "other")
    async with runs(shop, polls=False):
        await shop.put(outgoing("a", told.id, "first"), outgoing("b", told.id, "second"))
        await until(lambda: script.hits)
    shop.build()
    async with runs(shop, polls=False):
        await shop.put(outgoing("c", other.id, "other"), outgoing("d", told.id, "third"))
        await other.hears()
        await stirring()
        assert texts(shop, told.id) == []
        now += 2
        assert [one.text for one in await told.hears_several(3)] == ["first", "second", "third"]


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
