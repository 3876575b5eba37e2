"""Files as they come: encodings, delimiters, headers, kinds and limits."""

from collections.abc import Callable
from pathlib import Path

import pytest

from sheets.detect import Kind
from sheets.export import catalogue_table, write_csv, write_xlsx
from sheets.limits import LIMITS
from sheets.problems import Taken
from sheets.reading import read_file
from tests.sheets.making import (
    ROWS,
    SAMPLE,
    only_problem,
    only_warning,
    read_catalogue,
    skus,
    table,
    taken,
    with_part,
    workbook,
)

TEXT = table(*ROWS)
SKUS = ["A1", "B2"]


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
    ("with a colon behind", ["货号：", "名称:", "价格（元）："]),
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
    problem = only_problem(read_catalogue("c.csv", table(["sku", "颜色", "尺寸"], ["A", "红", "x"]).encode()))
    assert problem.fault == "missing_columns"
    assert "sku, 颜色, 尺寸" in problem.sentence()
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


@pytest.mark.parametrize(
    "sheet",
    ["货号,库存\nA,5\nB,\n", "sku,price\nA,5\nB,6\n", "sku,category\nA,x\nB,y\n"],
    ids=["stock", "price", "words"],
)
async def test_a_sheet_may_change_one_thing(sheet: str) -> None:
    """Item numbers beside one more column are goods; what is no column is not asked for, and each row is known by its number."""
    contents = taken(await read_file("x.csv", sheet.encode()))
    assert (contents.kind, dict(contents.rows)) == (Kind.CATALOGUE, {"A": 2, "B": 3})
    assert len(contents.columns) == 2


async def test_one_column_alone_changes_nothing() -> None:
    """Item numbers, and nothing of them: what a catalogue needs is told."""
    problem = only_problem(await read_file("catalogue.csv", b"sku,colour\nA,red\n"))
    assert problem.fault == "missing_columns"
    assert "title (名称), price (价格)" in problem.sentence("zh")


async def test_an_empty_price_is_asked_for() -> None:
    """A price that is left blank is no price; a stock that is left blank is one nobody knows."""
    assert only_problem(await read_file("x.csv", b"sku,price\nA,\n")).fault == "blank_amount"


@pytest.mark.parametrize("sign", ["，", "；", "|"])
async def test_columns_set_apart_by_a_sign_of_text_are_told(sign: str) -> None:
    """The header is one cell: the sign is named, and what to use in its place."""
    problem = only_problem(await read_file("c.csv", sign.join(("货号", "名称", "价格")).encode()))
    assert problem.fault == "chinese_commas"
    assert f"“{sign}”" in problem.sentence("zh")
