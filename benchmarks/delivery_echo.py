"""An echo bot on the durable way in and out, to be held against the plainest PTB echo bot.

It takes BOT_TOKEN and BOT_API_URL from the environment, and DATABASE_URL (default: a fresh file). With RAW=1 the handlers of
python-telegram-bot are left out, which shows what they cost.
"""

import asyncio
import os
import signal
import tempfile
from datetime import UTC, datetime

from telegram import Update
from telegram.ext import ApplicationBuilder, ContextTypes, MessageHandler, filters

from clock import Clock
from delivery.flooding import Flood
from delivery.job import Job, current_job
from delivery.lanes import Lanes
from delivery.limits import Rates
from delivery.outbox import Sender
from delivery.polling import LastPoll, Poller
from delivery.receiving import Receiver
from delivery.transport import AioRequest, Api
from delivery.updates import through
from store import open_store
from store.marks import Marks
from store.outbox import Kind, Outbox, Outgoing


async def main() -> None:
    token, base = os.environ["BOT_TOKEN"], os.environ["BOT_API_URL"]
    folder = tempfile.mkdtemp()
    store = await open_store(os.environ.get("DATABASE_URL", f"sqlite:///{folder}/echo.db"))
    clock = Clock()
    request = AioRequest()
    await request.initialize()
    api = Api(request, token, base)

    async def echo(job: Job) -> None:
        message = job.update["message"]
        chat_id = message["chat"]["id"]
        row = Outgoing(
            key=f"reply:{job.seq}:0",
            lane=job.row.lane,
            chat_id=chat_id,
            method="sendMessage",
            payload={"text": message["text"]},
            kind=Kind.REPLY,
            created_at=datetime.now(UTC),
        )
        await store.write((job.done_write(), Outbox.put(row)))

    async def on_message(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        job = current_job.get()
        assert job is not None
        await echo(job)

    application = (
        ApplicationBuilder()
        .token(token)
        .base_url(f"{base}/bot")
        .request(request)
        .get_updates_request(request)
        .updater(None)
        .job_queue(None)
        .build()
    )
    application.add_handler(MessageHandler(filters.TEXT, on_message))
    await application.initialize()
    handle = echo if os.environ.get("RAW") else through(application)
    lanes = Lanes(handle, store.inbox, store.writer, clock, flood=Flood(count=0))
    last_poll = LastPoll(Marks(store.reader), store.writer, clock, print)
    receiver = Receiver(int(token.split(":")[0]), store.inbox, lanes, clock)
    poller = Poller(api, receiver, clock, last_poll, tell=print)
    sender = Sender(api, store.outbox, store.writer, clock, Rates(0, 0, 0))
    await lanes.look()
    await sender.start()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, poller.stop)
    await poller.run()
    await lanes.stop()
    await sender.stop()
    await store.close()
    await request.shutdown()


if __name__ == "__main__":
    if profile := os.environ.get("PROFILE"):
        import cProfile

        cProfile.run("asyncio.run(main())", profile)
    else:
        asyncio.run(main())
