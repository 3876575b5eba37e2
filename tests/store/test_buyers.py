"""Buyers: one per Telegram id, whatever file or chat they came from."""

from datetime import datetime, timedelta

from store import Store
from store.buyers import Buyer, BuyerChat, ChatKind
from store.conversations import Conversation
from store.merging import merge
from store.waiting import Waiting


async def test_the_first_sight_is_kept(store: Store, now: datetime) -> None:
    """A second sight brings the name up to date and leaves when, whence and through whom."""
    await store.write([store.buyers.seen(Buyer(7, now, "小王", source="ref_abc", referrer_id=3, language="zh"))])
    await store.write(
        [store.buyers.seen(Buyer(7, now + timedelta(days=1), "王先生", source="x", referrer_id=4, language="en"))]
    )
    assert await store.buyers.get(7) == Buyer(7, now, "王先生", source="ref_abc", referrer_id=3, language="zh")


async def test_a_file_may_know_a_buyer_before_he_writes(store: Store, now: datetime) -> None:
    """The card's fields stand beside what Telegram shows; an empty field of a later file changes nothing."""
    await store.write([store.buyers.put_card(Buyer(7, name="王小明", phone="+8613800000000", grade="B"))])
    await store.write([store.buyers.seen(Buyer(7, now, "小王"))])
    await store.write([store.buyers.put_card(Buyer(7, name="王小明", grade="A"))])
    person = await store.buyers.get(7)
    assert person is not None
    assert (person.first_seen_at, person.shown, person.phone, person.grade) == (now, "王小明", "+8613800000000", "A")


async def test_flags_are_raised_and_lowered(store: Store, now: datetime) -> None:
    """Blocked by the seller, stopped by himself, unreachable by Telegram; writing makes reachable again."""
    await store.write([store.buyers.seen(Buyer(7, now))])
    await store.write([store.buyers.blocked(7, now), store.buyers.stopped(7, now), store.buyers.unreachable(7, now)])
    person = await store.buyers.get(7)
    assert person is not None
    assert (person.is_blocked, person.has_stopped, person.is_reachable) == (True, True, False)
    await store.write([store.buyers.blocked(7, None), store.buyers.seen(Buyer(7, now))])
    person = await store.buyers.get(7)
    assert person is not None
    assert (person.is_blocked, person.has_stopped, person.is_reachable) == (False, True, True)


async def test_switches_are_kept_per_class(store: Store, now: datetime) -> None:
    """Only what was chosen is there; the last choice holds."""
    await store.write([store.buyers.seen(Buyer(7, now)), store.buyers.seen(Buyer(8, now))])
    await store.write([store.buyers.switch(7, "parcels", False, now), store.buyers.switch(8, "parcels", True, now)])
    await store.write([store.buyers.switch(7, "news", True, now), store.buyers.switch(7, "parcels", True, now)])
    await store.write([store.buyers.switch(8, "parcels", False, now)])
    assert await store.buyers.switches(7) == {"parcels": True, "news": True}
    assert await store.buyers.switches(8) == {"parcels": False}


async def test_two_that_were_one_person_are_merged(store: Store, now: datetime) -> None:
    """Chats and waiting go over, a thing both waited for is waited for once, and the old id leads to the other."""
    bot, business = Conversation(7, 7, now), Conversation(8, 8, now, connection_id="c")
    await store.write(
        [
            store.buyers.seen(Buyer(7, now)),
            store.buyers.seen(Buyer(8, now)),
            store.buyers.put_chat(BuyerChat(7, "", 7, ChatKind.BOT, now)),
            store.buyers.put_chat(BuyerChat(8, "c", 8, ChatKind.BUSINESS, now)),
            store.conversations.save(bot),
            store.conversations.save(business),
            *(store.waiting.add(Waiting(buyer, sku, now)) for buyer, sku in ((7, "A"), (8, "A"), (8, "B"))),
        ]
    )
    kept, gone = await store.buyers.get(7), await store.buyers.get(8)
    assert kept is not None
    assert gone is not None
    await store.write(merge(kept, gone, now))
    person = await store.buyers.get(8)
    assert person is not None
    assert person.id == 7
    assert [one.id for one in await store.buyers.all()] == [7]
    assert [one.kind for one in await store.buyers.chats(7)] == [ChatKind.BOT, ChatKind.BUSINESS]
    assert {one.id for one in await store.conversations.of_buyer(7)} == {bot.id, business.id}
    assert [one.sku for one in await store.waiting.of_buyer(7)] == ["A", "B"]
    # a state held in memory from before the merging does not take the chat back
    await store.write([store.conversations.save(business)])
    assert len(await store.conversations.of_buyer(7)) == 2


async def test_buyers_are_found_by_what_is_known(store: Store, now: datetime) -> None:
    """Name, note or number; signs that mean something to the database mean themselves."""
    await store.write([store.buyers.seen(Buyer(7, now, "小王")), store.buyers.seen(Buyer(70, now, "Anna_B"))])
    await store.write([store.buyers.set_field(7, "note", "要 100% 棉")])
    assert [one.id for one in await store.buyers.find("王")] == [7]
    assert [one.id for one in await store.buyers.find("ANNA")] == [70]
    assert [one.id for one in await store.buyers.find("100%")] == [7]
    assert [one.id for one in await store.buyers.find("a%b")] == []
    assert [one.id for one in await store.buyers.find("70")] == [70]
