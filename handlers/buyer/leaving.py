"""A buyer blocks the bot, or comes back: while blocked, nothing is pushed there."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from telegram import Update

from handlers.desk import Context

if TYPE_CHECKING:
    from store.writing import Write


async def on_member(update: Update, context: Context) -> None:
    """What Telegram says of the bot's place in a private chat."""
    changed, desk = update.my_chat_member, context.desk
    assert changed is not None
    now = desk.clock.now()
    gone = changed.new_chat_member.status in ("kicked", "left")
    chat = await desk.chats.find(changed.chat.id, "", now)
    unit: list[Write] = []
    if chat is not None:
        at = now if gone else None
        chat.buyer = replace(chat.buyer, unreachable_at=at)
        unit.append(desk.store.buyers.unreachable(chat.buyer.id, at))
    await desk.write(unit)
