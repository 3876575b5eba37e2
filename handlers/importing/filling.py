"""What a catalogue file leaves open: a column it does not have says nothing of goods that are known, which keep theirs."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Any

from core.catalogue import Catalogue, Variant, Wording

_OWN = ("price", "stock", "category", "aliases", "photos", "floor_price", "weight")
NEW = ("title", "price")
"""Without a column for each of these a sheet cannot bring new goods."""
_CALLED = {"title": "“名称”", "price": "“价格”"}
MOST_LEFT = 8
"""So many rows that were left out are named, the others counted."""
NOWHERE: Mapping[str, int] = {}
_WORDS = tuple(one.name for one in fields(Wording))


@dataclass(slots=True)
class Goods:
    """Variants as they are to stand on the shelf, in the order of the file. `wrong` stops the file; `odd` is only told; `left` are
    rows left out, because they name nothing this sheet could change. All are pairs of a Chinese and an English sentence."""

    variants: list[Variant] = field(default_factory=list)
    columns: frozenset[str] = frozenset()
    wrong: list[tuple[str, str]] = field(default_factory=list)
    odd: list[tuple[str, str]] = field(default_factory=list)
    left: list[tuple[str, str]] = field(default_factory=list)


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
        summed = (
            f"还有 {more} 行也没导入，原因一样。",
            f"{more} more {'row was' if more == 1 else 'rows were'} left out likewise.",
        )
        goods.left[MOST_LEFT:] = [summed]
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


def _stranger(sku: str, row: int, near: str, missing: Collection[str], *, is_off: bool) -> tuple[str, str]:
    """Why a row of a sheet that can only change what is known was left out."""
    if is_off:
        zh = f"第 {row} 行：{sku} 已经下架，没有动它。要接着卖先发 /item {sku} on。"
        return zh, f"row {row}: {sku} is off the shelf and was left as it is. /item {sku} on puts it back."
    if near:
        zh = f"第 {row} 行：没有货号 {sku}，店里的是 {near}（大小写不同），这一行没导入。"
        return zh, f"row {row}: there is no {sku}; the shop's is {near}, with other capitals. This row was left out."
    columns = "、".join(_CALLED[name] for name in missing)
    zh = f"第 {row} 行：店里没有货号 {sku}，这一行没导入。是新货的话，表里要有{columns}这{'两' if len(missing) > 1 else '一'}列。"
    needed = " and ".join(missing)
    columns = f"column{'s' if len(missing) > 1 else ''} {needed}"
    return zh, f"row {row}: the shop has no {sku}, so this row was left out. New goods need the {columns}."


def _check(one: Variant, known: Variant, goods: Goods) -> None:
    """What is kept must agree with what the file says."""
    has_price = "price" in goods.columns
    told = one.price if has_price else one.floor_price if "floor_price" in goods.columns else None
    if "currency" not in goods.columns and told is not None and told.currency != known.price.currency:
        zh = (
            f"{one.sku}：现在按 {known.price.currency} 定价，表里没有币种列，会被当成 {told.currency}。请加一列“币种”。"
        )
        en = (
            f"{one.sku}: it is priced in {known.price.currency}; without a column currency the file would make it "
            f"{told.currency}. Add that column."
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
    elif told is not None and not has_price and told.currency == one.price.currency and told > one.price:
        price, floor = one.price.amount, told.amount
        zh = f"{one.sku}：表里的底价 {floor} 高于现在的价格 {price}，请改低一些，或者加一列“价格”。"
        en = f"{one.sku}: the file's floor {floor} is above its price of {price}. Lower it, or add a column price."
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
