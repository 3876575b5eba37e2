"""The strings a test may pull from another process, under `/_/…`: the ledger, trouble, limits, raw updates."""

import json
from typing import Any

from aiohttp import web

from sandbox.faults import Fault, Script
from sandbox.guard import guarded
from sandbox.world import World


class Strings:
    """The same as the methods of Sandbox, in JSON."""

    def __init__(self, world: World) -> None:
        self._world = world

    def add_to(self, app: web.Application) -> None:
        """Register the routes."""
        app.add_routes(
            [
                web.get("/_/calls", guarded(self.calls)),
                web.post("/_/updates", guarded(self.inject)),
                web.post("/_/updates/ids", guarded(self.restart_ids)),
                web.post("/_/breaks", guarded(self.breaks)),
                web.post("/_/mend", guarded(self.mend)),
                web.post("/_/limits", guarded(self.limits)),
            ]
        )

    async def calls(self, request: web.Request) -> web.Response:
        """The ledger, perhaps of one `method` and one `chat`."""
        method, chat = request.query.get("method"), request.query.get("chat")
        found = self._world.calls.of(method, int(chat) if chat else None) if method else list(self._world.calls)
        told = [
            {
                "method": call.method,
                "params": call.params,
                "at": call.at.isoformat(),
                "accepted": call.accepted,
                "error_code": call.error_code,
                "description": call.description,
                "fault": call.fault,
            }
            for call in found
        ]
        return web.json_response(told, dumps=lambda value: json.dumps(value, ensure_ascii=False))

    async def inject(self, request: web.Request) -> web.Response:
        """Queue the body as an update."""
        return web.json_response({"update_id": self._world.updates.inject(await request.json())})

    async def restart_ids(self, request: web.Request) -> web.Response:
        """Number updates from `first_id` on."""
        self._world.updates.restart_ids(int((await request.json())["first_id"]))
        return web.json_response({})

    async def breaks(self, request: web.Request) -> web.Response:
        """`{"fault": "429", "method": …, "chat": …, "left": 1, "retry_after": 3, "seconds": 60}`; faults by their text."""
        asked: dict[str, Any] = await request.json()
        self._world.faults.order(Script(Fault(asked.pop("fault")), **asked))
        return web.json_response({})

    async def mend(self, request: web.Request) -> web.Response:
        """End all trouble."""
        self._world.faults.clear()
        return web.json_response({})

    async def limits(self, request: web.Request) -> web.Response:
        """`{"overall": 30, "chat": 1, "group": 20, "burst": 0}` enforces, `{}` relaxes."""
        asked: dict[str, int] = await request.json()
        if asked:
            self._world.limits.enforce(**asked)
        else:
            self._world.limits.relax()
        return web.json_response({})
