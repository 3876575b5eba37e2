"""What it does not know it does not say: a person is asked, once, with the buyer's own words."""

from core.promises import What
from sandbox.faults import Fault
from store.outbox import Status
from tests.made_shop import in_language, make_shop
from tests.play import LANGUAGES, OWNER, OpenShop, Play, numbers
from tests.stories.handing_over import MISSING, UNCLEAR, handed_over_lines


async def test_an_unclear_piece_goes_to_a_person_and_the_rest_is_answered(play: Play) -> None:
    """Of several pieces the clear ones are answered; the unclear one is handed over, without a number, and on the card."""
    await play.cards()
    for language in LANGUAGES:
        buyer = play.buyer(language)
        words = in_language(language, f"怎么保修？{UNCLEAR['zh']}", f"how does the warranty work? {UNCLEAR['en']}")
        heard = await play.ask(buyer, words)
        assert play.made.warranty_months in numbers(heard.text)
        (line,) = handed_over_lines(heard.text, language)
        assert numbers(line) == []
        card = await play.card()
        assert words in card.text
        assert str(buyer.id) in card.text
        assert card.buttons == [["我来接", "处理好了"]]


async def test_a_fact_that_is_not_on_file_is_never_made_up(play: Play) -> None:
    """Blank stock is unknown and not sold out; payment, which no policy states, is asked of the seller."""
    unknown = play.made.unknown
    for language in LANGUAGES:
        for words in (
            in_language(language, f"{unknown.title}有货吗", f"is the {unknown.title_en} in stock?"),
            MISSING[language],
            in_language(language, f"{unknown.title}有实物图吗", f"can I see pictures of the {unknown.title_en}?"),
        ):
            await play.cards()
            buyer = play.buyer(language)
            heard = await play.ask(buyer, words)
            assert len(handed_over_lines(heard.text, language)) == 1, (words, heard.text)
            assert numbers(heard.text) == []
            assert in_language(language, "卖完", "sold out") not in heard.text
            assert words in (await play.card()).text


async def test_it_is_said_once_until_the_seller_answers(play: Play) -> None:
    """The hand-over line is said once; further lines go on the same card; after the seller's answer it may be said again."""
    for language in LANGUAGES:
        buyer = play.buyer(language)
        await play.cards()
        assert handed_over_lines((await play.ask(buyer, MISSING[language])).text, language)
        card = await play.card()
        second = in_language(language, "可以开发票吗", "can I have an invoice?")
        third = in_language(language, "什么时候退款", "when do I get my refund?")
        for words in (second, third):
            await buyer.says(words)
            await buyer.hears_nothing()
            await card.reads(words)
        assert await play.cards() == []
        assert card.text.index(MISSING[language]) < card.text.index(second) < card.text.index(third)
        answer = f"会唱 {buyer.id}"
        await play.owner.replies_to(card, answer)
        assert (await play.only(buyer)).text == answer
        await play.command(f"/release {buyer.id}")
        assert handed_over_lines((await play.ask(buyer, MISSING[language])).text, language)


async def test_what_is_known_is_still_answered_after_a_hand_over(play: Play) -> None:
    """While a person is awaited the bot goes on answering what it knows, and does not repeat that it has asked."""
    for language in LANGUAGES:
        buyer = play.buyer(language)
        await play.ask(buyer, MISSING[language])
        heard = await play.ask(buyer, in_language(language, "怎么保修", "how does the warranty work?"))
        assert play.made.warranty_months in numbers(heard.text)
        assert handed_over_lines(heard.text, language) == [], heard.text


async def test_the_sellers_words_go_out_as_they_are_and_once(play: Play) -> None:
    """Replying to a card sends exactly that text, mark-up and all, one time, also when the update comes twice."""
    buyer = play.buyer()
    await play.cards()
    await play.ask(buyer, "转人工")
    card = await play.card()
    words = "<i>不会 {{ 7*7 }} &amp; 😀 只收 ¥5\n第二行"
    await play.owner.replies_to(card, words)
    heard = await play.only(buyer)
    assert heard.text == words
    assert heard.entities == []
    play.sandbox.repeat_updates(1)
    await buyer.hears_nothing()
    await card.reads("您已回复")
    assert card.buttons == []
    assert str(buyer.id) not in (await play.command("/inbox")).text


