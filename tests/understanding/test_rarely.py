"""A filter in front of rare expressions: it saves the trying, and never hides a match."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.understanding.asks import rules
from core.understanding.words.rarely import Rare

EXPRESSIONS = {
    "whole": re.compile(r"(?<![a-z])(?:stop|bye now)(?![a-z])"),
    "end": re.compile(r"滚(?:蛋|$)|^再见$"),
    "letters": re.compile(r"or \w{1,3} else|第\d+次"),
    "not after": re.compile(r"砍你(?!的价)"),
}


@pytest.mark.parametrize(
    ("name", "text"),
    [
        pytest.param("whole", "please stop", id="at the end"),
        pytest.param("whole", "unstoppable", id="inside a word"),
        pytest.param("end", "滚\n", id="before a line break"),
        pytest.param("end", "你好\n再见", id="Python's ^ is the beginning of the text"),
        pytest.param("letters", "or 退款吧 else", id="letters of another script"),
        pytest.param("letters", "第٣次", id="digits of another script"),
        pytest.param("not after", "砍你的价", id="ruled out by what follows"),
        pytest.param("not after", "砍你", id="and not"),
    ],
)
def test_what_is_found_is_what_the_expression_finds(name: str, text: str) -> None:
    """Ends of lines, look-arounds and letters of any script are as Python has them."""
    found, wanted = Rare(EXPRESSIONS).search(name, text), EXPRESSIONS[name].search(text)
    assert (found and found.span()) == (wanted and wanted.span())


RARE = Rare(EXPRESSIONS)


@given(st.sampled_from(sorted(EXPRESSIONS)), st.text(alphabet="stopbyenw 滚蛋再见or第3次砍你的价\nelſé", max_size=20))
def test_nothing_is_hidden(name: str, text: str) -> None:
    """Whatever the text."""
    assert (RARE.search(name, text) is None) == (EXPRESSIONS[name].search(text) is None)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("不退我就给你差评", "extortion"),
        ("能不能多开点发票", "kickback"),
        ("or 我 leave a bad review", "extortion"),
        ("你等着瞧", "threat"),
        ("你个王八蛋", "abuse"),
        ("发货慢死了", ""),
    ],
)
def test_alarms(text: str, name: str) -> None:
    """What the seller must see at once is heard, and anger at a parcel is none of it."""
    assert rules.alarm(text) == name
