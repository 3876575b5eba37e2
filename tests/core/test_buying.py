"""Hearing that a buyer wants to buy."""

import pytest

from core.answering.buying import declines, wants_notice, wants_to_order


@pytest.mark.parametrize(
    "text",
    [
        "我要两件",
        "就它了 包好看点 可以写贺卡吗",
        "就這個了，可以寫賀卡嗎",
        "要呢個啦，可唔可以寫張賀卡",
        "i'll take it, can you gift wrap it?",
        "下单",
        "来一个",
        "就要这个",
        "I'll take it",
        "I want to buy this",
        "how do I order",
        "要两个",
        "三件",
        "two please",
        "2 totes in green please",
        "also 2 cushion covers in brick red",
        "两个都要",
        "墨绿的要一个",
        "i want 2",
        "il take them",
        "燕麦色两个、砖红一个",
        "I’d like both",
        "2 of those please, and can you gift wrap?",
        "ok, three of them",
        "fine, two in grey blue then",
        "炭灰*2",
        "the apron in charcoal x2",
        "米白 ×2，墨绿 ×1",
        "要个黑的",
        "红格的发两张",
    ],
)
def test_a_wish_to_buy_is_heard(text: str) -> None:
    """The shop's happiest hand-over, in both languages."""
    assert wants_to_order(text)


@pytest.mark.parametrize(
    "text",
    [
        "先不下单",
        "就它了 能便宜点吗",
        "i'll take two if you do free postage",
        "我不要了",
        "I won't buy it",
        "取消下单",
        "有货吗",
        "要几天",
        "买一个包邮吗",
        "要十个够吗",
        "i want my money back",
        "买4个抱枕套是不是第四个半价",
        "two questions please",
        "two days then",
        "also one more thing",
        "我拍了四个只来三个",
        "我买了两个还没收到",
        "2 of those are broken",
        "two of them came without a lid",
        "有45x45的枕芯",
        "桌子是120*60 cm",
        "来个便宜点的",
        "怎么只发两个",
    ],
)
def test_no_wish_is_made_up(text: str) -> None:
    """A no, and a question, are no order."""
    assert not wants_to_order(text)


@pytest.mark.parametrize(
    "text", ["不用了", "算了", "不用了谢谢", "再看看吧", "No, thanks", "maybe later", "never mind"]
)
def test_a_no_is_heard(text: str) -> None:
    """What the button says may be typed."""
    assert declines(text)


@pytest.mark.parametrize("text", ["不用了吗", "不要黑色的", "算了多少钱", "no idea how big it is"])
def test_a_no_is_not_made_up(text: str) -> None:
    """A no inside another sentence is no answer to an offer."""
    assert not declines(text)


@pytest.mark.parametrize(
    "text",
    [
        "到货了告诉我一声",
        "好吧 那通知我",
        "有货通知我",
        "補貨請通知我",
        "tell me when it's back",
        "let me know when it is in stock",
    ],
)
def test_a_wish_to_be_told_is_heard(text: str) -> None:
    """In every language and script."""
    assert wants_notice(text)
