"""Prices: ladders and last words, of products and of the shop, and what things cost before."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import bindparam, delete, func, select
from sqlalchemy.dialects.postgresql import insert

from core.money import Money
from core.pricing import Held, PriceBook, PricePolicy
from store.documents import from_document, to_document
from store.reading import Reader
from store.revision import BUMP
from store.tables import Moment, price_log, price_policies
from store.writing import Unit, Write

_PUT = insert(price_policies)
_PUT = _PUT.on_conflict_do_update(
    index_elements=["sku"], set_={name: _PUT.excluded[name] for name in ("document", "at", "by")}
)
_DROP = delete(price_policies).where(price_policies.c.sku == bindparam("sku_", type_=price_policies.c.sku.type))
_ALL = select(price_policies.c.sku, price_policies.c.document)

_LOG = select(price_log.c.sku, price_log.c.at, price_log.c.minor, price_log.c.currency).order_by(price_log.c.id.desc())
_REPRICED = (
    select(price_log.c.sku)
    .group_by(price_log.c.sku)
    .having(func.count() > 1, func.max(price_log.c.at) > bindparam("since", type_=Moment))
)
_LATELY = _LOG.where(price_log.c.sku.in_(_REPRICED))
_OF_THESE = _LOG.where(price_log.c.sku.in_(bindparam("skus", expanding=True)))
MOST_NAMED = 500
"""Things that are asked for by name; of more than that everything repriced lately is read."""


class PricePolicies:
    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    async def load(self) -> PriceBook:
        """Every policy that stands."""
        rows = await self._reader.rows(_ALL)
        return PriceBook({row.sku: from_document(PricePolicy, row.document) for row in rows})

    async def history(self, since: datetime, skus: Collection[str] | None = None) -> dict[str, tuple[Held, ...]]:
        """The prices of these things, or of all that were repriced since then: newest first, back to the one that held at
        that time."""
        named = skus is not None and len(skus) <= MOST_NAMED
        rows = (
            await self._reader.rows(_OF_THESE, {"skus": list(skus or ())})
            if named
            else await self._reader.rows(_LATELY, {"since": since})
        )
        found: dict[str, list[Held]] = {}
        for row in rows:
            held = found.setdefault(row.sku, [])
            if not held or held[-1].since > since:
                held.append(Held(row.at, Money(row.minor, row.currency)))
        return {sku: tuple(held) for sku, held in found.items()}

    @staticmethod
    def put(sku: str, policy: PricePolicy, by: str, now: datetime) -> Unit:
        """Lay this down for a product (the empty sku: the shop); an empty policy takes away what stood."""
        if policy.is_empty:
            return (Write(_DROP, {"sku_": sku}, row=sku), BUMP)
        values = {"sku": sku, "document": to_document(policy), "at": now, "by": by}
        return (Write(_PUT, values, row=sku), BUMP)
