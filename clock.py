"""What time it is. One clock object is handed to everything that asks; the sandbox and the tests move it."""

import asyncio
import time
from contextlib import suppress
from datetime import UTC, datetime, timedelta

LOOK_AGAIN = 60.0
"""Seconds after which who waits for an hour looks at the machine's clock again: it may have been set."""


class Clock:
    """The machine's clock plus a shift. Moving it wakes everyone who sleeps on it.

    Every time is aware and UTC. It goes back where the machine's clock is set back, or by a negative `move`; how long
    somebody sleeps does not depend on the machine's being set.
    """

    def __init__(self, shift: timedelta = timedelta()) -> None:
        self._shift = shift
        self._moved = asyncio.Event()

    def now(self) -> datetime:
        return datetime.now(UTC) + self._shift

    def elapsed(self) -> float:
        """Seconds that grow as time goes by and with `move`, and never otherwise."""
        return time.monotonic() + self._shift.total_seconds()

    @property
    def shift(self) -> timedelta:
        """How far this clock is from the machine's."""
        return self._shift

    def move(self, by: timedelta) -> None:
        """Shift the clock and wake every sleeper, who looks again whether it is time."""
        self._shift += by
        moved, self._moved = self._moved, asyncio.Event()
        moved.set()

    async def sleep_until(self, when: datetime) -> None:
        """Return once `now()` is `when` or later."""
        while (left := (when - self.now()).total_seconds()) > 0:
            await self._pass(min(left, LOOK_AGAIN))

    async def sleep(self, seconds: float) -> None:
        """Sleep so many seconds of this clock's time."""
        until = self.elapsed() + seconds
        while (left := until - self.elapsed()) > 0:
            await self._pass(left)

    async def _pass(self, seconds: float) -> None:
        """Return after so long, or when the clock is moved."""
        # Not wait_for: on Python 3.11 it forgets that it was cancelled when the clock has moved just before.
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._moved.wait()
