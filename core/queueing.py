"""Whose turn it is: the better buyers first, but nobody waits for ever."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

GRADES = "ABCDE"
UNGRADED = GRADES.index("C")
"""Whom nobody has graded yet stands in the middle."""
CEILING = timedelta(minutes=30)
"""Whoever has waited so long comes before everybody who has not, whatever their grade."""
URGENT = frozenset({"alarm", "complaint"})
"""Reasons that come before any grade: a complaint that waits grows."""


PRESSING = ("alarm", "complaint", "person", "paid", "order")
"""Reasons for which the seller is called once more, and the buyer told so, though the buyer waits already; the first presses most."""


def all_reasons(before: Iterable[str], now: Iterable[str]) -> tuple[str, ...]:
    """All the reasons for which a buyer waits, each once, the most pressing first."""
    rank = {name: place for place, name in enumerate(PRESSING)}
    return tuple(sorted(dict.fromkeys((*before, *now)), key=lambda name: rank.get(name, len(rank))))


@dataclass(frozen=True, slots=True)
class Waiter:
    """A conversation that waits for a person since `since`, for these `reasons`, of a buyer of this grade ("" for none).

    `is_marked`: a mark for haggling stands; such a one comes behind every grade, until the ceiling."""

    conversation_id: int
    since: datetime
    grade: str = ""
    reasons: tuple[str, ...] = ()
    is_marked: bool = False


def in_turn(waiting: Iterable[Waiter], now: datetime) -> list[Waiter]:
    """The order in which they are served. Within a grade, and past the ceiling, the longest waiting comes first."""

    def place(one: Waiter) -> tuple[int, int, datetime]:
        if now - one.since >= CEILING:
            return 0, 0, one.since
        grade = one.grade[:1].upper()
        rank = GRADES.index(grade) if grade and grade in GRADES else UNGRADED
        rank = len(GRADES) if one.is_marked else rank
        return (1, -1 if URGENT.intersection(one.reasons) else rank, one.since)

    return sorted(waiting, key=place)
