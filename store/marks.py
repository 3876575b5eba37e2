"""Marks: small facts of the program itself, such as being paused since a restore, or the last poll."""

from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, select
from sqlalchemy.dialects.postgresql import insert

from store.reading import Reader
from store.tables import marks
from store.writing import Write

PAUSED = "paused"
"""Set by `restore`, taken away by /go: nothing goes to a buyer. See `store.pausing`."""
FORGET = "forget:"
"""`forget:7` asks a running program to forget buyer 7."""

_SET = insert(marks)
_SET = _SET.on_conflict_do_update(index_elements=["name"], set_={"value": _SET.excluded.value, "at": _SET.excluded.at})
_CLEAR = delete(marks).where(marks.c.name == bindparam("name_"))
_BEGINNING = select(marks.c.name).where(marks.c.name.startswith(bindparam("start"), autoescape=False))
_GET = select(marks.c.value).where(marks.c.name == bindparam("name"))


class Marks:
    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    async def get(self, name: str) -> Any:
        """The mark's JSON value, None when it is not set."""
        return await self._reader.value(_GET, {"name": name})

    async def beginning(self, start: str) -> list[str]:
        """Names of the marks that begin so."""
        return [str(row[0]) for row in await self._reader.rows(_BEGINNING, {"start": start})]

    @staticmethod
    def set(name: str, value: Any, now: datetime) -> Write:
        return Write(_SET, {"name": name, "value": value, "at": now}, row=name)

    @staticmethod
    def clear(name: str) -> Write:
        return Write(_CLEAR, {"name_": name}, row=name)
