"""Prompts: what a seller's reply to a message of ours does. The message is known by its row in the outbox."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, select
from sqlalchemy.dialects.postgresql import insert

from store.reading import Reader
from store.tables import Moment, outbox, prompts
from store.writing import Write


@dataclass(frozen=True, slots=True)
class Prompt:
    """A reply to the message that `outbox_key` sent does `action` with `data`."""

    outbox_key: str
    action: str
    data: Mapping[str, Any]
    at: datetime


_PUT = insert(prompts)
_PUT = _PUT.on_conflict_do_update(
    index_elements=["outbox_key"], set_={name: _PUT.excluded[name] for name in ("action", "data", "at")}
)
_CLEAR = delete(prompts).where(prompts.c.outbox_key == bindparam("key_"))
_PRUNE = delete(prompts).where(prompts.c.at < bindparam("before_", type_=Moment))
_OF_MESSAGE = (
    select(prompts)
    .join(outbox, outbox.c.key == prompts.c.outbox_key)
    .where(outbox.c.chat_id == bindparam("chat_id"), outbox.c.message_id == bindparam("message_id"))
    .order_by(prompts.c.at.desc())
    .limit(1)
)


class Prompts:
    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    async def of_message(self, chat_id: int, message_id: int) -> Prompt | None:
        """What a reply to this message does, if anything."""
        row = await self._reader.row(_OF_MESSAGE, {"chat_id": chat_id, "message_id": message_id})
        return None if row is None else Prompt(**row._mapping)

    @staticmethod
    def put(prompt: Prompt) -> Write:
        """Belongs into the unit that sends the message."""
        values = {"outbox_key": prompt.outbox_key, "action": prompt.action, "data": prompt.data, "at": prompt.at}
        return Write(_PUT, values, row=prompt.outbox_key)

    @staticmethod
    def clear(outbox_key: str) -> Write:
        """A reply to it means nothing any more."""
        return Write(_CLEAR, {"key_": outbox_key}, row=outbox_key)

    @staticmethod
    def prune(before: datetime) -> Write:
        """Forget those made before this time."""
        return Write(_PRUNE, {"before_": before})
