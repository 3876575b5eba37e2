"""What to offer instead of what is sold out (S4 tip 3): in stock, of the same kind, alike, and near in price."""

import re

from core.catalogue import Catalogue, Variant
from core.frozen import frozen
from core.money import Money

MOST = 3
"""At most so many are offered in one message."""
FARTHEST_PRICE = 3.0
"""Another product costing more than so many times as much, or as little, is no substitute; a sister always is."""


@frozen
class Substitute:
    """`dearer_by` is its price less the sold-out one's: negative is cheaper, None when the currencies differ.

    `differs` are the attributes in which it differs, as it has them, in its own order.
    """

    variant: Variant
    is_sister: bool
    dearer_by: Money | None
    differs: tuple[tuple[str, str], ...]


def substitutes(
    wanted: Variant,
    catalogue: Catalogue,
    language: str = "zh",
    unwanted: tuple[str, ...] = (),
    quantity: int = 1,
) -> tuple[Substitute, ...]:
    """Up to three in-stock variants instead of `wanted`, best first; always the same ones in the same order.

    Sisters (same product) come first, then the same category; within each: more attributes in common, nearer price,
    earlier in the file. Never a sold-out or unknown stock, never the item itself, never what the buyer ruled out, and never
    what is made for another foot, bed or phone.
    """
    sisters = [
        one
        for one in catalogue.sisters(wanted)
        if _fits(one, unwanted, quantity) and not is_of_another_size(one, wanted)
    ]
    others = [
        one
        for one in catalogue.categories.get(wanted.category, ())
        if one.title != wanted.title
        and _fits(one, unwanted, quantity)
        and _near(one.price, wanted.price)
        and not is_of_another_size(one, wanted)
    ]
    position = {one.sku: place for place, one in enumerate(catalogue.variants)}

    def closeness(one: Variant) -> tuple[int, int, int]:
        return -_in_common(one, wanted), abs(one.price.minor - wanted.price.minor), position[one.sku]

    ranked = sorted(sisters, key=closeness) + _one_each(sorted(others, key=closeness))
    return tuple(_compared(one, wanted, language) for one in ranked[:MOST])


def is_of_another_size(one: Variant, wanted: Variant) -> bool:
    """Whether a thing is of no use to who wants the other: a shoe of another size, a cover for another bed or phone."""
    theirs = dict(wanted.wording.attributes)
    return any(
        key in theirs and theirs[key] != value and _FITS_ONE.search(f"{key}={value}".casefold())
        for key, value in one.wording.attributes
    )


_FITS_ONE = re.compile(
    r"^(?:尺码|鞋码|码数|适配|适用机型|机型|适用型号|兼容|compatible(?: with)?|shoe size)=|^(?:尺寸|规格|size)=.*(?:床|\bbed\b)|^size=(?:(?:eu|us|uk|cn)? ?\d|x*[sml]$|\d?xl$)"
)


def cheaper(than: Variant, catalogue: Catalogue, language: str = "zh") -> tuple[Substitute, ...]:
    """Up to three in-stock variants of the same category that cost less, the nearest in price first, one of each product."""
    found = [
        one
        for one in catalogue.categories.get(than.category, ())
        if one.stock and one.price.currency == than.price.currency and one.price < than.price
    ]
    ranked = _one_each(sorted(found, key=lambda one: -one.price.minor))
    return tuple(_compared(one, than, language) for one in ranked[:MOST])


def _fits(one: Variant, unwanted: tuple[str, ...], quantity: int) -> bool:
    if one.stock is None or one.stock < max(1, quantity):
        return False
    words = " ".join((one.wording.variant, one.english.variant if one.english else "")).casefold()
    return not any(word.casefold() in words for word in unwanted if word)


def _near(price: Money, other: Money) -> bool:
    if price.currency != other.currency or not other.minor:
        return price.currency == other.currency
    return 1 / FARTHEST_PRICE <= price.minor / other.minor <= FARTHEST_PRICE


def _in_common(one: Variant, wanted: Variant) -> int:
    return len(set(one.wording.attributes) & set(wanted.wording.attributes))


def _one_each(ranked: list[Variant]) -> list[Variant]:
    """The best variant of each product: three colours of one bag are one suggestion."""
    best: dict[str, Variant] = {}
    for one in ranked:
        best.setdefault(one.title, one)
    return list(best.values())


def _compared(one: Variant, wanted: Variant, language: str) -> Substitute:
    ours, theirs = one.words(language), dict(wanted.words(language).attributes)
    return Substitute(
        variant=one,
        is_sister=one.title == wanted.title,
        dearer_by=one.price - wanted.price if one.price.currency == wanted.price.currency else None,
        differs=tuple((key, value) for key, value in ours.attributes if theirs.get(key) != value),
    )
