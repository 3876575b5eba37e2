"""A line that means something only after what was said before it."""

import pytest

from tests.made_shop import in_language
from tests.play import LANGUAGES, Play


@pytest.mark.parametrize(("language", "question"), [("zh", "多少钱"), ("zh_hant", "多少錢"), ("en", "how much is it")])
async def test_the_answer_to_which_one_completes_the_question(play: Play, language: str, question: str) -> None:
    """Asked which product was meant, the buyer sends its bare name: the question is answered for it."""
    one, buyer = play.made.plenty, play.buyer(language)
    first = await play.ask(buyer, question)
    assert str(one.price) not in first.text
    assert first.text.rstrip().endswith(("？", "?", "。", "."))
    name = one.title_en if language == "en" else one.title
    assert f"¥{one.price}" in (await play.ask(buyer, name)).text


async def test_another_colour_is_another_variant(play: Play) -> None:
    """ "那墨绿呢" after a talk of the black one is about the green one."""
    made, buyer = play.made, play.buyer()
    gone = await play.ask(buyer, f"{made.sold_out.title}{made.sold_out.variant}有货吗")
    assert made.sold_out.variant in gone.text
    other = await play.ask(buyer, f"那{made.sister.variant}呢")
    assert f"{made.sister.stock} 件" in other.text


async def test_all_that_was_asked_is_asked_of_another_colour(play: Play) -> None:
    """ "In stock, and when does it leave?", and then another colour: both are told of that one, and of one that is sold out
    what is near to it, as a question, and not when it would leave."""
    made, cutoff = play.made, f"{play.made.cutoff:%H:%M}"
    for language in LANGUAGES:
        buyer, shade = play.buyer(language), made.sister.shade(language)
        both = in_language(language, "有货吗，什么时候发货", "is it in stock, and when does it ship?")
        first = await play.ask(buyer, f"{made.sister.named(language)} {shade} {both}")
        assert f"{made.sister.stock} " in first.text, first.text
        assert cutoff in first.text, first.text
        gone = await play.ask(
            buyer, in_language(language, f"{made.sold_out.variant}的呢", f"and the {made.sold_out.variant_en} one?")
        )
        assert shade in gone.text, gone.text
        assert gone.text.rstrip().endswith(("？", "?")), gone.text
        assert cutoff not in gone.text


async def test_what_was_asked_together_is_asked_again_together(play: Play) -> None:
    """The other colour is there: how many, and when it leaves."""
    one, other = play.made.pair
    cutoff = f"{play.made.cutoff:%H:%M}"
    for language in LANGUAGES:
        buyer = play.buyer(language)
        both = in_language(language, "有货吗，什么时候发货", "is it in stock, and when does it ship?")
        await play.ask(buyer, f"{one.named(language)} {one.shade(language)} {both}")
        then = await play.ask(buyer, in_language(language, f"{other.variant}的呢", f"and the {other.variant_en} one?"))
        assert f"{other.stock} " in then.text, then.text
        assert cutoff in then.text, then.text


async def test_behind_a_talk_of_parcels_another_colour_is_asked_whether_it_is_there(play: Play) -> None:
    """When parcels leave is no different for another colour: of that it is told whether it is there."""
    made = play.made
    for language in LANGUAGES:
        buyer, title = play.buyer(language), made.sister.named(language)
        await play.ask(buyer, in_language(language, f"{title}什么时候发货", f"when do you ship the {title}?"))
        gone = await play.ask(
            buyer, in_language(language, f"{made.sold_out.variant}的呢", f"and the {made.sold_out.variant_en} one?")
        )
        assert made.sister.shade(language) in gone.text, gone.text


async def test_who_asks_what_a_sold_out_thing_costs_is_offered_another(play: Play) -> None:
    """Its price, and in the same message that it is gone and what is near to it: no postage of what cannot be had."""
    made = play.made
    for language in LANGUAGES:
        title, shade = made.sold_out.named(language), made.sold_out.shade(language)
        heard = await play.ask(
            play.buyer(language), in_language(language, f"{title}{shade}多少钱", f"how much is the {title} in {shade}?")
        )
        assert f"¥{made.sold_out.price}" in heard.text, heard.text
        assert made.sister.shade(language) in heard.text, heard.text
        assert heard.text.rstrip().endswith(("？", "?")), heard.text
        assert in_language(language, "送布袋", "free cloth bag") not in heard.text


async def test_the_answer_to_where_to_completes_the_question(play: Play) -> None:
    """Asked where to, the buyer sends a bare city: days and dates for that region."""
    made, buyer = play.made, play.buyer()
    first = await play.ask(buyer, "几天能到")
    assert first.text.rstrip().endswith("？")
    then = await play.ask(buyer, "杭州")
    low, high = made.near_transit
    assert f"{low}–{high} 天" in then.text
    assert "杭州" in then.text


async def test_a_thank_you_is_no_answer_to_which_one(play: Play) -> None:
    """The question that waits holds a place: that does not make the next words an answer to it."""
    buyer = play.buyer()
    await play.ask(buyer, "多少钱寄到杭州的这个")
    await buyer.says("嗯")
    await play.settled()
    assert not any("哪一款" in heard.text for heard in await buyer.hears_all())


async def test_what_a_button_says_may_be_typed(play: Play) -> None:
    """ "有货通知我" typed is as good as tapped: told once when it is back; "不用了" gets one kind word."""
    made, buyer = play.made, play.buyer()
    await play.ask(buyer, f"{made.sold_out.title}{made.sold_out.variant}有货吗")
    noted = await play.ask(buyer, "到货了告诉我一声")
    assert made.sold_out.variant in noted.text
    await play.command(f"/stock {made.sold_out.sku} 7")
    assert "7 件" in (await buyer.hears()).text
    other = play.buyer()
    await play.ask(other, f"{made.lonely.title}有货吗")
    assert "慢慢" in (await play.ask(other, "不用了")).text


async def test_what_was_written_while_muted_waits_in_the_inbox(play: Play) -> None:
    """A line that reached a silenced bot waits for a person, also after the bot goes on."""
    buyer = play.buyer()
    await play.ask(buyer, "在吗")
    await play.command(f"/take {buyer.id}")
    await buyer.says("那个能不能刻字")
    await play.settled()
    await play.command(f"/release {buyer.id}")
    assert str(buyer.id) in (await play.command("/inbox")).text
