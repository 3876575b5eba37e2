"""Doubts: messages of which nobody can tell whether they arrived, found, and settled by a person's word."""

from datetime import datetime

from sqlalchemy import bindparam, select, update

from store.outbox import Outgoing, Status, outgoing
from store.reading import Reader
from store.tables import Moment, messages, outbox
from store.writing import Unit, Write

_IN_DOUBT = outbox.c.status == Status.UNKNOWN
_ALL = select(outbox).where(_IN_DOUBT).order_by(outbox.c.id).limit(bindparam("most"))
_OF_CHAT = (
    select(outbox)
    .where(_IN_DOUBT, outbox.c.chat_id == bindparam("chat_id"))
    .order_by(outbox.c.id.desc())
    .limit(bindparam("most"))
)
_AGAIN = (
    update(outbox)
    .where(outbox.c.id == bindparam("id_"), _IN_DOUBT)
    .values(
        status=Status.PENDING,
        not_before=None,
        expires_at=None,
        error="",
        guard=bindparam("guard_", type_=outbox.c.guard.type),
    )
)
_ARRIVED = (
    update(outbox)
    .where(outbox.c.id == bindparam("id_"), _IN_DOUBT)
    .values(status=Status.SENT, sent_at=bindparam("at_", type_=Moment), error="")
)
_ARRIVED_MESSAGE = (
    update(messages)
    .where(messages.c.outbox_id == bindparam("id_"), messages.c.sent_at.is_(None))
    .values(sent_at=bindparam("at_", type_=Moment))
)


class Doubts:
    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    async def all(self, most: int = 50) -> list[Outgoing]:
        """What may or may not have arrived, oldest first."""
        return [outgoing(row) for row in await self._reader.rows(_ALL, {"most": most})]

    async def of_chat(self, chat_id: int, most: int = 50) -> list[Outgoing]:
        """What may or may not have arrived in one chat, newest first."""
        return [outgoing(row) for row in await self._reader.rows(_OF_CHAT, {"chat_id": chat_id, "most": most})]

    @staticmethod
    def again(one: Outgoing) -> Write:
        """It is to go once more, with this guard; as long as it is in doubt."""
        return Write(_AGAIN, {"id_": one.id, "guard_": dict(one.guard)}, row=one.id)

    @staticmethod
    def arrived(id: int, at: datetime) -> Unit:
        """It arrived, then; as long as it is in doubt."""
        values = {"id_": id, "at_": at}
        return (Write(_ARRIVED, values, row=id), Write(_ARRIVED_MESSAGE, values, row=id))
