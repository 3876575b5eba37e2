"""The morning digest, once a local day, when the shop opens; a morning that was missed is not made up for at noon."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from core.presence import opens_on
from handlers.seller.reports.digest import OFF, digest_of
from handlers.seller.reports.stats import titled

if TYPE_CHECKING:
    from handlers.desk import Desk
    from store.writing import Write

TOLD = "digest"
"""The mark that keeps the last local day it was told on."""
USUALLY = time(9)
"""Where no opening hours are set, or the shop never closes."""
TOO_LATE = timedelta(hours=3)
PATIENCE = timedelta(hours=1)
"""So long it waits for a moment in which no line is being handled: it reads all that was said in a day."""


async def tell_digest(desk: Desk) -> bool:
    """Tell every owner what yesterday was like, unless nobody came, they have switched it off, or the shop is closed today."""
    now = desk.clock.now()
    shop = desk.shelf.now.shop
    today = now.astimezone(shop.timezone).date()
    opens = USUALLY
    if shop.hours is not None:
        spans = () if today in shop.hours.closed else shop.hours.week[today.weekday()]
        if not spans:
            return False
        opens = opens_on(today, shop.hours) or USUALLY
    begins = datetime.combine(today, opens, shop.timezone)
    if not begins <= now < begins + TOO_LATE:
        return False
    if desk.is_busy() and now < begins + PATIENCE:
        return False
    marks = desk.store.marks
    if await marks.get(TOLD) == today.isoformat() or await marks.get(OFF):
        return False
    values = await digest_of(desk, now) | {"is_morning": True}
    is_worth_it = any(values[name] for name in ("alone", "passed_on", "due"))
    told: list[Write] = []
    for owner in desk.people.owners if is_worth_it else ():
        voice = desk.voice(owner)
        html = desk.speech.seller("digest", voice, **titled(desk, values, voice.language))
        told += desk.speaking.tell_seller(owner, html, f"daily:digest:{today}:{owner}", now)
    await desk.write([marks.set(TOLD, today.isoformat(), now), *told])
    return is_worth_it
