"""shop.toml: what it states is taken exactly, what it leaves out stays unknown, and every slip is told with its line."""

from datetime import date, time

import pytest

from core.money import Money
from core.shop import Postage, Shop, Span, Tone, Transit, Wordings
from sheets.problems import Problems, Taken
from sheets.shop_file.reading import read_shop
from tests.sheets.making import SAMPLE, only_problem, only_warning, taken


def shop(text: str, *, name: str = 'name = "北窗"\n') -> Shop:
    return taken(read_shop("shop.toml", (name + text).encode()))


def test_a_name_is_all_a_shop_needs() -> None:
    """What the file does not state is None or empty; nothing is made up."""
    made = shop("")
    assert (made.name, made.currency, made.languages, str(made.timezone)) == (
        "北窗",
        "CNY",
        ("zh", "en"),
        "Asia/Shanghai",
    )
    assert (made.hours, made.dispatch, made.carriers, made.postage) == (None, None, (), Postage())
    assert (made.policies, made.promotions, made.bundles, made.delivers_to) == ((), (), (), ())


def test_the_sample_shop_says_what_its_file_says() -> None:
    made = taken(read_shop("shop.toml", (SAMPLE / "shop.toml").read_bytes()))
    assert made.name_en == "North Window Textiles"
    assert made.tone is Tone.WARM
    assert made.hours is not None
    assert made.hours.week[0] == (Span(time(9), time(12)), Span(time(13, 30), time(22)))
    assert made.hours.week[6] == (Span(time(10), time(18)),)
    assert date(2027, 2, 6) in made.hours.closed
    assert made.dispatch is not None
    assert (made.dispatch.cutoff, made.dispatch.days, made.dispatch.calendar) == (
        time(16, 40),
        frozenset(range(6)),
        "CN",
    )
    assert made.default_carrier is not None
    assert made.default_carrier.code == "zto"
    assert made.default_carrier.transit[0] == Transit("江浙沪", 1, 2)
    assert made.carriers[1].surcharge == Money(1500, "CNY")
    assert made.postage == Postage(Money(800, "CNY"), Money(9900, "CNY"), Money(2000, "CNY"), ("新疆", "西藏"))
    assert dict(made.regions)["江浙沪"] == ("江苏", "浙江", "上海")
    assert (made.delivers_to, made.not_to) == (("中国大陆",), ("香港", "澳门", "台湾"))
    assert {"return", "warranty", "payment", "invoice", "price", "authenticity", "care"} <= dict(made.policies).keys()
    assert all(words.zh and words.en for _, words in made.policies)
    assert made.bundles == (("ship_when", ("carrier", "ship_eta", "special_request")),)


HOURS = [
    ("a single span as a text", 'daily = "09:00-18:00"', {0: ["09:00-18:00"], 6: ["09:00-18:00"]}),
    ("a day of its own", 'daily = ["09:00-18:00"]\nsun = []', {5: ["09:00-18:00"], 6: []}),
    (
        "Chinese weekdays",
        '"周一" = ["09:00-18:00"]\n"星期日" = ["10:00-12:00"]',
        {0: ["09:00-18:00"], 1: [], 6: ["10:00-12:00"]},
    ),
    ("long weekdays", 'Monday = ["09:00-18:00"]', {0: ["09:00-18:00"], 1: []}),
    ("over midnight", 'fri = ["20:00-02:00"]', {4: ["20:00-00:00"], 5: ["00:00-02:00"], 6: []}),
    ("over midnight into Monday", 'sun = ["20:00-02:00"]', {6: ["20:00-00:00"], 0: ["00:00-02:00"]}),
    ("until midnight", 'daily = ["18:00-24:00"]', {0: ["18:00-00:00"]}),
    ("all day", 'daily = ["00:00-24:00"]', {0: ["00:00-00:00"]}),
    ("other dashes and no nought", 'daily = ["9:00 – 12:00", "13:30～22:00"]', {0: ["09:00-12:00", "13:30-22:00"]}),
    ("out of order", 'daily = ["14:00-18:00", "09:00-12:00"]', {0: ["09:00-12:00", "14:00-18:00"]}),
]


@pytest.mark.parametrize(("text", "week"), [row[1:] for row in HOURS], ids=[row[0] for row in HOURS])
def test_opening_hours(text: str, week: dict[int, list[str]]) -> None:
    """Spans never cross midnight: what does is split there."""
    made = shop(f"[hours]\n{text}").hours
    assert made is not None
    for day, spans in week.items():
        assert [f"{one.start:%H:%M}-{one.end:%H:%M}" for one in made.week[day]] == spans


