"""Answering about orders and the way to the buyer: where parcels go, for how much, and addresses, payments and returns."""

from dataclasses import replace
from datetime import date, time, timedelta

import pytest

from core.asks import Ask, Doubt
from core.catalogue import Catalogue
from core.shop import Dispatch, Wordings
from tests.core.answering import BAGS, GOODS, NOW, SHOP, answered, ask, kind, names


@pytest.mark.parametrize("words", ["海外能寄吗", "international shipping?", "do you ship to the US"])
def test_abroad_is_answered_with_where_we_deliver(words: str) -> None:
    """No postage at home, and no question which province."""
    assert names(answered(words, ask("ship_to", words))) == ["delivers_to"]


def test_where_to_is_remembered_of_what_was_asked() -> None:
    """The place a question names is known to the next one; a question that names none teaches nothing."""
    words = "寄江苏多少钱运费"
    assert answered(words, ask("ship_fee", words, destination="江苏")).destination == "江苏"
    assert answered("运费多少", ask("ship_fee", "运费多少")).destination == ""


@pytest.mark.parametrize("words", ["能自提吗", "可以超商取货吗", "can I pick it up?"])
def test_collecting_it_oneself_is_the_sellers_to_say(words: str) -> None:
    """It is no question of where parcels go."""
    assert names(answered(words, ask("ship_to", words))) == ["handover"]


def test_free_postage_is_told_where_every_variant_is_dear_enough() -> None:
    """The cheapest one decides."""
    words = "帆布包包邮吗"
    assert answered(words, ask("ship_fee", words, BAGS)).facts[0].values["is_free"] is True


def test_postage_by_another_carrier_tells_its_price() -> None:
    """Who asks what that carrier costs hears of the carriers too."""
    assert names(answered("发中通多少运费", ask("ship_fee", "发中通多少运费")))[:2] == ["postage", "carrier"]
    assert "others" not in answered("运费多少", ask("ship_fee", "运费多少")).facts[0].values


@pytest.mark.parametrize(
    ("words", "asked", "works"),
    [
        ("周日发货吗", 22, False),
        ("明天发货吗", 21, True),
        ("下周一能发吗", 23, True),
        ("今天发货吗", None, True),
        ("什么时候发货", None, False),
        ("do you ship on sunday", 22, False),
        ("11月22号发不发", 22, False),
    ],
)
def test_a_day_that_was_asked_about_is_answered(words: str, asked: int | None, works: bool) -> None:
    """周日发货吗, on a Friday: Sunday's answer, beside when an order placed now leaves."""
    week = replace(SHOP, dispatch=Dispatch(time(16, 40), frozenset(range(6))))
    (fact,) = [one for one in answered(words, ask("ship_when", words), shop=week).said if one.name == "departure"]
    assert fact.values["asked_day"] == (date(2026, 11, asked) if asked else None)
    assert fact.values["works"] is works
    assert fact.values["day"] == date(2026, 11, 20)


RETURNS = replace(
    SHOP,
    policies=(
        (
            "return",
            Wordings("七天内可以退。质量问题运费我们出。按米裁的不退。", "Back within 7 days. We pay the postage."),
        ),
    ),
)


def test_who_pays_for_a_return_is_told_alone() -> None:
    """Of the whole policy, the sentence on postage."""
    for words in ("运费谁出", "那运费谁承担呢", "who pays the postage?"):
        (fact,) = answered(words, ask("return_exchange", words), shop=RETURNS).said
        assert fact.values["text"] == Wordings("质量问题运费我们出。", "We pay the postage.")
    (whole,) = answered("不合适能退吗，运费谁出", ask("return_exchange", "不合适能退吗，运费谁出"), shop=RETURNS).said
    assert "七天" in whole.values["text"].zh


