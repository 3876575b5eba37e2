"""Times as sellers type them: "明天下午发", "周五前", "今晚8点", "3号", "11-26", "tomorrow by noon", "by Friday", "within 2 hours"."""

import math
import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from core.language import to_simplified

END = time(23, 59, 59)
FARTHEST = timedelta(days=200)
"""A day and month so far ahead, with no year, is rather the one that has just passed."""
_DIGITS = {"零": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10}
_WEEKDAYS = {"一": 0, "二": 1, "三": 2, "四": 3, "五": 4, "六": 5, "日": 6, "天": 6, "末": 6}
_NAMED = {"mon": 0, "tue": 1, "wed": 2, "thu": 3, "fri": 4, "sat": 5, "sun": 6}
MONTHS = {name: n for n, name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), 1)}
_PARTS = {
    "凌晨": time(6), "早上": time(10), "早晨": time(10), "上午": time(12), "早": time(10), "中午": time(12), "下午": time(18),
    "傍晚": time(19), "晚上": END, "晚": END, "夜里": END,
    "morning": time(12), "noon": time(12), "midday": time(12), "lunchtime": time(13), "afternoon": time(18), "evening": END,
    "night": END, "midnight": END,
}  # fmt: skip
"""A part of the day, and until when what is promised for it is kept."""
_STARTS = {
    "下午": time(14), "afternoon": time(14), "中午": time(12), "noon": time(12), "midday": time(12), "lunch": time(12),
    "傍晚": time(17), "晚": time(19), "夜": time(19), "evening": time(19), "night": time(19),
}  # fmt: skip
"""A part of the day, and when a reminder for it comes."""
_LATE_PARTS = ("中午", "下午", "傍晚", "晚上", "晚", "夜里", "afternoon", "evening", "night")
_N = r"\d{1,3}|[一二两三四五六七八九]?十[一二三四五六七八九]?|[零一二两三四五六七八九]"

