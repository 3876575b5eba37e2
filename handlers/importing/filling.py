"""What a catalogue file leaves open: a column it does not have says nothing of goods that are known, which keep theirs."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Any

from core.catalogue import Catalogue, Variant, Wording
from handlers.importing.remarks import Remark, remark

_OWN = ("price", "stock", "category", "aliases", "photos", "floor_price", "weight")
NEW = ("title", "price")
"""Without a column for each of these a sheet cannot bring new goods."""
MOST_LEFT = 8
"""So many rows that were left out are named, the others counted."""
NOWHERE: Mapping[str, int] = {}
_WORDS = tuple(one.name for one in fields(Wording))


@dataclass(slots=True)
class Goods:
    """Variants as they are to stand on the shelf, in the order of the file. `wrong` stops the file; `odd` is only told; `left` are
    rows left out, because they name nothing this sheet could change."""

    variants: list[Variant] = field(default_factory=list)
    columns: frozenset[str] = frozenset()
    wrong: list[Remark] = field(default_factory=list)
    odd: list[Remark] = field(default_factory=list)
    left: list[Remark] = field(default_factory=list)


def filled(
    variants: Iterable[Variant],
    catalogue: Catalogue,
    columns: frozenset[str],
    resting: Iterable[Variant] = (),
    rows: Mapping[str, int] = NOWHERE,
) -> Goods:
    """The goods of a file that has these columns, each in its row. A price list of three columns touches neither stock nor floor
    nor words, of what is `resting` off the shelf neither; a sheet of two (货号,库存) changes only what is on the shelf."""
    goods = Goods(columns=columns)
    off = {one.sku: one for one in resting}
    missing = [name for name in NEW if name not in columns]
    alike = {sku.casefold(): sku for sku in catalogue.by_sku} if missing else {}
    for one in variants:
        known = catalogue.get(one.sku) or off.get(one.sku)
        if missing and catalogue.get(one.sku) is None:
            near = alike.get(one.sku.casefold(), "")
            goods.left.append(_stranger(one.sku, rows.get(one.sku, 0), near, missing, is_off=known is not None))
            continue
        if known is not None:
            one = _kept(one, known, columns)
            _check(one, known, goods)
        goods.variants.append(one)
    if (more := len(goods.left) - MOST_LEFT) > 0:
        goods.left[MOST_LEFT:] = [remark("more left", count=more)]
    if "variant" not in columns:
        _tell_twins(goods)
    return goods


def _kept(one: Variant, known: Variant, columns: Collection[str]) -> Variant:
    own: dict[str, Any] = {name: getattr(known, name) for name in _OWN if name not in columns}
    words = {name: getattr(known.wording, name) for name in _WORDS if name not in columns}
    if one.wording.unit:  # told by an attribute
        words.pop("unit", None)
    if words:
        own["wording"] = replace(one.wording, **words)
    missing = [name for name in _WORDS if f"{name}_en" not in columns]
    if known.english is None and one.english is not None and "title" not in columns:
        own["english"] = replace(one.english, title=one.english.title or known.wording.title)
    elif known.english is not None and missing:
        english = {name: getattr(known.english, name) for name in missing}
        own["english"] = known.english if one.english is None else replace(one.english, **english)
    return replace(one, **own) if own else one


def _stranger(sku: str, row: int, near: str, missing: Collection[str], *, is_off: bool) -> Remark:
    """Why a row of a sheet that can only change what is known was left out."""
    if is_off:
        return remark("off the shelf", row=row, sku=sku)
    if near:
        return remark("other capitals", row=row, sku=sku, near=near)
    return remark("not known", row=row, sku=sku, missing=tuple(missing))


def _check(one: Variant, known: Variant, goods: Goods) -> None:
    """What is kept must agree with what the file says."""
    has_price = "price" in goods.columns
    told = one.price if has_price else one.floor_price if "floor_price" in goods.columns else None
    if "currency" not in goods.columns and told is not None and told.currency != known.price.currency:
        goods.wrong.append(remark("currency", sku=one.sku, was=known.price.currency, told=told.currency))
    elif one.floor_price is not None and "floor_price" not in goods.columns and one.price < one.floor_price:
        goods.wrong.append(remark("under the floor", sku=one.sku, price=one.price, floor=one.floor_price))
    elif told is not None and not has_price and told.currency == one.price.currency and told > one.price:
        goods.wrong.append(remark("above the price", sku=one.sku, price=one.price, floor=told))


def _tell_twins(goods: Goods) -> None:
    """Two new goods of one name: a file without variants cannot tell them apart."""
    first: dict[tuple[str, str], str] = {}
    for one in goods.variants:
        twin = first.setdefault((one.title, one.wording.variant), one.sku)
        if twin != one.sku:
            goods.odd.append(remark("twins", twin=twin, sku=one.sku))
