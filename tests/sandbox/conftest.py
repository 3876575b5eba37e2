"""A sandbox, a stopped clock, and real bots of the real library to talk to it."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any

import pytest
from sandbox import MovableClock, Sandbox
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.ext import Application, CallbackQueryHandler, CommandHandler, ContextTypes, MessageHandler, filters

MONDAY = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)

AnyApplication = Application[Any, Any, Any, Any, Any, Any]


@pytest.fixture
def clock() -> MovableClock:
    """Nine in the morning in Shanghai, standing still."""
    return MovableClock(MONDAY, running=False)


@pytest.fixture
async def sandbox(clock: MovableClock) -> AsyncIterator[Sandbox]:
    """One that listens."""
    async with Sandbox(clock) as sandbox:
        yield sandbox


def bot_for(sandbox: Sandbox, token: str | None = None) -> Bot:
    """A Bot of the real library whose Telegram is the sandbox."""
    return Bot(token or sandbox.token, base_url=f"{sandbox.base_url}/bot", base_file_url=f"{sandbox.base_url}/file/bot")


@pytest.fixture
async def bot(sandbox: Sandbox) -> AsyncIterator[Bot]:
    """A bot that only speaks when told to."""
    async with bot_for(sandbox) as bot:
        yield bot


async def _on_start(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    assert update.message is not None
    await update.message.reply_text(f"start {' '.join(context.args or [])}".strip())


async def _on_text(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    assert update.effective_message is not None
    if update.edited_message is not None:
        await update.edited_message.reply_text(f"edited: {update.edited_message.text}")
        return
    keyboard = InlineKeyboardMarkup([[InlineKeyboardButton("要 yes", callback_data="yes")]])
    await update.effective_message.reply_html(f"<b>{update.effective_message.text}</b>", reply_markup=keyboard)


async def _on_tap(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    assert update.callback_query is not None
    await update.callback_query.answer("好的")
    await update.callback_query.edit_message_text("已选")


@pytest.fixture
async def echo(sandbox: Sandbox) -> AsyncIterator[AnyApplication]:
    """A whole Application that says every line back, with a button."""
    application = Application.builder().bot(bot_for(sandbox)).build()
    application.add_handler(CommandHandler("start", _on_start))
    application.add_handler(MessageHandler(filters.TEXT, _on_text))
    application.add_handler(CallbackQueryHandler(_on_tap))
    async with application:
        assert application.updater is not None
        await application.updater.start_polling(poll_interval=0, timeout=5)
        await application.start()
        yield application
        await application.updater.stop()
        await application.stop()
