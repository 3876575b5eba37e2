"""What Telegram refuses to send, edit or delete, in its own words, told to a bot of the real library."""

from collections.abc import Callable
from datetime import timedelta

import aiohttp
import pytest
from telegram import (
    Bot,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
    CopyTextButton,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputMediaDocument,
    InputMediaPhoto,
    InputMediaVideo,
    ReplyKeyboardMarkup,
    ReplyParameters,
)
from telegram.error import BadRequest, Forbidden, InvalidToken, TelegramError

from sandbox import MovableClock, Sandbox
from sandbox.pictures import plain


def button(text: str = "a", **action: object) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup([[InlineKeyboardButton(text, **action)]])  # type: ignore[arg-type]


# where to


async def test_an_unknown_chat_is_not_found(bot: Bot) -> None:
    """A number nobody has."""
    with pytest.raises(BadRequest, match=r"^Chat not found$"):
        await bot.send_message(42, "hi")


async def test_a_bot_cannot_write_first(bot: Bot, sandbox: Sandbox) -> None:
    """Somebody who never wrote is not found; somebody met elsewhere is known and still forbidden."""
    with pytest.raises(BadRequest, match="Chat not found"):
        await bot.send_message(sandbox.person("小林").id, "hi")
    with pytest.raises(Forbidden, match="bot can't initiate conversation with a user"):
        await bot.send_message(sandbox.person("Tom", met=True).id, "hi")


async def test_a_block_forbids_and_is_told_once(bot: Bot, sandbox: Sandbox) -> None:
    """403 while blocked, a my_chat_member update each way, and all is well after unblocking."""
    buyer = sandbox.person("小林")
    await buyer.says("hi")
    await buyer.blocks()
    await buyer.blocks()
    with pytest.raises(Forbidden, match="bot was blocked by the user"):
        await bot.send_message(buyer.id, "hi")
    await buyer.unblocks()
    await bot.send_message(buyer.id, "hi")
    changes = [update.my_chat_member for update in await bot.get_updates(allowed_updates=[]) if update.my_chat_member]
    assert [change.new_chat_member.status for change in changes] == ["kicked", "member"]


# text


@pytest.mark.parametrize(
    ("text", "why"),
    [
        pytest.param("", "Message text is empty", id="empty"),
        pytest.param(" \n ", "Text must be non-empty", id="blank"),
        pytest.param("<b> </b>", "Text must be non-empty", id="blank in tags"),
        pytest.param("字" * 4097, "Message is too long", id="4097 characters"),
        pytest.param("😀" * 2049, "Message is too long", id="4098 UTF-16 units"),
        pytest.param("<b>x", "Can't parse entities", id="bad HTML"),
    ],
)
async def test_a_text_is_refused(bot: Bot, sandbox: Sandbox, text: str, why: str) -> None:
    """Empty, blank, longer than 4096 UTF-16 units, or not well formed."""
    buyer = sandbox.person("小林")
    await buyer.says("hi")
    with pytest.raises(BadRequest, match=why):
        await bot.send_message(buyer.id, text, parse_mode="HTML")


async def test_markup_does_not_count(bot: Bot, sandbox: Sandbox) -> None:
    """4096 characters are counted after the markup is read."""
    buyer = sandbox.person("小林")
    await buyer.says("hi")
    sent = await bot.send_message(buyer.id, "<b>" + "字" * 4096 + "</b>", parse_mode="HTML")
    assert sent.entities[0].length == 4096


async def test_a_caption_has_1024(bot: Bot, sandbox: Sandbox) -> None:
    """And not one more."""
    buyer = sandbox.person("小林")
    await buyer.says("hi")
    await bot.send_photo(buyer.id, plain(9, 9), caption="字" * 1024)
    with pytest.raises(BadRequest, match="Message caption is too long"):
        await bot.send_photo(buyer.id, plain(9, 9), caption="字" * 1025)


# buttons


