"""Tone: what a text may not do to a buyer, or to the shop."""

import pytest

from core.tone import lint


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        pytest.param("都聊了这么久了，再不买就没了", "guilt", id="聊了这么久"),
        pytest.param("Last chance, don't miss out!", "guilt", id="last chance"),
        pytest.param("我们信誉低，刚开业请多照顾", "belittling", id="信誉低"),
        pytest.param("Sorry, our quality is not great", "belittling", id="quality"),
        pytest.param("五星好评返现 5 元", "rated", id="好评返现"),
        pytest.param("亲亲，在的呢亲", "smothering", id="亲亲亲"),
        pytest.param("好的～马上～", "smothering", id="tildes"),
        pytest.param("Thanks 😊😊", "smothering", id="emoji"),
    ],
)
def test_a_fault_of_tone_is_named(text: str, kind: str) -> None:
    """Guilt, self-deprecation, bought reviews and smothering are found, in both languages."""
    assert kind in {fault.kind for fault in lint(text)}


@pytest.mark.parametrize(
    "text", ["亲，这款有货", "您亲自来看也行，亲手做的", "没关系，您慢慢看", "Take your time 😊", "满 299 送帆布袋"]
)
def test_a_kind_text_passes(text: str) -> None:
    """Warm words are no fault."""
    assert lint(text) == ()
