"""Answering: what one message says, decided from what was understood and a scene. The words are the templates'."""

import pytest

from core.asks import Doubt
from tests.core.answering import BAGS, answered, ask, kind, names


@pytest.mark.parametrize(
    ("words", "name", "said"),
    [
        ("快递到哪了", "track", "look_up"),
        ("订单怎么样了", "order_status", "look_up"),
        ("昨天买的怎么还没发货", "ship_when", "look_up"),
        ("has my order shipped yet", "ship_when", "look_up"),
        ("地址填错了", "change_address", "change"),
        ("取消订单", "cancel", "change"),
        ("收到就是坏的", "damaged", "broken"),
        ("少发了一个", "missing_item", "broken"),
        ("我要投诉", "complaint", "sorry"),
        ("送女友哪个好", "recommend", "advice"),
        ("可以刻字吗", "special_request", "wish"),
        ("转人工", "human", "person"),
        ("你是机器人吗", "human", "bot"),
        ("are you a bot?", "human", "bot"),
        ("怎么付款", "payment", "all"),
    ],
)
def test_a_hand_over_is_said_as_the_matter_asks_for(words: str, name: str, said: str) -> None:
    """Looking up, changing, advising, consoling: each is said in its own way, and who asks for a bot is told the truth."""
    assert kind(answered(words, ask(name, words))) == said


def test_a_question_nobody_understood_is_not_met_with_silence() -> None:
    """It goes to the seller; a mere "really?" or "okay" does not."""
    assert [one.reason for one in answered("你们店在哪").handovers] == ["unclear"]
    assert [one.reason for one in answered("where are you based").handovers] == ["unclear"]
    for words in ("是吗", "真的吗?", "好的", "嗯嗯", "ok"):
        assert answered(words).is_silent, words


def test_a_wish_to_buy_and_a_doubt_are_not_both_answered() -> None:
    """Who wonders is asked what was meant; no order is made up."""
    words = "买一个包邮吗"
    decided = answered(words, doubts=(Doubt(words, (0, len(words)), ("ship_fee",)),))
    assert names(decided) == ["ask_meant"]
    assert decided.handovers == ()
    plain = answered("how do I order", doubts=(Doubt("how do I order", (0, 14), ("order_status",)),))
    assert [one.reason for one in plain.handovers] == ["order"]


def test_several_doubts_go_to_a_person_without_a_question() -> None:
    """One question at most, and none beside a hand-over of the rest."""
    doubts = (Doubt("要五十个", (0, 4), ("stock",)), Doubt("够吗", (5, 7), ("stock",)))
    assert names(answered("要五十个，够吗", doubts=doubts)) == ["handover"]


def test_a_second_ask_is_about_the_same_goods() -> None:
    """ "Is the bag there and how much": the bag need not be named twice."""
    words = "帆布包有货吗 多少钱"
    first, second = ask("stock", words, BAGS), ask("price", words)
    assert "ask_which" not in names(answered(words, first, second))
    assert "price_of_family" in names(answered(words, first, second))


def test_a_wish_asked_for_is_noted_and_promised_by_nobody() -> None:
    """ "Can you engrave it?" is written down and asked of the seller; "call me first" is simply done."""
    asked = answered("可以刻字吗", ask("special_request", "可以刻字吗"))
    assert asked.facts[0].values["asked"] is True
    assert (asked.notes, [one.reason for one in asked.handovers]) == ((), ["seller"])
    done = answered("先打电话", ask("special_request", "先打电话"))
    assert (done.notes, done.handovers) == (("先打电话",), ())


def test_a_farewell_without_thanks_is_not_told_that_it_is_welcome() -> None:
    """拜拜 is no 谢谢."""
    assert answered("拜拜", ask("thanks_bye", "拜拜")).facts[0].values["thanked"] is False
    assert answered("谢谢", ask("thanks_bye", "谢谢")).facts[0].values["thanked"] is True


def test_nobody_is_asked_whether_they_meant_to_complain() -> None:
    """What a person sees to in any case is handed over, and not offered as a button."""
    decided = answered("有点那个", doubts=(Doubt("有点那个", (0, 4), ("complaint", "human")),))
    assert decided.buttons == ()
    assert [one.reason for one in decided.handovers] == ["unclear"]


@pytest.mark.parametrize("words", ["能定做不", "可以刻字不", "这样行不"])
def test_a_question_may_end_in_a_bare_no(words: str) -> None:
    """能定做不 asks: nothing is promised, the seller is called."""
    decided = answered(words, ask("special_request", words))
    assert [one.reason for one in decided.handovers] == ["seller"]
