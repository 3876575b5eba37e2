"""No secret in any log."""

import asyncio
import io
import logging
import sys
import threading
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from delivery import calling
from delivery.redacting import HIDDEN, Redactor, redact_logs
from delivery.transport import AioRequest, Api
from sandbox import Fault, Sandbox
from store.outbox import Status
from tests.delivery.conftest import Shop, outgoing
from tests.delivery.watching import settles

TOKEN = "7000000001:AAabcdefghijklmnopqrstuvwxyz0123456"


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """Everything that is logged, at DEBUG, as it would be written; the machine's own set-up comes back afterwards."""
    root = logging.getLogger()
    before = (root.handlers[:], root.level, sys.excepthook, threading.excepthook)
    written = io.StringIO()
    root.handlers[:] = [logging.StreamHandler(written)]
    root.setLevel(logging.DEBUG)
    yield written
    root.handlers[:], root.level, sys.excepthook, threading.excepthook = before


def test_row_41_a_secret_is_hidden_in_whatever_is_logged(log: io.StringIO) -> None:
    """In the message, its arguments, an exception, the exception's cause, percent-encoded; and any token's shape."""
    redact_logs([TOKEN, "webhook-secret"])
    logging.info("calling %s", f"https://api.telegram.org/bot{TOKEN}/getMe")
    logging.info("also %s", TOKEN.replace(":", "%3A"))
    logging.info("secret webhook-secret and someone's 123456789:AAbbccddeeffgghhiijjkkllmmnnoopp123")
    try:
        try:
            raise ValueError(TOKEN)
        except ValueError as error:
            raise RuntimeError("outer") from error
    except RuntimeError:
        logging.exception("failed")
    said = log.getvalue()
    assert TOKEN not in said
    assert "webhook-secret" not in said
    assert "AAbbcc" not in said
    assert said.count(HIDDEN) >= 5
    assert "outer" in said


def test_row_41_uncaught_errors_are_redacted(log: io.StringIO, capsys: pytest.CaptureFixture[str]) -> None:
    """What ends the program, or a thread, says no secret either."""
    redact_logs([TOKEN])
    try:
        raise ValueError(TOKEN)
    except ValueError as error:
        sys.excepthook(type(error), error, error.__traceback__)
    thread = threading.Thread(target=lambda: int(TOKEN))
    thread.start()
    thread.join()
    said = capsys.readouterr().err
    assert TOKEN not in said
    assert said.count("Traceback") == 2


async def test_row_41_a_call_that_fails_says_no_token(log: io.StringIO, sandbox: Sandbox) -> None:
    """At DEBUG, with refusals and broken connections."""
    redact_logs([sandbox.token])
    async with AioRequest() as request:
        api = Api(request, sandbox.token, sandbox.base_url)
        for fault in (None, Fault.RESET_BEFORE, Fault.JUNK, Fault.UNAUTHORIZED):
            if fault is not None:
                sandbox.breaks("getMe", fault)
            try:
                logging.debug("%r answered %r", api, await api.call("getMe", {}))
            except Exception:
                logging.exception("getMe")
    assert sandbox.token.split(":")[1] not in log.getvalue()
    assert log.getvalue()


def test_short_secrets_do_not_eat_the_log() -> None:
    """An empty or tiny secret hides nothing."""
    assert Redactor(["", "a"])("a sane line") == "a sane line"


@pytest.fixture
async def talker() -> AsyncIterator[int]:
    """The port of a server that answers every call with words that are no HTTP."""

    async def talk(heard: asyncio.StreamReader, said: asyncio.StreamWriter) -> None:
        await heard.read(100)
        said.write(b"NO TELEGRAM HERE\r\n\r\n")
        await said.drain()
        said.close()

    server = await asyncio.start_server(talk, "127.0.0.1", 0)
    yield server.sockets[0].getsockname()[1]
    server.close()


async def test_row_41_no_secret_is_in_an_error_that_is_kept(shop: Shop, talker: int, tmp_path: Path) -> None:
    """Such an answer's error names the address it came from, token and all: it stands in the outbox, and in every copy."""
    shop.build()
    shop.sender._api = Api(shop.request, TOKEN, f"http://127.0.0.1:{talker}")
    await shop.sender.start()
    await shop.put(outgoing("a", 20001))
    await settles(shop, "a", Status.UNKNOWN)
    row = await shop.store.outbox.by_key("a")
    assert row is not None
    assert HIDDEN in row.error
    assert "Bad status line" in row.error
    await shop.sender.stop()
    assert not _files_with(TOKEN, tmp_path)


async def test_row_41_no_secret_is_in_what_a_seller_is_told(request_: AioRequest) -> None:
    """A file that could not be fetched: the reason goes into the seller's chat."""

    async def talk(heard: asyncio.StreamReader, said: asyncio.StreamWriter) -> None:
        asked = await heard.readuntil(b"\r\n")
        answer = b'{"ok":true,"result":{"file_path":"a.csv"}}'
        good = b"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: %d\r\n\r\n%s" % (len(answer), answer)
        said.write(good if b"getFile" in asked else b"NO TELEGRAM HERE\r\n\r\n")
        await said.drain()
        said.close()

    server = await asyncio.start_server(talk, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    told = await calling.download(Api(request_, TOKEN, f"http://127.0.0.1:{port}"), "file")
    server.close()
    assert isinstance(told, str)
    assert "could not be fetched" in told
    assert TOKEN not in told


def test_row_41_a_proxys_password_is_hidden() -> None:
    """As an error of the proxy's names it."""
    said = str(Redactor(())("ClientHttpProxyError: 407, url='http://me:hush@10.0.0.1:3128', see https://t.me/a:b@c"))
    assert said == f"ClientHttpProxyError: 407, url='http://{HIDDEN}@10.0.0.1:3128', see https://t.me/a:b@c"


def _files_with(secret: str, folder: Path) -> list[str]:
    return [file.name for file in folder.rglob("*.db*") if secret.encode() in file.read_bytes()]
