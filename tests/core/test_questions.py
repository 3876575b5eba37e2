"""Several questions of one ask: each is told, or said to be asked."""

import pytest

from core.answering.questions import questions_in
from core.asks import Ask
from tests.core.answering import BAGS, answered, ask, names


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("多大 什么材质 有拉链吗", ("多大", "什么材质", "有拉链吗")),
        ("托特包多大？能机洗吗", ("托特包多大？", "能机洗吗")),
        (
            "is it machine washable and does it come with a zip?",
            ("is it machine washable", "and does it come with a zip?"),
        ),
        ("what's the size, is it 3.5 m?", ("what's the size", "is it 3.5 m?")),
        ("那个蓝色的，多大呀", ("多大呀",)),
    ],
)
def test_questions_are_told_apart(words: str, found: tuple[str, ...]) -> None:
    """What only says which thing is meant is no question."""
    assert questions_in(words) == found


def test_what_is_not_on_file_is_asked_beside_what_is() -> None:
    """The pockets are told, and the hood is not passed over."""
    words = "内袋几个，有没有帽子"
    decided = answered(words, ask("spec", words, BAGS))
    assert names(decided) == ["attributes", "handover"]
    assert decided.facts[0].values["quoted"][0]["key"] == "内袋"


def test_pieces_that_stand_apart_are_told_together() -> None:
    """A question behind another ask is the same ask, and one fact tells both."""
    words = "内袋几个？包邮吗？重不重"
    spec = Ask("spec", 0.9, (0, 5), BAGS[:1], also=((9, 12),))
    decided = answered(words, spec)
    (told,) = [fact for fact in decided.facts if fact.name == "attributes"]
    assert [each["key"] for each in told.values["quoted"]] == ["内袋", "重量"]
    assert "handover" not in names(decided)


def test_nothing_on_file_is_asked_once() -> None:
    """Two questions without an answer are one hand-over."""
    words = "有没有帽子，有没有轮子"
    assert names(answered(words, ask("spec", words, BAGS))) == ["handover"]
