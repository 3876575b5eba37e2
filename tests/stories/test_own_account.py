"""The seller's own account: buyers write to the seller, the bot answers in the seller's name, and the seller has the last word."""

from datetime import timedelta

import pytest

from sandbox import Fault
from store.connections import Connection as Kept
from store.outbox import Status
from tests.delivery.running import passing
from tests.made_shop import in_language
from tests.play import LANGUAGES, OpenShop, Play, numbers
from tests.stories.accounts import connected, talk

OWN_CHAT = "t.me/zhanggui_bot?start=account"
WARRANTY = {"zh": "怎么保修", "zh_hant": "怎麼保修", "en": "how does the warranty work?"}


async def statuses(play: Play, connection_id: str) -> list[Status]:
    """How what was to be said in the account's chats ended."""
    store = play.store
    since = play.clock.now() - timedelta(days=3)
    chats = {met.conversation.chat_id for met in await store.conversations.active(since)}
    return [row.status for chat in chats for row in await store.sent.recent(chat, connection_id, timedelta(days=30))]


async def test_the_owner_hears_how_the_connection_stands(play: Play) -> None:
    """Connected, without the right, disconnected: each is said once, in words that tell what to do."""
    await play.cards()
    link = play.sandbox.connect(play.owner)
    assert "接上" in (await play.card()).text
    play.sandbox.connect(play.owner)
    assert await play.cards() == []
    play.sandbox.connect(play.owner, can_read_messages=True)
    assert "回复消息" in (await play.card()).text
    play.sandbox.disconnect(link)
    assert "断开" in (await play.card()).text
    (kept,) = await play.store.connections.all()
    assert (kept.is_enabled, kept.can_reply) == (False, False)


async def test_a_strangers_account_is_refused(play: Play) -> None:
    """Kept as refused, the owner told once, nobody there answered, nothing of theirs read."""
    await play.cards()
    stranger, buyer = play.buyer(name="路人"), play.buyer()
    link = play.sandbox.connect(stranger)
    assert str(stranger.id) in (await play.card()).text
    play.sandbox.connect(stranger)
    theirs = play.sandbox.talk(link, buyer)
    await theirs.says("怎么保修")
    await theirs.hears_nothing()
    await theirs.owner.says("/stock 1")
    await theirs.hears_nothing()
    assert await play.cards() == []
    assert await play.store.buyers.get(buyer.id) is None
    assert [one.user_id for one in await play.store.connections.all()] == [stranger.id]


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_buyer_is_answered_in_the_sellers_name(play: Play, language: str) -> None:
    """The same mind: the fact, said to be automatic once; what is not known goes to the seller's card and back by reply."""
    link = await connected(play)
    chat = talk(play, link, language)
    heard = await play.ask(chat, WARRANTY[language])
    assert play.made.warranty_months in numbers(heard.text)
    assert in_language(language, "自动", "utomatic") in heard.text
    assert heard.body["business_connection_id"] == link.id
    assert chat.order()[-1][0] == "bot"
    await play.ask(chat, in_language(language, "你们支持货到付款吗", "do you take cash on delivery?"))
    card = await play.card()
    words = f"可以 {chat.id}"
    await play.owner.replies_to(card, words)
    assert (await chat.hears()).text == words
    assert not (await play.store.messages.history(chat.id))[-1].is_deleted


async def test_an_echo_of_ours_is_not_the_seller_typing(play: Play) -> None:
    """Telegram tells us our own lines again, with and without saying whose they are: the bot goes on answering."""
    link = await connected(play)
    for kind in ("marked", "bare", ""):
        play.sandbox.world.echo = kind
        chat = talk(play, link)
        for words in ("怎么保修", "几点营业", "能退吗"):
            await play.ask(chat, words)
            await play.settled()


async def test_the_seller_typing_stops_the_bot_and_it_returns(open_shop: OpenShop) -> None:
    """From the seller's first line the bot is silent there, longer with each; after the quiet time it serves again."""
    play = await open_shop(takeover_quiet=300)
    link = await connected(play)
    chat, other = talk(play, link), talk(play, link)
    await play.ask(chat, "怎么保修")
    await chat.owner.says("我来说")
    await play.settled()
    await chat.says("能退吗")
    await chat.hears_nothing()
    assert "能退吗" in (await play.card()).text
    await play.ask(other, "怎么保修")
    await play.pass_time(minutes=4)
    await chat.owner.says("七天内都可以")
    await play.settled()
    await play.pass_time(minutes=4)
    await chat.says("几点营业")
    await chat.hears_nothing()
    await play.pass_time(minutes=2)
    await play.ask(chat, "怎么保修")
    history = await play.store.messages.history(chat.id)
    assert [one.text for one in history if one.who == "seller"] == ["我来说", "七天内都可以"]


