"""Every bad cell of a catalogue is named by file, row, column, value and reason, with how to mend it."""

import pytest

from core.catalogue import Variant
from core.money import Money
from sheets.problems import Problems, Taken
from tests.sheets.making import only_problem, only_warning, read_catalogue, table, taken

HEADER = (
    "sku title variant price currency stock category aliases attributes photos floor_price weight note howto".split()
)


def one(**cells: object) -> bytes:
    """A catalogue of one good row in which some cells are replaced."""
    good = {"sku": "A1", "title": "帆布包", "price": "129", "stock": "3"}
    return table(HEADER, [(good | cells).get(name, "") for name in HEADER]).encode()


def variant(**cells: object) -> Variant:
    return taken(read_catalogue("c.csv", one(**cells)))[0]


REFUSED = [
    # id, column, cell, why, how to mend it
    ("blank sku", "sku", "", "must not be blank", "Fill it in"),
    ("sku with a space", "sku", "A 1", "has a space", "T101-BE"),
    ("sku with a bar", "sku", "A|1", "has a space or a |", "hyphens"),
    ("sku too long", "sku", "A" * 65, "65 characters", "Shorten"),
    ("sku mangled by a spreadsheet", "sku", "6.90123E+12", "15 digits", "as text"),
    ("sku as a formula", "sku", '="0012"', "starts with =", "letters, digits"),
    ("sku with an invisible sign", "sku", "A\u200b1", "U+200B", "type it again"),
    ("sku that turns the text round", "sku", "A\u202e1", "U+202E", "type it again"),
    ("blank title", "title", " ", "must not be blank", "unmerged"),
    ("control sign in a title", "title", "帆\x07布", "U+0007", "type it again"),
    ("two lines in a title", "title", "帆布\n包", "U+000A", "type it again"),
    ("error value in a title", "title", "#REF!", "holds an error", "Replace it"),
    ("blank price", "price", "", "must not be blank", "such as 129"),
    ("words for a price", "price", "面议", "not an amount", "number only"),
    ("formula for a price", "price", "=1+1", "is a formula", "paste it as a value"),
    ("plus formula for a price", "price", "+1", "is a formula", "paste it as a value"),
    ("full-width formula for a price", "price", "＝1+1", "is a formula", "paste it as a value"),
    ("negative price", "price", "-5", "is negative", "Write 0"),
    ("negative price with a mark", "price", "¥-5", "is negative", "Write 0"),
    ("price that is no number", "price", "NaN", "not an amount", "number only"),
    ("endless price", "price", "Infinity", "not an amount", "number only"),
    ("price in powers of ten", "price", "1e3", "not an amount", "number only"),
    ("price with too many decimals", "price", "12.345", "too many decimals", "2 decimal places"),
    ("price with a comma for a point", "price", "12,5", "comma", "point"),
    ("price the German way", "price", "1.299,00", "comma", "point"),
    ("price in another currency", "price", "$129", "says USD", "currency column"),
    ("price in another currency by code", "price", "EUR 129", "says EUR", "currency column"),
    ("price too large", "price", "9" * 20, "too large", "digits too many"),
    ("a range of prices", "price", "99-129", "not an amount", "number only"),
    ("unknown currency", "currency", "RMBY", "not a currency code", "left blank it is CNY"),
    ("stock with a fraction", "stock", "1.5", "not a whole number", "0 is sold out"),
    ("stock in words", "stock", "有货", "not a whole number", "a blank is unknown"),
    ("negative stock", "stock", "-2", "is negative", "leave it blank"),
    ("formula for a stock", "stock", "=SUM(A1:A9)", "is a formula", "paste it as a value"),
    ("stock beyond belief", "stock", "99999999999", "too large", "1,000,000,000"),
    ("floor above price", "floor_price", "130", 'above the price "129"', "the price or less"),
    ("floor that is no number", "floor_price", "低", "not an amount", "number only"),
    ("attribute without a value", "attributes", "材质=棉|颜色", "not key=value", "material=cotton"),
    ("attribute with a colon", "attributes", "材质：棉", "not key=value", "material=cotton"),
    ("attributes set apart by commas", "attributes", "颜色=红，材质=棉", "not key=value", "with a |"),
    ("attribute twice", "attributes", "材质=棉|材质=麻", "stands twice", "Make it one"),
    ("alias too long", "aliases", "包" * 101, "too long", "between two aliases"),
    ("photo that is no photo", "photos", "我的图", "not a photo", "https address"),
    ("photo by http", "photos", "http://example.com/a.jpg", "not an https address", "https://"),
    ("photo elsewhere on the disk", "photos", "/etc/a.jpg", "beside the table", "photos/a.jpg"),
    ("photo above the folder", "photos", "photos/../../a.jpg", "beside the table", "photos/a.jpg"),
    ("photo on a drive", "photos", "C:\\a.jpg", "beside the table", "photos/a.jpg"),
    ("photo address without a host", "photos", "https://a", "not a photo", "https address"),
    (
        "more photos than an album holds",
        "photos",
        "|".join(f"{n}.jpg" for n in range(11)),
        "11 photos",
        "Leave some out",
    ),
    ("note too long", "note", "字" * 1001, "1001 characters", "Shorten"),
]


