"""shop.toml: the shop's facts, checked word by word. What the file does not state stays None or empty."""

import re
import tomllib
from collections.abc import Collection, Mapping
from datetime import date, datetime, time
from decimal import Decimal
from difflib import get_close_matches
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from core.asks import ASKS
from core.money import Money, NotMoney, is_currency, precision
from core.regions import is_region
from core.shop import WEEKDAYS, Carrier, Dispatch, Hours, Postage, Shop, Span, Tone, Transit, Wordings
from sheets.cells import UNSEEN
from sheets.grid import decoded, unlike
from sheets.limits import LIMITS, Limits
from sheets.problems import Listing, Parsed, Taken, refusal

POLICIES = ("return", "warranty", "payment", "invoice", "price", "authenticity", "care")
"""The policies answers look for; a shop may add its own."""

DEFAULT_ZONE = "Asia/Shanghai"
LONGEST = 2_000
MIDNIGHT = time(0)

Table = Mapping[str, Any]


def read_shop(name: str, data: bytes, companions: Collection[str] = ASKS, limits: Limits = LIMITS) -> Parsed[Shop]:
    """The shop a file states, or what is wrong with it. Never raises, whatever the bytes.

    `companions` are the names [bundles] may use. Keys that are not known are warned of, with the one probably meant.
    """
    if len(data) > limits.shop_bytes:
        size, limit = f"{len(data) / 2**20:.1f}", f"{limits.shop_bytes / 2**20:g}"
        return refusal(name, "too_large", size=size, limit=limit)
    is_text = not unlike(data) and (b"\x00" not in data or data.startswith((b"\xff\xfe", b"\xfe\xff")))
    text = decoded(data) if is_text else None
    if text is None:
        return refusal(name, "toml_not_text")
    text = text.replace("\r\n", "\n")
    try:
        table = tomllib.loads(text, parse_float=_decimal)
    except tomllib.TOMLDecodeError as wrong:
        return _syntax(name, text, str(wrong))
    except (ValueError, RecursionError):
        return refusal(name, "toml_value")
    reader = _Reader(name, text, table, companions)
    shop = reader.shop()
    if shop is None or reader.wrong.count:
        return reader.wrong.problems()
    return Taken(shop, reader.odd.problems())


def _decimal(text: str) -> Decimal:
    return Decimal(text.replace("_", ""))


def _syntax(name: str, text: str, message: str) -> Parsed[Shop]:
    place = re.search(r"\(at line (\d+), column (\d+)\)$", message)
    lines = text.split("\n")
    row = int(place[1]) if place else len(lines)
    line = lines[row - 1].strip() if row <= len(lines) else ""
    if re.search(r"[“”‘’]", re.sub(r'"[^"]*"', "", line.split("#")[0])):
        return refusal(name, "toml_curly", row, "", line)
    for part, fault in _SYNTAX:
        if part in message:
            return refusal(name, fault, row, "", line)
    return refusal(name, "toml_line", row, "", line)


_SYNTAX = (
    ("Unterminated string", "toml_quote"),
    ("Illegal character '\\n'", "toml_quote"),
    ("Unescaped '\\'", "toml_backslash"),
    ("Expected '=' after a key", "toml_equals"),
    ("Invalid statement", "toml_key"),
    ("Invalid initial character for a key", "toml_key"),
    ("Invalid value", "toml_unquoted"),
    ("Cannot overwrite a value", "toml_twice"),
    ("Duplicate inline table key", "toml_twice"),
    ("Cannot declare", "toml_section_twice"),
    ("Unclosed array", "toml_bracket"),
    ("Unclosed inline table", "toml_bracket"),
    ("Expected ']'", "toml_bracket"),
    ("Expected newline or end of document", "toml_after"),
)


