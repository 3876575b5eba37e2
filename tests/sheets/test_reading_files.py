"""Files as they come: encodings, delimiters, headers, workbooks, and everything that is not one."""

import io
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sheets.catalogue import read_catalogue
from sheets.customers import read_customers
from sheets.detect import Kind
from sheets.export import catalogue_table, write_csv, write_xlsx
from sheets.grid import Grid, read_grid
from sheets.limits import LIMITS
from sheets.problems import Problems, Taken
from sheets.reading import read_file, read_in_child
from sheets.shop_file.reading import read_shop
from tests.sheets.making import SAMPLE, SHEET, XML, only_problem, only_warning, table, taken, with_part, workbook

ROWS = (["货号", "名称", "价格", "库存"], ["A1", "帆布包，米白", "129", "3"], ["B2", "抱枕", "49.5", ""])
TEXT = table(*ROWS)
SKUS = ["A1", "B2"]


def skus(data: bytes, name: str = "c.csv") -> list[str]:
    return [one.sku for one in taken(read_catalogue(name, data))]


WRITTEN = [
    ("utf-8", TEXT.encode()),
    ("utf-8 with its mark", TEXT.encode("utf-8-sig")),
    ("utf-16 little", b"\xff\xfe" + TEXT.encode("utf-16-le")),
    ("utf-16 big", b"\xfe\xff" + TEXT.encode("utf-16-be")),
    ("gb18030", TEXT.encode("gb18030")),
    ("semicolons", table(*ROWS, delimiter=";").encode()),
    ("tabs", table(*ROWS, delimiter="\t").encode()),
    ("sep= line", ("sep=;\r\n" + table(*ROWS, delimiter=";")).encode()),
    ("unix line ends", TEXT.replace("\r\n", "\n").encode()),
    ("old mac line ends", TEXT.replace("\r\n", "\r").encode()),
    ("blank lines between", TEXT.replace("\r\n", "\r\n\r\n,,\r\n").encode()),
    ("no line end at the end", TEXT.strip().encode()),
    ("a workbook", workbook(*ROWS)),
    ("a workbook with a hidden sheet in front", workbook(*ROWS, hidden=True)),
    ("a workbook named csv", workbook(*ROWS)),
    ("every cell quoted", "\n".join(",".join(f'"{cell}"' for cell in row) for row in ROWS).encode()),
]


@pytest.mark.parametrize("data", [row[1] for row in WRITTEN], ids=[row[0] for row in WRITTEN])
def test_a_catalogue_is_read_however_it_was_saved(data: bytes) -> None:
    assert skus(data) == SKUS


HEADERS = [
    ("english", ["sku", "title", "price"]),
    ("capitals and spaces", [" SKU ", "Title", "PRICE"]),
    ("chinese", ["货号", "名称", "价格"]),
    ("other chinese words", ["商品编号", "品名", "单价"]),
    ("full-width", ["ｓｋｕ", "ｔｉｔｌｅ", "ｐｒｉｃｅ"]),
    ("marked as required", ["sku*", "title*", "*price"]),
    ("with a unit in brackets", ["货号", "名称", "价格（元）"]),
    ("mixed", ["货号", "title", "售价"]),
]


@pytest.mark.parametrize("header", [row[1] for row in HEADERS], ids=[row[0] for row in HEADERS])
def test_headers_are_known_in_both_languages(header: list[str]) -> None:
    assert skus(table(header, ["A1", "包", "1"]).encode()) == ["A1"]


def test_unknown_columns_are_named_and_passed_over() -> None:
    warning = only_warning(
        read_catalogue("c.csv", table(["sku", "title", "price", "colour"], ["A", "包", "1", "x"]).encode())
    )
    assert (warning.fault, warning.row, warning.column) == ("unknown_column", 1, "colour")


def test_a_misspelt_column_is_recognised() -> None:
    warning = only_warning(
        read_catalogue("c.csv", table(["sku", "title", "price", "atributes"], ["A", "包", "1"]).encode())
    )
    assert "attributes" in warning.mend()


def test_a_missing_column_is_told_with_what_is_there() -> None:
    problem = only_problem(read_catalogue("c.csv", table(["sku", "title", "颜色"], ["A", "包", "x"]).encode()))
    assert problem.fault == "missing_columns"
    assert "sku, title, 颜色" in problem.sentence()
    assert "price (价格)" in problem.sentence("zh")


