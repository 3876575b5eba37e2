"""Messages: everything said by both sides. Nothing is overwritten: an edit or a deletion is a new version."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import field, fields, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Select, bindparam, func, literal_column, select, update
from sqlalchemy.dialects.postgresql import insert

from core.frozen import frozen
from store.ids import new_id
from store.indexing import Indexing
from store.reading import Found, Reader
from store.search import Query, finds, message_words, wanted
from store.tables import Moment, conversations, message_versions, messages
from store.writing import Unit, Write


class Who(StrEnum):
    """Who said it. `seller` wrote by hand in the buyer's chat, `staff` through the bot."""

    BUYER = "buyer"
    BOT = "bot"
    SELLER = "seller"
    STAFF = "staff"


class Change(StrEnum):
    EDIT = "edit"
    DELETION = "deletion"


@frozen
class Version:
    """What a message became, and when. A deletion has no text."""

    message_id: int
    at: datetime
    kind: Change
    text: str = ""
    media: Any = None
    id: int = field(default_factory=new_id)


@frozen
class Message:
    """One message as it was first said.

    `at` is Telegram's date for what came in, the time it was decided for what goes out; `sent_at` is None until that
    arrived, and `telegram_id` is learned then. `template` and `asks` tell what led to a reply; `turn_id` is the turn a
    buyer's line belongs to, or a reply answers. `album` is Telegram's media group id. `versions` are later ones, in order.
    """

    conversation_id: int
    who: Who
    text: str
    at: datetime
    id: int = field(default_factory=new_id)
    turn_id: int | None = None
    staff_id: int | None = None
    sent_at: datetime | None = None
    telegram_id: int | None = None
    reply_to: int | None = None
    album: str = ""
    media: Any = None
    template: str = ""
    asks: tuple[str, ...] = ()
    inbox_seq: int | None = None
    outbox_id: int | None = None
    versions: tuple[Version, ...] = ()

    @property
    def now_reads(self) -> str:
        """The text after the last edit; empty once deleted."""
        return self.versions[-1].text if self.versions else self.text

    @property
    def is_deleted(self) -> bool:
        return bool(self.versions) and self.versions[-1].kind is Change.DELETION


_NAMES = tuple(one.name for one in fields(Message) if one.name != "versions")
_VERSION_NAMES = tuple(one.name for one in fields(Version))
ADD = insert(messages)
"""A listener of the writer knows by this statement that something was said."""
ADD_VERSION = insert(message_versions)
"""… and by this one that a message was edited or deleted."""

_HISTORY = (
    select(messages)
    .join(conversations, conversations.c.id == messages.c.conversation_id)
    .where(conversations.c.buyer_id == bindparam("buyer_id"))
    .order_by(messages.c.id)
)
_OF_CONVERSATION = (
    select(messages)
    .where(
        messages.c.conversation_id == bindparam("conversation_id"), messages.c.at >= bindparam("since", type_=Moment)
    )
    .order_by(messages.c.id.desc())
    .limit(bindparam("most"))
)
_BELONGS = (
    update(messages)
    .where(messages.c.id == bindparam("message_", type_=messages.c.id.type))
    .values(turn_id=bindparam("turn_", type_=messages.c.turn_id.type))
)
_OF_TURN = select(messages).where(messages.c.turn_id == bindparam("turn_id")).order_by(messages.c.id)
_ROW = select(messages).where(messages.c.id == bindparam("id"))
_BY_TELEGRAM_ID = (
    select(messages)
    .where(
        messages.c.conversation_id == bindparam("conversation_id"), messages.c.telegram_id == bindparam("telegram_id")
    )
    .order_by(messages.c.id.desc())
    .limit(1)
)
_OF_ALBUM = (
    select(messages.c.id)
    .where(messages.c.conversation_id == bindparam("conversation_id"), messages.c.album == bindparam("album"))
    .limit(1)
)
_BY_OUTBOX = select(messages).where(messages.c.outbox_id == bindparam("outbox_id"))
_VERSIONS = (
    select(message_versions)
    .where(message_versions.c.message_id.in_(bindparam("ids", expanding=True)))
    .order_by(message_versions.c.id)
)
_FOUND = (
    select(func.coalesce(message_versions.c.message_id, message_words.c.rowid))
    .select_from(message_words)
    .outerjoin(message_versions, message_versions.c.id == message_words.c.rowid)
    .where(finds(literal_column("message_words.words"), bindparam("query", type_=Query())))
)
_SEARCH = select(messages).where(messages.c.id.in_(_FOUND)).order_by(messages.c.id.desc()).limit(bindparam("most"))
_SEARCH_BUYER = _SEARCH.join(conversations, conversations.c.id == messages.c.conversation_id).where(
    conversations.c.buyer_id == bindparam("buyer_id")
)
_COUNT = (
    select(messages.c.who, func.count())
    .where(messages.c.at >= bindparam("since", type_=Moment))
    .group_by(messages.c.who)
)

