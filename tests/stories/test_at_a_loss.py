"""Buyers who would have been left with silence, a wrong thing or the same question again."""

import pytest

from tests.made_shop import in_language
from tests.play import LANGUAGES, Play, numbers

SHELF = (
    "sku,title,variant,price,stock,category,aliases,attributes,title_en,variant_en,attributes_en\n"
    "AP-1,山茶围裙,墨绿,89,8,厨房,围裙|apron,口袋=两个,Camellia Apron,dark green,pockets=two\n"
    "AP-2,麦浪儿童围裙,,46,5,厨房,小孩围裙|kids apron,口袋=一个,Wheat Kids Apron,,pockets=one\n"
    "CU-1,海盐灯芯绒抱枕,,79,6,抱枕,corduroy cushion,含芯=含芯,Sea Salt Corduroy Cushion,,insert=included\n"
    "CU-2,海盐雏菊抱枕,,118,3,抱枕,daisy cushion,含芯=含羽丝棉芯,Sea Salt Daisy Cushion,,insert=microfibre\n"
    "CU-3,海盐枕芯,45,19,9,抱枕,cushion insert|抱枕芯,填充=羽丝棉,Sea Salt Cushion Insert,45,filling=microfibre\n"
    "SH-1,海盐灯芯绒拖鞋,,59,4,鞋,corduroy slippers,,Sea Salt Corduroy Slippers,,\n"
)

PERSON = {"zh": "我要找真人客服", "zh_hant": "我要找真人客服", "en": "can I talk to a real person?"}


async def test_what_comes_with_it_is_asked_of_it(play: Play) -> None:
    """带芯吗 is asked of the cushion, though the shop sells what is in it by itself; 那灯芯绒的呢 is no pair of slippers."""
    await play.imports("shelf.csv", SHELF.encode())
    for language in LANGUAGES:
        buyer = play.buyer(language)
        words = in_language(language, "海盐雏菊抱枕带芯吗", "does the daisy cushion come with an insert?")
        heard = await play.ask(buyer, words)
        assert in_language(language, "含羽丝棉芯", "microfibre") in heard.text
        other = await play.ask(buyer, in_language(language, "那灯芯绒的呢", "and the corduroy one?"))
        assert in_language(language, "海盐灯芯绒抱枕", "Sea Salt Corduroy Cushion") in other.text
        assert not any("拖鞋" in label or "Slippers" in label for row in other.buttons for label in row)


async def test_what_one_sign_means(play: Play) -> None:
    """45的芯 is the one thing that ends so."""
    await play.imports("shelf.csv", SHELF.encode())
    for language in ("zh", "zh_hant"):
        heard = await play.ask(play.buyer(language), "45的芯有吗")
        assert 9 in numbers(heard.text), heard.text


async def test_what_there_is_of_a_kind(play: Play) -> None:
    """围裙有哪些 is answered with every apron and its price; a tap shows one."""
    await play.imports("shelf.csv", SHELF.encode())
    asked = {"zh": "围裙有哪些款", "zh_hant": "圍裙有幾多款呀", "en": "what aprons do you have?"}
    for language in LANGUAGES:
        buyer = play.buyer(language)
        heard = await play.ask(buyer, asked[language])
        assert {89, 46} <= set(numbers(heard.text)), heard.text
        await buyer.taps(in_language(language, "麦浪儿童围裙", "Wheat Kids Apron"))
        assert 5 in numbers((await buyer.hears()).text)


async def test_something_cheaper(play: Play) -> None:
    """Who asks for something cheaper is shown what costs less of the same kind, or told honestly that there is nothing."""
    await play.imports("shelf.csv", SHELF.encode())
    asked = {"zh": "有没有便宜点的", "zh_hant": "有沒有便宜一點的", "en": "do you have anything cheaper?"}
    for language in LANGUAGES:
        buyer = play.buyer(language)
        await play.ask(buyer, in_language(language, "海盐雏菊抱枕多少钱", "how much is the Sea Salt Daisy Cushion?"))
        heard = await play.ask(buyer, asked[language])
        assert {79, 19} <= set(numbers(heard.text)), heard.text
        other = play.buyer(language)
        await play.ask(
            other, in_language(language, "海盐灯芯绒拖鞋多少钱", "how much are the Sea Salt Corduroy Slippers?")
        )
        none = await play.ask(other, asked[language])
        assert in_language(language, "最实惠", "least expensive") in none.text


async def test_told_of_what_is_named(play: Play) -> None:
    """到货告诉我 is about the goods named, not those looked at since; who comes back for them the next day is understood."""
    one, gone = play.made.plenty, play.made.sold_out
    back = {"zh": "到货了吗", "zh_hant": "到貨了嗎", "en": "hi again, is it back yet?"}
    for language in LANGUAGES:
        buyer = play.buyer(language)
        name = in_language(language, f"{gone.variant}的{gone.title}", f"{gone.title_en} in {gone.variant_en}")
        await play.ask(buyer, in_language(language, f"{name}有货吗", f"is the {name} in stock?"))
        await play.ask(buyer, in_language(language, f"{one.title}有货吗", f"is the {one.title_en} in stock?"))
        noted = await play.ask(buyer, in_language(language, f"{name}到货了告诉我", f"tell me when the {name} is back"))
        assert gone.named(language) in noted.text
        assert not noted.buttons
        await play.wait(90_000)
        heard = await play.ask(buyer, back[language])
        assert gone.named(language) in heard.text
        await play.wait(90_000)


