"""The yardstick: the plainest python-telegram-bot bot there is, every setting left at its default."""

import os
from typing import Any

from telegram import Update
from telegram.ext import ApplicationBuilder, MessageHandler, filters


async def echo(update: Update, context: Any) -> None:
    message = update.effective_message
    if message is not None:
        await message.reply_text(message.text or "…")


def main() -> None:
    base = os.environ["BOT_API_URL"]
    builder = (
        ApplicationBuilder().token(os.environ["BOT_TOKEN"]).base_url(f"{base}/bot").base_file_url(f"{base}/file/bot")
    )
    application = builder.build()
    application.add_handler(MessageHandler(filters.ALL, echo))
    application.run_polling(allowed_updates=Update.ALL_TYPES)


if __name__ == "__main__":
    main()
