"""Files made for the tests of reading them."""

import csv
import io
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TypeVar
from zoneinfo import ZoneInfo

import xlsxwriter  # type: ignore[import-untyped]  # it has no stubs

from core.catalogue import Variant
from sheets.catalogue import catalogue_from
from sheets.customers import Customer, customers_from
from sheets.grid import read_grid
from sheets.orders import Order, orders_from
from sheets.problems import Parsed, Problem, Problems, Taken

T = TypeVar("T")

SAMPLE = Path(__file__).resolve().parents[2] / "sandbox" / "sample_shop"
SHEET = "xl/worksheets/sheet1.xml"
XML = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


ROWS = (["货号", "名称", "价格", "库存"], ["A1", "帆布包，米白", "129", "3"], ["B2", "抱枕", "49.5", ""])
"""A small catalogue with its header."""


def table(*rows: Sequence[object], delimiter: str = ",") -> str:
    """Rows as the text of a CSV file."""
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter).writerows(rows)
    return text.getvalue()


def workbook(
    *rows: Sequence[object],
    formulas: Mapping[tuple[int, int], str] | None = None,
    hidden: bool = False,
    others: Mapping[str, Sequence[object]] | None = None,
) -> bytes:
    """Rows as a real .xlsx; `formulas` by row and column from 0; `hidden` puts a hidden sheet in front, `others` are sheets of one row behind."""
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True, "strings_to_formulas": False}) as book:
        if hidden:
            book.add_worksheet("hidden").hide()
        sheet = book.add_worksheet("goods")
        sheet.activate()
        sheet.set_first_sheet()
        for number, row in enumerate(rows):
            for place, cell in enumerate(row):
                sheet.write(number, place, cell)
        for (number, place), formula in (formulas or {}).items():
            sheet.write_formula(number, place, formula, None, 5)
        for name, row in (others or {}).items():
            book.add_worksheet(name).write_row(0, 0, row)
    return made.getvalue()


def with_part(data: bytes, part: str, content: str | bytes) -> bytes:
    """The same workbook with one part put in the place of its own."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, content if name == part else old.read(name))
        if part not in old.namelist():
            new.writestr(part, content)
    return made.getvalue()


def taken(parsed: Parsed[T]) -> T:
    """The value of a file that must be taken without a warning."""
    assert isinstance(parsed, Taken), parsed.sentences()
    assert not parsed.warnings, parsed.warnings.sentences()
    return parsed.value


def only_problem(parsed: object) -> Problem:
    """The one thing wrong with a file."""
    assert isinstance(parsed, Problems), parsed
    assert parsed.count == 1, parsed.sentences()
    return parsed.shown[0]


def only_warning(parsed: object) -> Problem:
    """The one thing odd about a file that was taken all the same."""
    assert isinstance(parsed, Taken), parsed.sentences() if isinstance(parsed, Problems) else parsed
    assert parsed.warnings.count == 1, parsed.warnings.sentences()
    return parsed.warnings.shown[0]


def read_catalogue(name: str, data: bytes, shop_currency: str = "CNY") -> Parsed[tuple[Variant, ...]]:
    """A catalogue read in this process; the program has workbooks opened in a child."""
    grid = read_grid(name, data)
    parsed = grid if isinstance(grid, Problems) else catalogue_from(grid, shop_currency)
    return parsed if isinstance(parsed, Problems) else Taken(parsed.value.variants, parsed.warnings)


def read_customers(name: str, data: bytes) -> Parsed[tuple[Customer, ...]]:
    grid = read_grid(name, data)
    return grid if isinstance(grid, Problems) else customers_from(grid)


def read_orders(name: str, data: bytes, zone: ZoneInfo) -> Parsed[tuple[Order, ...]]:
    grid = read_grid(name, data)
    return grid if isinstance(grid, Problems) else orders_from(grid, "CNY", zone)


def skus(data: bytes, name: str = "c.csv") -> list[str]:
    """The item numbers of a catalogue that is taken."""
    return [one.sku for one in taken(read_catalogue(name, data))]