async def test_the_seller_may_write_first(play: Play) -> None:
    """A chat that the seller opens is kept, and the bot is silent there from the start."""
    link = await connected(play)
    chat = talk(play, link)
    await chat.owner.says("您好，货到了")
    await play.settled()
    await chat.says("怎么保修")
    await chat.hears_nothing()
    await play.pass_time(minutes=11)
    await play.ask(chat, "怎么保修")


async def test_edits_and_deletions_are_kept(open_shop: OpenShop) -> None:
    """An edit before the answer changes the question, a deletion takes it away; both texts are in the history."""
    play = await open_shop(reply_delay=2.5)
    link = await connected(play)
    chat = talk(play, link)
    number = await chat.says("几点营业")
    await play.settled()
    await chat.edits(number, "怎么保修")
    await play.settled()
    await play.wait(3)
    assert play.made.warranty_months in numbers((await chat.hears()).text)
    gone = await chat.says("能退吗")
    await play.settled()
    await chat.deletes(gone)
    await play.settled()
    await play.wait(3)
    await chat.hears_nothing()
    kept = {one.text: one for one in await play.store.messages.history(chat.id)}
    assert kept["几点营业"].now_reads == "怎么保修"
    assert kept["能退吗"].is_deleted
    assert "能退吗（已撤回）" in (await play.command(f"/history {chat.id}")).text
    assert "能退吗（已撤回）" in (await play.command("/find 能退吗")).text
    assert "几点营业（后来改过）" in (await play.command("/find 几点营业")).text


async def test_what_is_deleted_before_the_answer_is_not_answered(open_shop: OpenShop) -> None:
    """A first line that is taken away before the pause is over is greeted by nobody, and a picture is shown to nobody as one
    that waits; what else stands in the turn is answered. So it is over a restart too."""
    play = await open_shop(reply_delay=2.5)
    link = await connected(play)
    for restarts in (False, True):
        for what in ("line", "picture", "both"):
            chat = talk(play, link)
            gone = await (chat.sends_photo(caption="这个呢") if what == "picture" else chat.says("在吗"))
            if what == "both":
                await chat.says("怎么保修")
            await play.settled()
            await chat.deletes(gone)
            await play.settled()
            await play.cards()
            if restarts:
                await play.restart()
            await play.wait(3)
            if what == "both":
                assert play.made.warranty_months in numbers((await chat.hears()).text)
            await chat.hears_nothing()
            (state,) = await play.store.conversations.of_buyer(chat.id)
            assert (what, restarts, state.handover_reasons) == (what, restarts, ())
            assert not await play.cards()


async def test_numbers_stand_beside_buttons_and_may_be_typed(play: Play) -> None:
    """Where buttons are dead, "1" does what the first does, once; the number means nothing after another answer."""
    link = await connected(play)
    play.sandbox.world.buttons_work_in_business = False
    for language in LANGUAGES:
        chat = talk(play, link, language)
        gone = play.made.sold_out
        asked = in_language(
            language, f"{gone.title}{gone.variant}有货吗", f"is the {gone.title_en} {gone.variant_en} in stock?"
        )
        heard = await play.ask(chat, asked)
        labels = [label for row in heard.buttons for label in row]
        assert in_language(language, "回 1", "Reply 1") in heard.text
        place = next(
            at
            for at, label in enumerate(labels)
            if in_language(language, "通知", "ell me") in label or "otify" in label
        )
        await play.ask(chat, in_language(language, f"回 {place + 1}", f"{place + 1}"))
        assert len(await play.store.waiting.of_buyer(chat.id)) == 1
        await play.ask(chat, WARRANTY[language])
        assert (
            await play.store.choices.of_conversation((await play.store.conversations.of_buyer(chat.id))[0].id) is None
        )


async def test_buttons_work_in_an_accounts_chat_too(play: Play) -> None:
    """A tap there is answered there."""
    link = await connected(play)
    chat = talk(play, link)
    gone = play.made.lonely
    await play.ask(chat, f"{gone.title}{gone.variant}有货吗")
    await chat.taps("有货通知我")
    await chat.hears()
    assert len(await play.store.waiting.of_buyer(chat.id)) == 1


