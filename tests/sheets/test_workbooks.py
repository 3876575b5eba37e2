"""Workbooks: formulas, numbers that lose digits, limits, and files made to do harm, which a child opens."""

import io
import zipfile
from dataclasses import replace

import pytest

from sheets.grid import Grid, read_grid
from sheets.limits import LIMITS
from sheets.reading import read_in_child
from tests.sheets.making import (
    ROWS,
    SHEET,
    XML,
    only_problem,
    only_warning,
    read_catalogue,
    skus,
    table,
    taken,
    with_part,
    workbook,
)


def test_a_zip_that_is_no_workbook() -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("catalogue.csv", table(*ROWS))
    assert only_problem(read_catalogue("c.zip", made.getvalue())).fault == "not_a_workbook"


@pytest.mark.parametrize("column", ["sku", "title", "price", "stock"])
def test_a_formula_in_a_workbook_is_refused_by_its_cell(column: str) -> None:
    """Also where the workbook carries the value reckoned last."""
    header = ["sku", "title", "price", "stock"]
    place = header.index(column)
    data = workbook(header, ["A", "bag", 1, 2], ["B", "bag", 1, 2], formulas={(2, place): "=A1&A2"})
    problem = only_problem(read_catalogue("c.xlsx", data))
    assert (problem.row, problem.column) == (3, column)
    assert problem.fault == "formula"
    assert "paste it as a value" in problem.mend()


def test_a_formula_never_reckoned_is_no_blank_row() -> None:
    sheet = f'<worksheet xmlns="{XML}"><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>sku</t></is></c></row><row r="2"><c r="A2"><f>1+1</f></c></row></sheetData></worksheet>'
    grid = read_grid("c.xlsx", with_part(workbook(["x"]), SHEET, sheet))
    assert isinstance(grid, Grid)
    assert grid.marks == {(2, 0): "formula"}
    assert [number for number, _ in grid.rows] == [2]


def test_a_formula_in_a_column_nobody_reads_does_no_harm() -> None:
    data = workbook(["sku", "title", "price", "total"], ["A", "bag", 1, 0], formulas={(1, 3): "=C2*2"})
    assert only_warning(read_catalogue("c.xlsx", data)).fault == "unknown_column"


def test_an_error_value_in_a_workbook_is_refused() -> None:
    data = workbook(["sku", "title", "price"], ["A", "bag", "=1/0"], formulas=None)
    assert only_problem(read_catalogue("c.xlsx", data)).fault == "formula"


def test_long_numbers_lose_digits_and_are_refused() -> None:
    """Sixteen digits in a number cell; as text, or with fifteen, they are whole."""
    problem = only_problem(read_catalogue("c.xlsx", workbook(["sku", "title", "price"], [6901234567890123, "bag", 1])))
    assert (problem.fault, problem.row, problem.column) == ("digits", 2, "sku")
    assert "as text" in problem.mend()
    assert skus(workbook(["sku", "title", "price"], ["6901234567890123", "bag", 1])) == ["6901234567890123"]
    assert skus(workbook(["sku", "title", "price"], [690123456789012, "bag", 1])) == ["690123456789012"]


def test_numbers_of_a_workbook_read_as_typed() -> None:
    value = taken(read_catalogue("c.xlsx", workbook(["sku", "title", "price", "stock"], [101, "bag", 0.1 + 0.2, 7.0])))
    assert (value[0].sku, value[0].price.minor, value[0].stock) == ("101", 30, 7)


def huge(row: str, times: int) -> bytes:
    sheet = f'<worksheet xmlns="{XML}"><sheetData>{row * times}</sheetData></worksheet>'
    return with_part(workbook(["x"]), SHEET, sheet)


HOSTILE = [
    ("a bomb", huge('<row r="1"><c r="A1"><v>1</v></c></row>', 1_000_000), "bomb"),
    ("a cell at the end of the world", huge('<row r="1048576"><c r="A1048576"><v>1</v></c></row>', 1), "stray_cell"),
    ("a cell far to the right", huge('<row r="1"><c r="XFD1"><v>1</v></c></row>', 1), "too_many_columns"),
    ("a cell nowhere", huge('<row r="1"><c r="ZZZZ1"><v>1</v></c></row>', 1), "damaged"),
    ("cells without names", huge("<row><c><v>1</v></c></row>", 25_000), "too_many_rows"),
    (
        "an entity that grows",
        with_part(workbook(["x"]), SHEET, '<!DOCTYPE a [<!ENTITY b "cccc">]><worksheet>&b;</worksheet>'),
        "entities",
    ),
    (
        "an entity in the book",
        with_part(
            workbook(["x"]),
            "xl/workbook.xml",
            '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><workbook>&b;</workbook>',
        ),
        "entities",
    ),
    ("a sheet that breaks off", with_part(workbook(["x"]), SHEET, "<worksheet><sheetData><row"), "damaged"),
    (
        "a sheet that is not there",
        with_part(workbook(["x"]), "xl/_rels/workbook.xml.rels", "<Relationships/>"),
        "damaged",
    ),
]


@pytest.mark.parametrize(("data", "fault"), [row[1:] for row in HOSTILE], ids=[row[0] for row in HOSTILE])
async def test_a_hostile_workbook_is_refused_with_a_reason(data: bytes, fault: str) -> None:
    """The same in this process and in the child."""
    assert only_problem(read_grid("c.xlsx", data)).fault == fault
    assert only_problem(await read_in_child("c.xlsx", data)).fault == fault


async def test_one_text_said_a_hundred_thousand_times_breaks_only_the_child() -> None:
    """A small file whose values need more memory than the ceiling: the child ends, the sentence says so, we go on."""
    cells = "".join(f'<c r="{letter}{{r}}" t="s"><v>0</v></c>' for letter in "ABCDEFGH")
    rows = "".join(f'<row r="{r}">{cells.replace("{r}", str(r))}</row>' for r in range(1, 15_001))
    words = f'<sst xmlns="{XML}"><si><t>{"word " * 4_000}</t></si></sst>'
    data = with_part(
        with_part(workbook(["x"]), SHEET, f'<worksheet xmlns="{XML}"><sheetData>{rows}</sheetData></worksheet>'),
        "xl/sharedStrings.xml",
        words,
    )
    limits = replace(LIMITS, memory_bytes=256 * 2**20)
    assert only_problem(await read_in_child("c.xlsx", data, limits)).fault == "too_heavy"


async def test_a_child_out_of_time_is_ended() -> None:
    """The wall clock is the parent's: a child that has not answered by then is killed and told of."""
    assert (
        only_problem(await read_in_child("c.xlsx", workbook(*ROWS), replace(LIMITS, wall_seconds=0.0))).fault
        == "too_heavy"
    )


def test_other_sheets_are_never_passed_over_in_silence() -> None:
    """Only the first sheet is read; one that holds anything besides is named, an empty one is not."""
    rows = (["sku", "title", "price"], ["A", "包", 1])
    warning = only_warning(read_catalogue("c.xlsx", workbook(*rows, others={"杯子": ["货号", "B"], "空": []})))
    assert (warning.fault, warning.value) == ("unread_sheets", "杯子")
    assert "杯子" in warning.sentence("zh")
