"""What a catalogue file leaves open: a column it does not have says nothing of goods that are known, which keep theirs."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, fields, replace
from typing import Any

from core.catalogue import Catalogue, Variant, Wording

_OWN = ("stock", "category", "aliases", "photos", "floor_price", "weight")
_WORDS = tuple(one.name for one in fields(Wording))


@dataclass(slots=True)
class Goods:
    """Variants as they are to stand on the shelf, in the order of the file. `wrong` stops the file; `odd` is only told. Both are
    pairs of a Chinese and an English sentence."""

    variants: list[Variant] = field(default_factory=list)
    columns: frozenset[str] = frozenset()
    wrong: list[tuple[str, str]] = field(default_factory=list)
    odd: list[tuple[str, str]] = field(default_factory=list)


def filled(
    variants: Iterable[Variant], catalogue: Catalogue, columns: frozenset[str], resting: Iterable[Variant] = ()
) -> Goods:
    """The goods of a file that has these columns. A price list of three columns touches neither stock nor floor nor words, of
    what is `resting` off the shelf neither."""
    goods = Goods(columns=columns)
    off = {one.sku: one for one in resting}
    for one in variants:
        known = catalogue.get(one.sku) or off.get(one.sku)
        if known is not None:
            one = _kept(one, known, columns)
            _check(one, known, goods)
        goods.variants.append(one)
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
    if known.english is not None and missing:
        english = {name: getattr(known.english, name) for name in missing}
        own["english"] = known.english if one.english is None else replace(one.english, **english)
    return replace(one, **own) if own else one


def _check(one: Variant, known: Variant, goods: Goods) -> None:
    """What is kept must agree with what the file says."""
    if "currency" not in goods.columns and one.price.currency != known.price.currency:
        zh = f"{one.sku}：现在按 {known.price.currency} 定价，表里没有币种列，会被当成 {one.price.currency}。请加一列“币种”。"
        en = (
            f"{one.sku}: it is priced in {known.price.currency}; without a column currency the file would make it "
            f"{one.price.currency}. Add that column."
        )
        goods.wrong.append((zh, en))
    elif one.floor_price is not None and "floor_price" not in goods.columns and one.price < one.floor_price:
        price, floor = one.price.amount, one.floor_price.amount
        zh = f"{one.sku}：表里的价格 {price} 低于现在的底价 {floor}。请加一列“底价”，或者先用 /floor {one.sku} 改底价。"
        en = (
            f"{one.sku}: the file's price {price} is below its floor of {floor}. Add a column floor_price, or change the "
            f"floor first with /floor {one.sku}."
        )
        goods.wrong.append((zh, en))


def _tell_twins(goods: Goods) -> None:
    """Two new goods of one name: a file without variants cannot tell them apart."""
    first: dict[tuple[str, str], str] = {}
    for one in goods.variants:
        twin = first.setdefault((one.title, one.wording.variant), one.sku)
        if twin != one.sku:
            zh = f"{twin} 和 {one.sku} 名称、规格都一样，买家分不出来。请加一列“规格”写明区别。"
            en = (
                f"{twin} and {one.sku} have the same title and variant, so a buyer cannot tell them apart. Add a column variant "
                "that says the difference."
            )
            goods.odd.append((zh, en))
