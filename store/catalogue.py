"""The catalogue: products and their variants, with the history of prices."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from sys import intern
from typing import Any

from sqlalchemy import bindparam, delete, func, literal_column, or_, select, update
from sqlalchemy import insert as plain_insert
from sqlalchemy.dialects.postgresql import insert

from core.catalogue import Catalogue, Variant, Wording
from core.money import Money
from store.documents import to_document
from store.ids import new_id
from store.photos import of_file as photos_of_file
from store.reading import Reader
from store.revision import BUMP, NEXT, NUMBER
from store.search import Query, as_words, finds, product_words, wanted, words
from store.stock_history import log as log_stock
from store.tables import (
    given,
    photos,
    price_log,
    products,
    variants,
)
from store.writing import Unit, Write

_SKU = bindparam("sku_", type_=variants.c.sku.type)
_ADD_PRODUCT = insert(products).on_conflict_do_nothing(index_elements=["title"])
_KEPT = (
    "price_minor",
    "currency",
    "floor_minor",
    "floor_currency",
    "stock",
    "category",
    "aliases",
    "weight",
    "wording",
)
_PUT_VARIANT = insert(variants).values(
    product_id=select(products.c.id).where(products.c.title == bindparam("title_")).scalar_subquery(),
    revision=NEXT,
)
_PUT_VARIANT = _PUT_VARIANT.on_conflict_do_update(
    index_elements=["sku"],
    set_={
        **{name: _PUT_VARIANT.excluded[name] for name in (*_KEPT, "product_id", "english", "changed_at", "revision")},
        "off_at": None,
    },
)
_SET_STOCK = (
    update(variants)
    .where(variants.c.sku == _SKU)
    .values(stock=bindparam("stock_"), changed_at=bindparam("now_"), revision=NEXT)
)
_SET_PRICE = (
    update(variants)
    .where(variants.c.sku == _SKU)
    .values(
        price_minor=bindparam("minor_"), currency=bindparam("currency_"), changed_at=bindparam("now_"), revision=NEXT
    )
)
_SET_FLOOR = (
    update(variants)
    .where(variants.c.sku == _SKU)
    .values(
        floor_minor=bindparam("minor_"),
        floor_currency=bindparam("currency_"),
        changed_at=bindparam("now_"),
        revision=NEXT,
    )
)

_SET_OFF = (
    update(variants)
    .where(variants.c.sku == _SKU)
    .values(off_at=bindparam("off_", type_=variants.c.off_at.type), changed_at=bindparam("now_"), revision=NEXT)
)


_LATEST_PRICE = (
    select(price_log.c.minor)
    .where(price_log.c.sku == variants.c.sku, price_log.c.currency == variants.c.currency)
    .order_by(price_log.c.id.desc())
    .limit(1)
    .correlate(variants)
    .scalar_subquery()
)
_LOG_PRICE = plain_insert(price_log).from_select(
    ["id", "at", "sku", "minor", "currency", "by"],
    select(
        given("id_", price_log.c.id),
        given("now_", price_log.c.at),
        variants.c.sku,
        variants.c.price_minor,
        variants.c.currency,
        given("by_", price_log.c.by),
    ).where(variants.c.sku == _SKU, or_(_LATEST_PRICE.is_(None), variants.c.price_minor != _LATEST_PRICE)),
    include_defaults=False,
)
"""After the price is set, if it has changed."""

_VARIANT_ID = select(variants.c.id).where(variants.c.sku == _SKU).scalar_subquery()
_DROP_WORDS = delete(product_words).where(product_words.c.rowid == _VARIANT_ID)
_ADD_WORDS = plain_insert(product_words).values(rowid=_VARIANT_ID, words=as_words(bindparam("words")))

_PAGE = 1000
"""So many rows are made into values at once: 20,000 must not hold up the loop."""
_CHANGED = (
    select(variants, products.c.title)
    .join(products, products.c.id == variants.c.product_id)
    .where(variants.c.revision > bindparam("known"), variants.c.id > bindparam("after"))
    .order_by(variants.c.id)
    .limit(_PAGE)
)
_CHANGED_PHOTOS = (
    select(photos.c.sku, photos.c.source)
    .join(variants, variants.c.sku == photos.c.sku)
    .where(variants.c.revision > bindparam("known"))
    .order_by(photos.c.sku, photos.c.position, photos.c.id)
)
_SEARCH = (
    select(variants.c.sku)
    .join(product_words, product_words.c.rowid == variants.c.id)
    .where(finds(literal_column("product_words.words"), bindparam("query", type_=Query())), variants.c.off_at.is_(None))
    .order_by(variants.c.id)
    .limit(bindparam("most"))
)
_COUNT = select(func.count()).select_from(variants).where(variants.c.off_at.is_(None))
_RESTING = (
    select(variants, products.c.title)
    .join(products, products.c.id == variants.c.product_id)
    .where(variants.c.off_at.is_not(None))
    .order_by(variants.c.id)
)
_OFF = select(variants.c.sku).where(variants.c.off_at.is_not(None)).order_by(variants.c.id)


EMPTY = Catalogue(revision=-1)


class CatalogueRows:
    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    async def load(self, known: Catalogue = EMPTY) -> Catalogue:
        """Everything, in the order it was first added; `revision` is the number it was read at.

        Of a catalogue known already only what changed since is read, however large the rest is.
        """
        while True:
            number = int(await self._reader.value(NUMBER))
            if number == known.revision:
                return known
            shown: dict[str, list[str]] = {}
            for row in await self._reader.rows(_CHANGED_PHOTOS, {"known": known.revision}):
                shown.setdefault(row.sku, []).append(row.source)
            merged = {one.sku: one for one in known}
            after = -1
            while rows := await self._reader.rows(_CHANGED, {"known": known.revision, "after": after}):
                for row in rows:
                    if row.off_at is None:
                        merged[row.sku] = _variant(row, shown.get(row.sku, ()))
                    else:
                        merged.pop(row.sku, None)
                after = rows[-1].id
            if number == await self._reader.value(NUMBER):  # else somebody changed something between the questions
                return Catalogue(tuple(merged.values()), number)

    async def search(self, text: str, most: int = 20) -> list[str]:
        """Skus of variants whose title, variant, aliases, category, attributes or sku hold all words of the text."""
        query = wanted(text)
        if not query:
            return []
        return [row.sku for row in await self._reader.rows(_SEARCH, {"query": query, "most": most})]

    async def count(self) -> int:
        return int(await self._reader.value(_COUNT))

    async def off(self) -> list[str]:
        """Skus that were taken off the shelf."""
        return [row.sku for row in await self._reader.rows(_OFF)]

    async def resting(self) -> list[Variant]:
        """What was taken off the shelf, without its photos: what is known of it still."""
        return [_variant(row, ()) for row in await self._reader.rows(_RESTING)]

    @staticmethod
    def put(these: Iterable[Variant], by: str, cause: str, now: datetime, *, has_photos: bool = True) -> Unit:
        """Add or update these variants exactly as given, on the shelf; others stay. Photos added in chat stay behind those given;
        without `has_photos` all photos stay.

        The order of `these` is the order of new ones in the catalogue. Changes of stock and price are logged. Pure, and
        for thousands of variants slow enough (60 µs each) to be built in a thread.
        """
        several = list(these)
        unit = [
            Write(_ADD_PRODUCT, {"id": new_id(), "title": title})
            for title in dict.fromkeys(one.title for one in several)
        ]
        unit += [log_stock(one.sku, one.stock, by, cause, now) for one in several]
        unit += [Write(_PUT_VARIANT, _values(one, now), row=one.sku) for one in several]
        unit += [_log_price(one.sku, by, now) for one in several]
        unit += photos_of_file(several) if has_photos else ()
        unit += [Write(_DROP_WORDS, {"sku_": one.sku}, row=one.sku) for one in several]
        unit += [Write(_ADD_WORDS, {"sku_": one.sku, "words": _searched(one)}, row=one.sku) for one in several]
        return (*unit, BUMP)

    @staticmethod
    def set_stock(sku: str, stock: int | None, by: str, cause: str, now: datetime) -> Unit:
        """This many are there now (None: unknown). The change is logged with its cause, e.g. seller, import, order."""
        return (
            log_stock(sku, stock, by, cause, now),
            Write(_SET_STOCK, {"sku_": sku, "stock_": stock, "now_": now}, row=sku),
            BUMP,
        )

    @staticmethod
    def set_price(sku: str, price: Money, by: str, now: datetime) -> Unit:
        """The price from now on; the old one is kept in the history."""
        values = {"sku_": sku, "minor_": price.minor, "currency_": price.currency, "now_": now}
        return (Write(_SET_PRICE, values, row=sku), _log_price(sku, by, now), BUMP)

    @staticmethod
    def set_floor(sku: str, floor: Money | None, now: datetime) -> Unit:
        """The lowest price, or None for no discount at all."""
        values = {
            "sku_": sku,
            "minor_": None if floor is None else floor.minor,
            "currency_": None if floor is None else floor.currency,
            "now_": now,
        }
        return (Write(_SET_FLOOR, values, row=sku), BUMP)

    @staticmethod
    def set_off(sku: str, at: datetime | None, now: datetime) -> Unit:
        """It is off the shelf since `at`, as if it were not there; None: it is sold again. Its history stays."""
        return (Write(_SET_OFF, {"sku_": sku, "off_": at, "now_": now}, row=sku), BUMP)


def _log_price(sku: str, by: str, now: datetime) -> Write:
    return Write(_LOG_PRICE, {"id_": new_id(), "sku_": sku, "by_": by, "now_": now})


def _values(one: Variant, now: datetime) -> dict[str, Any]:
    return {
        "id": new_id(),
        "sku": one.sku,
        "title_": one.title,
        "price_minor": one.price.minor,
        "currency": one.price.currency,
        "floor_minor": None if one.floor_price is None else one.floor_price.minor,
        "floor_currency": None if one.floor_price is None else one.floor_price.currency,
        "stock": one.stock,
        "category": one.category,
        "aliases": list(one.aliases),
        "weight": one.weight,
        "wording": to_document(one.wording),
        "english": to_document(one.english),
        "changed_at": now,
    }


def _searched(one: Variant) -> str:
    texts = [one.sku, one.category, *one.aliases]
    for wording in (one.wording, one.english):
        if wording is not None:
            texts += [wording.title, wording.variant, *(value for _, value in wording.attributes)]
    return words(*texts)


def _variant(row: Any, shown: Sequence[str]) -> Variant:
    return Variant(
        sku=row.sku,
        wording=_wording(row.wording),
        price=Money(row.price_minor, intern(row.currency)),
        stock=row.stock,
        category=intern(row.category),
        aliases=tuple(map(intern, row.aliases)),
        photos=tuple(shown),
        floor_price=None if row.floor_minor is None else Money(row.floor_minor, intern(row.floor_currency)),
        weight=intern(row.weight),
        english=None if row.english is None else _wording(row.english),
    )


def _wording(document: Mapping[str, Any]) -> Wording:
    """What many goods have in common (a colour, a material, the name of an attribute) is kept once."""
    words = {name: intern(said) for name, said in document.items() if name not in ("title", "attributes")}
    attributes = tuple((intern(key), intern(value)) for key, value in document["attributes"])
    return Wording(document["title"], attributes=attributes, **words)
