"""Some are wanted of a thing that comes in several colours: which one is asked, and the answer is the order."""

import pytest

from tests.made_shop import in_language
from tests.play import LANGUAGES, Play, numbers


async def test_two_of_what_comes_in_two_colours(play: Play) -> None:
    """ "I'll take two": the seller hears of it at once, the buyer is asked which colour, and chooses in words."""
    one, other = play.made.pair
    for language in LANGUAGES:
        buyer = play.buyer(language)
        await play.ask(buyer, in_language(language, f"{one.title}有货吗", f"do you have the {one.title_en}?"))
        asked = await play.ask(buyer, in_language(language, "那要两个", "I'll take two"))
        assert [row[0] for row in asked.buttons] == [one.shade(language), other.shade(language)], asked.text
        assert asked.text.rstrip().endswith(("？", "?")), asked.text
        assert one.shade(language) not in asked.text, "what there is was told a moment ago"
        await play.settled()
        assert await play.cards()
        chosen = await play.ask(buyer, in_language(language, f"{other.variant}的", f"{other.variant_en} please"))
        assert 2 * other.price in numbers(chosen.text), chosen.text
        assert not chosen.buttons


async def test_the_colour_may_be_tapped(play: Play) -> None:
    """The button orders as many as were wanted."""
    one, other = play.made.pair
    for language in LANGUAGES:
        buyer = play.buyer(language)
        asked = await play.ask(
            buyer, in_language(language, f"我要三个{one.title}", f"I'd like to buy three {one.title_en}s")
        )
        await buyer.taps(one.shade(language), on=asked)
        chosen = await buyer.hears()
        assert 3 * one.price in numbers(chosen.text), chosen.text
        assert other.price not in numbers(chosen.text), chosen.text


async def test_nothing_is_asked_where_each_colour_is_named(play: Play) -> None:
    """One of each: both are there, and there is no question left."""
    one, other = play.made.pair
    for language in LANGUAGES:
        said = in_language(
            language,
            f"{one.title}{one.variant}和{other.variant}各要一个",
            f"I'd like to buy one {one.title_en} in {one.variant_en} and one in {other.variant_en}",
        )
        heard = await play.ask(play.buyer(language), said)
        assert not heard.buttons, heard.text


@pytest.mark.parametrize("language", ["zh", "zh_hant"])
async def test_so_many_of_each_colour(play: Play, language: str) -> None:
    """Ten, five of each of two colours, are ten and not fifteen."""
    (one, other), buyer = play.made.pair, play.buyer(language)
    await play.ask(buyer, in_language(language, f"{one.title}多少钱", ""))
    await play.ask(buyer, in_language(language, f"行吧那就要10个，{one.variant}和{other.variant}各5个", ""))
    total = await play.ask(buyer, in_language(language, "一共多少", ""))
    assert 5 * (one.price + other.price) in numbers(total.text), total.text
