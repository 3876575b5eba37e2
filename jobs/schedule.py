"""The whole timetable. APScheduler is the clock; what is due stands in tables, so a missed or doubled tick changes nothing."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.interval import IntervalTrigger

from jobs.last_word import say_last_words
from jobs.presence import lapse
from jobs.restock import tell_waiting

if TYPE_CHECKING:
    from handlers.desk import Desk

log = logging.getLogger(__name__)

JOBS: tuple[Callable[[Desk], Awaitable[object]], ...] = (tell_waiting, lapse, say_last_words)
"""Every tick, in this order."""


class Schedule:
    """Runs every job each `tick` seconds of real time, and at once when nudged or when the clock is moved."""

    def __init__(self, desk: Desk, tick: float) -> None:
        self._desk = desk
        self._scheduler = AsyncIOScheduler(timezone="UTC")
        self._scheduler.add_job(
            self.run_due,
            IntervalTrigger(seconds=max(1, round(tick))),
            id="tick",
            misfire_grace_time=None,
            coalesce=True,
            max_instances=1,
        )
        self._running = False
        self._again = False

    def start(self) -> None:
        self._scheduler.start()

    def stop(self) -> None:
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)

    def nudge(self) -> None:
        """Look at once: something may have become due."""
        if self._scheduler.running:
            self._scheduler.add_job(self.run_due, id="nudge", replace_existing=True, misfire_grace_time=None)

    async def run_due(self) -> None:
        """Do what is due now. One failing job does not keep the others from running."""
        if self._running:
            self._again = True
            return
        self._running = True
        try:
            while True:
                self._again = False
                for job in JOBS:
                    try:
                        await job(self._desk)
                    except Exception:
                        log.exception("the job %s failed; it is tried again at the next tick", job.__name__)
                if not self._again:
                    return
        finally:
            self._running = False