@pytest.mark.parametrize(
    ("markup", "why"),
    [
        pytest.param(button(callback_data="字" * 22), "Button_data_invalid", id="66 bytes of data"),
        pytest.param(button(callback_data=""), "Button_data_invalid", id="empty data"),
        pytest.param(button(), "Text buttons are unallowed", id="no action"),
        pytest.param(button(url="nonsense"), "Button_url_invalid", id="not a link"),
        pytest.param(button(copy_text=CopyTextButton("x" * 257)), "Button_copy_text_invalid", id="257 to copy"),
        pytest.param(button(callback_data="a", url="https://x.cn"), "exactly one action", id="two actions"),
        pytest.param(
            InlineKeyboardMarkup([[InlineKeyboardButton("a", callback_data="a")] * 8] * 13),
            "Reply markup is too long",
            id="104 buttons",
        ),
    ],
)
async def test_a_keyboard_is_refused(bot: Bot, sandbox: Sandbox, markup: InlineKeyboardMarkup, why: str) -> None:
    """Data of 1 to 64 bytes, real links, 100 buttons, one action each."""
    buyer = sandbox.person("小林")
    await buyer.says("hi")
    with pytest.raises(BadRequest, match=f"(?i){why}"):
        await bot.send_message(buyer.id, "x", reply_markup=markup)


async def test_buttons_that_copy_open_and_type(bot: Bot, sandbox: Sandbox) -> None:
    """A copy button gives its text, a link its address, a link to the bot starts it, a reply key is typed."""
    buyer = sandbox.person("小林")
    await buyer.says("hi")
    await bot.send_message(buyer.id, "1", reply_markup=button("单号", copy_text=CopyTextButton("ZT1")))
    await bot.send_message(buyer.id, "2", reply_markup=button("官网", url="https://x.cn/"))
    await bot.send_message(buyer.id, "3", reply_markup=button("再来", url="https://t.me/zhanggui_bot?start=i_7"))
    await bot.send_message(buyer.id, "4", reply_markup=ReplyKeyboardMarkup([["好"]]))
    assert await buyer.taps("单号") == "ZT1"
    assert await buyer.taps("官网") == "https://x.cn/"
    await buyer.taps("再来")
    await buyer.taps("好")
    assert buyer.transcript().splitlines()[-2:] == ["小林: /start i_7", "小林: 好"]


async def test_a_press_is_answered_once_and_soon(bot: Bot, sandbox: Sandbox, clock: MovableClock) -> None:
    """A second answer, one to an unknown press, and one after a minute are refused alike."""
    buyer = sandbox.person("小林")
    await buyer.says("hi")
    await bot.send_message(buyer.id, "x", reply_markup=button(callback_data="d"))
    await buyer.taps(0, wait=False)
    await buyer.taps(0, wait=False)
    first, second = [update.callback_query for update in await bot.get_updates() if update.callback_query]
    assert first.data == "d"
    await first.answer("好")
    for late in (first.id, "17"):
        with pytest.raises(BadRequest, match="Query is too old and response timeout expired or query id is invalid"):
            await bot.answer_callback_query(late)
    clock.move(timedelta(seconds=61))
    with pytest.raises(BadRequest, match="Query is too old"):
        await second.answer()


# replies, edits, deletions


async def test_a_reply_needs_its_message(bot: Bot, sandbox: Sandbox) -> None:
    """400 when it is gone, unless sending without it is allowed; a quote must be in it."""
    buyer = sandbox.person("小林")
    number = await buyer.says("有货吗")
    sent = await bot.send_message(buyer.id, "有", reply_parameters=ReplyParameters(number, quote="有货"))
    assert sent.reply_to_message is not None
    assert (await buyer.hears()).reply_to == number
    with pytest.raises(BadRequest, match=r"(?i)quote_text_invalid"):
        await bot.send_message(buyer.id, "有", reply_parameters=ReplyParameters(number, quote="没有"))
    await buyer.deletes(number)
    with pytest.raises(BadRequest, match="Message to be replied not found"):
        await bot.send_message(buyer.id, "有", reply_parameters=ReplyParameters(number))
    await bot.send_message(buyer.id, "有", reply_parameters=ReplyParameters(number, allow_sending_without_reply=True))


