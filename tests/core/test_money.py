"""Money: whole minor units, exact, with its currency."""

from decimal import Decimal

import pytest

from core.money import Money, NotMoney


@pytest.mark.parametrize(
    ("text", "currency", "minor"),
    [
        ("129", "CNY", 12900),
        ("129.5", "CNY", 12950),
        ("1,299.00", "CNY", 129900),
        ("1200", "JPY", 1200),
        ("0", "CNY", 0),
    ],
)
def test_an_amount_is_read_exactly(text: str, currency: str, minor: int) -> None:
    """Every currency goes as fine as it goes, and no finer."""
    assert Money.of(text, currency) == Money(minor, currency)


@pytest.mark.parametrize("text", ["", "abc", "-1", "1.005", "NaN", "Infinity", "1e400", "9" * 20])
def test_what_is_no_amount_is_refused(text: str) -> None:
    """Nothing is rounded and nothing is guessed."""
    with pytest.raises(NotMoney):
        Money.of(text, "CNY")


def test_currencies_do_not_mix() -> None:
    """Yuan and dollars are never added or compared."""
    with pytest.raises(ValueError, match="cannot be reckoned"):
        _ = Money(1, "CNY") + Money(1, "USD")
    assert (Money(100, "CNY") * 3).amount == Decimal(3)
