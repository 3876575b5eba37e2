"""The buyer's commands, and what is no command."""

from tests.made_shop import in_language
from tests.play import LANGUAGES, Play, numbers

UNKNOWN = ("这个命令我不认识", "I don't know that command")


async def test_start_greets_and_says_that_it_is_automatic(play: Play) -> None:
    """/start gets one greeting, by the phone's language, that says what answers and how to reach a person."""
    for language in LANGUAGES:
        buyer = play.buyer(language)
        await buyer.start()
        heard = await play.only(buyer)
        assert in_language(language, "自动回复", "automatically") in heard.text
        assert "/human" in heard.text
        assert in_language(language, play.made.name, play.made.name) in heard.text


async def test_a_deep_link_opens_the_item_in_one_message(play: Play) -> None:
    """start=i_SKU greets and shows that item with price, stock and photo, in one message; "this one" then means it."""
    one = play.made.cousin
    for language in LANGUAGES:
        buyer = play.buyer(language)
        await buyer.start(f"i_{one.sku}")
        heard = await play.only(buyer)
        assert in_language(language, "自动回复", "automatically") in heard.text
        assert one.named(language) in heard.text
        assert {one.price, int(one.stock)} <= set(numbers(heard.text))
        assert heard.photos == one.pictures
        later = await play.ask(buyer, in_language(language, "什么材质", "what is it made of?"))
        assert in_language(language, one.material, one.material_en) in later.text


async def test_a_deep_link_may_tell_where_a_buyer_comes_from(play: Play) -> None:
    """start=src_… is remembered and changes nothing that is said; a link to nothing is a plain greeting."""
    plain, sourced, lost = (play.buyer() for _ in range(3))
    await plain.start()
    await sourced.start("src_douyin")
    await lost.start("i_NOT-THERE")
    greeting = (await play.only(plain)).text
    assert (await play.only(sourced)).text == greeting
    assert (await play.only(lost)).text == greeting
    found = await play.store.buyers.get(sourced.id)
    assert found is not None
    assert found.source == "douyin"


async def test_help_tells_the_commands(play: Play) -> None:
    """/help tells what to type and every command of the buyer's; the menu shows the same."""
    for language in LANGUAGES:
        buyer = play.buyer(language)
        heard = await play.ask(buyer, "/help")
        assert in_language(language, "直接打字问", "Just type your question") in heard.text
        for command in ("/human", "/order", "/lang", "/notify", "/stop"):
            assert command in heard.text
        await play.settled()
        assert set(buyer.commands) == {"start", "help", "human", "order", "lang", "notify", "stop"}


async def test_human_calls_a_person(play: Play) -> None:
    """/human is answered that the shopkeeper is called, and the seller gets the words that came with it."""
    for language in LANGUAGES:
        await play.cards()
        buyer = play.buyer(language)
        words = in_language(language, "想谈批发", "about buying wholesale")
        heard = await play.ask(buyer, f"/human {words}")
        assert in_language(language, "已经替您叫掌柜了", "I have called the shopkeeper") in heard.text
        card = await play.card()
        assert words in card.text
        assert "要找您本人" in card.text


async def test_notify_shows_switches_that_switch(play: Play) -> None:
    """/notify shows a switch for each kind of message; a tap turns it, and again, and the menu shows it."""
    buyer = play.buyer("en")
    menu = await play.ask(buyer, "/notify")
    assert menu.buttons == [["Back in stock: on"], ["Parcel updates: on"], ["News and offers: off"], ["Greetings: off"]]
    await buyer.taps("Back in stock", on=menu)
    await play.settled()
    assert menu.buttons[0] == ["Back in stock: off"]
    await buyer.taps("Back in stock", on=menu)
    await play.settled()
    assert menu.buttons[0] == ["Back in stock: on"]
    await buyer.hears_nothing()


async def test_stop_leaves_only_answers(play: Play) -> None:
    """After /stop questions are still answered and nothing else is sent; /start takes it back."""
    for language in LANGUAGES:
        buyer = play.buyer(language)
        assert "/start" in (await play.ask(buyer, "/stop")).text
        heard = await play.ask(buyer, in_language(language, "怎么保修", "how does the warranty work?"))
        assert play.made.warranty_months in numbers(heard.text)
    await play.pass_time(minutes=11)
    for number in range(1, 4):
        buyer = play.sandbox.person(id=20000 + number)
        await buyer.hears_nothing()
        await buyer.start()
        await play.only(buyer)


async def test_a_strangers_seller_command_is_just_unknown(play: Play) -> None:
    """A buyer who gives a seller's command gets exactly the line of a command that does not exist, and nothing happens."""
    one = play.made.plenty
    for language in LANGUAGES:
        buyer = play.buyer(language)
        unknown = (await play.ask(buyer, "/nosuchthing")).text
        assert in_language(language, *UNKNOWN) in unknown
        for command in (
            f"/stock {one.sku} 0", f"/price {one.sku} 1", f"/item {one.sku}", "/inbox", f"/history {buyer.id}", f"/bot off {buyer.id}",
            "/here 3h", "/away", "/why", f"/take {buyer.id}", f"/release {buyer.id}", "/claim 1234",
        ):  # fmt: skip
            assert (await play.ask(buyer, command)).text == unknown, command
    await play.cards()
    assert f"{one.stock}" in (await play.command(f"/item {one.sku}")).text
    assert numbers((await play.command(f"/price {one.sku}")).text) == [one.price]


async def test_a_forwarded_or_edited_command_is_a_line(play: Play) -> None:
    """A command somebody forwards is not run, and a line edited into a command never becomes one."""
    buyer = play.buyer()
    number = await buyer.says("怎么保修")
    await play.only(buyer)
    await buyer.edits(number, "/stop")
    await buyer.hears_nothing()
    await buyer.forwards("/stop")
    await play.settled()
    await buyer.hears_all()
    met = await play.store.buyers.get(buyer.id)
    assert met is not None
    assert not met.has_stopped


async def test_who_blocks_the_bot_is_left_alone_and_may_come_back(play: Play) -> None:
    """Nothing is sent to a buyer who has blocked the bot; when they return, they are served as before."""
    gone = play.made.lonely
    buyer = play.buyer()
    await play.ask(buyer, f"{gone.title}有货吗")
    await buyer.taps("有货通知我")
    await buyer.hears()
    await buyer.blocks()
    await play.settled()
    await play.command(f"/stock {gone.sku} 3")
    await play.settled()
    await buyer.hears_nothing()
    assert not [call for call in play.sandbox.calls if call.chat_id == buyer.id and not call.accepted]
    await buyer.start()
    assert "欢迎" in (await buyer.hears()).text
    await buyer.hears_all()
    assert play.made.warranty_months in numbers((await play.ask(buyer, "怎么保修")).text)


async def test_a_buyer_the_seller_blocked_gets_silence(play: Play) -> None:
    """[拉黑] on the card of abuse: the buyer hears nothing any more, and no card comes of what they write."""
    buyer = play.buyer()
    await play.cards()
    await play.ask(buyer, "傻逼骗子，不退钱我就给差评，去死")
    card = await play.card()
    assert "🚨" in card.text
    await play.owner.taps("拉黑", on=card)
    await play.settled()
    await play.cards()
    for words in ("怎么保修", "/help", "/start"):
        await buyer.says(words)
        await buyer.hears_nothing()
    assert await play.cards() == []
