"""One question, one message with every related answer (S4 tip 10), in the buyer's language and script."""

import pytest

from tests.play import Play, numbers

WHEN = {"zh": "什么时候发货", "zh_hant": "什麼時候發貨", "en": "when do you ship"}


@pytest.mark.parametrize("language", WHEN)
async def test_when_it_ships_brings_carrier_days_and_the_note(play: Play, language: str) -> None:
    """Asked when it ships, the shop tells the cut-off, the carrier, the days, and asks what to note: in one message."""
    made = play.made
    heard = await play.ask(play.buyer(language), WHEN[language])
    carrier = made.carrier[2] if language == "en" else made.carrier[1][:2]
    assert f"{made.cutoff:%H:%M}" in heard.text
    assert carrier in heard.text or language == "zh_hant"
    assert made.transit[0] in numbers(heard.text)
    assert made.transit[1] in numbers(heard.text)
    assert heard.text.rstrip().endswith(("?", "？", "。", ".")), heard.text
