"""Language, script, and the tokens that search goes by."""

import opencc
import pytest

from core.language import language, script, to_simplified
from core.simplified import SIMPLIFIED
from core.tokens import tokens


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("有货吗", "zh"),
        ("how much", "en"),
        ("iPhone 15 有货吗", "zh"),
        ("这个 how much is it please", "en"),
        ("do you have 棉麻桌布 in stock", "en"),
        ("12345", ""),
        ("SF1234567890123", ""),
        ("", ""),
        ("hi", "en"),
    ],
)
def test_language(text: str, expected: str) -> None:
    """The share of Chinese characters tells; a mixed line follows its question words."""
    assert language(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("有貨嗎", "hant"), ("有货吗", "hans"), ("好的", ""), ("hello", ""), ("什麼时候發貨", "hant")],
)
def test_script(text: str, expected: str) -> None:
    """Characters that only one script has decide; none, and nothing is claimed."""
    assert script(text) == expected


def test_traditional_is_folded() -> None:
    """So that one set of words and patterns serves both scripts."""
    assert to_simplified("電話") == "电话"


def test_characters_that_only_simplified_writes_so_are_those_opencc_changes() -> None:
    """The table in the code is what the library says of each character by itself."""
    convert = opencc.OpenCC("s2t").convert
    assert frozenset(one for one in map(chr, range(0x3400, 0xA000)) if convert(one) != one) == SIMPLIFIED


@pytest.mark.parametrize(
    ("text", "some"),
    [
        pytest.param("蓝牙耳机", {"耳机", "蓝牙", "耳"}, id="two-character words"),
        pytest.param("藍牙耳機", {"耳机"}, id="Traditional finds Simplified"),
        pytest.param("iPhone 15 Pro", {"iphone", "15", "iphone15", "15pro"}, id="codes squeezed"),
        pytest.param("A15-B", {"a15", "15"}, id="codes taken apart"),
    ],
)
def test_tokens(text: str, some: set[str]) -> None:
    """Words of two characters are found, and codes however they are spaced."""
    assert some <= set(tokens(text))
