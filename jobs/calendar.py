"""The public calendar of a year to come: where it is not published yet, the seller is told once, before a day is promised by it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from core.dispatching import calendar_knows
from handlers.owners import tell_owners

if TYPE_CHECKING:
    from handlers.desk import Desk

AHEAD = timedelta(days=30)
"""So long before the year begins: time to put its days off into shop.toml."""


async def tell_of_calendar(desk: Desk) -> bool:
    """When `calendar = "CN"` does not know a year that is near, and shop.toml names no holiday of it: a card, once a year."""
    shop, now = desk.shelf.now.shop, desk.clock.now()
    if shop.dispatch is None or shop.dispatch.calendar != "CN":
        return False
    told = False
    for year in {now.astimezone(shop.timezone).year, (now + AHEAD).astimezone(shop.timezone).year} - desk.known_years:
        desk.known_years.add(year)
        mark = f"calendar:{year}"
        is_named = any(day.year == year for day in shop.dispatch.holidays)
        if calendar_knows(year) or is_named or await desk.store.marks.get(mark) is not None:
            continue
        cards = tell_owners(desk, "calendar_unknown", mark, year=year)
        await desk.write([desk.store.marks.set(mark, True, now), *cards])
        told = True
    return told
