"""/stats mistakes: how often something went wrong, how soon the buyer was told, and why (S4 tip 12)."""

from __future__ import annotations

from datetime import timedelta
from statistics import median

from handlers.seller.asking import Asked

KINDS = ("late", "short", "sorry", "promise")


async def mistakes(command: Asked, length: int) -> None:
    """What went wrong in so many days: how often, how soon the buyer was told, why, and how many promises were kept."""
    store, since = command.desk.store, command.now - timedelta(days=length)
    found = await store.mistakes.since(since)
    told = sorted(one.time_to_tell for one in found if one.time_to_tell is not None)
    rates = await store.promises.rates(since, command.now)
    causes: dict[str, int] = {}
    for one in found:
        if one.cause:
            causes[one.cause] = causes.get(one.cause, 0) + 1
    await command.say(
        "stats_mistakes", days=length, total=len(found),
        each=[{"kind": kind, "count": count} for kind in KINDS if (count := sum(one.kind == kind for one in found))],
        beforehand=sum(not wait for wait in told), usual=timedelta(seconds=median(wait.total_seconds() for wait in told)) if told else None,
        untold=len(found) - len(told), unsettled=sum(one.closed_at is None for one in found),
        kept=rates.kept, late=rates.late, share=rates.share,
        causes=[{"words": words, "count": count} for words, count in sorted(causes.items(), key=lambda pair: -pair[1])[:5]],
    )  # fmt: skip
