"""The keys of shop.toml: a value of each kind, and what is wrong with one told with its key and its line."""

import re
from collections.abc import Collection, Mapping
from datetime import date, datetime, time
from decimal import Decimal
from difflib import get_close_matches
from typing import Any

from core.money import Money, NotMoney, precision
from core.regions import is_region
from core.shop import Wordings
from sheets.cells import UNSEEN, iso_day
from sheets.problems import Listing
from sheets.shop_file.toml import key_lines, spelled

LONGEST = 2_000
"""Characters of one wording."""

Table = Mapping[str, Any]

_HAN = re.compile(r"[\u3400-\u9fff]")
_LONG_DAYS = "monday tuesday wednesday thursday friday saturday sunday".split()
DAYS: dict[str, int] = {
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
"""Which day of the week a word means, Monday being 0."""


class Keys:
    """The file's keys; what is wrong goes to `wrong`, what is odd to `odd`. Amounts are in `currency`."""

    def __init__(self, file: str, text: str, table: Table) -> None:
        self.wrong, self.odd = Listing(file), Listing(file)
        self.table = table
        self._lines = key_lines(text)
        self.currency = "CNY"

    def _line(self, key: str) -> int | None:
        """The line of a key, or of the section it should stand in."""
        while key and key not in self._lines:
            key = key.rpartition(".")[0]
        return self._lines.get(key)

    def tell(self, fault: str, key: str, value: object = "", **blanks: object) -> None:
        """What keeps the file from being taken."""
        self.wrong.add(fault, self._line(key), key, spelled(value), **blanks)

    def warn(self, fault: str, key: str, value: object = "", **blanks: object) -> None:
        """What is odd, and is taken all the same."""
        self.odd.add(fault, self._line(key), key, spelled(value), **blanks)

    def known(self, path: str, table: Table, known: Collection[str]) -> None:
        """Warn of keys that are not known, with the one probably meant."""
        for key in table:
            if key not in known:
                near = get_close_matches(key.lower(), known, 1, 0.6)
                whole = f"{path}.{key}" if path else key
                self.warn("unknown_key_near" if near else "unknown_key", whole, key, near="".join(near))

    def section(self, key: str, known: Collection[str] | None = None) -> Table:
        """The table under a key of the file; an empty one where there is none."""
        value = self.table.get(key, {})
        if not isinstance(value, dict):
            self.tell("not_a_section", key, value, name=key)
            return {}
        if known is not None:
            self.known(key, value, known)
        return value

    def tables(self, key: str) -> list[Table]:
        """The tables under [[key]]; a single one counts as a list of one."""
        value = self.table.get(key, [])
        listed = [value] if isinstance(value, dict) else value
        if not isinstance(listed, list) or not all(isinstance(one, dict) for one in listed):
            self.tell("not_tables", key, value, name=key)
            return []
        return listed

    def text(self, table: Table, key: str, longest: int, *, required: bool = False, at: str = "") -> str:
        """A text, cut of the space around it; "" where there is none."""
        where = at or key
        value = table.get(key)
        if value is None:
            if required:
                self.tell("key_missing", where, name=key)
            return ""
        if not isinstance(value, str):
            self.tell("not_a_text", where, value)
            return ""
        text = value.strip()
        if required and not text:
            self.tell("key_missing", where, name=key)
        if unseen := UNSEEN.search(text.replace("\n", "").replace("\t", "")):
            self.tell("unseen", where, text, sign=f"U+{ord(unseen[0]):04X}")
        if len(text) > longest:
            self.tell("too_long", where, text, length=len(text), limit=longest)
        return text

    def money(self, table: Table, key: str, at: str) -> Money | None:
        """An amount in the shop's currency; None where there is none, or none that can be read."""
        value = table.get(key)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, (int, Decimal, str)):
            self.tell("not_amount", at, value)
            return None
        try:
            return Money.of(value, self.currency)
        except (NotMoney, ArithmeticError, ValueError) as wrong:  # also what no calculator holds, such as 1e999999
            why = str(wrong)
            fault = "negative_amount" if why == "negative" else "too_fine" if why.startswith("finer") else "not_amount"
            self.tell(fault, at, value, places=precision(self.currency), currency=self.currency)
            return None

    def names(self, table: Table, path: str) -> tuple[str, ...]:
        """A list of texts; a single text counts as a list of one."""
        value = table.get(path.rpartition(".")[2])
        if value is None:
            return ()
        listed = [value] if isinstance(value, str) else value
        if not isinstance(listed, list) or not all(isinstance(one, str) and one.strip() for one in listed):
            self.tell("not_a_list", path, value)
            return ()
        return tuple(dict.fromkeys(one.strip() for one in listed))

    def time_of_day(self, value: object, key: str) -> time | None:
        """A time of day."""
        if isinstance(value, time) and value.tzinfo is None:
            return value.replace(second=0, microsecond=0)
        found = re.fullmatch(r"(\d{1,2})[:：](\d{2})", value.strip()) if isinstance(value, str) else None
        if found and int(found[1]) < 24 and int(found[2]) < 60:
            return time(int(found[1]), int(found[2]))
        self.tell("not_a_time", key, value)
        return None

    def dates(self, table: Table, path: str) -> frozenset[date]:
        """A list of days."""
        value = table.get(path.rpartition(".")[2], [])
        dates = set()
        for one in value if isinstance(value, list) else [value]:
            try:
                whole = one.date() if isinstance(one, datetime) else one
                dates.add(whole if isinstance(whole, date) else date.fromisoformat(iso_day(str(one))))
            except ValueError:
                self.tell("not_a_day", path, one)
        return frozenset(dates)

    def weekday(self, value: object, key: str) -> int | None:
        """The number of a day of the week, Monday being 0."""
        day = DAYS.get(str(value).strip().casefold()) if isinstance(value, str) else None
        if day is None:
            self.tell("not_a_weekday", key, value)
        return day

    def places(self, section: Table, path: str, own: Collection[str]) -> tuple[str, ...]:
        """Names of places; those that nobody knows are warned of."""
        names = self.names(section, path)
        self.check_places(names, path, own)
        return names

    def check_places(self, names: Collection[str], path: str, own: Collection[str]) -> None:
        """Warn of places that are neither known nor regions of the shop's `own`."""
        for name in names:
            if name not in own and not is_region(name):
                near = get_close_matches(name, own, 1, 0.6)
                self.warn("unknown_region_near" if near else "unknown_region", path, name, near="".join(near))

    def wordings(self, value: object, path: str, has_words: bool = False) -> Wordings | None:
        """A table of languages, or one text whose script tells its language. `has_words`: it may say what it is asked for by."""
        if isinstance(value, str):
            value = {"zh" if _HAN.search(value) else "en": value}
        if not isinstance(value, dict):
            self.tell("not_wordings", path, value)
            return None
        self.known(path, value, ("zh", "en", "zh_hant", *(("words",) if has_words else ())))
        texts = {key: self.text(value, key, LONGEST, at=f"{path}.{key}") for key in ("zh", "en", "zh_hant")}
        if not any(texts.values()):
            self.tell("not_wordings", path, value)
            return None
        words = self.names(value, f"{path}.words") if has_words and "words" in value else ()
        return Wordings(texts["zh"], texts["en"], texts["zh_hant"], words)
