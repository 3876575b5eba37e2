"""Keeping secrets out of logs, whatever is written, by whomever, tracebacks included; and out of the errors that are kept."""

import logging
import re
import sys
import threading
from collections.abc import Iterable
from types import TracebackType
from urllib.parse import quote

HIDDEN = "<secret>"
ANY_TOKEN = re.compile(r"(?<!\d)\d{5,12}(?::|%3A)[A-Za-z0-9_-]{30,60}", re.IGNORECASE)
"""The shape of any bot token, so that one nobody told us about is hidden too, behind the `bot` of an address as well."""
NAME_AND_PASSWORD = re.compile(r"(?<=://)[^\s/@:]*:[^\s/@]+(?=@)")
"""What stands before the host in an address, a proxy's say."""


def hidden(text: str) -> str:
    """The text without what is a secret by its shape: for what an error says and the database keeps. aiohttp's errors name the
    whole address they were met at, and Telegram's addresses hold the token."""
    return NAME_AND_PASSWORD.sub(HIDDEN, ANY_TOKEN.sub(HIDDEN, text))


class Redactor:
    """Hides the given secrets, plain or percent-encoded, and what is one by its shape. Empty secrets are ignored."""

    def __init__(self, secrets: Iterable[str]) -> None:
        plain = {secret for secret in secrets if len(secret) >= 4}
        self._known = sorted(plain | {quote(secret, safe="") for secret in plain}, key=len, reverse=True)

    def __call__(self, text: str) -> str:
        for secret in self._known:
            if secret in text:
                text = text.replace(secret, HIDDEN)
        return hidden(text)


class RedactingFormatter(logging.Formatter):
    """Formats as `inner` does and then hides: arguments, exceptions and stack traces are text by then."""

    def __init__(self, inner: logging.Formatter, redactor: Redactor) -> None:
        super().__init__()
        self._inner, self._redactor = inner, redactor

    def format(self, record: logging.LogRecord) -> str:
        return self._redactor(self._inner.format(record))


def redact_logs(secrets: Iterable[str]) -> Redactor:
    """Put a redacting formatter on every handler there is, quieten the HTTP libraries, and redact uncaught exceptions.

    Call it once logging is set up. The redactor is returned for whoever writes somewhere else (stderr, crash texts).
    """
    redactor = Redactor(secrets)
    loggers = [logging.getLogger(), *(logging.getLogger(name) for name in logging.root.manager.loggerDict)]
    for handler in {handler for logger in loggers for handler in logger.handlers}:
        if not isinstance(handler.formatter, RedactingFormatter):
            handler.setFormatter(RedactingFormatter(handler.formatter or logging.Formatter(), redactor))
    if logging.lastResort is not None:
        logging.lastResort.setFormatter(RedactingFormatter(logging.Formatter(), redactor))
    for name in ("httpx", "httpcore", "telegram.Bot", "telegram.ext.ExtBot"):
        logging.getLogger(name).setLevel(logging.WARNING)
    plain = logging.Formatter()

    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        print(redactor(plain.formatException((kind, error, trace))), file=sys.stderr)

    def thread_hook(args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None and args.exc_type is not SystemExit:
            hook(args.exc_type, args.exc_value, args.exc_traceback)

    sys.excepthook = hook
    threading.excepthook = thread_hook
    return redactor
