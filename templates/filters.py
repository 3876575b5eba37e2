"""How amounts, days and lists are spoken: everything a template would otherwise have to reckon."""

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Any

from babel.dates import format_date
from babel.lists import format_list
from babel.numbers import format_currency
from jinja2 import pass_context
from jinja2.runtime import Context

from core.money import Money
from core.shop import WEEKDAYS, Hours, Wordings
from core.units import measured_in, plural

CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩"
LOCALES = {"zh": "zh_Hans_CN", "en": "en_GB"}
MAINLAND = dict.fromkeys(("中国大陆", "中国内地", "大陆", "内地"), "mainland China")
"""What an atlas calls China and a shop that does not deliver to Hong Kong does not."""


@pass_context
def money(context: Context, amount: Money) -> str:
    """ "¥129", "¥129.50", "CN¥129" in English: no decimals when they are nought."""
    return _amount(amount, LOCALES[context["voice"].language])


@lru_cache(maxsize=4096)
def _amount(amount: Money, locale: str) -> str:
    # Babel parses locale and pattern for every call, and a shop says the same few amounts again and again.
    text = format_currency(amount.amount, amount.currency, locale=locale)
    whole, point, cents = text.rpartition(".")
    return whole if point and not cents.strip("0") else text


@lru_cache(maxsize=1024)
def _date(value: date, pattern: str, locale: str) -> str:
    return format_date(value, pattern, locale=locale)


def unsigned(amount: Money) -> Money:
    return Money(abs(amount.minor), amount.currency)


FAR = 300
"""Days from which on a date needs its year."""


@pass_context
def day(context: Context, value: date) -> str:
    """A day as seen from today in the shop: 今天, 明天（11月22日 周日）, 11月23日（周一）; today, tomorrow (Sun 22 Nov)."""
    voice = context["voice"]
    away = (value - voice.now.astimezone(voice.zone).date()).days
    is_far = abs(away) > FAR
    if voice.language == "en":
        named = _date(value, "EEE d MMM yyyy" if is_far else "EEE d MMM", "en_GB")
        return "today" if away == 0 else f"tomorrow ({named})" if away == 1 else named
    named = f"{value.year}年{value.month}月{value.day}日" if is_far else f"{value.month}月{value.day}日"
    weekday = _date(value, "EEE", "zh_CN")
    return "今天" if away == 0 else f"明天（{named} {weekday}）" if away == 1 else f"{named}（{weekday}）"


@pass_context
def time_of_day(context: Context, value: datetime) -> str:
    """The time in the shop's zone: 16:40."""
    return f"{value.astimezone(context['voice'].zone):%H:%M}"


def clock(value: time | datetime) -> str:
    """24-hour clock, minutes always: 16:40."""
    return f"{value:%H:%M}"


@pass_context
def moment(context: Context, value: datetime) -> str:
    """A day and a time in the shop's zone: "明天（11月22日 周日）09:00", "at 13:30", "tomorrow (Sun 22 Nov) at 09:00"."""
    voice = context["voice"]
    local = value.astimezone(voice.zone)
    said, at = day(context, local.date()), f"{local:%H:%M}"
    if voice.language == "en":
        return f"at {at}" if said == "today" else f"{said} at {at}"
    return f"{said} {at}" if said == "今天" or said[-1].isdigit() else f"{said}{at}"


@pass_context
def till(context: Context, value: datetime) -> str:
    """A moment after "until": 16:40, tomorrow (Sun 22 Nov) at 09:00."""
    return moment(context, value).removeprefix("at ")


@pass_context
def by_day(context: Context, value: datetime) -> str:
    """A time by which something happens: only the day where it is the day's last minute, else 今天 18:00 前, today by 18:00."""
    voice = context["voice"]
    local = value.astimezone(voice.zone)
    said = day(context, local.date())
    if local.time() >= time(23, 59):
        return said
    if voice.language == "en":
        return f"{said} by {local:%H:%M}"
    return f"{said} {local:%H:%M} 前" if said == "今天" or said[-1].isdigit() else f"{said}{local:%H:%M} 前"


@pass_context
def counted(context: Context, count: int, unit: str = "") -> str:
    """So many of a thing in its own unit: "3 双", "40 米", "3 件" where no unit is told; "3 pairs", "3"."""
    voice = context["voice"]
    if voice.language == "en":
        return f"{count} {unit if count == 1 else plural(unit)}" if unit else str(count)
    unit = unit or "件"
    return f"{count} {'隻' if unit == '只' and voice.script == 'hant' else unit}"  # 只 is two words in Traditional


@pass_context
def per(context: Context, unit: str) -> str:
    """Behind the price of what is measured, for how much it is: /米; a metre, a pair."""
    if context["voice"].language == "en":
        return f" {'an' if unit[0] in 'aeiou' else 'a'} {unit}" if unit else ""
    return f"/{unit}" if measured_in(unit) else ""


def dot(variant: str) -> str:
    """A variant after its product's name: 帆布包 · 黑色."""
    return f" · {variant}" if variant else ""


def gap(text: str) -> str:
    """A Chinese sentence goes on after this: a space where it ends in a letter or digit, as in "36-37 卖完了"."""
    return f"{text} " if text[-1:].isascii() and text[-1:].isalnum() else text


