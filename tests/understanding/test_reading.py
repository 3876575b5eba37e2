"""What is read off a text exactly: folding, numbers, colours and sizes, pieces, places."""

from decimal import Decimal

import pytest
import re2
from hypothesis import given
from hypothesis import strategies as st

from core.understanding.reading.extracting import extract, tracking_number
from core.understanding.reading.normalising import normalise
from core.understanding.reading.reading import read
from core.understanding.reading.splitting import split
from core.understanding.words import lexicon, lexicon_en, lexicon_zh
from core.understanding.words.attributes import attributes
from core.understanding.words.numerals import number
from core.understanding.words.places import places


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        pytest.param("ＩＰ１５", "ip15", id="wide letters"),
        pytest.param("有冇貨", "有没有货", id="Hong Kong"),
        pytest.param("啥时候发货", "什么时候发货", id="slang"),
        pytest.param("券在那里领 货到那了", "券在哪里领 货到哪了", id="there for where"),
        pytest.param("就买那里的", "就买那里的", id="there where it is meant"),
        pytest.param("pls tell u", "please tell you", id="chat English"),
        pytest.param("z̷a̶l̴g̵o", "zalgo", id="marks dropped"),
        pytest.param("！！！！！！！", "!!!", id="long repeats cut"),
        pytest.param("a\ud83db", "a\ufffdb", id="half a surrogate"),
    ],
)
def test_folding(text: str, folded: str) -> None:
    """Texts that mean the same are spelt the same before they are compared."""
    assert normalise(text).folded == folded


@given(st.text(max_size=200))
def test_every_folded_character_knows_its_origin(text: str) -> None:
    """The way back to the original is complete, in order and inside the text."""
    normal = normalise(text)
    assert len(normal.origin) == len(normal.folded)
    assert all(0 <= one < max(1, len(normal.text)) for one in normal.origin)
    assert list(normal.origin) == sorted(normal.origin)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("两百五", 250),
        ("一千二", 1200),
        ("三十", 30),
        ("十五", 15),
        ("一百零五", 105),
        ("1,299.50", Decimal("1299.50")),
    ],
)
def test_numerals(text: str, value: object) -> None:
    """Numbers as they are said: the last unit but one is left out in 两百五."""
    assert number(text) == value


@pytest.mark.parametrize(
    ("text", "kind", "amount"),
    [
        pytest.param("¥35行吗", "price", 35, id="sign"),
        pytest.param("12块5", "price", Decimal("12.5"), id="twelve fifty"),
        pytest.param("1.2w", "price", 12000, id="ten thousands"),
        pytest.param("$1,200 cash", "price", 1200, id="dollars"),
        pytest.param("来两件", "quantity", 2, id="quantity"),
        pytest.param("来两个abc", "quantity", 2, id="quantity before a code"),
        pytest.param("三百卖不卖", "number", 300, id="a bare numeral"),
    ],
)
def test_amounts(text: str, kind: str, amount: object) -> None:
    """Prices, counts and bare numbers are told apart."""
    assert [(one.kind, one.amount) for one in extract(normalise(text).folded) if one.amount is not None] == [
        (kind, amount)
    ]


@pytest.mark.parametrize(
    ("text", "number_"),
    [
        pytest.param("RR473124829GB", "RR473124829GB", id="international post, good check digit"),
        pytest.param("RR473124820GB", "", id="international post, bad check digit"),
        pytest.param("sf 1234567890123", "SF1234567890123", id="SF with a space"),
        pytest.param("731234567890", "731234567890", id="twelve digits from 73"),
        pytest.param("512345678901", "", id="twelve digits of an article"),
        pytest.param("1Z999AA10123456784", "1Z999AA10123456784", id="UPS"),
    ],
)
def test_tracking_numbers(text: str, number_: str) -> None:
    """A tracking number is one that a carrier would write."""
    assert tracking_number(text) == number_


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        pytest.param("订单号20240315001到哪了", ["order"], id="order number"),
        pytest.param("我的电话13812345678", ["phone"], id="phone"),
        pytest.param("看 https://t.me/x?a=1,2 这个", ["link"], id="link"),
        pytest.param("谢谢[微笑]", ["emote"], id="emote"),
    ],
)
def test_codes(text: str, kinds: list[str]) -> None:
    """Codes are taken whole."""
    assert [one.kind for one in extract(normalise(text).folded)] == kinds


