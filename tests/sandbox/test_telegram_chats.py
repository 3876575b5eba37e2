"""Around the chats: pins, reactions, every kind of file, several messages at once, the bot's own face."""

import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, MenuButtonCommands
from telegram.error import BadRequest

from sandbox import Impossible, Sandbox
from sandbox.pictures import size_of


async def test_pins(bot: Bot, sandbox: Sandbox) -> None:
    """Pinned once, shown by getChat, unpinned once."""
    buyer = sandbox.person("小林")
    number = await buyer.says("hi")
    await bot.pin_chat_message(buyer.id, number)
    pinned = (await bot.get_chat(buyer.id)).pinned_message
    assert pinned is not None
    assert pinned.message_id == number
    with pytest.raises(BadRequest, match=r"(?i)chat_not_modified"):
        await bot.pin_chat_message(buyer.id, number)
    await bot.unpin_chat_message(buyer.id)
    with pytest.raises(BadRequest, match="Message to unpin not found"):
        await bot.unpin_chat_message(buyer.id, number)
    await bot.unpin_all_chat_messages(buyer.id)


async def test_reactions_typing_and_menu(bot: Bot, sandbox: Sandbox) -> None:
    """One reaction a message; typing until the bot speaks; only actions Telegram knows."""
    buyer = sandbox.person("小林")
    number = await buyer.says("hi")
    await bot.set_message_reaction(buyer.id, number, "👍")
    assert buyer.chat.messages[number].reaction == ["👍"]
    with pytest.raises(BadRequest, match=r"(?i)reactions_too_many"):
        await bot.set_message_reaction(buyer.id, number, ["👍", "🔥"])
    await bot.send_chat_action(buyer.id, "typing")
    assert buyer.is_typed_to
    await bot.send_message(buyer.id, "x")
    assert not buyer.is_typed_to
    with pytest.raises(BadRequest, match="Wrong parameter action in request"):
        await bot.send_chat_action(buyer.id, "dancing")
    await bot.set_chat_menu_button(buyer.id, MenuButtonCommands())
    assert (await bot.get_chat_menu_button(buyer.id)).type == "commands"
    assert (await bot.get_chat_member(buyer.id, buyer.id)).status == "member"


async def test_every_kind_of_file_goes_both_ways(bot: Bot, sandbox: Sandbox) -> None:
    """Video, animation, audio, voice, sticker."""
    buyer = sandbox.person("小林")
    await buyer.sends_voice()
    await buyer.sends_sticker()
    await buyer.sends_video(caption="看")
    await buyer.sends(location={"latitude": 31.2, "longitude": 121.5})
    kinds = [update.effective_message for update in await bot.get_updates()]
    assert [bool(kind and (kind.voice or kind.sticker or kind.video or kind.location)) for kind in kinds] == [True] * 4
    await bot.send_video(buyer.id, b"v")
    await bot.send_animation(buyer.id, b"GIF89a\x10\x00\x08\x00")
    await bot.send_audio(buyer.id, b"a")
    await bot.send_voice(buyer.id, b"o")
    await bot.send_sticker(buyer.id, b"s")
    heard = await buyer.hears_several(5)
    assert [one.files[0].kind for one in heard] == ["video", "animation", "audio", "voice", "sticker"]


async def test_several_at_once(bot: Bot, sandbox: Sandbox) -> None:
    """Copied, forwarded and deleted by the hundred; what is gone is passed over; ids must rise."""
    buyer, seller = sandbox.person("小林"), sandbox.seller(1)
    await seller.start()
    numbers = [await buyer.says(text) for text in "abc"]
    await buyer.deletes(numbers[1])
    await bot.copy_messages(seller.id, buyer.id, numbers)
    await bot.forward_messages(seller.id, buyer.id, numbers)
    assert [heard.text for heard in await seller.hears_several(4)] == ["a", "c", "a", "c"]
    with pytest.raises(BadRequest, match="strictly increasing order"):
        await bot.copy_messages(seller.id, buyer.id, numbers[::-1])
    await bot.delete_messages(buyer.id, numbers)
    assert buyer.transcript().count("(deleted)") == 3


async def test_the_bots_own_face(bot: Bot) -> None:
    """Names and descriptions by language, with their limits."""
    await bot.set_my_name("掌柜", language_code="zh")
    await bot.set_my_short_description("Answers at once")
    await bot.set_my_description("Answers at once, everything.")
    assert (await bot.get_my_name("zh")).name == "掌柜"
    assert (await bot.get_my_short_description("zh")).short_description == "Answers at once"
    assert (await bot.get_my_description()).description == "Answers at once, everything."
    with pytest.raises(BadRequest, match="Name is too long"):
        await bot.set_my_name("x" * 65)


async def test_forged_and_foreign_presses(bot: Bot, sandbox: Sandbox) -> None:
    """Anybody's client can send any data, even on somebody else's message; the bot must look at who it is."""
    buyer, stranger = sandbox.person("小林"), sandbox.person("路人")
    await buyer.says("hi")
    markup = InlineKeyboardMarkup([[InlineKeyboardButton("要", callback_data="k1")]])
    await bot.send_message(buyer.id, "x", reply_markup=markup)
    heard = await buyer.hears()
    await stranger.presses(buyer.data_of("要"), on=heard, wait=False)
    query = (await bot.get_updates())[-1].callback_query
    assert query is not None
    assert (query.from_user.id, query.data) == (stranger.id, "k1")


async def test_forwards_name_their_author(bot: Bot, sandbox: Sandbox) -> None:
    """A forwarded line carries where it came from, a hidden author only a name."""
    buyer, seller = sandbox.person("小林"), sandbox.seller(1)
    await buyer.forwards("/claim 1", seller)
    await buyer.forwards("/claim 1", "某人")
    origins = [update.effective_message for update in await bot.get_updates()]
    assert [one.forward_origin.type for one in origins if one and one.forward_origin] == ["user", "hidden_user"]


async def test_long_lines_go_out_in_parts(bot: Bot, sandbox: Sandbox) -> None:
    """As clients do: 4096 UTF-16 units a message; blank ones not at all."""
    buyer = sandbox.person("小林")
    await buyer.says("😀" * 3000)
    parts = [update.effective_message for update in await bot.get_updates()]
    assert [len(part.text or "") for part in parts if part] == [2048, 952]
    with pytest.raises(Impossible, match="blank"):
        await buyer.says("  ")


@pytest.mark.parametrize(
    ("data", "size"),
    [
        pytest.param(b"\xff\xd8\xff\xe0\x00\x04ab\xff\xc0\x00\x11\x08\x00\x20\x00\x40", (64, 32), id="JPEG"),
        pytest.param(b"GIF89a\x40\x00\x20\x00", (64, 32), id="GIF"),
        pytest.param(b"RIFF....WEBPVP8X" + bytes(8) + b"\x3f\x00\x00\x1f\x00\x00", (64, 32), id="WebP, extended"),
        pytest.param(b"RIFF....WEBPVP8L" + bytes(5) + b"\x3f\xc0\x07\x00" + bytes(5), (64, 32), id="WebP, lossless"),
        pytest.param(b"RIFF....WEBPVP8 " + bytes(10) + b"\x40\x00\x20\x00", (64, 32), id="WebP, lossy"),
        pytest.param(b"\xff\xd8\xff\xe0\x00", None, id="a cut JPEG"),
        pytest.param(b"text", None, id="no picture"),
    ],
)
def test_pictures_are_measured(data: bytes, size: tuple[int, int] | None) -> None:
    """From the first bytes of the common kinds."""
    assert size_of(data) == size