async def test_files_go_both_ways_by_their_id(play: Play) -> None:
    """A picture of the buyer's reaches the seller's card chat; one the seller sends in reply reaches the account's chat."""
    link = await connected(play)
    chat = talk(play, link)
    await chat.sends_photo(caption="转人工")
    await chat.hears()
    shown = await play.cards()
    assert any(one.photos for one in shown)
    card = next(one for one in shown if one.buttons)
    number = await play.owner.sends_photo()
    await play.cards()
    photo = play.owner.chat.messages[number].body["photo"]
    await play.owner.sends(photo=photo, caption="就是这样修", reply_to_message=card.body)
    heard = await play.only(chat)
    assert heard.text == "就是这样修"
    assert len(heard.photos) == 1
    assert heard.body["business_connection_id"] == link.id


async def test_after_a_day_the_bots_own_chat_or_the_seller(play: Play) -> None:
    """News for a buyer silent for more than a day goes to the bot's own chat, if they opened it; else the seller hears why."""
    link = await connected(play)
    gone = play.made.lonely
    both, only = talk(play, link), talk(play, link)
    mine = play.sandbox.person(id=both.id)
    await mine.start()
    await mine.hears()
    for one in (both, only):
        await play.ask(one, f"{gone.title}{gone.variant}有货吗")
        await one.taps("有货通知我")
        await one.hears()
    await play.pass_time(hours=25)
    await play.cards()
    await mine.hears_all()
    await play.command(f"/stock {gone.sku} 5")
    await play.pass_time(seconds=5)
    assert "5" in (await mine.hears()).text
    await both.hears_nothing()
    await only.hears_nothing()
    (told,) = [one for one in await play.cards() if str(only.id) in one.text]
    assert "24 小时" in told.text


async def test_disconnected_and_connected_again_while_an_answer_waits(open_shop: OpenShop) -> None:
    """What waits while the account is off is kept, and goes out once when it is on again."""
    play = await open_shop(reply_delay=2.5)
    link = await connected(play)
    chat = talk(play, link)
    await chat.says("怎么保修")
    await play.settled()
    play.sandbox.disconnect(link)
    await play.settled()
    await play.wait(3)
    await chat.hears_nothing()
    play.sandbox.connect(play.owner)
    await play.settled()
    assert play.made.warranty_months in numbers((await play.only(chat)).text)


async def test_without_the_right_nothing_is_tried_twice(play: Play) -> None:
    """No right, known beforehand or learned from Telegram: failed, the seller told with the words, never sent again."""
    link = await connected(play)
    chat = talk(play, link)
    await chat.says("在吗")
    await chat.hears_all()
    link.rights["can_reply"] = False  # Telegram knows, the bot does not
    await chat.says("怎么保修")
    await play.settled()
    await chat.hears_nothing()
    assert "没有权限" in "".join(one.text for one in await play.cards())
    assert Status.FAILED in await statuses(play, link.id)
    play.sandbox.connect(play.owner, can_read_messages=True)
    await play.settled()
    await play.cards()
    tried = len(play.sandbox.calls.of("sendMessage", chat.id))
    await chat.says("能退吗")
    await play.settled()
    assert len(play.sandbox.calls.of("sendMessage", chat.id)) == tried
    assert "没有权限" in "".join(one.text for one in await play.cards())
    play.sandbox.connect(play.owner)
    await play.settled()
    assert all("保修" not in text for who, text in chat.order() if who == "bot")


async def test_what_changed_while_the_bot_was_off_is_learned_at_the_start(play: Play) -> None:
    """Rights are asked for again when the program starts."""
    link = await connected(play)
    await play.running.stop()
    link.is_enabled = False
    await play.restart()
    assert "断开" in (await play.card()).text
    kept: Kept | None = play.running.desk.accounts.get(link.id)
    assert kept is not None
    assert not kept.is_enabled


async def test_row_29_a_buyer_of_an_account_that_is_not_known_yet_is_not_lost(play: Play) -> None:
    """Telegram is asked whose it is, and does not answer at first: the line waits, and is answered once."""
    link = await connected(play)
    chat = talk(play, link)
    play.running.desk.accounts._known.clear()
    breaks = play.sandbox.breaks("getBusinessConnection", Fault.BAD_GATEWAY)
    await chat.says("你好")
    await breaks.struck.wait()
    await passing(play, 5.0, lambda: [who for who, _ in chat.order()][1:])
    assert [who for who, _ in chat.order()] == ["buyer", "bot"]


