"""Replying to a card: the words go to the buyer. And the line that answers nothing and commands nothing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from telegram import Message, Update

from core.html import plain_text
from handlers import access
from handlers.buyer.meeting import media_in
from handlers.chats import Chat
from handlers.desk import Context, Desk
from handlers.resending import by_id
from handlers.seller.aliases import nearest
from handlers.seller.asking import Asked, asked
from handlers.seller.orders.promises import is_field, on_new_time
from handlers.seller.teaching import keeping
from handlers.speaking import Record
from handlers.takeover import written_by_hand
from store.outbox import Kind, Outgoing
from store.writing import Unit, Write

LONGEST_COMMAND = 33
"""A command with its slash: Telegram knows none that is longer."""
SURELY = 0.75
"""So alike is a command that it is offered where nobody asked for help."""


async def on_reply(update: Update, context: Context) -> None:
    """A seller replies to a card (or to a buyer's file): the words go to the buyer as they are, once."""
    command = asked(update, context)
    desk, message = command.desk, command.message
    answered = message.reply_to_message
    key = await desk.store.sent.key_of(message.chat.id, answered.message_id) if answered else ""
    if is_field(key):
        return await on_new_time(command, key)
    conversation, learned = await _about(command)
    chat = await desk.chats.of_conversation(conversation) if conversation else None
    if chat is None:
        return await unclear(command)
    async with chat.held():
        was_muted = chat.conversation.is_muted(command.now)
        method, payload = verbatim(message, by_file_id=bool(chat.conversation.connection_id))
        text = message.text or message.caption or ""
        unit = desk.speaking.say(
            chat, method, payload, f"{command.key}:to", command.now, Kind.REPLY, Record(text, staff_id=command.owner),
            guard={"by": "staff"},
        )  # fmt: skip
        until = command.now + desk.quiet
        asked_about = desk.promising.heard(chat, text, command.owner, command.key, command.now)
        unit += [*learned, *await answered_by(desk, chat, command.owner, message.text or "", command.now)]
        keep = await keeping.offer(desk, chat, message.text or "", command.owner, command.now)
        if was_muted and keep:
            await command.say(
                "sent_to", [*unit, *asked_about], buttons=keep, name=chat.name, conversation_id=chat.conversation.id
            )
        elif was_muted:
            await desk.write([*unit, *asked_about])
        else:
            label = desk.speech.seller("button_release", desk.voice(command.owner))
            again = (label, "release", {"conversation": chat.conversation.id})
            await command.say(
                "muted_for",
                [*unit, *asked_about],
                buttons=[[again], *keep],
                until=until,
                name=chat.name,
                conversation_id=chat.conversation.id,
            )
    return None


async def answered_by(desk: Desk, chat: Chat, who: int, text: str, now: datetime) -> list[Write]:
    """What follows when a seller has written to the buyer of this chat, which is held: the bot is silent there for a while,
    nobody is waited for any more, and what was about to be answered is not."""
    unit = await written_by_hand(desk, chat, text, now, who)
    unit.append(desk.noted(who, "reply", f"buyer:{chat.buyer.id}", now))
    unit.append(desk.store.conversations.save(chat.conversation))
    return unit


async def _about(command: Asked) -> tuple[int | None, Unit]:
    """The conversation that the message replied to is about. Where nobody could tell whether that message had arrived, the
    reply shows that it did: what is to be noted then comes with it."""
    answered, store = command.message.reply_to_message, command.desk.store
    if answered is None:
        return None, ()
    if (known := await store.sent.about(answered.chat.id, answered.message_id)) is not None:
        return known, ()
    words = _words(answered.text or answered.caption or "")
    for row in await store.doubts.of_chat(answered.chat.id):
        if row.conversation_id is not None and words and words == _words(_said(row)):
            return row.conversation_id, store.outbox.sent(row.id, answered.message_id, command.now)
    return None, ()


def _said(row: Outgoing) -> str:
    text = str(row.payload.get("text") or row.payload.get("caption") or "")
    return plain_text(text) if row.payload.get("parse_mode") else text


def _words(text: str) -> str:
    return " ".join(text.split())


async def on_plain(update: Update, context: Context) -> None:
    """An owner's line that answers nothing and commands nothing."""
    await unclear(asked(update, context))


async def unclear(command: Asked, unit: Sequence[Write] = ()) -> None:
    """Not understood; for a command that this person does not have, the nearest of theirs."""
    message = command.message
    head = (message.text or "").split(maxsplit=1)[:1]
    wrote = head[0] if head and head[0].startswith("/") and len(head[0]) <= LONGEST_COMMAND else ""
    if message.forward_origin is not None and wrote:
        return await command.say("unclear_forward", unit, wrote=wrote)
    if (message.photo or message.video) and access.may(command.desk, command.owner, access.PICTURES):
        return await command.say("unclear_picture", unit)
    near = nearest(command.desk, command.owner, wrote, 1, SURELY) if wrote else []
    return await command.say("unclear_command", unit, wrote=wrote, near=near[0] if near else "")


def verbatim(message: Message, by_file_id: bool = False) -> tuple[str, dict[str, Any]]:
    """The call that gives a buyer exactly what the seller wrote or sent; into a business account's chat by its file id."""
    if message.text is not None:
        entities = [one.to_dict() for one in message.entities]
        return "sendMessage", {"text": message.text, **({"entities": entities} if entities else {})}
    media = media_in(message) if by_file_id else None
    entities = [one.to_dict() for one in message.caption_entities]
    caption = {"caption": message.caption, "caption_entities": entities} if message.caption else {}
    if media and (sent := by_id(media[0], caption)) is not None:
        return sent
    return "copyMessage", {"from_chat_id": message.chat.id, "message_id": message.message_id}
