"""The webhook: what Telegram posts is answered once it is kept."""

import hmac
import logging
from typing import Any

import orjson
from aiohttp import hdrs, web

from delivery.receiving import Receiver
from store.errors import StoreError

MOST_BODY = 1 << 20
_log = logging.getLogger(__name__)


def made_secret(token: str) -> str:
    """A secret where the settings have none: nobody can make it who does not know the token, it is the same at each start,
    and need not be kept anywhere. Whoever could post without one could give an owner's commands."""
    return hmac.new(token.encode(), b"webhook", "sha256").hexdigest()


class Webhook:
    """What Telegram posts to. 200 only after the commit; 503 when it could not be kept, and Telegram sends it again.

    Add `routes()` to an aiohttp application. `secret` empty: whoever knows the path may post (the program never leaves it so).
    """

    def __init__(self, path: str, secret: str, receiver: Receiver) -> None:
        self.path = "/" + path.strip("/")
        self._secret = secret.encode()
        self._receiver = receiver
        self.is_stopping = False

    def routes(self) -> list[web.RouteDef]:
        return [web.post(self.path, self.on_post)]

    async def on_post(self, request: web.Request) -> web.Response:
        given = request.headers.get("X-Telegram-Bot-Api-Secret-Token", "").encode("utf-8", "surrogateescape")
        if not hmac.compare_digest(given, self._secret):
            return web.Response(status=401, text="wrong secret")
        if self.is_stopping:
            return web.Response(status=503, headers={hdrs.RETRY_AFTER: "5"})
        body = bytearray()
        try:
            async for chunk in request.content.iter_any():
                body += chunk
                if len(body) > MOST_BODY:
                    return web.Response(status=413, text="too long")
        except (web.RequestPayloadError, ConnectionError) as error:  # broken off, or not packed as it says
            _log.info("a post could not be read: %s", type(error).__name__)
            return web.Response(status=400, text="unreadable")
        raw = bytes(body)
        try:
            await self._receiver.receive([_loads(raw)], [raw])
        except StoreError as error:
            _log.warning("an update could not be kept: %s", error)
            return web.Response(status=503, headers={hdrs.RETRY_AFTER: "5"})
        return web.Response()

    def stop(self) -> None:
        """From now on everything is refused with 503: Telegram keeps it."""
        self.is_stopping = True


def _loads(raw: bytes) -> Any:
    try:
        return orjson.loads(raw)
    except orjson.JSONDecodeError:
        return None