def lead(text: str) -> str:
    """The first letter large, as a sentence begins."""
    return text[:1].upper() + text[1:]


def bare(text: str) -> str:
    """A sentence without its full stop, to stand inside another."""
    return text.rstrip("。.！!；; \n")


def circled(number: int) -> str:
    return CIRCLED[number - 1] if 1 <= number <= len(CIRCLED) else f"({number})"


@pass_context
def upto(context: Context, low: int, high: int) -> str:
    return str(low) if low == high else f"{low}–{high}"


@pass_context
def wording(context: Context, words: Wordings) -> str:
    """The wording for this buyer; where it is missing, the one there is."""
    voice = context["voice"]
    if voice.language == "en":
        return words.en or words.zh or words.zh_hant
    if voice.script == "hant":
        return words.zh_hant or words.zh or words.en
    return words.zh or words.zh_hant or words.en


WITH_ARTICLE = frozenset(("United States", "United Kingdom", "United Arab Emirates", "Netherlands", "Philippines"))


@pass_context
def placed(context: Context, place: Any) -> str:
    """A place in the buyer's language, as it stands within a sentence."""
    if context["voice"].language != "en":
        return str(place.name)
    name = str(place.name_en or place.name)
    return f"the {name}" if name in WITH_ARTICLE else name


@pass_context
def places(context: Context, names: Sequence[str]) -> str:
    """Region names of shop.toml as a list; those that are known places are said in the buyer's language."""
    from core.regions import find_place

    if context["voice"].language != "en":
        return "、".join(names)
    names = [MAINLAND.get(name, name) for name in names]
    known = ((name, find_place(name)) for name in names)
    return format_list(
        [place.name_en if place and place.name_en and place.name in name else name for name, place in known],
        locale="en_GB",
    )


@pass_context
def opening(context: Context, hours: Hours) -> str:
    """ "周一至周六 09:00–12:00、13:30–22:00，周日休息": days with the same hours are said together."""
    voice = context["voice"]
    english = voice.language == "en"
    monday = date(2024, 1, 1)
    names = [_date(monday + timedelta(days=n), "EEE", LOCALES[voice.language]) for n in range(len(WEEKDAYS))]
    runs: list[tuple[int, int]] = []
    for n, spans in enumerate(hours.week):
        if runs and hours.week[runs[-1][0]] == spans:
            runs[-1] = (runs[-1][0], n)
        else:
            runs.append((n, n))
    parts = []
    for first, last in runs:
        spans = hours.week[first]
        comma = ", " if english else "、"
        times = comma.join(
            f"{one.start:%H:%M}–{'24:00' if one.end == time(0) else f'{one.end:%H:%M}'}" for one in spans
        )
        if len(runs) == 1:
            label = "every day" if english else "每天"
        elif first == last:
            label = names[first]
        else:
            label = f"{names[first]}–{names[last]}" if english else f"{names[first]}至{names[last]}"
        closed = "closed" if english else "休息"
        parts.append(f"{label} {times}" if spans else f"{label}{' ' if english else ''}{closed}")
    ahead = sorted(one for one in hours.closed if 0 <= (one - voice.now.astimezone(voice.zone).date()).days <= 14)
    if ahead:
        days = ("," if english else "、").join(day(context, one) for one in ahead)
        parts.append(f"closed {days}" if english else f"{days}休息")
    return ("; " if english else "，").join(parts)


@pass_context
def ago(context: Context, value: datetime) -> str:
    """How long ago, roughly: 3 分钟前, 2 h ago."""
    seconds = max(0.0, (context["voice"].now - value.astimezone(UTC)).total_seconds())
    english = context["voice"].language == "en"
    for size, zh, en in ((86400, "天", "d"), (3600, "小时", "h"), (60, "分钟", "min")):
        if seconds >= size:
            count = int(seconds // size)
            return f"{count} {en} ago" if english else f"{count} {zh}前"
    return "just now" if english else "刚刚"


@pass_context
def took(context: Context, value: timedelta) -> str:
    """How long something took, in its two largest units: 8 秒, 3 分 20 秒, 1 小时 5 分; 8 s, 3 min 20 s, 1 h 5 min."""
    seconds = max(0, round(value.total_seconds()))
    english = context["voice"].language == "en"
    sizes = ((86400, " 天", " d"), (3600, " 小时", " h"), (60, " 分", " min"), (1, " 秒", " s"))
    parts: list[str] = []
    for size, zh, en in sizes:
        count, seconds = divmod(seconds, size)
        if count or (size == 1 and not parts):
            parts.append(f"{count}{en if english else zh}")
    return " ".join(parts[:2])


@pass_context
def stamp(context: Context, value: datetime) -> str:
    """Month, day and time for records, in the shop's zone: 11-21 16:40."""
    return f"{value.astimezone(context['voice'].zone):%m-%d %H:%M}"


def percent(share: float) -> str:
    return f"{share:.0%}"


FILTERS: dict[str, Callable[..., Any]] = {
    name.__name__: name
    for name in (
        money,
        unsigned,
        day,
        clock,
        time_of_day,
        moment,
        by_day,
        till,
        counted,
        per,
        dot,
        gap,
        lead,
        bare,
        circled,
        upto,
        wording,
        placed,
        places,
        opening,
        ago,
        took,
        stamp,
        percent,
    )
}
