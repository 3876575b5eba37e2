"""The transport against a server that misbehaves on every step, and through PTB's own Bot."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

import aiohttp
import pytest
from telegram import Bot, InputMediaPhoto
from telegram.error import BadRequest, Forbidden, InvalidToken, NetworkError, RetryAfter, TelegramError, TimedOut

from delivery.outcomes import Fate, of_answer, of_error
from delivery.transport import AioRequest, Answer, Api, read_answer
from sandbox import Fault, Sandbox
from sandbox.pictures import plain

Behaviour = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


@asynccontextmanager
async def server(behaviour: Behaviour) -> AsyncIterator[str]:
    """A bare TCP server on loopback; every connection gets this behaviour."""
    tasks: set[asyncio.Task[None]] = set()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        if task is not None:
            tasks.add(task)
        try:
            await behaviour(reader, writer)
        finally:
            writer.close()

    listening = await asyncio.start_server(serve, "127.0.0.1", 0)
    try:
        yield f"http://127.0.0.1:{listening.sockets[0].getsockname()[1]}"
    finally:
        listening.close()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def read_request(reader: asyncio.StreamReader) -> bytes:
    head = await reader.readuntil(b"\r\n\r\n")
    length = next(
        int(line.split(b":")[1]) for line in head.split(b"\r\n") if line.lower().startswith(b"content-length")
    )
    return head + await reader.readexactly(length)


async def reset(writer: asyncio.StreamWriter) -> None:
    """Close with RST, as a dying server does."""
    import socket
    import struct

    writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    writer.transport.abort()


async def resets_at_once(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await reset(writer)


async def resets_after_reading(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await read_request(reader)
    await reset(writer)


async def closes_in_the_answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await read_request(reader)
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{")
    await writer.drain()


async def hangs(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await asyncio.sleep(600)


async def answers_junk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await read_request(reader)
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nlol!")
    await writer.drain()


async def answers_no_http(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await read_request(reader)
    writer.write(b"220 smtp ready\r\n")
    await writer.drain()


@pytest.mark.parametrize(
    "behaviour", [resets_at_once, resets_after_reading, closes_in_the_answer, hangs, answers_no_http, answers_junk]
)
async def test_row_12_whatever_may_have_arrived_is_unknown(behaviour: Behaviour) -> None:
    """Once a connection stood, no failure proves that nothing arrived."""
    async with server(behaviour) as url, AioRequest() as request:
        api = Api(request, "1:T", url)
        try:
            outcome = of_answer(await api.call("sendMessage", {"text": "a"}, read_timeout=0.2))
        except TelegramError as error:
            outcome = of_error(error)
        assert outcome.fate is Fate.UNKNOWN


async def test_row_09_a_refused_connection_is_surely_not_sent() -> None:
    """Nobody listens: NetworkError, its cause tells that nothing left."""
    async with AioRequest() as request:
        with pytest.raises(NetworkError) as caught:
            await Api(request, "1:T", "http://127.0.0.1:9").call("sendMessage", {})
        assert isinstance(caught.value.__cause__, aiohttp.ClientConnectorError)
        assert of_error(caught.value).fate is Fate.NOT_SENT
        with pytest.raises(NetworkError) as caught:
            await Api(request, "1:T", "http://no-such-host.invalid").call("sendMessage", {})
        assert of_error(caught.value).fate is Fate.NOT_SENT


async def test_row_09_a_full_pool_is_surely_not_sent() -> None:
    """No connection became free in time: TimedOut, and nothing left."""
    connected = asyncio.Event()

    async def keeps(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        connected.set()
        await hangs(reader, writer)

    async with server(keeps) as url, AioRequest(connection_pool_size=1) as request:
        first = asyncio.create_task(request.exchange(f"{url}/a", None, method="GET", read_timeout=60))
        await connected.wait()
        with pytest.raises(TimedOut) as caught:
            await request.exchange(
                f"{url}/b", None, method="GET", read_timeout=60, connect_timeout=0.05, pool_timeout=0.05
            )
        assert of_error(caught.value).fate is Fate.NOT_SENT
        first.cancel()
        await asyncio.gather(first, return_exceptions=True)


async def test_a_dead_proxy_is_surely_not_sent() -> None:
    """The proxy is not there."""
    async with AioRequest(proxy="http://127.0.0.1:9") as request:
        with pytest.raises(NetworkError) as caught:
            await Api(request, "1:T", "http://telegram.invalid").call("sendMessage", {})
        assert of_error(caught.value).fate is Fate.NOT_SENT


async def test_a_proxy_is_used() -> None:
    """Requests go through the proxy given, in the absolute form proxies want."""
    seen: list[bytes] = []

    async def proxy(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        seen.append(await read_request(reader))
        body = b'{"ok":true,"result":true}'
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s" % (len(body), body))
        await writer.drain()

    async with server(proxy) as url, AioRequest(proxy=url) as request:
        answer = await Api(request, "1:T", "http://telegram.invalid").call("getMe", {})
    assert answer.ok
    assert seen[0].startswith(b"POST http://telegram.invalid/bot1:T/getMe HTTP/1.1")


async def test_idle_connections_are_closed_and_busy_ones_kept() -> None:
    """Two calls in a row share a connection; one idle for longer than the limit is not used again."""
    connections = 0

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal connections
        connections += 1
        while True:
            await read_request(reader)
            writer.write(b'HTTP/1.1 200 OK\r\nContent-Length: 25\r\n\r\n{"ok":true,"result":true}')

    async with server(serve) as url:
        for idle_seconds, wanted in ((60.0, 1), (0.05, 2)):
            connections = 0
            async with AioRequest(idle_seconds=idle_seconds) as request:
                api = Api(request, "1:T", url)
                await api.call("getMe", {})
                await asyncio.sleep(0.2)
                await api.call("getMe", {})
            assert connections == wanted


async def test_it_may_be_shut_down_and_initialized_again() -> None:
    """As PTB's own may; before that it says what is wrong."""
    request = AioRequest(read_timeout=7)
    assert request.read_timeout == 7
    with pytest.raises(RuntimeError, match="not initialized"):
        await request.do_request("http://127.0.0.1:9/", "GET")
    for _ in range(2):
        await request.initialize()
        await request.initialize()
        await request.shutdown()
        await request.shutdown()


