"""The time the sandbox goes by, which the seller may move."""

import asyncio
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    """What the sandbox asks of a clock. The bot and the sandbox share one, so that moving it moves both."""

    def now(self) -> datetime:
        """The present moment, aware and in UTC."""
        ...

    def move(self, by: timedelta) -> None:
        """Go forward by `by` at once, waking everybody whose moment has come."""
        ...

    async def sleep_until(self, when: datetime) -> None:
        """Return when `now()` has reached `when`, at once if it already has."""
        ...


class MovableClock:
    """Real time plus whatever it has been moved by; `MovableClock(at)` starts at `at`.

    With `running=False` it stands still between moves, which is what most tests want.
    """

    def __init__(self, at: datetime | None = None, *, running: bool = True) -> None:
        real = datetime.now(UTC)
        self._running = running
        self._origin = real
        self._base = real if at is None else at.astimezone(UTC)
        self._moved = asyncio.Event()

    def now(self) -> datetime:
        return self._base + (datetime.now(UTC) - self._origin) if self._running else self._base

    def move(self, by: timedelta) -> None:
        self._base += by
        moved, self._moved = self._moved, asyncio.Event()
        moved.set()

    async def sleep_until(self, when: datetime) -> None:
        while (left := (when - self.now()).total_seconds()) > 0:
            with suppress(TimeoutError):  # not wait_for, which on Python 3.11 may forget that it was cancelled
                async with asyncio.timeout(left if self._running else None):
                    await self._moved.wait()
