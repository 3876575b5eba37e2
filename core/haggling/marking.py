"""Marks: when one is set, what lifts it, and what the seller's verdicts teach. Never for length alone, never for life (X10)."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import StrEnum

from core.haggling.judging import THRESHOLD
from core.haggling.reading import Line

LEAST_THRESHOLD, MOST_THRESHOLD = 0.5, 0.9
"""How far a shop's verdicts may move its threshold."""
CLEARED_TEACHES, CONFIRMED_TEACHES = 0.05, -0.02
"""A wrong mark weighs more than a right one: it is worse to slight a buyer than to miss a haggler."""
QUIET = timedelta(days=14)
"""A mark lapses when the buyer was quiet for so long."""
LOOK_BACK = timedelta(days=14)
"""Older lines are not counted."""


class Verdict(StrEnum):
    """What the seller said of a mark: it holds, it was declined politely, it was wrong."""

    FIRM = "firm"
    DECLINED = "declined"
    CLEARED = "cleared"


class Lift(StrEnum):
    """Why a mark is lifted by itself."""

    ORDER = "order"
    QUIET = "quiet"


def taught(threshold: float, verdict: Verdict) -> float:
    """The shop's threshold after this verdict, within its bounds."""
    moved = threshold + (CLEARED_TEACHES if verdict is Verdict.CLEARED else CONFIRMED_TEACHES)
    return round(min(MOST_THRESHOLD, max(LEAST_THRESHOLD, moved)), 3)


def threshold_of(kept: object) -> float:
    """The threshold as it was kept, or the one a shop begins with."""
    is_sound = isinstance(kept, int | float) and LEAST_THRESHOLD <= kept <= MOST_THRESHOLD
    return float(kept) if is_sound and isinstance(kept, int | float) else THRESHOLD


def counted(
    lines: Sequence[Line], counted_from: datetime | None, cleared_line: int, last_order: datetime | None
) -> list[Line]:
    """The lines that may count: after the last order, after the last mark that was lifted, and after those a verdict cleared."""
    begins = [at for at in (counted_from, last_order) if at is not None]
    return [
        line for line in lines if line.id > cleared_line and (not begins or line.at is None or line.at > max(begins))
    ]


def lift(marked_at: datetime, last_inbound: datetime | None, last_order: datetime | None, now: datetime) -> Lift | None:
    """What lifts a mark now: an order placed since, or quiet."""
    if last_order is not None and last_order > marked_at:
        return Lift.ORDER
    return Lift.QUIET if now - max(marked_at, last_inbound or marked_at) >= QUIET else None
