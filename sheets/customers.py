"""customers.csv or .xlsx: what the seller knows of each buyer."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

from sheets.cells import Row
from sheets.grid import Grid
from sheets.headers import CUSTOMERS, find_columns
from sheets.problems import Listing, Parsed, Taken


@dataclass(frozen=True, slots=True)
class Birthday:
    """A day of the year; `year` None is not told. In the lunar calendar every month has 30 days at most."""

    month: int
    day: int
    year: int | None = None
    is_lunar: bool = False

    def __str__(self) -> str:
        """As a file writes it: 1990-05-01, or 05-01 without a year."""
        return f"{self.year}-{self.month:02d}-{self.day:02d}" if self.year else f"{self.month:02d}-{self.day:02d}"


@dataclass(frozen=True, slots=True)
class Customer:
    """`buyer` is the Telegram id. "" and None are *not told*."""

    buyer: int
    name: str = ""
    phone: str = ""
    birthday: Birthday | None = None
    grade: str = ""
    source: str = ""
    note: str = ""


def customers_from(grid: Grid) -> Parsed[tuple[Customer, ...]]:
    wrong, odd = Listing(grid.file), Listing(grid.file)
    found = find_columns(grid, CUSTOMERS, wrong, odd)
    if wrong.count:
        return wrong.problems()
    if not grid.rows:
        wrong.add("no_rows")
    customers: list[Customer] = []
    seen: dict[int, int] = {}
    for number, cells in grid.rows:
        row = Row(grid, found, number, cells, wrong)
        row.check_width()
        buyer = row.buyer()
        if buyer and seen.setdefault(buyer, number) != number:
            row.tell("buyer_twice", "buyer", str(buyer), first=seen[buyer])
        customers.append(
            Customer(
                buyer=buyer or 0,
                name=row.text("name", 100),
                phone=_phone(row),
                birthday=_birthday(row),
                grade=row.text("grade", 40),
                source=row.text("source", 100),
                note=row.text("note", 1_000, lines=True),
            )
        )
    return wrong.problems() if wrong.count else Taken(tuple(customers), odd.problems())


def _phone(row: Row) -> str:
    phone = row.exact("phone", 40)
    if phone and not re.fullmatch(r"\+?[\d\s()./-]{3,}", unicodedata.normalize("NFKC", phone)):
        row.tell("phone", "phone", phone)
        return ""
    return phone


def _birthday(row: Row) -> Birthday | None:
    calendar = row.text("calendar", 20).casefold()
    is_lunar = _CALENDARS.get(calendar)
    if is_lunar is None:
        row.tell("calendar", "calendar", calendar)
    value = row.text("birthday", 40)
    if not value:
        return None
    parts = _DAY.fullmatch(unicodedata.normalize("NFKC", value))
    if parts:
        year, month, day = (int(part) if part else None for part in parts.groups())
        if month and day and _is_day(year, month, day, bool(is_lunar)):
            return Birthday(month, day, year, bool(is_lunar))
    row.tell("not_a_birthday", "birthday", value)
    return None


def _is_day(year: int | None, month: int, day: int, is_lunar: bool) -> bool:
    if is_lunar:
        return 1 <= month <= 12 and 1 <= day <= 30 and (year is None or 1900 <= year <= 2100)
    try:
        return date(2000 if year is None else year, month, day).year >= 1900
    except ValueError:
        return False


_DAY = re.compile(r"(?:(\d{4})[-/.年])?(\d{1,2})[-/.月](\d{1,2})[日号]?")
_CALENDARS = {"": False} | dict.fromkeys(("solar", "公历", "阳历", "新历", "国历", "gregorian"), False)
_CALENDARS |= dict.fromkeys(("lunar", "农历", "阴历", "旧历"), True)