def test_dates_may_be_texts_or_dates() -> None:
    made = shop('[hours]\ndaily = "09:00-18:00"\nclosed = ["2027-02-06", 2027-02-07]').hours
    assert made is not None
    assert made.closed == {date(2027, 2, 6), date(2027, 2, 7)}


def test_a_policy_may_be_one_text() -> None:
    """Its script tells which language it is."""
    made = shop('[policies]\nreturn = "七天内可退"\ncare = "Wash cold."\nown = { zh = "可以", zh_hant = "可以喔" }')
    assert dict(made.policies) == {
        "return": Wordings(zh="七天内可退"),
        "care": Wordings(en="Wash cold."),
        "own": Wordings(zh="可以", zh_hant="可以喔"),
    }


def test_promotions_may_be_texts() -> None:
    assert shop('promotions = ["满 99 包邮", "Free gift"]').promotions == (
        Wordings(zh="满 99 包邮"),
        Wordings(en="Free gift"),
    )


def test_money_is_exact() -> None:
    """An amount with decimals is not bent by floating point; 0 is free, absent is not stated."""
    postage = shop("[postage]\nfee = 0\nfree_over = 88.10\n").postage
    assert (postage.fee, postage.free_over, postage.remote_fee) == (Money(0, "CNY"), Money(8810, "CNY"), None)
    assert shop('currency = "JPY"\n[postage]\nfee = 500').postage.fee == Money(500, "JPY")


def test_transit_may_be_a_single_number() -> None:
    made = shop('[[carriers]]\ncode = "zto"\nname = "中通"\ntransit = { "default" = 3 }')
    assert made.carriers[0].transit == (Transit("default", 3, 3),)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_the_encoding_is_found(encoding: str) -> None:
    assert taken(read_shop("shop.toml", 'name = "北窗布艺"\n'.encode(encoding))).name == "北窗布艺"


WRONG = [
    # id, text after the name, fault, line, what the English sentence holds
    ("time zone by city", 'timezone = "Beijing"', "unknown_timezone", 2, 'Did you mean "Asia/Shanghai"'),
    ("time zone misspelt", 'timezone = "Europe/Lodnon"', "unknown_timezone", 2, "Europe/London"),
    ("currency", 'currency = "元"', "unknown_currency", 2, "three letters"),
    ("language", 'languages = ["zh", "fr"]', "unknown_language", 2, '"fr"'),
    ("no language", "languages = []", "unknown_language", 2, "or one of them"),
    ("tone", 'tone = "funny"', "unknown_tone", 2, "warm, neutral or brief"),
    ("hours out of the day", '[hours]\ndaily = ["09:00-25:00"]', "not_a_span", 3, "20:00-02:00"),
    ("hours without an end", '[hours]\nmon = ["09:00"]', "not_a_span", 3, '"09:00"'),
    ("hours that begin when they end", '[hours]\nmon = ["09:00-09:00"]', "not_a_span", 3, "00:00-24:00"),
    ("hours that overlap", '[hours]\nmon = ["09:00-12:00", "11:00-13:00"]', "hours_overlap", 2, "mon overlap"),
    ("no hours at all", '[hours]\nclosed = ["2027-02-06"]', "hours_empty", 2, "leave [hours] out"),
    ("closed on no date", '[hours]\ndaily = "09:00-18:00"\nclosed = ["6 Feb"]', "not_a_day", 4, '"2027-02-06"'),
    ("dispatch without a cut-off", '[dispatch]\ndays = ["mon"]', "key_missing", 2, "cutoff is missing"),
    ("cut-off", '[dispatch]\ncutoff = "24:40"', "not_a_time", 3, '"16:40"'),
    ("weekday", '[dispatch]\ncutoff = "16:40"\ndays = ["mon", "funday"]', "not_a_weekday", 4, '"funday"'),
    ("calendar", '[dispatch]\ncutoff = "16:40"\ncalendar = "US"', "unknown_calendar", 4, '"CN"'),
    ("carrier without a name", '[[carriers]]\ncode = "zto"', "key_missing", 2, "name is missing"),
    ("carrier code", '[[carriers]]\ncode = "中通"\nname = "中通"', "carrier_code", 3, "small letters"),
    (
        "carrier twice",
        '[[carriers]]\ncode = "a"\nname = "A"\n[[carriers]]\ncode = "a"\nname = "B"',
        "carrier_twice",
        6,
        "one of its own",
    ),
    (
        "two default carriers",
        '[[carriers]]\ncode = "a"\nname = "A"\ndefault = true\n[[carriers]]\ncode = "b"\nname = "B"\ndefault = true',
        "two_defaults",
        9,
        "on one of them",
    ),
    (
        "default in quotes",
        '[[carriers]]\ncode = "a"\nname = "A"\ndefault = "yes"',
        "not_true_or_false",
        5,
        "without quotation",
    ),
    (
        "transit backwards",
        '[[carriers]]\ncode = "a"\nname = "A"\ntransit = { "default" = [4, 2] }',
        "transit_order",
        5,
        "fewer come first",
    ),
    (
        "transit in words",
        '[[carriers]]\ncode = "a"\nname = "A"\ntransit = { "default" = "soon" }',
        "transit",
        5,
        "days, from and to",
    ),
    ("carriers as a text", 'carriers = "zto"', "not_tables", 2, "[[carriers]]"),
    ("postage below nought", "[postage]\nfee = -1", "negative_amount", 3, "Write 0"),
    ("postage too fine", "[postage]\nfee = 1.234", "too_fine", 3, "2 decimal places"),
    ("postage in words", '[postage]\nfee = "包邮"', "not_amount", 3, "number only"),
    ("postage beyond reckoning", "[postage]\nfee = 1e999999999", "not_amount", 3, "number only"),
    ("postage longer than a line", "[postage]\nfee = 0x" + "F" * 6000, "not_amount", 3, "number only"),
    ("postage of nothing", "[postage]\nfee = nan", "not_amount", 3, "number only"),
    ("postage as truth", "[postage]\nfee = true", "not_amount", 3, "number only"),
    ("regions that are no list", "[regions]\nnorth = 5", "not_a_list", 3, '["one", "two"]'),
    ("a section that is none", 'hours = "all day"', "not_a_section", 2, "[hours]"),
    ("policy that says nothing", "[policies]\ncare = 5", "not_wordings", 3, "zh ="),
    ("policy of another language", '[policies.care]\nfr = "…"', "not_wordings", 2, "zh ="),
    ("bundle of no ask", '[bundles]\nship_wen = ["carrier"]', "unknown_ask_near", 3, '"ship_when"'),
    ("bundle with no ask", '[bundles]\nship_when = ["zzzz"]', "unknown_ask", 3, "in the docs"),
    ("a text that is a number", "name_en = 5", "not_a_text", 2, "double quotation marks"),
    ("invisible signs", 'name_en = "a\\u202eb"', "unseen", 2, "U+202E"),
]


