"""Topics: a buyer's thread in the sellers' group, and which message there shows which message of the buyer's chat."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, case, delete, func, select, update
from sqlalchemy.dialects.postgresql import insert

from store.messages import Message, Messages
from store.reading import Found, Reader
from store.tables import Moment, conversations, messages, mirrors, topics
from store.writing import Unit, Write


@dataclass(frozen=True, slots=True)
class Topic:
    """A buyer's topic as it was last shown: its `title`, the `icon` (a custom emoji's id), and the pinned `card`'s text.

    `generation` counts how often it was made anew; `thread_id` is Telegram's number, None until it was made. Messages with
    smaller ids than `from_id` are not shown. `closed_at`: staff closed it; `told_closed_at`: and was told that the buyer
    wrote since. At `due_at` it is to be looked at again, for something will have run out.
    """

    group_id: int
    buyer_id: int
    from_id: int
    generation: int = 0
    thread_id: int | None = None
    title: str = ""
    icon: str = ""
    card: str = ""
    closed_at: datetime | None = None
    told_closed_at: datetime | None = None
    due_at: datetime | None = None

    @property
    def key(self) -> str:
        """What the topic is made under; its number is that row's."""
        return f"topic:{self.group_id}:{self.buyer_id}:{self.generation}"

    @property
    def card_key(self) -> str:
        """What the pinned card is sent under."""
        return f"{self.key}:card"


@dataclass(frozen=True, slots=True)
class Mirror:
    """`message_id` is ours, of the buyer's chat; `shown` what the group shows of it (HTML)."""

    message_id: int
    group_id: int
    key: str
    shown: str = ""
    group_message_id: int | None = None


_NAMES = tuple(one.name for one in fields(Topic))
_MIRROR_NAMES = tuple(one.name for one in fields(Mirror))
_SAVE = insert(topics)
_SAVE = _SAVE.on_conflict_do_update(
    index_elements=["group_id", "buyer_id"],
    set_={
        **{name: _SAVE.excluded[name] for name in _NAMES if name not in ("group_id", "buyer_id")},
        # The number may have been learned by somebody who knew more.
        "thread_id": case(
            (
                _SAVE.excluded.generation == topics.c.generation,
                func.coalesce(_SAVE.excluded.thread_id, topics.c.thread_id),
            ),
            else_=_SAVE.excluded.thread_id,
        ),
    },
)
_MOVE = update(topics).where(topics.c.group_id == bindparam("old_")).values(group_id=bindparam("new_"))
_MOVE_MIRRORS = update(mirrors).where(mirrors.c.group_id == bindparam("old_")).values(group_id=bindparam("new_"))
_SHOW = insert(mirrors)
_SHOW = _SHOW.on_conflict_do_update(
    index_elements=["message_id"],
    set_={name: _SHOW.excluded[name] for name in _MIRROR_NAMES if name != "message_id"},
)
_SHOWN_AT = (
    update(mirrors).where(mirrors.c.key == bindparam("key_")).values(group_message_id=bindparam("group_message_id_"))
)
_REKEY = update(mirrors).where(mirrors.c.key == bindparam("key_")).values(key=bindparam("new_key_"))
_UNSHOW = delete(mirrors).where(mirrors.c.key == bindparam("key_"))
_ALL = select(topics).where(topics.c.group_id == bindparam("group_id"))
_DUE = select(topics).where(topics.c.due_at <= bindparam("now", type_=Moment))
_NOT_SHOWN = (
    select(messages)
    .join(conversations, conversations.c.id == messages.c.conversation_id)
    .outerjoin(mirrors, mirrors.c.message_id == messages.c.id)
    .where(
        conversations.c.buyer_id == bindparam("buyer_id"),
        messages.c.id >= bindparam("from_id"),
        mirrors.c.message_id.is_(None),
    )
    .order_by(messages.c.id)
    .limit(bindparam("most"))
)
_OF_MESSAGE = select(mirrors).where(mirrors.c.message_id == bindparam("message_id"))
_OF_KEY = select(mirrors).where(mirrors.c.key == bindparam("key")).order_by(mirrors.c.message_id)
_AT = (
    select(mirrors)
    .where(mirrors.c.group_id == bindparam("group_id"), mirrors.c.group_message_id == bindparam("group_message_id"))
    .order_by(mirrors.c.message_id)
)


_COUNT = select(func.count()).select_from(topics)
GROUP = "inbox-group"
"""The mark that names the shop's group: {"chat_id", …}."""


class Topics:
    def __init__(self, reader: Reader, messages: Messages) -> None:
        self._reader = reader
        self._messages = messages

    async def of_group(self, group_id: int) -> list[Topic]:
        """All topics of a group."""
        return [Topic(**row._mapping) for row in await self._reader.rows(_ALL, {"group_id": group_id})]

    async def count(self) -> int:
        """How many buyers have ever had a topic, in this group or one before it."""
        return int(await self._reader.value(_COUNT))

    async def due(self, now: datetime) -> list[Topic]:
        """Topics of which something has run out."""
        return [Topic(**row._mapping) for row in await self._reader.rows(_DUE, {"now": now})]

    async def not_shown(self, topic: Topic, most: int = 200) -> list[Message]:
        """What was said with the buyer and is not in the topic yet, oldest first, with versions."""
        where = {"buyer_id": topic.buyer_id, "from_id": topic.from_id, "most": most}
        return await self._messages.whole(_NOT_SHOWN, where)

    async def of_message(self, message_id: int) -> Mirror | None:
        """Where a message is shown."""
        row = await self._reader.row(_OF_MESSAGE, {"message_id": message_id})
        return None if row is None else _mirror(row)

    async def of_key(self, key: str) -> list[Mirror]:
        """The messages shown together under a key, oldest first."""
        return [_mirror(row) for row in await self._reader.rows(_OF_KEY, {"key": key})]

    async def at(self, group_id: int, group_message_id: int) -> list[Mirror]:
        """The messages that a message of the group shows, oldest first."""
        where = {"group_id": group_id, "group_message_id": group_message_id}
        return [_mirror(row) for row in await self._reader.rows(_AT, where)]

    @staticmethod
    def save(topic: Topic) -> Write:
        """The topic as it is now."""
        return Write(_SAVE, {name: getattr(topic, name) for name in _NAMES}, row=(topic.group_id, topic.buyer_id))

    @staticmethod
    def move(old: int, new: int) -> Unit:
        """The group has a new number."""
        values = {"old_": old, "new_": new}
        return (Write(_MOVE, values), Write(_MOVE_MIRRORS, values))

    @staticmethod
    def show(these: Sequence[Mirror]) -> Unit:
        """These messages are shown so; what was shown before of them is replaced."""
        return tuple(
            Write(_SHOW, {name: getattr(one, name) for name in _MIRROR_NAMES}, row=one.message_id) for one in these
        )

    @staticmethod
    def shown_at(key: str, group_message_id: int) -> Write:
        """What was sent under a key has this number in the group."""
        return Write(_SHOWN_AT, {"key_": key, "group_message_id_": group_message_id})

    @staticmethod
    def rekey(key: str, new_key: str) -> Write:
        """What was to be shown under a key is sent again under another."""
        return Write(_REKEY, {"key_": key, "new_key_": new_key})

    @staticmethod
    def unshow(key: str) -> Write:
        """What was sent under a key is not there after all."""
        return Write(_UNSHOW, {"key_": key})


def _mirror(row: Found) -> Mirror:
    values: dict[str, Any] = {name: row._mapping[name] for name in _MIRROR_NAMES}
    return Mirror(**values)
