"""What a shop's days looked like: how fast it answered, how much the bot did alone, what was asked. Pure sums over rows."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from math import ceil

NEW_TALK = timedelta(hours=6)
"""After so long a silence a line begins a new conversation: its answer is a first reply."""
AT_THE_KEYS = timedelta(minutes=5)
"""An answer that took longer was not being typed all the while: it tells nothing of the hand's speed."""


@dataclass(frozen=True, slots=True)
class Line:
    """One message. `staff_id` is None for buyers and the bot; `chars` is its length. `passes_on`: the bot's, which said
    that a person will answer."""

    conversation_id: int
    is_buyer: bool
    at: datetime
    staff_id: int | None = None
    chars: int = 0
    passes_on: bool = False


@dataclass(frozen=True, slots=True)
class Wait:
    """How long a buyer waited for an answer, from the first line that had none. `staff_id` None: the bot's."""

    asked_at: datetime
    took: timedelta
    staff_id: int | None
    is_first: bool
    chars: int


@dataclass(frozen=True, slots=True)
class Speed:
    """How many answers, and how long half and nine in ten of them took at most. `chars` a minute, None where none is known."""

    count: int
    half: timedelta
    most: timedelta
    chars: int | None = None


@dataclass(frozen=True, slots=True)
class Day:
    """What was done with the questions of one local day."""

    date: date
    alone: int = 0
    passed_on: int = 0


def waits(lines: Iterable[Line]) -> list[Wait]:
    """Each time somebody was answered. `lines` stand in order within their conversation.

    A line that came while another still waited belongs to the same wait; what was never answered is not among them. What
    the bot has passed on waits until a person answers it, however often the bot speaks in between.
    """
    found: list[Wait] = []
    open_since: dict[int, datetime] = {}
    passed_on: dict[int, datetime] = {}
    is_first: dict[int, bool] = {}
    last: dict[int, datetime] = {}
    for line in lines:
        key = line.conversation_id
        if line.is_buyer:
            if key not in open_since:
                open_since[key] = line.at
                is_first[key] = key not in last or line.at - last[key] >= NEW_TALK
        else:
            asked = open_since.pop(key, None)
            if line.passes_on and asked is not None:
                passed_on.setdefault(key, asked)
            if line.staff_id is not None:
                asked = passed_on.pop(key, asked)
            if asked is not None:
                took = max(line.at - asked, timedelta())
                found.append(Wait(asked, took, line.staff_id, is_first[key], line.chars))
        last[key] = line.at
    return found


def percentile(values: Sequence[timedelta], share: float) -> timedelta:
    """The least value that so large a share of them does not exceed (nearest rank). ValueError when there are none."""
    if not values:
        raise ValueError("nothing to rank")
    ordered = sorted(values)
    return ordered[max(0, ceil(share * len(ordered)) - 1)]


def speed(found: Sequence[Wait]) -> Speed | None:
    """How fast these answers were; None when there are none."""
    if not found:
        return None
    times = [one.took for one in found]
    typed = [one for one in found if one.staff_id is not None and timedelta() < one.took <= AT_THE_KEYS]
    minutes = sum((one.took for one in typed), timedelta()) / timedelta(minutes=1)
    chars = round(sum(one.chars for one in typed) / minutes) if minutes else None
    return Speed(len(found), percentile(times, 0.5), percentile(times, 0.9), chars)


def days(turns: Iterable[tuple[datetime, str]], zone: tzinfo, first: date, last: date) -> list[Day]:
    """Every local day from `first` to `last` with its questions by outcome: answered by the bot alone, or passed on."""
    counts: Counter[tuple[date, str]] = Counter((at.astimezone(zone).date(), outcome) for at, outcome in turns)
    return [
        Day(one, counts[one, "answered"], counts[one, "handed_over"])
        for one in (first + timedelta(days=number) for number in range((last - first).days + 1))
    ]


def share(part: int, whole: int) -> int | None:
    """Whole per cent; None of nothing."""
    return round(100 * part / whole) if whole else None