@pytest.mark.parametrize(("text", "fault", "row", "told"), [row[1:] for row in WRONG], ids=[row[0] for row in WRONG])
def test_a_wrong_value_is_told_with_its_line(text: str, fault: str, row: int, told: str) -> None:
    problems = read_shop("shop.toml", f'name = "北窗"\n{text}\n'.encode())
    assert isinstance(problems, Problems)
    assert (problems.shown[0].fault, problems.shown[0].row) == (fault, row)
    assert told in problems.shown[0].sentence()
    assert problems.shown[0].sentence("zh").startswith(f"shop.toml 第 {row} 行")


def test_a_shop_without_a_name_is_refused() -> None:
    assert (
        only_problem(read_shop("shop.toml", b'tone = "warm"')).sentence() == "shop.toml, name: name is missing. Add it."
    )


SYNTAX = [
    ("text without quotation marks", "name = 北窗", "toml_unquoted", "quotation marks"),
    ("text never closed", 'name = "北窗', "toml_quote", "End the text"),
    ("curly quotation marks", "name = “北窗”", "toml_curly", "straight ones"),
    ("no equals sign", 'name "北窗"', "toml_equals", "key = value"),
    ("key in Chinese letters", '名字 = "北窗"', "toml_key", "quotation marks"),
    ("key twice", 'name = "a"\nname = "b"', "toml_twice", "Keep one"),
    ("section twice", "[hours]\n[hours]", "toml_section_twice", "together"),
    ("list never closed", 'x = ["a", "b"', "toml_bracket", "Add the ]"),
    ("two values in a line", 'name = "a" tone = "warm"', "toml_after", "one key = value"),
    ("backslash", 'name = "C:\\shop"', "toml_backslash", "two of them"),
]


