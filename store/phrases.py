"""Phrases: what the seller has taught, beside the built-in phrase files, and the answers to the shop's own asks."""

from datetime import datetime

from sqlalchemy import bindparam, delete, select
from sqlalchemy.dialects.postgresql import insert

from core.asks import Phrase
from store.ids import new_id
from store.reading import Reader
from store.revision import BUMP
from store.tables import own_answers, phrases
from store.writing import Unit, Write

_TEACH = insert(phrases).on_conflict_do_nothing(index_elements=["text", "ask", "is_not"])
_UNTEACH = delete(phrases).where(phrases.c.text == bindparam("text_"), phrases.c.ask == bindparam("ask_"))
_ANSWER = insert(own_answers)
_ANSWER = _ANSWER.on_conflict_do_update(
    index_elements=["ask"], set_={name: _ANSWER.excluded[name] for name in ("answer", "at", "by")}
)
_DROP_ANSWER = delete(own_answers).where(own_answers.c.ask == bindparam("ask_"))
_TAUGHT = select(phrases).order_by(phrases.c.id)
_OWN = select(own_answers.c.ask, own_answers.c.answer).order_by(own_answers.c.ask)


class Phrases:
    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    async def taught(self) -> list[Phrase]:
        """Every taught line, in the order they were taught."""
        return [
            Phrase(row.text, row.ask, row.language, is_not=row.is_not, origin="taught")
            for row in await self._reader.rows(_TAUGHT)
        ]

    async def own(self) -> dict[str, str]:
        """The shop's own asks (`own:…`) and what they are answered with."""
        return {row.ask: row.answer for row in await self._reader.rows(_OWN)}

    @staticmethod
    def teach(phrase: Phrase, by: str, now: datetime) -> Unit:
        """This text asks (or, with `is_not`, does not ask) this. Known ones change nothing."""
        values = {"text": phrase.text, "ask": phrase.ask, "language": phrase.language, "is_not": phrase.is_not}
        return (Write(_TEACH, {"id": new_id(), **values, "at": now, "by": by}), BUMP)

    @staticmethod
    def unteach(text: str, ask: str) -> Unit:
        """Take a taught line back."""
        return (Write(_UNTEACH, {"text_": text, "ask_": ask}), BUMP)

    @staticmethod
    def answer(ask: str, answer: str, by: str, now: datetime) -> Unit:
        """One of the shop's own asks is answered with this."""
        return (Write(_ANSWER, {"ask": ask, "answer": answer, "at": now, "by": by}, row=ask), BUMP)

    @staticmethod
    def drop_answer(ask: str) -> Unit:
        return (Write(_DROP_ANSWER, {"ask_": ask}, row=ask), BUMP)
