"""The health page and the metrics, on loopback only: figures and checks, no buyer's words and no secret."""

from __future__ import annotations

import os
from collections.abc import Awaitable, Callable, Collection
from html import escape
from typing import TYPE_CHECKING, Any

from aiohttp import web

from ops.doctor import Check, State, note, of_readings, ok, wrong
from ops.listening import loopback
from ops.readings import Readings, read
from store.errors import StoreError

if TYPE_CHECKING:
    from clock import Clock
    from ops.backups import Backups
    from ops.lag import Lag
    from store import Store

MUCH_LAG = 0.2
LOOKS = {State.OK: "#1a7f37", State.NOTE: "#9a6700", State.WRONG: "#cf222e"}


class Health:
    """Answers /health (503 when something is wrong), /health.json and /metrics."""

    def __init__(
        self,
        store: Store,
        clock: Clock,
        lag: Lag,
        backups: Backups | None = None,
        *,
        owners: Collection[int] = (),
    ) -> None:
        self._store, self._clock, self._lag, self._backups = store, clock, lag, backups
        self._owners = owners
        self.url = ""

    async def serve(self, listen: str) -> Callable[[], Awaitable[None]]:
        """Listen at HOST:PORT, loopback only; returns what ends it. OSError with a sentence when the port is taken."""
        host, port = loopback(listen)
        site = web.Application()
        site.add_routes(
            [
                web.get("/", self.on_page),
                web.get("/health", self.on_page),
                web.get("/health.json", self.on_json),
                web.get("/metrics", self.on_metrics),
            ]
        )
        runner = web.AppRunner(site, access_log=None, shutdown_timeout=1.0)
        await runner.setup()
        try:
            await web.TCPSite(runner, host, port).start()
            host, port = runner.addresses[0][:2]
            self.url = f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
        except OSError as error:
            await runner.cleanup()
            why = os.strerror(error.errno) if error.errno else str(error)
            raise OSError(f"METRICS_LISTEN: {listen} cannot be used ({why}); choose another port.") from None
        return runner.cleanup

    async def on_page(self, request: web.Request) -> web.Response:
        checks = await self.checks()
        rows = "".join(
            f'<tr><td>{escape(one.name)}<td style="color:{LOOKS[one.state]}">{one.state}<td>{escape(one.said)}'
            for one in checks
        )
        page = (
            "<!doctype html><meta charset=utf-8><meta name=viewport content='width=device-width'>"
            "<meta http-equiv=refresh content=15><title>掌柜 health</title>"
            "<style>body{font:15px/1.6 system-ui;margin:2rem}td{padding:.2rem 1rem .2rem 0;vertical-align:top}</style>"
            f"<h1>掌柜 · health</h1><table>{rows}</table>"
        )
        return web.Response(text=page, content_type="text/html", status=status(checks))

    async def on_json(self, request: web.Request) -> web.Response:
        checks = await self.checks()
        told_ = {one.name: {"state": one.state, "said": one.said} for one in checks}
        return web.json_response(told_, status=status(checks))

    async def on_metrics(self, request: web.Request) -> web.Response:
        try:
            readings = await read(self._store, self._clock.now(), self._backups, self._owners)
        except StoreError as error:
            return web.Response(text=str(error), status=503)
        return web.Response(body=metrics(readings, self._lag.worst), headers={"Content-Type": FORMAT})

    async def checks(self) -> list[Check]:
        try:
            readings = await read(self._store, self._clock.now(), self._backups, self._owners)
        except StoreError as error:
            return [
                wrong("database", f"{error} Look at DATABASE_URL, at the disk, and whether the server runs."),
                self._of_lag(),
            ]
        return [*self._of_writing(), *of_readings(readings, runs=True), self._of_lag()]

    def _of_writing(self) -> list[Check]:
        """Reading may go on where nothing can be written: a full disk, one that is mounted read-only."""
        if why := self._store.writer.trouble:
            said = f"Nothing is received or sent, for nothing can be written; it is tried again by itself. {why.rstrip('.')}."
            return [wrong("database", f"{said} Look at the disk and at who may write there.")]
        return []

    def _of_lag(self) -> Check:
        said = f"The program was held up for {self._lag.worst * 1000:.0f} ms at most in the last minute."
        return note("loop lag", f"{said} Is the machine busy?") if self._lag.worst > MUCH_LAG else ok("loop lag", said)


def status(checks: list[Check]) -> int:
    return 503 if any(one.state is State.WRONG for one in checks) else 200


FORMAT = "text/plain; version=0.0.4; charset=utf-8"


def metrics(now: Readings, lag: float) -> bytes:
    """The readings in Prometheus's text format. What is unknown is left out."""
    from prometheus_client import CollectorRegistry, Gauge, ProcessCollector, generate_latest

    def age(of: Any) -> float | None:
        return None if of is None else float((now.now - of).total_seconds())

    registry = CollectorRegistry()
    ProcessCollector(registry=registry)
    values: dict[str, tuple[str, float | None]] = {
        "last_poll_age_seconds": ("Since Telegram was last heard", age(now.polled_at)),
        "inbox_new": ("Updates that wait to be handled", now.inbox_new),
        "inbox_oldest_seconds": ("How long the oldest of them has waited", _seconds(now.inbox_age)),
        "inbox_set_aside": ("Updates of seven days that could not be handled", now.inbox_dead),
        "outbox_pending": ("Messages that wait to be sent", now.outbox_pending),
        "outbox_oldest_seconds": ("How long the oldest due one has waited", _seconds(now.outbox_age)),
        "outbox_unknown": ("Messages of seven days of which nobody can tell whether they arrived", now.outbox_unknown),
        "outbox_failed": ("Messages of seven days that Telegram refused", now.outbox_failed),
        "paused": ("1 since a restore until /go", 0 if now.pause is None else 1),
        "loop_lag_seconds": ("The longest hold-up of the last minute", lag),
        "database_bytes": ("Size of the database", now.database_bytes),
        "disk_free_bytes": ("Room beside the database", now.disk_free),
        "last_backup_age_seconds": ("Age of the newest daily copy", age(now.backup_at)),
    }
    for name, (said, value) in values.items():
        if value is not None:
            Gauge(f"zhanggui_{name}", said, registry=registry).set(value)
    return generate_latest(registry)


def _seconds(length: Any) -> float:
    return 0.0 if length is None else float(length.total_seconds())
