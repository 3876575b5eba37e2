"""What time it is. One clock object is handed to everything that asks; the sandbox and the tests move it."""

import asyncio
from contextlib import suppress
from datetime import UTC, datetime, timedelta


class Clock:
    """The machine's clock plus a shift. Moving it wakes everyone who sleeps on it.

    Every time is aware and UTC. It never goes back by itself; `move` may be given a negative step.
    """

    def __init__(self, shift: timedelta = timedelta()) -> None:
        self._shift = shift
        self._moved = asyncio.Event()

    def now(self) -> datetime:
        return datetime.now(UTC) + self._shift

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
            # Not wait_for: on Python 3.11 it forgets that it was cancelled when the clock has moved just before.
            with suppress(TimeoutError):
                async with asyncio.timeout(min(left, 3600.0)):
                    await self._moved.wait()

    async def sleep(self, seconds: float) -> None:
        """Sleep so many seconds of this clock's time."""
        await self.sleep_until(self.now() + timedelta(seconds=seconds))