async def test_the_seller_may_send_a_picture_in_reply(play: Play) -> None:
    """A picture sent in reply to a card reaches the buyer, caption and all."""
    buyer = play.buyer()
    await play.cards()
    await buyer.says("转人工")
    await buyer.hears()
    card = await play.card()
    await play.owner.sends(photo=await a_photo(play), caption="就是这个", reply_to_message=card.body)
    heard = await play.only(buyer)
    assert heard.text == "就是这个"
    assert len(heard.photos) == 1


async def a_photo(play: Play) -> object:
    """The sizes of a picture the seller has sent before, as Telegram tells them."""
    number = await play.owner.sends_photo()
    await play.cards()
    return play.owner.chat.messages[number].body["photo"]


async def test_while_a_person_has_the_chat_the_bot_is_silent(play: Play) -> None:
    """[我来接]: the bot says nothing, the buyer's lines stand on the card, and the seller's words go out; then it serves again."""
    for language in LANGUAGES:
        buyer = play.buyer(language)
        await play.cards()
        await play.ask(buyer, MISSING[language])
        card = await play.card()
        await play.owner.taps("我来接", on=card)
        await card.reads("不出声")
        words = in_language(language, "怎么保修", "how does the warranty work?")
        await buyer.says(words)
        await buyer.hears_nothing()
        await card.reads(words)
        await play.owner.replies_to(card, "我来说")
        assert (await play.only(buyer)).text == "我来说"
        await play.cards()
        await buyer.says(words)
        await buyer.hears_nothing()
        muted = await play.card()
        assert words in muted.text
        await play.owner.taps("让机器人继续", on=muted)
        await play.settled()
        assert play.made.warranty_months in numbers((await play.ask(buyer, words)).text)


async def test_an_answer_on_its_way_is_held_back_when_the_seller_takes_over(open_shop: OpenShop) -> None:
    """The seller who takes the chat between the question and the answer is not talked over."""
    play = await open_shop(reply_delay=2.5)
    buyer = play.buyer()
    await buyer.says("怎么保修")
    await play.settled()
    await play.command(f"/take {buyer.id}")
    await play.wait(3)
    await buyer.hears_nothing()


async def test_a_complaint_is_met_with_regret_and_a_person(play: Play) -> None:
    """Anger and abuse get an apology and a person, never a fact or a price; threats are marked on the card."""
    for language in LANGUAGES:
        await play.cards()
        buyer = play.buyer(language)
        heard = await play.ask(
            buyer, in_language(language, "我要投诉你们", "I want to make a complaint about your shop")
        )
        assert in_language(language, "很抱歉", "very sorry") in heard.text
        assert numbers(heard.text) == []
        assert "投诉" in (await play.card()).text


async def test_a_complaint_that_comes_later_is_heard_too(play: Play) -> None:
    """The buyer waits already for something else: regret is said once, and the list of who waits tells of the complaint."""
    for language in LANGUAGES:
        buyer = play.buyer(language)
        await play.ask(buyer, MISSING[language])
        words = in_language(language, "你们骗人，我要投诉", "this is a scam, i want to complain")
        heard = await play.ask(buyer, words)
        assert in_language(language, "抱歉", "sorry") in heard.text, heard.text
        assert "投诉" in (await play.command("/inbox")).text
        await buyer.says(words)
        await buyer.hears_nothing()


async def test_postage_of_nought_is_free_and_postage_not_stated_is_unknown(open_shop: OpenShop) -> None:
    """0 is free delivery; an absent fee is no fee at all and is asked of the seller."""
    made = make_shop()
    asked = {"zh": "运费多少", "zh_hant": "運費多少", "en": "how much is the postage?"}
    play = await open_shop(made=made)
    for language in LANGUAGES:
        assert {made.fee, made.free_over} <= set(numbers((await play.ask(play.buyer(language), asked[language])).text))
    rule = f"fee = {made.fee}\nfree_over = {made.free_over}"
    await play.imports("shop.toml", made.shop_toml.replace(rule, "fee = 0").encode())
    for language in LANGUAGES:
        text = (await play.ask(play.buyer(language), asked[language])).text
        assert in_language(language, "包邮", "free") in text
        assert f"¥{made.fee}" not in text.replace(" ", "")
    await play.imports("shop.toml", made.shop_toml.replace(rule, "").encode())
    for language in LANGUAGES:
        text = (await play.ask(play.buyer(language), asked[language])).text
        assert handed_over_lines(text, language)
        assert in_language(language, "包邮", "free") not in text


