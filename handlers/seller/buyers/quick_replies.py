"""Sending a reply of the seller's own: /r KEY [BUYER] [name=value …]. What is missing is asked for, then it is previewed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from telegram import Update

from core.html import plain_text
from handlers.calls import calls_for, text_of
from handlers.chats import Chat
from handlers.composing import voice_for
from handlers.desk import Context, Desk
from handlers.seller.asking import Asked, asked, is_buyer, replied_to
from handlers.seller.buyers.replying import answered_by
from handlers.seller.shop.shelf import CHAT_PHOTO
from handlers.speaking import Record
from handlers.tapping import tap_told
from store.dialogs import Dialog
from store.outbox import Kind
from store.wordings import REPLY, OwnWording
from store.writing import Write
from templates.own import OwnText, read

if TYPE_CHECKING:
    from store.buttons import Button

USAGE = ("/r KEY [BUYER] [NAME=VALUE …]", "/r 尺码 123456 size=M")
LONGEST_VALUE = 500


async def on_r(update: Update, context: Context) -> None:
    """/r KEY BUYER, or in reply to a card without the number: the saved reply, filled in, previewed, and sent by a button."""
    command = asked(update, context)
    desk, words = command.desk, list(command.words)
    await desk.shelf.fresh()
    keys = sorted({name.removeprefix(REPLY) for name, _ in desk.shelf.now.wordings if name.startswith(REPLY)})
    if not words:
        return await command.misused("reply_wrong", *USAGE, why="which", keys=keys)
    key = words.pop(0)
    if key not in keys:
        near = get_close_matches(key, keys, 3, 0.3) or keys[:8]
        return await command.misused("reply_wrong", *USAGE, why="unknown", said=key, keys=near)
    written = words[0] if words and is_buyer(words[0]) else ""
    chat = await _buyer(command, words)
    if chat is None and written:
        return await command.say("no_such_buyer", buyer=written)
    if chat is None:
        return await command.misused("reply_wrong", *USAGE, why="buyer")
    if (loose := next((word for word in words if "=" not in word), "")) and words[0] == loose:
        return await command.misused("reply_wrong", *USAGE, why="value", said=loose)
    given = dict(word.split("=", 1) for word in words if "=" in word)
    values = {"name": chat.name, "buyer": str(chat.buyer.id), "shop": desk.shelf.now.shop.name} | given
    return await _go_on(command, chat, key, values)


async def on_value(command: Asked, dialog: Dialog) -> None:
    """The value that was asked for."""
    chat = await command.desk.chats.of_conversation(dialog.conversation_id or 0)
    text = (command.message.text or "").strip()[:LONGEST_VALUE]
    if chat is None or not text:
        return await command.say("reply_ask", name=dialog.data["asks"], key=dialog.data["key"])
    values = {**dialog.data["values"], str(dialog.data["asks"]): text}
    return await _go_on(command, chat, str(dialog.data["key"]), values)


async def reply_send(desk: Desk, button: Button, who: int, now: datetime) -> list[Write]:
    """[发送]: exactly what was previewed goes to the buyer."""
    chat = await desk.chats.of_conversation(int(button.data["conversation"]))
    if chat is None or chat.buyer.is_blocked:
        return tap_told(desk, who, "reply_gone", button, now)
    html, media = str(button.data["html"]), button.data["media"]
    unit: list[Write] = []
    for place, (method, payload) in enumerate(calls_for(html, _photos(media), None)):
        record = Record(text_of(payload), f"{REPLY}{button.data['key']}", staff_id=who)
        unit += desk.speaking.say(
            chat, method, payload, f"r:{button.id}:{place}", now, Kind.REPLY, record, guard={"by": "staff"}
        )
    unit += await answered_by(desk, chat, who, html, now)
    unit += desk.promising.heard(chat, plain_text(html), who, f"r:{button.id}", now)
    return [*unit, *tap_told(desk, who, "reply_sent", button, now, name=chat.name)]


async def reply_cancel(desk: Desk, button: Button, who: int, now: datetime) -> list[Write]:
    """[算了]: nothing is sent."""
    return tap_told(desk, who, "reply_cancelled", button, now)


async def _go_on(command: Asked, chat: Chat, key: str, values: Mapping[str, str]) -> None:
    """Ask for the next missing value, or show what would be sent."""
    desk = command.desk
    voice = voice_for(chat, desk.shelf.now, command.now)
    one, fits = _in_language(desk, key, voice.language, voice.script)
    found = read(one.source) if one is not None else ()
    if one is None or not isinstance(found, OwnText):
        return await command.say("reply_gone", [desk.store.dialogs.end(command.owner)])
    missing = sorted(found.needs - values.keys())
    if missing:
        data = {"key": key, "values": dict(values), "asks": missing[0]}
        dialog = Dialog(command.owner, "reply", command.now, data, chat.conversation.id)
        return await command.say("reply_ask", [desk.store.dialogs.put(dialog)], name=missing[0], key=key)
    said = found.say(voice, values)
    if not isinstance(said, str):
        return await command.say("template_refused", [desk.store.dialogs.end(command.owner)], flaws=[said], more=0)
    sent = {"conversation": chat.conversation.id, "key": key, "html": said, "media": one.media or []}
    mine = desk.voice(command.owner)
    row = [
        (desk.speech.seller("button_send", mine), "reply_send", sent),
        (desk.speech.seller("button_dont_send", mine), "reply_cancel", {}),
    ]
    return await command.say(
        "reply_preview", [desk.store.dialogs.end(command.owner)], buttons=[row], name=chat.name, buyer=chat.buyer.id,
        html=said, files=len(one.media or ()), fits=fits, language=one.language,
    )  # fmt: skip


async def _buyer(command: Asked, words: list[str]) -> Chat | None:
    """The buyer by number, or the one whose card is replied to."""
    if words and is_buyer(words[0]):
        return await command.desk.chats.of_buyer(int(words.pop(0)))
    return await replied_to(command)


def _in_language(desk: Desk, key: str, language: str, script: str) -> tuple[OwnWording | None, bool]:
    """The reply in the buyer's language, else in the one there is; and whether it is the buyer's."""
    wordings = desk.shelf.now.wordings
    wanted = (("zh_hant",) if language == "zh" and script == "hant" else ()) + (language,)
    for one in wanted:
        if (REPLY + key, one) in wordings:
            return wordings[REPLY + key, one], True
    return next((one for (name, _), one in sorted(wordings.items()) if name == REPLY + key), None), False


def _photos(media: Any) -> list[str]:
    return [f"{CHAT_PHOTO}{'video:' if one['kind'] == 'video' else ''}{one['file_id']}" for one in media]
