"""Phrases: what the seller has taught, beside the built-in phrase files."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, delete, func, select, update
from sqlalchemy.dialects.postgresql import insert

from core.asks import Phrase
from store.ids import new_id
from store.reading import Found, Reader
from store.revision import BUMP
from store.tables import phrases
from store.writing import Unit, Write


@dataclass(frozen=True, slots=True)
class TaughtLine:
    """A taught line, and who taught it when. `learnt_at` is None until the model was made anew with it."""

    id: int
    phrase: Phrase
    at: datetime
    by: str
    learnt_at: datetime | None = None


_TEACH = insert(phrases).on_conflict_do_nothing(index_elements=["text", "ask", "is_not"])
_UNTEACH = delete(phrases).where(phrases.c.text == bindparam("text_"), phrases.c.ask == bindparam("ask_"))
_DROP = delete(phrases).where(phrases.c.id == bindparam("id_"))
_MOVE = delete(phrases).where(
    phrases.c.text == bindparam("text_"), phrases.c.ask != bindparam("ask_"), phrases.c.is_not.is_(False)
)
_LEARNT = update(phrases).where(phrases.c.id == bindparam("id_")).values(learnt_at=bindparam("now_"))
_ALL = select(phrases).order_by(phrases.c.id)
_LATEST = select(phrases).order_by(phrases.c.id.desc()).limit(bindparam("most"))
_ROW = select(phrases).where(phrases.c.id == bindparam("id"))
_OF_TEXT = select(phrases).where(phrases.c.text == bindparam("text")).order_by(phrases.c.id)
_STATE = select(func.count(), func.max(phrases.c.id), func.count(phrases.c.learnt_at))


class Phrases:
    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    async def taught(self) -> list[Phrase]:
        """Every taught line, in the order they were taught."""
        return [one.phrase for one in await self.lines()]

    async def lines(self) -> list[TaughtLine]:
        """The same, with who taught them and when."""
        return [_line(row) for row in await self._reader.rows(_ALL)]

    async def latest(self, most: int) -> list[TaughtLine]:
        """What was taught last, the newest first."""
        return [_line(row) for row in await self._reader.rows(_LATEST, {"most": most})]

    async def get(self, id: int) -> TaughtLine | None:
        row = await self._reader.row(_ROW, {"id": id})
        return None if row is None else _line(row)

    async def of_text(self, text: str) -> list[TaughtLine]:
        """What was taught of this very text."""
        return [_line(row) for row in await self._reader.rows(_OF_TEXT, {"text": text})]

    async def state(self) -> tuple[int, int, int]:
        """Something that differs whenever a line was taught, learnt or taken back: cheaper to read than the lines."""
        row = await self._reader.row(_STATE)
        return (0, 0, 0) if row is None else (row[0], row[1] or 0, row[2])

    @staticmethod
    def teach(phrase: Phrase, by: str, now: datetime, id: int | None = None) -> Unit:
        """This text asks (or, with `is_not`, does not ask) this. Known ones change nothing; a text asks one thing only, so
        that it no longer asks what it was taught to ask before."""
        values = {"text": phrase.text, "ask": phrase.ask, "language": phrase.language, "is_not": phrase.is_not}
        add = Write(_TEACH, {"id": id or new_id(), **values, "at": now, "by": by})
        moved = () if phrase.is_not else (Write(_MOVE, {"text_": phrase.text, "ask_": phrase.ask}),)
        return (*moved, add, BUMP)

    @staticmethod
    def unteach(text: str, ask: str) -> Unit:
        """Take a taught line back."""
        return (Write(_UNTEACH, {"text_": text, "ask_": ask}), BUMP)

    @staticmethod
    def drop(ids: Sequence[int]) -> Unit:
        """Take these lines back."""
        return (*(Write(_DROP, {"id_": id}, row=id) for id in ids), BUMP)

    @staticmethod
    def learnt(ids: Sequence[int], now: datetime) -> Unit:
        """The model knows these lines now."""
        return tuple(Write(_LEARNT, {"id_": id, "now_": now}, row=id) for id in ids)


def _line(row: Found) -> TaughtLine:
    phrase = Phrase(row.text, row.ask, row.language, is_not=row.is_not, origin="taught")
    return TaughtLine(row.id, phrase, row.at, row.by, row.learnt_at)
