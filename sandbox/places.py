"""Where a person of the page may speak: the bot's chat, the chats of a connected account, and the topics of a group."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sandbox import groups
from sandbox.acting import Impossible
from sandbox.business import BusinessChat, chat_between
from sandbox.chats import Account, Body, Chat
from sandbox.groups import Group, Topic
from sandbox.methods.topics import emoji_of
from sandbox.world import World


@dataclass(frozen=True, slots=True)
class Place:
    """One of a person's chats, or one topic. `kind` is bot, seller, buyer, group or topic."""

    key: str
    kind: str
    title: str
    thread: int | None = None
    icon: str = ""
    colour: int = 0
    is_closed: bool = False
    pinned: int | None = None

    def told(self) -> dict[str, Any]:
        """As the page draws it."""
        return {
            "key": self.key, "kind": self.kind, "title": self.title, "thread": self.thread, "icon": self.icon,
            "colour": f"#{self.colour:06x}", "closed": self.is_closed, "pinned": self.pinned,
        }  # fmt: skip


def places(world: World, account: Account) -> list[Place]:
    """The bot first, then the account's chats, then groups with their topics."""
    own = world.chats[account.id]
    found = [Place(own.key, "bot", world.bot.first_name, pinned=own.pinned[-1] if own.pinned else None)]
    for link in world.connections.values():
        if account is not link.account and account.role == "buyer" and link.is_enabled:
            found.append(Place(f"{link.id}/{account.id}", "seller", link.account.first_name))
    for chat in world.business.values():
        if isinstance(chat, BusinessChat) and chat.link.account is account:
            found.append(Place(chat.key, "buyer", chat.account.first_name))
    for group in world.groups.values():
        if isinstance(group, Group) and account.id in group.members:
            found.append(Place(group.key, "group", group.title))
            found += [_topic(group, one) for one in group.topics.values() if not one.is_deleted]
    return found


def named(world: World, account: Account, asked: dict[str, Any]) -> tuple[Chat | None, Body]:
    """The chat and the marks of a place the page names; (None, {}) for the bot's own chat."""
    key = str(asked.get("chat") or "")
    if not key or key == str(account.id):
        return None, {}
    if key in {str(number) for number in world.groups}:
        group = world.groups[int(key)]
        assert isinstance(group, Group)
        if account.id not in group.members:
            raise Impossible("not a member of this group · 不在这个群里")
        thread = asked.get("thread")
        if thread is None:
            return group, {}
        group.topic(int(thread))
        return group, {"message_thread_id": int(thread), "is_topic_message": True}
    link_id, _, other = key.partition("/")
    link = world.connections.get(link_id)
    if link is None or not other or account.id not in (int(other), link.account.id):
        raise Impossible("there is no such chat · 没有这个聊天")
    return chat_between(world, link, world.chats[int(other)].account), {}


def _topic(group: Group, topic: Topic) -> Place:
    pinned = [number for number in group.pinned if _is_in(group, number, topic)]
    icon = emoji_of(topic.icon)
    return Place(
        group.key, "topic", topic.name, topic.id, icon, topic.colour, topic.is_closed, pinned[-1] if pinned else None
    )


def _is_in(group: Group, number: int, topic: Topic) -> bool:
    message = group.find(number)
    return message is not None and message.body.get("message_thread_id") == topic.id


def _close(world: World, group: Group, topic: Topic, account: Account) -> None:
    groups.set_closed(world, group, topic, True, account)


def _reopen(world: World, group: Group, topic: Topic, account: Account) -> None:
    groups.set_closed(world, group, topic, False, account)


def _drop(world: World, group: Group, topic: Topic, account: Account) -> None:
    groups.delete_topic(world, group, topic)


TOPIC_ACTS: dict[str, Callable[[World, Group, Topic, Account], None]] = {
    "close": _close,
    "reopen": _reopen,
    "drop": _drop,
}
"""What a person does to a topic as a whole."""


def change_topic(world: World, account: Account, key: str, thread: int, act: str) -> None:
    """Close a topic, open it again, or delete it."""
    group = world.groups.get(int(key))
    if not isinstance(group, Group) or account.id not in group.members:
        raise Impossible("not a member of this group · 不在这个群里")
    TOPIC_ACTS[act](world, group, group.topic(thread), account)
