"""How people really write to a shop: in fragments, with a place or a colour alone, with a budget, in the words of their town."""

from dataclasses import replace

import pytest

from tests.made_shop import in_language, make_shop
from tests.play import LANGUAGES, OpenShop, Play, numbers
from tests.stories.orders import met


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_price_is_told_once_where_less_is_asked_for_as_well(play: Play, language: str) -> None:
    """How much, and can it be less? The price stands there once, and that it stays is said without it."""
    good = play.made.plenty
    words = in_language(
        language, f"{good.title}多少钱，能便宜点吗", f"how much is the {good.title_en}? can you do it cheaper?"
    )
    heard = await play.ask(await met(play, language), words)
    assert numbers(heard.text).count(good.price) == 1, heard.text
    assert in_language(language, "不另外议价", "they stay there") in heard.text


@pytest.mark.parametrize("language", LANGUAGES)
async def test_the_last_word_on_one_thing_is_none_on_another(play: Play, language: str) -> None:
    """Who has heard that one price stands hears what the other thing costs before they hear that it stands too."""
    buyer = await met(play, language)
    for good in (play.made.plenty, play.made.cousin):
        words = in_language(language, f"{good.title}能便宜点吗", f"can you do the {good.title_en} cheaper?")
        heard = await play.ask(buyer, words)
        assert good.price in numbers(heard.text), heard.text


@pytest.mark.parametrize(("language", "words"), [("zh", "到货叫我一声"), ("zh_hant", "到貨通知我一聲")])
async def test_who_waits_for_goods_leaves_no_note_for_the_parcel(play: Play, language: str, words: str) -> None:
    """To be told when it is back is promised, and nothing is written on a parcel."""
    buyer, gone = await met(play, language), play.made.lonely
    await play.ask(buyer, in_language(language, f"{gone.title}有货吗", ""))
    heard = await play.ask(buyer, words)
    assert gone.named(language) in heard.text
    assert "「" not in heard.text


PICTURES = {"zh": "有照片吗", "zh_hant": "有冇實物照片呀", "en": "do you have any photos of it?"}


@pytest.mark.parametrize("language", LANGUAGES)
async def test_pictures_of_what_was_spoken_of(play: Play, language: str) -> None:
    """They are shown where there are some; else the shopkeeper is to send some, which is said."""
    for good in (play.made.plenty, play.made.pair[0]):
        buyer = await met(play, language)
        shade = in_language(language, good.variant, good.variant_en)
        await play.ask(
            buyer, in_language(language, f"{good.title}{shade}有货吗", f"is the {good.title_en} in {shade} in stock?")
        )
        heard = await play.ask(buyer, PICTURES[language])
        assert heard.photos == good.pictures
        if not good.photos:
            assert in_language(language, "照片", "pictures") in heard.text


FURTHER_CARRIER = """
[[carriers]]
code = "sf"
name = "顺丰速运"
name_en = "SF Express"
surcharge = 19
transit = { "default" = [11, 12] }
"""


@pytest.mark.parametrize("language", LANGUAGES)
async def test_how_long_another_carrier_takes(open_shop: OpenShop, language: str) -> None:
    """Who asks of one carrier hears of that one, and what it costs more."""
    play = await open_shop(made=replace(make_shop(), extra=FURTHER_CARRIER))
    words = in_language(language, "顺丰到成都要几天", "how long does it take to Chengdu by SF Express?")
    heard = await play.ask(await met(play, language), words)
    assert {11, 12} <= set(numbers(heard.text)), heard.text
    assert in_language(language, "顺丰速运", "SF Express") in heard.text
    assert play.made.transit[0] not in numbers(heard.text.split("\n")[0])


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_present_for_no_more_than_so_much(play: Play, language: str) -> None:
    """What is there and costs no more is shown to choose from, which to choose is asked of the shopkeeper, and nobody is told
    that the price stands."""
    made = play.made
    words = in_language(language, "想给妈妈挑个礼物，100以内的", "looking for a gift for my mum, something under 100")
    heard = await play.ask(await met(play, language), words)
    for good in made.goods:
        fits = good.price <= 100 and good.stock not in ("", "0")
        is_sister = any(
            one.title == good.title and one.price <= 100 and one.stock not in ("", "0") for one in made.goods
        )
        assert (good.named(language) in heard.text) is (fits or is_sister), heard.text
    assert in_language(language, "实在价", "already our best") not in heard.text
    assert await play.cards()


@pytest.mark.parametrize("language", LANGUAGES)
async def test_what_a_sold_out_thing_is_like_is_told_with_that_it_is_gone(play: Play, language: str) -> None:
    """A question of details lets nobody believe that it can be had; who was told already is not told again."""
    buyer, gone = await met(play, language), play.made.lonely
    words = in_language(language, f"{gone.title}是什么材质", f"what is the {gone.title_en} made of?")
    heard = await play.ask(buyer, words)
    assert in_language(language, gone.material, gone.material_en) in heard.text
    assert in_language(language, "卖完了", "sold out") in heard.text
    again = await play.ask(buyer, in_language(language, f"{gone.title}多大尺寸", f"what size is the {gone.title_en}?"))
    assert in_language(language, "卖完了", "sold out") not in again.text


@pytest.mark.parametrize("words", ["啥时候有", "什么时候来货啊", "几时补货", "幾時有返貨"])
async def test_when_a_thing_will_be_there(play: Play, words: str) -> None:
    """Asked of what is sold out by name, the answer is that it is gone, and nothing about parcels."""
    language = "zh_hant" if "幾" in words else "zh"
    gone = play.made.lonely
    heard = await play.ask(await met(play, language), f"{gone.named(language)}{words}")
    assert in_language(language, "卖完了", "") in heard.text
    assert in_language(language, "没有准信", "") in heard.text
    assert in_language(language, "路上", "") not in heard.text