async def test_who_calls_again_is_not_welcomed_again(play: Play) -> None:
    """在吗 in the middle of a talk is no first visit; while a person is awaited, it is said who listens and who is awaited."""
    for language in LANGUAGES:
        buyer = play.buyer(language)
        first = await play.ask(buyer, in_language(language, "在吗", "hello"))
        assert in_language(language, "欢迎", "welcome") in first.text
        again = await play.ask(buyer, in_language(language, "在吗", "hello"))
        assert in_language(language, "欢迎", "welcome") not in again.text
        await play.ask(buyer, PERSON[language])
        waiting = await play.ask(buyer, in_language(language, "在吗？", "hello?"))
        assert in_language(language, "掌柜", "shopkeeper") in waiting.text
        assert in_language(language, "自动", "automatic") in waiting.text


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("zh", "昨天买的包带子断了"), ("zh_hant", "上星期買的包帶子斷了"), ("en", "hey the bag i got last week the zip broke"),
        ("zh", "😡😡😡"), ("en", "the strap came off after one day"),
    ],
)  # fmt: skip
async def test_who_is_let_down_hears_sorry(play: Play, language: str, words: str) -> None:
    """What is told to be broken, and signs of anger, are answered with an apology and shown to a person."""
    heard = await play.ask(play.buyer(language), words)
    assert in_language(language, "抱歉", "sorry") in heard.text
    assert any(words in card.text for card in await play.cards())


@pytest.mark.parametrize(
    ("language", "words"), [("zh", "好贵啊"), ("zh_hant", "有點貴耶"), ("en", "thats too much lol")]
)
async def test_who_finds_it_dear_is_answered(play: Play, language: str, words: str) -> None:
    """A sigh about the price is heard as one, even while a person is awaited."""
    buyer, one = play.buyer(language), play.made.plenty
    await play.ask(buyer, in_language(language, f"{one.title}多少钱", f"how much is the {one.title_en}?"))
    await play.ask(buyer, PERSON[language])
    heard = await play.ask(buyer, words)
    assert in_language(language, "价", "price") in heard.text


async def test_where_it_cannot_go_nothing_goes_with(play: Play) -> None:
    """Who hears that a place is not served is not told with which carrier it would go."""
    for language in LANGUAGES:
        heard = await play.ask(
            play.buyer(language), in_language(language, "几天能到台湾", "how long does it take to Taiwan?")
        )
        assert play.made.carrier_in(language) not in heard.text


async def test_a_bare_number_after_the_offers_is_no_haggling(play: Play) -> None:
    """The shop's own line of offers makes no bargaining of the next number."""
    one = play.made.plenty
    for language in LANGUAGES:
        buyer = play.buyer(language)
        await play.ask(buyer, in_language(language, f"{one.title}多少钱", f"how much is the {one.title_en}?"))
        await buyer.says("38")
        await play.settled()
        said = " ".join(heard.text for heard in await buyer.hears_all())
        assert in_language(language, "不另外议价", "already our best") not in said


async def test_more_told_leaves_fewer_to_choose_from(play: Play) -> None:
    """Asked which one, a buyer who says more of what they want is offered only what is left."""
    shelf = (
        "sku,title,variant,price,stock,category,title_en\n"
        "W-1,港湾遮光窗帘,,99,3,帘,Harbour Blackout Curtain\nW-2,夜航遮光窗帘,,139,4,帘,Voyage Blackout Curtain\n"
        "W-3,松针透光窗帘,,79,5,帘,Pine Sheer Curtain\nW-4,海盐透光窗帘,,69,6,帘,Salt Sheer Curtain\n"
    )
    await play.imports("shelf.csv", shelf.encode())
    for language in LANGUAGES:
        buyer = play.buyer(language)
        first = await play.ask(buyer, in_language(language, "窗帘多少钱", "how much are the curtains?"))
        fewer = await play.ask(buyer, in_language(language, "遮光的", "a blackout one"))
        assert 0 < len(fewer.buttons) < len(first.buttons), fewer.text


async def test_a_new_address_is_asked_for_and_acknowledged(play: Play) -> None:
    """我要改地址, of an order that only the shop knows: where to is asked, and what is answered is taken."""
    said = {
        "zh": ("我要改地址", "改到深圳福田区深南大道1号 陈小姐 13800138000"),
        "zh_hant": ("我要改地址", "改去深圳福田區深南大道1號 陳小姐 13800138000"),
        "en": ("i need to change my address", "12 Harbour Road, Shenzhen, Chen, 13800138000"),
    }
    for language in LANGUAGES:
        buyer = play.buyer(language)
        asked = await play.ask(buyer, said[language][0])
        assert in_language(language, "地址", "address") in asked.text
        taken = await play.ask(buyer, said[language][1])
        assert in_language(language, "掌柜", "shopkeeper") in taken.text


async def test_two_colours_are_two_things(play: Play) -> None:
    """One of this colour and one of that, said after a talk of the first: the other is told of, and both counted together."""
    first, second = play.made.pair
    for language in LANGUAGES:
        buyer = play.buyer(language)
        name = in_language(language, f"{first.variant}的{first.title}", f"{first.title_en} in {first.variant_en}")
        await play.ask(buyer, in_language(language, f"{name}有货吗", f"is the {name} in stock?"))
        words = f"要一个{first.variant}的 一个{second.variant}的"
        heard = await play.ask(
            buyer, in_language(language, words, f"i'll take one {first.variant_en} and one {second.variant_en} please")
        )
        assert {int(second.stock), first.price + second.price} <= set(numbers(heard.text)), heard.text
        for one in (first, second):
            assert in_language(language, one.variant, one.variant_en) in heard.text
