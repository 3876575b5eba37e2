"""The webhook is looked after: it is set, stays set, and a silence is noticed as one."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

from aiohttp import web
from telegram.error import NetworkError

from delivery.hooking import QUIET_LOOKS, Hook
from delivery.polling import ALLOWED_UPDATES
from delivery.transport import Answer
from delivery.troubles import Trouble
from delivery.webhook import Webhook
from store import DatabaseUnavailable
from tests.delivery.conftest import Shop
from tests.delivery.running import passing, runs, until
from tests.ports import free_port

SECRET = "a-secret-of-the-shop"


@asynccontextmanager
async def listens(shop: Shop, port: int) -> AsyncIterator[None]:
    """What Telegram posts to this port is heard."""
    app = web.Application()
    app.add_routes(Webhook("/hook", SECRET, shop.receiver).routes())
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    try:
        yield
    finally:
        await runner.cleanup()


@asynccontextmanager
async def hooked(shop: Shop, port: int) -> AsyncIterator[Hook]:
    """The shop runs, and Telegram is told to post to this port."""
    shop.build()
    shop.sandbox.world.webhook_pace = 0.01
    wanted = {
        "url": f"http://127.0.0.1:{port}/hook", "secret_token": SECRET, "allowed_updates": ALLOWED_UPDATES,
    }  # fmt: skip
    hook = Hook(shop.api, shop.clock, shop.last_poll, wanted, shop.notices.append)
    async with runs(shop, polls=False):
        looking = asyncio.create_task(hook.run())
        try:
            yield hook
        finally:
            looking.cancel()


class Said:
    """A Telegram of which only the webhook matters: what it says of it is `info`; None while there is no network."""

    def __init__(self, url: str) -> None:
        self.info: dict[str, object] | None = {"url": url, "pending_update_count": 0}
        self.asked: list[str] = []

    async def call(self, method: str, parameters: object, read_timeout: float | None = None) -> Answer:
        self.asked.append(method)
        if self.info is None:
            raise NetworkError("no route to host")
        return Answer(ok=True, code=200, result=self.info if method == "getWebhookInfo" else True)


def told(shop: Shop) -> list[tuple[Trouble, bool]]:
    return [(notice.trouble, notice.is_over) for notice in shop.notices]


async def test_row_08_a_webhook_that_somebody_takes_away_is_set_again_and_told(shop: Shop) -> None:
    """Another copy of the bot that polls takes the webhook away. Nothing comes any more, and nothing would say so."""
    port = free_port()
    async with hooked(shop, port), listens(shop, port):
        buyer = shop.sandbox.person(met=True)
        await buyer.says("before")
        assert (await buyer.hears()).text == "you said before"
        await until(lambda: shop.last_poll.at is not None)
        await shop.api.call("deleteWebhook", {})
        await buyer.says("after")
        await passing(shop, 61, lambda: "after" in shop.handled)
        assert (Trouble.CONFLICT, False) in told(shop)
        await passing(shop, 61, lambda: (Trouble.CONFLICT, True) in told(shop))


async def looked(shop: Shop, hook: Hook, **by: float) -> None:
    """Some time goes by until the next look."""
    shop.clock.move(timedelta(**by))
    try:
        await hook._once()
    except NetworkError as error:
        hook._failed(str(error))


async def test_row_11_while_posts_do_not_arrive_the_silence_grows(shop: Shop) -> None:
    """What leads to us is down, and our own network is not: after a day Telegram drops what it could not post, and the seller
    hears of it. What had failed before we listened is nothing of ours, nor is one post of many that came late."""
    shop.build()
    said = Said("https://shop/hook")
    hook = Hook(said, shop.clock, shop.last_poll, {"url": "https://shop/hook"}, shop.notices.append)  # type: ignore[arg-type]
    said.info = {"url": "https://shop/hook", "pending_update_count": 3, "last_error_date": 1}
    await looked(shop, hook)
    heard = shop.last_poll.at
    assert heard is not None
    for hour in range(20):
        said.info = {**said.info, "last_error_date": 2 + hour, "last_error_message": "Connection refused"}
        await looked(shop, hook, hours=1)
        await looked(shop, hook, minutes=1)
    assert shop.last_poll.at == heard
    assert said.asked.count("setWebhook") == 21  # set anew each time: it is tried again at once, and with our secret
    for _ in range(2 * QUIET_LOOKS):  # every other one sets it
        await looked(shop, hook, hours=1)
    assert told(shop) == [(Trouble.UNREACHABLE, False), (Trouble.GAP, False), (Trouble.UNREACHABLE, True)]


async def test_row_11_a_network_that_is_away_is_a_silence_by_webhook_too(shop: Shop) -> None:
    """The cable is out for 25 hours. That nobody posted is not that nobody wrote."""
    shop.build()
    said = Said("https://shop/hook")
    hook = Hook(said, shop.clock, shop.last_poll, {"url": "https://shop/hook"}, shop.notices.append)  # type: ignore[arg-type]
    await looked(shop, hook)
    well, said.info = said.info, None
    for _ in range(25):
        await looked(shop, hook, hours=1)
    said.info = well
    await looked(shop, hook, minutes=1)
    assert told(shop) == [(Trouble.GAP, False)]


async def test_row_43_a_look_goes_on_when_the_store_was_away(shop: Shop) -> None:
    """That Telegram was heard could not be noted: else a gap would be told one day that never was."""
    port = free_port()
    async with hooked(shop, port):
        failed = 0

        async def hook(what: str) -> None:
            nonlocal failed
            if what == "db:commit" and failed < 2:
                failed += 1
                raise DatabaseUnavailable("the disk is full")

        shop.store.faults.hook = hook
        await passing(shop, 61, lambda: failed == 2)
        noted = shop.last_poll.at
        await passing(shop, 61, lambda: shop.last_poll.at != noted)
