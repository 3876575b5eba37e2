"""/stats time: minutes of service by kind of buyer, what of it was haggling, and what it brought in."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, time, timedelta
from typing import Any

from core.money import Money
from core.reporting import share
from handlers.seller.asking import Asked
from store.hagglers import Served

MOST_MARKED = 20
"""Per cent of the time above which those who only haggle take too much of it."""
KINDS = ("bought", "waiting", "marked")


async def time_spent(command: Asked, length: int) -> None:
    """The report: a line a kind, the shares, and a warning where the marked take too much."""
    zone = command.desk.shelf.now.shop.timezone
    first = command.now.astimezone(zone).date() - timedelta(days=length - 1)
    served = await command.desk.store.hagglers.served(datetime.combine(first, time(), zone).astimezone(UTC))
    by_kind = {kind: [one for one in served if _kind(one) == kind] for kind in KINDS}
    total = sum(one.price_seconds + one.goods_seconds for one in served)
    marked = share(sum(one.price_seconds + one.goods_seconds for one in by_kind["marked"]), total) or 0
    await command.say(
        "stats_time", length=length, kinds=[_row(kind, several) for kind, several in by_kind.items() if several],
        share=share(sum(one.price_seconds for one in served), total) or 0, marked_share=marked, most=MOST_MARKED,
        warns=marked > MOST_MARKED,
    )  # fmt: skip


def _kind(one: Served) -> str:
    return "marked" if one.is_marked else "bought" if one.paid else "waiting"


def _row(kind: str, several: list[Served]) -> dict[str, Any]:
    paid: Counter[str] = Counter()
    for one in several:
        paid.update(one.paid)
    return {
        "kind": kind,
        "buyers": len(several),
        "goods": round(sum(one.goods_seconds for one in several) / 60),
        "price": round(sum(one.price_seconds for one in several) / 60),
        "paid": [Money(minor, currency) for currency, minor in sorted(paid.items())],
    }
