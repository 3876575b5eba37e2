"""/stock review: what to restock, and what nobody asks for any more (S4 tip 3)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from core.stock_review import LONG_GONE, SoldOut, asked_for, review
from handlers.seller.asking import Asked

ASKED_WITHIN = timedelta(days=30)
MOST_SHOWN = 20


async def review_stock(command: Asked) -> None:
    """Sold out and asked for; long sold out and not asked for."""
    desk, now = command.desk, command.now
    snapshot = await desk.shelf.fresh()
    since = await desk.store.stock_history.gone_since()
    asked = asked_for(await desk.store.turns.understood_since(now - ASKED_WITHIN, now))
    found = review(snapshot.catalogue, since, asked, await desk.store.waiting.counts(), now)
    await command.say(
        "stock_review",
        restock=[_of(command, one) for one in found.restock[:MOST_SHOWN]],
        delist=[_of(command, one) for one in found.delist[:MOST_SHOWN]],
        more=max(0, len(found.restock) - MOST_SHOWN) + max(0, len(found.delist) - MOST_SHOWN),
        days=ASKED_WITHIN.days,
        gone_days=LONG_GONE.days,
    )


def _of(command: Asked, one: SoldOut) -> dict[str, Any]:
    days = None if one.since is None else (command.now - one.since).days
    return {**command.of(one.one), "asked": one.asked, "waiting": one.waiting, "days_gone": days}
