"""Running a shop for the length of a test."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from tests.delivery.conftest import Shop


@asynccontextmanager
async def runs(shop: Shop, *, polls: bool = True) -> AsyncIterator[Shop]:
    """Build it if need be, start it as `run` does, and stop it in the same order."""
    if not hasattr(shop, "lanes"):
        shop.build()
    shop.sandbox.idle = shop.idle
    await shop.lanes.look()
    await shop.sender.start()
    polling = asyncio.create_task(shop.poller.run()) if polls else None
    try:
        yield shop
    finally:
        shop.poller.stop()
        if polling is not None:
            await polling
        await shop.lanes.stop(0.5)
        await shop.sender.stop(0.5)


async def until(holds: Callable[[], object], seconds: float = 20.0) -> None:
    """Wait, a little at a time, until something holds."""
    for _ in range(int(seconds / 0.01)):
        if holds():
            return
        await asyncio.sleep(0.01)
    raise AssertionError("it did not come about")
