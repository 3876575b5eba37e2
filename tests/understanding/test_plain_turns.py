"""Turns of phrase that were met in talks with buyers, and what they are not."""

import pytest

from core.answering.buying import wants_to_order
from core.asks import Heard
from core.language import script
from core.understanding import Mind, understand


@pytest.mark.parametrize(
    ("text", "ask"),
    [
        ("你们这质量靠谱吗", "spec"),
        ("质量怎么样", "spec"),
        ("不会是化纤冒充的吧", "authenticity"),
        ("how is the quality", "spec"),
        ("40一个行不行", "haggle"),
        ("35块卖吗", "haggle"),
        ("洗了掉色咋办", "spec"),
        ("will it shrink", "spec"),
        ("预算100左右", "recommend"),
        ("budget around 100 yuan", "recommend"),
        ("how much all together", "price"),
        ("那一共多少钱", "price"),
        ("ok send me an invoice for 28 then", "invoice"),
        ("does the daisy cushion come with an insert", "spec"),
        ("电话改成13800000000", "change_address"),
        ("手機號碼改成13800000000", "change_address"),
        ("please change my phone number to 07700 900123", "change_address"),
        ("那就开28块的发票吧", "invoice"),
        ("第四个是不是半价", "promo"),
        ("显不显脏", "spec"),
        ("白色的容易脏吗", "spec"),
        ("有冇第四個半價㗎", "promo"),
        ("do i pay for shipping it back", "return_exchange"),
        ("what's the total with shipping to beijing", "ship_fee"),
        ("how long will the repair take", "warranty"),
        ("買兩件收到一件", "missing_item"),
        ("我拍了3盒，怎么只来了2盒", "missing_item"),
        ("收到嘅係白色唔係黑色", "missing_item"),
        ("我买的黑的发的白的", "missing_item"),
        ("唔係我訂嗰款", "missing_item"),
        ("got M instead of L", "missing_item"),
        ("i ordered black but got white", "missing_item"),
    ],
)
def test_what_it_asks(mind: Mind, text: str, ask: str) -> None:
    assert [one.name for one in understand(text, Heard(), mind).asks] == [ask]


@pytest.mark.parametrize("text", ["送妈妈的", "是送給女朋友的", "想送客户的礼物", "想送給我媽媽當生日禮物"])
def test_whom_it_is_for_asks_nothing(mind: Mind, text: str) -> None:
    understood = understand(text, Heard(), mind)
    assert not understood.asks
    assert not understood.doubts


@pytest.mark.parametrize("text", ["质量很好", "2个可以吗", "质量不错，谢谢"])
def test_what_it_is_not(mind: Mind, text: str) -> None:
    """Praise is no question of quality, and how many may be had is no price named."""
    asks = {one.name for one in understand(text, Heard(), mind).asks}
    assert asks.isdisjoint({"authenticity", "haggle"})


@pytest.mark.parametrize(
    "text",
    [
        "买三件发三件",
        "买两件送一件吗",
        "我买的黑的什么时候发的",
        "发的是顺丰不是中通吗",
        "我要的是黑色发顺丰",
        "can i get L instead of M",
        "i ordered two cushions and got them today",
        "i bought a lamp and received the parcel yesterday",
        "我买的昨天收到的大码",
    ],
)
def test_what_is_not_short_or_wrong(mind: Mind, text: str) -> None:
    """What is sent as it was bought, asked about, or wished for."""
    assert "missing_item" not in {one.name for one in understand(text, Heard(), mind).asks}


def test_a_talk_of_a_return_is_no_order() -> None:
    """我买的38 tells which one was bought, and orders nothing; 要灰色那个一条 does."""
    assert not wants_to_order("我买的38")
    assert wants_to_order("行 要灰色那个一条")
    assert wants_to_order("先来10条炭灰")
    assert not wants_to_order("不要那个")


@pytest.mark.parametrize(("text", "is_hant"), [("寄台北得唔得", False), ("寄臺北得唔得", True), ("這個幾錢", True)])
def test_a_sign_that_both_scripts_use_tells_neither(text: str, is_hant: bool) -> None:
    """Who writes Traditional writes 台北 as well."""
    assert script(text) == ("hant" if is_hant else "")
