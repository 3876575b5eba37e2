"""What buyers write when a parcel does not come as it should: what is on file is told, and a person is called."""

import pytest

from sandbox import Person
from tests.carriers.pretend import PretendCarriers
from tests.made_shop import in_language
from tests.play import LANGUAGES, Play
from tests.stories.orders import paid
from tests.stories.parcels import NUMBER, an_order, shipped, stand

ASKED = ("请掌柜", "asked the shopkeeper")
WHERE = ("我的包裹到哪了", "where is my parcel?")


async def on_its_way(play: Play, language: str) -> Person:
    """A buyer whose parcel has just left."""
    buyer = play.buyer(language)
    await an_order(play, buyer)
    await shipped(play, buyer)
    await play.cards()
    return buyer


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_carrier_that_knows_nothing_for_days(shop: Play, language: str) -> None:
    """In the first hours that is usual, and said to be. After days it is not: a person is asked to look."""
    buyer = await on_its_way(shop, language)
    usual = in_language(language, "几个小时", "a few hours")
    assert usual in (await shop.ask(buyer, in_language(language, *WHERE))).text
    assert not await shop.cards()
    await shop.pass_time(days=3)
    await buyer.hears_all()
    await shop.cards()
    heard = await shop.ask(buyer, in_language(language, *WHERE))
    assert usual not in heard.text
    assert in_language(language, "还没有记录", "no record") in heard.text
    assert in_language(language, *ASKED) in heard.text
    assert await shop.cards()


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_parcel_that_nobody_follows(play: Play, language: str) -> None:
    """Without an account nothing is said of what the carrier knows: the number is there to be looked up."""
    buyer = await on_its_way(play, language)
    await play.pass_time(days=3)
    heard = await play.ask(buyer, in_language(language, *WHERE))
    assert NUMBER in heard.text
    assert in_language(language, "我这边看不到", "I cannot see from here") in heard.text
    assert in_language(language, "记录", "record") not in heard.text


SIGNED = {
    "zh": ["快递显示签收了但是我没收到啊", "明明写着已签收，可是我没拿到包裹"],
    "zh_hant": ["物流寫已簽收可是我沒收到貨", "張單寫已簽收但我冇收過喎"],
    "en": ["tracking says delivered but I never got it", "it shows as delivered, I haven't received my parcel"],
}


@pytest.mark.parametrize("is_delivered", [False, True])
@pytest.mark.parametrize(("language", "words"), [(one, each) for one, lines in SIGNED.items() for each in lines])
async def test_signed_for_and_not_received(
    shop: Play, pretend: PretendCarriers, language: str, words: str, is_delivered: bool
) -> None:
    """Whether our record says so too or not, a person is asked to look."""
    buyer = await on_its_way(shop, language)
    step = ("Delivered", "Delivered_Other") if is_delivered else ("InTransit", "InTransit_Arrival")
    stand(shop, pretend, *step, "At the door")
    await shop.pass_time(hours=12)
    await buyer.hears_all()
    await shop.cards()
    heard = await shop.ask(buyer, words)
    assert in_language(language, *ASKED) in heard.text
    assert NUMBER in heard.text
    assert await shop.cards()


LOST = {
    "zh": ["包裹好几天没动静了，是不是丢了", "快递是不是给我弄丢了", "取件码是多少，快递放驿站了"],
    "zh_hant": ["包裹是不是寄丟了", "我的包裹卡在哪裡了，是不是不見了"],
    "en": ["is my parcel lost?", "where is my parcel, has it gone missing?"],
}


@pytest.mark.parametrize(("language", "words"), [(one, each) for one, lines in LOST.items() for each in lines])
async def test_a_parcel_feared_lost(shop: Play, language: str, words: str) -> None:
    """The state is told, and a person is asked to look."""
    buyer = await on_its_way(shop, language)
    heard = await shop.ask(buyer, words)
    assert in_language(language, "掌柜", "shopkeeper") in heard.text
    assert await shop.cards()


@pytest.mark.parametrize("words", ["我的包裹签收了吗", "包裹还没收到，到哪了", "快递今天能送达吗"])
async def test_a_question_is_no_trouble(shop: Play, pretend: PretendCarriers, words: str) -> None:
    """Who only asks where it is, of a parcel that moves, calls nobody."""
    buyer = await on_its_way(shop, "zh")
    stand(shop, pretend, "InTransit", "InTransit_Arrival", "Arrived", "Shanghai")
    await shop.pass_time(hours=12)
    await buyer.hears_all()
    await shop.cards()
    await shop.ask(buyer, words)
    assert not await shop.cards()


@pytest.mark.parametrize("language", LANGUAGES)
async def test_one_parcel_on_its_way_and_one_order_not_yet_sent(shop: Play, language: str) -> None:
    """Who asks where several parcels are hears of the one that has left, and of the order that has not."""
    buyer = await on_its_way(shop, language)
    number = await paid(shop, buyer)
    words = in_language(language, "我两个包裹都到哪了", "where are both my parcels?")
    heard = await shop.ask(buyer, words)
    assert NUMBER in heard.text
    assert number in heard.text
    heard = await shop.ask(buyer, in_language(language, *WHERE))
    assert NUMBER in heard.text