_IN_WORDS = re.compile(
    r"[一二三]?十[一二三四五六七八九]?(?=[月号日])|[一二三四五六七八九](?=月\d|月[一二三四五六七八九十]{1,3}[号日]|号)|(?<=月)[一二三四五六七八九](?=[号日])"
)
"""Numbers of a date that are written out."""
_AFTER = re.compile(
    rf"(?P<half>半)\s*个?(?:小时|钟头|天)|(?P<n>{_N})\s*(?P<unit>分钟|个?半?小时|个?钟头?|天|日|个?工作日)(?:之?内|以?内|后|之后)?(?!\d)"
    r"|\b(?:in|within|next)\s+(?:the next\s+)?(?:\d{1,3}\s*(?:-|–|~|to)\s*)?(?P<en>\d{1,3}|an?|half an|one|two|three|four|five|a few)\s*(?P<en_work>(?:working|business)\s+)?(?P<en_unit>minutes?|mins?|hours?|hrs?|days?)\b"
)
_NEXT = r"(?=\s*(?:之前|以前|前|上午|中午|下午|傍晚|晚|早|能?发|寄|出|能?到|送|补|给[您你]|\d{1,2}\s*(?::\d\d|点|[ap]m(?![a-z]))))"
"""What makes "11-26" a day and neither a size nor a range."""
_DAY = re.compile(
    r"(?<![\d.])(?P<year>20\d\d)(?:年|[-/.])(?P<ymonth>\d{1,2})(?:月|[-/.])(?P<ydom>\d{1,2})(?![\d.])[号日]?"
    rf"|(?<![\d./¥$€£:-])(?P<smonth>\d{{1,2}})[-/](?P<sdom>\d{{1,2}})(?![\d./-]){_NEXT}"
    r"|\b(?:by|on|before|until)\s+(?P<smonth2>\d{1,2})[-/](?P<sdom2>\d{1,2})\b(?![./-])(?!\s*(?:working |business )?(?:days?|hours?|hrs?|weeks?|min|pieces?|pcs|%))"
    r"|(?P<rel>大后天|后天|明[天日儿早晚]|今[天日儿早晚])"
    r"|(?P<next>下下?|这|本)?(?:个)?(?:周|星期|礼拜)(?P<week>[一二三四五六日天末])"
    r"|(?:(?P<month>\d{1,2})月)?(?<![\d点:])(?P<dom>\d{1,2})[号日](?!线|楼|店|机|码|单)"
    r"|(?P<month4>\d{1,2})月(?P<dom4>\d{1,2})(?!\d|个)"
    r"|(?P<end>月底|周末)"
    r"|\b(?P<en_rel>day after tomorrow|tomorrow|tmr|today|tonight|this (?:morning|afternoon|evening)|end of (?:the )?(?:day|week|month)|eod)\b"
    r"|\b(?P<en_next>next |this )?(?P<en_week>mon|tues?|wed(?:nes)?|thur?s?|fri|sat(?:ur)?|sun)(?:day)?\b(?!flower)"
    r"|\b(?P<en_month>jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)[a-z]*\.? (?P<en_dom>\d{1,2})(?:st|nd|rd|th)?\b"
    r"|\b(?P<en_dom2>\d{1,2})(?:st|nd|rd|th)?(?: of)? (?P<en_month2>jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)[a-z]*\b"
    r"|\bthe (?P<en_dom3>\d{1,2})(?:st|nd|rd|th)\b"
)
_NAMED_DAY = re.compile(
    r"(?<![\d.:/-])(?P<smonth>\d{1,2})\s*[-/.]\s*(?P<sdom>\d{1,2})(?![\d.:/-])(?!\s*(?:天|个?工作日|个?小时|个月|周|(?:working |business )?days?\b|hours?\b|weeks?\b))"
)
_DAYS = re.compile(
    rf"^\s*(?:(?:{_N})\s*(?:-|–|~|到|至|to)\s*)?(?P<n>{_N})\s*(?:天|(?P<work>个?工作日|(?:working|business) days?)|days?)(?:之?内|以?内|后|之后|later)?\s*$"
)
_CLOCK = re.compile(
    rf"(?P<part>凌晨|早上|早晨|上午|中午|下午|傍晚|晚上|夜里|[早晚])?\s*(?:的)?(?P<h>{_N})\s*(?:点钟?|时)\s*(?P<m>半|一刻|三刻|\d{{1,2}}(?=分)|\d{{2}})?分?"
    r"|(?P<part24>上午|中午|下午|傍晚|晚上|[早晚])?\s*(?<![\d.])(?P<h24>\d{1,2}):(?P<m24>\d{2})(?:\s*(?P<ap24>[ap])\.?m(?![a-z]))?"
    r"|(?<![\d.:])(?P<h12>\d{1,2})\s*(?P<ap>[ap])\.?m(?![a-z])"
    r"|\b(?:by|at|before|until)\s+(?P<hen>\d{1,2})(?:\s*o'?clock)?\b(?![/-]\d)(?!\s*(?:st|nd|rd|th|days?|hours?|min|%|\w*\s*(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)))"
)
_PART = re.compile(
    r"凌晨|早上|早晨|上午|中午|下午|傍晚|晚上|夜里|(?<=[天日明今])[早晚]|\b(?:morning|noon|midday|lunchtime|afternoon|evening|night|midnight)\b"
)


@dataclass(frozen=True, slots=True)
class When:
    """A time that was typed: `due_at` is the last moment that keeps it, `words` how it was written."""

    due_at: datetime
    words: str


