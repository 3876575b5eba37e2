"""Choices: the numbered buttons a buyer may answer by typing, where buttons may not work."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import bindparam, delete, select
from sqlalchemy.dialects.postgresql import insert

from store.reading import Reader
from store.tables import choices
from store.writing import Write

_OFFER = insert(choices)
_OFFER = _OFFER.on_conflict_do_update(
    index_elements=["conversation_id"], set_={"buttons": _OFFER.excluded.buttons, "at": _OFFER.excluded.at}
)
_WITHDRAW = delete(choices).where(choices.c.conversation_id == bindparam("conversation_id_"))
_OF = select(choices.c.buttons, choices.c.at).where(choices.c.conversation_id == bindparam("conversation_id"))


class Choices:
    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    async def of_conversation(self, conversation_id: int) -> tuple[tuple[str, ...], datetime] | None:
        """The ids of the buttons as they are numbered, and when they were shown; None when nothing is to choose."""
        row = await self._reader.row(_OF, {"conversation_id": conversation_id})
        return None if row is None else (tuple(row.buttons), row.at)

    @staticmethod
    def offer(conversation_id: int, buttons: Sequence[str], now: datetime) -> Write:
        """These may be answered by number now, and no earlier ones."""
        values = {"conversation_id": conversation_id, "buttons": list(buttons), "at": now}
        return Write(_OFFER, values, row=conversation_id)

    @staticmethod
    def withdraw(conversation_id: int) -> Write:
        """A number means nothing any more."""
        return Write(_WITHDRAW, {"conversation_id_": conversation_id}, row=conversation_id)
