"""Honest doubt: one question where it is close, a way out to a person, and the buyer's very words for the seller."""

from tests.made_shop import in_language
from tests.play import LANGUAGES, Play
from tests.stories.handing_over import handed_over_lines

CLOSE = {"zh": "能代发吗", "zh_hant": "能代發嗎", "en": "would you dropship for me"}


async def test_one_question_with_at_most_three_buttons(play: Play) -> None:
    """What may be meant is offered, the last button is a person; who takes it is handed over with their words, once, and
    a second tap does nothing."""
    await play.cards()
    for language in LANGUAGES:
        buyer = play.buyer(language)
        asked = await play.ask(buyer, CLOSE[language])
        labels = [label for row in asked.buttons for label in row]
        assert 2 <= len(labels) <= 3
        assert in_language(language, "问掌柜", "ask the shopkeeper") in labels[-1]
        assert await play.cards() == []
        await buyer.taps(labels[-1], on=asked)
        heard = await buyer.hears()
        assert len(handed_over_lines(heard.text, language)) == 1
        card = await play.card()
        assert CLOSE[language] in card.text
        await buyer.taps(labels[-1], on=asked)
        await buyer.hears_nothing()
        assert await play.cards() == []


async def test_a_tap_on_what_was_meant_is_a_labelled_line(play: Play) -> None:
    """The buyer's choice is kept: every change of the understanding is tried on it."""
    buyer = play.buyer()
    asked = await play.ask(buyer, CLOSE["zh"])
    await buyer.taps(0, on=asked)
    await buyer.hears()
    ((text, ask),) = await play.store.labelled.latest()
    assert text == CLOSE["zh"]
    assert ask in ("ship_when", "special_request")