def test_a_column_named_twice_is_refused() -> None:
    problem = only_problem(
        read_catalogue("c.csv", table(["sku", "title", "price", "价格"], ["A", "包", "1", "2"]).encode())
    )
    assert (problem.fault, problem.column) == ("column_twice", "价格")


def test_an_unquoted_comma_is_found() -> None:
    """A row with more cells than the header is refused, not shifted."""
    problem = only_problem(read_catalogue("c.csv", b"sku,title,price,note\nA,bag,1,soft,warm\n"))
    assert (problem.fault, problem.row) == ("extra_cells", 2)
    assert "quotation marks" in problem.mend()


def test_rows_are_numbered_as_a_spreadsheet_shows_them() -> None:
    """Blank lines count, and a cell of several lines is one row."""
    data = b'sku,title,price,note\n\nA,bag,1,"one\ntwo"\n\nB,bag,x,\n'
    assert only_problem(read_catalogue("c.csv", data)).row == 5


def test_a_caption_above_the_header_is_passed_over() -> None:
    """Blank rows and a lone heading come before the header in many a workbook; rows keep their numbers."""
    data = workbook([], ["北窗布艺 商品表"], [], ROWS[0], ["A", "包", "x"])
    assert only_problem(read_catalogue("c.xlsx", data)).row == 5


