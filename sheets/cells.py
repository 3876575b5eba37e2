"""One cell to one value: texts, amounts, whole numbers, times. What is wrong with a cell is told to a Listing."""

import re
import unicodedata
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from datetime import datetime
from zoneinfo import ZoneInfo

from core.amounts import marked
from core.money import Money, NotMoney, precision
from core.time_phrases import in_24_hours
from sheets.grid import Grid
from sheets.problems import Listing

DANGEROUS = "=+-@\t\r＝＋－＠"
"""What a spreadsheet takes for the start of a formula; `export.safe_cell` guards it with an apostrophe."""

UNSEEN = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u00ad\u061c\u200b\u200c\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ufffd]"
)
"""Control and invisible signs, and the sign for a broken one. U+200D is left alone: it joins emoji."""

_LINES = re.compile(r"\r\n?|\n")
_MANGLED = re.compile(r"\d(\.\d+)?[eE]\+\d+")
_HALF_DAY = re.compile(r"[上下]午|晚上?|中午|[AaPp]\.?[Mm]")
_WHOLE = re.compile(r"-?(\d+|\d{1,3}(,\d{3})+)(\.0*)?")
_AMOUNT = re.compile(r"(\d+|\d{1,3}(,\d{3})+)(\.\d+)?")


class Row:
    """One row of a grid, read column by column; every reader returns None (or "") after telling what is wrong."""

    __slots__ = ("_cells", "_found", "_grid", "number", "wrong")

    def __init__(
        self, grid: Grid, found: Mapping[str, int], number: int, cells: tuple[str, ...], wrong: Listing
    ) -> None:
        self._grid = grid
        self._found = found
        self._cells = cells
        self.number = number
        self.wrong = wrong

    def raw(self, column: str) -> str:
        """The cell trimmed, "" where the file has no such column; our own guard against formulas is taken off."""
        place = self._found.get(column)
        if place is None or place >= len(self._cells):
            return ""
        value = self._cells[place].strip()
        if self._grid.is_text and len(value) > 1 and value[0] == "'" and value[1] in DANGEROUS:
            value = value[1:]
        return value

    def has(self, columns: AbstractSet[str]) -> bool:
        """Whether the file has any of these columns."""
        return not columns.isdisjoint(self._found)

    def spelled(self, column: str) -> str:
        """The column's name as the file's header has it."""
        place = self._found.get(column)
        return column if place is None else self._grid.header[place].strip()

    def check_width(self) -> None:
        """Tell of cells that stand beyond the last column: as a rule a comma inside an unquoted text."""
        beyond = self._cells[len(self._grid.header) :]
        if any(map(str.strip, beyond)):
            value = next(cell.strip() for cell in beyond if cell.strip())
            self.wrong.add("extra_cells", self.number, "", value, there=len(self._cells), known=len(self._grid.header))

    def tell(self, fault: str, column: str, value: str, **blanks: object) -> None:
        self.wrong.add(fault, self.number, self.spelled(column), value, **blanks)

    def text(self, column: str, longest: int, *, lines: bool = False, required: bool = False) -> str:
        """A text of at most `longest` characters; with `lines` it may have several lines."""
        value = self.raw(column)
        if not value:
            if required:
                self.tell("blank", column, value)
            return ""
        if self._is_marked(column, value):
            return ""
        if not value.isprintable():
            if lines:
                value = _LINES.sub("\n", value).replace("\t", " ")
            if unseen := UNSEEN.search(value.replace("\n", "") if lines else value):
                self.tell("unseen", column, value, sign=f"U+{ord(unseen[0]):04X}")
                return ""
        if len(value) > longest:
            self.tell("too_long", column, value, length=len(value), limit=longest)
            return ""
        return value

    def exact(self, column: str, longest: int) -> str:
        """A text all of whose digits count, such as a phone number."""
        value = self.raw(column)
        if self._mark(column) == "digits" or _MANGLED.fullmatch(value):
            self.tell("digits", column, value)
            return ""
        return self.text(column, longest)

    def buyer(self) -> int | None:
        """The Telegram id in the column `buyer`, which must be there."""
        value = self.identifier("buyer", required=True)
        if value and not (value.isascii() and value.isdecimal() and 0 < int(value[:20]) < 2**52):
            self.tell("buyer", "buyer", value)
            return None
        return int(value) if value else None

    def identifier(self, column: str, longest: int = 64, *, required: bool = False) -> str:
        """A number or code that names something: no spaces, no `|`, all its digits."""
        value = self.raw(column)
        if self._mark(column) == "digits" or _MANGLED.fullmatch(value):
            self.tell("digits", column, value)
            return ""
        value = self.text(column, longest, required=required)
        if value and (re.search(r"[\s|]", value) or value[0] in "=＝"):
            self.tell("identifier", column, value)
            return ""
        return value

    def amount(self, column: str, currency: str, *, required: bool = False) -> Money | None:
        """An amount of `currency`; a currency mark in the cell must agree with it."""
        value = self.raw(column)
        if not value and required:
            self.tell("blank_amount", column, value)
        if not value or self._is_marked(column, value):
            return None
        number = self._without_mark(column, value, currency)
        if number is None:
            return None
        try:
            if not _AMOUNT.fullmatch(number):
                raise NotMoney("not a number")
            return Money.of(number, currency)
        except NotMoney as wrong:
            fault = _amount_fault(number, str(wrong))
            self.tell(fault, column, value, places=precision(currency), currency=currency)
            return None

    def whole(self, column: str, least: int = 0, most: int = 10**9) -> int | None:
        """A whole number from `least` to `most`, None when blank or wrong."""
        value = self.raw(column)
        if not value or self._is_marked(column, value):
            return None
        number = unicodedata.normalize("NFKC", value)
        if not _WHOLE.fullmatch(number):
            fault = "formula" if number[0] in "=+@" else "not_a_count" if least else "not_whole"
            self.tell(fault, column, value, least=least)
            return None
        if len(number) > 20 or int(number.replace(",", "").split(".")[0]) > most:
            self.tell("too_many", column, value, most=f"{most:,}")
            return None
        counted = int(number.replace(",", "").split(".")[0])
        if counted < least:
            self.tell("too_few" if least else "negative_count", column, value, least=least)
            return None
        return counted

    def moment(self, column: str, zone: ZoneInfo, *, ends_day: bool = False) -> datetime | None:
        """A date with or without a time of day, in the shop's zone unless it names one; aware.

        A date alone is its first minute, or its last one with `ends_day`.
        """
        value = self.raw(column)
        if not value or self._is_marked(column, value):
            return None
        try:
            return _moment(value, zone, "23:59" if ends_day else "00:00")
        except (ValueError, OverflowError):
            self.tell("not_a_date", column, value)
            return None

    def _mark(self, column: str) -> str:
        place = self._found.get(column)
        return self._grid.marks.get((self.number, place), "") if place is not None and self._grid.marks else ""

    def _is_marked(self, column: str, value: str) -> bool:
        mark = self._mark(column)
        if mark in ("formula", "error"):
            self.tell(mark, column, value)
            return True
        if value[0] == "#" and value.upper() in _ERRORS:
            self.tell("error", column, value)
            return True
        return False

    def _without_mark(self, column: str, value: str, currency: str) -> str | None:
        """The number in a price such as "¥129" or "129 元", or None after telling that the currency is another."""
        if value.isascii() and _AMOUNT.fullmatch(value):
            return value
        number, meant = marked(value)
        if meant and currency not in meant:
            self.tell("currency_conflict", column, value, currency=currency, meant=meant[0])
            return None
        return number


