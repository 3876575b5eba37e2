"""A buyer edits a line that was answered: what means another thing is answered once more, and the seller sees every edit."""

from tests.made_shop import in_language
from tests.play import LANGUAGES, Play, numbers
from tests.stories.handing_over import UNCLEAR

SEEN = ("看到您改了", "I see you changed")


async def test_another_number_is_answered_once_more(play: Play) -> None:
    """Two become three: the sum is told for three, and it is said that the change was seen."""
    one = play.made.plenty
    for language in LANGUAGES:
        buyer = play.buyer(language)
        two, three = (
            in_language(language, f"{one.title}{zh}个多少钱", f"how much are {en} of the {one.title_en}?")
            for zh, en in (("2", "2"), ("3", "3"))
        )
        number = await buyer.says(two)
        assert 2 * one.price in numbers((await buyer.hears()).text)
        await buyer.edits(number, three)
        await play.settled()
        heard = await play.only(buyer)
        assert 3 * one.price in numbers(heard.text), heard.text
        assert in_language(language, *SEEN) in heard.text
        history = (await play.command(f"/history {buyer.id}")).text
        assert history.index(two) < history.index(three)


async def test_another_colour_is_answered_once_more(play: Play) -> None:
    """The other of the pair, with its own stock."""
    first, second = play.made.pair
    for language in LANGUAGES:
        buyer = play.buyer(language)
        one, other = (
            in_language(
                language, f"{each.title}{each.variant}有货吗", f"is the {each.title_en} in {each.variant_en} in stock?"
            )
            for each in (first, second)
        )
        number = await buyer.says(one)
        await buyer.hears()
        await buyer.edits(number, other)
        await play.settled()
        heard = await play.only(buyer)
        assert second.shade(language) in heard.text, heard.text
        assert int(second.stock) in numbers(heard.text), heard.text


async def test_a_slip_of_the_pen_is_not_answered_again(play: Play) -> None:
    """What asks the same is not told twice; nor is a line that is edited again and again."""
    one = play.made.plenty
    buyer = play.buyer()
    number = await buyer.says(f"{one.title}有货嘛")
    await buyer.hears()
    await buyer.edits(number, f"{one.title}有货吗？")
    await play.settled()
    assert not await buyer.hears_all()
    for many in range(2, 6):
        await buyer.edits(number, f"{one.title}{many}个多少钱")
        await play.settled()
    assert len(await buyer.hears_all()) == 1


async def test_the_seller_sees_what_a_line_has_become(play: Play) -> None:
    """On the card that waits, and where the bot is silent."""
    for language in LANGUAGES:
        buyer = play.buyer(language)
        await play.cards()
        number = await buyer.says(UNCLEAR[language])
        await buyer.hears()
        new = UNCLEAR[language].replace("?", "").replace("？", "") + " …"
        await buyer.edits(number, new)
        await play.settled()
        assert any("✏️" in card.text and new in card.text for card in play.owner.sees), [c.text for c in play.owner.sees]
        await play.command(f"/bot off {buyer.id}")
        number = await buyer.says("12345 6")
        await buyer.edits(number, "12345 7")
        await play.settled()
        assert any("✏️ 12345 7" in card.text for card in play.owner.sees)
