"""catalogue.csv or .xlsx: one row per sellable thing becomes one Variant, all of them or none."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from core.catalogue import Variant, Wording
from core.money import Money, is_currency
from core.units import in_english, told_by
from sheets.cells import Row
from sheets.grid import Grid
from sheets.headers import CATALOGUE, find_columns
from sheets.problems import Listing, Parsed, Taken

LONG = 1_000
MOST_PHOTOS = 10  # Telegram's largest album
FILE_ID = re.compile(r"[A-Za-z0-9_-]{20,200}")
_ENGLISH = frozenset(column.name for column in CATALOGUE if column.name.endswith("_en"))
_SEVERAL = re.compile(r"[,，;；、\n][^=＝,，;；、]{1,20}[=＝]")
"""In a value: the next attribute, set apart by another sign than |."""
_DATE = re.compile(r"(?:19|20)\d\d[-/]\d{1,2}[-/]\d{1,2}")
_TITLE, _VARIANT, _PRICE = (frozenset((name,)) for name in ("title", "variant", "price"))
PHOTO_ENDINGS = (".jpg", ".jpeg", ".png", ".webp", ".gif", ".mp4", ".mov")


@dataclass(frozen=True, slots=True)
class Sheet:
    """The variants of a grid, its columns by their English names, and the row each sku stands in.

    Where `title` is no column each title is empty, and where `price` is none each costs nothing: such a sheet can only
    change goods that are known.
    """

    variants: tuple[Variant, ...] = ()
    columns: frozenset[str] = frozenset()
    rows: Mapping[str, int] = field(default_factory=dict)


def catalogue_from(grid: Grid, shop_currency: str = "CNY") -> Parsed[Sheet]:
    """The goods of a grid. A blank currency is the shop's."""
    wrong, odd = Listing(grid.file), Listing(grid.file)
    found = find_columns(grid, CATALOGUE, wrong, odd)
    if wrong.count:
        return wrong.problems()
    if not grid.rows:
        wrong.add("no_rows")
    placed: list[tuple[Row, Variant]] = []
    seen: dict[str, int] = {}
    for number, cells in grid.rows:
        row = Row(grid, found, number, cells, wrong)
        row.check_width()
        if sku := row.identifier("sku", required=True):
            if sku in seen:
                row.tell("sku_twice", "sku", sku, first=seen[sku])
            seen.setdefault(sku, number)
        variant = _variant(row, sku, shop_currency)
        if variant is not None:
            placed.append((row, variant))
    if wrong.count:
        return wrong.problems()
    _compare(placed, shop_currency, odd)
    return Taken(Sheet(tuple(variant for _, variant in placed), frozenset(found), seen), odd.problems())


def _variant(row: Row, sku: str, shop_currency: str) -> Variant | None:
    """One row. None when it cannot be a variant; what is wrong has been told either way."""
    currency = row.text("currency", 20).upper() or shop_currency
    if not is_currency(currency):
        row.tell("unknown_currency", "currency", currency, currency=shop_currency)
        price = floor = None
    else:
        price = row.amount("price", currency, required=True) if row.has(_PRICE) else Money(0, currency)
        floor = row.amount("floor_price", currency)
    if row.has(_PRICE) and price is not None and floor is not None and price < floor:
        row.tell("floor_above_price", "floor_price", row.raw("floor_price"), price=row.raw("price"))
    wording = _wording(row, "")
    variant = Variant(
        sku=sku,
        wording=wording,
        price=price or Money(0, shop_currency),
        stock=row.whole("stock"),
        category=row.text("category", 100),
        aliases=_aliases(row),
        photos=_photos(row),
        floor_price=floor,
        weight=row.text("weight", 50),
        english=_english(row, wording),
    )
    return variant if price is not None else None


def _wording(row: Row, ending: str) -> Wording:
    attributes = _attributes(row, "attributes" + ending)
    return Wording(
        title=row.text("title" + ending, 200, required=not ending and row.has(_TITLE)),
        variant=row.text("variant" + ending, 200),
        attributes=attributes,
        note=row.text("note" + ending, LONG, lines=True),
        howto=row.text("howto" + ending, LONG, lines=True),
        not_for=row.text("not_for" + ending, LONG, lines=True),
        guarantee=row.text("guarantee" + ending, LONG, lines=True),
        unit=row.text("unit" + ending, 20) or told_by(attributes),
    )


