"""Running a shop for the length of a test."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import timedelta

from sandbox.bell import PATIENCE
from tests.delivery.conftest import Shop
from tests.play import Play


@asynccontextmanager
async def runs(shop: Shop, *, polls: bool = True, grace: float = 20.0) -> AsyncIterator[Shop]:
    """Build it if need be, start it as `run` does, and stop it in the same order; what runs has `grace` seconds to end."""
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
        await shop.lanes.stop(grace)
        await shop.sender.stop(grace)


async def until(holds: Callable[[], object], seconds: float = PATIENCE) -> None:
    """Wait, a little at a time, until something holds."""
    for _ in range(int(seconds / 0.01)):
        if holds():
            return
        await asyncio.sleep(0.01)
    raise AssertionError("it did not come about")


async def passing(shop: Shop | Play, step: float, holds: Callable[[], object]) -> None:
    """Let time pass, `step` seconds at once, until something holds."""

    def moved() -> object:
        shop.clock.move(timedelta(seconds=step))
        return holds()

    await until(moved)


async def stirring() -> None:
    """Let whoever was woken begin, however busy the machine is: by turns of the loop, not by time."""
    for _ in range(100):
        await asyncio.sleep(0)
