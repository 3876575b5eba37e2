"""/why [BUYER]: what decided the last answer."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from telegram import Update

from handlers.desk import Context
from handlers.seller.asking import asked, buyer_of

if TYPE_CHECKING:
    from core.understanding import Mind


async def on_why(update: Update, context: Context) -> None:
    """/why [BUYER]: which rule or phrases decided the last answer."""
    command = asked(update, context)
    desk = command.desk
    empty = {"asks": [], "words": "", "unclear": [], "told": []}
    if command.words or command.message.reply_to_message is not None:
        chat = await buyer_of(command, "/why [BUYER]", "/why")
        if chat is None:
            return None
        conversations = [chat.conversation.id]
    else:
        recent = await desk.store.conversations.active(command.now - timedelta(days=30))
        conversations = [met.conversation.id for met in recent[:5]]
    turns = [turn for one in conversations for turn in await desk.store.turns.latest(one, 5) if turn.understanding]
    latest = max(turns, key=lambda turn: turn.closed_at or turn.opened_at, default=None)
    told = latest.understanding if latest is not None else empty
    values: dict[str, Any] = {key: told.get(key, default) for key, default in empty.items()}
    _, mind = await desk.shelf.minded()
    values["asks"] = await asyncio.to_thread(lambda: [_reasoned(one, mind) for one in values["asks"]])
    return await command.say("why", **values)


def _reasoned(ask: dict[str, Any], mind: Mind) -> dict[str, Any]:
    """The ask with the phrases its words are most like, where no rule tells."""
    from core.understanding.asks.explaining import why

    return ask | {"why": why(ask["why"], ask["source"], ask["name"], ask.get("piece", ""), mind)}
