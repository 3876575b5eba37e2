"""Whether a person is there, told honestly (S4 tip 7): nobody is `here` unless the seller said so, and that lapses."""

from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from core.frozen import frozen
from core.shop import Hours, Span

MIDNIGHT = time(0)


class Being(StrEnum):
    HERE = "here"
    """The seller said /here, and it has not run out."""
    AWAY = "away"
    """The shop is open, or has no hours, and nobody said to be at the counter."""
    CLOSED = "closed"
    """Outside opening hours, on a break, or a holiday."""


@frozen
class Presence:
    """`until` ends the present state where that is known: /here or /away running out, closing time, or the next opening."""

    being: Being
    until: datetime | None = None

    @property
    def back_at(self) -> datetime | None:
        """When a person is back, if that can be said without inventing."""
        return None if self.being is Being.HERE else self.until


def presence(
    now: datetime,
    hours: Hours | None,
    zone: ZoneInfo,
    here_until: datetime | None = None,
    away_until: datetime | None = None,
) -> Presence:
    """Who minds the shop at `now`. /away beats /here beats the opening hours."""
    if away_until is not None and now < away_until:
        return Presence(Being.AWAY, away_until)
    if here_until is not None and now < here_until:
        return Presence(Being.HERE, here_until)
    if hours is None:
        return Presence(Being.AWAY)
    if is_open(now, hours, zone):
        return Presence(Being.AWAY)
    return Presence(Being.CLOSED, next_opening(now, hours, zone))


def is_open(now: datetime, hours: Hours, zone: ZoneInfo) -> bool:
    local = now.astimezone(zone)
    return any(_covers(span, local.time()) for span in spans(local, hours))


def next_opening(now: datetime, hours: Hours, zone: ZoneInfo) -> datetime | None:
    """The next moment at which the shop opens, within a month; None when it never does."""
    local = now.astimezone(zone)
    for ahead in range(32):
        day = local + timedelta(days=ahead)
        for span in spans(day, hours):
            opening = datetime.combine(day.date(), span.start, tzinfo=zone)
            if opening > local:
                return opening.astimezone(now.tzinfo)
    return None


def opens_on(day: date, hours: Hours) -> time | None:
    """When the shop's day begins; None on a day without one. Hours that go on past midnight belong to the evening before, and
    a shop that never closes has no beginning."""
    if day in hours.closed:
        return None
    goes_on = any(one.end == MIDNIGHT for one in hours.week[day.weekday() - 1])
    starts = (one.start for one in hours.week[day.weekday()])
    return min((start for start in starts if not (goes_on and start == MIDNIGHT)), default=None)


def spans(day: datetime, hours: Hours) -> tuple[Span, ...]:
    """The opening spans of that local day, earliest first."""
    return () if day.date() in hours.closed else tuple(sorted(hours.week[day.weekday()], key=lambda span: span.start))


def _covers(span: Span, at: time) -> bool:
    at = at.replace(tzinfo=None)
    return span.start <= at and (at < span.end or span.end == time(0))
