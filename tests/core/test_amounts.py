"""Amounts as sellers type them; what is in another money is never taken for the shop's."""

import pytest

from core.amounts import amount_in
from core.unreadable import Unreadable
from tests.saying import said


@pytest.mark.parametrize(
    ("text", "currency", "minor"),
    [
        ("129", "CNY", 12900), ("¥129", "CNY", 12900), ("￥129.50", "CNY", 12950), ("129元", "CNY", 12900), ("8块", "CNY", 800),
        ("1,290", "CNY", 129000), ("１２９", "CNY", 12900), ("129 RMB", "CNY", 12900), ("$20", "USD", 2000), ("20 usd", "USD", 2000),
        ("500", "JPY", 500), ("¥500", "JPY", 500), ("0", "CNY", 0), ("HK$5", "HKD", 500),
    ],
)  # fmt: skip
def test_an_amount_is_read(text: str, currency: str, minor: int) -> None:
    """Marks of the right currency on either side, full-width digits, thousands."""
    assert amount_in(text, currency).minor == minor


@pytest.mark.parametrize(
    ("text", "currency", "told"),
    [
        ("$20", "CNY", "USD"), ("20欧元", "CNY", "EUR"), ("¥20", "USD", "CNY"), ("¥20 USD", "CNY", "no amount"),
        ("八块", "CNY", "no amount"), ("abc", "CNY", "no amount"), ("", "CNY", "no amount"), ("1e5", "CNY", "no amount"), ("5%", "CNY", "no amount"),
        ("-1", "CNY", "negative"), ("1.999", "CNY", "2 decimal"), ("1.5", "JPY", "no decimal"), ("9" * 20, "CNY", "too large"),
        ("=1+1", "CNY", "no amount"), ("nan", "CNY", "no amount"),
    ],
)  # fmt: skip
def test_what_is_no_amount_is_refused_with_the_reason(text: str, currency: str, told: str) -> None:
    """In both languages, with what to write instead."""
    with pytest.raises(Unreadable) as why:
        amount_in(text, currency)
    assert told in said(why.value).en
    assert said(why.value).zh
