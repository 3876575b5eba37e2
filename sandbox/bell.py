"""Waiting for something in the sandbox to be different, without sleeping."""

# How long to wait is part of what a test says.
# ruff: noqa: ASYNC109

import asyncio
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")

PATIENCE = 60.0
"""Seconds of real time after which nothing more is expected, even of a busy machine. Who hears sooner waits no longer."""


class Bell:
    """Rung at every change; whoever waits looks again."""

    def __init__(self) -> None:
        self.count = 0
        self._rung = asyncio.Event()

    def ring(self) -> None:
        """Wake everybody who waits."""
        self.count += 1
        rung, self._rung = self._rung, asyncio.Event()
        rung.set()

    async def next(self) -> None:
        """Return when it is rung after this call."""
        await self._rung.wait()

    async def until(self, look: Callable[[], T | None], timeout: float | None = None) -> T | None:
        """The first thing `look()` returns that is neither None nor False; None after `timeout` seconds of real time."""
        try:
            async with asyncio.timeout(timeout):
                while True:
                    rung = self._rung
                    seen = look()
                    if seen is not None and seen is not False:
                        return seen
                    await rung.wait()
        except TimeoutError:
            return None
