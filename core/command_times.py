"""Times as people write them in a command: 2h, 30分钟, 18:30, 明天 9:00, tomorrow 9:00."""

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

_LENGTH = re.compile(r"(\d{1,4})\s*(minutes?|mins?|m|分钟?|hours?|hrs?|h|个?小时|days?|d|天)", re.IGNORECASE)
_CLOCK = re.compile(r"([01]?\d|2[0-3])[:：点]([0-5]\d)?分?")
_DAYS = {"今天": 0, "today": 0, "明天": 1, "明早": 1, "tomorrow": 1, "后天": 2}
LONGEST = timedelta(days=366)


def moment_in(words: tuple[str, ...], now: datetime, zone: ZoneInfo) -> tuple[datetime, int] | None:
    """The future moment that the first words name, and how many words that took; None when they name none.

    A time of day that has gone by today is tomorrow's; a day without a time is its 09:00.
    """
    if not words:
        return None
    if (length := _LENGTH.fullmatch(words[0])) is not None:
        unit = length[2][0].lower()
        count = int(length[1])
        ahead = {"m": timedelta(minutes=count), "分": timedelta(minutes=count), "d": timedelta(days=count), "天": timedelta(days=count)}  # fmt: skip
        wait = ahead.get(unit, timedelta(hours=count))
        return (now + wait, 1) if timedelta() < wait <= LONGEST else None
    local, used, days = now.astimezone(zone), 0, 0
    day = _DAYS.get(words[0].lower())
    if day is not None:
        used, days = 1, day
    at = _CLOCK.fullmatch(words[used]) if len(words) > used else None
    if at is None and day is None:
        return None
    hour, minute = (int(at[1]), int(at[2] or 0)) if at is not None else (9, 0)
    used += at is not None
    due = local.replace(hour=hour, minute=minute, second=0, microsecond=0) + timedelta(days=days)
    if due <= local and day is None:
        due += timedelta(days=1)
    return (due.astimezone(now.tzinfo), used) if due > local else None