@pytest.mark.parametrize(("text", "fault", "mend"), [row[1:] for row in SYNTAX], ids=[row[0] for row in SYNTAX])
def test_a_slip_of_the_pen_is_put_in_plain_words(text: str, fault: str, mend: str) -> None:
    """The line is named and shown, with what to write instead."""
    problem = only_problem(read_shop("shop.toml", text.encode()))
    assert problem.fault == fault
    assert problem.row == text.count("\n") + 1
    assert mend in problem.mend()
    assert problem.mend("zh")


def test_half_a_mebibyte_is_the_most() -> None:
    problem = only_problem(read_shop("shop.toml", b"#" * (2**19 + 1)))
    assert problem.fault == "too_large"
    assert "0.5 MiB" in problem.why()


def test_brackets_without_end_are_refused() -> None:
    assert only_problem(read_shop("shop.toml", b"x = " + b"[" * 20_000)).fault in (
        "toml_value",
        "toml_bracket",
        "toml_unquoted",
    )


def test_no_text_is_no_shop() -> None:
    for data in (b"\x89PNG\r\n\x1a\n", b"name = \x00", b"\xff\xff"):
        assert only_problem(read_shop("shop.toml", data)).fault == "toml_not_text"


ODD = [
    ("a key misspelt", 'timezon = "Asia/Shanghai"', "unknown_key_near", '"timezone"'),
    ("a key of nothing", 'zzz = "x"', "unknown_key", "delete it"),
    ("a key of a section", "[postage]\nfreeover = 99", "unknown_key_near", '"free_over"'),
    ("a weekday misspelt", '[hours]\ndaily = "09:00-18:00"\nsund = []', "unknown_key_near", '"sun"'),
    ("a policy nearly known", '[policies]\nreturns = "七天"', "policy_near", '"return"'),
    ("a place unknown", '[delivery]\nregions = ["亚特兰蒂斯"]', "unknown_region", "[regions]"),
    (
        "a region misspelt",
        '[regions]\n"江浙沪区" = ["江苏"]\n[delivery]\nregions = ["江浙户区"]',
        "unknown_region_near",
        "江浙沪区",
    ),
]


@pytest.mark.parametrize(("text", "fault", "told"), [row[1:] for row in ODD], ids=[row[0] for row in ODD])
def test_what_is_not_known_is_warned_of(text: str, fault: str, told: str) -> None:
    parsed = read_shop("shop.toml", f'name = "北窗"\n{text}\n'.encode())
    assert only_warning(parsed).fault == fault
    assert told in only_warning(parsed).sentence()
    assert isinstance(parsed, Taken)


def test_bundles_may_name_what_the_caller_knows() -> None:
    text = 'name = "x"\n[bundles]\n"own:gift" = ["wrapping"]'
    assert taken(read_shop("shop.toml", text.encode(), ("wrapping",))).bundles == (("own:gift", ("wrapping",)),)


def test_what_the_file_leaves_open_stays_as_it_is_known() -> None:
    """A section in the file is as the file says; a section, policy, region or bundle that is not in it stays."""
    known = shop(
        'name_en = "North"\ncurrency = "USD"\ntone = "brief"\ntimezone = "Asia/Taipei"\n[hours]\ndaily = ["9:00-18:00"]\n'
        'closed = ["2027-02-06"]\n[postage]\nfee = 8\nfree_over = 99\n[policies.return]\nzh = "七天"\nen = "seven days"\n'
        '[policies.care]\nzh = "手洗"\n[bundles]\nstock = ["price"]\n[[promotions]]\nzh = "送袋"\n'
    )
    text = b'name = "\xe5\x8c\x97"\n[hours]\ndaily = ["8:00-20:00"]\n[postage]\nfee = 5\n[policies.return]\nzh = "\xe5\x8d\x81\xe5\xa4\xa9"\n'
    made = taken(read_shop("shop.toml", text, known=known))
    assert (made.name, made.name_en, made.currency, made.tone, made.timezone.key) == (
        "北", "North", "USD", Tone.BRIEF, "Asia/Taipei",
    )  # fmt: skip
    assert made.hours is not None
    assert made.hours.week[0] == (Span(time(8), time(20)),)
    assert made.hours.closed == {date(2027, 2, 6)}
    assert made.postage == Postage(Money(500, "USD"))
    assert dict(made.policies) == {"return": Wordings(zh="十天"), "care": Wordings(zh="手洗")}
    assert (made.bundles, made.promotions) == (known.bundles, known.promotions)
    assert taken(read_shop("shop.toml", text + b"[[carriers]]\ncode='zto'\nname='Z'\n", known=known)).carriers != ()
    assert taken(read_shop("shop.toml", b"name='x'\npromotions = []\n", known=known)).promotions == ()
