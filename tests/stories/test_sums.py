"""Several things wanted together: what they come to."""

from tests.made_shop import in_language
from tests.play import LANGUAGES, Play, numbers


async def test_two_goods_together(play: Play) -> None:
    """One of this and two of that: each price, and what it comes to; the postage is that of the whole."""
    one, (other, _) = play.made.plenty, play.made.pair
    for language in LANGUAGES:
        words = in_language(
            language,
            f"一个{one.title}加两个{other.title}一共多少钱",
            f"the {one.title_en} and two {other.title_en} together, how much?",
        )
        heard = await play.ask(play.buyer(language), words)
        said = numbers(heard.text)
        prices = {one.price for one in play.made.pair}
        least, most = one.price + 2 * min(prices), one.price + 2 * max(prices)
        assert least in said, heard.text
        assert most in said, heard.text


async def test_prices_side_by_side_are_not_added(play: Play) -> None:
    """Who asks what two things cost is not told a sum nobody asked for."""
    one, other = play.made.plenty, play.made.cousin
    for language in LANGUAGES:
        words = in_language(
            language, f"{one.title}和{other.title}多少钱", f"how much are the {one.title_en} and the {other.title_en}?"
        )
        heard = await play.ask(play.buyer(language), words)
        assert in_language(language, "加起来", "Together that") not in heard.text


async def test_what_was_wanted_line_by_line_is_summed_up(play: Play) -> None:
    """Two of this, then one of that: "how much altogether?" is of both, the seller's card names both, and what is left out
    again is in neither."""
    one, (other, _) = play.made.plenty, play.made.pair
    for language in LANGUAGES:
        buyer = play.buyer(language)
        await play.cards()
        await play.ask(buyer, in_language(language, f"{one.title}要两个", f"I'd like to buy two of the {one.title_en}"))
        more = in_language(
            language, f"再要一个{other.title}{other.variant}", f"and one {other.title_en} in {other.variant_en}"
        )
        await play.ask(buyer, more)
        total = await play.ask(buyer, in_language(language, "一共多少钱", "how much is it altogether?"))
        assert 2 * one.price + other.price in numbers(total.text), total.text
        await play.settled()
        card = (await play.cards())[-1]
        assert one.sku in card.text, card.text
        assert other.sku in card.text, card.text
        left = await play.ask(buyer, in_language(language, f"{other.title}不要了", f"leave out the {other.title_en}"))
        assert other.named(language) in left.text, left.text
        total = await play.ask(buyer, in_language(language, "那一共多少钱", "so how much altogether?"))
        assert 2 * one.price in numbers(total.text), total.text
        assert 2 * one.price + other.price not in numbers(total.text), total.text


async def test_another_of_what_is_wanted_is_one_more(play: Play) -> None:
    """再来一个 of what is wanted already makes two of it; an order that is made takes it off the list."""
    one, buyer = play.made.plenty, play.buyer()
    await play.ask(buyer, f"{one.title}要一个")
    await play.ask(buyer, f"{one.title}再来一个")
    assert 2 * one.price in numbers((await play.ask(buyer, "一共多少钱")).text)
    await play.command(f"/order new {buyer.id} {one.sku} 2")
    await buyer.hears()
    cousin = play.made.cousin
    await play.ask(buyer, f"{cousin.title}要一个")
    assert 2 * one.price + cousin.price not in numbers((await play.ask(buyer, "一共多少钱")).text)


async def test_prices_asked_for_one_by_one_are_summed_up(play: Play) -> None:
    """What this costs, what that costs, and then "altogether?"."""
    one, other = play.made.plenty, play.made.cousin
    for language in LANGUAGES:
        buyer = play.buyer(language)
        for good in (one, other):
            await play.ask(buyer, in_language(language, f"{good.title}多少钱", f"how much is the {good.title_en}?"))
        total = await play.ask(buyer, in_language(language, "一共多少", "how much altogether?"))
        assert one.price + other.price in numbers(total.text), total.text


async def test_what_was_just_told_is_not_told_again_to_who_takes_it(play: Play) -> None:
    """ "I'll take it": which thing and how many, and that the shopkeeper comes; not once more how many there are."""
    one = play.made.plenty
    for language in LANGUAGES:
        buyer = play.buyer(language)
        await play.ask(buyer, in_language(language, f"{one.title}有货吗", f"is the {one.title_en} in stock?"))
        taken = await play.ask(buyer, in_language(language, "好的我要了", "ok, I'll take it"))
        assert one.named(language) in taken.text, taken.text
        assert int(one.stock) not in numbers(taken.text), taken.text


async def test_a_colour_of_what_was_spoken_of_and_other_goods_besides(play: Play) -> None:
    """The green one, plus two of those: the colour is of what was spoken of, and lent to nothing else; both are ordered."""
    one, (first, second) = play.made.plenty, play.made.pair
    for language in LANGUAGES:
        buyer = play.buyer(language)
        await play.ask(buyer, in_language(language, f"{first.title}有货吗", f"do you have the {first.title_en}?"))
        await play.cards()
        words = in_language(
            language,
            f"{second.variant}的来一个，再加两个{one.title}",
            f"the {second.variant_en} one please, plus two of the {one.title_en}",
        )
        heard = await play.ask(buyer, words)
        await play.settled()
        card = (await play.cards())[-1].text
        for wanted in (f"{second.title} · {second.variant} 1", second.sku, one.sku):
            assert wanted in card, card
        assert first.sku not in card, card
        assert 2 * one.price in numbers(heard.text), heard.text
