"""Price policy: list price, the ladder of what may be offered, the floor, and how the last word is said (S4 tip 15).

The bot offers what stands on the ladder, each step once, in order. A step that makes the price lower needs a floor above
nought and keeps it: a floor that is not set, that is 0, or `none` each mean no discount.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import ROUND_CEILING, Decimal
from enum import StrEnum
from typing import NamedTuple

from core.catalogue import Catalogue, Variant
from core.money import Money

OF_THE_SHOP = ""
"""The key under which the shop's own ladder stands; a product's goes before it."""
OFFERED_AGAIN_AFTER = timedelta(days=30)
"""A step offered in a chat is not offered there again sooner than this."""
RAISED_LATELY = timedelta(days=30)
"""A discount is measured by the lowest price of so long (as EU Directive 98/6/EC, article 6a, has it)."""


class Kind(StrEnum):
    """How a step makes it better: a price from so many pieces on, two things together, a gift, or a coupon."""

    QUANTITY = "quantity"
    BUNDLE = "bundle"
    GIFT = "gift"
    COUPON = "coupon"


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a ladder.

    quantity: from `count` pieces, `price` each, or `percent` off. bundle: with the thing `other`, `price` for both. gift:
    `gift` in the seller's own words, from `count` pieces. coupon: `price` off what costs `over` and more.
    """

    kind: Kind
    count: int = 1
    price: Money | None = None
    percent: int = 0
    other: str = ""
    gift: str = ""
    over: Money | None = None


@dataclass(frozen=True, slots=True)
class PricePolicy:
    """What a seller laid down for a product or the shop. `refuses`: no bargaining at all, said outright by `/floor SKU none`.
    `final` is the last word in the seller's own words."""

    steps: tuple[Step, ...] = ()
    refuses: bool = False
    final: str = ""

    @property
    def is_empty(self) -> bool:
        return self == PricePolicy()


@dataclass(frozen=True, slots=True)
class PriceBook:
    """Every policy by sku, the shop's own under OF_THE_SHOP."""

    policies: Mapping[str, PricePolicy] = field(default_factory=dict)

    def of(self, sku: str) -> PricePolicy:
        """What was laid down for this very product (or the shop)."""
        return self.policies.get(sku, PricePolicy())

    def steps(self, one: Variant | None) -> tuple[Step, ...]:
        """The ladder that holds for a product: its own, else the shop's."""
        own = self.of(one.sku) if one is not None else PricePolicy()
        return () if own.refuses else own.steps or self.of(OF_THE_SHOP).steps

    def final(self, one: Variant | None) -> str:
        return (self.of(one.sku).final if one is not None else "") or self.of(OF_THE_SHOP).final


class Offer(NamedTuple):
    """A step as it stands for one product: the `place` on the ladder, what a piece or the pair then costs, and the whole."""

    place: int
    step: Step
    price: Money | None = None
    total: Money | None = None
    other: Variant | None = None


def offers(one: Variant | None, book: PriceBook, catalogue: Catalogue) -> tuple[Offer, ...]:
    """What may be offered of this product, in the ladder's order. Nothing below the floor, nothing that is no gain."""
    several = (offer(place, step, one, catalogue) for place, step in enumerate(book.steps(one)))
    return tuple(found for found in several if found is not None)


def offer(place: int, step: Step, one: Variant | None, catalogue: Catalogue) -> Offer | None:
    """The step for this product, or None where it may not be offered."""
    if step.kind is Kind.GIFT:
        return Offer(place, step)
    floor = floor_of(one)
    if one is None or floor is None:
        return None
    if step.kind is Kind.QUANTITY:
        each = step.price or _less(one.price, step.percent)
        fits = _same(each, one.price) and floor <= each < one.price
        return Offer(place, step, each, each * step.count) if fits else None
    if step.kind is Kind.BUNDLE:
        return _bundle(place, step, one, floor, catalogue)
    return _coupon(place, step, one, floor)


def floor_of(one: Variant | None) -> Money | None:
    """The floor discounts may go down to; None where there may be none at all: not set, 0, or in another currency."""
    if one is None or one.floor_price is None or not one.floor_price.minor:
        return None
    return one.floor_price if _same(one.floor_price, one.price) else None


def _bundle(place: int, step: Step, one: Variant, floor: Money, catalogue: Catalogue) -> Offer | None:
    other = catalogue.get(step.other)
    if other is None or step.price is None or other.is_sold_out or not _same(step.price, one.price, other.price):
        return None
    least = floor + (floor_of(other) or other.price)
    fits = least <= step.price < one.price + other.price
    return Offer(place, step, step.price, step.price, other) if fits else None


def _coupon(place: int, step: Step, one: Variant, floor: Money) -> Offer | None:
    if step.price is None or step.over is None or not _same(step.price, step.over, one.price) or not one.price.minor:
        return None
    count = max(1, -(-step.over.minor // one.price.minor))
    total = one.price * count - step.price
    fits = bool(step.price.minor) and floor * count <= total
    return Offer(place, step, None, total) if fits else None


def _less(price: Money, percent: int) -> Money:
    """So many per cent less, rounded up to whole units of the currency's smallest coin."""
    minor = (Decimal(price.minor) * (100 - percent) / 100).to_integral_value(ROUND_CEILING)
    return Money(int(minor), price.currency)


def _same(*several: Money) -> bool:
    return len({one.currency for one in several}) == 1


class Held(NamedTuple):
    """A price and since when it holds."""

    since: datetime
    price: Money


def pretended(after: Money, now: datetime, history: Iterable[Held]) -> Money | None:
    """The lowest price of the last 30 days, where a "discount" to `after` would be none against it: the price was raised
    first (明降暗升). `history` is newest first, the price that holds now among it."""
    lowest: Money | None = None
    for held in history:
        if not _same(held.price, after):
            break
        if lowest is None or held.price < lowest:
            lowest = held.price
        if held.since <= now - RAISED_LATELY:
            break
    return lowest if lowest is not None and lowest <= after else None