async def test_edits_are_checked(bot: Bot, sandbox: Sandbox) -> None:
    """Not the same again, not somebody else's, not one that is gone, text where there is text."""
    buyer = sandbox.person("小林")
    theirs = await buyer.says("hi")
    sent = await bot.send_message(buyer.id, "<b>一</b>", parse_mode="HTML", reply_markup=button(callback_data="d"))
    photo = await bot.send_photo(buyer.id, plain(9, 9))
    with pytest.raises(BadRequest, match="Message is not modified: specified new message content and reply markup"):
        await sent.edit_text("<b>一</b>", parse_mode="HTML", reply_markup=button(callback_data="d"))
    with pytest.raises(BadRequest, match="Message can't be edited"):
        await bot.edit_message_text("x", buyer.id, theirs)
    with pytest.raises(BadRequest, match="Message to edit not found"):
        await bot.edit_message_text("x", buyer.id, 999)
    with pytest.raises(BadRequest, match="There is no text in the message to edit"):
        await photo.edit_text("x")
    with pytest.raises(BadRequest, match="There is no caption in the message to edit"):
        await sent.edit_caption("x")
    changed = await sent.edit_text("二")
    assert not isinstance(changed, bool)
    assert (changed.reply_markup, changed.edit_date is not None) == (None, True)
    await photo.edit_caption("c")
    await photo.edit_media(InputMediaPhoto(plain(8, 8), "d"))
    assert [heard.text for heard in buyer.sees] == ["二", "d"]


async def test_old_messages_stay(bot: Bot, sandbox: Sandbox, clock: MovableClock) -> None:
    """Within 48 hours a bot may delete in a private chat what it or the person wrote, and no later."""
    buyer = sandbox.person("小林")
    theirs = await buyer.says("hi")
    mine = (await bot.send_message(buyer.id, "a")).message_id
    await bot.delete_message(buyer.id, theirs)
    with pytest.raises(BadRequest, match="Message to delete not found"):
        await bot.delete_message(buyer.id, theirs)
    clock.move(timedelta(hours=49))
    with pytest.raises(BadRequest, match="Message can't be deleted for everyone"):
        await bot.delete_message(buyer.id, mine)


# files and albums


async def test_a_file_goes_round(bot: Bot, sandbox: Sandbox) -> None:
    """What a buyer sends can be fetched; its id sends it again, as the same kind only."""
    buyer = sandbox.person("小林")
    await buyer.sends_document(b"sku,title", "货.csv")
    document = (await bot.get_updates())[0].effective_message
    assert document is not None
    assert document.document is not None
    fetched = await (await document.document.get_file()).download_as_bytearray()
    assert (bytes(fetched), document.document.file_name) == (b"sku,title", "货.csv")
    await bot.send_document(buyer.id, document.document.file_id)
    assert (await buyer.hears()).files[0].data == b"sku,title"
    with pytest.raises(BadRequest, match=r"(?i)can't use file of type Document as Photo"):
        await bot.send_photo(buyer.id, document.document.file_id)
    sandbox.forget_files()
    with pytest.raises(BadRequest, match="Wrong remote file identifier specified"):
        await bot.send_document(buyer.id, document.document.file_id)


async def test_photos_are_looked_at(bot: Bot, sandbox: Sandbox) -> None:
    """A picture must be one, not a ribbon, not over 10 MB; an upload not over 50 MB; a download not over 20 MB."""
    buyer = sandbox.person("小林")
    await buyer.sends_photo(plain(2000, 1000), "看")
    sizes = (await bot.get_updates())[0].effective_message
    assert sizes is not None
    assert [(size.width, size.height) for size in sizes.photo][-1] == (1280, 640)
    for data, why in (
        (b"not a picture", "(?i)image_process_failed"),
        (plain(2100, 100), "(?i)photo_invalid_dimensions"),
        (plain(9, 9) + bytes(10 * 1024 * 1024), "is too big for a photo; the maximum size is 10485760 bytes"),
    ):
        with pytest.raises(BadRequest, match=why):
            await bot.send_photo(buyer.id, data)
    with pytest.raises(TelegramError, match="Request Entity Too Large"):
        await bot.send_document(buyer.id, bytes(50 * 1024 * 1024 + 1))
    large = await bot.send_document(buyer.id, bytes(20 * 1024 * 1024 + 1))
    assert large.document is not None
    with pytest.raises(BadRequest, match="File is too big"):
        await large.document.get_file()


async def test_an_address_stands_in(bot: Bot, sandbox: Sandbox) -> None:
    """An https address is taken by name, nonsense is refused."""
    buyer = sandbox.person("小林")
    await buyer.says("hi")
    await bot.send_photo(buyer.id, "https://example.com/linen.jpg")
    assert (await buyer.hears()).files[0].source == "https://example.com/linen.jpg"
    with pytest.raises(BadRequest, match="Wrong file identifier/http url specified"):
        await bot.send_photo(buyer.id, "nonsense")


