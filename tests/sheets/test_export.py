"""What is written opens as texts and numbers, never as formulas."""

import csv
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.money import Money
from sheets.export import Cell, safe_cell, write_csv, write_xlsx

CELLS: list[tuple[str, Cell, str]] = [
    ("formula", "=1+1", "'=1+1"),
    ("plus", "+49 170", "'+49 170"),
    ("minus", "-2+3", "'-2+3"),
    ("at", "@SUM(A1)", "'@SUM(A1)"),
    ("tab", "\t=1", "'\t=1"),
    ("return", "\r=1", "'\r=1"),
    ("full-width", "＝1+1", "'＝1+1"),
    ("spaces first", "  =1+1", "'  =1+1"),
    ("a wide space first", "\u3000=1+1", "'\u3000=1+1"),
    ("a plain text", "帆布包", "帆布包"),
    ("an equals sign inside", "材质=棉", "材质=棉"),
    ("a number below nought", -5, "-5"),
    ("nothing", None, ""),
    ("money", Money(12950, "CNY"), "129.50"),
    ("a moment", datetime(2027, 3, 8, 8, 40, tzinfo=UTC), "2027-03-08 08:40:00+00:00"),
    ("a nought byte", "a\x00b", "ab"),
]


@pytest.mark.parametrize(("cell", "text"), [row[1:] for row in CELLS], ids=[row[0] for row in CELLS])
def test_a_cell_is_made_safe(cell: Cell, text: str) -> None:
    assert safe_cell(cell) == text


@given(st.text(st.one_of(st.sampled_from("=+-@\t\r＝＋－＠' \u3000"), st.characters()), max_size=30))
def test_no_text_starts_a_formula(text: str) -> None:
    assert safe_cell(text).lstrip(" \u3000\ufeff")[:1] not in tuple("=+-@\t\r＝＋－＠")


def test_a_csv_holds_guarded_cells_and_opens_in_a_spreadsheet(tmp_path: Path) -> None:
    """Utf-8 with its mark; header and rows alike; no draft is left behind."""
    path = tmp_path / "orders.csv"
    assert write_csv(path, ["号", "=备注"], [["1", "=HYPERLINK(1)"], [2, '他说"好", 明天来\n谢谢']]) == 2
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    with path.open(encoding="utf-8-sig", newline="") as file:
        assert list(csv.reader(file)) == [["号", "'=备注"], ["1", "'=HYPERLINK(1)"], ["2", '他说"好", 明天来\n谢谢']]
    assert list(tmp_path.iterdir()) == [path]


def test_a_workbook_holds_no_formula(tmp_path: Path) -> None:
    path = tmp_path / "orders.xlsx"
    assert write_xlsx(path, ["a", "b"], [["=1+1", "+49 170"], ["https://example.com", 5], ["-1", None]]) == 3
    with zipfile.ZipFile(path) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
        words = archive.read("xl/sharedStrings.xml").decode()
    assert "<f>" not in sheet
    assert "<hyperlink" not in sheet
    assert "=1+1" in words
    assert "+49 170" in words
