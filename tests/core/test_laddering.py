"""How a seller writes a ladder, and which step of it is refused."""

import pytest

from core.laddering import parse, written
from core.unreadable import Unreadable
from tests.core.pricing import CUP, GOODS
from tests.saying import said


@pytest.mark.parametrize(
    "words",
    [
        "2=55",
        "3=5%",
        "+C-2=70",
        "gift=贺卡",
        "gift@3=两张 贺卡",
        "coupon=180-15",
        "2=55 +C-2=70 gift=贺卡 final=就 这个价",
    ],
)
def test_a_ladder_reads_as_it_is_written(words: str) -> None:
    policy = parse(tuple(words.split()), CUP, "CNY", GOODS)
    assert written(policy) == words
    assert parse(tuple(written(policy).split()), CUP, "CNY", GOODS) == policy


@pytest.mark.parametrize(
    "words",
    ["1=55", "2=abc", "2=0%", "2=100%", "+X-9=70", "coupon=20-180", "coupon=180-0", "便宜", " ".join(["gift=a"] * 9)],
)
def test_a_wrong_step_is_named(words: str) -> None:
    with pytest.raises(Unreadable) as wrong:
        parse(tuple(words.split()), CUP, "CNY", GOODS)
    assert said(wrong.value).zh
    assert said(wrong.value).en


def test_the_shop_takes_percentages_only() -> None:
    with pytest.raises(Unreadable):
        parse(("2=55",), None, "CNY", GOODS)
    assert parse(("2=5%", "gift=贺卡"), None, "CNY", GOODS).steps[0].percent == 5
