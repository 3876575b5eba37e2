"""Meeting a buyer: the chat an update belongs to, made when it is new, and what a Telegram message carries."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from telegram import Message, User

from handlers.chats import Chat
from store.buyers import Buyer, BuyerChat, ChatKind
from store.conversations import Conversation

if TYPE_CHECKING:
    from handlers.desk import Desk
    from store.writing import Write

FILES = ("video", "animation", "voice", "audio", "video_note", "document", "sticker")
QUIET_FILES = frozenset({"sticker"})
"""Files that ask nothing by themselves."""


async def meet(
    desk: Desk, user: User, chat_id: int, now: datetime, connection_id: str = ""
) -> tuple[Chat, list[Write]]:
    """The buyer's chat, and what must be written because it is new or the buyer has changed their name."""
    chat = await desk.chats.find(chat_id, connection_id, now)
    name, username = user.full_name or "", user.username or ""
    if chat is None:
        language, script = language_of(user.language_code)
        buyer = await desk.store.buyers.get(user.id)
        fresh = Buyer(user.id, now, name, username, language, script)
        buyer = replace(buyer, telegram_name=name, username=username) if buyer is not None else fresh
        conversation = Conversation(buyer.id, chat_id, now, connection_id)
        switches = await desk.store.buyers.switches(buyer.id)
        chat = desk.chats.keep(Chat(conversation, buyer, switches=switches, is_kept=False))
    if not chat.is_kept:  # new, or what was to keep it could not be written
        kind = ChatKind.BUSINESS if connection_id else ChatKind.BOT
        language, script = language_of(user.language_code)
        return chat, [
            desk.store.buyers.seen(Buyer(user.id, now, name, username, language, script)),
            desk.store.buyers.put_chat(BuyerChat(chat_id, connection_id, chat.buyer.id, kind, now)),
            desk.store.conversations.save(chat.conversation),
        ]
    seen = chat.buyer
    if seen.id != user.id:  # merged: the person is called as in the chat that they were first met in
        name, username = seen.telegram_name, seen.username
    if (seen.telegram_name, seen.username, seen.unreachable_at) != (name, username, None):
        told = replace(seen, telegram_name=name, username=username, unreachable_at=None)
        desk.once_written(
            lambda: desk.chats.correct(seen.id, telegram_name=name, username=username, unreachable_at=None)
        )
        return chat, [desk.store.buyers.seen(told)]
    return chat, []


def language_of(code: str | None) -> tuple[str, str]:
    """Our language and script for Telegram's language code: zh-hant, zh-TW and zh-HK are Traditional, all others English."""
    lower = (code or "").lower()
    if lower.startswith(("zh", "yue")):
        traditional = any(part in lower for part in ("hant", "tw", "hk", "mo")) or lower.startswith("yue")
        return "zh", "hant" if traditional else "hans"
    return ("en", "") if lower else ("", "")


def media_in(message: Message) -> list[dict[str, Any]] | None:
    """The files a message carries, as they are remembered: [{"kind", "file_id", "name"?}]."""
    if message.photo:
        return [{"kind": "photo", "file_id": message.photo[-1].file_id}]
    for kind in FILES:
        file = getattr(message, kind, None)
        if file is not None:
            name = getattr(file, "file_name", None)
            return [{"kind": kind, "file_id": file.file_id, **({"name": name} if name else {})}]
    if message.location is not None:
        return [{"kind": "location", "latitude": message.location.latitude, "longitude": message.location.longitude}]
    if message.contact is not None:
        return [{"kind": "contact", "phone": message.contact.phone_number}]
    return None


def unread(media: list[dict[str, Any]] | None) -> list[dict[str, Any]] | None:
    """Those of the files that a person is to look at."""
    return [one for one in media or [] if one["kind"] not in QUIET_FILES] or None


def clean(text: str) -> str:
    """A buyer's text as it is kept: half surrogates become U+FFFD, NUL goes."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace").replace("\x00", "")
