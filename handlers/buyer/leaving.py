"""A buyer blocks the bot, or comes back: while blocked, nothing is pushed there."""

from __future__ import annotations

from dataclasses import replace

from telegram import Update

from handlers.desk import Context


async def on_member(update: Update, context: Context) -> None:
    """What Telegram says of the bot's place in a private chat."""
    changed, desk = update.my_chat_member, context.desk
    assert changed is not None
    now = desk.clock.now()
    gone = changed.new_chat_member.status in ("kicked", "left")
    chat = await desk.chats.find(changed.chat.id, "", now)
    if chat is None:
        return await desk.write([])
    at, number = now if gone else None, changed.chat.id
    await desk.write([desk.store.buyers.unreachable(number, at)])
    if chat.buyer.id == number:  # whoever was merged is reached in their other chats all the same
        chat.buyer = replace(chat.buyer, unreachable_at=at)
    return None