@pytest.mark.parametrize(
    ("column", "cell", "why", "mend"), [row[1:] for row in REFUSED], ids=[row[0] for row in REFUSED]
)
def test_a_bad_cell_is_named(column: str, cell: str, why: str, mend: str) -> None:
    """The whole file is refused; the sentence names the row and the column, says why and how to mend it, in two languages."""
    problem = only_problem(read_catalogue("goods.csv", one(**{column: cell})))
    assert (problem.file, problem.row, problem.column) == ("goods.csv", 2, column)
    assert why in problem.why()
    assert mend in problem.mend()
    assert problem.sentence().startswith(f"goods.csv, row 2, column {column}: ")
    assert problem.sentence("zh").startswith(f"goods.csv 第 2 行「{column}」：")
    assert problem.sentence("zh").endswith(("。", "？"))


PRICES = [
    ("plain", "129", 12900),
    ("with decimals", "129.5", 12950),
    ("with a mark", "¥129", 12900),
    ("with a full-width mark", "￥ 129", 12900),
    ("with yuan behind", "129元", 12900),
    ("in thousands", "1,299.00", 129900),
    ("full-width digits", "１２９", 12900),
    ("with a code", "CNY 129", 12900),
    ("RMB", "RMB129", 12900),
    ("decimals of nought", "129.000", 12900),
]


@pytest.mark.parametrize(("cell", "minor"), [row[1:] for row in PRICES], ids=[row[0] for row in PRICES])
def test_a_price_is_read_the_way_sellers_write_it(cell: str, minor: int) -> None:
    assert variant(price=cell).price == Money(minor, "CNY")


def test_a_mark_shared_by_currencies_follows_the_shop() -> None:
    """¥ is yen in a shop that keeps yen, $ is Hong Kong dollars in one that keeps those."""
    assert taken(read_catalogue("c.csv", one(price="¥500"), "JPY"))[0].price == Money(500, "JPY")
    assert taken(read_catalogue("c.csv", one(price="$5"), "HKD"))[0].price == Money(500, "HKD")


def test_a_row_may_have_a_currency_of_its_own() -> None:
    """It is taken, with a warning that nothing is converted."""
    parsed = read_catalogue("c.csv", one(price="$5", currency="usd"))
    assert only_warning(parsed).fault == "foreign_currency"
    assert isinstance(parsed, Taken)
    assert parsed.value[0].price == Money(500, "USD")


def test_blank_stock_is_unknown_and_zero_is_sold_out() -> None:
    assert variant(stock="").stock is None
    assert variant(stock="0").is_sold_out
    assert variant(stock="1,200").stock == 1200
    assert variant(stock="１２").stock == 12


def test_lists_are_split_and_kept_in_order() -> None:
    """Bars of either width divide; doubles and blanks fall away; attributes keep their spelling."""
    made = variant(
        aliases="托特包 | tote｜托特包||",
        attributes="材质=100% 棉|大小 ＝ 38 × 36 cm|",
        photos="a.jpg|https://example.com/b.png",
    )
    assert made.aliases == ("托特包", "tote")
    assert made.wording.attributes == (("材质", "100% 棉"), ("大小", "38 × 36 cm"))
    assert made.photos == ("a.jpg", "https://example.com/b.png")


