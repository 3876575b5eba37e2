"""Where carriers push to: `PUBLIC_URL/carriers/NAME`. 200 only after what they say is kept; else they send it again."""

import logging
from collections.abc import Awaitable, Callable, Sequence
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from aiohttp import web

from core.tracking.values import BadSignature, Report

if TYPE_CHECKING:
    from carriers.asking import Carriers

_log = logging.getLogger(__name__)
TAKEN = {"result": True, "returnCode": "200", "message": "成功"}
"""What 快递100 wants to read; 17TRACK reads only the status."""
REFUSED = {"result": False, "returnCode": "500", "message": "失败"}
LARGEST = 2**20


def routes(
    carriers: "Carriers", keep: Callable[[str, Sequence[Report]], Awaitable[int]], public_url: str = ""
) -> list[web.RouteDef]:
    """The route for posts; `keep` returns once a carrier's reports are durably kept. A proxy may leave the path of
    `public_url` on or take it off: both are served."""

    async def on_post(request: web.Request) -> web.Response:
        adapter = carriers.get(request.match_info["name"])
        if adapter is None:
            return web.Response(status=404)
        body = bytearray()
        async for chunk in request.content.iter_any():
            body += chunk
            if len(body) > LARGEST:
                return web.Response(status=413)
        try:
            reports = adapter.push({name.lower(): value for name, value in request.headers.items()}, bytes(body))
        except BadSignature:
            return web.json_response(REFUSED, status=401)
        try:
            await keep(adapter.name, reports)
        except Exception:
            _log.exception("a push of %s could not be kept; it is refused, so that it comes again", adapter.name)
            return web.json_response(REFUSED, status=503)
        return web.json_response(TAKEN)

    prefix = urlsplit(public_url).path.rstrip("/")
    paths = dict.fromkeys(("/carriers/{name}", f"{prefix}/carriers/{{name}}"))
    return [web.post(path, on_post) for path in paths]
