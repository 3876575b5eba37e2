"""A buyer edits a line: before its answer it counts as it reads now, after it it is answered once more if it means another."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from telegram import Message as Written
from telegram import Update

from core.correcting import MOST_EDITS, WITHIN, means_another
from handlers.buyer import messages
from handlers.buyer.meeting import clean, media_in
from handlers.chats import Chat, Line
from handlers.composing import read
from handlers.desk import Context, Desk
from store.messages import Change, Message, Version, Who

if TYPE_CHECKING:
    from store.writing import Write

SIGN = "✏️"
"""Before an edited line on a card that sellers of any language read."""


async def on_edit(update: Update, context: Context) -> None:
    """The edit is kept as a version, whatever becomes of it. It never becomes a command."""
    message, desk = update.effective_message, context.desk
    if message is None:
        return await desk.write([])
    chat = await desk.chats.find(message.chat.id, message.business_connection_id or "")
    known = desk.store.messages.by_telegram_id
    kept = await known(chat.conversation.id, message.message_id) if chat is not None else None
    if chat is None or kept is None:
        return await _ahead_of_its_line(update, context, message)
    if kept.who is not Who.BUYER:
        return await desk.write([])
    async with chat.held():
        text = clean(message.text or message.caption or "")
        at = message.edit_date or desk.clock.now()
        unit = list(desk.store.messages.change(Version(kept.id, at, Change.EDIT, text, media_in(message))))
        if desk.turns.holds(chat, kept.id):
            await desk.write(unit)
            desk.turns.edited(chat, kept.id, text)
        else:
            await _after_its_answer(desk, chat, kept, text, unit)
    return None


async def _ahead_of_its_line(update: Update, context: Context, message: Written) -> None:
    """The line itself is not known: it was set aside, or never came. The edit is the line then, and answered as one while it
    is a correction; later it is kept for the line, should that be put back."""
    desk, user = context.desk, message.from_user
    if user is None or user.id != message.chat.id or user.id in desk.people.present:
        return await desk.write([])
    text, now = clean(message.text or message.caption or ""), desk.clock.now()
    if now - message.date <= WITHIN and not text.startswith("/"):
        return await messages.on_line(update, context)
    chat = await desk.chats.find(message.chat.id, message.business_connection_id or "", now)
    return await desk.write(messages.keep_line(desk, chat, message, text)[1] if chat is not None else [])


async def _after_its_answer(desk: Desk, chat: Chat, kept: Message, text: str, unit: list[Write]) -> None:
    """Answered once more where it means another thing now; else shown to the seller who has its card, or the chat, in hand."""
    now = desk.clock.now()
    if chat.buyer.is_blocked or not text.strip() or text == kept.now_reads:
        return await desk.write(unit)
    is_muted = chat.conversation.is_muted(now)
    if not is_muted and await _asks_anew(desk, chat, kept, text, now):
        opened = desk.turns.taking(chat, now)
        line = Line(kept.id, kept.telegram_id, text, kept.at, is_edit=True)
        belongs = desk.store.messages.belongs(kept.id, opened.turn.id)
        return await desk.turns.hear(chat, opened, line, unit, [belongs], now)
    if is_muted or await desk.cards.waits_for(chat):
        unit += await desk.cards.heard(chat, [f"{SIGN} {text}"], ("muted",) if is_muted else (), now)
    return await desk.write(unit)


async def _asks_anew(desk: Desk, chat: Chat, kept: Message, text: str, now: datetime) -> bool:
    if now - kept.at > WITHIN or len(kept.versions) >= MOST_EDITS:
        return False
    snapshot, mind = await desk.shelf.minded()
    old = kept.now_reads
    before, after = (read(words, chat, snapshot, mind, now).understood for words in (old, text))
    return means_another(before, after, old, text)
