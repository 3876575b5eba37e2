"""Writing tables that a spreadsheet will open as texts and numbers, and never as formulas."""

import csv
from collections.abc import Iterable, Sequence
from datetime import date, datetime, tzinfo
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from core.catalogue import Variant, Wording
from core.money import Money
from sheets.cells import DANGEROUS
from sheets.headers import CATALOGUE

Cell = str | int | float | Decimal | Money | date | None
GUARD = "'"
MINOR = "_minor"
"""Ends the name of a column of minor units; its currency stands in a column beside it."""
_FIRST_YEAR = 1900
"""Spreadsheets know no earlier day."""


def safe_cell(value: Cell) -> str:
    """A value as the text of one CSV cell. What would start a formula gets an apostrophe in front; numbers do not.

    Reading the file back takes the apostrophe off again.
    """
    if value is None:
        return ""
    if isinstance(value, Money):
        return f"{value.amount:f}"
    if isinstance(value, datetime):
        return value.isoformat(" ", "seconds")
    if not isinstance(value, str):
        return str(value)
    text = value.replace("\x00", "")
    return GUARD + text if text.lstrip(" \u3000\ufeff")[:1] in tuple(DANGEROUS) else text


def write_csv(path: Path, header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> int:
    """Write a CSV in utf-8 with its mark, as spreadsheet programs like it, and return how many rows it has.

    The file appears whole or not at all.
    """
    draft = path.with_name(path.name + ".part")
    count = 0
    with draft.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([safe_cell(cell) for cell in header])
        for row in rows:
            writer.writerow([safe_cell(cell) for cell in row])
            count += 1
    draft.replace(path)
    return count


def write_xlsx(path: Path, header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> int:
    """Write a workbook in which every text is a text cell, "+49 …" and "=1+1" too, numbers are numbers and times are times;
    return how many rows it has. Times lose their zone: hand them over as local ones."""
    import xlsxwriter  # type: ignore[import-untyped]  # it has no stubs; loaded when a table is wanted, which is seldom

    as_texts = {
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "remove_timezone": True,
    }
    count = 0
    with xlsxwriter.Workbook(str(path), as_texts) as book:
        sheet = book.add_worksheet()
        as_time, as_day = (
            book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"}),
            book.add_format({"num_format": "yyyy-mm-dd"}),
        )
        sheet.freeze_panes(1, 0)
        for number, row in enumerate((header, *rows)):
            count = number
            for place, cell in enumerate(row):
                if isinstance(cell, (int, float, Decimal)) and not isinstance(cell, bool) and abs(float(cell)) < 10**15:
                    sheet.write_number(number, place, cell)
                elif isinstance(cell, Money) and abs(cell.amount) < 10**15:
                    sheet.write_number(number, place, cell.amount)
                elif isinstance(cell, date) and cell.year >= _FIRST_YEAR:
                    sheet.write_datetime(number, place, cell, as_time if isinstance(cell, datetime) else as_day)
                elif cell is not None:
                    sheet.write_string(number, place, cell if isinstance(cell, str) else safe_cell(cell))
    return count


def as_file(header: Sequence[str], rows: Sequence[Sequence[Any]], zone: tzinfo, kind: str) -> bytes:
    """A table of the store's as an .xlsx or .csv file: times local, amounts in minor units with their currency as money."""
    columns, lines = _spoken(header, rows, zone)
    with TemporaryDirectory() as folder:
        path = Path(folder, f"table.{kind}")
        (write_xlsx if kind == "xlsx" else write_csv)(path, columns, lines)
        return path.read_bytes()


def _spoken(header: Sequence[str], rows: Sequence[Sequence[Any]], zone: tzinfo) -> tuple[list[str], list[list[Cell]]]:
    currencies: dict[int, int] = {}  # the place of an amount → that of its currency: its own, or the row's
    for place, name in enumerate(header):
        own = f"{name.removesuffix(MINOR)}_currency"
        if name.endswith(MINOR) and (own in header or "currency" in header):
            currencies[place] = header.index(own if own in header else "currency")

    def spoken(row: Sequence[Any], place: int) -> Cell:
        value = row[place]
        if isinstance(value, datetime):
            return value.astimezone(zone)
        if place in currencies and value is not None and row[currencies[place]]:
            return Money(value, row[currencies[place]])
        return str(value) if isinstance(value, bool) or (isinstance(value, int) and abs(value) >= 10**15) else value

    names = [name.removesuffix(MINOR) if place in currencies else name for place, name in enumerate(header)]
    return names, [[spoken(row, place) for place in range(len(row))] for row in rows]


def catalogue_table(variants: Iterable[Variant]) -> tuple[tuple[str, ...], list[tuple[Cell, ...]]]:
    """Header and rows of a catalogue that reads back as the same variants."""
    return tuple(column.name for column in CATALOGUE), [_variant_row(one) for one in variants]


def _variant_row(one: Variant) -> tuple[Cell, ...]:
    own, english = one.wording, one.english or Wording("")
    cells: dict[str, Cell] = {
        "sku": one.sku,
        "price": one.price,
        "currency": one.price.currency,
        "stock": one.stock,
        "category": one.category,
        "aliases": "|".join(one.aliases),
        "photos": "|".join(one.photos),
        "floor_price": one.floor_price,
        "weight": one.weight,
    }
    for words, ending in ((own, ""), (english, "_en")):
        cells["title" + ending] = words.title
        cells["variant" + ending] = words.variant
        cells["attributes" + ending] = "|".join(f"{key}={value}" for key, value in words.attributes)
        cells["note" + ending] = words.note
        cells["howto" + ending] = words.howto
        cells["not_for" + ending] = words.not_for
        cells["guarantee" + ending] = words.guarantee
        cells["unit" + ending] = words.unit
    return tuple(cells[column.name] for column in CATALOGUE)