@pytest.mark.parametrize("language", LANGUAGES)
async def test_the_first_answer_ends_with_the_way_to_the_bots_own_chat(play: Play, language: str) -> None:
    """Parcel news needs a chat that is open for longer than a day: the first answer offers it, none later does."""
    link = await connected(play)
    chat = talk(play, link, language)
    heard = await play.ask(chat, WARRANTY[language])
    assert OWN_CHAT in heard.text.split("\n")[-1]
    assert in_language(language, "快递消息", "parcel") in heard.text.split("\n")[-1]
    assert OWN_CHAT not in (await play.ask(chat, WARRANTY[language])).text
    await play.restart()
    await play.pass_time(days=3)
    assert OWN_CHAT not in (await play.ask(chat, WARRANTY[language])).text


async def test_the_bots_own_chat_is_offered_where_it_helps(play: Play) -> None:
    """Below the numbered choices; not to whoever has it open, not while a person is called, not without a name for the link."""
    link = await connected(play)
    known = play.buyer()
    await known.start()
    await known.hears()
    assert OWN_CHAT not in (await play.ask(play.sandbox.talk(link, known), "怎么保修")).text
    gone, choosing = play.made.sold_out, talk(play, link)
    heard = await play.ask(choosing, f"{gone.title}{gone.variant}有货吗")
    assert "回 1" in heard.text
    assert OWN_CHAT in heard.text.split("\n")[-1]
    calling = talk(play, link)
    assert OWN_CHAT not in (await play.ask(calling, "转人工")).text
    assert OWN_CHAT in (await play.ask(calling, "怎么保修")).text
    play.running.desk.username = lambda: ""
    assert "t.me" not in (await play.ask(talk(play, link), "怎么保修")).text


async def test_shop_people_are_no_buyers_of_each_other(play: Play) -> None:
    """An owner writing to an owner is left alone."""
    link = await connected(play)
    chat = play.sandbox.talk(link, play.owner)
    await chat.says("怎么保修")
    await chat.hears_nothing()


async def test_a_flood_in_an_account_is_merged_like_any_other(open_shop: OpenShop) -> None:
    """More lines than anybody can mean are all kept, get one answer in the seller's name, and stand on the buyer's card; the
    seller's own lines among them are no part of it."""
    play = await open_shop(flood_merge=(3, 10.0))
    link = await connected(play)
    chat = talk(play, link)
    for number in range(12):
        await chat.says(f"喂{number}")
    await play.settled()
    await play.wait(15)
    while "都记下了" not in (await chat.hears(timeout=15)).text:
        assert len(chat.sees) < 6
    await chat.hears_nothing()
    assert any("喂11" in card.text and card.buttons for card in await play.cards())
    history = (await play.command(f"/history {chat.id}")).text
    assert all(f"喂{number}" in history for number in range(12))
    other = talk(play, link)
    for number in range(6):
        await other.says(f"喂{number}")
    await other.owner.says("我在，您说")
    await other.says("好的")
    await play.settled()
    await play.wait(15)
    await other.hears_all()
    said = [who for who, _ in other.order()]
    assert said.count("seller") == 1
    assert "bot" not in said[said.index("seller") :]


@pytest.mark.parametrize("language", ["zh", "en"])
async def test_nothing_is_said_to_be_told_that_was_not(play: Play, language: str) -> None:
    """An order made, paid and sent off where only the seller may write, or while the account is disconnected: the confirmation
    says so, and the words are at hand."""
    link = await connected(play)
    if language == "en":
        await play.command("/lang en")
    chat = talk(play, link, language)
    await play.ask(chat, WARRANTY[language])
    told, yours, kept = (
        in_language(language, "已经告诉", "has been told"),
        in_language(language, "自己说一声", "Only you"),
        in_language(language, "一接上就", "connected again"),
    )
    assert told in (await play.command(f"/order new {chat.id} {play.made.plenty.sku}")).text
    await play.pass_time(hours=25)
    made = await play.command(f"/order new {chat.id} {play.made.sister.sku}")
    assert yours in made.text
    assert told not in made.text
    number = max(one.order_no for one in await play.store.orders.of_buyer(chat.id) if one.order_no in made.text)
    await chat.hears_all()
    await chat.says(in_language(language, "在吗", "hello"))
    await play.settled()
    play.sandbox.disconnect(link)
    await play.settled()
    assert kept in (await play.command(f"/order {number} paid")).text
    assert kept in (await play.command(f"/ship {number} 中通 73123456789012")).text
