"""An order in one breath with a question: the question is answered, and the order is taken."""

import pytest

from tests.made_shop import in_language
from tests.play import LANGUAGES, Play, numbers
from tests.stories.goods import asks_for


@pytest.mark.parametrize("language", LANGUAGES)
async def test_an_order_beside_a_question_of_the_parcel(play: Play, language: str) -> None:
    """How long it takes is told, and the shopkeeper's card says what is wanted."""
    buyer, good = play.buyer(language), play.made.plenty
    await asks_for(play, buyer, good, language)
    await play.cards()
    heard = await play.ask(
        buyer, in_language(language, "要两个，发到成都，大概几天能到", "two please, how long does it take to Chengdu?")
    )
    assert f"{play.made.transit[0]}–{play.made.transit[1]}" in heard.text
    assert in_language(language, "下单", "take your order") in heard.text
    card = await play.card()
    assert good.sku in card.text
    assert " 2 " in card.text.split("\n")[2]


@pytest.mark.parametrize("language", LANGUAGES)
async def test_goods_and_how_many_beside_a_wish(play: Play, language: str) -> None:
    """A wish about the wrapping is noted, and what is to be wrapped is ordered."""
    buyer, good = play.buyer(language), play.made.plenty
    heard = await play.ask(
        buyer,
        in_language(
            language,
            f"{good.variant}的{good.title}两个，可以帮我分开包吗",
            f"2 {good.title_en}s in {good.variant_en} please. can you wrap them separately?",
        ),
    )
    assert in_language(language, "记下了", "written that down") in heard.text
    assert in_language(language, "下单", "take your order") in heard.text
    assert good.sku in (await play.card()).text


async def test_a_bargain_is_no_order(play: Play) -> None:
    """Two are meant if they come for less: nothing is ordered yet."""
    buyer = play.buyer()
    await asks_for(play, buyer, play.made.plenty, "zh")
    await play.cards()
    heard = await play.ask(buyer, "要两个，能便宜点吗")
    assert "给您下单" not in heard.text
    assert await play.cards() == []


async def test_a_question_that_nobody_understood_is_not_lost_behind_an_order(play: Play) -> None:
    """The card holds both."""
    buyer = play.buyer()
    await asks_for(play, buyer, play.made.plenty, "zh")
    await play.cards()
    await play.ask(buyer, "要两个，能不能给我刻个名字在上面呀")
    card = await play.card()
    assert play.made.plenty.sku in card.text
    assert "刻个名字" in card.text


@pytest.mark.parametrize("language", LANGUAGES)
async def test_an_address_with_name_and_number_is_passed_on(play: Play, language: str) -> None:
    """ "Ship to …" behind an order asks nothing: the address is acknowledged."""
    buyer, good = play.buyer(language), play.made.plenty
    await asks_for(play, buyer, good, language)
    await play.ask(buyer, in_language(language, "来一个", "one please"))
    heard = await play.ask(
        buyer,
        in_language(
            language,
            "寄到杭州市西湖区文三路88号 王芳 13800138000",
            "ship to 22 Nanshan Road, Hangzhou, Zhang Wei 13900001111",
        ),
    )
    assert in_language(language, "地址收到了", "passed your address") in heard.text


@pytest.mark.parametrize("language", LANGUAGES)
async def test_the_sum_of_what_is_ordered_in_the_same_breath(play: Play, language: str) -> None:
    """Two of what was spoken of and one more thing: both are on the card, and the sum is that of both."""
    buyer, good, (other, _) = play.buyer(language), play.made.plenty, play.made.pair
    await asks_for(play, buyer, good, language)
    await play.cards()
    heard = await play.ask(
        buyer,
        in_language(
            language,
            f"要两个，再要一个{other.variant}的{other.title}，一共多少钱",
            f"two please, also one {other.title_en} in {other.variant_en}, how much altogether?",
        ),
    )
    assert 2 * good.price + other.price in numbers(heard.text)
    card = await play.card()
    assert good.sku in card.text
    assert other.sku in card.text
