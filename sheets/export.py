"""Writing tables that a spreadsheet will open as texts and numbers, and never as formulas."""

import csv
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import xlsxwriter  # type: ignore[import-untyped]  # it has no stubs

from core.catalogue import Variant, Wording
from core.money import Money
from sheets.cells import DANGEROUS
from sheets.headers import CATALOGUE

Cell = str | int | float | Decimal | Money | date | None
GUARD = "'"


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
    """Write a workbook in which every text is a text cell, "+49 …" and "=1+1" too, and return how many rows it has."""
    as_texts = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    count = 0
    with xlsxwriter.Workbook(str(path), as_texts) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate((header, *rows)):
            count = number
            for place, cell in enumerate(row):
                if isinstance(cell, (int, float, Decimal)) and not isinstance(cell, bool) and abs(float(cell)) < 10**15:
                    sheet.write_number(number, place, cell)
                elif cell is not None:
                    sheet.write_string(number, place, cell if isinstance(cell, str) else safe_cell(cell))
    return count


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
    return tuple(cells[column.name] for column in CATALOGUE)
