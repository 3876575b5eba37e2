"""No secret in any log."""

import io
import logging
import sys
import threading
from collections.abc import Iterator

import pytest

from delivery.redacting import HIDDEN, Redactor, redact_logs
from delivery.transport import AioRequest, Api
from sandbox import Fault, Sandbox

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
