"""The webhook: who may post, what is kept, and when Telegram hears 200."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import aiohttp
import pytest
from aiohttp import web

from delivery.job import Job
from delivery.webhook import Webhook
from store import DatabaseUnavailable
from tests.delivery.conftest import Shop
from tests.delivery.running import runs, until

SECRET = "a-secret-of-the-shop"
HEADER = "X-Telegram-Bot-Api-Secret-Token"


@asynccontextmanager
async def listens(shop: Shop) -> AsyncIterator[str]:
    """Serve the webhook on loopback; yields its address."""
    shop.build()
    webhook = Webhook("/hook", SECRET, shop.receiver)
    app = web.Application()
    app.add_routes(webhook.routes())
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        async with runs(shop, polls=False):
            yield f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    finally:
        await runner.cleanup()


def update(number: int, chat_id: int, text: str) -> bytes:
    message = {"message_id": number, "date": 1, "chat": {"id": chat_id, "type": "private"}, "text": text}
    return json.dumps({"update_id": number, "message": message}).encode()


async def test_row_22_telegram_delivers_by_webhook(shop: Shop) -> None:
    """With a webhook set, what the buyer writes is posted, kept, answered."""
    async with listens(shop) as url:
        await shop.api.call("setWebhook", {"url": url, "secret_token": SECRET})
        buyer = shop.sandbox.person(met=True)
        await buyer.says("有货吗")
        assert (await buyer.hears()).text == "you said 有货吗"


async def test_row_22_a_body_that_cannot_be_read_is_no_error_of_ours(
    shop: Shop, caplog: pytest.LogCaptureFixture
) -> None:
    """Packed otherwise than it says, or broken off in the middle: nothing is kept, and the next post is."""
    async with listens(shop) as url, aiohttp.ClientSession() as session:
        packed = {HEADER: SECRET, "Content-Encoding": "gzip"}
        async with session.post(url, data=b"not packed", headers=packed) as response:
            assert response.status == 400
        with caplog.at_level("INFO", "delivery.webhook"):
            _, writer = await asyncio.open_connection("127.0.0.1", int(url.split(":")[2].split("/")[0]))
            writer.write(
                f"POST /hook HTTP/1.1\r\nHost: x\r\n{HEADER}: {SECRET}\r\nContent-Length: 9\r\n\r\n{{".encode()
            )
            await writer.drain()
            writer.close()
            await until(lambda: "a post could not be read" in caplog.text)
        async with session.post(url, data=update(1, 5, "a"), headers={HEADER: SECRET}) as response:
            assert response.status == 200
        await shop.lanes.idle()
    assert shop.handled == ["a"]
    assert "Error handling request" not in caplog.text


async def test_row_22_a_wrong_secret_is_turned_away(shop: Shop) -> None:
    """Missing, wrong, almost right, not even text: 401, and nothing is kept."""
    async with listens(shop) as url, aiohttp.ClientSession() as session:
        for headers in ({}, {HEADER: "wrong"}, {HEADER: SECRET + "x"}, {HEADER: SECRET[:-1]}, {HEADER: "é中"}):
            async with session.post(url, data=update(1, 5, "a"), headers=headers) as response:
                assert response.status == 401
        assert await shop.store.inbox.new() == []
    assert shop.handled == []


async def test_row_03_the_same_body_again_is_answered_200_and_has_no_effect(shop: Shop) -> None:
    """Telegram retries when it did not see our answer."""
    async with listens(shop) as url, aiohttp.ClientSession(headers={HEADER: SECRET}) as session:
        for _ in range(5):
            async with session.post(url, data=update(1, 5, "a")) as response:
                assert response.status == 200
        await shop.lanes.idle()
    assert shop.handled == ["a"]


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"null",
        b"[]",
        b"17",
        b'"x"',
        b"\xff\xfe\x00",
        b"[" * 5000,
        b'{"update_id": 1e400}',
        b'{"update_id": 99999999999999999999999}',
        b'{"update_id": -1, "message": {}}',
        b'{"update_id": 4, "message": {"chat": {"id": "five"}}}',
        b'{"update_id": 5, "\\u0000": {"id": "\\u0000"}}',
        b'{"update_id": 6, "message": {"text": "\\ud800"}}',
        b'{"update_id": 7, "callback_query": {"id": {"a": 1}}}',
        json.dumps({"update_id": 8, "x" * 5000: {"y": "z"}}).encode(),
    ],
    ids=lambda body: repr(body[:24]),
)
async def test_row_22_a_malformed_body_is_kept_and_answered_200(shop: Shop, body: bytes) -> None:
    """The secret is right, so it is Telegram's: kept as it came, not sent again, and in nobody's way."""

    async def handle(job: Job) -> None:
        job.update  # noqa: B018 - reading it is what fails
        await shop.store.write((job.done_write(),))

    shop.handle = handle
    async with listens(shop) as url, aiohttp.ClientSession(headers={HEADER: SECRET}) as session:
        async with session.post(url, data=body, headers={"Content-Type": "application/json; charset=utf-8"}) as answer:
            assert answer.status == 200
        await shop.lanes.idle()
        counts = await shop.store.inbox.counts()
        assert sum(counts.values()) == 1


async def test_row_22_a_body_of_more_than_a_mebibyte_is_refused(shop: Shop) -> None:
    """Nothing that long is an update; it is not even read to its end."""
    async with listens(shop) as url, aiohttp.ClientSession(headers={HEADER: SECRET}) as session:
        async with session.post(url, data=b" " * ((1 << 20) + 1)) as response:
            assert response.status == 413
        async with session.get(url) as response:
            assert response.status == 405


async def test_row_22_and_43_503_while_the_store_is_away_and_telegram_sends_it_again(shop: Shop) -> None:
    """200 only after the commit: what could not be kept is refused, comes again, and has its effect once."""
    away = True

    async def hook(what: str) -> None:
        if away and what == "db:commit":
            raise DatabaseUnavailable("the disk is full")

    async with listens(shop) as url, aiohttp.ClientSession(headers={HEADER: SECRET}) as session:
        shop.store.faults.hook = hook
        async with session.post(url, data=update(1, 5, "a")) as response:
            assert response.status == 503
            assert "Retry-After" in response.headers
        away = False
        async with session.post(url, data=update(1, 5, "a")) as response:
            assert response.status == 200
        await until(lambda: shop.handled == ["a"])


async def test_row_02_a_stopping_webhook_lets_telegram_keep_them(shop: Shop) -> None:
    """While stopping, everything is refused with 503."""
    shop.build()
    webhook = Webhook("hook", "", shop.receiver)
    webhook.stop()
    app = web.Application()
    app.add_routes(webhook.routes())
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    address = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    async with aiohttp.ClientSession() as session, session.post(address, data=b"{}") as response:
        assert response.status == 503
    await runner.cleanup()
