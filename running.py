"""The bot at work: every part put together, started and stopped. Production, sandbox and tests come through here."""

from __future__ import annotations

import asyncio
import logging
import sys
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import wiring

if TYPE_CHECKING:
    from aiohttp import web
    from telegram.ext import Application

    from carriers.asking import Adapter, Carriers
    from clock import Clock
    from core.understanding import Mind
    from delivery.hooking import Hook
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
    from templates import Speech

log = logging.getLogger(__name__)


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
    hook: Hook | None
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
            await self.desk.forum.idle()
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
        await self.desk.forum.stop()
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
    from delivery.transport import AioRequest, Api
    from delivery.updates import through
    from delivery.webhook import made_secret
    from handlers import add_routes
    from handlers.seller.resuming import tell_paused
    from handlers.seller.retrying import succeed
    from handlers.sending import LastLook
    from handlers.troubles import Troubles
    from jobs.schedule import Schedule
    from jobs.tracking import Asker

    token, base_url = token or settings.bot_token, base_url or settings.bot_api_url
    if settings.webhook_url and not settings.webhook_secret:
        settings = settings.model_copy(update={"webhook_secret": made_secret(token)})
    bot_id = int(token.split(":")[0])
    request = AioRequest()
    await request.initialize()
    api = Api(request, token, base_url)
    application = wiring.make_application(token, base_url)
    desk = wiring.make_desk(settings, store, clock, mind)
    await desk.open()
    asker = Asker(desk)
    carriers = wiring.follow_parcels(desk, asker, settings, more_carriers)
    wiring.hand_tools(desk, api, application, bot_id)
    add_routes(application, desk)
    troubles = Troubles(desk)
    look = LastLook(desk, bot_id)
    await look.open()
    lanes = wiring.make_lanes(desk, troubles, through(application), settings)
    sender = wiring.make_sender(desk, api, look, settings)
    poller, webhook, hook = wiring.ways_in(desk, api, lanes, troubles, settings, bot_id)
    schedule = Schedule(desk, min(settings.tick_seconds, settings.tracking_interval, settings.haggler_interval))
    desk.nudge = schedule.nudge
    running = Running(desk, api, application, lanes, sender, poller, webhook, hook, schedule, asker)
    running.closers += [request.shutdown, carriers.close]
    running.begin(_greet_telegram(running), "greeting Telegram")
    await succeed(desk, bot_id)
    await sender.start()
    await desk.turns.resume()
    await desk.forum.start()
    await lanes.look()
    await _listen(running, carriers, settings)
    schedule.start()
    running.begin(_find_the_words(desk.speech), "compiling")
    if desk.pause is not None:
        await tell_paused(desk)
        desk.nudge()  # what was due before the restore is decided while nothing can be sent
    return running


async def _listen(running: Running, carriers: Carriers, settings: Settings) -> None:
    """Begin to hear Telegram, and the carriers that push."""
    from carriers.listening import routes as carriers_routes

    desk, webhook = running.desk, running.webhook
    if running.poller is not None:
        running.begin(running.poller.run(), "poller")
    routes = carriers_routes(carriers, desk.following.heard, settings.public_url) if settings.public_url else []
    if webhook is not None or routes:
        posted = webhook.routes() if webhook is not None else []
        running.closers.append(await _serve([*posted, *routes], settings.webhook_listen))
    if running.hook is not None:
        running.begin(running.hook.run(), "webhook")


async def _find_the_words(speech: Speech) -> None:
    """Compile what buyers are told, one template after the other between the lines that come meanwhile: none waits for all."""
    for _ in speech.compiling():
        await asyncio.sleep(0)


def _tell_end(task: asyncio.Task[None]) -> None:
    if not task.cancelled() and (error := task.exception()) is not None:
        log.error("%s ended: %s", task.get_name(), error, exc_info=error)


async def _serve(routes: Sequence[web.RouteDef], listen: str) -> Callable[[], Coroutine[Any, Any, None]]:
    """Listen for Telegram's and the carriers' posts at HOST:PORT; returns what ends it."""
    from aiohttp import web

    site = web.Application(client_max_size=2 * 2**20)
    site.add_routes(routes)
    runner = web.AppRunner(site, access_log=None, shutdown_timeout=1.0)  # what is not kept by then is posted again
    await runner.setup()
    host, _, port = listen.rpartition(":")
    await web.TCPSite(runner, host.strip("[]") or "127.0.0.1", int(port)).start()
    return runner.cleanup


async def _greet_telegram(running: Running) -> None:
    """Learn our own name and set the menus, as soon as the Bot API answers; nothing waits for it."""
    from handlers.account.connecting import refresh

    desk, application = running.desk, running.application
    await _until_done("getMe", application.initialize, desk.clock)
    running.closers.append(application.shutdown)
    running.lanes.begin()
    await _until_done("getBusinessConnection", lambda: refresh(desk), desk.clock)
    if desk.set_commands is not None:
        await desk.set_commands()


async def _until_done(name: str, work: Callable[[], Coroutine[Any, Any, object]], clock: Clock) -> None:
    """Do it again, more and more seldom, until it ends well, whatever went wrong: Telegram may answer with anything, and no line
    is handled before it was asked who we are."""
    from telegram.error import InvalidToken

    from delivery.backoff import Backoff
    from delivery.redacting import hidden

    backoff = Backoff()
    while True:
        try:
            await work()
            return
        except InvalidToken:
            print("Telegram does not accept BOT_TOKEN; it is tried again. Check it with @BotFather.", file=sys.stderr)
        except Exception as error:
            log.warning("%s is tried again: %s", name, hidden(f"{type(error).__name__}: {error}"))
        await clock.sleep(backoff.next())