_AT_ONCE = 5000
"""A database takes so many values in one question, and not many more."""


class Messages:
    def __init__(self, reader: Reader, indexing: Indexing) -> None:
        self._reader = reader
        self.indexing = indexing

    async def history(self, buyer_id: int) -> list[Message]:
        """All that was said with a buyer in every chat, oldest first, with versions."""
        return await self.whole(_HISTORY, {"buyer_id": buyer_id})

    async def of_conversation(self, conversation_id: int, since: datetime, most: int = 200) -> list[Message]:
        """The latest messages of a conversation from `since` on, oldest first, with versions."""
        where = {"conversation_id": conversation_id, "since": since, "most": most}
        return (await self.whole(_OF_CONVERSATION, where))[::-1]

    async def of_turn(self, turn_id: int) -> list[Message]:
        """A turn's lines (and the replies to it), oldest first, with versions."""
        return await self.whole(_OF_TURN, {"turn_id": turn_id})

    async def get(self, id: int) -> Message | None:
        found = await self.whole(_ROW, {"id": id})
        return found[0] if found else None

    async def by_telegram_id(self, conversation_id: int, telegram_id: int) -> Message | None:
        """The message Telegram means by this number, with versions."""
        found = await self.whole(_BY_TELEGRAM_ID, {"conversation_id": conversation_id, "telegram_id": telegram_id})
        return found[0] if found else None

    async def has_album(self, conversation_id: int, album: str) -> bool:
        """Whether a picture of this album has come before."""
        where = {"conversation_id": conversation_id, "album": album}
        return await self._reader.value(_OF_ALBUM, where) is not None

    async def by_outbox(self, outbox_id: int) -> Message | None:
        """What an outbox row says, with versions."""
        found = await self.whole(_BY_OUTBOX, {"outbox_id": outbox_id})
        return found[0] if found else None

    async def search(self, text: str, most: int = 20, buyer_id: int | None = None) -> list[Message]:
        """Messages (of one buyer, or of all) that hold, or once held, all words of the text; newest first."""
        query = wanted(text)
        if not query:
            return []
        await self.indexing.all()
        if buyer_id is None:
            return await self.whole(_SEARCH, {"query": query, "most": most})
        return await self.whole(_SEARCH_BUYER, {"query": query, "most": most, "buyer_id": buyer_id})

    async def counts(self, since: datetime) -> dict[Who, int]:
        """How many messages each side has said since then."""
        return {Who(row[0]): row[1] for row in await self._reader.rows(_COUNT, {"since": since})}

    async def whole(self, statement: Select[Any], where: Mapping[str, Any]) -> list[Message]:
        """The messages that a statement of the store finds, with versions."""
        found = [_message(row) for row in await self._reader.rows(statement, where)]
        if not found:
            return found
        versions: defaultdict[int, list[Version]] = defaultdict(list)
        for start in range(0, len(found), _AT_ONCE):
            ids = [one.id for one in found[start : start + _AT_ONCE]]
            for row in await self._reader.rows(_VERSIONS, {"ids": ids}):
                versions[row.message_id].append(Version(**{**row._mapping, "kind": Change(row.kind)}))
        return [replace(one, versions=tuple(versions[one.id])) if one.id in versions else one for one in found]

    @staticmethod
    def add(message: Message) -> Unit:
        """Keep what was said, and note that its words are to be found."""
        row = message.outbox_id or message.id  # its outbox row is what a message is told by when it was sent
        return (
            Write(ADD, {name: getattr(message, name) for name in _NAMES}, row=row),
            *_to_index(message.id, message.text),
        )

    @staticmethod
    def belongs(message_id: int, turn_id: int) -> Write:
        """A line that was answered becomes part of another turn."""
        return Write(_BELONGS, {"message_": message_id, "turn_": turn_id}, row=message_id)

    @staticmethod
    def change(version: Version) -> Unit:
        """Keep what a message has become."""
        values = {name: getattr(version, name) for name in _VERSION_NAMES}
        return (Write(ADD_VERSION, values, row=version.id), *_to_index(version.id, version.text))


def _to_index(id: int, text: str) -> Unit:
    return (Indexing.note(id),) if text else ()


def _message(row: Found) -> Message:
    values = {name: row._mapping[name] for name in _NAMES}
    return Message(**{**values, "who": Who(row.who), "asks": tuple(values["asks"])})
