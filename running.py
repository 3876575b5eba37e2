"""The bot at work: every part made, wired to the others, started and stopped. Production, sandbox and tests come through here."""

from __future__ import annotations

import asyncio
import logging
import sys
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from store.errors import StoreError

if TYPE_CHECKING:
    from aiohttp import web
    from telegram.ext import Application

    from carriers.asking import Adapter, Carriers
    from clock import Clock
    from core.understanding import Mind
    from delivery.job import Job
    from delivery.lanes import Lanes
    from delivery.outbox import Sender
    from delivery.polling import Poller
    from delivery.transport import Api
    from delivery.webhook import Webhook
    from handlers.desk import Desk
    from jobs.schedule import Schedule
    from jobs.tracking import Asker
    from settings import Settings
    from store import Store

log = logging.getLogger(__name__)
LARGEST_FILE = 5 * 2**20
"""A seller's file may be this large, in bytes."""


@dataclass
class Running:
    """A bot at work: what `run`, the sandbox and the tests start and stop."""

    desk: Desk
    api: Api
    application: Application[Any, Any, Any, Any, Any, Any]
    lanes: Lanes
    sender: Sender
    poller: Poller | None
    webhook: Webhook | None
    schedule: Schedule
    asker: Asker
    tasks: list[asyncio.Task[None]] = field(default_factory=list)
    closers: list[Callable[[], Coroutine[Any, Any, None]]] = field(default_factory=list)

    def begin(self, work: Coroutine[Any, Any, None], name: str) -> None:
        """Work that goes on beside everything else. An error that ends it is logged at once, not when all is over."""
        task = asyncio.create_task(work, name=name)
        task.add_done_callback(_tell_end)
        self.tasks.append(task)

    async def idle(self) -> None:
        """Return when nothing that is due is left to do: no update, no turn, no message."""
        for _ in range(3):
            await self.lanes.idle()
            await self.desk.turns.idle()
            await self.desk.inbox.idle()
            await self.schedule.idle()
            await self.asker.idle()
            await self.sender.idle()

    async def stop(self) -> None:
        """No new polls, finish what runs, leave the rest queued: within five seconds."""
        for way in (self.poller, self.webhook):
            if way is not None:
                way.stop()
        await self.schedule.stop()
        await self.asker.stop()
        await self.lanes.stop()
        await self.desk.turns.stop()
        await self.desk.inbox.stop()
        await self.sender.stop(grace=2.0)
        for task in self.tasks:
            task.cancel()
        await asyncio.gather(*self.tasks, return_exceptions=True)
        for close in reversed(self.closers):
            await close()


