"""Reviewing the shelf (S4 tip 3): what runs low, what to restock, and what nobody asks for any more."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from core.catalogue import Catalogue, Variant

LOW = 2
"""So few are low for anything that sells at all."""
LONG_GONE = timedelta(days=30)
"""Sold out for so long, and not asked for either: it may be taken off the shelf."""


def is_running_low(before: int, after: int, sold_in_a_week: int) -> bool:
    """Whether this sale makes it scarce: no more left than a week sells. Said when a line is crossed."""
    return after > 0 and any(after <= few < before for few in (LOW, sold_in_a_week))


@dataclass(frozen=True, slots=True)
class SoldOut:
    """A variant that is gone: since when (None: longer than is remembered), how often it was asked for, how many wait."""

    one: Variant
    since: datetime | None
    asked: int
    waiting: int

    @property
    def is_wanted(self) -> bool:
        return self.asked > 0 or self.waiting > 0


@dataclass(frozen=True, slots=True)
class Review:
    """`restock`: gone and asked for, the most wanted first. `delist`: long gone, and nobody asks; the longest first."""

    restock: tuple[SoldOut, ...] = ()
    delist: tuple[SoldOut, ...] = ()


def review(
    catalogue: Catalogue,
    gone_since: Mapping[str, datetime],
    asked: Mapping[str, int],
    waiting: Mapping[str, int],
    now: datetime,
) -> Review:
    """What to do about the sold-out things."""
    gone = [
        SoldOut(one, gone_since.get(one.sku), asked.get(one.sku, 0), waiting.get(one.sku, 0))
        for one in catalogue
        if one.is_sold_out
    ]
    wanted = sorted((each for each in gone if each.is_wanted), key=lambda each: (-each.waiting, -each.asked))
    dead = [each for each in gone if not each.is_wanted and each.since is not None and now - each.since >= LONG_GONE]
    return Review(tuple(wanted), tuple(sorted(dead, key=lambda each: each.since or now)))


def asked_for(understandings: Iterable[Mapping[str, object]]) -> dict[str, int]:
    """In how many turns each sku was asked for."""
    counted: dict[str, int] = {}
    for told in understandings:
        asks = told.get("asks")
        named = {
            str(sku)
            for ask in (asks if isinstance(asks, list) else ())
            if isinstance(ask, dict)
            for sku in ask.get("products") or ()
        }
        for sku in named:
            counted[sku] = counted.get(sku, 0) + 1
    return counted
