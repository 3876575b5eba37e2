"""After the purchase: what goes back to the shop, who pays for it, where to, and what was sent back already."""

import pytest

from sandbox import Person
from tests.made_shop import in_language
from tests.play import LANGUAGES, Play, numbers
from tests.stories.parcels import NUMBER, an_order, shipped


async def on_its_way(play: Play, language: str) -> Person:
    """A buyer whose parcel has left days ago."""
    buyer = play.buyer(language)
    await an_order(play, buyer)
    await shipped(play, buyer)
    await play.pass_time(days=3)
    await buyer.hears_all()
    await play.cards()
    return buyer


WAY_BACK = {
    "zh": "尺码不合适想换一个，来回运费怎么算",
    "zh_hant": "尺寸不合想換一個，寄回去的運費怎麼算",
    "en": "it doesn't fit, how much is the return shipping?",
}


@pytest.mark.parametrize("language", LANGUAGES)
async def test_what_the_way_back_costs(play: Play, language: str) -> None:
    """It is what the shop says of returns, and not the postage of a purchase."""
    heard = await play.ask(await on_its_way(play, language), WAY_BACK[language])
    assert in_language(language, "退回运费您出", "you pay the way back") in heard.text
    assert play.made.free_over not in numbers(heard.text)


@pytest.mark.parametrize(
    ("language", "words"),
    [("zh", "怎么保修，要自己出邮费吗"), ("en", "how does the warranty work, and do I pay the postage?")],
)
async def test_who_pays_for_a_repair(play: Play, language: str, words: str) -> None:
    """Where the warranty does not say, a person does; the postage of a purchase is another matter."""
    heard = await play.ask(await on_its_way(play, language), words)
    assert play.made.warranty_months in numbers(heard.text)
    assert play.made.free_over not in numbers(heard.text)
    assert await play.cards()


WHERE_TO = {"zh": "要寄到哪里去", "zh_hant": "要寄回哪裡", "en": "where do I send it"}


@pytest.mark.parametrize("language", LANGUAGES)
async def test_where_to_send_it(play: Play, language: str) -> None:
    """Behind what was said of returns, it asks for the shop's address: a person's, and nothing about the parcel of then."""
    buyer = await on_its_way(play, language)
    await play.ask(buyer, in_language(language, "可以退货吗", "can I return it?"))
    heard = await play.ask(buyer, WHERE_TO[language])
    assert NUMBER not in heard.text
    assert in_language(language, "掌柜", "shopkeeper") in heard.text
    assert await play.cards()


SENT_BACK = {
    "zh": "我昨天已经寄回去了，单号SF1234567890123",
    "zh_hant": "我昨天已經寄回去了，單號SF1234567890123",
    "en": "I returned it last week",
}


@pytest.mark.parametrize("language", LANGUAGES)
async def test_what_was_sent_back(play: Play, language: str) -> None:
    """A person looks for it; how a return goes, and where the parcel of then is, is not told."""
    heard = await play.ask(await on_its_way(play, language), SENT_BACK[language])
    assert NUMBER not in heard.text
    assert play.made.return_days not in numbers(heard.text)
    assert in_language(language, "掌柜", "shopkeeper") in heard.text
    assert await play.cards()


async def test_how_long_a_replacement_takes(play: Play) -> None:
    """It is no new purchase: no cut-off is told, nobody asks where to; a person says when."""
    buyer = await on_its_way(play, "en")
    heard = await play.ask(buyer, "how long will the replacement take?")
    assert "Where should it go" not in heard.text
    assert "leaves" not in heard.text
    assert await play.cards()


@pytest.mark.parametrize(("language", "words"), [("zh", "不想要了，退了吧"), ("zh_hant", "不想要了，退了吧")])
async def test_an_order_that_has_not_left_is_not_sent_back(play: Play, language: str, words: str) -> None:
    """It is cancelled, and nothing is said of goods that were signed for."""
    buyer = play.buyer(language)
    await an_order(play, buyer)
    heard = await play.ask(buyer, words)
    assert "1001" in heard.text
    assert play.made.return_days not in numbers(heard.text)
