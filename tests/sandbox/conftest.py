"""A sandbox, a stopped clock, and real bots of the real library to talk to it."""

from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.ext import Application, CallbackQueryHandler, CommandHandler, ContextTypes, MessageHandler, filters

from sandbox import MovableClock, Sandbox

MONDAY = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)


BotMaker = Callable[..., Bot]


@pytest.fixture
def clock() -> MovableClock:
    """Nine in the morning in Shanghai, standing still."""
    return MovableClock(MONDAY, running=False)


@pytest.fixture
async def sandbox(clock: MovableClock) -> AsyncIterator[Sandbox]:
    """One that listens."""
    async with Sandbox(clock) as sandbox:
        yield sandbox


@pytest.fixture
def bot_with(sandbox: Sandbox) -> BotMaker:
    """Makes bots of the real library whose Telegram is the sandbox: `bot_with(token=…)`."""

    def make(token: str | None = None, **settings: Any) -> Bot:
        root = sandbox.base_url
        return Bot(token or sandbox.token, base_url=f"{root}/bot", base_file_url=f"{root}/file/bot", **settings)

    return make


@pytest.fixture
async def bot(bot_with: BotMaker) -> AsyncIterator[Bot]:
    """A bot that only speaks when told to."""
    async with bot_with() as bot:
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
async def echo(bot_with: BotMaker) -> AsyncIterator[object]:
    """A whole Application that says every line back, with a button."""
    application = Application.builder().bot(bot_with()).build()
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