def _english(row: Row, own: Wording) -> Wording | None:
    """The English words, if the row has any; where one is missing, the file's own stands in."""
    if not row.has(_ENGLISH):
        return None
    english = _wording(row, "_en")
    if english == Wording(""):
        return None
    return Wording(
        english.title or own.title,
        english.variant or own.variant,
        english.attributes or own.attributes,
        english.note or own.note,
        english.howto or own.howto,
        english.not_for or own.not_for,
        english.guarantee or own.guarantee,
        english.unit or in_english(own.unit),
    )


def _attributes(row: Row, column: str) -> tuple[tuple[str, str], ...]:
    attributes: dict[str, str] = {}
    for piece in _pieces(row.text(column, 3_000)):
        key, equals, value = (part.strip() for part in piece.replace("＝", "=").partition("="))
        if not (key and equals and value) or _SEVERAL.search(value):
            row.tell("attribute", column, piece)
        elif key in attributes:
            row.tell("attribute_twice", column, piece, name=key)
        else:
            attributes[key] = value
    return tuple(attributes.items())


def _aliases(row: Row) -> tuple[str, ...]:
    aliases = tuple(dict.fromkeys(_pieces(row.text("aliases", 3_000))))
    for alias in aliases:
        if len(alias) > 100:
            row.tell("alias_too_long", "aliases", alias)
    return aliases


def _photos(row: Row) -> tuple[str, ...]:
    photos = tuple(dict.fromkeys(_pieces(row.text("photos", 5_000))))
    for photo in photos:
        if fault := _photo_fault(photo):
            row.tell(fault, "photos", photo)
    if len(photos) > MOST_PHOTOS:
        row.tell("too_many_photos", "photos", f"{len(photos)}", most=MOST_PHOTOS)
    return photos


def _photo_fault(photo: str) -> str:
    """A photo is an https address, a path beside the file that stays there, or a Telegram file id."""
    if photo.startswith("https://"):
        return "" if re.fullmatch(r"https://[^\s/@]+\.[^\s/@]+/\S*", photo) else "photo"
    if "://" in photo:
        return "photo_not_https"
    if photo.lower().endswith(PHOTO_ENDINGS):
        strays = photo.startswith(("/", "~")) or "\\" in photo or ":" in photo or ".." in photo.split("/")
        return "photo_astray" if strays else ""
    return "" if FILE_ID.fullmatch(photo) else "photo"


def _pieces(text: str) -> Iterable[str]:
    return filter(None, map(str.strip, text.replace("｜", "|").split("|"))) if text else ()


def _compare(placed: list[tuple[Row, Variant]], shop_currency: str, odd: Listing) -> None:
    """What is odd between rows, or taken though it may be a slip: told once each, and refused never."""
    first: dict[str, tuple[Row, Variant]] = {}
    alike: dict[tuple[str, str], int] = {}
    folded: dict[str, tuple[int, str]] = {}
    foreign: set[str] = set()
    for row, one in placed:
        other_row, other = first.setdefault(one.title, (row, one))
        if other.category != one.category and row.has(_TITLE):
            told = {"title": one.title, "first": other_row.number, "other": other.category or "—"}
            odd.add("category_differs", row.number, row.spelled("category"), one.category, **told)
        twin = alike.setdefault((one.title, one.wording.variant), row.number)
        if twin != row.number and row.has(_VARIANT) and row.has(_TITLE):
            odd.add("looks_the_same", row.number, row.spelled("variant"), one.wording.variant, first=twin)
        near = folded.setdefault(one.sku.casefold(), (row.number, one.sku))
        if near[0] != row.number:
            odd.add("sku_alike", row.number, row.spelled("sku"), one.sku, first=near[0], other=near[1])
        if _DATE.fullmatch(one.sku):
            odd.add("sku_is_a_date", row.number, row.spelled("sku"), one.sku)
        if one.price.minor == 0 and row.has(_PRICE):
            odd.add("free", row.number, row.spelled("price"), row.raw("price"))
        if one.price.currency not in {shop_currency, *foreign}:
            foreign.add(one.price.currency)
            odd.add("foreign_currency", row.number, row.spelled("currency"), one.price.currency, currency=shop_currency)
