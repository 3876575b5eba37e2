"""Loop lag: how long the program was held up by its own work, which every buyer waits for."""

from __future__ import annotations

import asyncio
import logging
import time
from collections import deque

STEP = 0.25
"""Seconds between two looks."""
MUCH = 0.2
"""Seconds of lag worth a line in the log."""
_log = logging.getLogger(__name__)


class Lag:
    """Measures while it runs. `worst` is the longest hold-up of about the last minute, in seconds."""

    def __init__(self) -> None:
        self._latest: deque[float] = deque([0.0], maxlen=round(60 / STEP))
        self._task: asyncio.Task[None] | None = None

    @property
    def worst(self) -> float:
        return max(self._latest)

    def start(self) -> None:
        self._task = asyncio.create_task(self._measure(), name="loop lag")

    async def stop(self) -> None:
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def _measure(self) -> None:
        while True:
            due = time.monotonic() + STEP
            await asyncio.sleep(STEP)
            late = max(0.0, time.monotonic() - due)
            self._latest.append(late)
            if late > MUCH:
                _log.warning("the loop was held up for %.0f ms", late * 1000)
