"""What is no discount: measured by the lowest price of the last thirty days (Directive 98/6/EC, article 6a)."""

from dataclasses import replace
from datetime import timedelta

import pytest

from core.catalogue import Catalogue
from core.laddering import parse
from core.money import Money
from core.pricing import (
    Held,
    Kind,
    PriceBook,
    PricePolicy,
    Step,
    may_be_offered,
    offers,
    raised_first,
    worked_out,
)
from tests.core.pricing import BRUSH, CUP, NOW, yuan

RAISED = (Held(NOW - timedelta(days=3), yuan(80)), Held(NOW - timedelta(days=200), yuan(60)))
DEARER = replace(CUP, price=yuan(80))


@pytest.mark.parametrize(
    ("words", "raised"),
    [
        pytest.param("2=65", (60, 80, 65), id="dearer than before it was raised"),
        pytest.param("2=60", (60, 80, 60), id="the price it had before"),
        pytest.param("2=58", None, id="truly less"),
        pytest.param("3=5%", (60, 80, 76), id="a percentage is reckoned on the price as it is now"),
        pytest.param("3=30%", None, id="a percentage that goes below what it cost before"),
        pytest.param("+C-2=85", (80, 100, 85), id="two together, dearer than they were"),
        pytest.param("+C-2=79", None, id="two together, truly less"),
        pytest.param("coupon=160-30", (120, 160, 130), id="a coupon on what was raised"),
        pytest.param("coupon=160-50", None, id="a coupon that is one"),
        pytest.param("gift=杯刷", None, id="a gift lowers no price"),
    ],
)
def test_a_discount_is_measured_by_the_lowest_price_of_thirty_days(words: str, raised: tuple[int, ...] | None) -> None:
    """Whichever way the price was raised, and whenever the ladder was written."""
    catalogue, book = Catalogue((DEARER, BRUSH)), PriceBook(history={"C-1": RAISED})
    (step,) = parse((words,), DEARER, "CNY", catalogue).steps
    found = worked_out(0, step, DEARER, catalogue)
    assert found is not None
    assert raised_first(found, DEARER, book, NOW) == (None if raised is None else tuple(map(yuan, raised)))
    assert may_be_offered(found, DEARER, book, NOW) is (raised is None)


def test_a_price_that_has_stood_for_a_month_is_a_price() -> None:
    """The step rests for thirty days and is offered again after them."""
    book = PriceBook({"C-1": PricePolicy((Step(Kind.QUANTITY, 3, percent=5),))}, {"C-1": RAISED})
    catalogue = Catalogue((DEARER, BRUSH))
    assert offers(DEARER, book, catalogue, NOW) == ()
    assert offers(DEARER, book, catalogue, NOW + timedelta(days=26)) == ()
    assert [one.price for one in offers(DEARER, book, catalogue, NOW + timedelta(days=27))] == [yuan(76)]


def test_what_was_cheaper_longer_ago_does_not_count() -> None:
    """The price that held thirty days ago counts, whenever it began; what came before it does not."""
    history = (
        Held(NOW - timedelta(days=3), yuan(80)),
        Held(NOW - timedelta(days=40), yuan(70)),
        Held(NOW - timedelta(days=41), yuan(9)),
    )
    assert PriceBook(history={"C-1": history}).lowest(DEARER, NOW) == yuan(70)


def test_a_price_in_another_currency_is_no_measure() -> None:
    history = (Held(NOW - timedelta(days=3), yuan(80)), Held(NOW - timedelta(days=9), Money(100, "USD")))
    assert PriceBook(history={"C-1": history}).lowest(DEARER, NOW) == yuan(80)


def test_a_new_price_is_measured_by_the_one_before_it() -> None:
    """What will rest is known before the new price is written."""
    book = PriceBook().repriced(CUP, yuan(80), NOW)
    assert book.lowest(DEARER, NOW) == yuan(60)
    assert book.repriced(DEARER, yuan(50), NOW).lowest(replace(CUP, price=yuan(50)), NOW) == yuan(50)
