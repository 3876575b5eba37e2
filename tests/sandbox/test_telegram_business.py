"""A connected account, as the real library meets it: who wrote, what is refused, what the bot is told."""

from datetime import timedelta

import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.error import BadRequest, Forbidden

from sandbox import MovableClock, Sandbox


async def kinds(bot: Bot) -> list[Update]:
    return list(await bot.get_updates(allowed_updates=Update.ALL_TYPES))


async def test_connecting_is_told_with_its_rights(bot: Bot, sandbox: Sandbox) -> None:
    """Whose account, whether it is on, what may be done; and asked again by its id."""
    owner = sandbox.seller(1)
    link = sandbox.connect(owner, can_reply=True)
    sandbox.disconnect(link)
    first, second = [update.business_connection for update in await kinds(bot)]
    assert first is not None
    assert second is not None
    assert (first.user.id, first.is_enabled, second.is_enabled) == (1, True, False)
    assert first.rights is not None
    assert (first.rights.can_reply, first.rights.can_delete_sent_messages) == (True, None)
    assert not (await bot.get_business_connection(link.id)).is_enabled
    with pytest.raises(BadRequest, match=r"(?i)business connection not found"):
        await bot.get_business_connection("none")


async def test_both_sides_and_the_bots_own_lines_are_told(bot: Bot, sandbox: Sandbox) -> None:
    """The buyer's lines, the seller's typed by hand, and the echo of the bot's, which names it."""
    owner, buyer = sandbox.seller(1), sandbox.person("小林")
    link = sandbox.connect(owner)
    talk = sandbox.talk(link, buyer)
    await talk.says("在吗")
    await talk.owner.says("在的")
    sent = await bot.send_message(buyer.id, "您好", business_connection_id=link.id)
    told = [update.business_message for update in await kinds(bot) if update.business_message]
    assert [(one.from_user.id, one.text) for one in told if one.from_user] == [
        (buyer.id, "在吗"), (1, "在的"), (1, "您好"),
    ]  # fmt: skip
    assert [one.sender_business_bot is not None for one in told] == [False, False, True]
    assert {one.chat.id for one in told} == {buyer.id}
    assert sent.business_connection_id == link.id
    assert (await talk.hears()).text == "您好"
    assert talk.order() == [("buyer", "在吗"), ("seller", "在的"), ("bot", "您好")]


async def test_what_is_refused_on_behalf_of_an_account(bot: Bot, sandbox: Sandbox, clock: MovableClock) -> None:
    """Without the right, to a chat it was not given, more than a day after the last line, and once it was ended."""
    owner, buyer, other = sandbox.seller(1), sandbox.person("小林"), sandbox.person("小王")
    link = sandbox.connect(owner)
    talk = sandbox.talk(link, buyer)

    async def send(to: int = buyer.id) -> None:
        await bot.send_message(to, "您好", business_connection_id=link.id)

    with pytest.raises(BadRequest, match=r"(?i)business_peer_usage_missing"):
        await send()
    with pytest.raises(BadRequest, match=r"(?i)business_peer_invalid"):
        await send(other.id)
    await talk.says("在吗")
    await send()
    clock.move(timedelta(hours=24, seconds=1))
    with pytest.raises(BadRequest, match=r"(?i)business_peer_usage_missing"):
        await send()
    await talk.owner.says("还在")
    with pytest.raises(BadRequest, match=r"(?i)business_peer_usage_missing"):
        await send()  # the seller's own line opens nothing
    await talk.says("在")
    await send()
    sandbox.connect(owner, can_reply=False)
    with pytest.raises(Forbidden, match=r"(?i)business_connection_not_allowed"):
        await send()
    sandbox.connect(owner, can_reply=True)
    await send()
    sandbox.disconnect(link)
    with pytest.raises(BadRequest, match=r"(?i)business_connection_invalid"):
        await send()


async def test_reading_and_deleting_on_behalf_of_an_account(bot: Bot, sandbox: Sandbox, clock: MovableClock) -> None:
    """Each has its right; reading needs a line within a day, what others wrote goes within two; ended, nothing may be done."""
    owner, buyer = sandbox.seller(1), sandbox.person("小林")
    link = sandbox.connect(owner, can_reply=True)
    talk = sandbox.talk(link, buyer)
    number = await talk.says("在吗")

    async def read() -> None:
        await bot.read_business_message(link.id, buyer.id, number)

    with pytest.raises(Forbidden, match=r"(?i)business_connection_not_allowed"):
        await read()
    sandbox.connect(owner, can_reply=True, can_read_messages=True, can_delete_all_messages=True)
    await read()
    with pytest.raises(BadRequest, match=r"(?i)message not found"):
        await bot.read_business_message(link.id, buyer.id, number + 99)
    clock.move(timedelta(hours=24, seconds=1))
    with pytest.raises(BadRequest, match=r"(?i)business_peer_usage_missing"):
        await read()
    clock.move(timedelta(hours=24))
    with pytest.raises(BadRequest, match=r"(?i)can't be deleted"):
        await bot.delete_business_messages(link.id, [number])
    newer = await talk.says("还在吗")
    await bot.delete_business_messages(link.id, [newer])
    sandbox.disconnect(link)
    for refused in (read(), bot.delete_business_messages(link.id, [number])):
        with pytest.raises(BadRequest, match=r"(?i)business_connection_invalid"):
            await refused


async def test_edits_deletions_and_taps_in_an_accounts_chats(bot: Bot, sandbox: Sandbox) -> None:
    """Edits and deletions are told there; the bot edits its own lines, and takes them back only with the right."""
    owner, buyer = sandbox.seller(1), sandbox.person("小林")
    link = sandbox.connect(owner, can_reply=True)
    talk = sandbox.talk(link, buyer)
    number = await talk.says("一")
    await talk.edits(number, "二")
    await talk.deletes(number)
    edited, deleted = (await kinds(bot))[-2:]
    assert edited.edited_business_message is not None
    assert edited.edited_business_message.text == "二"
    assert deleted.deleted_business_messages is not None
    assert deleted.deleted_business_messages.message_ids == (number,)
    markup = InlineKeyboardMarkup([[InlineKeyboardButton("要", callback_data="k")]])
    sent = await bot.send_message(buyer.id, "好", business_connection_id=link.id, reply_markup=markup)
    await talk.taps("要", wait=False)
    query = (await kinds(bot))[-1].callback_query
    assert query is not None
    assert query.message is not None
    assert query.message.business_connection_id == link.id  # type: ignore[attr-defined]
    await bot.edit_message_text("好的", buyer.id, sent.message_id, business_connection_id=link.id)
    assert (await talk.hears()).text == "好的"
    with pytest.raises(Forbidden):
        await bot.delete_business_messages(link.id, [sent.message_id])
    sandbox.connect(owner, can_reply=True, can_delete_sent_messages=True)
    await bot.delete_business_messages(link.id, [sent.message_id])
    assert talk.order() == []


async def test_what_knows_nothing_of_accounts_goes_to_the_bots_own_chat(bot: Bot, sandbox: Sandbox) -> None:
    """Copying names no connection in Telegram: it would reach the bot's own chat, which this buyer never opened."""
    owner, buyer = sandbox.seller(1), sandbox.person("小林")
    link = sandbox.connect(owner)
    await sandbox.talk(link, buyer).says("在吗")
    number = await owner.says("看图")
    with pytest.raises(BadRequest, match=r"(?i)chat not found"):
        await bot.copy_message(buyer.id, owner.id, number, api_kwargs={"business_connection_id": link.id})
