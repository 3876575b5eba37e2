"""The rows of docs/reliability.md that no other room tests, each told through the whole shop. The checker reads what people
saw and what the tables hold, never the bot's own word."""

import asyncio
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from handlers import SELLER_COMMANDS
from sandbox import Heard
from store import Store
from store.turns import Turn
from tests.delivery.running import passing
from tests.play import OWNER, OpenShop, Play
from tests.reliability.rows import MORE_GUARDS, ROWS, document

ROOT = Path(__file__).parents[2]

ARGUMENTS = {
    "stock": "{sku} 99", "price": "{sku} 1", "item": "{sku}", "bot": "off {buyer}", "take": "{buyer}",
    "release": "{buyer}", "history": "{buyer}", "here": "3h", "away": "30m", "lang": "en", "go": "",
}  # fmt: skip
"""What each seller's command is tried with."""


async def state(store: Store) -> dict[str, list[tuple[Any, ...]]]:
    """Everything a seller's command or button could change."""
    questions = {
        "deeds": "SELECT count(*) FROM audit",
        "goods": "SELECT sku, stock, price_minor FROM variants ORDER BY sku",
        "chats": "SELECT id, is_off, muted_until, handed_over_at FROM conversations ORDER BY id",
        "blocked": "SELECT id, blocked_at FROM buyers ORDER BY id",
        "staff": "SELECT count(*) FROM staff",
        "marks": "SELECT name, value FROM marks WHERE name NOT IN ('last_poll', 'digest', 'haggling:looked', 'tidied') ORDER BY name",
        "presence": "SELECT count(*) FROM presences",
    }
    async with store._reading.connect() as connection:
        return {name: [tuple(row) for row in await connection.execute(text(sql))] for name, sql in questions.items()}


def senders(play: Play, stranger: int) -> dict[str, tuple[str, dict[str, Any]]]:
    """Who might pretend to be the seller: the update's kind, and what its message carries besides the text."""

    def person(number: int, **more: Any) -> dict[str, Any]:
        return {"id": number, "is_bot": False, "first_name": "店主", **more}

    def private(number: int) -> dict[str, Any]:
        return {"id": number, "type": "private", "first_name": "店主"}

    owner, date = person(OWNER), int(play.clock.now().timestamp())
    group = {"id": -1009, "type": "supergroup", "title": "群"}
    channel = {"id": -1008, "type": "channel", "title": "频道"}
    origin = {"type": "user", "date": date, "sender_user": owner}
    own = {"from": owner, "chat": private(OWNER)}
    other = {"from": person(stranger), "chat": private(stranger)}
    return {
        "a stranger": ("message", other),
        "one with the seller's username": ("message", {**other, "from": person(stranger, username="shopkeeper")}),
        "one who forwards the seller's words": ("message", {**other, "forward_origin": origin}),
        "the seller forwarding somebody's": (
            "message",
            {**own, "forward_origin": {**origin, "sender_user": person(1)}},
        ),
        "a hidden author, forwarded": (
            "message",
            {**own, "forward_origin": {"type": "hidden_user", "date": date, "sender_user_name": "店主"}},
        ),
        "an inline bot in the seller's chat": ("message", {**own, "via_bot": person(77, is_bot=True)}),
        "a channel in the seller's chat": ("message", {**own, "sender_chat": channel}),
        "the seller in a group": ("message", {"from": owner, "chat": group}),
        "an anonymous admin": (
            "message",
            {"from": person(1087968824, is_bot=True), "chat": group, "sender_chat": group},
        ),
        "Telegram itself": ("message", {"from": person(777000), "chat": private(777000)}),
        "a bot": ("message", {"from": person(OWNER, is_bot=True), "chat": private(OWNER)}),
        "the seller in another's chat": ("message", {"from": owner, "chat": private(stranger)}),
        "another in the seller's chat": ("message", {"from": person(stranger), "chat": private(OWNER)}),
        "nobody in the seller's chat": ("message", {"chat": private(OWNER)}),
        "an edited line of the seller's": ("edited_message", {**own, "edit_date": date}),
        "a channel's post": ("channel_post", {"chat": channel, "sender_chat": channel}),
        "the seller's business account": ("business_message", {**own, "business_connection_id": "bc1"}),
        "a stranger's business account": ("business_message", {**other, "business_connection_id": "bc2"}),
    }


