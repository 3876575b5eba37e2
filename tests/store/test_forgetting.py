"""Forgetting and exporting: all about one person, and nothing about anybody else."""

from datetime import datetime
from pathlib import Path

from sqlalchemy import func, select

from core.orders import Order, OrderLine, State
from core.promises import Promise, What
from core.tracking.values import Event, Status
from store import Store, tables
from store.audit import Entry
from store.buttons import Button
from store.buyers import Buyer, BuyerChat, ChatKind
from store.cards import Card
from store.conversations import Conversation
from store.dialogs import Dialog
from store.forgetting import forget
from store.hagglers import Haggling
from store.imports import Import, Row
from store.inbox import Arrival
from store.messages import Change, Message, Version, Who
from store.missed import Missed
from store.mistakes import Mistake
from store.orders import Change as Wish
from store.outbox import Kind, Outgoing
from store.parcels import Parcel
from store.reminders import Reminder
from store.topics import Mirror, Topic
from store.turns import Turn
from store.waiting import Waiting

SECRET = "zebrafinch"


async def live(store: Store, now: datetime, id: int, word: str) -> Conversation:
    """A buyer with something in every table that knows buyers."""
    chat, other = Conversation(id, id, now, last_said=word), Conversation(id, id, now, connection_id="c")
    turn = Turn(chat.id, now, now)
    line = Message(chat.id, Who.BUYER, f"{word} 有货吗", now, turn_id=turn.id)
    parcel = Parcel(f"N{id}", f"SF{id}", "sf", "manual", now, now, "owner:1", latest_words=word)
    button = Button(id, id, "wait", now, {"word": word})
    received = await store.inbox.receive(
        [
            Arrival(1, id, "a", f'{{"text":"{word}"}}', f"1::{id}", "message"),
            Arrival(1, id, "b", f'{{"text":"{word}"}}', f"1:c:{id}", "business_message"),
            Arrival(1, id, "c", f'{{"text":"{word}"}}', "1::999", "message"),
        ],
        now,
    )
    await store.write(
        [
            store.inbox.done(received[2].seq),
            store.buyers.seen(Buyer(id, now, word)),
            store.buyers.put_chat(BuyerChat(id, "", id, ChatKind.BOT, now)),
            store.buyers.switch(id, "news", True, now),
            store.conversations.save(chat),
            store.conversations.save(other),
            store.turns.put(turn),
            *store.messages.add(line),
            *store.messages.change(Version(line.id, now, Change.EDIT, f"{word} 还有吗")),
            *store.told.tell(chat.id, [word], now),
            store.missed.add(Missed(word, now, (), chat.id)),
            store.labelled.add(word, "stock", now, chat.id),
            store.waiting.add(Waiting(id, "A-1", now, chat.id)),
            *store.orders.add(
                Order(f"N{id}", id, State.PLACED, now, word, (OrderLine("A-1"),), address=word), "bot", now
            ),
            store.orders.ask_change(Wish(f"N{id}", "address", word, now, chat.id)),
            store.parcels.add(parcel),
            *store.parcels.hear(parcel.id, [Event(now, Status.TRANSIT, word)], now),
            store.promises.add(Promise(id, id, What.SHIP, word, "bot", now, now, order_no=f"N{id}")),
            store.mistakes.add(Mistake(id, "late", now, "bot", f"N{id}", id, cause=word)),
            store.buttons.add(button),
            store.buttons.use(button.id, id, now),
            store.choices.offer(chat.id, [button.id], now),
            store.topics.save(Topic(-100, id, line.id, title=word, card=word)),
            *store.topics.show([Mirror(line.id, -100, f"mirror:{id}", word)]),
            store.cards.save(Card(chat.id, 999, f"card:{id}", word, now)),
            store.outbox.put(Outgoing(f"r{id}", f"1::{id}", id, "sendMessage", {"text": word}, Kind.REPLY, now)),
            store.outbox.put(
                Outgoing(
                    f"c{id}", "1::999", 999, "sendMessage", {"text": word}, Kind.SELLER, now, conversation_id=chat.id
                )
            ),
            store.hagglers.save(Haggling(chat.id, id, now, 700, lines=(line.id,), marked_at=now)),
            store.reminders.add(Reminder(999, id, now, now, word, chat.id)),
            *store.imports.add(
                Import(now, "owner:999", "customers", "customers.csv"),
                [Row("customer", str(id), {"name": word}, "x", id)],
            ),
            store.dialogs.put(Dialog(id + 1000, "reply", now, {"values": {"name": word}}, chat.id)),
            store.audit.add(Entry(now, "agent:999", "/later", "command", {"words": f"/later {id} 2h {word}"})),
            store.audit.add(Entry(now, f"buyer:{id}", "stop", data={"word": word})),
            store.audit.add(Entry(now, "owner:999", "block", f"buyer:{id}", {"word": word})),
        ]
    )
    return chat


async def counted(store: Store) -> dict[str, int]:
    return {
        table.name: await store.reader.value(select(func.count()).select_from(table))
        for table in tables.metadata.sorted_tables
    }


async def test_a_forgotten_buyer_leaves_nothing_behind(store: Store, now: datetime) -> None:
    """Every table is as if he had never been, but for the audit, which keeps the deeds without him; others stay."""
    await live(store, now, 70, "walrus")
    before = await counted(store)
    await live(store, now, 7, SECRET)
    await store.forget(7)
    after = await counted(store)
    assert after.pop("audit") == before.pop("audit") + 3
    assert after.pop("imports") == before.pop("imports") + 1  # that a file came, without what stood in it of him
    assert after.pop("inbox") == before.pop("inbox") + 1  # the seller's own update, without its text
    assert after == before
    assert await store.messages.search(SECRET) == []
    assert len(await store.messages.search("walrus")) == 1
    assert [one.about for one in await store.audit.latest(2)] == ["buyer:forgotten", ""]
    assert len(await store.inbox.lanes()) == 2


