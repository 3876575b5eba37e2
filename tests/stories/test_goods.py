"""Telling about goods: pictures, facts quoted as they stand, cautions, tips, hours, offers and thanks."""

from dataclasses import replace

from tests.made_shop import in_language, make_shop
from tests.play import LANGUAGES, OpenShop, Play, numbers


async def test_pictures_on_request_come_as_an_album(play: Play) -> None:
    """Asked for real pictures, the shop sends every one on file, in order, with the name under them."""
    one = play.made.plenty
    for language in LANGUAGES:
        buyer = play.buyer(language)
        await buyer.says(in_language(language, f"{one.title}有实物图吗", f"can I see pictures of the {one.title_en}?"))
        heard = await play.only(buyer)
        assert heard.photos == one.pictures, heard.text
        assert one.named(language) in heard.text


async def test_a_picture_added_in_chat_is_shown(play: Play) -> None:
    """A picture sent with /item SKU is on file from then on."""
    one = play.made.unknown
    added = play.made.plenty.pictures[1]
    await play.owner.sends_photo(added, f"/item {one.sku}")
    assert one.title in (await play.card()).text
    heard = await play.ask(play.buyer(), f"{one.title}有实物图吗")
    assert heard.photos == [added]


async def test_facts_are_quoted_as_they_stand(play: Play) -> None:
    """Size and material are told exactly as on file, of the variant that is meant; a fact not on file is a person's."""
    one = play.made.plenty
    for language in LANGUAGES:
        buyer = play.buyer(language)
        size = await play.ask(
            buyer, in_language(language, f"{one.title}什么尺寸", f"what are the dimensions of the {one.title_en}?")
        )
        assert one.size in size.text
        assert in_language(language, one.material, one.material_en) not in size.text
        made_of = await play.ask(buyer, in_language(language, "什么材质", "what is it made of?"))
        assert in_language(language, one.material, one.material_en) in made_of.text
        assert one.size not in made_of.text
        waterproof = await play.ask(
            buyer, in_language(language, f"{one.title}防水吗", f"is the {one.title_en} waterproof?")
        )
        assert in_language(language, "掌柜", "shopkeeper") in waterproof.text
        assert numbers(waterproof.text) == []


async def test_two_variants_differ_as_on_file(play: Play) -> None:
    """Where the variants of one product differ, each one's fact is told with its name."""
    one, other = play.made.pair
    for language in LANGUAGES:
        heard = await play.ask(
            play.buyer(language),
            in_language(language, f"{one.title}什么尺寸", f"what are the dimensions of the {one.title_en}?"),
        )
        for each in (one, other):
            assert f"{each.shade(language)}" in heard.text
            assert each.size in heard.text


async def test_what_it_is_not_for_is_said_when_named(play: Play) -> None:
    """Who names the case a product is not made for is warned; nobody else is."""
    one = play.made.plenty
    for language in LANGUAGES:
        caution = in_language(language, one.not_for, one.not_for_en)
        buyer = play.buyer(language)
        first = await play.ask(
            buyer, in_language(language, f"{one.title}什么材质", f"what material is the {one.title_en}?")
        )
        assert caution not in first.text
        heard = await play.ask(buyer, in_language(language, "可以机洗吗", "is it machine washable?"))
        assert caution in heard.text


async def test_the_tip_is_offered_once_when_price_and_product_are_talked_out(play: Play) -> None:
    """After some turns about a product the shop offers how to use it, once in a conversation; the button tells it."""
    one = play.made.plenty
    for language in LANGUAGES:
        buyer, name = play.buyer(language), one.title_en
        offer = in_language(language, "使用小技巧", "a tip or two")
        heard = []
        for words in (
            in_language(language, f"{one.title}有货吗", f"is the {name} in stock?"),
            in_language(language, f"{one.title}什么尺寸", f"what are the dimensions of the {name}?"),
            in_language(language, f"{one.title}什么材质", f"what material is the {name}?"),
            in_language(language, f"{one.title}多少钱", f"price of the {name}?"),
            in_language(language, f"{one.title}有货吗", f"is the {name} in stock?"),
        ):
            heard.append(await play.ask(buyer, words))
        assert [offer in one_heard.text for one_heard in heard] == [False, False, True, False, False]
        await buyer.taps(0, on=heard[2])
        assert in_language(language, one.howto, one.howto_en) in (await play.only(buyer)).text


async def test_how_to_use_it_is_told_as_on_file(play: Play) -> None:
    """Asked how to wash or use it, the shop tells the way on file."""
    one = play.made.plenty
    for language in LANGUAGES:
        buyer = play.buyer(language)
        await play.ask(
            buyer, in_language(language, f"{one.title}什么尺寸", f"what are the dimensions of the {one.title_en}?")
        )
        heard = await play.ask(buyer, in_language(language, "怎么洗", "is it machine washable?"))
        assert in_language(language, one.howto, one.howto_en) in heard.text


async def test_opening_hours_when_asked_for(play: Play) -> None:
    """Opening hours are told with their breaks."""
    for language in LANGUAGES:
        heard = await play.ask(
            play.buyer(language), in_language(language, "营业时间是几点到几点", "what are your opening hours?")
        )
        assert "09:00–12:00" in heard.text
        assert "13:30–22:00" in heard.text


