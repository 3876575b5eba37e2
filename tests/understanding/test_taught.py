"""Taught lines: at once, by equality or containment, and never more than was taught."""

import pytest

from core.asks import Heard, Phrase
from core.understanding import Mind, understand
from core.understanding.model.taught import taught
from core.understanding.reading.normalising import normalise

LINES = (
    ("能一件代发吗", "own:代发"), ("代发", "own:代发"), ("dropship", "own:代发"), ("OEM", "own:oem"), ("货", "own:货"),
    ("可以吗", "own:可以"), ("do you have it", "own:have"), ("亲，在线吗？想咨询一下代销", "own:代销"),
)  # fmt: skip


def asks(mind: Mind, text: str, *more: tuple[str, str, bool]) -> list[tuple[str, str]]:
    """(ask, source) of a text, to a mind that was taught LINES and `more` (line, ask, is it not so)."""
    lines = [*((line, ask, False) for line, ask in LINES), *more]
    phrases = [Phrase(line, ask, "zh", is_not, "taught") for line, ask, is_not in lines]
    return [(one.name, one.source) for one in understand(text, Heard(), mind.with_taught(phrases)).asks]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param("能一件代发吗", ["own:代发"], id="equal"),
        pytest.param("能 一件 代发 吗？？", ["own:代发"], id="equal but for signs"),
        pytest.param("請問能一件代發嗎", ["own:代发"], id="Traditional, held"),
        pytest.param("你们家支持代发不", ["own:代发"], id="two characters held"),
        pytest.param("代发运费多少", ["own:代发", "ship_fee"], id="beside another ask, run together"),
        pytest.param("可以代发么，什么时候发货", ["own:代发", "ship_when"], id="beside another ask, in a piece of its own"),
        pytest.param("Do you DROPSHIP?", ["own:代发"], id="English"),
        pytest.param("is dropshipping possible", ["own:代发"], id="English, with an ending"),
        pytest.param("can you do oem orders", ["own:oem"], id="a short English word"),
        pytest.param("亲，在线吗？想咨询一下代销", ["own:代销"], id="a line of several pieces"),
    ],
)  # fmt: skip
def test_a_taught_line_answers_where_it_is_met(text: str, found: list[str], mind: Mind) -> None:
    """Equality and containment, in either script, beside whatever else is asked."""
    assert [name for name, _ in asks(mind, text)] == found


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("有货吗", id="one character swallows nothing"),
        pytest.param("运费多少可以吗", id="empty words swallow nothing"),
        pytest.param("do you have it in stock", id="nor in English"),
        pytest.param("are these poems", id="a word is no part of another"),
        pytest.param("comeback soon", id="nor of one that goes on"),
    ],
)
def test_a_short_or_empty_line_counts_only_where_it_is_all(text: str, mind: Mind) -> None:
    """What every second line holds is not looked for inside others."""
    assert not any(name.startswith("own:") for name, _ in asks(mind, text))


def test_a_short_line_counts_where_it_is_the_whole_piece(mind: Mind) -> None:
    """Equality knows no least length."""
    assert asks(mind, "货？") == [("own:货", "taught")]


def test_a_line_taught_to_be_no_question_asks_nothing(mind: Mind) -> None:
    """`other` is an ask to teach, too."""
    assert asks(mind, "这个多少钱", ("这个多少钱", "other", False)) == []


@pytest.mark.parametrize("text", ["这个多少钱", "那这个多少钱啊", "你好，這個多少錢"])
def test_a_line_taught_not_to_be_an_ask_keeps_it_away(text: str, mind: Mind) -> None:
    """Also inside a longer piece; what else the line asks is heard as ever."""
    denied = ("这个多少钱", "price", True)
    assert "price" not in [name for name, _ in asks(mind, text, denied)]
    assert [name for name, _ in asks(mind, f"{text}，什么时候发货", denied)] == ["ship_when"]
    assert ("price" in [name for name, _ in asks(mind, "多少钱", denied)]) is True


@pytest.mark.parametrize(
    "text", ["代发的东西太差了我要投诉你们", "代发的事转人工", "I want to complain about your dropship service"]
)
def test_anger_and_a_wish_for_a_person_are_heard_beside_a_taught_line(text: str, mind: Mind) -> None:
    """Whatever was taught, a complaint and a wish for a person reach one."""
    plain = understand(text, Heard(), mind)
    assert plain.handover
    lines = [Phrase(line, ask, "zh", origin="taught") for line, ask in LINES]
    assert understand(text, Heard(), mind.with_taught(lines)).handover


def test_the_longest_line_wins_and_five_thousand_cost_little() -> None:
    """Lines are found by their first signs, so that many of them are as quick as few."""
    many = [
        Phrase(f"{chr(0x4E00 + at)}{chr(0x5E00 + at % 97)}代发", f"own:{at}", "zh", origin="taught")
        for at in range(5000)
    ]
    known = taught([*many, Phrase("代发", "own:short", "zh", origin="taught")])
    found = known.find(normalise("请" + many[4321].text + "吧").folded)
    assert found is not None
    assert found.ask == "own:4321"
    assert max(map(len, known.asks.inside.values())) < 100