@pytest.mark.parametrize(
    ("text", "values"),
    [
        pytest.param("ip15手机壳黑的", [("black", False)], id="squeezed"),
        pytest.param("不是黑的", [("black", True)], id="not black"),
        pytest.param("除了黑色还有吗", [("black", True)], id="other than black"),
        pytest.param("没有蓝色吗", [("blue", False)], id="is there no blue"),
        pytest.param("not the black one, the white", [("black", True), ("white", False)], id="English"),
        pytest.param("黑心商家", [], id="no colour"),
        pytest.param("it's fine", [], id="no size"),
        pytest.param("红色XL有吗", [("red", False), ("xl", False)], id="colour and size"),
    ],
)
def test_colours_and_sizes(text: str, values: list[tuple[str, bool]]) -> None:
    """Wanted and ruled-out values, whatever the language, under one name each."""
    assert [(one.value, one.is_not) for one in attributes(normalise(text).folded)] == values


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        pytest.param("有货吗？多少钱", ["有货吗", "多少钱"], id="question mark"),
        pytest.param("1.5米的多少钱", ["1.5米的多少钱"], id="not inside a number"),
        pytest.param("还有没有货", ["还有没有货"], id="still is no conjunction"),
        pytest.param("what's the price and do you ship", ["what's the price", "do you ship"], id="and do"),
        pytest.param("你好多少钱", ["你好", "多少钱"], id="greeting glued on"),
    ],
)
def test_pieces(text: str, pieces: list[str]) -> None:
    """Pieces end where one question ends."""
    folded = normalise(text).folded
    assert [folded[one.start : one.end] for one in split(folded, extract(folded))] == pieces


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("发内蒙古吗", ["内蒙古"]),
        ("江浙沪包邮吗", ["江浙沪"]),
        ("ship to canada?", ["canada"]),
        ("usability", []),
        ("广东省能到吗", ["广东省"]),
    ],
)
def test_places(text: str, names: list[str]) -> None:
    """Places are found as whole names, the longest first."""
    assert [name for name, _, _ in places(text)] == names


def test_a_shop_has_regions_of_its_own() -> None:
    """Names that only this shop uses are places too."""
    assert [name for name, _, _ in places("大湾区能发吗", ("大湾区",))] == ["大湾区"]


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        pytest.param("等了[数字x]天", "等了0天", id="a number"),
        pytest.param("付了[數字x]塊[數字x]毛", "付了¤", id="money, in Traditional"),
        pytest.param("[订单编号x]到[地址x]", "№到◎", id="an order and a place"),
        pytest.param("电话[电话x]", "电话☎", id="a phone"),
        pytest.param("[姓名x]收", " 收", id="a name"),
        pytest.param("好的[微笑]", "好的 ", id="an emote"),
    ],
)
def test_what_an_app_has_hidden_counts_as_its_kind(text: str, masked: str) -> None:
    """A word in brackets in place of a number, a price or a name is read as one, and is no detail."""
    reading = read(text)
    assert reading.masked(0, len(reading.folded)) == masked
    assert all(one.amount is None and not one.text for one in reading.found if one.kind.startswith("hidden"))


@pytest.mark.parametrize(
    "masked",
    [
        pytest.param("老板在吗 这款□有没有●的 多少钱啊 能便宜点吗", id="Chinese"),
        pytest.param("0天了还没发货 催一下 不发就退款", id="angry"),
        pytest.param("hi do you have the □ in ● and how much is shipping to ◎", id="English"),
        pytest.param("order № where is it? it's been 0 days, i want a refund", id="a sign at the border"),
        pytest.param("这个size有m吗 how much", id="both"),
        pytest.param("№", id="neither"),
    ],
)
def test_the_keyword_pass_misses_no_pattern(masked: str) -> None:
    """Just those patterns are found that would be found one by one."""
    written = (
        ([one for table in lexicon_zh.PATTERNS.values() for one in table.split()], "\u3400-\u9fff", "", ""),
        (
            [line.strip() for table in lexicon_en.PATTERNS.values() for line in table.splitlines() if line.strip()],
            "a-z",
            r"(?:^|[^a-z0-9'])",
            r"(?:[^a-z0-9']|$)",
        ),
    )
    found: list[int] = []
    number = 0
    for patterns, script, left, right in written:
        for pattern in patterns:
            bordered = f"{left}(?:{pattern.removeprefix('!')}){right}"
            if re2.search(f"[{script}]", masked) and re2.search(bordered, masked):
                found.append(number)
            number += 1
    assert [one.id for one in lexicon.words(masked)] == found
