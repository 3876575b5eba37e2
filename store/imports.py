"""Imports: files that were imported, what each row was before, and how it is taken back."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field, fields
from datetime import datetime
from typing import Any

import orjson
from sqlalchemy import and_, bindparam, delete, exists, insert, select, update

from store.ids import new_id
from store.reading import Reader
from store.tables import (
    Moment,
    buyers,
    import_rows,
    imports,
    mistakes,
    order_changes,
    order_lines,
    order_steps,
    orders,
    parcel_events,
    parcels,
    promises,
)
from store.writing import Unit, Write


@dataclass(frozen=True, slots=True)
class Import:
    """A file that was imported; `kind` is that of the file, e.g. catalogue."""

    at: datetime
    by: str
    kind: str
    file: str
    id: int = field(default_factory=new_id)
    undone_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """What a file did to one thing: `what` it is (variant, customer, order, …) and its `key`. `before` is a document, None
    where it was new; `after` is what tells whether it still is as the file made it."""

    what: str
    key: str
    before: Any
    after: str
    buyer_id: int | None = None


def stamp(document: Any) -> str:
    """What two documents have in common only when they are the same."""
    return hashlib.blake2b(orjson.dumps(document, option=orjson.OPT_SORT_KEYS), digest_size=12).hexdigest()


_IMPORT = tuple(one.name for one in fields(Import))
_ROW = tuple(one.name for one in fields(Row))
_ADD = insert(imports)
_ADD_ROW = insert(import_rows)
_UNDONE = update(imports).where(imports.c.id == bindparam("id_")).values(undone_at=bindparam("now_"))
_OLD = select(imports.c.id).where(imports.c.at < bindparam("before_", type_=Moment))
_PRUNE_ROWS = delete(import_rows).where(import_rows.c.import_id.in_(_OLD))
_PRUNE = delete(imports).where(imports.c.at < bindparam("before_", type_=Moment))
_GET = select(imports).where(imports.c.id == bindparam("id"))
_LATEST = select(imports).where(imports.c.undone_at.is_(None)).order_by(imports.c.id.desc()).limit(1)
_ROWS = select(import_rows).where(import_rows.c.import_id == bindparam("id")).order_by(import_rows.c.place)

_NUMBER = bindparam("order_no_", type_=orders.c.order_no.type)
_PARCELS = select(parcels.c.id).where(parcels.c.order_no == _NUMBER)
_REMOVE_ORDER = (
    delete(parcel_events).where(parcel_events.c.parcel_id.in_(_PARCELS)),
    *(delete(one).where(one.c.order_no == _NUMBER) for one in (parcels, promises, order_steps, order_lines, orders)),
)
_PARCEL = and_(parcels.c.order_no == _NUMBER, parcels.c.number == bindparam("number_", type_=parcels.c.number.type))
_REMOVE_PARCEL = (
    delete(parcel_events).where(parcel_events.c.parcel_id.in_(select(parcels.c.id).where(_PARCEL))),
    delete(parcels).where(_PARCEL),
)
_merged = buyers.alias("merged")
_REMOVE_BUYER = delete(buyers).where(
    buyers.c.id == bindparam("buyer_id_", type_=buyers.c.id.type),
    buyers.c.first_seen_at.is_(None),
    buyers.c.merged_into.is_(None),
    ~exists().where(_merged.c.merged_into == buyers.c.id),
    *(~exists().where(one.c.buyer_id == buyers.c.id) for one in (orders, promises, mistakes)),
)
_ENTANGLED = (
    select(mistakes.c.order_no)
    .where(mistakes.c.order_no.in_(bindparam("numbers", expanding=True)))
    .union(
        select(order_changes.c.order_no).where(order_changes.c.order_no.in_(bindparam("numbers", expanding=True))),
        select(promises.c.order_no).where(
            promises.c.order_no.in_(bindparam("numbers", expanding=True)), promises.c.conversation_id.is_not(None)
        ),
        select(parcels.c.order_no).where(
            parcels.c.order_no.in_(bindparam("numbers", expanding=True)), parcels.c.told_at.is_not(None)
        ),
    )
)
_ORDERED = select(order_lines.c.sku).where(order_lines.c.sku.in_(bindparam("skus", expanding=True))).distinct()
_AT_ONCE = 500


class Imports:
    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    async def get(self, id: int) -> Import | None:
        row = await self._reader.row(_GET, {"id": id})
        return None if row is None else Import(**row._mapping)

    async def latest(self) -> Import | None:
        """The last file that was imported and not taken back."""
        row = await self._reader.row(_LATEST)
        return None if row is None else Import(**row._mapping)

    async def rows(self, id: int) -> list[Row]:
        """What the file changed, in its order."""
        found = await self._reader.rows(_ROWS, {"id": id})
        return [Row(**{name: row._mapping[name] for name in _ROW}) for row in found]

    async def entangled(self, order_nos: Sequence[str]) -> set[str]:
        """Those of these orders of which a buyer was told something, or that somebody has something to do about."""
        return await self._which(_ENTANGLED, "numbers", order_nos)

    async def ordered(self, skus: Sequence[str]) -> set[str]:
        """Those of these goods that stand in an order."""
        return await self._which(_ORDERED, "skus", skus)

    async def _which(self, question: Any, name: str, keys: Sequence[str]) -> set[str]:
        found: set[str] = set()
        for start in range(0, len(keys), _AT_ONCE):
            found |= {row[0] for row in await self._reader.rows(question, {name: list(keys[start : start + _AT_ONCE])})}
        return found

    @staticmethod
    def add(one: Import, rows: Sequence[Row]) -> Unit:
        """Belongs into the unit that takes the file over."""
        return (
            Write(_ADD, {name: getattr(one, name) for name in _IMPORT}, row=one.id),
            *(
                Write(
                    _ADD_ROW,
                    {"import_id": one.id, "place": place, **{name: getattr(row, name) for name in _ROW}},
                    row=(one.id, place),
                )
                for place, row in enumerate(rows)
            ),
        )

    @staticmethod
    def undone(id: int, now: datetime) -> Write:
        """The file was taken back."""
        return Write(_UNDONE, {"id_": id, "now_": now}, row=id)

    @staticmethod
    def prune(before: datetime) -> Unit:
        """Files imported before then cannot be taken back any more."""
        return (Write(_PRUNE_ROWS, {"before_": before}), Write(_PRUNE, {"before_": before}))

    @staticmethod
    def remove_orders(order_nos: Sequence[str]) -> Unit:
        """Orders that came with a file and were never used are as if they had never been. Their goods are given back before."""
        # Table by table: what refers to an order goes before any order does, however the writes are grouped.
        return tuple(Write(one, {"order_no_": order_no}) for one in _REMOVE_ORDER for order_no in order_nos)

    @staticmethod
    def remove_parcel(order_no: str, number: str) -> Unit:
        """A parcel that came with a file is not this order's."""
        return tuple(Write(one, {"order_no_": order_no, "number_": number}) for one in _REMOVE_PARCEL)

    @staticmethod
    def remove_buyer(buyer_id: int) -> Write:
        """A buyer who is known from a file only and has nothing here is not known; anybody else stays."""
        return Write(_REMOVE_BUYER, {"buyer_id_": buyer_id})
