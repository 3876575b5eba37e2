"""A doubt that goes on with what the other side has just spoken of."""

import pytest

from core.asks import Heard
from core.understanding import Mind, understand


@pytest.mark.parametrize(
    ("text", "previous", "ask"),
    [
        pytest.param("多久算尽快", "会尽快给您安排发货的", "ship_when", id="how soon is soon"),
        pytest.param("怎么证明", "我们家卖的都是正品", "authenticity", id="how do I know"),
        pytest.param("偏远的算不算", "满99元包邮哦", "ship_fee", id="and far away?"),
        pytest.param("even the highlands?", "We deliver everywhere in Britain.", "ship_to", id="in English"),
    ],
)
def test_what_was_spoken_of_settles_a_doubt(text: str, previous: str, ask: str, mind: Mind) -> None:
    """Behind other words, or none, the same line is no such ask; behind these it is."""
    [found] = understand(text, Heard(previous=previous), mind).asks
    assert found.name == ask
    assert found.source == "context"
    assert ask not in [one.name for one in understand(text, Heard(), mind).asks]


@pytest.mark.parametrize(
    ("text", "previous"),
    [
        pytest.param("卧室", "请问您是放在哪个房间呢，多大的？", id="an answer"),
        pytest.param("行那就这个价", "最低给您算68", id="a price agreed to"),
        pytest.param("yes refused it", "Did you refuse the parcel?", id="an answer in English"),
        pytest.param("月亮上的兔子吃不吃胡萝卜呢", "满99元包邮哦", id="something else altogether"),
    ],
)
def test_what_does_not_go_on_with_it_is_not_answered(text: str, previous: str, mind: Mind) -> None:
    """Answers, a yes to a price, and what nobody sells are no asks, whatever was spoken of."""
    assert not understand(text, Heard(previous=previous), mind).asks


def test_what_was_asked_for_sure_stays(mind: Mind) -> None:
    """A clear ask is what it is, whatever was spoken of before."""
    assert [one.name for one in understand("多少钱", Heard(previous="满99元包邮哦"), mind).asks] == ["price"]