async def test_a_file_is_shown_to_the_seller(play: Play) -> None:
    """A picture, a voice note or a document that says nothing in words is handed over, and the seller sees it."""
    for language in LANGUAGES:
        for send in ("photo", "voice", "document"):
            buyer = play.buyer(language)
            await play.cards()
            match send:
                case "photo":
                    await buyer.sends_photo()
                case "voice":
                    await buyer.sends_voice()
                case _:
                    await buyer.sends_document(b"%PDF", "receipt.pdf")
            heard = await play.only(buyer)
            assert handed_over_lines(heard.text, language)
            cards = await play.cards()
            assert any(card.files for card in cards)
            assert any(str(buyer.id) in card.text and card.buttons for card in cards)


async def test_two_sellers_each_get_the_card(open_shop: OpenShop) -> None:
    """Every owner sees the card; the one who answers settles it for all."""
    second_owner = 10002
    play = await open_shop(owner_id=(OWNER, second_owner))
    partner = play.sandbox.seller(id=second_owner, name="合伙人")
    await partner.start()
    await partner.hears()
    buyer = play.buyer()
    await play.ask(buyer, MISSING["zh"])
    await play.settled()
    theirs = await partner.hears()
    assert MISSING["zh"] in theirs.text
    await partner.replies_to(theirs, "我来答")
    assert (await play.only(buyer)).text == "我来答"
    await play.settled()
    for owner in (play.owner, partner):
        assert any("已回复" in seen.text for seen in owner.sees)


async def test_a_wish_to_buy_reaches_the_seller(play: Play) -> None:
    """Who wants to order is told that the shopkeeper takes it, and the seller sees the words."""
    for language in LANGUAGES:
        await play.cards()
        heard = await play.ask(play.buyer(language), in_language(language, "我要下单", "I'll take two"))
        assert handed_over_lines(heard.text, language), heard.text
        assert in_language(language, "我要下单", "I'll take two") in (await play.card()).text


async def test_a_wish_that_names_goods_is_told_of_them_too(play: Play) -> None:
    """ "The green one, three of them": whether they are there, what they come to, and that the shopkeeper takes the order. What
    is sold out brings substitutes, and nobody is called."""
    there, gone = play.made.plenty, play.made.sold_out
    for language in LANGUAGES:
        await play.cards()
        buyer = play.buyer(language)
        heard = await play.ask(buyer, in_language(language, f"{there.title}要三个", f"I'll take the {there.title_en}"))
        assert int(there.stock) in numbers(heard.text), heard.text
        assert there.price in numbers(heard.text)
        assert handed_over_lines(heard.text, language), heard.text
        assert there.title in (await play.card()).text
        other = play.buyer(language)
        wish = in_language(
            language, f"{gone.title}{gone.variant}要一个", f"I'll take the {gone.title_en} in {gone.variant_en}"
        )
        heard = await play.ask(other, wish)
        assert in_language(language, "卖完", "sold out") in heard.text, heard.text
        assert handed_over_lines(heard.text, language) == [], heard.text


async def test_who_wants_to_order_is_shown_with_what_was_spoken_of(play: Play) -> None:
    """The card names the goods: the seller need not read back to know what is wanted."""
    one = play.made.plenty
    for language in LANGUAGES:
        buyer = play.buyer(language)
        await play.ask(buyer, in_language(language, f"{one.title}多少钱", f"how much is the {one.title_en}?"))
        await play.cards()
        await play.ask(buyer, in_language(language, "我要下单", "I'll take two"))
        assert one.title in (await play.card()).text


