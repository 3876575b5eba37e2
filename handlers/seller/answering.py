"""A plain line that answers what the bot asked one of the shop's people: a step of /setup, a value for /r."""

from __future__ import annotations

from telegram import Update

from handlers.desk import Context


async def on_answer(update: Update, context: Context) -> bool:
    """Whether the line answered a question; then it has been dealt with."""
    return False
