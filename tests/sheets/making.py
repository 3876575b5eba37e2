"""Files made for the tests of reading them."""

import csv
import io
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TypeVar

import xlsxwriter  # type: ignore[import-untyped]  # it has no stubs

from sheets.problems import Parsed, Problem, Problems, Taken

T = TypeVar("T")

SAMPLE = Path(__file__).resolve().parents[2] / "sandbox" / "sample_shop"
SHEET = "xl/worksheets/sheet1.xml"
XML = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def table(*rows: Sequence[object], delimiter: str = ",") -> str:
    """Rows as the text of a CSV file."""
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter).writerows(rows)
    return text.getvalue()


def workbook(
    *rows: Sequence[object], formulas: Mapping[tuple[int, int], str] | None = None, hidden: bool = False
) -> bytes:
    """Rows as a real .xlsx; `formulas` by row and column from 0; `hidden` puts a hidden sheet in front."""
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