async def test_what_presses_calls_the_seller_again(play: Play) -> None:
    """A card waits already, and the buyer wants to order: the buyer hears so, the seller gets a new card with all of it, and
    the old one says where to look. A reply to either reaches the buyer."""
    for language in LANGUAGES:
        buyer = play.buyer(language)
        await play.cards()
        await play.ask(buyer, MISSING[language])
        first = await play.card()
        heard = await play.ask(buyer, in_language(language, "我要下单", "I'd like to order"))
        assert in_language(language, "下单", "order") in heard.text.lower()
        second = await play.card()
        assert MISSING[language] in second.text
        assert in_language(language, "我要下单", "I'd like to order") in second.text
        await first.reads("下面那张卡片")
        assert first.buttons == []
        await buyer.says(in_language(language, "我要下单", "I'd like to order"))  # it calls once
        await play.settled()
        assert await play.cards() == []
        await play.owner.replies_to(first, "马上来")
        assert (await buyer.hears_all())[-1].text == "马上来"
        await play.owner.replies_to(second, "好嘞")
        assert (await play.only(buyer)).text == "好嘞"


async def test_a_wish_for_the_parcel_is_echoed_and_shown(play: Play) -> None:
    """A note for the courier is written down word for word, for the buyer and for the seller."""
    for language in LANGUAGES:
        await play.cards()
        buyer = play.buyer(language)
        await play.ask(buyer, in_language(language, "什么时候发货", "when do you ship"))
        wish = in_language(language, "送货前先打个电话", "please call before delivery")
        heard = await play.ask(buyer, wish)
        assert wish in heard.text
        assert wish in (await play.card()).text


async def test_a_card_in_doubt_is_known_to_be_there_by_the_reply_to_it(play: Play) -> None:
    """The line broke after the card had arrived. The seller replies to what is there: the words reach the buyer, the card is
    no longer in doubt, and it is settled like any other. A reply to anything else still goes nowhere."""
    await play.cards()
    buyer = play.buyer()
    play.sandbox.breaks("sendMessage", Fault.JUNK, chat=play.owner.id)
    await buyer.says("转人工")
    card = await play.card()
    await buyer.hears()
    await play.settled()
    assert [one.chat_id for one in await play.store.doubts.all()] == [play.owner.id]
    other = await play.command("/items")
    await play.owner.replies_to(other, "这句不是给买家的")
    assert "没看懂" in (await play.card()).text
    await play.owner.replies_to(card, "我来啦")
    assert (await buyer.hears()).text == "我来啦"
    await play.settled()
    assert await play.store.doubts.all() == []
    assert "已回复" in card.text


async def test_the_order_is_what_who_wanted_to_buy_waited_for(play: Play) -> None:
    """/order new answers a wish to order: nobody waits any longer, and the buyer is not told later that nobody came."""
    await play.cards()
    buyer = play.buyer()
    await play.ask(buyer, "我要下单")
    await play.command(f"/order new {buyer.id} {play.made.plenty.sku}")
    await play.command(f"/order new {buyer.id} {play.made.plenty.sku}")
    assert str(buyer.id) not in (await play.command("/inbox")).text
    assert not [one for one in await play.store.promises.told_to(buyer.id) if one.what is What.ANSWER]


async def test_an_order_does_not_put_a_complaint_away(play: Play) -> None:
    """Who complained besides still waits for a person after the order."""
    await play.cards()
    buyer = play.buyer()
    await play.ask(buyer, "我要下单")
    await buyer.says("你们态度太差了我要投诉")
    await play.command(f"/order new {buyer.id} {play.made.plenty.sku}")
    assert str(buyer.id) in (await play.command("/inbox")).text


async def test_however_long_the_lines_the_card_is_shown(play: Play) -> None:
    """Emoji count twice with Telegram: the newest lines are kept, and no card is refused for its length."""
    buyer = play.buyer("zh")
    for number in range(14):
        await buyer.says(f"我要找人工{'😡' * 290}第{number}句")
        await play.wait(15)
    (*_, card) = await play.cards()
    assert card.text.count("我要找人工") >= 4
    assert (await play.store.outbox.counts()).get(Status.FAILED, 0) == 0