async def start(
    settings: Settings,
    store: Store,
    clock: Clock,
    mind: Mind | None = None,
    *,
    token: str | None = None,
    base_url: str | None = None,
    more_carriers: Sequence[Adapter] = (),
) -> Running:
    """Wire the parts and start them; production, the sandbox and the tests all come through here. `more_carriers` are asked
    about parcels besides those of the settings."""
    from telegram.ext import ApplicationBuilder, ContextTypes

    from carriers.listening import routes as carriers_routes
    from core.quiet import QuietHours
    from delivery import calling
    from delivery.flooding import Flood
    from delivery.job import current_job
    from delivery.lanes import Lanes
    from delivery.limits import Rates
    from delivery.outbox import Sender
    from delivery.polling import LastPoll, Poller
    from delivery.receiving import Receiver
    from delivery.transport import AioRequest, Api
    from delivery.updates import through
    from delivery.webhook import Webhook
    from handlers import add_routes
    from handlers.desk import Context, Desk, Files
    from handlers.menus import set_menus
    from handlers.parcels.following import Ways
    from handlers.seller.resuming import tell_paused
    from handlers.sending import LastLook
    from handlers.troubles import Troubles
    from jobs.schedule import Schedule
    from jobs.tracking import Asker
    from sheets.charts import draw
    from sheets.export import as_file
    from sheets.reading import read_file

    token, base_url = token or settings.bot_token, base_url or settings.bot_api_url
    request = AioRequest()
    await request.initialize()
    api = Api(request, token, base_url)
    application = (
        ApplicationBuilder()
        .token(token)
        .base_url(f"{base_url}/bot")
        .base_file_url(f"{base_url}/file/bot")
        .request(AioRequest())
        .get_updates_request(AioRequest())
        .updater(None)
        .job_queue(None)
        .context_types(ContextTypes(context=Context))
        .build()
    )
    takeover = timedelta(seconds=settings.takeover_quiet)
    desk = Desk(
        store,
        clock,
        mind,
        owners=settings.owner_id,
        reply_delay=settings.reply_delay,
        quiet=takeover,
        job=current_job.get,
    )
    desk.haggler_interval = settings.haggler_interval
    await desk.open()
    quiet = QuietHours(*settings.quiet_hours) if settings.quiet_hours else None
    desk.following.ways = Ways(
        timedelta(seconds=settings.tracking_interval), quiet, timedelta(seconds=settings.parcel_stuck_after)
    )
    desk.following.carriers = carriers = carriers_of(settings, more_carriers)
    asker = Asker(desk)
    desk.ask_carriers = asker.begin
    desk.files = Files(read_file_of(read_file, desk), LARGEST_FILE)
    desk.draw = draw
    desk.as_file = lambda *table: asyncio.to_thread(as_file, *table)
    desk.answer_tap = lambda query_id, text="": calling.answer_button(api, query_id, text)
    desk.ask_connection = lambda connection_id: calling.connection(api, connection_id)
    bot_id = int(token.split(":")[0])
    desk.ask_member = lambda chat_id: calling.member(api, chat_id, bot_id)
    desk.ask_icons = lambda: calling.topic_icons(api)
    desk.download = lambda file_id: calling.download(api, file_id)
    desk.set_commands = lambda *gone: set_menus(
        lambda commands, scope, language: calling.set_commands(api, commands, scope, language), desk.menus(), gone
    )
    desk.username = lambda: application.bot.username
    add_routes(application, desk)
    troubles = Troubles(desk)
    look = LastLook(desk, bot_id)
    await look.open()
    merge_count, merge_seconds = settings.flood_merge
    handle = through(application)

    async def on_flood(jobs: Any) -> None:
        await troubles.flooded(jobs, handle)

    def is_line(job: Job) -> bool:
        message = job.update.get(job.row.kind)
        if not isinstance(message, dict):
            return False
        if (
            job.row.kind == "business_message"
        ):  # in an account's chat only the buyer's own lines, and nothing is a command
            return "sender_business_bot" not in message and message["from"]["id"] == message["chat"]["id"]
        return not str(message.get("text", "")).startswith("/")

    lanes = Lanes(
        handle,
        store.inbox,
        store.writer,
        clock,
        on_dead=troubles.set_aside,
        on_flood=on_flood if merge_count else None,
        merges=is_line,
        flood=Flood(merge_count, merge_seconds),
        is_held=True,  # until python-telegram-bot knows who it is: it handles nothing before that
    )
    desk.give_way = lanes.give_way
    receiver = Receiver(bot_id, store.inbox, lanes, clock, glance=desk.accounts.glance)
    last_poll = LastPoll(store.marks, store.writer, clock, troubles.tell)
    sender = Sender(
        api,
        store.outbox,
        store.writer,
        clock,
        Rates(settings.send_rate, settings.chat_rate, settings.group_rate),
        check=look.check,
        after=look.after,
        file_id=look.file_id,
    )
    poller = webhook = None
    if settings.webhook_url:
        webhook = Webhook(urlsplit(settings.webhook_url).path, settings.webhook_secret, receiver, last_poll)
    else:
        poller = Poller(api, receiver, clock, last_poll, tell=troubles.tell)
    shortest = min(settings.tick_seconds, settings.tracking_interval, settings.haggler_interval)
    schedule = Schedule(desk, shortest)
    desk.nudge = schedule.nudge
    desk.look_into_outbox = sender.look
    running = Running(desk, api, application, lanes, sender, poller, webhook, schedule, asker)
    running.closers += [request.shutdown, carriers.close]
    running.begin(_greet_telegram(running), "greeting Telegram")
    await sender.start()
    await desk.turns.resume()
    await desk.inbox.start()
    await lanes.look()
    if poller is not None:
        running.begin(poller.run(), "poller")
    routes = carriers_routes(carriers, desk.following.heard, settings.public_url) if settings.public_url else []
    if webhook is not None or routes:
        posted = webhook.routes() if webhook is not None else []
        running.closers.append(await _serve([*posted, *routes], settings.webhook_listen))
    if webhook is not None:
        running.begin(_set_webhook(api, settings), "webhook")
        running.begin(_hear(webhook, clock), "hearing Telegram")
    schedule.start()
    if desk.pause is not None:
        await tell_paused(desk)
        desk.nudge()  # what was due before the restore is decided while nothing can be sent
    return running