@pytest.mark.filterwarnings("ignore::telegram.warnings.PTBDeprecationWarning")
async def test_ptb_works_on_it_as_on_its_own(sandbox: Sandbox, request_: AioRequest) -> None:
    """PTB's Bot sends texts and files, downloads, and raises its usual errors, over this transport."""
    token = sandbox.token
    bot = Bot(token, base_url=f"{sandbox.base_url}/bot", base_file_url=f"{sandbox.base_url}/file/bot", request=request_)
    buyer = sandbox.person()
    await buyer.start()
    async with bot:
        message = await bot.send_message(buyer.id, "中文 & <b>", reply_markup=None)
        assert message.text == "中文 & <b>"
        photo = await bot.send_photo(buyer.id, plain(50, 40), caption="a picture")
        file = await bot.get_file(photo.photo[-1].file_id)
        assert bytes(await file.download_as_bytearray())
        await bot.send_document(buyer.id, b"bytes", filename="价格.csv")
        await bot.send_media_group(buyer.id, [InputMediaPhoto(plain(20, 20)), InputMediaPhoto(plain(21, 20))])
        with pytest.raises(BadRequest):
            await bot.send_message(buyer.id, "")
        await buyer.blocks()
        with pytest.raises(Forbidden):
            await bot.send_message(buyer.id, "x")
        await buyer.unblocks()
        sandbox.breaks("sendMessage", Fault.TOO_MANY, retry_after=3)
        with pytest.raises(RetryAfter):
            await bot.send_message(buyer.id, "x")
        sandbox.breaks("sendMessage", Fault.UNAUTHORIZED)
        with pytest.raises(InvalidToken):
            await bot.send_message(buyer.id, "x")
        sandbox.breaks("sendMessage", Fault.HANG_BEFORE)
        with pytest.raises(TimedOut):
            await bot.send_message(buyer.id, "x", read_timeout=0.1)
    heard = await buyer.hears_several(4)
    assert heard[2].documents == ["价格.csv"]
    assert len(heard[3].photos) == 2


