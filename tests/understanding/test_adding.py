"""A colour of what was spoken of, and other goods besides, in one line."""

import pytest

from core.asks import Heard
from core.understanding import Mind
from core.understanding.asks.adding import added

SPOKEN_OF = Heard(last_products=("CASE-15-BK", "CASE-15-BL"))


@pytest.mark.parametrize(
    ("words", "first", "is_counted"),
    [
        ("蓝色的来一个，再加一条桌布", "蓝色的来一个，再加", True),
        ("藍色嘅要一個，同埋一條桌布", "藍色嘅要一個，同埋", True),
        ("蓝色那个，桌布也要", "蓝色那个，", False),
        ("the blue one please, and two running shoes", "the blue one please, and ", True),
    ],
)
def test_a_variant_and_other_goods(shop: Mind, words: str, first: str, is_counted: bool) -> None:
    found = added(words, SPOKEN_OF, shop)
    assert found is not None
    assert found.products == ("CASE-15-BL",)
    assert found.first == first
    assert len(found.rest) == len(words)
    assert words.endswith(found.rest.strip())
    assert found.is_counted is is_counted


@pytest.mark.parametrize("words", ["这个要两个，再要一条桌布", "two of those and two running shoes"])
def test_what_was_spoken_of_and_other_goods(shop: Mind, words: str) -> None:
    """Two of those are two of what was spoken of, whichever of its variants that was."""
    found = added(words, Heard(last_products=("CASE-15-BK",)), shop)
    assert found is not None
    assert found.products == ("CASE-15-BK",)
    assert added(words, Heard(), shop) is None


def test_of_what_is_open_where_nothing_was_spoken_of(shop: Mind) -> None:
    """The colour is of something else than what is named behind it."""
    found = added("蓝色的来一个，再加一条桌布", Heard(), shop)
    assert found is not None
    assert not found.products


@pytest.mark.parametrize(
    "words",
    [
        "蓝色和黑色各一个",
        "蓝色的手机壳，再加一条桌布",
        "蓝色的好看吗，再加一条桌布",
        "再加一条桌布",
        "the blue one, the iphone case",
        "蓝色的来一个，再来一个手机壳",
    ],
)
def test_other_lines(shop: Mind, words: str) -> None:
    """Colours of one thing, goods named on both sides, and what is said of the colour besides."""
    assert added(words, SPOKEN_OF, shop) is None
