"""What may happen once: a waiting list tells once, a button works once, a claim is taken once; and what is only added."""

import asyncio
from datetime import datetime, timedelta

import pytest

from core.asks import ASKS
from store import RowRefused, Store
from store.audit import Entry
from store.buttons import Button
from store.buyers import Buyer
from store.cards import Card
from store.conversations import Conversation
from store.missed import Missed
from store.outbox import Kind, Outgoing
from store.staff import Member, Role
from store.waiting import Waiting


def news(now: datetime) -> Outgoing:
    return Outgoing("", "1::7", 7, "sendMessage", {"text": "有货了"}, Kind.PUSH, now)


async def test_the_waiting_list_tells_once(store: Store, now: datetime, chat: Conversation) -> None:
    """However often the restock is noticed, each waiter gets one message."""
    one = Waiting(7, "A-1", now, chat.id)
    await store.write([store.waiting.add(one)])
    assert await store.waiting.for_sku("A-1") == [one]
    await asyncio.gather(*(store.write(store.waiting.tell(one, news(now), now)) for _ in range(3)))
    assert [row.key for row in await store.outbox.pending(now)] == [f"restock:{one.id}"]
    assert await store.waiting.for_sku("A-1") == []


async def test_waiters_are_told_in_the_order_they_came(store: Store, now: datetime) -> None:
    """A second tap keeps the first place; who was told may wait again, at the end."""
    await store.write([store.buyers.seen(Buyer(id)) for id in (7, 8)])
    first, second = Waiting(7, "A-1", now), Waiting(8, "A-1", now)
    await store.write(
        [store.waiting.add(one) for one in (first, second, Waiting(7, "A-1", now), Waiting(7, "B-1", now))]
    )
    assert await store.waiting.for_sku("A-1") == [first, second]
    assert await store.waiting.counts() == {"A-1": 2, "B-1": 1}
    await store.write(store.waiting.tell(first, news(now), now))
    again = Waiting(7, "A-1", now)
    await store.write([store.waiting.add(again), store.waiting.cancel(7, "B-1", now)])
    assert await store.waiting.for_sku("A-1") == [second, again]
    assert await store.waiting.of_buyer(7) == [again]


async def test_a_button_has_its_effect_once(store: Store, now: datetime) -> None:
    """Five taps at once: one effect, four refused whole."""
    button = Button(7, 7, "wait", now, {"sku": "A-1"}, now + timedelta(days=1))
    await store.write([store.buttons.add(button)])
    assert await store.buttons.get(button.id) == button

    async def tap(number: int) -> bool:
        try:
            await store.write([store.buttons.use(button.id, 7, now), store.buyers.seen(Buyer(100 + number))])
        except RowRefused:
            return False
        return True

    assert sum(await asyncio.gather(*(tap(number) for number in range(5)))) == 1
    assert len(await store.buyers.all()) == 1
    used = await store.buttons.get(button.id)
    assert used is not None
    assert (used.used_at, used.is_alive(now)) == (now, False)


async def test_a_button_is_for_its_person_place_and_time(now: datetime) -> None:
    """A stranger, another chat or a late tap is refused; without a person anybody in the chat may."""
    button = Button(7, 7, "wait", now, expires_at=now + timedelta(hours=1))
    assert button.is_for(7, 7)
    assert not button.is_for(7, 8)
    assert not button.is_for(8, 7)
    assert Button(-5, None, "take", now).is_for(-5, 8)
    assert button.is_alive(now)
    assert not button.is_alive(now + timedelta(hours=1))


async def test_expired_buttons_are_forgotten(store: Store, now: datetime) -> None:
    """Used or not; one without an end stays until it is old."""
    old, used, lasting = (Button(7, 7, "x", now, expires_at=end) for end in (now, now, None))
    ancient = Button(7, 7, "x", now - timedelta(days=300))
    await store.write([store.buttons.add(one) for one in (old, used, lasting, ancient)])
    await store.write([store.buttons.use(used.id, 7, now), store.buttons.use(ancient.id, 7, now)])
    await store.write(store.buttons.prune(now + timedelta(days=1), now - timedelta(days=180)))
    assert [await store.buttons.get(one.id) for one in (old, used, lasting, ancient)] == [None, None, lasting, None]


async def test_a_conversation_has_one_card_per_seller(store: Store, now: datetime, chat: Conversation) -> None:
    """The card is replaced, not added to, and let go when the seller has answered."""
    await store.write([store.cards.save(Card(chat.id, 1, "card:1", "在吗", now))])
    shown = Card(chat.id, 1, "card:1", "在吗\n有货吗", now, message_id=55)
    await store.write([store.cards.save(shown), store.cards.save(Card(chat.id, 2, "card:2", "在吗", now))])
    assert [one.chat_id for one in await store.cards.of_conversation(chat.id)] == [1, 2]
    assert (await store.cards.of_conversation(chat.id))[0] == shown
    await store.write([store.cards.let_go(chat.id)])
    assert await store.cards.of_conversation(chat.id) == []


async def test_a_claim_is_taken_once(store: Store, now: datetime) -> None:
    """The code is good until used or run out; small letters and blanks do not matter."""
    await store.write([store.staff.offer("AB12-CD34", now, now + timedelta(hours=1))])
    assert await store.staff.is_open(" ab12-cd34 ", now)
    assert not await store.staff.is_open("AB12-CD35", now)
    assert not await store.staff.is_open("AB12-CD34", now + timedelta(hours=1))
    owner = Member(7, Role.OWNER, now, "claim", "掌柜")
    await store.write(store.staff.claim("AB12-CD34", owner, now))
    assert not await store.staff.is_open("AB12-CD34", now)
    assert await store.staff.present() == [owner]
    await store.write([store.staff.remove(7, now)])
    assert await store.staff.present() == []
    await store.write([store.staff.add(owner)])
    assert await store.staff.present() == [owner]


async def test_the_audit_keeps_every_deed(store: Store, now: datetime) -> None:
    """Newest first, of all things or of one."""
    deeds = [Entry(now, "owner:1", "stock", f"sku:{one}", {"to": one}) for one in (1, 2, 1)]
    await store.write([store.audit.add(one) for one in deeds])
    assert await store.audit.latest() == deeds[::-1]
    assert await store.audit.about("sku:1") == [deeds[2], deeds[0]]
    with pytest.raises(RowRefused):
        await store.write([store.audit.add(deeds[0])])


async def test_missed_words_wait_to_be_taught(store: Store, now: datetime, chat: Conversation) -> None:
    """Settled once, with the ask they turned out to be."""
    one, two = (Missed(text, now, (ASKS[0],), chat.id) for text in ("有冇", "咩价"))
    await store.write([store.missed.add(one), store.missed.add(two)])
    assert await store.missed.open() == [two, one]
    await store.write([store.missed.settle(one.id, now, "stock"), store.missed.settle(one.id, now, "price")])
    assert await store.missed.open() == [two]
    settled = await store.missed.get(one.id)
    assert settled is not None
    assert settled.taught_ask == "stock"
