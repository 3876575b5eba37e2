"""Conversations, what they were told, and their turns."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from store import RowRefused, Store
from store.buyers import Buyer
from store.conversations import Conversation
from store.turns import Turn


async def test_a_state_comes_back_whole_in_one_query(store: Store, now: datetime, chat: Conversation) -> None:
    """Every field survives, with the buyer beside it, for one read."""
    full = replace(
        chat,
        muted_until=now,
        is_off=True,
        disclosed_at=now,
        handed_over_at=now,
        handover_reason="complaint",
        seller_wrote_at=now,
        last_products=("A-1", "A-2"),
        last_products_at=now,
        last_ask="stock",
        last_said="有货。",
        tip_offered_at=now,
        last_word_at=now,
        original_only=True,
        destination="杭州",
        last_inbound_at=now,
        last_outbound_at=now,
    )
    await store.write([store.conversations.save(full)])
    store.faults.calls = 0
    met = await store.conversations.met(7)
    assert store.faults.calls == 1
    assert met is not None
    assert (met.conversation, met.buyer) == (full, Buyer(7, now, "小王"))
    assert await store.conversations.get(chat.id) == met


async def test_an_unknown_chat_is_none(store: Store) -> None:
    """The business chat of a known bot chat is another conversation."""
    assert await store.conversations.met(7, "connection") is None


async def test_one_conversation_per_chat(store: Store, now: datetime, chat: Conversation) -> None:
    """A second conversation in one chat is refused."""
    with pytest.raises(RowRefused):
        await store.write([store.conversations.save(Conversation(7, 7, now))])


async def test_muted_is_until_or_off(now: datetime) -> None:
    """Muting runs out, being off does not."""
    one = Conversation(7, 7, now, muted_until=now + timedelta(minutes=5))
    assert one.is_muted(now)
    assert not one.is_muted(now + timedelta(minutes=5))
    assert replace(one, is_off=True).is_muted(now + timedelta(days=5))


async def test_those_who_wait_for_a_word_are_found(store: Store, now: datetime, chat: Conversation) -> None:
    """The buyer spoke last, has been quiet long enough but not too long, and no last word was said."""
    quiet = replace(chat, last_inbound_at=now, last_outbound_at=now - timedelta(minutes=1))
    await store.write([store.conversations.save(quiet)])
    ask = store.conversations.without_last_word
    hour, day = timedelta(hours=1), timedelta(days=1)
    assert [one.conversation.id for one in await ask(now + hour, now - day)] == [chat.id]
    assert await ask(now - hour, now - day) == []
    assert await ask(now + day, now + hour) == []
    await store.write([store.conversations.save(replace(quiet, last_outbound_at=now + timedelta(minutes=1)))])
    assert await ask(now + hour, now - day) == []


async def test_those_who_wait_for_a_person_are_found_the_longest_first(
    store: Store, now: datetime, chat: Conversation
) -> None:
    """A hand-over stays on the list until it is lifted."""
    await store.write([store.conversations.save(replace(chat, handed_over_at=now))])
    assert [one.buyer.id for one in await store.conversations.handed_over()] == [7]
    await store.write([store.conversations.save(chat)])
    assert await store.conversations.handed_over() == []


async def test_facts_told_are_known_for_as_long_as_asked(store: Store, now: datetime, chat: Conversation) -> None:
    """Telling again moves the time; what was told before `since` may be told again."""
    await store.write(store.told.tell(chat.id, ["ship_eta", "postage"], now))
    later = now + timedelta(hours=3)
    await store.write(store.told.tell(chat.id, ["ship_eta"], later))
    assert await store.told.since(chat.id, now) == {"ship_eta": later, "postage": now}
    assert await store.told.since(chat.id, later) == {"ship_eta": later}
    await store.write([store.told.prune(later)])
    assert await store.told.since(chat.id, now) == {"ship_eta": later}


async def test_a_turn_waits_is_moved_and_closed_once(store: Store, now: datetime, chat: Conversation) -> None:
    """Another line moves the time; closed, it is due no more, and stays as it was closed."""
    turn = Turn(chat.id, now, now + timedelta(seconds=2))
    await store.write([store.turns.put(turn)])
    assert await store.turns.due(now) == []
    moved = replace(turn, answer_at=now + timedelta(seconds=4))
    await store.write([store.turns.put(moved)])
    assert await store.turns.open() == await store.turns.due(now + timedelta(seconds=4)) == [moved]
    await store.write([store.turns.close(turn, "answered", now, {"asks": ["stock"]})])
    await store.write([store.turns.close(turn, "silent", now), store.turns.put(turn)])
    assert await store.turns.open() == []
    kept = await store.turns.get(turn.id)
    assert kept is not None
    assert (kept.outcome, kept.understanding) == ("answered", {"asks": ["stock"]})
    assert await store.turns.latest(chat.id) == [kept]


async def test_a_conversation_has_one_open_turn(store: Store, now: datetime, chat: Conversation) -> None:
    """A second one is refused until the first is closed; both in one unit is fine."""
    first, second = Turn(chat.id, now, now), Turn(chat.id, now, now)
    await store.write([store.turns.put(first)])
    with pytest.raises(RowRefused):
        await store.write([store.turns.put(second)])
    await store.write([store.turns.close(first, "answered", now), store.turns.put(second)])
    assert await store.turns.open() == [second]


@pytest.mark.parametrize("value", [5, 1.5, 0, True, "digest", "5", {"at": 5}, [1, "x"]])
async def test_a_mark_holds_any_json(store: Store, now: datetime, value: object) -> None:
    """A bare number too, which a database may keep as one."""
    await store.write([store.marks.set("some", value, now)])
    assert await store.marks.get("some") == value
