"""Supergroups with topics: who sits there, what the bot may do, and the topics with their state."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sandbox.chats import Account, Body, Chat, Message
from sandbox.errors import ApiError, bad_request, forbidden
from sandbox.world import World

if TYPE_CHECKING:
    from sandbox.params import Params

COLOURS = (0x6FB9F0, 0xFFD67E, 0xCB86DB, 0x8EEE98, 0xFF93B2, 0xFB6F5F)
"""The six colours a topic's icon may have, and only when it is made."""
ADMIN_RIGHTS = ("can_manage_chat", "can_delete_messages", "can_pin_messages", "can_manage_topics", "can_invite_users")
ICONS = "📰 💡 ⚡️ 🎙 🔝 🗣 🆒 ❗️ 📝 📆 📁 🔎 📣 🔥 ❤️ ❓ 📈 📉 💎 💰 💸 🪙 💱 ⁉️ 🎮 💻 📱 🚗 🏠 💘 🎉 ‼️ 🏆 🏁 🎬 🎵 🔞 📚 👑 ⚽️ 🏀 📺 👀 🫦 🍓 💄 👠 ✈️ 🧳 🏖 ⛅️ 🦄 🛍 👜 🛒 🚂 🛥 🏔 🏕 🤖 🪩 🎟 🏴‍☠️ 🗳 🎓 🔭 🔬 🎶 🎤 🕺 💃 🪖 💼 🧪 👶 💅 🏛 🧮 🖨 🩺 💊 💉 🧼 🪪 🛃 🍽 🐟 🎨 🎭 🎩 🔮 🍹 🎂 ☕️ 🍣 🍔 🍕 🦠 💬 🎄 🎃 ✅".split()  # fmt: skip
"""The emoji Telegram offers as icons of topics."""


@dataclass(slots=True)
class Topic:
    """A thread of a group. `id` is the number of the message that made it; `icon` a custom emoji's id, or empty."""

    id: int
    name: str
    colour: int
    icon: str = ""
    is_closed: bool = False
    is_deleted: bool = False


@dataclass(slots=True)
class Group(Chat):
    """A supergroup. `account` made it. `standing` is the bot's: left, member, administrator or kicked, with its rights."""

    number: int = 0
    title: str = ""
    is_forum: bool = True
    members: dict[int, str] = field(default_factory=dict)
    topics: dict[int, Topic] = field(default_factory=dict)
    standing: str = "left"
    rights: dict[str, bool] = field(default_factory=dict)

    @property
    def id(self) -> int:
        return self.number

    @property
    def key(self) -> str:
        return str(self.number)

    def shown(self) -> Body:
        told: Body = {"id": self.id, "type": "supergroup", "title": self.title}
        return told | ({"is_forum": True} if self.is_forum else {})

    def refusal(self) -> ApiError | None:
        if self.standing == "kicked":
            return forbidden("bot was kicked from the supergroup chat")
        return forbidden("bot is not a member of the supergroup chat") if self.standing == "left" else None

    def is_told(self, message: Message) -> bool:
        if self.standing == "administrator":
            return True
        return self.standing == "member" and message.text.startswith("/")

    def member(self) -> Body:
        """The bot's own ChatMember here, without the bot."""
        if self.standing == "administrator":
            given = {name: self.rights.get(name, False) for name in ADMIN_RIGHTS}
            return {"status": "administrator", "can_be_edited": False, "is_anonymous": False} | given | _OTHER_RIGHTS
        return {"status": self.standing} | ({"until_date": 0} if self.standing == "kicked" else {})

    def topic(self, thread_id: int) -> Topic:
        """A topic that is there; 400 when it is not."""
        topic = self.topics.get(thread_id)
        if topic is None or topic.is_deleted:
            raise bad_request("message thread not found")
        return topic


_OTHER_RIGHTS = dict.fromkeys(
    "can_restrict_members can_promote_members can_change_info can_manage_video_chats can_post_stories can_edit_stories "
    "can_delete_stories".split(),
    False,
)


def found(world: World, title: str, by: Account, *, is_forum: bool = True) -> Group:
    """Somebody makes a group with topics."""
    number = -1_002_000_000_000 - len(world.groups) - 1
    group = Group(by, opened=True, number=number, title=title, is_forum=is_forum, members={by.id: "creator"})
    world.groups[number] = group
    world.touch()
    return group


def set_standing(world: World, group: Group, by: Account, standing: str, rights: dict[str, bool] | None = None) -> None:
    """The bot is let in, made an administrator, or put out; it hears of it."""
    bot = world.bot.user()
    old = group.member() | {"user": bot}
    group.standing = standing
    group.rights = dict.fromkeys(ADMIN_RIGHTS, True) if rights is None else rights
    told = {"chat": group.shown(), "from": by.user(), "date": world.seconds()}
    world.touch()
    world.updates.put(
        "my_chat_member", told | {"old_chat_member": old, "new_chat_member": group.member() | {"user": bot}}, group.id
    )


def make_topic(world: World, group: Group, name: str, colour: int, icon: str, by: Account | None) -> Topic:
    """A new topic; its own service message gives it its number."""
    shape: Body = {"name": name, "icon_color": colour} | ({"icon_custom_emoji_id": icon} if icon else {})
    message = world.post(group, {"forum_topic_created": shape}, from_bot=by is None, sender=by)
    message.body |= {"message_thread_id": message.message_id, "is_topic_message": True}
    topic = group.topics[message.message_id] = Topic(message.message_id, name, colour, icon)
    world.touch(message)
    return topic


def set_closed(world: World, group: Group, topic: Topic, closed: bool, by: Account | None) -> None:
    """A topic is closed or opened again; the bot hears of it when a person did so."""
    topic.is_closed = closed
    kind = "forum_topic_closed" if closed else "forum_topic_reopened"
    service(world, group, topic, {kind: {}}, by)


def delete_topic(world: World, group: Group, topic: Topic) -> None:
    """A topic goes with everything in it. Telegram tells the bot nothing."""
    topic.is_deleted = True
    for message in group.messages.values():
        if message.body.get("message_thread_id") == topic.id:
            world.take_away(message)
    world.touch()


def service(world: World, group: Group, topic: Topic, content: Body, by: Account | None) -> Message:
    """A line of Telegram's own in a topic."""
    marks = {"message_thread_id": topic.id, "is_topic_message": True}
    message = world.post(group, content | marks, from_bot=by is None, sender=by)
    if by is not None and group.is_told(message):
        world.updates.put("message", message.body, group.id)
    return message


def thread_of(chat: Chat, params: "Params") -> Body:
    """Where in the chat a message of the bot's goes; 400 for a topic that is gone or closed."""
    thread_id = params.integer("message_thread_id")
    if not thread_id:
        return {}
    if not isinstance(chat, Group):
        raise bad_request("message thread not found")
    topic = chat.topic(thread_id)
    if topic.is_closed:
        raise bad_request("TOPIC_CLOSED")
    return {"message_thread_id": topic.id, "is_topic_message": True}


def may(chat: Chat, right: str, what: str) -> None:
    """400 unless the bot has this right in the group."""
    if isinstance(chat, Group) and not (chat.standing == "administrator" and chat.rights.get(right)):
        raise bad_request(f"not enough rights to {what}")
