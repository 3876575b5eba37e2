"""Conversations: the state of each chat, read once when it is met and written whole when it changes."""

from dataclasses import field, fields
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, func, or_, select
from sqlalchemy.dialects.postgresql import insert

from core.frozen import frozen
from store.buyers import Buyer
from store.ids import new_id
from store.reading import Found, Reader
from store.tables import Moment, buyers, conversations
from store.writing import Write


@frozen
class Conversation:
    """One chat with a buyer, from the first word on. `connection_id` is empty in the bot's own chat.

    `is_off`: the seller turned the bot off here; `muted_until`: he has taken over until then; `taken_by`: whose it is.
    `disclosed_at`: when the first automatic reply said that it is one. `last_said` is the last thing said by either
    side of ours, `last_asks` the asks last answered, `last_products` the skus last spoken of. `tip_offered_at`,
    `last_word_at`: said once each.
    """

    buyer_id: int
    chat_id: int
    since: datetime
    connection_id: str = ""
    id: int = field(default_factory=new_id)
    muted_until: datetime | None = None
    is_off: bool = False
    disclosed_at: datetime | None = None
    handed_over_at: datetime | None = None
    handover_reason: str = ""
    seller_wrote_at: datetime | None = None
    last_products: tuple[str, ...] = ()
    last_products_at: datetime | None = None
    last_ask: str = ""
    last_said: str = ""
    tip_offered_at: datetime | None = None
    last_word_at: datetime | None = None
    original_only: bool = False
    destination: str = ""
    last_inbound_at: datetime | None = None
    last_outbound_at: datetime | None = None
    taken_by: int | None = None

    @property
    def last_asks(self) -> tuple[str, ...]:
        """The asks last answered, in their order; `last_ask` keeps them with commas between."""
        return tuple(self.last_ask.split(",")) if self.last_ask else ()

    @property
    def handover_reasons(self) -> tuple[str, ...]:
        """Why a person is waited for; `handover_reason` keeps them with commas between, the most pressing first."""
        return tuple(self.handover_reason.split(",")) if self.handover_reason else ()

    def is_muted(self, now: datetime) -> bool:
        """Whether the bot says nothing here now."""
        return self.is_off or (self.muted_until is not None and now < self.muted_until)


@frozen
class Met:
    """A chat as it is met: its state and its buyer."""

    conversation: Conversation
    buyer: Buyer


_NAMES = tuple(one.name for one in fields(Conversation))
_BUYER_NAMES = tuple(one.name for one in fields(Buyer))
_INSERT = insert(conversations)
SAVE = _INSERT.on_conflict_do_update(
    index_elements=["id"],
    # The buyer may have been merged meanwhile, by somebody who did not know this state.
    set_={
        name: _INSERT.excluded[name]
        for name in _NAMES
        if name not in ("id", "buyer_id", "chat_id", "connection_id", "since")
    },
)
"""A listener of the writer knows by this statement that a conversation is kept."""

_COLUMNS = (*conversations.c, *(buyers.c[name].label(f"buyer__{name}") for name in _BUYER_NAMES))
_MET = select(*_COLUMNS).join(buyers, buyers.c.id == conversations.c.buyer_id)
_MET_CHAT = _MET.where(
    conversations.c.chat_id == bindparam("chat_id"), conversations.c.connection_id == bindparam("connection_id")
)
_MET_ID = _MET.where(conversations.c.id == bindparam("id"))
_OF_BUYER = (
    select(conversations)
    .where(conversations.c.buyer_id == bindparam("buyer_id"))
    .order_by(conversations.c.last_inbound_at)
)
_HANDED_OVER = _MET.where(conversations.c.handed_over_at.is_not(None)).order_by(conversations.c.handed_over_at)
_TAKEN_BY = _MET.where(conversations.c.taken_by == bindparam("who")).order_by(conversations.c.last_inbound_at)
_SILENT = (
    _MET.where(
        conversations.c.last_word_at.is_(None),
        conversations.c.is_off.is_(False),
        conversations.c.last_inbound_at <= bindparam("quiet_since", type_=Moment),
        conversations.c.last_inbound_at > bindparam("not_before", type_=Moment),
        or_(
            conversations.c.last_outbound_at.is_(None),
            conversations.c.last_outbound_at < conversations.c.last_inbound_at,
        ),
    )
    .order_by(conversations.c.last_inbound_at)
    .limit(bindparam("most"))
)
_ACTIVE = _MET.where(conversations.c.last_inbound_at > bindparam("since", type_=Moment)).order_by(
    conversations.c.last_inbound_at.desc()
)
_COUNT = select(func.count()).select_from(conversations)


class Conversations:
    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    async def met(self, chat_id: int, connection_id: str = "") -> Met | None:
        """A chat's state and its buyer, in one query; None for a chat never seen."""
        row = await self._reader.row(_MET_CHAT, {"chat_id": chat_id, "connection_id": connection_id})
        return None if row is None else _met(row)

    async def get(self, id: int) -> Met | None:
        row = await self._reader.row(_MET_ID, {"id": id})
        return None if row is None else _met(row)

    async def of_buyer(self, buyer_id: int) -> list[Conversation]:
        """A buyer's chats, the one last written in at the end."""
        return [_conversation(row) for row in await self._reader.rows(_OF_BUYER, {"buyer_id": buyer_id})]

    async def handed_over(self) -> list[Met]:
        """Chats that wait for a person, the longest first."""
        return [_met(row) for row in await self._reader.rows(_HANDED_OVER)]

    async def taken_by(self, who: int) -> list[Met]:
        """Chats that one of the shop's people has taken."""
        return [_met(row) for row in await self._reader.rows(_TAKEN_BY, {"who": who})]

    async def without_last_word(self, quiet_since: datetime, not_before: datetime, most: int = 100) -> list[Met]:
        """Chats where the buyer spoke last, between these times, and no last word was said yet."""
        where = {"quiet_since": quiet_since, "not_before": not_before, "most": most}
        return [_met(row) for row in await self._reader.rows(_SILENT, where)]

    async def active(self, since: datetime) -> list[Met]:
        """Chats in which the buyer wrote after this time, the latest first."""
        return [_met(row) for row in await self._reader.rows(_ACTIVE, {"since": since})]

    async def count(self) -> int:
        return int(await self._reader.value(_COUNT))

    @staticmethod
    def save(conversation: Conversation) -> Write:
        """The whole state, new or changed. Whose chat it is stays as first written."""
        return Write(SAVE, _values(conversation), row=conversation.id)


def _values(conversation: Conversation) -> dict[str, Any]:
    return {name: getattr(conversation, name) for name in _NAMES}


def _conversation(row: Found) -> Conversation:
    values = {name: row._mapping[name] for name in _NAMES}
    return Conversation(**{**values, "last_products": tuple(values["last_products"])})


def _met(row: Found) -> Met:
    buyer = Buyer(**{name: row._mapping[f"buyer__{name}"] for name in _BUYER_NAMES})
    return Met(_conversation(row), buyer)