async def test_the_price_stands_and_offers_are_told(play: Play) -> None:
    """Haggling gets the honest price and the offers that are on, never a lower figure."""
    made, one = play.made, play.made.plenty
    for language in LANGUAGES:
        buyer = play.buyer(language)
        await play.ask(buyer, in_language(language, f"{one.title}多少钱", f"price of the {one.title_en}?"))
        heard = await play.ask(buyer, in_language(language, "便宜点行不行，20卖吗", "can you do a better price? 20?"))
        assert set(numbers(heard.text)) <= {one.price, made.discount_over}, heard.text
        offers = await play.ask(
            play.buyer(language), in_language(language, "有什么优惠吗", "do you have any discounts on now?")
        )
        assert made.discount_over in numbers(offers.text)
        assert in_language(language, "布袋", "cloth bag") in offers.text


async def test_prices_of_several_pieces_are_summed(play: Play) -> None:
    """Asked for the price of several, the shop tells the sum, exact to the cent."""
    one = play.made.plenty
    for language in LANGUAGES:
        heard = await play.ask(
            play.buyer(language),
            in_language(language, f"{one.title}3件多少钱", f"price for 3 pieces of the {one.title_en}?"),
        )
        assert one.price * 3 in numbers(heard.text), heard.text


async def test_praise_is_answered_for_what_was_praised(play: Play) -> None:
    """Thanks name what the buyer liked, in every script, and ask for nothing in return."""
    liked = {
        "quality": ("质量很好", "great quality, very happy", "做工", "care about quality"),
        "packing": ("包装得真好", "beautifully packed, I love it", "打包", "the packing"),
        "looks": ("颜色很好看", "it looks beautiful", "好看", "beautiful"),
    }
    for language in LANGUAGES:
        for zh, en, told, told_en in liked.values():
            heard = await play.ask(play.buyer(language), in_language(language, f"收到了，{zh}", en))
            assert in_language(language, told, told_en) in heard.text, heard.text
            assert numbers(heard.text) == []


async def test_places_out_of_reach_are_told_kindly(play: Play) -> None:
    """A place the shop does not deliver to is said so, with where it does."""
    for language in LANGUAGES:
        heard = await play.ask(
            play.buyer(language), in_language(language, "能发到香港吗", "do you deliver to Hong Kong?")
        )
        assert in_language(language, "香港暂时送不到", "do not deliver to Hong Kong") in heard.text


async def test_which_one_is_asked_before_anything_is_said(play: Play) -> None:
    """A price asked of nothing named is answered with the question which one, and with no figure."""
    for language in LANGUAGES:
        heard = await play.ask(play.buyer(language), in_language(language, "多少钱", "what's the price?"))
        assert in_language(language, "哪一款", "Which") in heard.text
        assert numbers(heard.text) == []


async def test_a_choice_of_goods_has_a_way_out(play: Play) -> None:
    """Two goods bear the word: a tap on one answers for it; a tap on neither shows a person the very words."""
    await play.imports(
        "catalogue.csv",
        "sku,title,title_en,price,stock\nMG-1,月光马克杯,Moonlight Mug,58,3\nMG-2,星河马克杯,Starlight Mug,62,4\n".encode(),
    )
    for language in LANGUAGES:
        buyer = play.buyer(language)
        words = in_language(language, "马克杯多少钱", "how much is the mug?")
        asked = await play.ask(buyer, words)
        assert len(asked.buttons) == 3, (asked.text, asked.buttons)
        assert 58 not in numbers(asked.text)
        await buyer.taps(in_language(language, "月光", "Moonlight"), on=asked)
        assert 58 in numbers((await play.only(buyer)).text)
        other = play.buyer(language)
        again = await play.ask(other, words)
        await play.cards()
        await other.taps(in_language(language, "都不是", "Something else"), on=again)
        assert words.rstrip("?") in (await play.card()).text
        (state,) = await play.store.conversations.of_buyer(other.id)
        assert [turn.outcome for turn in await play.store.turns.latest(state.id)].count("handed_over") == 1
        assert numbers((await play.only(other)).text) == []


async def test_what_waits_for_the_choice_is_answered_with_it(play: Play) -> None:
    """Asked which of two is meant, the buyer asks on instead of choosing: the choice stands, and the tap answers all of it."""
    await play.imports(
        "catalogue.csv",
        "sku,title,title_en,price,stock\nMG-1,月光马克杯,Moonlight Mug,58,113\nMG-2,星河马克杯,Starlight Mug,62,4\n".encode(),
    )
    for language in LANGUAGES:
        buyer = play.buyer(language)
        await play.ask(
            buyer, in_language(language, f"{play.made.plenty.sku}多少钱", f"how much is {play.made.plenty.sku}?")
        )
        first = await play.ask(buyer, in_language(language, "马克杯多少钱", "how much is the mug?"))
        again = await play.ask(buyer, in_language(language, "还有现货吗", "is it in stock?"))
        assert again.buttons == first.buttons
        await buyer.taps(in_language(language, "月光", "Moonlight"), on=again)
        assert {58, 113} <= set(numbers((await play.only(buyer)).text))


async def test_the_tone_is_the_shops(open_shop: OpenShop) -> None:
    """shop.toml sets how the shop speaks: brief is shorter than warm, with the same facts."""
    made = make_shop()
    warm = await open_shop(made=made)
    brief = await open_shop(made=replace(made, name=made.name))
    await brief.imports(
        "shop.toml", made.shop_toml.replace('currency = "CNY"', 'currency = "CNY"\ntone = "brief"').encode()
    )
    for language in LANGUAGES:
        hello = in_language(language, "你好", "hello")
        long = await warm.ask(warm.buyer(language), hello)
        short = await brief.ask(brief.buyer(language), hello)
        assert len(short.text) < len(long.text), (short.text, long.text)
        when = in_language(language, "什么时候发货", "when do you ship")
        facts = [set(numbers((await one.ask(one.buyer(language), when)).text)) for one in (warm, brief)]
        assert facts[0] == facts[1]
