"""What becomes of messages to the group: a deleted topic is made anew once and the message sent again, a closed one waits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from handlers.owners import tell_owners
from handlers.topics.outgoing import made
from store.ids import new_id
from store.outbox import Outgoing, Status
from store.topics import GROUP

if TYPE_CHECKING:
    from delivery.outcomes import Outcome
    from handlers.desk import Desk
    from store.topics import Topic
    from store.writing import Write

AGAIN = ":again"
GONE = ("thread not found", "topic_deleted", "topic_id_invalid", "nothing was sent under topic:")
"""What a refusal says when the topic is not there, in lower case."""
CLOSED = ("topic_closed",)
NO_RIGHTS = ("not enough rights to create", "not enough rights to edit", "not a forum", "chat_admin_required")


def is_to_group(row: Outgoing) -> bool:
    return row.guard.get("to") in ("topic", "group")


def follow(desk: Desk, row: Outgoing, status: Status, outcome: Outcome, now: datetime) -> Sequence[Write]:
    """What is to be committed with the fate of a message to the group."""
    forum, said = desk.forum, outcome.reason.lower()
    unit: list[Write] = []
    if row.chat_id != forum.group and not outcome.chat_id:
        return unit
    if outcome.chat_id:
        return _moved(desk, outcome.chat_id, now)
    buyer = int(row.guard.get("buyer", 0))
    topic = forum.topics.get(buyer)
    if status is Status.SENT:
        unit += _arrived(desk, row, outcome.result, topic)
    elif status is Status.SKIPPED or any(words in said for words in NO_RIGHTS):
        unit += lost(desk, outcome.reason, now)
        forum.once_written(unit[0], forum.disconnect)
        return unit
    elif topic is not None and any(words in said for words in GONE) and not row.method.startswith("editMessage"):
        unit += _rebuilt(desk, row, topic, now)
    elif topic is not None and any(words in said for words in CLOSED):
        unit += [desk.store.topics.unshow(row.key), _saved(desk, topic, closed_at=now, told_closed_at=None)]
    forum.sent(buyer, row.key)
    return unit


def closed(topic: Topic, now: datetime | None) -> Topic:
    """The topic when it is closed (None: open again)."""
    return replace(topic, closed_at=now, told_closed_at=None)


def lost(desk: Desk, why: str, now: datetime) -> list[Write]:
    """The group is no more, or the bot may not work in it: cards go to the sellers' own chats again. The forum is disconnected
    by the caller."""
    key = f"inbox-lost:{now.timestamp():.6f}"
    return [desk.store.marks.clear(GROUP), *tell_owners(desk, "inbox_lost", key, why=why[:200])]


def _arrived(desk: Desk, row: Outgoing, result: Any, topic: Topic | None) -> list[Write]:
    first = result[0] if isinstance(result, list) and result else result
    number = first.get("message_id") if isinstance(first, dict) else None
    if row.method == "createForumTopic" and isinstance(first, dict):
        if topic is None or topic.key != row.key:
            return []
        return [_saved(desk, topic, thread_id=int(first["message_thread_id"]))]
    is_mirror = row.method.startswith("send") and row.key != row.guard.get("topic", "") + ":card"
    return [desk.store.topics.shown_at(row.key, number)] if is_mirror and isinstance(number, int) else []


def _rebuilt(desk: Desk, row: Outgoing, topic: Topic, now: datetime) -> list[Write]:
    """A new topic in the place of the deleted one, unless that was made already; and this message once more in it."""
    unit: list[Write] = []
    conversation_id = row.conversation_id or 0
    if row.guard.get("topic") == topic.key:
        old = topic
        topic = replace(topic, generation=topic.generation + 1, thread_id=None)
        look: dict[str, Any] = {"name": old.title, "icon_color": 0x6FB9F0}
        look |= {"icon_custom_emoji_id": old.icon} if old.icon else {}
        card = {"text": old.card, "parse_mode": "HTML"}
        unit += made(desk, topic, look, card, now, conversation_id)
        unit.append(_saved(desk, old, generation=topic.generation, thread_id=None, card=""))
    if row.key.endswith(AGAIN):
        return [*unit, *tell_owners(desk, "topic_failed", f"topic-failed:{row.id}", name=topic.title)]
    if row.method.startswith("send") and not row.key.startswith("topic:"):
        key = row.key + AGAIN
        again = replace(
            row, id=new_id(), key=key, created_at=now, status=Status.PENDING, attempts=0, sending_at=None, error="",
            payload={**row.payload, "message_thread_id": {"of": topic.key}},
            guard={**row.guard, "topic": topic.key},
        )  # fmt: skip
        unit += [desk.store.outbox.put(again), desk.store.topics.rekey(row.key, key)]
    return unit


def _moved(desk: Desk, group: int, now: datetime) -> list[Write]:
    """The group has a new number."""
    forum = desk.forum

    def is_there() -> None:
        forum.group = group
        forum.topics = {buyer: replace(one, group_id=group) for buyer, one in forum.topics.items()}

    named = desk.store.marks.set(GROUP, {"chat_id": group, "icons": forum.icons}, now)
    forum.once_written(named, is_there)
    return [*desk.store.topics.move(forum.group, group), named]


def _saved(desk: Desk, topic: Topic, **changes: Any) -> Write:
    """The topic is kept with these changes, and known with them once that is committed."""
    save = desk.store.topics.save(replace(topic, **changes))

    def stands() -> None:
        if (known := desk.forum.topics.get(topic.buyer_id)) is not None:
            desk.forum.topics[topic.buyer_id] = replace(known, **changes)

    desk.forum.once_written(save, stands)
    return save
