"""A group with topics: what the bot may do there, and what Telegram refuses."""

import pytest
from telegram import Bot, Update
from telegram.error import BadRequest, Forbidden, RetryAfter

from sandbox import Sandbox
from sandbox.pictures import plain


async def test_the_bot_is_told_where_it_stands(bot: Bot, sandbox: Sandbox) -> None:
    """Let in as an administrator, with its rights; out again, nothing may be done."""
    owner = sandbox.seller(1)
    group = sandbox.group(owner, "北窗收件箱")
    with pytest.raises(Forbidden, match=r"(?i)not a member"):
        await bot.send_message(group.id, "在吗")
    sandbox.let_in(group, owner, can_manage_topics=True)
    (update,) = await bot.get_updates(allowed_updates=Update.ALL_TYPES)
    assert update.my_chat_member is not None
    assert update.my_chat_member.chat.is_forum
    assert update.my_chat_member.new_chat_member.can_manage_topics  # type: ignore[attr-defined]
    me = await bot.get_chat_member(group.id, bot.id)
    assert me.can_manage_topics  # type: ignore[attr-defined]
    assert not me.can_pin_messages  # type: ignore[attr-defined]
    sent = await bot.send_message(group.id, "在")
    with pytest.raises(BadRequest, match=r"(?i)not enough rights to manage pinned messages"):
        await bot.pin_chat_message(group.id, sent.message_id)


async def test_topics_are_made_changed_and_gone(bot: Bot, sandbox: Sandbox) -> None:
    """A message goes into its topic; a closed one and a deleted one refuse it, each in its own words."""
    owner = sandbox.seller(1)
    group = sandbox.group(owner)
    sandbox.let_in(group, owner)
    icons = await bot.get_forum_topic_icon_stickers()
    topic = await bot.create_forum_topic(group.id, "小林", icon_color=0x6FB9F0)
    thread = topic.message_thread_id
    seat = sandbox.seat(group, owner, thread)
    await bot.send_message(group.id, "一", message_thread_id=thread)
    assert (await seat.hears()).text == "一"
    await bot.edit_forum_topic(group.id, thread, "小林 !", icon_custom_emoji_id=icons[3].custom_emoji_id)
    assert (seat.topic.name, seat.topic.icon) == ("小林 !", icons[3].custom_emoji_id)
    with pytest.raises(BadRequest, match=r"(?i)topic_not_modified"):
        await bot.edit_forum_topic(group.id, thread, "小林 !")
    await seat.says("好")
    await seat.closes()
    updates = await bot.get_updates(allowed_updates=Update.ALL_TYPES)
    said, closed = updates[-2].message, updates[-1].message
    assert said is not None
    assert closed is not None
    assert (said.message_thread_id, said.is_topic_message) == (thread, True)
    assert closed.forum_topic_closed is not None
    with pytest.raises(BadRequest, match=r"(?i)topic_closed"):
        await bot.send_message(group.id, "二", message_thread_id=thread)
    photo = await bot.send_photo(group.id, plain(8, 8))
    for refused in (
        bot.send_photo(group.id, photo.photo[-1].file_id, message_thread_id=thread),
        bot.copy_message(group.id, group.id, photo.message_id, message_thread_id=thread),
        bot.copy_messages(group.id, group.id, [photo.message_id], message_thread_id=thread),
        bot.send_chat_action(group.id, "typing", message_thread_id=thread),
    ):
        with pytest.raises(BadRequest, match=r"(?i)topic_closed"):
            await refused
    await seat.reopens()
    inside = await bot.send_message(group.id, "三", message_thread_id=thread)
    await seat.deletes_topic()
    with pytest.raises(BadRequest, match=r"(?i)message to edit not found"):
        await bot.edit_message_text("四", group.id, inside.message_id)
    with pytest.raises(BadRequest, match=r"(?i)message thread not found"):
        await bot.send_chat_action(group.id, "typing", message_thread_id=thread)
    with pytest.raises(BadRequest, match=r"(?i)message thread not found"):
        await bot.send_message(group.id, "四", message_thread_id=thread)
    with pytest.raises(BadRequest, match=r"(?i)message thread not found"):
        await bot.close_forum_topic(group.id, thread)
    with pytest.raises(BadRequest, match=r"(?i)icon color"):
        await bot.create_forum_topic(group.id, "x", icon_color=1)


async def test_without_the_right_no_topic_is_made(bot: Bot, sandbox: Sandbox) -> None:
    """Nor in a group that has no topics, nor in a private chat."""
    owner = sandbox.seller(1)
    await owner.start()
    group, plain = sandbox.group(owner), sandbox.group(owner, is_forum=False)
    sandbox.let_in(group, owner, can_pin_messages=True)
    sandbox.let_in(plain, owner)
    for chat, words in ((group.id, "not enough rights"), (plain.id, "not a forum"), (1, "supergroup chats only")):
        with pytest.raises(BadRequest, match=f"(?i){words}"):
            await bot.create_forum_topic(chat, "x")


async def test_what_others_wrote_is_deleted_only_with_the_right(bot: Bot, sandbox: Sandbox) -> None:
    """Its own lines always; a member's only as an administrator who may."""
    owner = sandbox.seller(1)
    group = sandbox.group(owner)
    sandbox.let_in(group, owner, can_manage_topics=True)
    topic = await bot.create_forum_topic(group.id, "小林")
    seat = sandbox.seat(group, owner, topic.message_thread_id)
    written = await seat.says("好")
    own = await bot.send_message(group.id, "在")
    await bot.delete_message(group.id, own.message_id)
    with pytest.raises(BadRequest, match=r"(?i)can't be deleted"):
        await bot.delete_message(group.id, written)
    sandbox.let_in(group, owner, can_delete_messages=True)
    await bot.delete_message(group.id, written)


async def test_twenty_a_minute_in_a_group(bot: Bot, sandbox: Sandbox) -> None:
    """The twenty-first message of a minute is refused, in whatever topic it stands."""
    owner = sandbox.seller(1)
    group = sandbox.group(owner)
    sandbox.let_in(group, owner)
    threads = [(await bot.create_forum_topic(group.id, name)).message_thread_id for name in "ab"]
    sandbox.enforce_limits(overall=1000, chat=1000)
    for number in range(20):
        await bot.send_message(group.id, str(number), message_thread_id=threads[number % 2])
    with pytest.raises(RetryAfter):
        await bot.send_message(group.id, "21")