def when_in(text: str, now: datetime, zone: ZoneInfo) -> When | None:
    """The first time in a text that lies ahead; None where there is none.

    A day without an hour lasts to its end, 上午 to noon, 下午 to 18:00; an hour without a day is the next such hour.
    """
    folded = folded_text(text)
    local = now.astimezone(zone)
    if (after := _AFTER.search(folded)) is not None and (due := _later(after, local)) is not None:
        return When(due.astimezone(now.tzinfo), after[0].strip())
    day_match = next((one for one in _DAY.finditer(folded) if _day(one, local.date()) is not None), None)
    clock_match = next((one for one in _CLOCK.finditer(folded) if _clock(one, "") is not None), None)
    part_match = _PART.search(folded)
    if day_match is None and clock_match is None and part_match is None:
        return None
    day = _day(day_match, local.date()) if day_match else None
    part = part_match[0] if part_match else _part_of(day_match)
    at = _clock(clock_match, part) if clock_match else _PARTS[part] if part else END
    assert at is not None
    due = _at(day or local.date(), at, zone)
    if due <= now and clock_match is not None and at.hour < 12 and not part:
        due = _at(
            day or local.date(), at.replace(hour=at.hour + 12), zone
        )  # "3点" said at noon is three in the afternoon
    if due <= now and day is None:
        due = _at(local.date() + timedelta(days=1), at, zone)
    found = [one for one in (day_match, part_match, clock_match) if one is not None]
    start, end = min(one.start() for one in found), max(one.end() for one in found)
    return When(due.astimezone(now.tzinfo), folded[start:end].strip()) if due > now else None


def named_in(text: str, now: datetime, zone: ZoneInfo) -> When | None:
    """The time that is written where a time is expected: what `when_in` reads, and also 11-26, 11/26 or 11.26 (the month
    first, unless there is no such month), "3天", and "3-5天", which lasts to the end of the fifth day."""
    folded = folded_text(text)
    if (days := _DAYS.search(folded)) is not None and (count := number_in(days["n"])) is not None:
        today = now.astimezone(zone).date()
        due = _at(_after_workdays(today, count) if days["work"] else today + timedelta(days=count), END, zone)
        return When(due.astimezone(now.tzinfo), days[0].strip())
    match = _NAMED_DAY.search(folded)
    day = _short(match["smonth"], match["sdom"], now.astimezone(zone).date()) if match else None
    if match is None or day is None:
        return when_in(text, now, zone)
    written = f"{day.year}-{day.month}-{day.day}"
    found = when_in(f"{folded[: match.start()]} {written} {folded[match.end() :]}", now, zone)
    return None if found is None else When(found.due_at, folded.strip())


def day_in(text: str, today: date) -> date | None:
    """The first day a text names, today or later: 周日, 明天, 11月22号, on Sunday; None where it names none."""
    folded = folded_text(text)
    days = (_day(one, today) for one in _DAY.finditer(folded))
    return next((day for day in days if day is not None and day >= today), None)


def clock_in(text: str) -> time | None:
    """The time of day that a text is: 16:40, 16点40, 下午4点半, 4:40 pm; None where it is anything else."""
    match = _CLOCK.fullmatch(folded_text(text).strip())
    at = _clock(match, "") if match else None
    return None if at == END else at


def whole_day(text: str, today: date) -> date | None:
    """The day that a text is, today or later: 明天, 周五, 2月6日, 2/6, next Friday; None where it is anything else."""
    folded = folded_text(text).strip()
    if (short := _NAMED_DAY.fullmatch(folded)) is not None:
        return _short(short["smonth"], short["sdom"], today)
    match = _DAY.fullmatch(folded)
    return _day(match, today) if match else None


def in_24_hours(text: str) -> str:
    """The text with its 下午6点, 6pm and 9点半 as 18:00, 18:00 and 09:30. Midnight at the end of a day is 24:00."""

    def spelled(match: re.Match[str]) -> str:
        at = _clock(match, "")
        return match[0] if at is None else " 24:00 " if at == END else f" {at:%H:%M} "

    folded = re.sub(r"(?:晚上?|夜里|半夜)\s*12\s*(?:点|:00)|\bmidnight\b|午夜", " 24:00 ", folded_text(text))
    return re.sub(r" +", " ", _CLOCK.sub(spelled, folded)).strip()