class _Reader:
    """Walks the table once; what is wrong goes to `wrong`, what is odd to `odd`, each with its key and line."""

    def __init__(self, file: str, text: str, table: Table, companions: Collection[str]) -> None:
        self.wrong, self.odd = Listing(file), Listing(file)
        self._lines = _key_lines(text)
        self._table = table
        self._companions = companions
        self._currency = "CNY"

    def shop(self) -> Shop | None:
        table = self._table
        self._known("", table, _TOP)
        name = self._text(table, "name", 100, required=True)
        self._currency = self._currency_of(table)
        regions = tuple((key, self._names(table["regions"], f"regions.{key}")) for key in self._section("regions"))
        own = {key for key, _ in regions}
        delivery = self._section("delivery", ("regions", "not_regions"))
        shop = Shop(
            name=name,
            timezone=self._timezone(table),
            currency=self._currency,
            languages=self._languages(table),
            hours=self._hours() if "hours" in table else None,
            dispatch=self._dispatch() if "dispatch" in table else None,
            carriers=self._carriers(own),
            postage=self._postage(own),
            regions=regions,
            delivers_to=self._places(delivery, "delivery.regions", own),
            not_to=self._places(delivery, "delivery.not_regions", own),
            policies=self._policies(),
            promotions=self._promotions(),
            bundles=self._bundles(),
            tone=self._tone(table),
            name_en=self._text(table, "name_en", 100),
        )
        for key, places in regions:
            self._check_places(places, f"regions.{key}", own - {key})
        return None if self.wrong.count else shop

    # -- telling

    def _line(self, key: str) -> int | None:
        """The line of a key, or of the section it should stand in."""
        while key and key not in self._lines:
            key = key.rpartition(".")[0]
        return self._lines.get(key)

    def _tell(self, fault: str, key: str, value: object = "", **blanks: object) -> None:
        self.wrong.add(fault, self._line(key), key, _spelled(value), **blanks)

    def _warn(self, fault: str, key: str, value: object = "", **blanks: object) -> None:
        self.odd.add(fault, self._line(key), key, _spelled(value), **blanks)

    def _known(self, path: str, table: Table, known: Collection[str]) -> None:
        for key in table:
            if key not in known:
                near = get_close_matches(key.lower(), known, 1, 0.6)
                whole = f"{path}.{key}" if path else key
                self._warn("unknown_key_near" if near else "unknown_key", whole, key, near="".join(near))

    # -- plain values

    def _section(self, key: str, known: Collection[str] | None = None) -> Table:
        value = self._table.get(key, {})
        if not isinstance(value, dict):
            self._tell("not_a_section", key, value, name=key)
            return {}
        if known is not None:
            self._known(key, value, known)
        return value

    def _text(self, table: Table, key: str, longest: int, *, required: bool = False, at: str = "") -> str:
        where = at or key
        value = table.get(key)
        if value is None:
            if required:
                self._tell("key_missing", where, name=key)
            return ""
        if not isinstance(value, str):
            self._tell("not_a_text", where, value)
            return ""
        text = value.strip()
        if required and not text:
            self._tell("key_missing", where, name=key)
        if unseen := UNSEEN.search(text.replace("\n", "").replace("\t", "")):
            self._tell("unseen", where, text, sign=f"U+{ord(unseen[0]):04X}")
        if len(text) > longest:
            self._tell("too_long", where, text, length=len(text), limit=longest)
        return text

    def _money(self, table: Table, key: str, at: str) -> Money | None:
        value = table.get(key)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, (int, Decimal, str)):
            self._tell("not_amount", at, value)
            return None
        try:
            return Money.of(value, self._currency)
        except (NotMoney, ArithmeticError, ValueError) as wrong:  # also what no calculator holds, such as 1e999999
            why = str(wrong)
            fault = "negative_amount" if why == "negative" else "too_fine" if why.startswith("finer") else "not_amount"
            self._tell(fault, at, value, places=precision(self._currency), currency=self._currency)
            return None

    def _names(self, table: Table, path: str) -> tuple[str, ...]:
        """A list of texts; a single text counts as a list of one."""
        value = table.get(path.rpartition(".")[2])
        if value is None:
            return ()
        listed = [value] if isinstance(value, str) else value
        if not isinstance(listed, list) or not all(isinstance(one, str) and one.strip() for one in listed):
            self._tell("not_a_list", path, value)
            return ()
        return tuple(dict.fromkeys(one.strip() for one in listed))

    def _clock(self, value: object, key: str) -> time | None:
        if isinstance(value, time) and value.tzinfo is None:
            return value.replace(second=0, microsecond=0)
        found = re.fullmatch(r"(\d{1,2})[:：](\d{2})", value.strip()) if isinstance(value, str) else None
        if found and int(found[1]) < 24 and int(found[2]) < 60:
            return time(int(found[1]), int(found[2]))
        self._tell("not_a_time", key, value)
        return None

    def _dates(self, table: Table, path: str) -> frozenset[date]:
        value = table.get(path.rpartition(".")[2], [])
        dates = set()
        for one in value if isinstance(value, list) else [value]:
            try:
                whole = one.date() if isinstance(one, datetime) else one
                dates.add(whole if isinstance(whole, date) else date.fromisoformat(str(one).strip()))
            except ValueError:
                self._tell("not_a_day", path, one)
        return frozenset(dates)

    # -- sections

    def _currency_of(self, table: Table) -> str:
        code = self._text(table, "currency", 10).upper() or "CNY"
        if is_currency(code):
            return code
        self._tell("unknown_currency", "currency", code, currency="CNY")
        return "CNY"

    def _timezone(self, table: Table) -> ZoneInfo:
        key = self._text(table, "timezone", 60) or DEFAULT_ZONE
        try:
            if key in available_timezones():
                return ZoneInfo(key)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            pass
        plain = key.rpartition("/")[2].replace(" ", "_").casefold()
        cities = {zone.rpartition("/")[2].casefold(): zone for zone in sorted(available_timezones())}
        cities |= dict.fromkeys(("beijing", "china", "北京", "上海", "中国", "cst", "utc+8", "gmt+8"), DEFAULT_ZONE)
        near = get_close_matches(plain, cities, 1, 0.7)
        self._tell("unknown_timezone", "timezone", key, near=cities[near[0]] if near else DEFAULT_ZONE)
        return ZoneInfo(DEFAULT_ZONE)

    def _languages(self, table: Table) -> tuple[str, ...]:
        if "languages" not in table:
            return ("zh", "en")
        languages = self._names(table, "languages")
        for one in languages:
            if one not in ("zh", "en"):
                self._tell("unknown_language", "languages", one)
        if not languages and not table["languages"]:
            self._tell("unknown_language", "languages", "[]")
        return languages

    def _tone(self, table: Table) -> Tone:
        value = table.get("tone", Tone.WARM)
        try:
            return Tone(value)
        except ValueError:
            self._tell("unknown_tone", "tone", value)
            return Tone.WARM

    def _weekday(self, value: object, key: str) -> int | None:
        day = _DAYS.get(str(value).strip().casefold()) if isinstance(value, str) else None
        if day is None:
            self._tell("not_a_weekday", key, value)
        return day

    def _hours(self) -> Hours | None:
        section = self._section("hours")
        week: list[list[Span]] = [[] for _ in WEEKDAYS]
        own: dict[int, list[tuple[time, time]]] = {}
        for key in section:
            if key in ("daily", "closed"):
                continue
            day = _DAYS.get(key.strip().casefold())
            if day is None:
                near = get_close_matches(key.lower(), [*WEEKDAYS, "daily", "closed"], 1, 0.6)
                self._warn("unknown_key_near" if near else "unknown_key", f"hours.{key}", key, near="".join(near))
            else:
                own[day] = self._spans(section, f"hours.{key}")
        daily = self._spans(section, "hours.daily")
        if not daily and not own:
            if not self.wrong.count:
                self._tell("hours_empty", "hours", "")
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
                    self._tell("hours_overlap", "hours", told, day=WEEKDAYS[day])
                    return None
        return Hours(tuple(tuple(spans) for spans in week), self._dates(section, "hours.closed"))

    def _spans(self, section: Table, path: str) -> list[tuple[time, time]]:
        value = section.get(path.rpartition(".")[2], [])
        spans = []
        for one in value if isinstance(value, list) else [value]:
            parts = re.split(r"\s*[-–—~～至到]\s*", one.strip()) if isinstance(one, str) else []
            times = [_span_time(part) for part in parts]
            if len(times) == 2 and times[0] and times[1] and (times[0] != times[1] or parts[1].startswith("24")):
                spans.append((times[0], times[1]))
            else:
                self._tell("not_a_span", path, one)
        return spans

    def _dispatch(self) -> Dispatch | None:
        section = self._section("dispatch", ("cutoff", "days", "holidays", "calendar"))
        if "cutoff" not in section:
            self._tell("key_missing", "dispatch.cutoff", name="cutoff")
            return None
        cutoff = self._clock(section["cutoff"], "dispatch.cutoff")
        named = [self._weekday(one, "dispatch.days") for one in self._names(section, "dispatch.days")]
        days = frozenset(day for day in named if day is not None)
        if section.get("days") == []:
            self._tell("not_a_weekday", "dispatch.days", "[]")
        calendar = self._text(section, "calendar", 10, at="dispatch.calendar").upper()
        if calendar not in ("", "CN"):
            self._tell("unknown_calendar", "dispatch.calendar", calendar)
        holidays = self._dates(section, "dispatch.holidays")
        return Dispatch(cutoff or MIDNIGHT, days or frozenset(range(7)), holidays, calendar)

    def _carriers(self, own: Collection[str]) -> tuple[Carrier, ...]:
        listed = self._tables("carriers")
        carriers: list[Carrier] = []
        for number, one in enumerate(listed, 1):
            path = f"carriers.{number}"
            self._known(path, one, ("code", "name", "name_en", "default", "surcharge", "transit"))
            code = self._text(one, "code", 40, required=True, at=f"{path}.code").lower()
            if code and not re.fullmatch(r"[a-z0-9_-]+", code):
                self._tell("carrier_code", f"{path}.code", code)
            if code and code in {other.code for other in carriers}:
                self._tell("carrier_twice", f"{path}.code", code)
            default = one.get("default", False)
            if not isinstance(default, bool):
                self._tell("not_true_or_false", f"{path}.default", default)
            elif default and any(other.is_default for other in carriers):
                self._tell("two_defaults", f"{path}.default", code)
            carriers.append(
                Carrier(
                    code=code,
                    name=self._text(one, "name", 60, required=True, at=f"{path}.name"),
                    name_en=self._text(one, "name_en", 60, at=f"{path}.name_en"),
                    is_default=default is True,
                    surcharge=self._money(one, "surcharge", f"{path}.surcharge"),
                    transit=self._transit(one, f"{path}.transit", own),
                )
            )
        return tuple(carriers)

    def _transit(self, carrier: Table, path: str, own: Collection[str]) -> tuple[Transit, ...]:
        table = carrier.get("transit", {})
        if not isinstance(table, dict):
            self._tell("transit", path, table)
            return ()
        transit = []
        for region, days in table.items():
            whole = [days, days] if isinstance(days, int) else days
            fits = isinstance(whole, list) and len(whole) == 2
            if not fits or not all(isinstance(one, int) and not isinstance(one, bool) for one in whole):
                self._tell("transit", path, {region: days})
            elif not 0 <= whole[0] <= whole[1] <= 120:
                self._tell("transit_order", path, {region: days})
            else:
                transit.append(Transit(region.strip(), *whole))
        self._check_places([one.region for one in transit if one.region != "default"], path, own)
        return tuple(transit)

    def _postage(self, own: Collection[str]) -> Postage:
        section = self._section("postage", ("fee", "free_over", "remote_fee", "remote_regions"))
        return Postage(
            self._money(section, "fee", "postage.fee"),
            self._money(section, "free_over", "postage.free_over"),
            self._money(section, "remote_fee", "postage.remote_fee"),
            self._places(section, "postage.remote_regions", own),
        )

    def _places(self, section: Table, path: str, own: Collection[str]) -> tuple[str, ...]:
        names = self._names(section, path)
        self._check_places(names, path, own)
        return names

    def _check_places(self, names: Collection[str], path: str, own: Collection[str]) -> None:
        for name in names:
            if name not in own and not is_region(name):
                near = get_close_matches(name, own, 1, 0.6)
                self._warn("unknown_region_near" if near else "unknown_region", path, name, near="".join(near))

    def _policies(self) -> tuple[tuple[str, Wordings], ...]:
        policies = []
        for key, value in self._section("policies").items():
            near = get_close_matches(key.lower(), POLICIES, 1, 0.75)
            if key not in POLICIES and near:
                self._warn("policy_near", f"policies.{key}", key, near=near[0])
            if words := self._wordings(value, f"policies.{key}"):
                policies.append((key, words))
        return tuple(policies)

    def _promotions(self) -> tuple[Wordings, ...]:
        value = self._table.get("promotions", [])
        if not isinstance(value, list):
            self._tell("not_tables", "promotions", value, name="promotions")
            return ()
        said = (self._wordings(one, f"promotions.{number}") for number, one in enumerate(value, 1))
        return tuple(filter(None, said))

    def _wordings(self, value: object, path: str) -> Wordings | None:
        """A table of languages, or one text whose script tells its language."""
        if isinstance(value, str):
            value = {"zh" if _HAN.search(value) else "en": value}
        if not isinstance(value, dict):
            self._tell("not_wordings", path, value)
            return None
        self._known(path, value, ("zh", "en", "zh_hant"))
        texts = {key: self._text(value, key, LONGEST, at=f"{path}.{key}") for key in ("zh", "en", "zh_hant")}
        if not any(texts.values()):
            self._tell("not_wordings", path, value)
            return None
        return Wordings(**texts)

    def _bundles(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        section = self._section("bundles")
        bundles = []
        for key in section:
            names = self._names(section, f"bundles.{key}")
            for one in (key, *names):
                if one not in self._companions and not one.startswith("own:"):
                    near = get_close_matches(one, self._companions, 1, 0.6)
                    fault = "unknown_ask_near" if near else "unknown_ask"
                    self._tell(fault, f"bundles.{key}", one, near="".join(near))
            bundles.append((key, names))
        return tuple(bundles)

    def _tables(self, key: str) -> list[Table]:
        value = self._table.get(key, [])
        listed = [value] if isinstance(value, dict) else value
        if not isinstance(listed, list) or not all(isinstance(one, dict) for one in listed):
            self._tell("not_tables", key, value, name=key)
            return []
        return listed


_TOP = (
    "name name_en languages timezone currency tone hours dispatch carriers postage regions delivery "
    "policies promotions bundles"
).split()
_HAN = re.compile(r"[\u3400-\u9fff]")
_LONG_DAYS = "monday tuesday wednesday thursday friday saturday sunday".split()
_DAYS: dict[str, int] = {
    spelling: number
    for number, long in enumerate(_LONG_DAYS)
    for spelling in (
        long,
        long[:3],
        *(
            f"{week}{sign}"
            for week in ("周", "星期", "礼拜", "週", "禮拜")
            for sign in ("一二三四五六日"[number], *(["天"] * (number == 6)))
        ),
    )
}


def _spelled(value: object) -> str:
    return value if isinstance(value, str) else _toml(value)


def _toml(value: object) -> str:
    """A value roughly as the file wrote it, for a sentence."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{key} = {_toml(one)}" for key, one in value.items()) + " }"
    if isinstance(value, list):
        return "[" + ", ".join(map(_toml, value)) + "]"
    if isinstance(value, int) and value.bit_length() > 1_000:
        return "…"
    return f'"{value}"' if isinstance(value, str) else str(value)


def _span_time(text: str) -> time | None:
    """A time of day within opening hours, where 24:00 is midnight at the day's end."""
    found = re.fullmatch(r"(\d{1,2})(?:[:：](\d{2}))?", text)
    if not found:
        return None
    hour, minute = int(found[1]), int(found[2] or 0)
    if (hour, minute) == (24, 0):
        return MIDNIGHT
    return time(hour, minute) if hour < 24 and minute < 60 else None


def _key_lines(text: str) -> dict[str, int]:
    """The line each key stands on, by its path; carriers and promotions are numbered from 1."""
    lines: dict[str, int] = {}
    counts: dict[str, int] = {}
    section = ""
    for number, line in enumerate(text.split("\n"), 1):
        if table := re.match(r"\s*(\[\[?)\s*([^\[\]]+?)\s*\]", line):
            section = re.sub(r"""["']|\s*(?=\.)|(?<=\.)\s*""", "", table[2])
            if table[1] == "[[":
                counts[section] = counts.get(section, 0) + 1
                section = f"{section}.{counts[section]}"
            elif (first := section.partition("."))[0] in counts:
                section = f"{first[0]}.{counts[first[0]]}.{first[2]}"
            lines.setdefault(section, number)
        elif key := re.match(r"""\s*("[^"]*"|'[^']*'|[\w.-]+)\s*=""", line):
            path = key[1].strip("\"'")
            lines.setdefault(f"{section}.{path}" if section else path, number)
    return lines
