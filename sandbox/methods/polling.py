"""Taking updates: long polls, one at a time, or a webhook."""

import re
import time
from typing import Any
from urllib.parse import urlsplit

from sandbox.errors import OTHER_POLLER, TERMINATED_BY_WEBHOOK, WEBHOOK_ACTIVE, bad_request, conflict
from sandbox.params import Params
from sandbox.updates import LONGEST_POLL
from sandbox.webhook import Webhook
from sandbox.world import World

_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")


async def get_updates(world: World, params: Params) -> list[dict[str, Any]]:
    """Up to `limit` updates, waiting `timeout` seconds of real time for the first.

    A newer poll ends an older one with 409, as does setting a webhook.
    """
    if world.webhook is not None:
        raise conflict(WEBHOOK_ACTIVE)
    _allow(world, params)
    world.poll += 1
    mine = world.poll
    world.polled_at = world.clock.now()
    world.bell.ring()  # An older poll wakes and finds itself replaced.
    offset = params.integer("offset")
    limit = params.integer("limit", 100)
    limit = limit if 1 <= limit <= 100 else 100
    deadline = time.monotonic() + min(max(params.integer("timeout"), 0), LONGEST_POLL)

    def look() -> list[dict[str, Any]] | None:
        if world.poll != mine or world.stopping:
            return []
        return world.updates.get(offset, limit) or None

    batch = look()
    if batch is None:
        world.polling += 1
        try:
            batch = await world.bell.until(look, deadline - time.monotonic())
        finally:
            world.polling -= 1
    if world.webhook is not None:
        raise conflict(TERMINATED_BY_WEBHOOK)
    if world.poll != mine:
        raise conflict(OTHER_POLLER)
    return batch or []


def set_webhook(world: World, params: Params) -> bool:
    """Post updates to `url` from now on. Addresses on loopback may be plain http here."""
    url = params.text("url") or ""
    if not url:
        return delete_webhook(world, params)
    parts = urlsplit(url)
    loopback = parts.hostname in ("127.0.0.1", "localhost", "::1")
    if not parts.hostname or not (parts.scheme == "https" or (parts.scheme == "http" and loopback)):
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    secret = params.text("secret_token")
    if secret is not None and not _SECRET.fullmatch(secret):
        raise bad_request("secret token contains unallowed characters")
    most = params.integer("max_connections", 40)
    _allow(world, params)
    if params.flag("drop_pending_updates"):
        world.updates.drop_all()
    if world.webhook is not None:
        world.webhook.close()
    world.webhook = Webhook(world, url, secret, most if 1 <= most <= 100 else 40)
    world.webhook.start()
    world.bell.ring()
    return True


def delete_webhook(world: World, params: Params) -> bool:
    """Stop posting; what waits stays unless it is to be dropped."""
    if params.flag("drop_pending_updates"):
        world.updates.drop_all()
    if world.webhook is not None:
        world.webhook.close()
        world.webhook = None
    return True


def get_webhook_info(world: World, params: Params) -> dict[str, Any]:
    """How delivery stands."""
    told: dict[str, Any] = {
        "url": "",
        "has_custom_certificate": False,
        "pending_update_count": len(world.updates),
    }
    if world.updates.allowed is not None:
        told["allowed_updates"] = world.updates.allowed
    if world.webhook is not None:
        told |= world.webhook.told()
    return told


def _allow(world: World, params: Params) -> None:
    kinds = params.json("allowed_updates")
    if kinds is not None and not isinstance(kinds, list):
        raise bad_request("can't parse allowed_updates: expected an Array of String")
    world.updates.allow(kinds)