async def test_row_28_no_command_of_a_sellers_is_run_for_anybody_else(play: Play) -> None:
    """Eighteen kinds of sender × every seller's command, typed and as a picture's caption: nothing is changed."""
    buyer = play.buyer()
    await play.ask(buyer, "转人工")
    await play.settled()
    before = await state(play.store)
    date, number = int(play.clock.now().timestamp()), 500_000
    tried = senders(play, 30001)
    play.sandbox.person("陌生人", "zh-hans", id=30001).chat.opened = True
    for kind, body in tried.values():
        for name in [*SELLER_COMMANDS, "claim"]:
            number += 1
            words = f"/{name} " + ARGUMENTS.get(name, "").format(sku=play.made.plenty.sku, buyer=buyer.id)
            entities = [{"type": "bot_command", "offset": 0, "length": len(name) + 1}]
            message = {"message_id": number, "date": date, **body}
            play.sandbox.inject({kind: {**message, "text": words.strip(), "entities": entities}})
    await play.settled()
    assert len(tried) >= 12
    after = await state(play.store)
    for name in ("chats", "blocked"):  # strangers become chats; the buyer's is as it was
        after[name] = after[name][: len(before[name])]
    assert after == before
    assert await play.store.inbox.dead() == []


async def test_row_27_and_28_no_button_does_anything_for_anybody_else(play: Play) -> None:
    """Every button of a buyer's and of the seller's, pressed by everybody else, in every chat, as it is and altered: refused."""
    buyer, stranger = play.buyer(), play.buyer(name="路人")
    await play.ask(stranger, "在吗")
    await play.cards()
    offer = await play.ask(buyer, f"{play.made.sold_out.title}{play.made.sold_out.variant}有货吗")
    await play.ask(buyer, "转人工")
    card = await play.card()
    undo = await play.command(f"/stock {play.made.plenty.sku} 65")
    theirs, ours = [*data_in(offer)], [*data_in(card), *data_in(undo)]
    assert len(theirs) >= 3
    assert len(ours) >= 3
    before, sees = await state(play.store), len(buyer.sees)
    for person, forbidden in ((stranger, [*theirs, *ours]), (buyer, ours), (play.owner, theirs)):
        chat = {"id": person.id, "type": "private", "first_name": "x"}
        where = [person.sees[-1].body, offer.body, card.body, {"message_id": 1, "date": 0, "chat": chat}]
        for data in (*forbidden, "", "x" * 64, forbidden[0][:-1], forbidden[0].swapcase(), "take", "1", "{{ 7*7 }}"):
            for message in where:
                play.sandbox.inject(tap(person.id, data, message))
    await play.settled()
    assert await state(play.store) == before
    assert len(buyer.sees) == sees
    assert play.store.place  # and what is allowed still works
    await play.owner.taps(0, on=undo)
    await play.settled()
    assert await state(play.store) != before


async def test_row_27_a_button_is_dead_after_its_time(play: Play) -> None:
    """A year later an old button of the seller's does nothing."""
    undo = await play.command(f"/stock {play.made.plenty.sku} 65")
    await play.pass_time(days=365)
    before = await state(play.store)
    play.sandbox.inject(tap(OWNER, next(data_in(undo)), undo.body))
    await play.settled()
    assert (await state(play.store))["goods"] == before["goods"]


def tap(user: int, data: str, message: dict[str, Any]) -> dict[str, Any]:
    """A press as any client could send it."""
    tap.number += 1  # type: ignore[attr-defined]  # a counter beside its only user
    who = {"id": user, "is_bot": False, "first_name": "x"}
    number = str(tap.number)  # type: ignore[attr-defined]
    return {"callback_query": {"id": number, "from": who, "chat_instance": "1", "data": data, "message": message}}


tap.number = 0  # type: ignore[attr-defined]


def data_in(heard: Heard) -> Iterator[str]:
    """The callback data of every button under a message."""
    for row in heard.body["reply_markup"]["inline_keyboard"]:
        for spot in row:
            yield str(spot["callback_data"])


