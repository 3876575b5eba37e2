"""Following a parcel: what a report changes, who is told of it, and when it is asked for again."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from core.tracking.values import Event, Report, Status

OLD = timedelta(days=7)
"""What is older than this when a parcel is seen for the first time is no news."""
WATCHED = timedelta(days=7)
"""So long a delivered parcel is still looked at, once a day: some come back."""
SLOW = timedelta(days=1)
UNKNOWN_AFTER = timedelta(hours=24)
"""The carrier knows nothing of the number so long after it was told: the seller hears of it."""
UNCOLLECTED_AFTER = timedelta(hours=48)
UNFETCHED_AFTER = timedelta(days=3)
"""A parcel waits at a pickup point so long: most send it back a few days later."""
AHEAD = timedelta(days=2)
"""A carrier's time further ahead of ours than this is a mistake of the carrier's."""


class Mode(StrEnum):
    """What the buyer wants to hear of a parcel."""

    ALL = "all"
    IMPORTANT = "important"
    NONE = "none"


class Worry(StrEnum):
    """What the seller hears first, with words for the buyer ready to be sent."""

    UNKNOWN = "unknown"
    UNCOLLECTED = "uncollected"
    QUIET = "quiet"
    UNFETCHED = "unfetched"
    CUSTOMS = "customs"
    FAILED = "failed"
    RETURNING = "returning"
    REFUSED = "refused"
    STUCK = "stuck"
    LOST = "lost"


MOVING = frozenset({Status.COLLECTED, Status.TRANSIT, Status.CUSTOMS, Status.OUT})
"""Statuses in which a parcel is on its way and something is bound to come."""
SILENT = frozenset({Status.PENDING, Status.INFO})
"""No news for a buyer: the parcel has not left yet."""
SELLER_FIRST = {Status.STUCK: Worry.STUCK, Status.REFUSED: Worry.REFUSED, Status.RETURNING: Worry.RETURNING}
"""The buyer hears these from the seller."""
IMPORTANT = frozenset({Status.OUT, Status.PICKUP, Status.FAILED, Status.DELIVERED})
_BEGINNING = (Status.PENDING, Status.INFO)


@dataclass(frozen=True, slots=True)
class Known:
    """Where a parcel stood before. `keys` are the events already kept, `latest_at` the carrier's time of the latest.

    `is_seen`: a carrier told something of it before."""

    status: Status = Status.PENDING
    is_alarm: bool = False
    latest_at: datetime | None = None
    keys: frozenset[str] = frozenset()
    is_seen: bool = False


@dataclass(frozen=True, slots=True)
class Change:
    """What a report changes. `fresh` are events not known before, by carrier time; `latest` the newest of all in it.

    `has_changed`: the parcel stands elsewhere than before, or has become an alarm. `is_old`: it is long ago, and seen for
    the first time: nobody is told. `is_late`: the report is older than what was known."""

    status: Status
    is_alarm: bool = False
    fresh: tuple[Event, ...] = ()
    latest: Event | None = None
    has_changed: bool = False
    is_old: bool = False
    is_late: bool = False


@dataclass(frozen=True, slots=True)
class Telling:
    """Who hears of a change: the buyer, the seller, or the seller first with words ready (`worry`)."""

    buyer: bool = False
    worry: Worry | None = None


def change(known: Known, report: Report, now: datetime) -> Change:
    """What this report changes. Its events may come in any order, repeated, and again and again."""
    events = sorted({one.key: one for one in report.events if one.at <= now + AHEAD}.values(), key=lambda one: one.at)
    fresh = tuple(one for one in events if one.key not in known.keys)
    latest = max(reversed(events), key=lambda one: one.at) if events else None
    stays = Change(known.status, known.is_alarm, fresh, latest)
    is_late = latest is not None and known.latest_at is not None and latest.at < known.latest_at
    if is_late:
        return Change(known.status, known.is_alarm, fresh, latest, is_late=True)
    status = report.status or (latest.status if latest is not None else None)
    if status is None or (status in _BEGINNING and _rank(status) < _rank(known.status)):
        return stays  # a carrier that has mislaid a number for an hour knows it again later
    is_alarm = report.is_alarm or (latest is not None and latest.status is status and latest.is_alarm)
    has_changed = status is not known.status or (is_alarm and not known.is_alarm)
    is_old = not known.is_seen and latest is not None and now - latest.at > OLD
    return Change(status, is_alarm, fresh, latest, has_changed, is_old)


def _rank(status: Status) -> int:
    return _BEGINNING.index(status) if status in _BEGINNING else len(_BEGINNING)


def telling(found: Change, mode: Mode) -> Telling:
    """Who is told of this change, at once."""
    if not found.has_changed or found.is_old or found.status in SILENT:
        return Telling()
    if (first := SELLER_FIRST.get(found.status)) is not None:
        return Telling(worry=first)
    if found.is_alarm and found.status is Status.PICKUP:
        return Telling(worry=Worry.UNFETCHED)
    held = found.is_alarm and found.status is Status.CUSTOMS
    matters = found.status in IMPORTANT or held
    worry = Worry.FAILED if found.status is Status.FAILED else Worry.CUSTOMS if held else None
    return Telling(buyer=mode is Mode.ALL or (mode is Mode.IMPORTANT and matters), worry=worry)


def worry(
    status: Status,
    shipped_at: datetime,
    status_at: datetime,
    latest_at: datetime | None,
    now: datetime,
    stuck: timedelta,
) -> Worry | None:
    """What has taken too long. `status_at` is since when it stands so, `stuck` after how much silence it is worrying."""
    if status is Status.PENDING:
        return Worry.UNKNOWN if now - shipped_at > UNKNOWN_AFTER else None
    if status is Status.INFO:
        return Worry.UNCOLLECTED if now - shipped_at > UNCOLLECTED_AFTER else None
    if status is Status.PICKUP:
        return Worry.UNFETCHED if now - status_at > UNFETCHED_AFTER else None
    if status in MOVING or status is Status.FAILED:
        return Worry.QUIET if now - (latest_at or status_at) > stuck else None
    return None


def still_on_its_way(
    status: Status, mode: Mode, told_at: datetime | None, latest_at: datetime | None, now: datetime,
    interval: timedelta, stuck: timedelta,
) -> bool:  # fmt: skip
    """Whether "still on its way" is due: nothing changed, the buyer left it on, and nothing was said for an interval."""
    if mode is not Mode.ALL or status not in MOVING or latest_at is None or now - latest_at > stuck:
        return False
    return told_at is None or now - told_at >= interval * 0.8  # the first round may be a little shorter


def next_ask(due: datetime, now: datetime, interval: timedelta, share: float, is_first: bool) -> datetime:
    """When it is asked for again: a whole number of intervals after `due`, so that parcels once spread stay spread.

    After the first time it is up to a tenth earlier by `share` (from 0 to 1, drawn once per parcel)."""
    if is_first:
        return now + interval * (1 - 0.1 * share)
    missed = max(0, (now - due) // interval)
    return due + interval * (missed + 1)


def pace(status: Status, delivered_at: datetime | None, now: datetime, interval: timedelta) -> timedelta | None:
    """How often it is asked for; None: no more."""
    if status is not Status.DELIVERED:
        return interval
    if delivered_at is not None and now - delivered_at > WATCHED:
        return None
    return max(interval, SLOW)


@dataclass(frozen=True, slots=True)
class Backoff:
    """How long a carrier is left alone after it failed so often in a row."""

    first: timedelta = timedelta(minutes=1)
    most: timedelta = timedelta(hours=1)
    longest_by: frozenset[str] = field(default=frozenset({"key", "quota"}))

    def after(self, failures: int, wrong: str, interval: timedelta) -> timedelta:
        """A wrong key or a used-up quota is not mended within minutes."""
        if wrong in self.longest_by:
            return min(self.most, interval)
        growing: timedelta = self.first * 2 ** min(failures - 1, 10)
        return min(growing, self.most, interval)
