"""Hearing that a buyer wants to buy."""

import pytest

from core.answering.buying import wants_to_order


@pytest.mark.parametrize(
    "text",
    [
        "我要两件",
        "下单",
        "来一个",
        "就要这个",
        "I'll take it",
        "I want to buy this",
        "how do I order",
        "要两个",
        "三件",
        "two please",
    ],
)
def test_a_wish_to_buy_is_heard(text: str) -> None:
    """The shop's happiest hand-over, in both languages."""
    assert wants_to_order(text)


@pytest.mark.parametrize(
    "text", ["先不下单", "我不要了", "I won't buy it", "取消下单", "有货吗", "要几天", "买一个包邮吗", "要十个够吗"]
)
def test_no_wish_is_made_up(text: str) -> None:
    """A no, and a question, are no order."""
    assert not wants_to_order(text)