async def test_row_25_an_album_is_answered_once_however_late_its_parts_come(open_shop: OpenShop) -> None:
    """A picture of the same album fifteen seconds after the others is shown to the seller and not answered again."""
    play = await open_shop()
    buyer = play.buyer()
    await play.ask(buyer, "在吗")
    await buyer.sends_album([None, None], "怎么保修")
    await play.settled()
    await play.wait(2.0)
    await play.only(buyer)
    album = next(one.body for one in reversed(buyer.chat.messages.values()) if not one.from_bot)
    await play.wait(15)
    await buyer.sends(photo=album["photo"], media_group_id=album["media_group_id"])
    await play.settled()
    await play.wait(20)
    await buyer.hears_nothing()
    history = await play.store.messages.history(buyer.id)
    assert sum(len(one.media or []) for one in history) == 3


async def test_row_30_what_fell_due_while_the_program_was_off_is_told_once(play: Play) -> None:
    """Work is found in the tables: stock that came while the program was off is told after the start, once."""
    buyer, gone = play.buyer(), play.made.lonely
    offer = await play.ask(buyer, f"{gone.title}{gone.variant}有货吗")
    await buyer.taps("有货通知我", on=offer)
    await buyer.hears()
    await play.running.schedule.stop()  # from here on this program notices nothing
    await play.store.write(play.store.catalogue.set_stock(gone.sku, 17, "elsewhere", "import", play.clock.now()))
    await play.restart()
    await play.pass_time(seconds=5)
    assert "17" in (await play.only(buyer)).text
    await play.restart()
    await play.pass_time(seconds=5)
    await buyer.hears_nothing()


async def test_row_31_two_tickers_and_a_night_asleep_tell_once(play: Play) -> None:
    """The machine slept for hours and wakes with several looks at once: what is due is told, and once."""
    buyer, gone = play.buyer(), play.made.lonely
    offer = await play.ask(buyer, f"{gone.title}{gone.variant}有货吗")
    await buyer.taps("有货通知我", on=offer)
    await buyer.hears()
    await play.store.write(play.store.catalogue.set_stock(gone.sku, 17, "elsewhere", "import", play.clock.now()))
    await play.pass_time(hours=2)
    look = play.running.schedule.run_due
    from jobs.restock import tell_waiting

    await asyncio.gather(look(), look(), tell_waiting(play.running.desk), tell_waiting(play.running.desk))
    await play.settled()
    told = [one for one in buyer.sees if "17 件" in one.text]
    assert len(told) == 1
    job = play.running.schedule._scheduler.get_job("tick")
    assert (job.misfire_grace_time, job.coalesce, job.max_instances) == (None, True, 1)


async def test_row_43_a_turn_waits_for_the_disk_and_is_answered_once(open_shop: OpenShop) -> None:
    """Minutes without a writable database between the line and its answer: the answer comes when there is room again."""
    from store import DatabaseUnavailable

    play = await open_shop(reply_delay=2.5)
    buyer = play.buyer()
    await buyer.says("怎么保修")
    await play.settled()

    async def is_full(name: str) -> None:
        if name == "db:commit":
            raise DatabaseUnavailable("the disk is full")

    play.store.faults.hook = is_full
    for _ in range(60):
        play.clock.move(play_step(5))
        await asyncio.sleep(0.003)
    play.store.faults.hook = None
    await passing(play, 5, lambda: buyer.unheard)
    await play.only(buyer)
    await buyer.says("能退吗")
    await play.settled()
    await play.wait(3)
    await play.only(buyer)


def play_step(seconds: float) -> Any:
    from datetime import timedelta

    return timedelta(seconds=seconds)


