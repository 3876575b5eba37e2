"""Price policies: ladders and last words, of products and of the shop."""

from datetime import datetime

from sqlalchemy import bindparam, delete, select
from sqlalchemy.dialects.postgresql import insert

from core.pricing import PriceBook, PricePolicy
from store.documents import from_document, to_document
from store.reading import Reader
from store.revision import BUMP
from store.tables import price_policies
from store.writing import Unit, Write

_PUT = insert(price_policies)
_PUT = _PUT.on_conflict_do_update(
    index_elements=["sku"], set_={name: _PUT.excluded[name] for name in ("document", "at", "by")}
)
_DROP = delete(price_policies).where(price_policies.c.sku == bindparam("sku_", type_=price_policies.c.sku.type))
_ALL = select(price_policies.c.sku, price_policies.c.document)


class PricePolicies:
    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    async def load(self) -> PriceBook:
        """Every policy that stands."""
        rows = await self._reader.rows(_ALL)
        return PriceBook({row.sku: from_document(PricePolicy, row.document) for row in rows})

    @staticmethod
    def put(sku: str, policy: PricePolicy, by: str, now: datetime) -> Unit:
        """Lay this down for a product (the empty sku: the shop); an empty policy takes away what stood."""
        if policy.is_empty:
            return (Write(_DROP, {"sku_": sku}, row=sku), BUMP)
        values = {"sku": sku, "document": to_document(policy), "at": now, "by": by}
        return (Write(_PUT, values, row=sku), BUMP)
