"""The door of `/_/…`: loopback names only, this page only, and what goes wrong told as JSON."""

from collections.abc import Awaitable, Callable

from aiohttp import web

from sandbox.acting import Impossible
from sandbox.errors import ApiError

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

LOOPBACK = {"127.0.0.1", "localhost", "[::1]"}


def guarded(handler: Handler) -> Handler:
    """`handler`, out of reach of other sites: a strange Host, Origin or form is refused before it is asked."""

    async def answer(request: web.Request) -> web.StreamResponse:
        refused = _refused(request)
        if refused is not None:
            return refused
        try:
            return await handler(request)
        except Impossible as error:
            return web.json_response({"error": str(error)}, status=409)
        except ApiError as error:
            return web.json_response({"error": error.description}, status=409)
        except (KeyError, TypeError, ValueError) as error:
            return web.json_response({"error": f"not understood: {error}"}, status=400)

    return answer


def _refused(request: web.Request) -> web.Response | None:
    if request.host.rsplit(":", 1)[0] not in LOOPBACK:
        return web.json_response({"error": "only on loopback"}, status=403)
    origin = request.headers.get("Origin")
    if origin is not None and origin.partition("://")[2] != request.host:
        return web.json_response({"error": "from this page only"}, status=403)
    if request.method == "POST" and request.content_type not in ("application/json", "multipart/form-data"):
        return web.json_response({"error": "JSON, please"}, status=415)
    return None
