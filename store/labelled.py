"""Labelled: lines of buyers who told what they had meant. A change of the understanding is tried on them."""

from datetime import datetime

from sqlalchemy import bindparam, insert, select

from store.ids import new_id
from store.reading import Reader
from store.tables import labelled
from store.writing import Write

_ADD = insert(labelled)
_LATEST = select(labelled.c.text, labelled.c.ask).order_by(labelled.c.id.desc()).limit(bindparam("most"))


class Labelled:
    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    async def latest(self, most: int = 2000) -> list[tuple[str, str]]:
        """(line, ask), the newest first."""
        return [(row.text, row.ask) for row in await self._reader.rows(_LATEST, {"most": most})]

    @staticmethod
    def add(text: str, ask: str, now: datetime, conversation_id: int | None) -> Write:
        id = new_id()
        values = {"id": id, "at": now, "text": text, "ask": ask, "conversation_id": conversation_id}
        return Write(_ADD, values, row=id)