def _tell_end(task: asyncio.Task[None]) -> None:
    if not task.cancelled() and (error := task.exception()) is not None:
        log.error("%s ended: %s", task.get_name(), error, exc_info=error)


async def _serve(routes: Sequence[web.RouteDef], listen: str) -> Callable[[], Coroutine[Any, Any, None]]:
    """Listen for Telegram's and the carriers' posts at HOST:PORT; returns what ends it."""
    from aiohttp import web

    site = web.Application(client_max_size=2 * 2**20)
    site.add_routes(routes)
    runner = web.AppRunner(site, access_log=None)
    await runner.setup()
    host, _, port = listen.rpartition(":")
    await web.TCPSite(runner, host.strip("[]") or "127.0.0.1", int(port)).start()
    return runner.cleanup


async def _hear(webhook: Webhook, clock: Clock) -> None:
    """While we listen, Telegram could have reached us: noted once a minute, so that a gap is noticed."""
    while True:
        try:
            await webhook.heard()
        except StoreError as error:
            log.warning("that we listen could not be noted: %s", error)
        await clock.sleep(60)


async def _set_webhook(api: Api, settings: Settings) -> None:
    """Tell Telegram where to post, until it has been told."""
    from delivery.calling import tried
    from delivery.polling import ALLOWED_UPDATES

    wanted = {
        "url": settings.webhook_url,
        "secret_token": settings.webhook_secret or None,
        "allowed_updates": ALLOWED_UPDATES,
    }
    wait = 1.0
    while (answer := await tried(api, "setWebhook", wanted)) is None or not answer.ok:
        await asyncio.sleep(wait)
        wait = min(60.0, wait * 2)


def carriers_of(settings: Settings, more: Sequence[Adapter] = ()) -> Carriers:
    """Who is asked about parcels: those whose keys are set, and `more`."""
    from carriers.asking import Carriers
    from carriers.kuaidi100 import Kuaidi100
    from carriers.seventeentrack import SeventeenTrack

    made: list[Adapter] = list(more)
    if settings.seventeentrack_key:
        made.append(SeventeenTrack(settings.seventeentrack_key, settings.seventeentrack_url))
    if settings.kuaidi100_customer and settings.kuaidi100_key:
        callback = f"{settings.public_url}/carriers/kuaidi100" if settings.public_url else ""
        made.append(Kuaidi100(settings.kuaidi100_customer, settings.kuaidi100_key, settings.kuaidi100_url, callback))
    return Carriers(made)


def read_file_of(read_file: Any, desk: Desk) -> Callable[..., Any]:
    """Files a seller sends are read with the shop's own currency, and the names [bundles] may use."""
    from core.answering.bundling import names

    async def read(name: str, data: bytes, shop: Any) -> Any:
        return await read_file(name, data, shop, names())

    return read


async def _greet_telegram(running: Running) -> None:
    """Learn our own name and set the menus, as soon as the Bot API answers; nothing waits for it."""
    from telegram.error import InvalidToken, TelegramError

    from handlers.account.connecting import refresh

    wait = 1.0
    while True:
        try:
            await running.application.initialize()
            break
        except InvalidToken:
            print("Telegram does not accept BOT_TOKEN; it is tried again. Check it with @BotFather.", file=sys.stderr)
        except TelegramError:
            pass
        await asyncio.sleep(wait)
        wait = min(60.0, wait * 2)
    running.closers.append(running.application.shutdown)
    running.lanes.begin()
    await refresh(running.desk)
    if running.desk.set_commands is not None:
        await running.desk.set_commands()
