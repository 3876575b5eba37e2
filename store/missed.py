"""Missed: words that were not understood, kept for the seller to teach."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import bindparam, insert, select, update

from store.ids import new_id
from store.reading import Reader
from store.tables import missed
from store.writing import Write


@dataclass(frozen=True, slots=True)
class Missed:
    """Words of a buyer's, and the asks they may have been, likeliest first."""

    text: str
    at: datetime
    maybe: tuple[str, ...] = ()
    conversation_id: int | None = None
    message_id: int | None = None
    id: int = field(default_factory=new_id)
    settled_at: datetime | None = None
    taught_ask: str | None = None


_MOST = 2000
_ADD = insert(missed)
_SETTLE = (
    update(missed)
    .where(missed.c.id == bindparam("id_"), missed.c.settled_at.is_(None))
    .values(settled_at=bindparam("now_"), taught_ask=bindparam("ask_"))
)
_REOPEN = update(missed).where(missed.c.id == bindparam("id_")).values(settled_at=None, taught_ask=None)
_OPEN = select(missed).where(missed.c.settled_at.is_(None)).order_by(missed.c.id.desc()).limit(bindparam("most"))
_ROW = select(missed).where(missed.c.id == bindparam("id"))


class MissedWords:
    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    async def open(self, most: int = 50) -> list[Missed]:
        """Words nobody has dealt with, the newest first."""
        rows = await self._reader.rows(_OPEN, {"most": most})
        return [Missed(**{**row._mapping, "maybe": tuple(row.maybe)}) for row in rows]

    async def get(self, id: int) -> Missed | None:
        row = await self._reader.row(_ROW, {"id": id})
        return None if row is None else Missed(**{**row._mapping, "maybe": tuple(row.maybe)})

    async def of(self, ids: Sequence[int]) -> list[Missed]:
        """Those of these rows that nobody has dealt with yet, the oldest first."""
        wanted = set(ids)
        return [one for one in reversed(await self.open(_MOST)) if one.id in wanted]

    @staticmethod
    def add(one: Missed) -> Write:
        values = {
            "id": one.id,
            "at": one.at,
            "conversation_id": one.conversation_id,
            "message_id": one.message_id,
            "text": one.text,
            "maybe": list(one.maybe),
            "settled_at": None,
            "taught_ask": None,
        }
        return Write(_ADD, values, row=one.id)

    @staticmethod
    def settle(id: int, now: datetime, taught_ask: str | None = None) -> Write:
        """Taught as this ask, or put aside (None)."""
        return Write(_SETTLE, {"id_": id, "now_": now, "ask_": taught_ask}, row=id)

    @staticmethod
    def reopen(id: int) -> Write:
        """It is to be dealt with again."""
        return Write(_REOPEN, {"id_": id}, row=id)
