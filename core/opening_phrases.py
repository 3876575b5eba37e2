"""Opening hours as people write them."""

import re
from datetime import time
from itertools import pairwise

from core.shop import WEEKDAYS, Span
from core.time_phrases import folded_text, in_24_hours
from core.unreadable import Unreadable

_ENGLISH = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_DAYS: dict[str, tuple[int, ...]] = {
    **{name: (place,) for names in (WEEKDAYS, _ENGLISH) for place, name in enumerate(names)},
    **{week + day: (place,) for week in ("周", "星期", "礼拜") for place, day in enumerate("一二三四五六日")},
    **{week + "天": (6,) for week in ("周", "星期", "礼拜")},
    **dict.fromkeys(("工作日", "平日", "weekdays", "weekday"), tuple(range(5))),
    **dict.fromkeys(("周末", "weekends", "weekend"), (5, 6)),
    **dict.fromkeys(("每天", "天天", "每日", "daily", "every day", "everyday"), tuple(range(7))),
}
"""What days are called → their numbers, Monday 0."""
_NAME = "|".join(sorted(_DAYS, key=len, reverse=True))
_HEAD = re.compile(
    rf"(?:{_NAME})(?![a-z])(?:\s*(?:[-–—~至到、,，和及&]|\b(?:to|and)\b)?\s*(?:{_NAME})(?![a-z]))*\s*[:：]?",
    re.IGNORECASE,
)
_THROUGH = re.compile(r"[-–—~至到]|\bto\b", re.IGNORECASE)
_ALL_DAY = re.compile(r"全天|全日|24\s*小时(?:营业)?|24\s*h(?:ours|rs)?\b|24/7|around the clock", re.IGNORECASE)
_SPAN = re.compile(r"(\d{1,2})(?:[:：.](\d{2})|[点點])?\s*(?:[-–—~至到]|\bto\b)\s*(\d{1,2})(?:[:：.](\d{2})|[点點])?")
_SHUT = re.compile(r"(?:休息|休|不营业|关门|closed?|off)", re.IGNORECASE)


def hours_in(text: str) -> tuple[tuple[Span, ...], ...]:
    """Spans per weekday: "09:00-12:00 13:30-22:00" for every day, or "周一至周五 9点到18点；周六 10am-4pm"."""
    week: list[tuple[Span, ...]] = [()] * 7
    for part in re.split(r"[;；\n]", text):
        if not part.strip():
            continue
        days, rest = _days_of(part.strip())
        if _SHUT.fullmatch(rest.strip(" ,，")):
            for day in days:
                week[day] = ()
            continue
        rest = re.sub(r"(?<=[点时半])\s+(?=\d)", ", ", rest)  # "12点 14点" are two times
        rest = in_24_hours(_ALL_DAY.sub(" 0:00-24:00 ", rest))
        spans = tuple(_span(match) for match in _SPAN.finditer(rest))
        if not spans or _SPAN.sub("", rest).strip(" ,，、和及&"):
            raise Unreadable("no times", said=part.strip())
        ordered = sorted(spans, key=lambda one: one.start)
        if any(_end(one) > other.start for one, other in pairwise(ordered)):
            raise Unreadable("overlap")
        for day in days:
            week[day] = tuple(ordered)
    if not any(week):
        raise Unreadable("no hours")
    return tuple(week)


def _days_of(part: str) -> tuple[list[int], str]:
    """The days a part begins with, every day where it begins with a time, and the rest of it."""
    part = folded_text(part)
    head = _HEAD.match(part)
    if head is None:
        word = part.split()[0]
        if re.search(r"\d", part) and not in_24_hours(_ALL_DAY.sub("0:00", part))[0].isdigit():
            raise Unreadable("no weekday", said=word)
        return list(range(7)), part
    days: list[int] = []
    end = 0
    for match in re.finditer(_NAME, head[0], re.IGNORECASE):
        these = _DAYS[match[0].lower()]
        if days and _THROUGH.search(head[0][end : match.start()]):
            these = tuple((days[-1] + ahead) % 7 for ahead in range((these[-1] - days[-1]) % 7 + 1))
        days += these
        end = match.end()
    return days, part[head.end() :]


def _span(match: re.Match[str]) -> Span:
    from_hour, from_minute, to_hour, to_minute = (int(one or 0) for one in match.groups())
    if (to_hour, to_minute) == (24, 0):
        to_hour = 0
    try:
        span = Span(time(from_hour, from_minute), time(to_hour, to_minute))
    except ValueError:
        raise Unreadable("no such time", said=match[0]) from None
    if _end(span) <= span.start:
        raise Unreadable("ends early", said=match[0])
    return span


def _end(span: Span) -> time:
    return time.max if span.end == time(0) else span.end
