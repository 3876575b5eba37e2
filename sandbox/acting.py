"""What people do: each act changes the world and tells the bot of it, as a Telegram client would."""

from typing import Any

from sandbox.chats import Account, Body, Chat, Message, Query
from sandbox.entities import units
from sandbox.files import Kind
from sandbox.links import found_in, start_payload
from sandbox.methods.media import content_of
from sandbox.methods.sending import LONGEST_TEXT
from sandbox.world import World


class Impossible(Exception):
    """A Telegram client would not let a person do this; the text says why."""


def start(world: World, account: Account, payload: str | None = None) -> Message:
    """Press START, or follow a link that carries `payload`. Somebody who had blocked the bot comes back."""
    if account.blocked:
        set_blocked(world, account, False)
    return say(world, account, f"/start {payload}" if payload else "/start")


def say(
    world: World,
    account: Account,
    text: str,
    *,
    reply_to: int | None = None,
    extra: Body | None = None,
    chat: Chat | None = None,
) -> Message:
    """Write a line; one of more than 4096 characters goes out in several messages, of which the last is returned."""
    if not text.strip():
        raise Impossible("a blank message cannot be sent")
    message: Message | None = None
    for part in _parts(text.strip()):
        content: Body = {"text": part}
        entities = found_in(part)
        if entities:
            content["entities"] = entities
        message = _put(world, account, content | (extra or {}), reply_to, chat)
    assert message is not None
    return message


def send_file(
    world: World,
    account: Account,
    kind: Kind,
    data: bytes,
    name: str,
    caption: str | None = None,
    *,
    album: str | None = None,
    mime: str | None = None,
    reply_to: int | None = None,
    extra: Body | None = None,
    chat: Chat | None = None,
) -> Message:
    """Send a picture, a document, a voice note …; those of one album carry its id and arrive one by one."""
    content = content_of(world.files.keep(kind, data, name, mime))
    if caption:
        content["caption"] = caption
        entities = found_in(caption)
        if entities:
            content["caption_entities"] = entities
    if album is not None:
        content["media_group_id"] = album
    return _put(world, account, content | (extra or {}), reply_to, chat)


def send_other(world: World, account: Account, content: Body, chat: Chat | None = None) -> Message:
    """Send anything else, given as the fields of the message: a location, a contact …"""
    return _put(world, account, content, None, chat)


def forward(world: World, account: Account, text: str, origin: Body) -> Message:
    """Forward a line that somebody else wrote."""
    return say(world, account, text, extra={"forward_origin": origin})


def edit(world: World, account: Account, message_id: int, text: str, chat: Chat | None = None) -> Message:
    """Change the text or the caption of one's own message."""
    chat = chat or _own_chat(world, account)
    message = chat.find(message_id)
    if message is None or message.from_bot or message.body["from"]["id"] != account.id:
        raise Impossible("there is no such message of yours to edit")
    where, beside = ("text", "entities") if "text" in message.body else ("caption", "caption_entities")
    body = {key: value for key, value in message.body.items() if key != beside} | {where: text.strip()}
    if entities := found_in(text.strip()):
        body[beside] = entities
    world.change(message, body)
    world.updates.put(chat.edited_update, message.body, chat.id)
    return message


def delete(world: World, account: Account, message_id: int) -> Message:
    """Delete a message for both sides. Telegram tells the bot nothing."""
    message = _own_chat(world, account).find(message_id)
    if message is None:
        raise Impossible("there is no such message to delete")
    world.take_away(message)
    return message


def set_blocked(world: World, account: Account, blocked: bool) -> None:
    """Block the bot or let it back in; the bot hears of it once."""
    if account.blocked == blocked:
        return
    account.blocked = blocked
    bot = world.bot.user()
    member: Body = {"user": bot, "status": "member"}
    kicked: Body = {"user": bot, "status": "kicked", "until_date": 0}
    world.touch()
    world.updates.put(
        "my_chat_member",
        {
            "chat": world.chats[account.id].shown(),
            "from": account.user(),
            "date": world.seconds(),
            "old_chat_member": member if blocked else kicked,
            "new_chat_member": kicked if blocked else member,
        },
        account.id,
    )


def tap(
    world: World, account: Account, message_id: int, row: int, column: int, chat: Chat | None = None
) -> Query | str:
    """Press a button under a message: a query the bot is to answer, or the text copied, or the address opened."""
    chat = chat or _own_chat(world, account)
    message = chat.find(message_id)
    if message is None:
        raise Impossible("there is no such message")
    try:
        button = message.body["reply_markup"]["inline_keyboard"][row][column]
    except (KeyError, IndexError) as error:
        raise Impossible("there is no such button") from error
    if "callback_data" in button:
        return press(world, account, message, button["callback_data"])
    if "copy_text" in button:
        return str(button["copy_text"]["text"])
    url = str(button.get("url", ""))
    payload = start_payload(url, world.bot.username)
    if payload is not None:
        start(world, account, payload)
    return url


def press(world: World, account: Account, message: Message, data: str) -> Query:
    """Send a button's data, whether or not the button is there: clients can send what they like."""
    _may_write(account)
    query = world.ask(account, message)
    if "business_connection_id" in message.body and not world.buttons_work_in_business:
        return query  # pressed, and nobody hears of it
    world.updates.put(
        "callback_query",
        {
            "id": query.id,
            "from": account.user(),
            "message": message.body,
            "chat_instance": str(message.chat_id * 31),
            "data": data,
        },
        account.id,
    )
    return query


def _own_chat(world: World, account: Account) -> Chat:
    return world.chats[account.id]


def _may_write(account: Account) -> None:
    if account.blocked:
        raise Impossible(f"{account.first_name} has blocked the bot and must unblock it first")


def _put(world: World, account: Account, content: Body, reply_to: int | None, chat: Chat | None = None) -> Message:
    if chat is None:
        _may_write(account)
        chat = _own_chat(world, account)
    chat.opened = True
    if chat.keyboard is not None and chat.keyboard.get("one_time_keyboard"):
        chat.keyboard = None
    if reply_to is not None:
        answered = chat.find(reply_to)
        if answered is None:
            raise Impossible("there is no such message to reply to")
        quoted: dict[str, Any] = {key: value for key, value in answered.body.items() if key != "reply_to_message"}
        content = content | {"reply_to_message": quoted}
    message = world.post(chat, content, from_bot=False, sender=account)
    chat.heard(account, world.seconds())
    if chat.is_told(message):
        world.updates.put(chat.update, message.body, chat.id)
    return message


def _parts(text: str) -> list[str]:
    if units(text) <= LONGEST_TEXT:
        return [text]
    parts, part, size = [], "", 0
    for char in text:
        wide = units(char)
        if size + wide > LONGEST_TEXT:
            parts.append(part)
            part, size = "", 0
        part += char
        size += wide
    return [*parts, part]