async def test_row_48_a_first_line_whose_commit_fails_is_not_lost(play: Play) -> None:
    """Memory never runs ahead of the tables: a new buyer's first line is answered after the commit that failed."""
    from store import DatabaseUnavailable

    failures = 2

    async def fails_twice(name: str) -> None:
        nonlocal failures
        chats = [chat for chat in play.running.desk.chats._chats.values() if not chat.is_kept]
        if name == "db:commit" and chats and failures:
            failures -= 1
            raise DatabaseUnavailable("the disk is full")

    play.store.faults.hook = fails_twice
    buyer = play.buyer()
    await buyer.says("怎么保修")
    await passing(play, 2, lambda: not failures and buyer.unheard)
    play.store.faults.hook = None
    assert failures == 0
    assert len(await buyer.hears_all()) == 1


async def test_row_43_a_tap_that_could_not_be_written_leaves_the_question_open(open_shop: OpenShop) -> None:
    """The seller's reply, a tap or a command that closes an open turn fails: the turn is still answered."""
    from handlers.chats import OpenTurn

    play = await open_shop()
    buyer = play.buyer()
    await play.ask(buyer, "在吗")
    chat = await play.running.desk.chats.of_buyer(buyer.id)
    assert chat is not None
    now = play.clock.now()
    opened = chat.open_turn = OpenTurn(Turn(chat.conversation.id, now, now))

    async def fails() -> None:
        async with chat.held():
            await play.running.desk.turns.flush(chat, now)
            raise RuntimeError("the commit failed")

    with pytest.raises(RuntimeError):
        await fails()
    assert chat.open_turn is opened
    chat.open_turn = None


async def test_row_29_a_business_connection_is_an_owners_and_has_the_right(open_shop: OpenShop) -> None:
    """Enabled, disabled and enabled while an answer waits: it goes out once. Without the right it has failed, and the seller
    is told. A stranger's account is served nothing. What the seller types is never answered."""
    from store.outbox import Status

    play = await open_shop(reply_delay=2.5)
    buyer, stranger = play.buyer(), play.buyer(name="路人")
    link = play.sandbox.connect(play.owner)
    talk = play.sandbox.talk(link, buyer)
    await talk.says("怎么保修")
    await play.settled()
    play.sandbox.disconnect(link)
    await play.settled()
    await play.wait(3)
    await talk.hears_nothing()
    play.sandbox.connect(play.owner)
    await play.settled()
    await play.only(talk)
    theirs = play.sandbox.talk(play.sandbox.connect(stranger), buyer)
    await play.settled()
    await play.cards()
    await theirs.says("怎么保修")
    await play.settled()
    await play.wait(3)
    await theirs.hears_nothing()
    link.rights["can_reply"] = False
    await talk.says("能退吗")
    await play.settled()
    await play.wait(3)
    assert str(buyer.id) in "".join(one.text for one in await play.cards())
    rows = await play.store.sent.recent(buyer.id, link.id, play_step(3600))
    assert [row.status for row in rows] == [Status.SENT, Status.FAILED]
    link.rights["can_reply"] = True
    quiet = play.sandbox.talk(link, play.buyer())
    await quiet.owner.says("怎么保修")
    await play.settled()
    await play.wait(3)
    await quiet.hears_nothing()


def test_every_row_has_a_test_that_exists_or_a_reason() -> None:
    """Fifty rows; each names tests that are there, or says why it cannot apply yet: five at most."""
    assert [row.number for row in ROWS] == list(range(1, 51))
    assert sum(bool(row.not_yet) for row in ROWS) <= 5
    for row in ROWS:
        assert row.tests or row.not_yet, row.number
        assert row.guard or row.not_yet, row.number
        for test in row.tests:
            path, _, name = test.partition("::")
            source = (ROOT / path).read_text(encoding="utf-8")
            assert re.search(rf"^(async )?def {name}\(", source, re.MULTILINE), test


def test_every_guard_stands_where_its_row_says() -> None:
    """Once, so that `make guards` takes out that one and no other."""
    for row in (*ROWS, *MORE_GUARDS):
        if row.guard:
            source = (ROOT / row.guard.partition(":")[0]).read_text(encoding="utf-8")
            assert source.count(row.old) == 1, (row.number, row.guard, row.old)


def test_the_document_says_what_the_rows_say() -> None:
    """docs/reliability.md holds the table as it stands here; `python -m tests.reliability.rows` writes it."""
    assert document() in (ROOT / "docs/reliability.md").read_text(encoding="utf-8")
