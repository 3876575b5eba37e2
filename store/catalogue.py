"""The catalogue: products, their variants and photos, with the history of stock and price."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, func, literal_column, or_, select, update
from sqlalchemy import insert as plain_insert
from sqlalchemy.dialects.postgresql import insert

from core.catalogue import Catalogue, Variant, Wording
from core.money import Money
from store.documents import to_document
from store.ids import new_id
from store.reading import Reader
from store.revision import BUMP
from store.search import Query, as_words, finds, product_words, wanted, words
from store.tables import (
    Moment,
    photo_files,
    photos,
    price_log,
    products,
    revision,
    stock_log,
    variants,
)
from store.writing import Unit, Write


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


@dataclass(frozen=True, slots=True)
class PhotoFile:
    """What one bot calls a photo (or video) it has uploaded: `media` is photo, video, animation or document."""

    bot_id: int
    source: str
    file_id: str
    media: str


_NEXT = select(revision.c.number + 1).scalar_subquery()
"""What the revision will be once the unit is committed: each one ends with BUMP."""

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
    revision=_NEXT,
)
_PUT_VARIANT = _PUT_VARIANT.on_conflict_do_update(
    index_elements=["sku"],
    set_={name: _PUT_VARIANT.excluded[name] for name in (*_KEPT, "product_id", "english", "changed_at", "revision")},
)
_SET_STOCK = (
    update(variants)
    .where(variants.c.sku == _SKU)
    .values(stock=bindparam("stock_"), changed_at=bindparam("now_"), revision=_NEXT)
)
_SET_PRICE = (
    update(variants)
    .where(variants.c.sku == _SKU)
    .values(
        price_minor=bindparam("minor_"), currency=bindparam("currency_"), changed_at=bindparam("now_"), revision=_NEXT
    )
)
_SET_FLOOR = (
    update(variants)
    .where(variants.c.sku == _SKU)
    .values(
        floor_minor=bindparam("minor_"),
        floor_currency=bindparam("currency_"),
        changed_at=bindparam("now_"),
        revision=_NEXT,
    )
)


def _said(name: str, column: Any) -> Any:
    """A value on its way through a SELECT into a log."""
    return bindparam(name, type_=column.type).label(column.name)


_LOG_STOCK = plain_insert(stock_log).from_select(
    ["id", "at", "sku", "before", "after", "cause", "by"],
    select(
        _said("id_", stock_log.c.id),
        _said("now_", stock_log.c.at),
        variants.c.sku,
        variants.c.stock,
        _said("stock_", stock_log.c.after),
        _said("cause_", stock_log.c.cause),
        _said("by_", stock_log.c.by),
    ).where(
        variants.c.sku == _SKU,
        variants.c.stock.is_distinct_from(bindparam("stock_", type_=variants.c.stock.type)),
    ),
    include_defaults=False,
)
"""Before the stock is set: what it was, if it is going to change."""

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
        _said("id_", price_log.c.id),
        _said("now_", price_log.c.at),
        variants.c.sku,
        variants.c.price_minor,
        variants.c.currency,
        _said("by_", price_log.c.by),
    ).where(variants.c.sku == _SKU, or_(_LATEST_PRICE.is_(None), variants.c.price_minor != _LATEST_PRICE)),
    include_defaults=False,
)
"""After the price is set, if it has changed."""

_DROP_FILE_PHOTOS = delete(photos).where(photos.c.sku == _SKU, photos.c.origin == "file")
_ADD_PHOTO = insert(photos)
_ADD_PHOTO = _ADD_PHOTO.on_conflict_do_update(
    index_elements=["sku", "source"],
    set_={"position": _ADD_PHOTO.excluded.position, "origin": _ADD_PHOTO.excluded.origin},
)
_ADD_CHAT_PHOTO = insert(photos).on_conflict_do_nothing(index_elements=["sku", "source"])
_TOUCH = update(variants).where(variants.c.sku == _SKU).values(revision=_NEXT)
_DROP_PHOTO = delete(photos).where(photos.c.sku == _SKU, photos.c.source == bindparam("source_"))

_VARIANT_ID = select(variants.c.id).where(variants.c.sku == _SKU).scalar_subquery()
_DROP_WORDS = delete(product_words).where(product_words.c.rowid == _VARIANT_ID)
_ADD_WORDS = plain_insert(product_words).values(rowid=_VARIANT_ID, words=as_words(bindparam("words")))

_LEARN_FILE = insert(photo_files)
_LEARN_FILE = _LEARN_FILE.on_conflict_do_update(
    index_elements=["bot_id", "source"],
    set_={name: _LEARN_FILE.excluded[name] for name in ("file_id", "media", "at")},
)

_NUMBER = select(revision.c.number)
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
    .where(finds(literal_column("product_words.words"), bindparam("query", type_=Query())))
    .order_by(variants.c.id)
    .limit(bindparam("most"))
)
_FILES = select(photo_files.c.source, photo_files.c.file_id, photo_files.c.media).where(
    photo_files.c.bot_id == bindparam("bot_id"), photo_files.c.source.in_(bindparam("sources", expanding=True))
)
_STOCK_LOG = (
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
    variants.c.stock == 0
)
_COUNT = select(func.count()).select_from(variants)
_CHANGED_STOCK = select(stock_log).where(stock_log.c.at >= bindparam("since", type_=Moment)).order_by(stock_log.c.id)


EMPTY = Catalogue(revision=-1)


class CatalogueRows:
    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    async def load(self, known: Catalogue = EMPTY) -> Catalogue:
        """Everything, in the order it was first added; `revision` is the number it was read at.

        Of a catalogue known already only what changed since is read, however large the rest is.
        """
        while True:
            number = int(await self._reader.value(_NUMBER))
            if number == known.revision:
                return known
            shown: dict[str, list[str]] = {}
            for row in await self._reader.rows(_CHANGED_PHOTOS, {"known": known.revision}):
                shown.setdefault(row.sku, []).append(row.source)
            merged = {one.sku: one for one in known}
            after = -1
            while rows := await self._reader.rows(_CHANGED, {"known": known.revision, "after": after}):
                merged.update((row.sku, _variant(row, shown.get(row.sku, ()))) for row in rows)
                after = rows[-1].id
            if number == await self._reader.value(_NUMBER):  # else somebody changed something between the questions
                return Catalogue(tuple(merged.values()), number)

    async def search(self, text: str, most: int = 20) -> list[str]:
        """Skus of variants whose title, variant, aliases, category, attributes or sku hold all words of the text."""
        query = wanted(text)
        if not query:
            return []
        return [row.sku for row in await self._reader.rows(_SEARCH, {"query": query, "most": most})]

    async def stock_changes(self, sku: str, most: int = 20) -> list[StockChange]:
        """How the stock of a variant went, the newest first."""
        rows = await self._reader.rows(_STOCK_LOG, {"sku": sku, "most": most})
        return [_stock_change(row) for row in rows]

    async def stock_changes_since(self, since: datetime) -> list[StockChange]:
        """All changes of stock from then on, in order."""
        return [_stock_change(row) for row in await self._reader.rows(_CHANGED_STOCK, {"since": since})]

    async def gone_since(self) -> dict[str, datetime]:
        """Since when each sold-out variant is gone; one that came so by a file, since then."""
        return {row.sku: row.at for row in await self._reader.rows(_GONE_SINCE)}

    async def files(self, bot_id: int, sources: Sequence[str]) -> dict[str, PhotoFile]:
        """What this bot calls those of the photos it has uploaded before."""
        rows = await self._reader.rows(_FILES, {"bot_id": bot_id, "sources": list(sources)})
        return {row.source: PhotoFile(bot_id, row.source, row.file_id, row.media) for row in rows}

    async def count(self) -> int:
        return int(await self._reader.value(_COUNT))

    @staticmethod
    def put(these: Iterable[Variant], by: str, cause: str, now: datetime) -> Unit:
        """Add or update these variants exactly as given; others stay. Photos added in chat stay behind those given.

        The order of `these` is the order of new ones in the catalogue. Changes of stock and price are logged. Pure, and
        for thousands of variants slow enough (60 µs each) to be built in a thread.
        """
        several = list(these)
        unit = [
            Write(_ADD_PRODUCT, {"id": new_id(), "title": title})
            for title in dict.fromkeys(one.title for one in several)
        ]
        unit += [_log_stock(one.sku, one.stock, by, cause, now) for one in several]
        unit += [Write(_PUT_VARIANT, _values(one, now), row=one.sku) for one in several]
        unit += [_log_price(one.sku, by, now) for one in several]
        unit += [Write(_DROP_FILE_PHOTOS, {"sku_": one.sku}, row=one.sku) for one in several]
        unit += [
            Write(
                _ADD_PHOTO,
                {"id": new_id(), "sku": one.sku, "source": source, "origin": "file", "position": place},
                row=one.sku,
            )
            for one in several
            for place, source in enumerate(dict.fromkeys(one.photos))
        ]
        unit += [Write(_DROP_WORDS, {"sku_": one.sku}, row=one.sku) for one in several]
        unit += [Write(_ADD_WORDS, {"sku_": one.sku, "words": _searched(one)}, row=one.sku) for one in several]
        return (*unit, BUMP)

    @staticmethod
    def set_stock(sku: str, stock: int | None, by: str, cause: str, now: datetime) -> Unit:
        """This many are there now (None: unknown). The change is logged with its cause, e.g. seller, import, order."""
        return (
            _log_stock(sku, stock, by, cause, now),
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
    def add_photo(sku: str, source: str) -> Unit:
        """A photo sent in chat, shown behind the others; a known one changes nothing. RowRefused for an unknown sku."""
        values = {"id": new_id(), "sku": sku, "source": source, "origin": "chat", "position": _IN_CHAT}
        return (Write(_ADD_CHAT_PHOTO, values, row=sku), Write(_TOUCH, {"sku_": sku}, row=sku), BUMP)

    @staticmethod
    def drop_photo(sku: str, source: str) -> Unit:
        """This photo is not shown any more."""
        return (
            Write(_DROP_PHOTO, {"sku_": sku, "source_": source}, row=sku),
            Write(_TOUCH, {"sku_": sku}, row=sku),
            BUMP,
        )

    @staticmethod
    def learn_file(file: PhotoFile, now: datetime) -> Write:
        """Telegram has named a photo."""
        values = {"bot_id": file.bot_id, "source": file.source, "file_id": file.file_id, "media": file.media, "at": now}
        return Write(_LEARN_FILE, values, row=(file.bot_id, file.source))


_IN_CHAT = 1_000_000
"""Where photos sent in chat begin: behind all that a file may name."""


def _log_stock(sku: str, stock: int | None, by: str, cause: str, now: datetime) -> Write:
    return Write(_LOG_STOCK, {"id_": new_id(), "sku_": sku, "stock_": stock, "by_": by, "cause_": cause, "now_": now})


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
        price=Money(row.price_minor, row.currency),
        stock=row.stock,
        category=row.category,
        aliases=tuple(row.aliases),
        photos=tuple(shown),
        floor_price=None if row.floor_minor is None else Money(row.floor_minor, row.floor_currency),
        weight=row.weight,
        english=None if row.english is None else _wording(row.english),
    )


def _wording(document: Mapping[str, Any]) -> Wording:
    return Wording(**{**document, "attributes": tuple((key, value) for key, value in document["attributes"])})


def _stock_change(row: Any) -> StockChange:
    return StockChange(row.sku, row.at, row.before, row.after, row.cause, row.by)
