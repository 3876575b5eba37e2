"""Price policy: list price, the ladder of what may be offered, the floor, and how the last word is said (S4 tip 15).

The bot offers what stands on the ladder, each step once, in order. A step that makes the price lower needs a floor above
nought and keeps it: a floor that is not set, that is 0, or `none` each mean no discount. Nor is it one where the price was
raised first, by whatever way: that is looked at again at every offer.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
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


class Held(NamedTuple):
    """A price and since when it holds."""

    since: datetime
    price: Money


@dataclass(frozen=True, slots=True)
class PriceBook:
    """Every policy by sku, the shop's own under OF_THE_SHOP; and of what was repriced lately each price, newest first."""

    policies: Mapping[str, PricePolicy] = field(default_factory=dict)
    history: Mapping[str, tuple[Held, ...]] = field(default_factory=dict)

    def of(self, sku: str) -> PricePolicy:
        """What was laid down for this very product (or the shop)."""
        return self.policies.get(sku, PricePolicy())

    def steps(self, one: Variant | None) -> tuple[Step, ...]:
        """The ladder that holds for a product: its own, else the shop's."""
        own = self.of(one.sku) if one is not None else PricePolicy()
        return () if own.refuses else own.steps or self.of(OF_THE_SHOP).steps

    def final(self, one: Variant | None) -> str:
        return (self.of(one.sku).final if one is not None else "") or self.of(OF_THE_SHOP).final

    def lowest(self, one: Variant, now: datetime) -> Money:
        """The lowest price of the last 30 days: what a discount is measured by."""
        lowest = one.price
        for held in self.history.get(one.sku, ()):
            if not _same(held.price, lowest):
                break
            lowest = min(lowest, held.price)
            if held.since <= now - RAISED_LATELY:
                break
        return lowest

    def repriced(self, one: Variant, price: Money, now: datetime) -> PriceBook:
        """The book as it will be once this thing costs so much."""
        before = self.history.get(one.sku) or (Held(now - RAISED_LATELY, one.price),)
        return replace(self, history={**self.history, one.sku: (Held(now, price), *before)})


class Offer(NamedTuple):
    """A step as it stands for one product: the `place` on the ladder, what a piece or the pair then costs, and the whole.

    `total` is what `pieces` of it cost then (with one of `other`, where there is one); None where no price is lowered."""

    place: int
    step: Step
    price: Money | None = None
    total: Money | None = None
    other: Variant | None = None
    pieces: int = 1


class Raised(NamedTuple):
    """What goods cost at the lowest within 30 days, what they cost now, and what they would cost "reduced"."""

    before: Money
    price: Money
    after: Money


def offers(one: Variant | None, book: PriceBook, catalogue: Catalogue, now: datetime) -> tuple[Offer, ...]:
    """What may be offered of this product, in the ladder's order. Nothing below the floor, nothing that is no gain."""
    several = (worked_out(place, step, one, catalogue) for place, step in enumerate(book.steps(one)))
    return tuple(found for found in several if found is not None and may_be_offered(found, one, book, now))


def may_be_offered(found: Offer, one: Variant | None, book: PriceBook, now: datetime) -> bool:
    """Whether a buyer may hear of it: it keeps the floor, and is a discount on what was asked within the last 30 days."""
    if found.total is None:
        return True
    return one is not None and _keeps_floor(found, one) and raised_first(found, one, book, now) is None


def raised_first(found: Offer, one: Variant, book: PriceBook, now: datetime) -> Raised | None:
    """Where this is no discount, because the price was raised first (明降暗升): measured by the lowest price of 30 days."""
    if found.total is None:
        return None
    before, price = book.lowest(one, now) * found.pieces, one.price * found.pieces
    if found.other is not None:
        before, price = before + book.lowest(found.other, now), price + found.other.price
    if found.total < before:
        return None
    if found.pieces > 1 and found.price is not None:  # told by the piece, as it is offered
        return Raised(book.lowest(one, now), one.price, found.price)
    return Raised(before, price, found.total)


def worked_out(place: int, step: Step, one: Variant | None, catalogue: Catalogue) -> Offer | None:
    """What the step comes to for this product, whatever its floor; None where it would lower nothing."""
    if step.kind is Kind.GIFT:
        return Offer(place, step)
    if one is None:
        return None
    if step.kind is Kind.QUANTITY:
        each = step.price or _less(one.price, step.percent)
        fits = _same(each, one.price) and each < one.price
        return Offer(place, step, each, each * step.count, pieces=step.count) if fits else None
    return _bundle(place, step, one, catalogue) if step.kind is Kind.BUNDLE else _coupon(place, step, one)


def floor_of(one: Variant | None) -> Money | None:
    """The floor discounts may go down to; None where there may be none at all: not set, 0, or in another currency."""
    if one is None or one.floor_price is None or not one.floor_price.minor:
        return None
    return one.floor_price if _same(one.floor_price, one.price) else None


def _keeps_floor(found: Offer, one: Variant) -> bool:
    floor = floor_of(one)
    if floor is None or found.total is None:
        return False
    least = floor * found.pieces
    if found.other is not None:
        least = least + (floor_of(found.other) or found.other.price)
    return least <= found.total


def _bundle(place: int, step: Step, one: Variant, catalogue: Catalogue) -> Offer | None:
    other = catalogue.get(step.other)
    if other is None or step.price is None or other.is_sold_out or not _same(step.price, one.price, other.price):
        return None
    return Offer(place, step, step.price, step.price, other) if step.price < one.price + other.price else None


def _coupon(place: int, step: Step, one: Variant) -> Offer | None:
    if step.price is None or step.over is None or not _same(step.price, step.over, one.price) or not one.price.minor:
        return None
    count = max(1, -(-step.over.minor // one.price.minor))
    if not step.price.minor or (one.price * count) <= step.price:
        return None
    return Offer(place, step, None, one.price * count - step.price, pieces=count)


def _less(price: Money, percent: int) -> Money:
    """So many per cent less, rounded up to whole units of the currency's smallest coin."""
    minor = (Decimal(price.minor) * (100 - percent) / 100).to_integral_value(ROUND_CEILING)
    return Money(int(minor), price.currency)


def _same(*several: Money) -> bool:
    return len({one.currency for one in several}) == 1