def start_in(text: str, now: datetime, zone: ZoneInfo) -> datetime | None:
    """The moment to come that a text is, for being reminded: 周五, 11-26 9点, 明天下午, 半小时, three days; None where it says
    anything else. A day without an hour is its 09:00, 下午 14:00, 晚上 19:00."""
    folded = left = folded_text(text)
    for pattern in (_NAMED_DAY, _DAY, _AFTER, _CLOCK, _PART):
        left = pattern.sub(" ", left)
    found = named_in(text, now, zone)
    if left.strip() or found is None:
        return None
    is_after = _AFTER.search(folded) is not None and found.due_at - now < timedelta(hours=24)
    if is_after or any(_clock(one, "") is not None for one in _CLOCK.finditer(folded)):
        return found.due_at
    part = _PART.search(folded)
    at = next((start for word, start in _STARTS.items() if part and word in part[0]), time(9))
    due = datetime.combine(found.due_at.astimezone(zone).date(), at, tzinfo=zone)
    if due <= now and any(one["week"] or one["en_week"] for one in _DAY.finditer(folded)):
        due += timedelta(days=7)
    return due.astimezone(now.tzinfo) if due > now else None


def folded_text(text: str) -> str:
    """The text as it is read here: simplified, without capitals, 十一月二十六号 in figures."""
    folded = to_simplified(unicodedata.normalize("NFKC", text)).lower()[:500]
    return _IN_WORDS.sub(lambda match: str(number_in(match[0])) if number_in(match[0]) else match[0], folded)


def _after_workdays(day: date, count: int) -> date:
    """So many days on, Saturdays and Sundays not counted: what is said in working days is owed no sooner."""
    while count > 0:
        day += timedelta(days=1)
        count -= day.weekday() < 5
    return day


def _later(match: re.Match[str], local: datetime) -> datetime | None:
    """ "within two hours": so long from now; of days, to the end of the last one."""
    written, unit = match["n"] or match["en"] or "", match["unit"] or match["en_unit"] or ""
    if match["half"]:
        if "天" in match[0]:
            return local + timedelta(hours=12)
        return local + timedelta(minutes=30)
    english = {"a": 1, "an": 1, "half an": 0.5, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5}
    count = english.get(written) if written in english else number_in(written)
    if count is None:
        return None
    if unit.startswith(("分", "min")):
        return local + timedelta(minutes=count)
    if "时" in unit or "钟" in unit or unit.startswith(("hour", "hr")):
        return local + timedelta(hours=count + (0.5 if "半" in unit else 0))
    if (unit in ("天", "日") and not re.search(r"内|后", match[0])) or unit == "日":
        return None  # "3日" is a date, "三天" may be anything
    whole = math.ceil(count)
    day = (
        _after_workdays(local.date(), whole)
        if match["en_work"] or "工作日" in unit
        else local.date() + timedelta(days=whole)
    )
    return datetime.combine(day, END, tzinfo=local.tzinfo)


