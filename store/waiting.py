"""Waiting: buyers who want to hear when a sold-out thing is back, each told once."""

from dataclasses import dataclass, field, replace
from datetime import datetime

from sqlalchemy import bindparam, func, select, update
from sqlalchemy.dialects.postgresql import insert

from store.ids import new_id
from store.outbox import Outbox, Outgoing
from store.reading import Reader
from store.tables import waiting
from store.writing import Unit, Write


@dataclass(frozen=True, slots=True)
class Waiting:
    """`outcome` is empty while open, then told, cancelled or merged."""

    buyer_id: int
    sku: str
    asked_at: datetime
    conversation_id: int | None = None
    id: int = field(default_factory=new_id)
    closed_at: datetime | None = None
    outcome: str = ""


_IS_OPEN = waiting.c.closed_at.is_(None)
_ADD = insert(waiting).on_conflict_do_nothing(index_elements=["buyer_id", "sku"], index_where=_IS_OPEN)
_CLOSE = (
    update(waiting)
    .where(waiting.c.id == bindparam("id_"), _IS_OPEN)
    .values(closed_at=bindparam("now_"), outcome=bindparam("outcome_"))
)
_CANCEL = (
    update(waiting)
    .where(waiting.c.buyer_id == bindparam("buyer_id_"), waiting.c.sku == bindparam("sku_"), _IS_OPEN)
    .values(closed_at=bindparam("now_"), outcome="cancelled")
)
_FOR_SKU = select(waiting).where(waiting.c.sku == bindparam("sku"), _IS_OPEN).order_by(waiting.c.id)
_OF_BUYER = select(waiting).where(waiting.c.buyer_id == bindparam("buyer_id"), _IS_OPEN).order_by(waiting.c.id)
_COUNTS = select(waiting.c.sku, func.count()).where(_IS_OPEN).group_by(waiting.c.sku)


class WaitingList:
    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    async def for_sku(self, sku: str) -> list[Waiting]:
        """Who waits for this variant, first come first."""
        return [Waiting(**row._mapping) for row in await self._reader.rows(_FOR_SKU, {"sku": sku})]

    async def of_buyer(self, buyer_id: int) -> list[Waiting]:
        """What a buyer waits for."""
        return [Waiting(**row._mapping) for row in await self._reader.rows(_OF_BUYER, {"buyer_id": buyer_id})]

    async def counts(self) -> dict[str, int]:
        """How many wait for what."""
        return {row[0]: row[1] for row in await self._reader.rows(_COUNTS)}

    @staticmethod
    def add(one: Waiting) -> Write:
        """A buyer waits; one who waits already keeps the place he has."""
        return Write(
            _ADD,
            {
                "id": one.id,
                "buyer_id": one.buyer_id,
                "sku": one.sku,
                "conversation_id": one.conversation_id,
                "asked_at": one.asked_at,
                "closed_at": None,
                "outcome": "",
            },
        )

    @staticmethod
    def tell(one: Waiting, news: Outgoing, now: datetime) -> Unit:
        """Close the entry and put the news into the outbox under the entry's own key: told again, it is dropped there."""
        told = {"id_": one.id, "now_": now, "outcome_": "told"}
        return (Write(_CLOSE, told), Outbox.put(replace(news, key=f"restock:{one.id}")))

    @staticmethod
    def cancel(buyer_id: int, sku: str, now: datetime) -> Write:
        """The buyer does not want to hear of it any more."""
        return Write(_CANCEL, {"buyer_id_": buyer_id, "sku_": sku, "now_": now})