@pytest.mark.parametrize(
    "payload",
    [
        b"", b"null", b"[]", b"{}", b'{"ok":1}', b'{"ok":"true"}', b"<html>", b"\xff\xfe", b'{"ok":true', b"[" * 3000
    ],
)  # fmt: skip
def test_row_12_junk_is_unreadable_whatever_its_status(payload: bytes) -> None:
    """Nothing raises, and nothing unreadable counts as sent."""
    for status in (200, 400, 500):
        answer = read_answer(status, payload)
        assert not answer.is_readable
        assert of_answer(answer).fate is Fate.UNKNOWN


ANSWERS: list[tuple[int, str, dict[str, int], Fate]] = [
    (429, "Too Many Requests: retry after 7", {"retry_after": 7}, Fate.WAIT),
    (429, "Too Many Requests", {}, Fate.WAIT),
    (400, "Bad Request: group chat was upgraded to a supergroup chat", {"migrate_to_chat_id": -1001}, Fate.MIGRATED),
    (400, "Bad Request: can't parse entities: Unsupported start tag", {}, Fate.AS_PLAIN),
    (400, "Bad Request: message is not modified: specified new message content…", {}, Fate.SENT),
    (400, "Bad Request: wrong file identifier/HTTP URL specified", {}, Fate.UPLOAD),
    (400, "Bad Request: message to be replied not found", {}, Fate.NO_REPLY_TO),
    (400, "Bad Request: BUSINESS_PEER_INVALID", {}, Fate.NO_RIGHT),
    (400, "Bad Request: chat not found", {}, Fate.BLOCKED),
    (400, "Bad Request: message text is empty", {}, Fate.FAILED),
    (403, "Forbidden: bot was blocked by the user", {}, Fate.BLOCKED),
    (403, "Forbidden: not enough rights for the business connection", {}, Fate.NO_RIGHT),
    (401, "Unauthorized", {}, Fate.REVOKED),
    (404, "Not Found", {}, Fate.REVOKED),
    (413, "Request Entity Too Large", {}, Fate.FAILED),
    (500, "Internal Server Error", {}, Fate.UNKNOWN),
    (502, "Bad Gateway", {}, Fate.UNKNOWN),
]


@pytest.mark.filterwarnings("ignore::telegram.warnings.PTBDeprecationWarning")
@pytest.mark.parametrize(("code", "said", "parameters", "fate"), ANSWERS, ids=[said[:40] for _, said, _, _ in ANSWERS])
def test_every_answer_has_a_fate(code: int, said: str, parameters: dict[str, int], fate: Fate) -> None:
    """The table of definite answers, and the same through PTB's exceptions where they keep what is needed."""
    outcome = of_answer(Answer(ok=False, code=code, description=said, parameters=parameters))
    assert outcome.fate is fate
    if fate is Fate.WAIT:
        assert outcome.wait == parameters.get("retry_after", 1)
    assert of_error(RetryAfter(5)).wait == 5
    assert of_error(BadRequest("chat not found")).fate is Fate.BLOCKED
    assert of_error(TimedOut()).fate is Fate.UNKNOWN


def test_row_14_a_wait_beyond_all_dates_is_a_wait() -> None:
    """Not an error of ours, after which nobody could tell whether the message went: it surely did not."""
    for said in (10**15, 10**400, 1e300):
        outcome = of_answer(Answer(ok=False, code=429, description="wait", parameters={"retry_after": said}))
        assert outcome.fate is Fate.WAIT
        assert datetime.now(UTC) + timedelta(seconds=outcome.wait)
