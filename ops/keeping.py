"""Keeping: what stands beside a running shop, begun and ended with it: daily copies, loop lag, health and metrics."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Collection
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from ops.backups import Backups
from ops.lag import Lag

if TYPE_CHECKING:
    from clock import Clock
    from store import Store

BackUp = Callable[[datetime, ZoneInfo], None]


@asynccontextmanager
async def kept(
    store: Store,
    clock: Clock,
    folder: Path | None,
    metrics_listen: str = "",
    *,
    owners: Collection[int] = (),
) -> AsyncIterator[BackUp | None]:
    """Keep a shop while it runs. Yields what begins today's copy (None without a `folder` for it); OSError when
    `metrics_listen` cannot be used."""
    backups = Backups(store, folder) if folder is not None else None
    lag = Lag()
    close = None
    if metrics_listen:
        from ops.health import Health  # aiohttp's server and Prometheus's client are not needed otherwise

        close = await Health(store, clock, lag, backups, owners=owners).serve(metrics_listen)
    lag.start()
    try:
        yield backups.begin_due if backups is not None else None
    finally:
        await lag.stop()
        if backups is not None:
            await backups.stop()
        if close is not None:
            await close()