def _day(match: re.Match[str], today: date) -> date | None:
    groups = match.groupdict()
    if groups["year"]:
        return _of_year(int(groups["year"]), int(groups["ymonth"]), int(groups["ydom"]), today)
    if first := groups["smonth"] or groups["smonth2"]:
        return _short(first, groups["sdom"] or groups["sdom2"], today)
    if groups["rel"]:
        return today + timedelta(days={"今": 0, "明": 1, "后": 2, "大": 3}[groups["rel"][0]])
    if groups["week"]:
        weeks = {"下": 1, "下下": 2}.get(groups["next"] or "", 0)
        return _weekday(today, _WEEKDAYS[groups["week"]], weeks)
    if groups["end"] == "周末":
        return _weekday(today, 6, 0)
    if groups["end"] == "月底" or (groups["en_rel"] or "").endswith("month"):
        return (today.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
    if relative := groups["en_rel"]:
        ahead = {"day after tomorrow": 2, "tomorrow": 1, "tmr": 1}
        return _weekday(today, 6, 0) if relative.endswith("week") else today + timedelta(days=ahead.get(relative, 0))
    if groups["en_week"]:
        weeks = 1 if groups["en_next"] == "next " else 0
        return _weekday(today, _NAMED[groups["en_week"][:3]], weeks)
    month = groups["month"] or groups["month4"] or MONTHS.get((groups["en_month"] or groups["en_month2"] or "")[:3])
    dom = groups["dom"] or groups["dom4"] or groups["en_dom"] or groups["en_dom2"] or groups["en_dom3"]
    return _date(today, int(month) if month else None, int(dom)) if dom else None


def _of_year(year: int, month: int, dom: int, today: date) -> date | None:
    try:
        found = date(year, month, dom)
    except ValueError:
        return None
    return found if found >= today else None


def _short(first: str, second: str, today: date) -> date | None:
    """11-26 is the 26th of November, and so is 26/11, as there is no other month in it."""
    month, dom = int(first), int(second)
    return _date(today, month, dom) if 1 <= month <= 12 else _date(today, dom, month) if 1 <= dom <= 12 else None


def _weekday(today: date, wanted: int, weeks: int) -> date:
    """The next such day; 下周 is the week that begins on the coming Monday, "next Friday" is in the next week too."""
    if weeks:
        monday = today - timedelta(days=today.weekday())
        return monday + timedelta(days=7 * weeks + wanted)
    return today + timedelta(days=(wanted - today.weekday()) % 7)


def _date(today: date, month: int | None, dom: int) -> date | None:
    """The next day of that number, in the month named or in the first that has it."""
    for ahead in range(13):
        place = today.month - 1 + ahead
        year, number = today.year + place // 12, place % 12 + 1
        if month is not None and number != month:
            continue
        try:
            found = date(year, number, dom)
        except ValueError:
            continue
        if found >= today:
            return found if month is None or found - today <= FARTHEST else None
    return None


def _clock(match: re.Match[str], part: str) -> time | None:
    groups = match.groupdict()
    part = groups["part"] or groups["part24"] or part
    written = groups["h"] or groups["h24"] or groups["h12"] or groups["hen"] or ""
    hour, minute = number_in(written), {"半": 30, "一刻": 15, "三刻": 45}.get(groups["m"] or "")
    if minute is None:
        minute = int(groups["m"] or groups["m24"] or 0)
    half = groups["ap"] or groups["ap24"]
    if hour is None or hour > 24 or minute > 59 or (half and not 1 <= hour <= 12):
        return None
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    elif groups["hen"] and 1 <= hour <= 7:
        hour += 12  # "by 5" is said of the afternoon
    elif hour < 12 and (part in _LATE_PARTS) and not (part == "中午" and hour >= 11):
        hour += 12
    return END if hour == 24 else time(hour, minute)


def _part_of(day_match: re.Match[str] | None) -> str:
    """今晚, tonight, this afternoon: the part of the day that the day's own word tells."""
    said = day_match[0] if day_match else ""
    if said.endswith(("晚", "早")):
        return said[-1]
    return next((part for part in ("morning", "afternoon", "evening") if said.endswith(part)), "")


def number_in(written: str) -> int | None:
    """12, 十二, 三: the number that is written; None where it is none."""
    if written.isdecimal():
        return int(written)
    if not written or any(sign not in _DIGITS for sign in written):
        return None
    if "十" in written:
        tens, _, ones = written.partition("十")
        return (_DIGITS[tens] if tens else 1) * 10 + (_DIGITS[ones] if ones else 0)
    return _DIGITS[written] if len(written) == 1 else None


def _at(day: date, at: time, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, at, tzinfo=zone)
