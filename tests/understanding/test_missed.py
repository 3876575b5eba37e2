"""What was not understood, gathered; and a change tried on labelled lines."""

from datetime import UTC, datetime, timedelta

import pytest

from core.asks import Phrase
from core.understanding import Mind
from core.understanding.teaching.alike import is_alike
from core.understanding.teaching.missed import Line, called, groups, teachable
from core.understanding.teaching.trying import Labelled, tried

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
SAID = (
    "能代发吗", "你们有实体店吗", "do you dropship", "支持一件代发不", "山茶帆布包能放洗碗机吗", "dropshipping available?", "實體店在哪裡",
    "海盐保温杯可以放进洗碗机不", "這個可以一件代發嗎", "can you drop ship to my customer", "你们家代发怎么弄",
)  # fmt: skip


def gathered(mind: Mind, *said: str) -> list[tuple[str, ...]]:
    lines = [Line(at, text, NOW + timedelta(minutes=at)) for at, text in enumerate(said)]
    return [one.wordings for one in groups(lines, mind, ("山茶帆布包", "海盐保温杯"), (("own:代发", "代发"),))]


def test_lines_that_ask_alike_stand_together(mind: Mind) -> None:
    """In either script and whatever product is named; the most frequent first, then the latest."""
    assert [set(one) for one in gathered(mind, *SAID)] == [
        {"能代发吗", "支持一件代发不", "這個可以一件代發嗎", "你们家代发怎么弄"},
        {"do you dropship", "dropshipping available?", "can you drop ship to my customer"},
        {"山茶帆布包能放洗碗机吗", "海盐保温杯可以放进洗碗机不"},
        {"你们有实体店吗", "實體店在哪裡"},
    ]


def test_a_group_counts_every_line_and_offers_three_asks(mind: Mind) -> None:
    """The same words twice count twice; the shop's own ask that is near comes first."""
    lines = [Line(at, "能代发吗", NOW, ("ship_when",)) for at in range(3)] + [
        Line(9, "代发要钱吗", NOW + timedelta(hours=1))
    ]
    (one,) = groups(lines, mind, (), (("own:代发", "代发"), ("own:刻字", "能刻字吗")))
    assert (one.count, one.last, one.wordings[0]) == (4, NOW + timedelta(hours=1), "能代发吗")
    assert one.asks[0] == "own:代发"
    assert len(one.asks) == 3
    assert "other" not in one.asks


@pytest.mark.parametrize(
    ("wordings", "name"),
    [
        (("能代发吗", "支持一件代发不", "代发怎么弄"), "own:代发"),
        (("do you dropship", "is dropshipping available"), "own:dropship"),
        (("你们有实体店吗",), "own:实体店"),
        (("？？",), "own:1"),
    ],
)
def test_an_ask_is_named_after_what_its_lines_share(wordings: tuple[str, ...], name: str) -> None:
    """A name that is taken gets a number."""
    assert called(wordings) == name
    assert called(wordings, taken=[name]) == f"{name.rstrip('1')}-2"


def test_what_is_one_buyers_own_is_not_taught() -> None:
    """Phone and order numbers, addresses of pages and all beyond 200 characters are left out."""
    assert teachable("订单 202611200001234567 能代发吗 电话13800138000") == "订单 能代发吗 电话"
    assert teachable("see https://example.com/x?y=1 do you dropship") == "see do you dropship"
    assert len(teachable("很" * 3 + "长的话" * 200)) <= 200


@pytest.mark.parametrize(
    ("question", "words", "alike"),
    [
        ("山茶帆布包会起球吗", "请问山茶帆布包会不会起球呀", True),
        ("山茶帆布包会起球吗", "山茶帆布包防水吗", False),
        ("how heavy is the Camellia Bag?", "is the Camellia Bag heavy?", True),
        ("how heavy is the Camellia Bag?", "is the Camellia Bag waterproof?", False),
    ],
)
def test_questions_about_one_thing_are_told_apart(question: str, words: str, alike: bool) -> None:
    """That both name the same product makes no two questions alike."""
    assert is_alike(question, words, ("山茶帆布包", "Camellia Bag")) is alike


def test_a_change_is_tried_on_labelled_lines(mind: Mind) -> None:
    """Per ask what was right before and after, which lines were won and lost; more than two points lost is worse."""
    lines = [
        Labelled("这包开线了谁管", "warranty"), Labelled("包邮吗", "ship_fee"), Labelled("好的呀", "other"), Labelled("多少钱", "price", is_not=True),
    ]  # fmt: skip
    taught = [
        Phrase("这包开线了谁管", "warranty", "zh", origin="taught"),
        Phrase("包邮吗", "promo", "zh", origin="taught"),
    ]
    by_ask = {one.ask: one for one in tried(lines, mind, mind.with_taught(taught))}
    assert (by_ask["warranty"].won, by_ask["warranty"].is_worse) == (("这包开线了谁管",), False)
    assert (by_ask["ship_fee"].lost, by_ask["ship_fee"].points, by_ask["ship_fee"].is_worse) == (
        ("包邮吗",),
        -100,
        True,
    )
    assert (by_ask["other"].before, by_ask["other"].after) == (1, 1)
    assert by_ask["price"].before == 0
    assert next(iter(by_ask)) == "ship_fee"
