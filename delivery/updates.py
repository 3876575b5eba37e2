"""From the raw JSON of a job through python-telegram-bot's Application to the handlers."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any

from telegram import Message, Update
from telegram.ext import Application, CallbackContext

from delivery.job import Job, Unparsable, current_job, mark_failed
from delivery.plain_lines import PlainLines


def through(application: Application[Any, Any, Any, Any, Any, Any]) -> Callable[[Job], Awaitable[None]]:
    """The `handle` of the lanes: builds the Update and has the application process it.

    It adds an error handler that marks the job, so that no handler's error is taken for success.
    """

    async def on_error(update: object, context: CallbackContext[Any, Any, Any, Any]) -> None:
        if context.error is not None:
            mark_failed(context.error)

    async def handle(job: Job) -> None:
        current_job.set(job)  # the lane has done so, except where it hands over several at once
        await application.process_update(parse(job, application.bot, plain))

    plain = PlainLines(application.bot)
    application.add_error_handler(on_error)
    return handle


def parse(job: Job, bot: Any, plain: PlainLines) -> Update:
    """The job as PTB's Update. Unparsable whatever goes wrong in it: PTB raises half a dozen kinds on odd JSON."""
    raw = job.update
    try:
        if (line := plain.read(raw)) is not None:
            return line
        update = Update.de_json(dict(raw), bot)
    except Exception as error:
        raise Unparsable(f"{type(error).__name__}: {error}") from error
    if not isinstance(update.update_id, int):
        raise Unparsable("no update_id")
    if missing := _missing(update):
        raise Unparsable(missing)
    return update


def _missing(update: Update) -> str:
    """What everything after this relies on and PTB does not insist on; "" when all of it is there."""
    for event in (update.effective_message, update.my_chat_member):
        chat = event.chat if event is not None else None
        if event is not None and (chat is None or not _is_number(chat.id) or not isinstance(chat.type, str)):
            return "a message without a chat"
    if update.my_chat_member is not None and update.my_chat_member.new_chat_member is None:
        return "a change that leads nowhere"
    message = update.effective_message
    if message is not None and not _is_number(message.message_id):
        return "a message without a number"
    if isinstance(message, Message) and (missing := _missing_in(message)):
        return missing
    user = update.effective_user
    if user is None:
        return "a tap of nobody's" if update.callback_query is not None else ""
    if update.callback_query is not None and not isinstance(update.callback_query.data or "", str):
        return "a tap on nothing"
    return "" if _is_number(user.id) and isinstance(user.first_name, str) else "a user without an id"


def _missing_in(message: Message) -> str:
    if not isinstance(message.date, datetime):
        return "a message without a date"
    words = (message.text, message.caption, message.media_group_id, message.business_connection_id)
    if not all(isinstance(one or "", str) for one in words):
        return "a text that is none"
    if message.reply_to_message is not None and not _is_number(message.reply_to_message.message_id):
        return "a reply to nothing"
    places = (*message.entities, *message.caption_entities)
    return "" if all(_is_number(one.offset) and _is_number(one.length) for one in places) else "a mark nowhere"


def _is_number(value: object) -> bool:
    """A whole number that fits into a column."""
    return type(value) is int and -(2**63) <= value < 2**63