async def test_cards_that_gather_several_buyers_words_are_forgotten(store: Store, now: datetime) -> None:
    """A card of /missed is about nobody in particular, and may hold the words of whoever is forgotten."""
    await live(store, now, 7, SECRET)
    for key in ("missed:1", "other:1"):
        row = Outgoing(key, ":999", 999, "sendMessage", {"text": SECRET}, Kind.SELLER, now)
        await store.write([store.outbox.put(row)])
    await store.forget(7)
    assert await store.outbox.by_key("missed:1") is None
    assert await store.outbox.by_key("other:1") is not None


async def test_what_sellers_were_shown_of_a_buyer_is_forgotten(store: Store, now: datetime) -> None:
    """A reply previewed for him waits under a button in a seller's chat, and lists quote him among others: no word stays.
    What was made for another buyer, whose numbers begin alike, stays."""
    his, others = await live(store, now, 7, "walrus"), await live(store, now, 70, "otter")
    kept = Button(999, 999, "reply_send", now, {"conversation": others.id, "html": "otter"})
    gone = [
        Button(999, 999, "reply_send", now, {"conversation": his.id, "html": SECRET}),
        Button(999, 999, "promise_yes", now, {"promise": 3, "buyer": 7}),
    ]
    quoted = {"text": f"<code>7</code> {SECRET}"}
    doubtful = Outgoing("seller:999:3", ":999", 999, "sendMessage", quoted, Kind.SELLER, now)
    going = Outgoing("seller:999:4", ":999", 999, "sendMessage", quoted, Kind.SELLER, now)
    sent = Outgoing("seller:999:1", ":999", 999, "sendMessage", {"text": SECRET}, Kind.SELLER, now)
    waits = Outgoing("seller:999:2", ":999", 999, "sendMessage", quoted, Kind.SELLER, now)
    rows = [store.outbox.put(one) for one in (sent, waits, doubtful, going)]
    await store.write(
        [*rows, *(store.buttons.add(one) for one in (kept, *gone)), store.buttons.use(gone[0].id, 999, now)]
    )
    await store.write(store.outbox.sent(sent.id, 5, now))
    await store.write([store.outbox.unclear(doubtful.id, "?"), store.outbox.sending(going.id, now)])
    await store.forget(7)
    assert [await store.buttons.get(one.id) for one in gone] == [None, None]
    assert await store.buttons.get(kept.id) is not None
    assert await store.outbox.by_key("seller:999:2") is None
    assert await store.outbox.by_key("seller:999:3") is None
    assert [one.payload for one in await store.outbox.under_way()] == [{}]
    assert await store.sent.key_of(999, 5) == "seller:999:1"
    found = await store.outbox.by_key("seller:999:1")
    assert found is not None
    assert found.payload == {}


async def test_no_byte_of_a_forgotten_buyer_is_left_in_the_file(store: Store, now: datetime) -> None:
    """Neither in the file nor in what lies beside it, and not in what is left of the search's words."""
    await live(store, now, 7, SECRET)
    await store.messages.indexing.all()
    await store.forget(7)
    file = store.place.path
    if file is None:
        return  # PostgreSQL's files are its own
    await store.close()
    for one in beside(file):
        assert SECRET.encode() not in one.read_bytes(), one.name


async def test_what_came_before_a_buyer_was_met_is_forgotten_too(store: Store, now: datetime) -> None:
    """An update that was received and not handled yet; others with a like number stay."""
    lanes = {
        "1::7": False,
        "1:c:7": False,
        "1::7:3": False,
        "1::17": True,
        "1::70": True,
        "1::-100:7": True,
        "1:7:8": True,
    }
    await store.inbox.receive(
        [Arrival(1, number, "x", SECRET, lane, "message") for number, lane in enumerate(lanes)], now
    )
    await store.forget(7)
    assert set(await store.inbox.lanes()) == {lane for lane, stays in lanes.items() if stays}


def beside(file: Path) -> list[Path]:
    return list(file.parent.glob(f"{file.name}*"))


def test_every_table_that_knows_buyers_is_forgotten_from() -> None:
    """A new table with a buyer, a conversation or a chat in it must be named where forgetting is."""
    names = {"buyer_id", "conversation_id", "chat_id", "message_id", "lane"}
    knowing = {one.name for one in tables.metadata.sorted_tables if names & set(one.c.keys())}
    forgotten = {getattr(write.statement.table, "name", "") for write in forget(7)}
    assert knowing <= forgotten


async def test_an_export_of_one_buyer_holds_his_rows_only(store: Store, now: datetime) -> None:
    """Cells are plain: times in ISO, documents in JSON."""
    await live(store, now, 70, "walrus")
    chat = await live(store, now, 7, SECRET)
    for name in store.exporting.names(7):
        table = await store.exporting.table(name, 7)
        assert table.rows, name
        assert "walrus" not in str(table.rows), name
    lines = await store.exporting.table("messages", 7)
    [row] = [dict(zip(lines.columns, cells, strict=True)) for cells in lines.rows]
    assert (row["conversation_id"], row["at"], row["asks"]) == (chat.id, "2026-11-03T08:30:00+00:00", "[]")


async def test_an_export_of_everything_holds_every_table(store: Store, now: datetime) -> None:
    """Buyers and the shop itself."""
    await live(store, now, 70, "walrus")
    await live(store, now, 7, SECRET)
    assert len((await store.exporting.table("buyers")).rows) == 2
    for name in store.exporting.names():
        assert (await store.exporting.table(name)).columns
