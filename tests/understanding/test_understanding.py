"""What a turn asks, end to end, with a small set of phrases of our own."""

import pytest

from core.asks import Heard
from core.understanding import Mind, understand


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        pytest.param("转人工", ["human"], id="a person is wanted"),
        pytest.param("SF1234567890123", ["track"], id="a bare tracking number"),
        pytest.param("在吗", ["greeting"], id="a bare greeting"),
        pytest.param("", [], id="nothing at all"),
        pytest.param("！！！？", [], id="only signs"),
        pytest.param("营业时间是几点到几点", ["spec"], id="opening hours"),
    ],
)
def test_rules_decide_first(text: str, asks: list[str], mind: Mind) -> None:
    """Few exact rules come before the model and are certain."""
    assert [one.name for one in understand(text, Heard(), mind).asks] == asks
