"""Several colours in one line, each with its own number: the order holds exactly what was said, and the sum is right."""

import pytest

from sandbox import Heard, Person
from tests.made_shop import in_language
from tests.play import LANGUAGES, Play, numbers


async def spoken_of(play: Play, language: str) -> Person:
    """A buyer who has heard of the product that comes in two colours."""
    one, buyer = play.made.pair[0], play.buyer(language)
    await play.ask(buyer, in_language(language, f"{one.title}有货吗", f"do you have the {one.title_en}?"))
    await play.cards()
    return buyer


async def ordered(play: Play) -> str:
    """What the seller's newest card says; "" where there is none."""
    await play.settled()
    cards = await play.cards()
    return cards[-1].text if cards else ""


@pytest.mark.parametrize("language", LANGUAGES)
async def test_so_many_of_each(play: Play, language: str) -> None:
    """Two of this colour and one of that: each is told and ordered with its own number, with what they come to."""
    one, other = play.made.pair
    shades = one.shade("en"), other.shade("en")
    for words, words_en in (
        (f"来两个{one.variant}的一个{other.variant}的", f"two of the {shades[0]} and one {shades[1]}"),
        (f"{one.variant}两个，{other.variant}一个", f"{shades[0]} x2, {shades[1]} x1"),
        (f"要3个，2个{one.variant}1个{other.variant}", f"3 in total, 2 {shades[0]} and 1 {shades[1]}"),
    ):
        buyer = await spoken_of(play, language)
        heard = await play.ask(buyer, in_language(language, words, words_en))
        assert 2 * one.price + other.price in numbers(heard.text), heard.text
        assert not heard.buttons, heard.text
        card = await ordered(play)
        assert f"{one.variant} 2" in card, card
        assert f"{other.variant} 1" in card, card
        total = await play.ask(buyer, in_language(language, "一共多少", "how much altogether?"))
        assert 2 * one.price + other.price in numbers(total.text), total.text


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_question_besides(play: Play, language: str) -> None:
    """What is asked in the same breath is answered, and the order stands."""
    (one, other), buyer = play.made.pair, await spoken_of(play, language)
    words = in_language(
        language,
        f"两个{one.variant}的一个{other.variant}的，什么时候发货",
        f"two {one.variant_en} and one {other.variant_en}, when do they ship?",
    )
    heard = await play.ask(buyer, words)
    assert play.made.carrier_in(language) in heard.text, heard.text
    assert 2 * one.price + other.price in numbers(heard.text), heard.text
    card = await ordered(play)
    assert f"{one.variant} 2" in card, card
    assert f"{other.variant} 1" in card, card


@pytest.mark.parametrize("language", LANGUAGES)
async def test_other_goods_besides(play: Play, language: str) -> None:
    """Two colours of one thing and another thing are three parts of one order."""
    (one, other), more, buyer = play.made.pair, play.made.plenty, await spoken_of(play, language)
    words = in_language(
        language,
        f"来两个{one.variant}的一个{other.variant}的，再来一个{more.title}",
        f"two {one.variant_en}, one {other.variant_en} and one {more.title_en}",
    )
    heard = await play.ask(buyer, words)
    assert 2 * one.price + other.price + more.price in numbers(heard.text), heard.text
    card = await ordered(play)
    for part in (f"{one.variant} 2", f"{other.variant} 1", more.sku):
        assert part in card, card


@pytest.mark.parametrize("language", LANGUAGES)
async def test_fewer_are_named_than_wanted(play: Play, language: str) -> None:
    """Five in all, two of them in this colour: the rest is asked about, and the answer is the other three."""
    made = play.made
    one, other, buyer = made.plenty, made.pair, await spoken_of(play, language)
    one = other[0]
    words = in_language(language, f"一共5个，2个{one.variant}的", f"5 in total, 2 {one.variant_en}")
    await play.ask(buyer, words)
    assert f"{one.variant} 2" in await ordered(play)
    await play.ask(buyer, in_language(language, f"{other[1].variant}的", f"{other[1].variant_en} please"))
    total = await play.ask(buyer, in_language(language, "一共多少", "how much altogether?"))
    assert 2 * one.price + 3 * other[1].price in numbers(total.text), total.text


@pytest.mark.parametrize("language", LANGUAGES)
async def test_numbers_that_do_not_add_up(play: Play, language: str) -> None:
    """Nobody knows which of them is right: it is asked, and nothing is ordered until it is said again."""
    (one, other), buyer = play.made.pair, await spoken_of(play, language)
    words = in_language(
        language,
        f"要3个，2个{one.variant}的2个{other.variant}的",
        f"3 in total, 2 {one.variant_en} and 2 {other.variant_en}",
    )
    heard = await play.ask(buyer, words)
    assert heard.text.rstrip().endswith(("？", "?")), heard.text
    assert 3 in numbers(heard.text), heard.text
    assert await ordered(play) == ""
    again = in_language(language, f"2个{one.variant}1个{other.variant}", f"2 {one.variant_en}, 1 {other.variant_en}")
    heard = await play.ask(buyer, again)
    assert 2 * one.price + other.price in numbers(heard.text), heard.text


@pytest.mark.parametrize("language", LANGUAGES)
async def test_what_they_would_cost(play: Play, language: str) -> None:
    """A question of the price is answered with the sum, and orders nothing."""
    one, other = play.made.pair
    words = in_language(
        language,
        f"{one.title}两个{one.variant}的一个{other.variant}的多少钱",
        f"how much for two {one.variant_en} and one {other.variant_en} {one.title_en}?",
    )
    heard = await play.ask(play.buyer(language), words)
    assert 2 * one.price + other.price in numbers(heard.text), heard.text
    assert await ordered(play) == ""


