"""Which of several variants is meant by its price."""

import pytest

from core.catalogue import Variant, Wording
from core.money import Money
from core.understanding.goods.priced import by_its_price

CAKES = [
    Variant(sku, Wording("熟普洱饼", sku), Money(price, "CNY"), 3) for sku, price in (("2015", 18800), ("2020", 9800))
]


@pytest.mark.parametrize(
    ("words", "skus"),
    [
        ("便宜的那个来三饼", ("2020",)),
        ("要最便宜的那款", ("2020",)),
        ("貴的那個有貨嗎", ("2015",)),
        ("the cheaper one please", ("2020",)),
        ("the more expensive one", ("2015",)),
        ("能便宜点吗", ()),
        ("有没有更便宜的", ()),
        ("怎么这么贵", ()),
        ("is it cheaper than the other shop", ()),
    ],
)
def test_the_one_pointed_at(words: str, skus: tuple[str, ...]) -> None:
    """A bargain points at none."""
    assert by_its_price(words, CAKES) == skus


def test_at_one_price_none_is_cheaper() -> None:
    """Then it is still to be asked which."""
    assert by_its_price("便宜的那个", [CAKES[0], CAKES[0]]) == ()
