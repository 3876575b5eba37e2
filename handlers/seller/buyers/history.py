"""A conversation as it was: /history shows it, /evidence makes a file of it."""

from __future__ import annotations

from typing import Any

from telegram import Update

from handlers.desk import Context
from handlers.seller.asking import asked, buyer_of
from handlers.transcript import evidence, lines_of

MOST_SHOWN = 60
"""Lines of a history in one answer; all of them stand in `bot.py export`."""


async def on_history(update: Update, context: Context) -> None:
    """/history BUYER: everything both sides said, oldest first, an edit with both texts."""
    command = asked(update, context)
    found = await buyer_of(command, "/history BUYER", "/history 123456")
    if found is None:
        return
    lines = await command.desk.store.messages.history(found.buyer.id)
    shown = await lines_of(command.desk, command.owner, lines[-MOST_SHOWN:])
    values: dict[str, Any] = {
        "name": found.name,
        "buyer": found.buyer.id,
        "total": len(lines),
        "earlier": len(lines) - len(shown),
    }
    await command.say("history", lines=shown, conversation_id=found.conversation.id, **values)


async def on_evidence(update: Update, context: Context) -> None:
    """/evidence BUYER: the whole conversation with its times, as a file."""
    command = asked(update, context)
    chat = await buyer_of(command, "/evidence BUYER", "/evidence 123456")
    if chat is not None:
        noted = command.desk.noted(command.owner, "evidence", f"buyer:{chat.buyer.id}", command.now)
        await command.desk.write(
            [noted, *await evidence(command.desk, chat, (command.owner,), command.key, command.now)]
        )