@pytest.mark.parametrize("language", LANGUAGES)
async def test_one_of_them_is_sold_out(play: Play, language: str) -> None:
    """What is there is ordered; for the other there is an apology, and it is in no order."""
    made = play.made
    gone, there = made.sold_out, made.plenty
    words = in_language(
        language,
        f"我要两个{there.title}，一个{gone.variant}的{gone.title}",
        f"I'd like two {there.title_en} and one {gone.variant_en} {gone.title_en}",
    )
    buyer = play.buyer(language)
    await play.cards()
    heard = await play.ask(buyer, words)
    assert in_language(language, "不好意思", "I'm sorry") in heard.text, heard.text
    card = await ordered(play)
    assert there.sku in card, card
    assert gone.sku not in card, card


async def wants(play: Play, language: str) -> Person:
    """A buyer who wants two of the one colour and one of the other."""
    one, other = play.made.pair
    buyer = await spoken_of(play, language)
    words = f"来两个{one.variant}的一个{other.variant}的", f"two {one.variant_en} and one {other.variant_en}"
    await play.ask(buyer, in_language(language, *words))
    return buyer


async def sum_told(play: Play, buyer: Person, language: str) -> Heard:
    return await play.ask(buyer, in_language(language, "一共多少", "how much altogether?"))


@pytest.mark.parametrize("language", LANGUAGES)
async def test_numbers_said_again(play: Play, language: str) -> None:
    """What is corrected before there is an order is wanted in the other numbers, and what is added is added."""
    one, other = play.made.pair
    for words, words_en, many in (
        (f"不对，{one.variant}一个{other.variant}两个", f"no, one {one.variant_en} and two {other.variant_en}", (1, 2)),
        (f"改成{one.variant}三个", f"make it three {one.variant_en}", (3, 1)),
        (f"{one.variant}的再加一个", f"one more in {one.variant_en}", (3, 1)),
    ):
        buyer = await wants(play, language)
        await play.ask(buyer, in_language(language, words, words_en))
        total = await sum_told(play, buyer, language)
        assert many[0] * one.price + many[1] * other.price in numbers(total.text), total.text


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_number_alone_said_again(play: Play, language: str) -> None:
    """Of the one thing that is wanted it is the number; of two, it is asked which of them."""
    good, (one, other) = play.made.plenty, play.made.pair
    three = in_language(language, "不对，是三个", "no sorry, three")
    buyer = play.buyer(language)
    await play.ask(buyer, in_language(language, f"{good.title}要两个", f"I'd like two {good.title_en}"))
    await play.ask(buyer, three)
    assert 3 * good.price in numbers((await sum_told(play, buyer, language)).text)
    buyer = await wants(play, language)
    asked = await play.ask(buyer, three)
    assert [row[0] for row in asked.buttons] == [one.shade(language), other.shade(language)], asked.text
    await buyer.taps(other.shade(language), on=asked)
    await buyer.hears()
    total = await sum_told(play, buyer, language)
    assert 2 * one.price + 3 * other.price in numbers(total.text), total.text


@pytest.mark.parametrize("language", LANGUAGES)
async def test_one_colour_is_left_out_again(play: Play, language: str) -> None:
    """And the other stays."""
    (one, other), buyer = play.made.pair, await wants(play, language)
    words = in_language(language, f"{other.variant}的不要了", f"leave out the {other.variant_en} one")
    left = await play.ask(buyer, words)
    assert other.shade(language) in left.text, left.text
    assert one.shade(language) not in left.text, left.text
    total = await sum_told(play, buyer, language)
    assert 2 * one.price in numbers(total.text), total.text
    assert other.shade(language) not in total.text, total.text


@pytest.mark.parametrize("language", ["zh", "zh_hant"])
async def test_one_colour_and_its_number(play: Play, language: str) -> None:
    """短袖黑的两件 is an order, though it has no verb."""
    one, buyer = play.made.pair[0], play.buyer(language)
    heard = await play.ask(buyer, in_language(language, f"{one.title}{one.variant}的两个", ""))
    assert 2 * one.price in numbers(heard.text), heard.text
    assert f"{one.variant} 2" in await ordered(play)


@pytest.mark.parametrize("language", LANGUAGES)
async def test_one_colour_in_the_place_of_another(play: Play, language: str) -> None:
    """Before there is an order, 换成白的 changes what is wanted: the buyer hears so, and the sum and the card follow."""
    one, other = play.made.pair
    for words, words_en in (
        (f"换成{other.variant}的", f"make it {other.shade('en')} instead"),
        (f"{one.variant}的换成{other.variant}的吧", f"can you change it to the {other.shade('en')} one please"),
    ):
        buyer = await spoken_of(play, language)
        await play.ask(buyer, in_language(language, f"来两个{one.variant}的", f"I'll take two in {one.shade('en')}"))
        heard = await play.ask(buyer, in_language(language, words, words_en))
        assert in_language(language, "换成", "instead of") in heard.text, heard.text
        card = await ordered(play)
        assert f"{other.variant} 2" in card, card
        assert f"{one.variant} 2" not in card.rpartition("要的")[2], card
        total = await play.ask(buyer, in_language(language, "一共多少", "how much altogether?"))
        assert 2 * other.price in numbers(total.text), total.text


async def test_an_exchange_is_no_change_of_what_is_wanted(play: Play) -> None:
    """换货 asks for another matter, and what is wanted stays."""
    one, other = play.made.pair
    buyer = await spoken_of(play, "zh")
    await play.ask(buyer, f"来两个{one.variant}的")
    heard = await play.ask(buyer, f"上次买的{other.variant}的想换货")
    assert "换成" not in heard.text, heard.text
    total = await play.ask(buyer, "一共多少")
    assert 2 * one.price in numbers(total.text), total.text
