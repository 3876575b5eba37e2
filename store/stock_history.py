"""How the stock of each variant went: every change of it, with its cause."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, func, insert, select

from store.ids import new_id
from store.reading import Found, Reader
from store.tables import Moment, given, stock_log, variants
from store.writing import Write


@dataclass(frozen=True, slots=True)
class StockChange:
    """`before` and `after` None mean unknown."""

    sku: str
    at: datetime
    before: int | None
    after: int | None
    cause: str
    by: str

    @property
    def delta(self) -> int | None:
        """How many came or went, where both counts are known."""
        return None if self.before is None or self.after is None else self.after - self.before


_LOG = insert(stock_log).from_select(
    ["id", "at", "sku", "before", "after", "cause", "by"],
    select(
        given("id_", stock_log.c.id),
        given("now_", stock_log.c.at),
        variants.c.sku,
        variants.c.stock,
        given("stock_", stock_log.c.after),
        given("cause_", stock_log.c.cause),
        given("by_", stock_log.c.by),
    ).where(
        variants.c.sku == bindparam("sku_", type_=variants.c.sku.type),
        variants.c.stock.is_distinct_from(bindparam("stock_", type_=variants.c.stock.type)),
    ),
    include_defaults=False,
)
"""Before the stock is set: what it was, if it is going to change."""

_OF = (
    select(stock_log)
    .where(stock_log.c.sku == bindparam("sku"))
    .order_by(stock_log.c.id.desc())
    .limit(bindparam("most"))
)
_LAST_PIECE = (
    select(func.max(stock_log.c.at, type_=Moment))
    .where(stock_log.c.sku == variants.c.sku, stock_log.c.after == 0)
    .correlate(variants)
    .scalar_subquery()
)
_GONE_SINCE = select(variants.c.sku, func.coalesce(_LAST_PIECE, variants.c.changed_at, type_=Moment).label("at")).where(
    variants.c.stock == 0, variants.c.off_at.is_(None)
)
_SINCE = select(stock_log).where(stock_log.c.at >= bindparam("since", type_=Moment)).order_by(stock_log.c.id)


class StockHistory:
    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    async def of(self, sku: str, most: int = 20) -> list[StockChange]:
        """How the stock of a variant went, the newest first."""
        return [_change(row) for row in await self._reader.rows(_OF, {"sku": sku, "most": most})]

    async def since(self, since: datetime) -> list[StockChange]:
        """All changes of stock from then on, in order."""
        return [_change(row) for row in await self._reader.rows(_SINCE, {"since": since})]

    async def gone_since(self) -> dict[str, datetime]:
        """Since when each sold-out variant is gone; one that came so by a file, since then."""
        return {row.sku: row.at for row in await self._reader.rows(_GONE_SINCE)}


def log(sku: str, stock: int | None, by: str, cause: str, now: datetime) -> Write:
    """Belongs before the write that sets the stock; nothing is logged where it does not change."""
    return Write(_LOG, {"id_": new_id(), "sku_": sku, "stock_": stock, "by_": by, "cause_": cause, "now_": now})


def _change(row: Found) -> StockChange:
    return StockChange(row.sku, row.at, row.before, row.after, row.cause, row.by)
