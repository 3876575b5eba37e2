"""Quiet hours: nobody's phone rings at night because a parcel was sorted."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True)
class QuietHours:
    """From `start` up to, not including, `end`, in the local time of whoever is not to be disturbed."""

    start: time
    end: time

    def covers(self, at: datetime, zone: ZoneInfo) -> bool:
        local = at.astimezone(zone).time().replace(tzinfo=None)
        if self.start <= self.end:
            return self.start <= local < self.end
        return local >= self.start or local < self.end


def may_ring(now: datetime, zone: ZoneInfo, quiet: QuietHours | None) -> datetime:
    """The first moment from `now` on that is not quiet: `now` itself, or the end of the quiet hours."""
    if quiet is None or not quiet.covers(now, zone):
        return now
    local = now.astimezone(zone)
    day = local.date() if local.time().replace(tzinfo=None) < quiet.end else local.date() + timedelta(days=1)
    return datetime.combine(day, quiet.end, tzinfo=zone).astimezone(now.tzinfo)
