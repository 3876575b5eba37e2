"""The world as the page draws it: plain JSON, nothing but what a person could see."""

import time
from typing import Any

from sandbox.chats import MEDIA, Chat, Message
from sandbox.clock import Clock
from sandbox.places import places
from sandbox.world import World


def told(world: World, since: int, timezone: str) -> dict[str, Any]:
    """People as they are now, and every message changed after revision `since`."""
    messages = [
        _message(chat, message)
        for chat in world.every_chat()
        for message in chat.messages.values()
        if message.revision > since
    ]
    head = clock_told(world, timezone)
    bot = {"name": world.bot.first_name, "username": world.bot.username}
    people = [_person(world, chat) for chat in world.chats.values()]
    return head | {"revision": world.revision, "bot": bot, "people": people, "messages": messages}


def clock_told(world: World, timezone: str) -> dict[str, Any]:
    """The time, and who is being typed to."""
    busy = {
        str(chat.id): chat.action
        for chat in world.chats.values()
        if chat.action is not None and chat.action_until > time.monotonic()
    }
    now: Clock = world.clock
    return {"now": now.now().isoformat(), "timezone": timezone, "busy": busy}


def _person(world: World, chat: Chat) -> dict[str, Any]:
    account = chat.account
    return {
        "id": account.id,
        "name": account.first_name,
        "language": account.language_code,
        "role": account.role,
        "blocked": account.blocked,
        "opened": chat.opened,
        "commands": world.commands.seen_by(account.id, account.language_code),
        "keyboard": (chat.keyboard or {}).get("keyboard"),
        "account": next((one.is_enabled for one in world.connections.values() if one.account is account), None),
        "places": [place.told() for place in places(world, account)],
    }


def _message(chat: Chat, message: Message) -> dict[str, Any]:
    body = message.body
    told: dict[str, Any] = {
        "chat": chat.key,
        "thread": body.get("message_thread_id"),
        "id": message.message_id,
        "bot": message.from_bot,
        "from": body["from"]["id"],
        "sender": body["from"]["first_name"],
        "date": message.sent_at,
        "edited": "edit_date" in body,
        "text": message.text,
        "entities": body.get("entities") or body.get("caption_entities") or [],
        "media": _media(message),
        "album": body.get("media_group_id"),
        "buttons": body.get("reply_markup", {}).get("inline_keyboard", []),
        "deleted": message.deleted,
        "reaction": message.reaction,
        "forwarded": _forwarded(body),
    }
    answered = body.get("reply_to_message")
    if answered is not None:
        told["reply"] = {
            "id": answered["message_id"],
            "name": answered["from"]["first_name"],
            "text": answered.get("text") or answered.get("caption") or "",
        }
    return told


def _media(message: Message) -> dict[str, Any] | None:
    for kind in MEDIA:
        shown = message.body.get(kind)
        if shown:
            file = shown[-1] if kind == "photo" else shown
            return {
                "kind": kind,
                "url": f"/_/files/{file['file_id']}",
                "name": file.get("file_name", kind),
                "size": file.get("file_size", 0),
                "width": file.get("width"),
                "height": file.get("height"),
            }
    return None


def _forwarded(body: dict[str, Any]) -> str | None:
    origin = body.get("forward_origin")
    if origin is None:
        return None
    return str(origin.get("sender_user_name") or origin.get("sender_user", {}).get("first_name", ""))
