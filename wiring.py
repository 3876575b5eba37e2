"""The parts of the bot, made and wired, a function a part; `running.start` puts them together and sets them going."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from telegram.ext import Application

    from carriers.asking import Adapter, Carriers
    from clock import Clock
    from core.understanding import Mind
    from delivery.hooking import Hook
    from delivery.job import Job
    from delivery.lanes import Lanes
    from delivery.outbox import Sender
    from delivery.polling import Poller
    from delivery.transport import Api
    from delivery.webhook import Webhook
    from handlers.desk import Desk
    from handlers.sending import LastLook
    from handlers.troubles import Troubles
    from jobs.tracking import Asker
    from settings import Settings
    from store import Store

LARGEST_FILE = 5 * 2**20
"""A seller's file may be this large, in bytes."""


def make_application(token: str, base_url: str) -> Application[Any, Any, Any, Any, Any, Any]:
    """python-telegram-bot on our transport, without its own loop and its own timetable."""
    from telegram.ext import ApplicationBuilder, ContextTypes

    from delivery.transport import AioRequest
    from handlers.desk import Context

    return (
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


def make_desk(settings: Settings, store: Store, clock: Clock, mind: Mind | None) -> Desk:
    """The desk, as the settings want it."""
    from delivery.job import current_job
    from handlers.desk import Desk

    desk = Desk(
        store,
        clock,
        mind,
        owners=settings.owner_id,
        reply_delay=settings.reply_delay,
        quiet=timedelta(seconds=settings.takeover_quiet),
        job=current_job.get,
    )
    desk.haggler_interval = settings.haggler_interval
    return desk


def follow_parcels(desk: Desk, asker: Asker, settings: Settings, more: Sequence[Adapter]) -> Carriers:
    """How parcels are followed, and who is asked about them."""
    from core.quiet import QuietHours
    from handlers.parcels.following import Ways

    quiet = QuietHours(*settings.quiet_hours) if settings.quiet_hours else None
    desk.following.ways = Ways(
        timedelta(seconds=settings.tracking_interval), quiet, timedelta(seconds=settings.parcel_stuck_after)
    )
    desk.following.carriers = carriers = carriers_of(settings, more)
    desk.ask_carriers = asker.begin
    return carriers


def hand_tools(desk: Desk, api: Api, application: Application[Any, Any, Any, Any, Any, Any], bot_id: int) -> None:
    """What handlers may use and know nothing of: files, pictures, and the harmless calls that need no outbox."""
    from delivery import calling
    from handlers.desk import Files
    from handlers.menus import set_menus
    from sheets.charts import draw
    from sheets.export import as_file
    from sheets.reading import read_file

    desk.files = Files(read_file_of(read_file), LARGEST_FILE)
    desk.draw = draw
    desk.as_file = lambda *table: asyncio.to_thread(as_file, *table)
    desk.answer_tap = lambda query_id, text="": calling.answer_button(api, query_id, text)
    desk.ask_connection = lambda connection_id: calling.connection(api, connection_id)
    desk.ask_member = lambda chat_id: calling.member(api, chat_id, bot_id)
    desk.ask_icons = lambda: calling.topic_icons(api)
    desk.download = lambda file_id: calling.download(api, file_id)
    desk.set_commands = lambda *gone: set_menus(
        lambda commands, scope, language: calling.set_commands(api, commands, scope, language),
        desk.people.menus(),
        gone,
    )
    desk.username = lambda: application.bot.username


def make_lanes(desk: Desk, troubles: Troubles, handle: Callable[[Job], Awaitable[None]], settings: Settings) -> Lanes:
    """A lane per chat; a buyer who floods is answered once."""
    from delivery.flooding import Flood
    from delivery.lanes import Lanes

    merge_count, merge_seconds = settings.flood_merge

    async def on_flood(jobs: Any) -> None:
        await troubles.flooded(jobs, handle)

    lanes = Lanes(
        handle,
        desk.store.inbox,
        desk.store.writer,
        desk.clock,
        on_dead=lambda _: desk.nudge(),  # jobs/set_aside.py tells of it
        on_flood=on_flood if merge_count else None,
        merges=_is_line,
        flood=Flood(merge_count, merge_seconds),
        is_held=True,  # until python-telegram-bot knows who it is: it handles nothing before that
    )
    desk.give_way, desk.is_busy = lanes.give_way, lanes.is_busy
    desk.look_into_inbox = lanes.look
    return lanes


def _is_line(job: Job) -> bool:
    """Whether an update is a buyer's line, of which many may be merged into one."""
    message = job.update.get(job.row.kind)
    if not isinstance(message, dict):
        return False
    if job.row.kind == "business_message":  # in an account's chat only the buyer's own lines, and nothing is a command
        return "sender_business_bot" not in message and message["from"]["id"] == message["chat"]["id"]
    return not str(message.get("text", "")).startswith("/")


def make_sender(desk: Desk, api: Api, look: LastLook, settings: Settings) -> Sender:
    """The one who speaks, within Telegram's limits, after a last look."""
    from delivery.limits import Rates
    from delivery.outbox import Sender

    sender = Sender(
        api,
        desk.store.outbox,
        desk.store.writer,
        desk.clock,
        Rates(settings.send_rate, settings.chat_rate, settings.group_rate),
        check=look.check,
        after=look.after,
        file_id=look.file_id,
    )
    desk.look_into_outbox = sender.look
    return sender


def ways_in(
    desk: Desk, api: Api, lanes: Lanes, troubles: Troubles, settings: Settings, bot_id: int
) -> tuple[Poller | None, Webhook | None, Hook | None]:
    """Updates come by webhook where one is set, else by polling; both ways lead through one receiver."""
    from delivery.hooking import Hook
    from delivery.polling import ALLOWED_UPDATES, LastPoll, Poller
    from delivery.receiving import Receiver
    from delivery.webhook import Webhook

    receiver = Receiver(bot_id, desk.store.inbox, lanes, desk.clock, glance=desk.accounts.glance)
    last_poll = LastPoll(desk.store.marks, desk.store.writer, desk.clock, troubles.tell)
    if settings.webhook_url:
        webhook = Webhook(urlsplit(settings.webhook_url).path, settings.webhook_secret, receiver)
        where = {"url": settings.webhook_url, "secret_token": settings.webhook_secret}
        wanted = {**where, "allowed_updates": ALLOWED_UPDATES}
        return None, webhook, Hook(api, desk.clock, last_poll, wanted, troubles.tell)
    return Poller(api, receiver, desk.clock, last_poll, tell=troubles.tell), None, None


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


def read_file_of(read_file: Any) -> Callable[..., Any]:
    """Files a seller sends are read with the shop's own currency, and the names [bundles] may use."""
    from core.answering.bundling import names

    async def read(name: str, data: bytes, shop: Any) -> Any:
        return await read_file(name, data, shop, names())

    return read