_ERRORS = frozenset("#N/A #REF! #VALUE! #DIV/0! #NAME? #NULL! #NUM! #SPILL!".split())


def _amount_fault(number: str, why: str) -> str:
    if number[:1] in ("=", "+", "@"):
        return "formula"
    if number.startswith("-"):
        return "negative_amount" if _AMOUNT.fullmatch(number[1:].strip()) else "not_amount"
    if why.startswith("finer"):
        return "too_fine"
    if why == "too large":
        return "amount_too_large"
    return "comma" if re.fullmatch(r"[\d.]*,\d+", number) else "not_amount"


def iso_day(text: str) -> str:
    """2027/1/2, 2027.1.2, 2027年1月2日 and 20270102 as 2027-01-02."""
    day = unicodedata.normalize("NFKC", text).strip()
    parts = re.fullmatch(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?", day) or re.fullmatch(
        r"((?:19|20)\d\d)(\d\d)(\d\d)", day
    )
    if parts is None:
        raise ValueError(text)
    return f"{parts[1]}-{int(parts[2]):02d}-{int(parts[3]):02d}"


def _moment(text: str, zone: ZoneInfo, at: str) -> datetime:
    day, _, rest = re.sub(r"[Tt]", " ", unicodedata.normalize("NFKC", text).strip(), count=1).partition(" ")
    if _HALF_DAY.search(rest):
        rest = in_24_hours(re.sub(r"(:\d\d):\d\d", r"\1", rest))
    rest = re.sub(r"^(\d):", r"0\1:", rest.strip()) or at
    moment = datetime.fromisoformat(f"{iso_day(day)}T{rest.replace(' ', '')}")
    return moment if moment.tzinfo else moment.replace(tzinfo=zone)
