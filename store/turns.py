"""Turns: several short lines of a buyer, answered once when he pauses."""

from dataclasses import field, fields
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, select, update
from sqlalchemy.dialects.postgresql import insert

from core.frozen import frozen
from store.ids import id_ago, new_id
from store.reading import Found, Reader
from store.tables import Moment, turns
from store.writing import Write


@frozen
class Turn:
    """Lines answered together at `answer_at`. Closed with what was understood (JSON) and what came of it.

    `outcome` is empty while open, then e.g. answered, handed_over, silent, muted.
    """

    conversation_id: int
    opened_at: datetime
    answer_at: datetime
    id: int = field(default_factory=new_id)
    closed_at: datetime | None = None
    outcome: str = ""
    understanding: Any = None


_NAMES = tuple(one.name for one in fields(Turn))
_OPEN = insert(turns)
_OPEN = _OPEN.on_conflict_do_update(
    index_elements=["id"], set_={"answer_at": _OPEN.excluded.answer_at}, where=turns.c.closed_at.is_(None)
)
_CLOSE = (
    update(turns)
    .where(turns.c.id == bindparam("id_"), turns.c.closed_at.is_(None))
    .values(
        closed_at=bindparam("now_"),
        outcome=bindparam("outcome_"),
        understanding=bindparam("understanding_", type_=turns.c.understanding.type),
    )
)
_IS_OPEN = turns.c.closed_at.is_(None)
_DUE = (
    select(turns)
    .where(_IS_OPEN, turns.c.answer_at <= bindparam("now", type_=Moment))
    .order_by(turns.c.answer_at, turns.c.id)
    .limit(bindparam("most"))
)
_ALL_OPEN = select(turns).where(_IS_OPEN).order_by(turns.c.answer_at, turns.c.id)
_UNDERSTOOD = (
    select(turns.c.id, turns.c.understanding)
    .where(turns.c.id > bindparam("after"), turns.c.closed_at >= bindparam("since", type_=Moment))
    .order_by(turns.c.id)
    .limit(bindparam("most"))
)
_PAGE = 1000
_ROW = select(turns).where(turns.c.id == bindparam("id"))
_LATEST = (
    select(turns)
    .where(turns.c.conversation_id == bindparam("conversation_id"))
    .order_by(turns.c.id.desc())
    .limit(bindparam("most"))
)


class Turns:
    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    async def get(self, id: int) -> Turn | None:
        row = await self._reader.row(_ROW, {"id": id})
        return None if row is None else _turn(row)

    async def open(self) -> list[Turn]:
        """All open turns, the next to answer first: what a restart goes on with."""
        return [_turn(row) for row in await self._reader.rows(_ALL_OPEN)]

    async def due(self, now: datetime, most: int = 200) -> list[Turn]:
        """Open turns to be answered by now."""
        return [_turn(row) for row in await self._reader.rows(_DUE, {"now": now, "most": most})]

    async def latest(self, conversation_id: int, most: int = 20) -> list[Turn]:
        """The latest turns of a conversation, the newest first."""
        where = {"conversation_id": conversation_id, "most": most}
        return [_turn(row) for row in await self._reader.rows(_LATEST, where)]

    async def understood_since(self, since: datetime, now: datetime) -> list[Any]:
        """What was understood in every turn answered since then."""
        found: list[Any] = []
        after = id_ago(now - since + timedelta(days=1))
        while rows := await self._reader.rows(_UNDERSTOOD, {"after": after, "since": since, "most": _PAGE}):
            found += [row.understanding for row in rows if row.understanding]
            after = rows[-1].id
        return found

    @staticmethod
    def put(turn: Turn) -> Write:
        """Open a turn, or move the time an open one is answered at. RowRefused when another one is open there."""
        return Write(_OPEN, {name: getattr(turn, name) for name in _NAMES}, row=turn.conversation_id)

    @staticmethod
    def close(turn: Turn, outcome: str, now: datetime, understanding: Any = None) -> Write:
        """The turn is over. A closed one stays as it was closed."""
        values = {"id_": turn.id, "now_": now, "outcome_": outcome, "understanding_": understanding}
        return Write(_CLOSE, values, row=turn.conversation_id)


def _turn(row: Found) -> Turn:
    return Turn(**row._mapping)
