"""Wordings: the seller's own texts, laid over the built-in templates so that an upgrade never overwrites them."""

from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, select
from sqlalchemy.dialects.postgresql import insert

from store.reading import Reader
from store.revision import BUMP
from store.tables import wordings
from store.writing import Unit, Write

REPLY = "reply:"
"""Before the key of a reply of the seller's own, sent with /r."""


@dataclass(frozen=True, slots=True)
class OwnWording:
    """`name` is a buyer template's, or "reply:KEY". `media` are files that go along: [{"kind", "file_id"}]."""

    name: str
    language: str
    source: str
    at: datetime
    by: str
    media: Any = None


_NAMES = tuple(one.name for one in fields(OwnWording))
_PUT = insert(wordings)
_PUT = _PUT.on_conflict_do_update(
    index_elements=["name", "language"],
    set_={name: _PUT.excluded[name] for name in _NAMES if name not in ("name", "language")},
)
_DROP = delete(wordings).where(wordings.c.name == bindparam("name_"), wordings.c.language == bindparam("language_"))
_ALL = select(wordings).order_by(wordings.c.name, wordings.c.language)


class OwnWordings:
    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    async def all(self) -> list[OwnWording]:
        return [OwnWording(**row._mapping) for row in await self._reader.rows(_ALL)]

    @staticmethod
    def put(one: OwnWording) -> Unit:
        """It holds from now on."""
        return (Write(_PUT, {name: getattr(one, name) for name in _NAMES}, row=(one.name, one.language)), BUMP)

    @staticmethod
    def drop(name: str, language: str) -> Unit:
        """The built-in wording holds again, or there is no such reply any more."""
        return (Write(_DROP, {"name_": name, "language_": language}, row=(name, language)), BUMP)
