"""Connections, numbered choices, topics, and which message of the group shows which of a buyer's."""

from datetime import datetime, timedelta

from store import Store
from store.buyers import Buyer
from store.connections import Connection
from store.conversations import Conversation
from store.messages import Message, Who
from store.topics import Mirror, Topic

GROUP = -1001


async def talked(store: Store, now: datetime) -> tuple[Conversation, list[Message]]:
    chat = Conversation(7, 7, now)
    lines = [Message(chat.id, Who.BUYER, text, now) for text in ("甲", "乙", "丙")]
    unit = [store.buyers.seen(Buyer(7, now, "小王")), store.conversations.save(chat)]
    await store.write([*unit, *(write for line in lines for write in store.messages.add(line))])
    return chat, lines


async def test_a_connection_is_kept_as_it_was_told_last(store: Store, now: datetime) -> None:
    """Rights and state follow each change; when it was first made stays."""
    later = now + timedelta(hours=1)
    await store.write(
        [store.connections.save(Connection("c", 1, 1, now, now, "店主", True, True, {"can_reply": True}))]
    )
    await store.write([store.connections.save(Connection("c", 1, 1, later, later, "店主", False, False, {}))])
    (kept,) = await store.connections.all()
    assert (kept.since, kept.changed_at, kept.is_enabled, kept.rights) == (now, later, False, {})


async def test_only_the_latest_choices_count(store: Store, now: datetime) -> None:
    """A newer message's buttons replace the older ones; withdrawn, a number means nothing."""
    chat, _ = await talked(store, now)
    await store.write([store.choices.offer(chat.id, ["a"], now)])
    await store.write([store.choices.offer(chat.id, ["b", "c"], now)])
    assert await store.choices.of_conversation(chat.id) == (("b", "c"), now)
    await store.write([store.choices.withdraw(chat.id)])
    assert await store.choices.of_conversation(chat.id) is None


async def test_what_is_not_shown_yet_is_found(store: Store, now: datetime) -> None:
    """From the topic's beginning on, each message until it is shown, in order."""
    _, lines = await talked(store, now)
    topic = Topic(GROUP, 7, from_id=lines[1].id)
    assert [one.text for one in await store.topics.not_shown(topic)] == ["乙", "丙"]
    await store.write(store.topics.show([Mirror(lines[1].id, GROUP, "m:1", "乙")]))
    assert [one.text for one in await store.topics.not_shown(topic)] == ["丙"]
    await store.write([store.topics.unshow("m:1")])
    assert [one.text for one in await store.topics.not_shown(topic)] == ["乙", "丙"]


async def test_a_message_of_the_group_leads_to_the_buyers_and_back(store: Store, now: datetime) -> None:
    """Several lines may stand in one message of the group; its number is learned when it was sent, also sent again."""
    _, lines = await talked(store, now)
    await store.write(store.topics.show([Mirror(one.id, GROUP, "m:1", one.text) for one in lines[:2]]))
    await store.write([store.topics.rekey("m:1", "m:1:again")])
    await store.write([store.topics.shown_at("m:1:again", 55)])
    assert [one.message_id for one in await store.topics.at(GROUP, 55)] == [lines[0].id, lines[1].id]
    found = await store.topics.of_message(lines[1].id)
    assert found is not None
    assert (found.group_message_id, found.shown) == (55, "乙")


async def test_a_group_that_moves_takes_its_topics_along(store: Store, now: datetime) -> None:
    """A group that becomes a supergroup has a new number."""
    _, lines = await talked(store, now)
    await store.write([store.topics.save(Topic(GROUP, 7, lines[0].id, thread_id=3, due_at=now))])
    await store.write(store.topics.move(GROUP, -1002))
    assert await store.topics.of_group(GROUP) == []
    (topic,) = await store.topics.due(now)
    assert (topic.group_id, topic.thread_id) == (-1002, 3)
