"""/stats mistakes: how often something went wrong, how soon the buyer was told, and why (S4 tip 12)."""

from __future__ import annotations

from datetime import timedelta
from statistics import median

from core.promises import Outcome
from handlers.seller.asking import Asked

KINDS = ("late", "short", "sorry", "promise")


async def mistakes(command: Asked, length: int) -> None:
    """What went wrong in so many days: how often, how soon the buyer was told, why, and how many promises were kept."""
    store, since = command.desk.store, command.now - timedelta(days=length)
    found = await store.mistakes.since(since)
    told = sorted(one.time_to_tell for one in found if one.time_to_tell is not None)
    ended = await store.promises.outcomes(since)
    kept, late = ended.get(Outcome.KEPT, 0), ended.get(Outcome.LATE, 0)
    causes: dict[str, int] = {}
    for one in found:
        if one.cause:
            causes[one.cause] = causes.get(one.cause, 0) + 1
    await command.say(
        "stats_mistakes", days=length, total=len(found),
        each=[{"kind": kind, "count": count} for kind in KINDS if (count := sum(one.kind == kind for one in found))],
        beforehand=sum(not wait for wait in told), usual=timedelta(seconds=median(wait.total_seconds() for wait in told)) if told else None,
        untold=len(found) - len(told), unsettled=sum(one.closed_at is None for one in found), kept=kept, late=late,
        share=kept / (kept + late) if kept + late else None,
        causes=[{"words": words, "count": count} for words, count in sorted(causes.items(), key=lambda pair: -pair[1])[:5]],
    )  # fmt: skip
