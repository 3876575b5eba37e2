"""The Bot API over HTTP: the token, the method, the trouble a test ordered, and the ledger entry."""

import asyncio
import json
import re
import socket
import struct
import time
from collections.abc import Awaitable
from typing import Any

from aiohttp import web

from sandbox import params as reading
from sandbox.errors import ApiError, conflict, forbidden, not_found, not_here, too_many_requests, unauthorized
from sandbox.faults import ACCEPTING, Fault, Script
from sandbox.ledger import Call
from sandbox.methods import BY_NAME, NOT_YET_BY_NAME
from sandbox.params import Params
from sandbox.world import World

_TOKEN = re.compile(r"\d{3,}:[A-Za-z0-9_-]{20,}")
_PAGE = (
    "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body><center><h1>502 Bad Gateway</h1></center></body>"
)


class BotApi:
    """The routes `/bot<token>/<method>` and `/file/bot<token>/<path>`."""

    def __init__(self, world: World, token: str) -> None:
        self._world = world
        self._token = token
        self.in_flight = 0
        self.started = 0

    def add_to(self, app: web.Application) -> None:
        """Register the routes."""
        app.router.add_route("*", "/bot{token:[^/]*}/{method}", self.call)
        app.router.add_get("/file/bot{token:[^/]*}/{path:.+}", self.file)

    def _check(self, token: str) -> None:
        if not _TOKEN.fullmatch(token):
            raise not_found()
        if token != self._token:
            raise unauthorized()

    async def file(self, request: web.Request) -> web.Response:
        """The bytes getFile told the path of."""
        try:
            self._check(request.match_info["token"])
            file = self._world.files.at(request.match_info["path"])
            if file is None:
                raise not_found()
        except ApiError as error:
            return _answer(error.code, error.body())
        return web.Response(body=file.data, content_type="application/octet-stream")

    async def call(self, request: web.Request) -> web.StreamResponse:
        """One call of one method."""
        method = request.match_info["method"]
        counted = method.lower() != "getupdates"
        if counted:
            self.in_flight += 1
            self.started += 1
        try:
            self._check(request.match_info["token"])
            return await self._carry_out(request, method, await reading.read(request))
        except ApiError as error:
            return _answer(error.code, error.body())
        finally:
            if counted:
                self.in_flight -= 1
                self._world.bell.ring()

    async def _carry_out(self, request: web.Request, method: str, params: Params) -> web.StreamResponse:
        at, began = self._world.clock.now(), time.monotonic()
        script = self._world.faults.strike(method, params.integer("chat_id") or None)
        result: Any = None
        refusal: ApiError | None = None
        accepted = False
        if script is not None and script.fault is Fault.LATE:
            await script.hang()
        if script is None or script.fault in ACCEPTING:
            try:
                result = self._perform(method, params)
                if isinstance(result, Awaitable):
                    result = await result
                accepted = True
            except ApiError as error:
                refusal = error
        elif (ordered := _ordered(script)) is not None:
            refusal = ordered
        self._world.calls.enter(
            Call(
                method,
                params.shown(),
                at,
                began,
                time.monotonic() - began,
                accepted,
                result,
                refusal.code if refusal else None,
                refusal.description if refusal else None,
                str(script.fault) if script else None,
            )
        )
        if script is not None and (trouble := await _trouble(script, request)) is not None:
            return trouble
        return _answer(refusal.code, refusal.body()) if refusal else _answer(200, {"ok": True, "result": result})

    def _perform(self, method: str, params: Params) -> Any:
        name = method.lower()
        if name in NOT_YET_BY_NAME:
            raise not_here(NOT_YET_BY_NAME[name])
        if name not in BY_NAME:
            raise not_found()
        return BY_NAME[name][1](self._world, params)


def _answer(status: int, body: dict[str, Any]) -> web.Response:
    return web.Response(
        status=status,
        body=json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass"),
        content_type="application/json",
    )


def _ordered(script: Script) -> ApiError | None:
    """The refusal a script stands for."""
    match script.fault:
        case Fault.TOO_MANY:
            return too_many_requests(script.retry_after)
        case Fault.ERROR:
            return ApiError(500, "Internal Server Error")
        case Fault.UNAUTHORIZED:
            return unauthorized()
        case Fault.NOT_FOUND:
            return not_found()
        case Fault.CONFLICT:
            return conflict("terminated by other getUpdates request; make sure that only one bot instance is running")
        case Fault.BLOCKED:
            return forbidden("bot was blocked by the user")
        case Fault.MIGRATED:
            told = "Bad Request: group chat was upgraded to a supergroup chat"
            return ApiError(400, told, {"migrate_to_chat_id": script.migrate_to})
        case _:
            return None


async def _trouble(script: Script, request: web.Request) -> web.Response | None:
    """What happens to the answer itself; None when it goes out as it is."""
    match script.fault:
        case Fault.BAD_GATEWAY:
            return web.Response(status=502, text=_PAGE, content_type="text/html")
        case Fault.ERROR_AFTER:
            return _answer(500, ApiError(500, "Internal Server Error").body())
        case Fault.JUNK | Fault.JUNK_BEFORE:
            return web.Response(text='{"ok":true,"resu', content_type="application/json")
        case Fault.SLOW:
            await script.hang()
            return None
        case Fault.HANG_BEFORE | Fault.HANG_AFTER:
            await script.hang()
            return _cut(request)
        case Fault.RESET_BEFORE | Fault.RESET_AFTER:
            return _cut(request)
        case _:
            return None


def _cut(request: web.Request) -> web.Response:
    """Reset the connection without a word."""
    transport = request.transport
    if isinstance(transport, asyncio.Transport):
        raw = transport.get_extra_info("socket")
        if raw is not None:
            raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        transport.abort()
    return web.Response()
