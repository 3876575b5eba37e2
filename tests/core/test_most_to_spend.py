"""What a buyer would spend at most, as it is told."""

from decimal import Decimal

import pytest

from core.answering.wording import most_to_spend


@pytest.mark.parametrize(
    ("words", "most"),
    [
        ("送女朋友的，三百以内", 300),
        ("100块以下有吗", 100),
        ("不超过200", 200),
        ("五十块左右的茶", 60),
        ("預算500", 500),
        ("something under 150?", 150),
        ("around $50", 60),
        ("my budget is 80", 80),
        ("身高110左右穿多大", None),
        ("我家孩子97厘米以内", None),
        ("三天以内能到吗", None),
        ("does it fit a cup under 12 cm", None),
        ("within 3 days", None),
        ("多少钱", None),
    ],
)
def test_a_budget_is_read(words: str, most: int | None) -> None:
    """In digits and in words; sizes, ages and days are none. Around so much is a fifth more at most."""
    assert most_to_spend(words) == (None if most is None else Decimal(most))
