"""Both sides of a chat: what people do reaches the bot, and what the bot does reaches people."""

import pytest

from sandbox import Impossible, Sandbox


@pytest.mark.usefixtures("echo")
async def test_a_line_is_answered(sandbox: Sandbox) -> None:
    """What a buyer says reaches a real Application, and its answer reaches the buyer with tags and buttons."""
    buyer = sandbox.person("小林")
    await buyer.says("有货吗？")
    heard = await buyer.hears()
    assert (heard.text, heard.html, heard.buttons) == ("有货吗？", "<b>有货吗？</b>", [["要 yes"]])


@pytest.mark.usefixtures("echo")
async def test_a_button_is_answered_and_the_message_edited(sandbox: Sandbox) -> None:
    """A tap returns what the bot shows; the edit is seen in the message that was heard, which keeps its versions."""
    buyer = sandbox.person("小林")
    await buyer.says("x")
    heard = await buyer.hears()
    assert await buyer.taps("要") == "好的"
    await heard.reads("已选")
    assert heard.versions == ["x", "已选"]
    assert heard.is_edited
    assert heard.buttons == []


@pytest.mark.usefixtures("echo")
async def test_an_edit_reaches_the_bot(sandbox: Sandbox) -> None:
    """A buyer's edit is an edited_message update."""
    buyer = sandbox.person("小林")
    first = await buyer.says("一")
    await buyer.hears()
    await buyer.edits(first, "二")
    assert (await buyer.hears()).text == "edited: 二"


@pytest.mark.usefixtures("echo")
async def test_a_deep_link_carries_its_payload(sandbox: Sandbox) -> None:
    """START after a link sends the payload with the command."""
    buyer = sandbox.person("小林")
    await buyer.start("i_42")
    assert (await buyer.hears()).text == "start i_42"


@pytest.mark.usefixtures("echo")
async def test_chats_are_apart(sandbox: Sandbox) -> None:
    """Every chat counts its own messages from 1, and nobody hears another's answer."""
    one, two = sandbox.person("一"), sandbox.person("二")
    assert (await one.says("a"), await two.says("b")) == (1, 1)
    assert ((await one.hears()).text, (await two.hears()).text) == ("a", "b")
    await one.hears_nothing()


async def test_nothing_said_is_an_error_with_the_chat_in_it(sandbox: Sandbox) -> None:
    """Waiting in vain fails with the transcript."""
    buyer = sandbox.person("小林")
    await buyer.says("在吗")
    with pytest.raises(AssertionError, match="小林: 在吗"):
        await buyer.hears(timeout=0.01)


async def test_somebody_who_blocked_cannot_write(sandbox: Sandbox) -> None:
    """A client makes people unblock a bot before they can write to it."""
    buyer = sandbox.person("小林")
    await buyer.blocks()
    with pytest.raises(Impossible, match="unblock"):
        await buyer.says("hi")