def test_who_has_read_the_policy_and_wants_it_done_is_a_persons() -> None:
    """怎么退, right behind the policy: the same words again would help nobody."""
    told = {"policy:return": NOW - timedelta(minutes=2)}
    for words in ("怎么退", "我要退货", "how do I send it back"):
        asked = ask("return_exchange", words)
        assert names(answered(words, asked, shop=RETURNS, told=told)) == ["handover"]
        assert names(answered(words, asked, shop=RETURNS)) == ["policy"]
        assert names(answered(words, asked, shop=RETURNS, told={"policy:return": NOW - timedelta(hours=1)})) == [
            "policy"
        ]
    assert names(answered("能退吗", ask("return_exchange", "能退吗"), shop=RETURNS, told=told)) == ["policy"]
    again = answered("怎么退", ask("return_exchange", "怎么退"), shop=RETURNS, told=told, is_handed_over=True)
    assert names(again) == ["policy"], "better than nothing until somebody comes"


ADDRESS = "杭州市西湖区文三路123号 张三 13812345678"


def test_an_address_for_what_was_ordered_is_passed_on() -> None:
    """It reaches the seller, and the buyer hears that it did, though a person was called already."""
    waiting = frozenset({"order"})
    decided = answered(ADDRESS, waits_for=waiting, is_handed_over=True)
    assert [one.reason for one in decided.handovers] == ["order"]
    assert kind(decided) == "address"
    doubtful = Doubt(ADDRESS, (0, len(ADDRESS)), ("change_address",))
    assert kind(answered(ADDRESS, doubts=(doubtful,))) == "address"
    assert answered("文三路有门店", waits_for=waiting, is_handed_over=True).is_silent


def test_a_payment_without_an_order_is_looked_for() -> None:
    """ "Paid" is not something the shop is unsure about; nor is an order for what may be gone."""
    assert kind(answered("付好了")) == "paid"
    unknown = Catalogue((replace(GOODS.variants[0], stock=None),))
    wish = replace(ask("stock", "来一个", ("B-1",)), source="wish")
    assert kind(answered("来一个", wish, catalogue=unknown)) == "order"


def test_an_order_of_yesterday_is_looked_up_wherever_the_line_says_so() -> None:
    """什么时候发货, and in the next breath 我昨天下的单."""
    words = "什么时候发货 我昨天下的单"
    assert kind(answered(words, Ask("ship_when", 0.9, (0, 6)))) == "look_up"


def test_a_reason_behind_the_policy_is_no_question_for_it() -> None:
    """ "They don't fit", behind the whole policy, is for a person and not for the policy again."""
    told = {"policy:return": NOW - timedelta(minutes=2)}
    words = "they dont fit"
    assert names(answered(words, ask("return_exchange", words), shop=RETURNS, told=told)) == ["handover"]


def test_postage_of_several_is_of_what_was_spoken_of() -> None:
    """两个包邮吗: two of the bag spoken of last."""
    words = "两个包邮吗"
    (fact, *_) = answered(words, ask("ship_fee", words, quantity=2), last_products=("B-3",)).said
    assert fact.values["is_free"] is True
    (fact, *_) = answered("包邮吗", ask("ship_fee", "包邮吗"), last_products=("B-3",)).said
    assert fact.values["is_free"] is False


def test_the_new_address_itself_is_passed_on() -> None:
    """改成北京…88号, where a person was called to change the address: on the card, and the buyer hears so."""
    words = "改成北京朝阳区建国路88号"
    decided = answered(words, waits_for=frozenset({"seller"}), is_handed_over=True)
    assert [(one.reason, one.ask) for one in decided.handovers] == [("seller", "change_address")]
    assert kind(decided) == "change"


def test_a_number_that_is_not_known_is_not_called_missing() -> None:
    """Who sends a tracking number does not hear that there is none."""
    words = "YT1234567890123"
    for number, has_number in ((words, True), (None, False)):
        decided = answered(words, ask("track", words, tracking_no=number), parcels=(), orders=())
        (fact,) = [one for one in decided.facts if one.name == "parcel_unknown"]
        assert fact.values["has_number"] is has_number
