"""Only naming a thing: a shopkeeper tells whether it is there and what it costs, and never asks what the buyer is looking for."""

from tests.made_shop import in_language
from tests.play import LANGUAGES, Play, numbers


async def test_a_bare_name_is_answered(play: Play) -> None:
    """The first words are a product's name: stock and price, and no "what are you looking for?"."""
    one = play.made.plenty
    for language in LANGUAGES:
        heard = await play.ask(play.buyer(language), in_language(language, one.title, one.title_en))
        assert one.named(language) in heard.text
        assert {int(one.stock), one.price} <= set(numbers(heard.text))


async def test_a_wish_for_a_thing_is_answered(play: Play) -> None:
    """Somebody wants such a thing, and says for whom."""
    one = play.made.plenty
    for language in LANGUAGES:
        words = in_language(language, f"想买个{one.title}，送妈妈的", f"looking for a {one.title_en} for my mum")
        heard = await play.ask(play.buyer(language), words)
        assert one.price in numbers(heard.text)


async def test_a_bare_colour_is_of_what_was_spoken_of(play: Play) -> None:
    """The other colour, named alone, is the same product in that colour."""
    one, other = play.made.pair
    for language in LANGUAGES:
        buyer = play.buyer(language)
        await play.ask(buyer, in_language(language, f"{one.title}有货吗", f"is the {one.title_en} in stock?"))
        words = in_language(language, f"要{other.variant}的吧", f"ok the {other.variant_en} one then")
        heard = await play.ask(buyer, words)
        assert other.shade(language) in heard.text
        assert int(other.stock) in numbers(heard.text)


async def test_a_name_behind_a_complaint_is_no_purchase(play: Play) -> None:
    """Who was asked to wait for a person, and says which thing is broken, is not told that there are more of it."""
    one = play.made.plenty
    for language in LANGUAGES:
        buyer = play.buyer(language)
        await play.ask(buyer, in_language(language, "收到就是坏的", "it arrived broken"))
        await buyer.says(in_language(language, one.title, one.title_en))
        await play.settled()
        assert all(one.price not in numbers(heard.text) for heard in await buyer.hears_all())


async def test_how_many_are_taken_is_heard(play: Play) -> None:
    """ "I'll take 2": enough of them, and what they come to."""
    one = play.made.plenty
    for language in LANGUAGES:
        buyer = play.buyer(language)
        await play.ask(buyer, in_language(language, f"{one.title}有货吗", f"is the {one.title_en} in stock?"))
        heard = await play.ask(buyer, in_language(language, "要两个", f"i'll take 2 {one.variant_en} ones"))
        assert 2 * one.price in numbers(heard.text)