def test_a_file_id_is_a_photo() -> None:
    assert variant(photos="AgACAgUAAxkBAAIBY2dXx_-9").photos == ("AgACAgUAAxkBAAIBY2dXx_-9",)


def test_a_note_may_have_several_lines() -> None:
    assert variant(note="一行\r\n二行\t三").wording.note == "一行\n二行 三"


def test_an_emoji_joined_of_several_is_no_invisible_sign() -> None:
    assert variant(title="全家福👨‍👩‍👧抱枕").title == "全家福👨‍👩‍👧抱枕"


def test_a_guarding_apostrophe_is_taken_off() -> None:
    """What an export put before a dangerous sign does not come back as part of the text."""
    assert variant(title="'-10°C 睡袋").title == "-10°C 睡袋"
    assert variant(title="'n Sak").title == "'n Sak"


def test_a_doubled_sku_is_named_with_both_rows() -> None:
    data = table(HEADER, ["A1", "包", "", "1"], ["B", "包", "大", "1"], ["A1", "包", "小", "1"]).encode()
    problem = only_problem(read_catalogue("c.csv", data))
    assert (problem.row, problem.column, problem.value) == (4, "sku", "A1")
    assert "row 2" in problem.why()
    assert "第 2 行" in problem.why("zh")


def test_the_first_twenty_are_told_and_the_rest_counted() -> None:
    rows = [[f"A{n}", "包", "", "x"] for n in range(70)]
    problems = read_catalogue("c.csv", table(HEADER, *rows).encode())
    assert isinstance(problems, Problems)
    assert (len(problems.shown), problems.count) == (20, 70)
    assert problems.sentences()[-1] == "… and 50 more."
    assert problems.sentences("zh")[-1] == "……另外还有 50 处。"
    assert problems.shown[19].row == 21


def test_all_faults_of_a_row_are_told_at_once() -> None:
    problems = read_catalogue(
        "c.csv", one(sku="A 1", price="x", stock="y", floor_price="z", currency="", attributes="q")
    )
    assert isinstance(problems, Problems)
    assert {problem.column for problem in problems.shown} == {"sku", "price", "stock", "floor_price", "attributes"}


ODD = [
    (
        "category differs",
        ["A", "包", "大", "1", "", "", "袋"],
        ["B", "包", "小", "1", "", "", "包"],
        "category_differs",
        3,
    ),
    ("two rows look the same", ["A", "包", "大", "1"], ["B", "包", "大", "1"], "looks_the_same", 3),
    ("skus differ by case", ["a1", "包", "大", "1"], ["A1", "包", "小", "1"], "sku_alike", 3),
    (
        "a sku that a spreadsheet made a date",
        ["A", "包", "大", "1"],
        ["2026-03-01", "包", "小", "1"],
        "sku_is_a_date",
        3,
    ),
    ("a price of nought", ["A", "包", "大", "1"], ["B", "包", "小", "0"], "free", 3),
]


@pytest.mark.parametrize(("first", "second", "fault", "row"), [r[1:] for r in ODD], ids=[r[0] for r in ODD])
def test_what_is_odd_is_warned_of_and_taken(first: list[str], second: list[str], fault: str, row: int) -> None:
    warning = only_warning(read_catalogue("c.csv", table(HEADER, first, second).encode()))
    assert (warning.fault, warning.row) == (fault, row)


def test_english_words_stand_beside_the_files_own() -> None:
    """An English column left blank falls back to the file's own words, so that nothing a buyer asks for is lost."""
    header = "货号 名称 规格 价格 属性 用法 英文名称 英文规格 英文属性".split()
    data = table(
        header,
        ["A", "帆布包", "米白", "1", "材质=棉", "手洗", "Canvas Bag", "", "material=cotton"],
        ["B", "抱枕", "", "2"],
    )
    made = taken(read_catalogue("c.csv", data.encode()))
    assert made[0].words("en").title == "Canvas Bag"
    assert made[0].words("en").variant == "米白"
    assert made[0].words("en").attributes == (("material", "cotton"),)
    assert made[0].words("en").howto == "手洗"
    assert made[0].words("zh").title == "帆布包"
    assert made[1].english is None