async def test_a_sigh_before_another_colour(play: Play) -> None:
    """Oh no :( what about the other one? It is there, and that is said."""
    one, other = play.made.pair
    buyer = await met(play, "en")
    await play.ask(buyer, f"is the {one.title_en} in {one.variant_en} in stock?")
    heard = await play.ask(buyer, f"oh no :( what about {other.variant_en}")
    assert int(other.stock) in numbers(heard.text), heard.text


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_place_alone_is_where_it_goes(play: Play, language: str) -> None:
    """Behind the answer of when it leaves, 上海 is told how long it takes there."""
    buyer = await met(play, language)
    await play.ask(buyer, in_language(language, "什么时候发货", "when do you ship?"))
    heard = await play.ask(buyer, in_language(language, "上海", "Shanghai"))
    assert set(play.made.near_transit) <= set(numbers(heard.text)), heard.text


@pytest.mark.parametrize("language", LANGUAGES)
async def test_an_order_said_twice_is_for_as_many(play: Play, language: str) -> None:
    """Two of them, and then "all right, I'll take it": two, not three and not one."""
    buyer, good = await met(play, language), play.made.plenty
    await play.ask(buyer, in_language(language, f"{good.title}来两个", f"I'll take two of the {good.title_en}"))
    heard = await play.ask(buyer, in_language(language, "行吧，下单", "ok i'll take it"))
    assert 2 in numbers(heard.text), heard.text
    assert 1 not in numbers(heard.text), heard.text


@pytest.mark.parametrize("language", LANGUAGES)
async def test_postage_is_that_of_what_is_wanted(play: Play, language: str) -> None:
    """Whoever has ordered more than ships free hears that this ships free, and not from how much on."""
    buyer, good = await met(play, language), play.made.plenty
    await play.ask(buyer, in_language(language, f"{good.title}来五个", f"I'll take five of the {good.title_en}"))
    heard = await play.ask(buyer, in_language(language, "那包邮吗", "is the postage free then?"))
    assert in_language(language, "这单满", "so this one does too") in heard.text


@pytest.mark.parametrize("language", LANGUAGES)
async def test_who_has_chosen_hears_of_no_others(play: Play, language: str) -> None:
    """An order of one colour is no time to tell which other colours there are."""
    one, other = play.made.pair
    words = in_language(
        language, f"{one.title}{one.variant}的来一个", f"I'll take one {one.title_en} in {one.variant_en} please"
    )
    heard = await play.ask(await met(play, language), words)
    assert one.shade(language) in heard.text
    assert other.shade(language) not in heard.text


async def test_which_one_and_then_how_many(play: Play) -> None:
    """米白的吧 两个, in two breaths, is an order of two of that colour."""
    one, other = play.made.pair
    buyer = await met(play)
    await play.ask(buyer, f"{one.title}有货吗")
    heard = await play.ask(buyer, f"{other.variant}的吧 两个")
    assert 2 * other.price in numbers(heard.text), heard.text
    assert one.variant not in heard.text


@pytest.mark.parametrize(
    ("language", "words"), [("zh", "不买了"), ("zh", "那我不要了"), ("zh_hant", "算了"), ("en", "no thanks")]
)
async def test_who_leaves_is_let_go_kindly(play: Play, language: str, words: str) -> None:
    """One friendly word, and no questions."""
    buyer = await met(play, language)
    await play.ask(
        buyer, in_language(language, f"{play.made.plenty.title}多少钱", f"how much is the {play.made.plenty.title_en}?")
    )
    heard = await play.ask(buyer, words)
    assert in_language(language, "您慢慢看", "Take your time") in heard.text
    assert await play.cards() == []


@pytest.mark.parametrize("words", ["你们老板呢，叫他来跟我说", "叫你们老板来跟我说"])
async def test_the_owner_is_sent_for(play: Play, words: str) -> None:
    """It is a wish for a person, in the middle of haggling too."""
    buyer = await met(play)
    await play.ask(buyer, f"{play.made.plenty.title}能便宜点吗")
    heard = await play.ask(buyer, words)
    assert "叫掌柜" in heard.text


async def test_in_the_words_of_hong_kong(play: Play) -> None:
    """Pictures, a price by the piece, whether it goes there: each is answered."""
    buyer, good = await met(play, "zh_hant"), play.made.plenty
    await play.ask(buyer, f"有冇{good.named('zh_hant')}呀")
    assert (await play.ask(buyer, "有無相睇下")).photos == good.pictures
    heard = await play.ask(buyer, "幾多錢一個 送唔送香港")
    assert good.price in numbers(heard.text)
    assert "香港暫時送不到" in heard.text


async def test_two_things_told_apart(play: Play) -> None:
    """甲跟乙差在哪 is answered by both, side by side."""
    one, other = play.made.plenty, play.made.cousin
    heard = await play.ask(await met(play, "zh_hant"), f"{one.named('zh_hant')}跟{other.named('zh_hant')}差在哪")
    assert {one.price, other.price} <= set(numbers(heard.text)), heard.text


async def test_an_address_with_a_wish_beside_it(play: Play) -> None:
    """Both are acknowledged: the wish by its words, the address as one that has come."""
    buyer = await met(play)
    await play.ask(buyer, f"{play.made.plenty.title}来一个")
    heard = await play.ask(buyer, "地址：广州市天河区体育西路1号 陈先生 13900001111 送货前打电话")
    assert "送货前打电话" in heard.text
    assert "地址收到了" in heard.text
