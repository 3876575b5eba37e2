"""When a parcel leaves: the cut-off rule (S4 tip 5), in shop time, skipping rest days and holidays."""

from datetime import date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from core.frozen import frozen
from core.shop import Dispatch

FARTHEST = 60
"""Days looked ahead for a working day before giving up."""


@frozen
class Departure:
    """An order paid now leaves on `day` (shop time). `is_today` means that the cut-off lies still ahead today."""

    day: date
    cutoff: time
    is_today: bool
    missed_cutoff: bool


def departure(now: datetime, dispatch: Dispatch, zone: ZoneInfo) -> Departure | None:
    """The day on which an order paid at `now` leaves: 16:39:59 is today, 16:40:00 the next working day.

    None when no working day lies within `FARTHEST` days.
    """
    local = now.astimezone(zone)
    today_works = is_working_day(local.date(), dispatch)
    in_time = local.time().replace(tzinfo=None) < dispatch.cutoff
    if today_works and in_time:
        return Departure(local.date(), dispatch.cutoff, is_today=True, missed_cutoff=False)
    day = next_working_day(local.date(), dispatch)
    return None if day is None else Departure(day, dispatch.cutoff, is_today=False, missed_cutoff=today_works)


def next_working_day(after: date, dispatch: Dispatch) -> date | None:
    """The first working day later than `after`."""
    days = (after + timedelta(days=ahead) for ahead in range(1, FARTHEST + 1))
    return next((day for day in days if is_working_day(day, dispatch)), None)


def is_working_day(day: date, dispatch: Dispatch) -> bool:
    """Whether parcels leave on `day`. A date the seller named beats the public calendar, which beats the weekday."""
    if day in dispatch.holidays:
        return False
    if dispatch.calendar == "CN" and (works := _public_calendar(day)) is not None:
        return works
    return day.weekday() in dispatch.days


@lru_cache(maxsize=512)
def _public_calendar(day: date) -> bool | None:
    """What China's public calendar says of this very day: off, a make-up workday, or nothing (None, as for a year it
    does not know yet)."""
    import chinese_calendar

    try:
        is_off, name = chinese_calendar.get_holiday_detail(day)
    except NotImplementedError:
        return None
    return None if name is None else not is_off


def calendar_knows(year: int) -> bool:
    """Whether the public calendar has this year; without it `days` and `holidays` of shop.toml decide."""
    import chinese_calendar

    try:
        chinese_calendar.get_holiday_detail(date(year, 1, 1))
    except NotImplementedError:
        return False
    return True
