"""A plain line that answers what the bot asked one of the shop's people: a step of /setup, a value for /r."""

from __future__ import annotations

from datetime import timedelta

from telegram import Update

from handlers import access
from handlers.desk import Context
from handlers.seller.asking import asked
from handlers.seller.buyers import quick_replies
from handlers.seller.shop import first_run

WAITS = timedelta(hours=1)
"""So long a question waits for its answer; a line that comes later is not taken for one."""


async def on_answer(update: Update, context: Context, *, just_asked: bool = False) -> bool:
    """Whether the line answered a question; then it has been dealt with. A reply to a buyer's card never does. `just_asked`:
    only a value for a saved reply, which may be any words."""
    command = asked(update, context)
    desk, message = command.desk, command.message
    if not message.text or message.text.startswith("/"):
        return False
    dialog = await desk.store.dialogs.of(command.owner)
    if (
        dialog is None
        or dialog.data.get("left")
        or command.now - dialog.at > WAITS
        or (just_asked and dialog.kind != "reply")
    ):
        return False
    answered = message.reply_to_message
    if answered is not None and await desk.store.sent.about(message.chat.id, answered.message_id):
        return False
    name, work = {"reply": ("r", quick_replies.on_value), "setup": ("setup", first_run.on_value)}[dialog.kind]
    if not access.may_command(desk, command.owner, name):
        return False
    await work(command, dialog)
    return True