NOT_TABLES = [
    ("nothing", b"", "empty"),
    ("spaces only", b" \n\t ", "empty"),
    ("header only", b"sku,title,price\n", "no_rows"),
    ("pdf", b"%PDF-1.7 ...", "kind_pdf"),
    ("jpeg", b"\xff\xd8\xff\xe0 ...", "kind_picture"),
    ("png", b"\x89PNG\r\n\x1a\n...", "kind_picture"),
    ("rar", b"Rar!\x1a\x07 ...", "kind_archive"),
    ("old xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "old_excel"),
    ("locked xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
    ("web page as xls", b"<html><table><tr><td>sku", "kind_html"),
    ("zip of something", with_part(workbook(["x"]), "a.txt", "x")[:40], "damaged"),
    ("binary", b"sku,title,price\nA\x00B,x,1", "not_text"),
    ("no known encoding", b"sku,title\n\xff\xff\xff,\x80", "encoding"),
    ("open quotation mark", b'sku,title,price\nA,"bag,1\n', "quotes"),
]


@pytest.mark.parametrize(("data", "fault"), [row[1:] for row in NOT_TABLES], ids=[row[0] for row in NOT_TABLES])
def test_what_is_no_table_is_told_in_one_sentence(data: bytes, fault: str) -> None:
    problem = only_problem(read_catalogue("goods.xlsx", data))
    assert problem.fault == fault
    assert problem.sentence().startswith("goods.xlsx")
    assert problem.mend()
    assert problem.mend("zh")


def test_a_zip_that_is_no_workbook() -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("catalogue.csv", TEXT)
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


# -- limits


def test_a_file_too_large_is_refused_unread() -> None:
    problem = only_problem(read_catalogue("c.csv", b"x" * (LIMITS.file_bytes + 1)))
    assert problem.fault == "too_large"
    assert "5 MiB" in problem.why()


@pytest.mark.parametrize(
    "make", [lambda rows: table(*rows).encode(), lambda rows: workbook(*rows)], ids=["csv", "xlsx"]
)
def test_twenty_thousand_rows_are_the_most(make: Callable[..., bytes]) -> None:
    """20,000 rows are read, one more is refused with the limit named."""
    rows = [["sku", "title", "price"], *([f"A{n}", f"包{n}", "1"] for n in range(20_000))]
    assert len(skus(make(rows))) == 20_000
    problem = only_problem(read_catalogue("c", make([*rows, ["Z", "包", "1"]])))
    assert problem.fault == "too_many_rows"
    assert "20,000" in problem.sentence()
    assert "20,000" in problem.sentence("zh")


def test_fifty_columns_are_the_most() -> None:
    header = ["sku", "title", "price", *(f"x{n}" for n in range(48))]
    for data in (table(header, ["A", "b", "1"]).encode(), workbook(header, ["A", "b", "1", *["y"] * 48])):
        assert only_problem(read_catalogue("c", data)).fault == "too_many_columns"


def test_a_cell_beyond_belief_is_refused() -> None:
    problem = only_problem(read_catalogue("c.csv", table(["sku", "title", "price"], ["A", "x" * 10_001, "1"]).encode()))
    assert (problem.fault, problem.row, problem.column) == ("cell_too_long", 2, "title")
    problem = only_problem(
        read_catalogue("c.csv", table(["sku", "title", "price"], ["A", "x" * 200_000, "1"]).encode())
    )
    assert (problem.fault, problem.row) == ("cell_too_long", 2)


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


# -- kinds


async def test_every_kind_of_file_is_known_by_its_header() -> None:
    files = {
        "x.csv": (TEXT.encode(), Kind.CATALOGUE),
        "x.xlsx": (workbook(*ROWS), Kind.CATALOGUE),
        "y.csv": (table(["订单号", "买家", "货号"], ["1", "42", "A1"]).encode(), Kind.ORDERS),
        "z.csv": (table(["buyer", "name"], ["42", "小林"]).encode(), Kind.CUSTOMERS),
        "my shop.toml": ('name = "北窗布艺"'.encode(), Kind.SHOP),
    }
    for name, (data, kind) in files.items():
        parsed = await read_file(name, data)
        assert isinstance(parsed, Taken), parsed.sentences()
        assert parsed.value.kind is kind


async def test_a_table_of_no_known_kind_is_asked_about() -> None:
    problem = only_problem(await read_file("x.csv", b"colour,size\nred,L\n"))
    assert problem.fault == "which_kind"
    assert "colour, size" in problem.sentence("zh")


async def test_the_name_helps_where_the_header_does_not() -> None:
    """A catalogue that lacks its columns is told which, not asked what it is."""
    assert only_problem(await read_file("catalogue.csv", "颜色,尺寸\n红,L\n".encode())).fault == "missing_columns"


# -- round trips


async def test_the_sample_shop_is_taken_without_a_word() -> None:
    """Both files of the sample shop, their pictures beside them, each small enough to send at once."""
    shop = taken(await read_file("shop.toml", (SAMPLE / "shop.toml").read_bytes())).shop
    variants = taken(await read_file("catalogue.csv", (SAMPLE / "catalogue.csv").read_bytes(), shop)).variants
    assert shop is not None
    assert shop.name == "北窗布艺"
    assert len({one.title for one in variants}) >= 60
    assert all(one.english for one in variants)
    for photo in (photo for one in variants for photo in one.photos):
        assert (SAMPLE / photo).stat().st_size <= 15_000


def test_a_catalogue_written_and_read_again_is_the_same(tmp_path: Path) -> None:
    variants = taken(read_catalogue("c.csv", (SAMPLE / "catalogue.csv").read_bytes()))
    header, rows = catalogue_table(variants)
    for name, write in (("c.csv", write_csv), ("c.xlsx", write_xlsx)):
        assert write(tmp_path / name, header, rows) == len(variants)
        assert taken(read_catalogue(name, (tmp_path / name).read_bytes())) == variants


# -- anything at all

PARTS = [
    "sku",
    "title",
    "price",
    "货号",
    "名称",
    "价格",
    ",",
    ";",
    "\t",
    "\n",
    '"',
    "=1+1",
    "¥",
    "-",
    "1",
    "9" * 40,
    "|",
    "=",
    "\x00",
    "\ufeff",
]


@settings(max_examples=300, deadline=None)
@given(
    st.one_of(
        st.binary(max_size=400),
        st.lists(st.sampled_from(PARTS), max_size=60).map(lambda parts: "".join(parts).encode()),
    )
)
def test_no_bytes_make_reading_raise(data: bytes) -> None:
    for parsed in (read_catalogue("x.csv", data), read_shop("x.csv", data), read_customers("x.csv", data)):
        if isinstance(parsed, Problems):
            assert all(parsed.sentences("zh"))
            assert all(parsed.sentences("en"))


GOOD_BOOK = workbook(*ROWS)
GOOD_SHOP = (SAMPLE / "shop.toml").read_bytes()
GOOD_CSV = TEXT.encode("gb18030")


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.sampled_from([GOOD_BOOK, GOOD_SHOP, GOOD_CSV]),
    st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 255)), max_size=8),
    st.integers(0, 10**6),
)
def test_no_damage_makes_reading_raise(good: bytes, bites: list[tuple[int, int]], cut: int) -> None:
    """Bytes changed anywhere, and the end cut off."""
    data = bytearray(good)
    for place, byte in bites:
        data[place % len(data)] = byte
    damaged = bytes(data[: len(data) - cut % 200])
    for parsed in (read_catalogue("c.xlsx", damaged), read_shop("shop.toml", damaged)):
        assert isinstance(parsed, Problems | Taken)
