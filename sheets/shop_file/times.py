"""When the shop is open, and when it sends: [hours] and [dispatch]."""

import re
from datetime import time
from difflib import get_close_matches
from itertools import pairwise

from core.shop import WEEKDAYS, Dispatch, Hours, Span
from sheets.shop_file.keys import DAYS, Keys, Table

MIDNIGHT = time(0)


def hours(keys: Keys, known: Hours | None = None) -> Hours | None:
    """[hours]: the week as it is, a span over midnight cut in two; None where it states none. The closed days are those
    `known` where the file names none: /holiday sets them from the chat."""
    section = keys.section("hours")
    week: list[list[Span]] = [[] for _ in WEEKDAYS]
    own: dict[int, list[tuple[time, time]]] = {}
    for key in section:
        if key in ("daily", "closed"):
            continue
        day = DAYS.get(key.strip().casefold())
        if day is None:
            near = get_close_matches(key.lower(), [*WEEKDAYS, "daily", "closed"], 1, 0.6)
            keys.warn("unknown_key_near" if near else "unknown_key", f"hours.{key}", key, near="".join(near))
        else:
            own[day] = _spans(keys, section, f"hours.{key}")
    daily = _spans(keys, section, "hours.daily")
    if not daily and not own:
        if not keys.wrong.count:
            keys.tell("hours_empty", "hours", "")
        return None
    for day in range(7):
        for start, end in own.get(day, daily):
            if end == MIDNIGHT or start < end:
                week[day].append(Span(start, end))
            else:  # over midnight: the rest belongs to the next day
                week[day].append(Span(start, MIDNIGHT))
                week[(day + 1) % 7].append(Span(MIDNIGHT, end))
    for day, spans in enumerate(week):
        spans.sort(key=lambda span: span.start)
        for first, second in pairwise(spans):
            if first.end == MIDNIGHT or second.start < first.end:
                told = f"{first.start:%H:%M}-{first.end:%H:%M}, {second.start:%H:%M}-{second.end:%H:%M}"
                keys.tell("hours_overlap", "hours", told, day=WEEKDAYS[day])
                return None
    days_off = keys.dates(section, "hours.closed") if known is None or "closed" in section else known.closed
    return Hours(tuple(tuple(spans) for spans in week), days_off)


def _spans(keys: Keys, section: Table, path: str) -> list[tuple[time, time]]:
    value = section.get(path.rpartition(".")[2], [])
    spans = []
    for one in value if isinstance(value, list) else [value]:
        parts = re.split(r"\s*[-–—~～至到]\s*", one.strip()) if isinstance(one, str) else []
        times = [_span_time(part) for part in parts]
        if len(times) == 2 and times[0] and times[1] and (times[0] != times[1] or parts[1].startswith("24")):
            spans.append((times[0], times[1]))
        else:
            keys.tell("not_a_span", path, one)
    return spans


def dispatch(keys: Keys) -> Dispatch | None:
    """[dispatch]: until when what is paid leaves today, and on which days anything leaves."""
    section = keys.section("dispatch", ("cutoff", "days", "holidays", "calendar"))
    if "cutoff" not in section:
        keys.tell("key_missing", "dispatch.cutoff", name="cutoff")
        return None
    cutoff = keys.time_of_day(section["cutoff"], "dispatch.cutoff")
    named = [keys.weekday(one, "dispatch.days") for one in keys.names(section, "dispatch.days")]
    days = frozenset(day for day in named if day is not None)
    if section.get("days") == []:
        keys.tell("not_a_weekday", "dispatch.days", "[]")
    calendar = keys.text(section, "calendar", 10, at="dispatch.calendar").upper()
    if calendar not in ("", "CN"):
        keys.tell("unknown_calendar", "dispatch.calendar", calendar)
    holidays = keys.dates(section, "dispatch.holidays")
    return Dispatch(cutoff or MIDNIGHT, days or frozenset(range(7)), holidays, calendar)


def _span_time(text: str) -> time | None:
    """A time of day within opening hours, where 24:00 is midnight at the day's end."""
    found = re.fullmatch(r"(\d{1,2})(?:[:：](\d{2}))?", text)
    if not found:
        return None
    hour, minute = int(found[1]), int(found[2] or 0)
    if (hour, minute) == (24, 0):
        return MIDNIGHT
    return time(hour, minute) if hour < 24 and minute < 60 else None
