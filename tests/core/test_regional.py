"""Words of Hong Kong and Taiwan, told in those of the mainland."""

import pytest

from core.answering.buying import wants_to_order
from core.answering.wording import asks_when_back, is_question
from core.regional import in_mandarin


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("可唔可以寫張賀卡", "可不可以写张贺卡"),
        ("幾時有返貨", "什么时候再有货"),
        ("你哋係新店嚟㗎", "你们是新店吗"),
        ("爛咗喎", "坏了"),
        ("點寄", "怎么寄"),
        ("喺邊度出貨", "在哪里发货"),
        ("遲啲先發得唔得", "晚点再发行不行"),
    ],
)
def test_what_is_said_in_hong_kong(said: str, meant: str) -> None:
    assert in_mandarin(said) == meant


@pytest.mark.parametrize("said", ["早點寄", "一點用都沒有", "便宜點賣", "關係真好", "十點換班", "傾向買大的"])
def test_what_only_looks_like_it(said: str) -> None:
    """點 is how only where it is no o'clock and no little; 係 is part of 關係."""
    assert not any(word in in_mandarin(said) for word in ("怎么", "是", "聊"))


def test_answers_hear_it_too() -> None:
    """A wish in Cantonese that asks is a question, and is not promised."""
    assert is_question("遲啲先發得唔得")
    assert is_question("可唔可以寫張賀卡")
    assert asks_when_back("幾時有返貨")
    assert wants_to_order("就呢個啦，唔該")