async def test_albums(bot: Bot, sandbox: Sandbox) -> None:
    """2 to 10; photos and videos together, documents apart; heard as one, with every picture."""
    buyer = sandbox.person("小林")
    await buyer.says("hi")
    photo, other = InputMediaPhoto(plain(9, 9), "三色"), InputMediaPhoto(plain(8, 8))
    sent = await bot.send_media_group(buyer.id, [photo, other, InputMediaVideo(b"v")])
    heard = await buyer.hears()
    assert heard.message_ids == [message.message_id for message in sent]
    assert (heard.text, len(heard.photos), len(heard.files), buyer.unheard) == ("三色", 2, 3, 0)
    with pytest.raises(BadRequest, match="Can't use the media of the specified type in the album"):
        await bot.send_media_group(buyer.id, [photo, InputMediaDocument(b"d")])
    with pytest.raises(BadRequest, match="must include 2-10 items"):
        await bot.send_media_group(buyer.id, [photo])


async def test_a_buyers_album_comes_in_parts(bot: Bot, sandbox: Sandbox) -> None:
    """One update a picture, one media_group_id, the caption on the first."""
    await sandbox.person("小林").sends_album([None, None, None], "退货")
    parts = [update.effective_message for update in await bot.get_updates()]
    assert len({part.media_group_id for part in parts if part}) == 1
    assert [part.caption for part in parts if part] == ["退货", None, None]


async def test_passing_on(bot: Bot, sandbox: Sandbox) -> None:
    """Copies are the bot's own words, forwards name whose they were, protected ones stay."""
    buyer, seller = sandbox.person("小林"), sandbox.seller(1)
    number = await buyer.says("能便宜吗")
    await seller.start()
    copied = await bot.copy_message(seller.id, buyer.id, number)
    forwarded = await bot.forward_message(seller.id, buyer.id, number)
    assert copied.message_id == 2
    assert forwarded.forward_origin is not None
    assert [heard.text for heard in await seller.hears_several(2)] == ["能便宜吗"] * 2
    coupon = await bot.send_message(buyer.id, "券", protect_content=True)
    with pytest.raises(BadRequest, match="Message can't be copied"):
        await bot.copy_message(seller.id, buyer.id, coupon.message_id)


# the bot itself


async def test_tokens(bot_with: Callable[..., Bot], sandbox: Sandbox) -> None:
    """A token of the right shape that is not ours is unauthorized, any other is not found."""
    for token, status in (("7000000001:AA-another-token-of-the-right-shape", 401), ("nonsense", 404)):
        async with aiohttp.ClientSession() as session, session.get(f"{sandbox.base_url}/bot{token}/getMe") as answer:
            assert (answer.status, (await answer.json())["error_code"]) == (status, status)
    with pytest.raises(InvalidToken, match="rejected by the server"):
        await bot_with(token="7000000001:AA-another-token-of-the-right-shape").initialize()
    with pytest.raises(InvalidToken, match="rejected by the server"):
        await bot_with(token="nonsense").initialize()


async def test_unknown_and_coming_methods(bot: Bot, sandbox: Sandbox) -> None:
    """A method nobody knows gets 404, one the sandbox lacks says so."""
    with pytest.raises(TelegramError, match=r"(?i)not found"):
        await bot.do_api_request("sing")
    with pytest.raises(TelegramError, match="is not supported by the sandbox yet"):
        await bot.send_dice(1)


async def test_commands_by_scope_and_language(bot: Bot, sandbox: Sandbox) -> None:
    """The narrowest scope wins, then the person's language; a scope of an unknown chat is refused."""
    buyer, tom, seller = sandbox.person("小林"), sandbox.person("Tom", "en"), sandbox.seller(1)
    await seller.start()
    await bot.set_my_commands([("order", "Order")], scope=BotCommandScopeAllPrivateChats())
    await bot.set_my_commands([("human", "找人")], scope=BotCommandScopeAllPrivateChats(), language_code="zh")
    await bot.set_my_commands([("stock", "库存")], scope=BotCommandScopeChat(1))
    assert (buyer.commands, tom.commands, seller.commands) == (["human"], ["order"], ["stock"])
    await bot.delete_my_commands(scope=BotCommandScopeChat(1))
    assert seller.commands == ["human"]
    with pytest.raises(BadRequest, match="Chat not found"):
        await bot.set_my_commands([("stock", "x")], scope=BotCommandScopeChat(99))
    with pytest.raises(BadRequest, match=r"(?i)bot_command_invalid"):
        await bot.set_my_commands([("库存", "x")])
