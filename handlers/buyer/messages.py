"""A buyer writes or shows something: it is kept, and becomes part of a turn."""

from __future__ import annotations

from datetime import datetime

from telegram import Message, Update

from handlers.buyer.meeting import QUIET_FILES, clean, media_in, meet, unread
from handlers.chats import Chat, Line
from handlers.desk import Context, Desk
from handlers.resending import by_id
from store.messages import Message as Kept
from store.messages import Who
from store.writing import Write


async def on_line(update: Update, context: Context) -> None:
    """A line, a picture, a voice note …: kept first, answered when the buyer pauses."""
    message, user = update.effective_message, update.effective_user
    if message is None or user is None:
        return await context.desk.write([])
    desk = context.desk
    now = desk.clock.now()
    chat, unit = await meet(desk, user, message.chat.id, now, message.business_connection_id or "")
    async with chat.held():
        if chat.buyer.is_blocked:
            return await desk.write([])
        if (job := desk.job()) is not None and job.is_again:
            number = message.message_id
            ahead = await desk.store.messages.by_telegram_id(chat.conversation.id, number)
            if ahead is not None and ahead.who is Who.BUYER:
                return await _behind_its_edit(desk, chat, message, ahead, unit, now)
        text = clean(message.text or message.caption or "")
        album = message.media_group_id
        if album and chat.open_turn is None and await desk.store.messages.has_album(chat.conversation.id, album):
            # A late picture of an album that was answered: it is kept and shown, and not answered again.
            _, kept = keep_line(desk, chat, message, text)
            return await desk.write([*unit, *kept, *_shown(desk, chat, message)])
        opened = desk.turns.taking(chat, now)
        line, kept = keep_line(desk, chat, message, text, opened.turn.id)
        await desk.turns.hear(chat, opened, line, unit, [*kept, *_shown(desk, chat, message)], now)
    return None


async def _behind_its_edit(
    desk: Desk, chat: Chat, message: Message, kept: Kept, unit: list[Write], now: datetime
) -> None:
    """A line that was set aside, and edited meanwhile: it counts as it reads since, and was answered so or is now."""
    if kept.turn_id is not None:
        return await desk.write(unit)
    opened = desk.turns.taking(chat, now)
    line, _ = keep_line(desk, chat, message, kept.now_reads)
    line.message_id = kept.id
    belongs = desk.store.messages.belongs(kept.id, opened.turn.id)
    return await desk.turns.hear(chat, opened, line, unit, [belongs, *_shown(desk, chat, message)], now)


def keep_line(
    desk: Desk, chat: Chat, message: Message, text: str, turn_id: int | None = None
) -> tuple[Line, list[Write]]:
    """The line for the turn, and its record, by which the turn finds its lines after a restart."""
    job = desk.job()
    media = media_in(message)
    reply_to = message.reply_to_message.message_id if message.reply_to_message else None
    kept = Kept(
        chat.conversation.id,
        Who.BUYER,
        text,
        message.date,
        turn_id=turn_id,
        telegram_id=message.message_id,
        reply_to=reply_to,
        album=message.media_group_id or "",
        media=media,
        inbox_seq=job.seq if job else None,
    )
    quoted = _quoted(message)
    line = Line(kept.id, message.message_id, text, message.date, unread(media), kept.album, reply_to, quoted)
    return line, list(desk.store.messages.add(kept))


def _quoted(message: Message) -> str:
    """What the buyer answers by quoting it."""
    answered = message.reply_to_message
    return clean(answered.text or answered.caption or "") if answered is not None else ""


def _shown(desk: Desk, chat: Chat, message: Message) -> list[Write]:
    """The buyer's file itself, for the sellers to look at."""
    media = media_in(message)
    if not media or media[0]["kind"] in QUIET_FILES or desk.forum.is_on:
        return []
    method, payload = "copyMessage", {"from_chat_id": message.chat.id, "message_id": message.message_id}
    if message.business_connection_id:  # nothing can be copied out of a business account's chat
        caption = {"caption": message.caption} if message.caption else {}
        method, payload = by_id(media[0], caption) or (method, payload)
    now = desk.clock.now()
    return [
        desk.speaking.to_seller(
            owner,
            method,
            payload,
            f"shown:{message.business_connection_id or ''}:{message.chat.id}:{message.message_id}:{owner}",
            now,
            chat.conversation.id,
        )
        for owner in desk.people.sellers
    ]
