"""The revision: one number that tells whether catalogue, shop facts, presence or phrases must be read again."""

from sqlalchemy import select, update

from store.reading import Reader
from store.tables import revision
from store.writing import Write

_BUMP = update(revision).values(number=revision.c.number + 1)
NUMBER = select(revision.c.number)
NEXT = select(revision.c.number + 1).scalar_subquery()
"""What it will be once the unit is committed: each one that writes it ends with BUMP."""

BUMP = Write(_BUMP, {}, row=1)
"""Part of every unit that changes what is kept in memory."""


class Revision:
    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    async def read(self) -> int:
        """The number now: read before each turn and tick, so that a change made by another process is seen."""
        return int(await self._reader.value(NUMBER))

    @staticmethod
    def bump() -> Write:
        """Make everyone read again."""
        return BUMP
