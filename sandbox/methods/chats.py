"""Around a chat: button answers, typing, files to fetch, pins, the menu button."""

import time
from typing import Any

from sandbox import business, groups
from sandbox.chats import Answer, Body, Chat, Message
from sandbox.errors import QUERY_TOO_OLD, bad_request
from sandbox.files import MOST_DOWNLOADED
from sandbox.params import Params
from sandbox.world import World

ACTIONS = {
    "typing",
    "upload_photo",
    "record_video",
    "upload_video",
    "record_voice",
    "upload_voice",
    "upload_document",
    "choose_sticker",
    "find_location",
    "record_video_note",
    "upload_video_note",
}
ACTION_LASTS = 5.0
REACTIONS = 1


def answer_callback_query(world: World, params: Params) -> bool:
    """Once per press, within a minute; at most 200 characters."""
    text = params.text("text") or ""
    if len(text) > 200:
        raise bad_request("MESSAGE_TOO_LONG")
    query = world.query_alive(params.text("callback_query_id") or "")
    if query is None:
        raise bad_request(QUERY_TOO_OLD)
    query.answer = Answer(text, params.flag("show_alert"), params.text("url"))
    world.touch()
    return True


def send_chat_action(world: World, params: Params) -> bool:
    """Shown for five seconds, or until the bot says something."""
    if "business_connection_id" in params:
        chat: Chat = business.chat_writable(world, params)
    else:
        chat = world.chat_writable(params.values.get("chat_id"))
    groups.thread_of(chat, params)
    action = (params.text("action") or "").lower()
    if action not in ACTIONS:
        raise bad_request("wrong parameter action in request")
    chat.action, chat.action_until = action, time.monotonic() + ACTION_LASTS
    world.touch()
    return True


def set_message_reaction(world: World, params: Params) -> bool:
    """One reaction a message; an empty list takes it back."""
    message = _message(world, params, "react to")
    reactions = params.json("reaction") or []
    if len(reactions) > REACTIONS:
        raise bad_request("REACTIONS_TOO_MANY")
    if any(reaction.get("type") != "emoji" for reaction in reactions):
        raise bad_request("REACTION_INVALID")
    message.reaction = [reaction["emoji"] for reaction in reactions]
    world.touch(message)
    return True


def get_chat(world: World, params: Params) -> Body:
    """The chat with what only getChat tells."""
    chat = world.chat_known(params.values.get("chat_id"))
    told = chat.shown() | {"accent_color_id": 0, "max_reaction_count": 11, "accepted_gift_types": _NO_GIFTS}
    pinned = chat.find(chat.pinned[-1]) if chat.pinned else None
    return told | ({"pinned_message": pinned.body} if pinned else {})


_NO_GIFTS = {
    "unlimited_gifts": False,
    "limited_gifts": False,
    "unique_gifts": False,
    "premium_subscription": False,
    "gifts_from_channels": False,
}


def get_chat_member(world: World, params: Params) -> Body:
    """In a private chat the person is a member of it."""
    chat = world.chat_known(params.values.get("chat_id"))
    if isinstance(chat, groups.Group):
        asked = params.integer("user_id")
        if asked == world.bot.id:
            return chat.member() | {"user": world.bot.user()}
        if asked not in chat.members:
            raise bad_request("member not found")
        return {"status": chat.members[asked], "user": world.chats[asked].account.user(), "is_anonymous": False}
    if params.integer("user_id") != chat.id:
        raise bad_request("member not found")
    return {"status": "member", "user": chat.account.user()}


def get_file(world: World, params: Params) -> Body:
    """Where to fetch a file of at most 20 MB."""
    file = world.files.find(params.text("file_id") or "")
    if file is None:
        raise bad_request("invalid file_id" if params.text("file_id") else "file_id not specified")
    if len(file.data) > MOST_DOWNLOADED:
        raise bad_request("file is too big")
    asked = params.text("file_id") or ""
    size = len(file.data)
    return {"file_id": asked, "file_unique_id": file.unique_id, "file_size": size, "file_path": file.path}


def pin(world: World, params: Params) -> bool:
    """Pin a message in the chat."""
    message = _message(world, params, "pin")
    chat = world.chat_known(params.values.get("chat_id"))
    groups.may(chat, "can_pin_messages", "manage pinned messages in the chat")
    pinned = chat.pinned
    if message.message_id in pinned:
        raise bad_request("CHAT_NOT_MODIFIED")
    pinned.append(message.message_id)
    world.touch(message)
    return True


def unpin(world: World, params: Params) -> bool:
    """Unpin one message, or the newest pinned one."""
    chat = world.chat_known(params.values.get("chat_id"))
    number = params.integer("message_id") or (chat.pinned[-1] if chat.pinned else 0)
    if number not in chat.pinned:
        raise bad_request("message to unpin not found")
    chat.pinned.remove(number)
    world.touch(chat.messages[number])
    return True


def unpin_all(world: World, params: Params) -> bool:
    """Unpin everything."""
    world.chat_known(params.values.get("chat_id")).pinned.clear()
    world.touch()
    return True


def set_menu_button(world: World, params: Params) -> bool:
    """The button beside the input field of one chat."""
    button: Any = params.json("menu_button") or {"type": "default"}
    if not isinstance(button, dict) or button.get("type") not in ("default", "commands", "web_app"):
        raise bad_request("can't parse MenuButton: unsupported type")
    if "chat_id" in params:
        world.chat_known(params.values.get("chat_id")).menu_button = button
    world.touch()
    return True


def get_menu_button(world: World, params: Params) -> Body:
    """What set_menu_button set."""
    if "chat_id" not in params:
        return {"type": "default"}
    return world.chat_known(params.values.get("chat_id")).menu_button


def _message(world: World, params: Params, verb: str) -> Message:
    chat = world.chat_known(params.values.get("chat_id"))
    message = chat.find(params.integer("message_id"))
    if message is None:
        raise bad_request(f"message to {verb} not found")
    return message
