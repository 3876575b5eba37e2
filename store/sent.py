"""What we sent, found by where it stands: the number Telegram gave it in its chat, or how long ago it was put."""

from datetime import timedelta

from sqlalchemy import bindparam, select

from store.ids import id_ago
from store.outbox import Outgoing, Status, outgoing
from store.reading import Reader
from store.tables import outbox

_ABOUT = (
    select(outbox.c.conversation_id)
    .where(
        outbox.c.chat_id == bindparam("chat_id"),
        outbox.c.message_id == bindparam("message_id"),
        outbox.c.conversation_id.is_not(None),
    )
    .order_by(outbox.c.id.desc())
    .limit(1)
)
_KEY_OF = (
    select(outbox.c.key)
    .where(
        outbox.c.chat_id == bindparam("chat_id"),
        outbox.c.message_id == bindparam("message_id"),
    )
    .order_by(outbox.c.id.desc())
    .limit(1)
)
_SENT_BY_US = (
    select(outbox.c.id)
    .where(
        outbox.c.chat_id == bindparam("chat_id"),
        outbox.c.connection_id == bindparam("connection_id"),
        outbox.c.message_id == bindparam("message_id"),
    )
    .limit(1)
)
_AFTER = (
    select(outbox)
    .where(
        outbox.c.chat_id == bindparam("chat_id"),
        outbox.c.connection_id == bindparam("connection_id"),
        outbox.c.message_id > bindparam("message_id"),
        outbox.c.status == Status.SENT,
    )
    .order_by(outbox.c.id)
)
_RECENT = (
    select(outbox)
    .where(
        outbox.c.chat_id == bindparam("chat_id"),
        outbox.c.connection_id == bindparam("connection_id"),
        outbox.c.id >= bindparam("first"),
    )
    .order_by(outbox.c.id)
)


class Sent:
    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    async def about(self, chat_id: int, message_id: int) -> int | None:
        """The conversation that a message of ours in a seller's chat is about."""
        found: int | None = await self._reader.value(_ABOUT, {"chat_id": chat_id, "message_id": message_id})
        return found

    async def key_of(self, chat_id: int, message_id: int) -> str:
        """The key under which this message of ours was put; empty for one that is not ours."""
        found: str | None = await self._reader.value(_KEY_OF, {"chat_id": chat_id, "message_id": message_id})
        return found or ""

    async def is_ours(self, chat_id: int, connection_id: str, message_id: int) -> bool:
        """Whether this message was sent by us (an echo of ours must not look like the seller's line)."""
        where = {"chat_id": chat_id, "connection_id": connection_id, "message_id": message_id}
        return await self._reader.value(_SENT_BY_US, where) is not None

    async def after_message(self, chat_id: int, connection_id: str, message_id: int) -> list[Outgoing]:
        """What we sent into a chat that stands below this message."""
        where = {"chat_id": chat_id, "connection_id": connection_id, "message_id": message_id}
        return [outgoing(row) for row in await self._reader.rows(_AFTER, where)]

    async def recent(self, chat_id: int, connection_id: str, back: timedelta) -> list[Outgoing]:
        """What was put for a chat so long ago or later, whatever became of it."""
        where = {"chat_id": chat_id, "connection_id": connection_id, "first": id_ago(back)}
        return [outgoing(row) for row in await self._reader.rows(_RECENT, where)]
