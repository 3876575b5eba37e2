"""The shop: its facts, every version of them, and what the seller said of being here or away."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, delete, insert, select

from core.shop import Shop
from store.documents import from_document, to_document
from store.ids import new_id
from store.reading import Reader
from store.revision import BUMP
from store.tables import presences, shop_versions
from store.writing import Unit, Write


@dataclass(frozen=True, slots=True)
class ShopVersion:
    """The facts as somebody stated them."""

    id: int
    at: datetime
    by: str
    shop: Shop


@dataclass(frozen=True, slots=True)
class SaidPresence:
    """What the seller said last: /here until, /away until. Both None: nothing, the hours hold."""

    here_until: datetime | None = None
    away_until: datetime | None = None


_SAVE = insert(shop_versions)
_CLEAR = delete(shop_versions)
_SAY = insert(presences)
_VERSIONS = select(shop_versions).order_by(shop_versions.c.id.desc()).limit(bindparam("most"))
_PRESENCE = select(presences.c.here_until, presences.c.away_until).order_by(presences.c.id.desc()).limit(1)


class ShopFacts:
    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    async def load(self) -> Shop | None:
        """The facts that hold now; None before the first were stated."""
        versions = await self.versions(1)
        return versions[0].shop if versions else None

    async def versions(self, most: int = 20) -> list[ShopVersion]:
        """The facts as they were stated over time, the newest first."""
        rows = await self._reader.rows(_VERSIONS, {"most": most})
        return [ShopVersion(row.id, row.at, row.by, from_document(Shop, row.document)) for row in rows]

    async def presence(self) -> SaidPresence:
        """What the seller said last of being here or away, whether or not it has run out."""
        row = await self._reader.row(_PRESENCE)
        return SaidPresence() if row is None else SaidPresence(row.here_until, row.away_until)

    @staticmethod
    def save(shop: Shop, by: str, now: datetime) -> Unit:
        """These facts hold from now on; earlier ones are kept."""
        return (Write(_SAVE, {"id": new_id(), "at": now, "by": by, "document": to_document(shop)}), BUMP)

    @staticmethod
    def clear() -> Unit:
        """Nothing was ever stated: what the very first file said is taken back."""
        return (Write(_CLEAR, {}), BUMP)

    @staticmethod
    def say(said: SaidPresence, by: str, now: datetime) -> Unit:
        """The seller said to be here or away; it replaces what he said before."""
        values = {"here_until": said.here_until, "away_until": said.away_until}
        return (Write(_SAY, {"id": new_id(), "at": now, "by": by, **values}), BUMP)
