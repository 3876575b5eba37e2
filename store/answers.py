"""Answers: what the seller has said that an ask is answered with, to everyone or about one product."""

from datetime import datetime

from sqlalchemy import bindparam, delete, func, select
from sqlalchemy.dialects.postgresql import insert

from core.answers import KeptAnswer
from store.ids import new_id
from store.reading import Found, Reader
from store.revision import BUMP
from store.tables import answers
from store.writing import Unit, Write

_KEY = ("ask", "product", "question", "language")
_KEEP = insert(answers)
_KEEP = _KEEP.on_conflict_do_update(
    index_elements=list(_KEY), set_={name: _KEEP.excluded[name] for name in ("answer", "at", "by")}
)
_DROP = delete(answers).where(*(answers.c[name] == bindparam(f"{name}_") for name in _KEY))
_ALL = select(answers).order_by(answers.c.id)
_STATE = select(func.count(), func.max(answers.c.at), func.max(answers.c.id))


class AnswerRows:
    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    async def all(self) -> list[KeptAnswer]:
        """Every answer, in the order they were first given."""
        return [_answer(row) for row in await self._reader.rows(_ALL)]

    async def state(self) -> tuple[int, datetime | None, int]:
        """Something that differs whenever an answer was given, changed or taken back."""
        row = await self._reader.row(_STATE)
        return (0, None, 0) if row is None else (row[0], row[1], row[2] or 0)

    @staticmethod
    def keep(one: KeptAnswer, by: str, now: datetime) -> Unit:
        """From now on it is answered so; an earlier answer in the same language is replaced."""
        values = {name: getattr(one, name) for name in _KEY}
        return (Write(_KEEP, {"id": new_id(), **values, "answer": one.text, "at": now, "by": by}), BUMP)

    @staticmethod
    def drop(one: KeptAnswer) -> Unit:
        """It is no longer answered so."""
        return (Write(_DROP, {f"{name}_": getattr(one, name) for name in _KEY}), BUMP)


def _answer(row: Found) -> KeptAnswer:
    return KeptAnswer(row.ask, row.answer, row.language, row.product, row.question)
