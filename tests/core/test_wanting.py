"""What is wanted in a talk: the last number said of each thing counts, and it lapses."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from core.answering.wanting import UNWANTED, WITHIN, dropped, drops, summed_up, wanted_key, wanted_lately, wanted_now
from core.catalogue import Catalogue, Wording
from tests.core.answering import GOODS, NOW, ask, scene


def minutes_ago(many: int) -> datetime:
    return NOW - timedelta(minutes=many)


def test_the_last_number_counts() -> None:
    """Two, then three of one thing are three; what was taken back is none; the order is that of the last word on each."""
    told = {
        wanted_key("A", 2): minutes_ago(9),
        wanted_key("B", 1): minutes_ago(8),
        wanted_key("C", 1): minutes_ago(7),
        wanted_key("A", 3): minutes_ago(6),
        wanted_key("C", 0): minutes_ago(5),
        "price:B": minutes_ago(4),
    }
    assert wanted_lately(told, NOW) == {"B": 1, "A": 3}
    assert list(wanted_lately(told, NOW)) == ["B", "A"]


def test_a_wish_lapses() -> None:
    """What was wanted in another talk is not summed up in this one."""
    assert wanted_lately({wanted_key("A", 2): NOW - WITHIN - timedelta(seconds=1)}, NOW) == {}


@pytest.mark.parametrize(
    "words", ["围裙不要了", "把圍裙去掉吧", "leave out the apron", "I don't want the bag any more"]
)
def test_taking_back(words: str) -> None:
    """In either language and script."""
    assert drops(words)


@pytest.mark.parametrize("words", ["围裙有货吗", "要两条围裙", "two aprons please"])
def test_wanting_is_no_taking_back(words: str) -> None:
    assert not drops(words)


@pytest.mark.parametrize(
    ("named", "gone"),
    [
        pytest.param(("M-1",), ("M-1",), id="what is wanted"),
        pytest.param(("B-1", "B-2", "B-3"), ("B-1",), id="the one of them that is wanted"),
        pytest.param(("B-2",), (), id="what is not wanted"),
        pytest.param((), (), id="nothing named"),
    ],
)
def test_what_is_taken_back(named: tuple[str, ...], gone: tuple[str, ...]) -> None:
    """Only what is wanted can be taken back."""
    words = "不要了"
    told = {wanted_key("B-1", 2): minutes_ago(9), wanted_key("M-1", 1): minutes_ago(8)}
    asks = (replace(ask("stock", words, named), source=UNWANTED),)
    assert dropped(asks, scene(words, told=told)) == gone


def test_where_two_may_be_meant_none_is_taken_back() -> None:
    """Two bags are wanted, a black and a camel one, and "the bag" is taken back: a person asks which."""
    words = "包不要了"
    told = {wanted_key("B-1", 2): minutes_ago(9), wanted_key("B-3", 1): minutes_ago(8)}
    asks = (replace(ask("stock", words, ("B-1", "B-2", "B-3")), source=UNWANTED),)
    assert dropped(asks, scene(words, told=told)) == ()


@pytest.mark.parametrize(
    ("words", "products", "summed"),
    [
        pytest.param("一共多少钱", (), [("B-1", 2)], id="all that is wanted"),
        pytest.param("加上毛毯一共多少钱", ("M-1",), [("B-1", 2), ("M-1", 1)], id="and what is to be added"),
        pytest.param("毛毯一共多少钱", ("M-1",), [("M-1", None)], id="something else by itself"),
    ],
)
def test_what_a_sum_is_of(words: str, products: tuple[str, ...], summed: list[tuple[str, int | None]]) -> None:
    """Two bags are wanted: the sum is of these, with what the words add, and of that alone where they add nothing."""
    of = summed_up(
        (ask("price", words, products),),
        scene(words, told={wanted_key("B-1", 2): minutes_ago(3)}, last_products=("B-1",)),
    )
    assert [(one.products[0], one.details.quantity) for one in of] == summed


@pytest.mark.parametrize(
    ("words", "many"),
    [
        ("两件黑色的帆布包一件大红的", 2),
        ("3个黑色", 3),
        ("two black ones and one red please", 2),
        ("要黑色的帆布包", 1),
        ("要黑色的 2号前能到吗", 1),
        ("38 black please", 1),
    ],
)
def test_the_number_of_the_only_one_that_is_there(words: str, many: int) -> None:
    """Two black and one red, where there is no red: two black are wanted, and not one. Other figures count nothing."""
    black = replace(GOODS.by_sku["B-1"], english=Wording("Canvas bag", "black"))
    wish = replace(ask("stock", words, ("B-1",)), source="wish")
    assert wanted_now((wish,), scene(words, catalogue=Catalogue((black,)))) == (("B-1", many),)
