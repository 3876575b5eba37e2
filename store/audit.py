"""The audit: who did what, and when. Rows are added, never changed."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, insert, select

from store.ids import new_id
from store.reading import Reader
from store.tables import Moment, audit
from store.writing import Write


@dataclass(frozen=True, slots=True)
class Entry:
    """`who` is e.g. owner:7, bot or buyer:9; `about` names the thing, e.g. buyer:9 or sku:A-1; `data` is any JSON."""

    at: datetime
    who: str
    what: str
    about: str = ""
    data: Mapping[str, Any] = field(default_factory=dict)
    id: int = field(default_factory=new_id)


_NAMES = tuple(one.name for one in fields(Entry))
_ADD = insert(audit)
_LATEST = select(audit).order_by(audit.c.id.desc()).limit(bindparam("most"))
_ABOUT = select(audit).where(audit.c.about == bindparam("about")).order_by(audit.c.id.desc()).limit(bindparam("most"))
_BY = select(audit).where(audit.c.who == bindparam("who")).order_by(audit.c.id.desc()).limit(bindparam("most"))
_SINCE = (
    select(audit)
    .where(audit.c.at >= bindparam("since", type_=Moment), audit.c.at < bindparam("until", type_=Moment))
    .order_by(audit.c.id)
    .limit(bindparam("most"))
)


class Audit:
    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    async def latest(self, most: int = 50) -> list[Entry]:
        """What was done last, the newest first."""
        return [Entry(**row._mapping) for row in await self._reader.rows(_LATEST, {"most": most})]

    async def about(self, about: str, most: int = 50) -> list[Entry]:
        """What was done to this thing, the newest first."""
        return [Entry(**row._mapping) for row in await self._reader.rows(_ABOUT, {"about": about, "most": most})]

    async def by(self, who: str, most: int = 50) -> list[Entry]:
        """What this person did, the newest first."""
        return [Entry(**row._mapping) for row in await self._reader.rows(_BY, {"who": who, "most": most})]

    async def between(self, since: datetime, until: datetime, most: int = 2000) -> list[Entry]:
        """What was done from `since` to before `until`, the oldest first."""
        where = {"since": since, "until": until, "most": most}
        return [Entry(**row._mapping) for row in await self._reader.rows(_SINCE, where)]

    @staticmethod
    def add(entry: Entry) -> Write:
        """Belongs into the unit of the deed."""
        return Write(_ADD, {name: getattr(entry, name) for name in _NAMES}, row=entry.id)
