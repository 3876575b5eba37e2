"""Days as people write them in a command, one by one or from one to another: read, and written back."""

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta

from core.time_phrases import MONTHS, folded_text, whole_day
from core.unreadable import Unreadable

MOST_DATES = 400
JUST_PAST = timedelta(days=31)
"""A day that went by so lately, and has no year, is more likely a slip than the same day a year on."""
_MONTH = (
    r"\b(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_TH = r"(?:(?:st|nd|rd|th)\b)?"
_FEASTS = (
    "圣诞节?|元旦|春节|过年|除夕|新年|国庆节?|五一|十一|劳动节|中秋节?|端午节?|清明节?|元宵节?"
    r"|\b(?:christmas|xmas|new year'?s?(?: day| eve)?|easter|thanksgiving|spring festival|golden week)\b"
)
_FEAST = re.compile(_FEASTS)
"""Nobody can tell from its name how many days a shop takes off."""
_PIECE = re.compile(
    r"(?P<full>(?<!\d)(?P<y>20\d\d)\s*[-/.年]\s*(?P<m>\d{1,2})\s*[-/.月]\s*(?P<d>\d{1,2})(?!\d)(?:\s*[日号])?)"
    r"|(?P<solid>(?<!\d)(?P<y2>20\d\d)(?P<m2>[01]\d)(?P<d2>[0-3]\d)(?!\d))"
    r"|(?P<ends>(?<!\d)(?P<a>\d{1,2})(?P<sign>[-/.])(?P<b>\d{1,2})(?P=sign)(?P<y3>20\d\d)(?!\d))"
    r"|(?P<unclear>(?<!\d)\d{1,2}(?P<mark>[-/.])\d{1,2}(?P=mark)\d{2}(?!\d))"
    r"|(?P<zh>(?<!\d)(?P<m4>\d{1,2})\s*月\s*(?P<d4>\d{1,2})(?!\d)(?:\s*[日号])?)"
    rf"|(?P<en>(?P<m5>{_MONTH})\s*(?P<d5>\d{{1,2}})(?!\d){_TH})"
    rf"|(?P<en_too>(?<!\d)(?P<d6>\d{{1,2}}){_TH}\s*(?:of\s+)?(?P<m6>{_MONTH}))"
    rf"|(?P<short>(?<!\d)(?P<a7>\d{{1,2}})(?P<by>[-/.])(?P<b7>\d{{1,2}})(?!\d|(?P=by)\d|\s*[日号]|{_TH}\s*(?:of\s+)?{_MONTH}))"
    r"|(?P<year>(?<!\d)20\d\d(?!\d)年?)"
    rf"|(?P<lone>(?<!\d)(?P<d8>\d{{1,2}})(?!\d)(?P<th>\s*[日号]|{_TH}))"
    r"|(?P<to>\.\.|~|–|—+|-+|至|到|\b(?:to|until|till|through|thru)\b)"
    r"|(?P<too>[,、;&]|\band\b|[和与及跟])"
    r"|(?P<between>\bbetween\b)"
    r"|(?P<word>(?:大后|[今明后])[天日]|(?:下下?|这|本)?个?(?:周|星期|礼拜)[一二三四五六日天]"
    r"|\b(?:(?:the )?day after tomorrow|tomorrow|tmr|today)\b"
    r"|\b(?:(?:next|this) )?(?:mon|tues?|wed(?:nes)?|thur?s?|fri|sat(?:ur)?|sun)(?:day)?\b)"
    r"|(?P<nothing>\s+|\b(?:from|on|the|closed|off)\b|从|自|放假|休息|关门|不营业)"
    rf"|(?P<feast>{_FEASTS})"
)
"""What a line of days is made of."""


@dataclass(frozen=True, slots=True)
class _Day:
    """A day as far as it is written, and how."""

    said: str
    dom: int
    month: int | None = None
    year: int | None = None

    def wraps(self, last: "_Day") -> bool:
        """Whether the last day, behind this one, stands in the next year."""
        return (last.month or 0) < (self.month or 0)

    def on(self, year: int) -> date:
        try:
            return date(year, self.month or 0, self.dom)
        except ValueError:
            raise Unreadable("no such day", said=self.said) from None


def dates_in(text: str, today: date | None = None) -> frozenset[date]:
    """Days, one by one or from one to another: "2027-02-06..2027-02-09 2027/5/1"; with `today` 2月6日到20日, Dec 24-26 and
    tomorrow too. A day without a year is the next one. Unreadable where a line has anything else in it or may mean two days.
    """
    if not text.strip():
        raise Unreadable("no dates")
    found: set[date] = set()
    for run in _dated(_runs(text, today), text):
        first, last = _bounds(run, today)
        if last < first or (last - first).days > MOST_DATES:
            raise Unreadable("runs backwards", first=first, last=last)
        found |= {first + timedelta(days=ahead) for ahead in range((last - first).days + 1)}
    return frozenset(found)


def dates_shown(days: frozenset[date]) -> str | None:
    """The same, days in a row as from..to."""
    return " ".join(f"{first}" if first == last else f"{first}..{last}" for first, last in rows_of(days)) or None


def rows_of(days: frozenset[date]) -> list[tuple[date, date]]:
    """The first and the last of days in a row."""
    rows: list[tuple[date, date]] = []
    for day in sorted(days):
        if rows and day - rows[-1][1] == timedelta(days=1):
            rows[-1] = (rows[-1][0], day)
        else:
            rows.append((day, day))
    return rows


def _runs(text: str, today: date | None) -> list[list[_Day]]:
    """The days of a line as far as each is written; those joined by "to" stand together. A year that follows several counts
    for all of them: "Dec 24-26, 2026"."""
    line = folded_text(text.strip()).rstrip(".。!")
    runs: list[list[_Day]] = []
    is_joined = is_between = False
    place = 0
    while place < len(line):
        match = _PIECE.match(line, place)
        if match is None:
            start = max(line.rfind(" ", 0, place + 1), 0)
            raise _no_date(line[start:].split()[0], line)
        place, kind = match.end(), match.lastgroup
        if kind == "to" or (kind == "too" and is_between):
            if is_joined or not runs or len(runs[-1]) == 2:
                raise _no_date(line, line)
            is_joined, is_between = True, False
        elif kind == "between":
            is_between = True
        elif kind == "year":
            _give_year(runs, int(match[0][:4]), line)
        elif kind not in ("too", "nothing", "feast"):
            day = _day(match, line, today)
            if is_joined:
                runs[-1].append(day)
            else:
                runs.append([day])
            is_joined = False
    if is_joined or not runs:
        raise _no_date(line, line)
    return runs


def _day(match: re.Match[str], line: str, today: date | None) -> _Day:
    said, kind = match[0].strip(), match.lastgroup
    numbers = {name: int(one) for name, one in match.groupdict().items() if one and one.isdecimal()}
    if kind == "full":
        return _Day(said, numbers["d"], numbers["m"], numbers["y"])
    if kind == "solid":
        return _Day(said, numbers["d2"], numbers["m2"], numbers["y2"])
    if today is None or kind == "unclear":
        raise _no_date(said, line)
    if kind == "zh":
        return _Day(said, numbers["d4"], numbers["m4"])
    if kind == "en":
        return _Day(said, numbers["d5"], MONTHS[match["m5"][:3]])
    if kind == "en_too":
        return _Day(said, numbers["d6"], MONTHS[match["m6"][:3]])
    if kind == "ends":
        return _year_last(said, numbers["a"], numbers["b"], numbers["y3"], match["sign"])
    if kind == "lone":
        return _Day(said, numbers["d8"])
    if kind == "short" and max(numbers["a7"], numbers["b7"]) > 12 >= min(numbers["a7"], numbers["b7"]):
        return _Day(said, max(numbers["a7"], numbers["b7"]), min(numbers["a7"], numbers["b7"]))
    if kind == "short" and numbers["a7"] <= 12:
        return _Day(said, numbers["b7"], numbers["a7"])  # the month first, as everywhere else
    day = whole_day(said.removeprefix("the "), today) if kind == "word" else None
    if day is None:
        raise _no_date(said, line)
    return _Day(said, day.day, day.month, day.year)


def _year_last(said: str, a: int, b: int, year: int, sign: str) -> _Day:
    """13/2/2027 and 2/13/2027 say one day each, and so does 6.2.2027; 6/2/2027 is another one in London than in Boston."""
    if sign == "." or a > 12 or a == b:
        return _Day(said, a, b, year)
    if b > 12:
        return _Day(said, b, a, year)
    one, other = _Day(said, a, b, year).on(year), _Day(said, b, a, year).on(year)
    raise Unreadable("may be two days", said=said, one=one, other=other)


def _give_year(runs: list[list[_Day]], year: int, line: str) -> None:
    """The year is that of the last day, and of those before it that have none: "30 Dec - 2 Jan 2027" begins in 2026."""
    if not runs or runs[-1][-1].year is not None:
        raise _no_date(str(year), line)
    following: _Day | None = None
    for run in reversed(runs):
        for place in reversed(range(len(run))):
            if run[place].year is not None:
                return
            if following is not None and run[place].wraps(following):
                year -= 1
            run[place] = replace(run[place], year=year)
            following = run[place] if run[place].month is not None else following


def _dated(runs: list[list[_Day]], text: str) -> list[list[_Day]]:
    """Days without a month have that of the day before, else of the day behind: "Dec 24, 25", "24-26 Dec", "2月6日到20日"."""
    flat = [(run, place) for run in runs for place in range(len(run))]
    before: _Day | None = None
    for at, (run, place) in enumerate(flat):
        day = run[place]
        behind = next((r[p] for r, p in flat[at + 1 :] if r[p].month is not None), None)
        model = before or behind
        if day.month is None and model is not None and model.month is not None:
            month, year = model.month, day.year or model.year
            if place == 1 and day.dom < run[0].dom and before is not None:  # 12月30日到2日
                month, year = month % 12 + 1, year + (month == 12) if year else year
            run[place] = day = replace(day, month=month, year=year)
        elif day.month is None and not re.search(r"[日号a-z]", " ".join(one.said for one in run)):
            raise _no_date(day.said, text)
        if day.month is not None:
            before = day
    return runs


def _bounds(run: list[_Day], today: date | None) -> tuple[date, date]:
    """The first day and the last, the same one where there is no other."""
    first, last = run[0], run[-1]
    if first.year is not None:
        start = first.on(first.year)
        return start, last.on(last.year or first.year + first.wraps(last))
    assert today is not None
    if last.year is not None:
        return first.on(last.year - first.wraps(last)), last.on(last.year)
    if first.month is None:  # 6号, 6-9号: the next ones
        next_one = whole_day(f"{first.dom}号", today)
        if next_one is None:
            raise _no_date(first.said, first.said)
        return next_one, replace(last, month=next_one.month).on(next_one.year)
    for year in (today.year - 1, today.year, today.year + 1):
        end = last.on(year + first.wraps(last))
        if end >= today:
            return first.on(year), end
        if today - end <= JUST_PAST:
            raise Unreadable("has just passed", said=first.said, end=end, again=f"{end.year + 1}-{end:%m-%d}")
    raise AssertionError("a day of next year lies ahead")


def _no_date(said: str, line: str) -> Unreadable:
    if (feast := _FEAST.search(line)) is not None:
        return Unreadable("a feast", said=feast[0])
    return Unreadable("no date", said=said)
