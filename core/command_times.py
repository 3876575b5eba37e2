"""Times as people write them in a command: 2h, 30分钟, 18:30, 明天 9:00, tomorrow 9:00."""

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from core.language import to_simplified
from core.time_phrases import number_in, start_in

_UNITS = {"m": 1, "分": 1, "h": 60, "小": 60, "个": 60, "钟": 60, "d": 1440, "天": 1440}
"""The first sign of a unit → minutes."""
_ENGLISH = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "eight": 8, "ten": 10, "twenty": 20, "thirty": 30,
}  # fmt: skip
_SPELT = re.compile(rf"(?P<half>half an?)|\b(?P<n>{'|'.join(_ENGLISH)})\b(?P<and>(?: and a half)?)", re.IGNORECASE)
_N = r"\d{1,4}(?:\.5)?|半|[一两二三四五六七八九十]{1,3}(?:个半)?"
_UNIT = r"minutes?|mins?|m|分钟?|hours?|hrs?|hr|h|个?半?小时|个?钟头?|days?|d|天"
_LENGTH = re.compile(rf"({_N})\s*({_UNIT})(半)?", re.IGNORECASE)
_CLOCK = re.compile(r"([01]?\d|2[0-3])[:：点]([0-5]\d)?分?")
_DAYS = {"今天": 0, "today": 0, "明天": 1, "明早": 1, "tomorrow": 1, "后天": 2}
LONGEST = timedelta(days=366)


def moment_in(words: tuple[str, ...], now: datetime, zone: ZoneInfo) -> tuple[datetime, int] | None:
    """The future moment that the first words name, and how many words that took; None when they name none.

    A time of day that has gone by today is tomorrow's; a day without a time is its 09:00.
    """
    if not words:
        return None
    for used in range(min(3, len(words)), 0, -1):
        written = " ".join(words[:used])
        if not written.isdecimal() and (length := length_in(written)) is not None:
            return (now + length, used) if length <= LONGEST else None
    local, used, days = now.astimezone(zone), 0, 0
    day = _DAYS.get(words[0].lower())
    if day is not None:
        is_clock = len(words) > 1 and _CLOCK.fullmatch(words[1]) is not None
        if not is_clock and (found := _in_words(words, now, zone)) is not None and found[1] > 1:
            return found
        used, days = 1, day
    at = _CLOCK.fullmatch(words[used]) if len(words) > used else None
    if at is None and day is None:
        return _in_words(words, now, zone)
    hour, minute = (int(at[1]), int(at[2] or 0)) if at is not None else (9, 0)
    used += at is not None
    due = local.replace(hour=hour, minute=minute, second=0, microsecond=0) + timedelta(days=days)
    if due <= local and day is None:
        due += timedelta(days=1)
    return (due.astimezone(now.tzinfo), used) if due > local else None


def length_in(text: str) -> timedelta | None:
    """ "3h", "90" (minutes), "1h30m", "半小时", "三个半小时", "1小时30分", "2d" → how long; None when it is none of these, or nothing."""
    left = _SPELT.sub(_in_figures, to_simplified(text.strip()))
    if text.strip().isdecimal() and len(left) <= 4:
        return timedelta(minutes=int(left)) if int(left) else None
    minutes = 0.0
    while left:
        match = _LENGTH.match(left)
        if match is None:
            return None
        minutes += (_count(match[1]) + (0.5 if match[3] or "半小" in match[2] else 0)) * _UNITS[match[2][0].lower()]
        left = left[match.end() :].lstrip()
    return timedelta(minutes=minutes) if minutes else None


def _in_figures(match: re.Match[str]) -> str:
    """half an hour → 0.5 hour, three → 3."""
    return "0.5" if match["half"] else f"{_ENGLISH[match['n'].lower()]}{'.5' if match['and'] else ''}"


def until_in(text: str, now: datetime, zone: ZoneInfo) -> datetime | None:
    """Until when: after so long, or until an hour: 3h, 半小时, 到6点, until 18:00, 18:30."""
    if (length := length_in(text)) is not None:
        return now + length
    named = re.sub(
        r"^(?:(?:到|至)\s*|(?:until|till|to)\s+)|(?:为止|之?前|回来?)$", "", text.strip(), flags=re.IGNORECASE
    )
    if named != text.strip() and re.fullmatch(r"\d{1,2}", named) and int(named) <= 24:  # until 6: the next six o'clock
        hours = {int(named) % 24, (int(named) + 12) % 24} if int(named) <= 12 else {int(named) % 24}
        local = now.astimezone(zone)
        ahead = (local.replace(hour=hour, minute=0, second=0, microsecond=0) for hour in hours)
        return min(one if one > local else one + timedelta(days=1) for one in ahead).astimezone(now.tzinfo)
    return start_in(named, now, zone)


def _in_words(words: tuple[str, ...], now: datetime, zone: ZoneInfo) -> tuple[datetime, int] | None:
    """The longest beginning, of four words at most, that is a time: 周五, 11-26 9点, next Friday 6pm."""
    for used in range(min(4, len(words)), 0, -1):
        due = start_in(" ".join(words[:used]), now, zone)
        if due is not None and due - now <= LONGEST:
            return due, used
    return None


def _count(written: str) -> float:
    if written == "半":
        return 0.5
    if written[0].isdecimal():
        return float(written)
    whole = written.removesuffix("个半")
    return (number_in(whole) or 0) + (0.5 if whole != written else 0)
