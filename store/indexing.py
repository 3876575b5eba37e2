"""Indexing: the words of what was said become findable when nobody waits for an answer, and before anybody searches.

A full-text index makes a segment of its own for each transaction and merges them later: written with every reply, it was a
twelfth of what a reply cost. So a unit only notes what is to be indexed, and that is taken up here, many at a time.
"""

import asyncio
from datetime import timedelta

from sqlalchemy import bindparam, delete, func, select
from sqlalchemy.dialects.postgresql import insert

from store.ids import id_ago
from store.reading import Reader
from store.search import as_words, message_words, words
from store.tables import Id, message_versions, messages, unindexed
from store.writing import Write, Writer

AT_ONCE = 40
"""Texts a step: about two milliseconds of the loop's when all of them are new."""

_NOTE = insert(unindexed)
_OLDEST = select(func.min(unindexed.c.id))
_NEXT = (
    select(unindexed.c.id, func.coalesce(messages.c.text, message_versions.c.text, "").label("text"))
    .outerjoin(messages, messages.c.id == unindexed.c.id)
    .outerjoin(message_versions, message_versions.c.id == unindexed.c.id)
    .order_by(unindexed.c.id)
    .limit(bindparam("most"))
)
_ADD_WORDS = insert(message_words).from_select(
    ["rowid", "words"],
    # what a buyer said may be forgotten between the question and this
    select(bindparam("rowid", type_=Id), as_words(bindparam("words"))).where(
        select(unindexed.c.id).where(unindexed.c.id == bindparam("rowid", type_=Id)).exists()
    ),
)
_DONE = delete(unindexed).where(unindexed.c.id == bindparam("id_"))


class Indexing:
    """What waits to become findable, oldest first."""

    def __init__(self, reader: Reader, writer: Writer) -> None:
        self._reader = reader
        self._writer = writer
        self._one = asyncio.Lock()

    @staticmethod
    def note(id: int) -> Write:
        """A message, or a version of one, of this id is to be indexed."""
        return Write(_NOTE, {"id": id}, row=id)

    async def step(self, most: int = AT_ONCE) -> bool:
        """Index the oldest. Returns whether there may be more."""
        async with self._one:
            waiting = await self._reader.rows(_NEXT, {"most": most})
            kept = [(row.id, words(row.text)) for row in waiting]
            await self._writer.write(
                [
                    *(Write(_ADD_WORDS, {"rowid": id, "words": found}, row=id) for id, found in kept if found),
                    *(Write(_DONE, {"id_": id}, row=id) for id, _ in kept),
                ]
            )
            return len(waiting) == most

    async def all(self) -> None:
        """Index everything that was written before this was asked."""
        while await self.step():
            pass

    async def is_late(self, patience: timedelta) -> bool:
        """Whether something has waited so long."""
        oldest = await self._reader.value(_OLDEST)
        return oldest is not None and oldest < id_ago(patience)
