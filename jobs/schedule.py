"""The whole timetable. APScheduler is the clock; what is due stands in tables, so a missed or doubled tick changes nothing."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import TYPE_CHECKING

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.interval import IntervalTrigger

from jobs.backups import back_up
from jobs.calendar import tell_of_calendar
from jobs.digest import tell_digest
from jobs.forgetting import forget_asked
from jobs.haggling import judge_changed
from jobs.indexing import index_words
from jobs.last_word import say_last_words
from jobs.orders import look_after_orders
from jobs.presence import lapse
from jobs.promises import keep_promises
from jobs.reminders import tell_reminders
from jobs.restock import tell_waiting
from jobs.set_aside import tell_set_aside
from jobs.tidying import tidy_up
from jobs.topics import refresh_topics
from jobs.tracking import follow_parcels

if TYPE_CHECKING:
    from handlers.desk import Desk

log = logging.getLogger(__name__)

JOBS: tuple[Callable[[Desk], Awaitable[object]], ...] = (
    tell_waiting,
    keep_promises,
    look_after_orders,
    tell_of_calendar,
    lapse,
    tell_reminders,
    tell_set_aside,
    say_last_words,
    refresh_topics,
    forget_asked,
    tidy_up,
    tell_digest,
    judge_changed,
    index_words,
    back_up,
    follow_parcels,
)
"""Every tick, in this order."""
WATCHED = 10.0
"""Seconds between two looks at whether the machine's clock was set back: APScheduler would wait until it is as late again."""
GRACE = 1.0
"""Seconds that a look under way has when the program ends."""


class _Every(IntervalTrigger):  # type: ignore[misc]
    """Every so many seconds, counted from now where the clock was set on. APScheduler alone makes a time of each one that was
    missed, before it sees that they are one: 26 seconds of the loop for a year, and a board without a battery begins in 1970."""

    def get_next_fire_time(self, previous: datetime | None, now: datetime) -> datetime:
        following: datetime = super().get_next_fire_time(previous, now)
        return following if following > now else now + self.interval


class Schedule:
    """Runs every job each `tick` seconds of real time, and at once when nudged."""

    def __init__(self, desk: Desk, tick: float) -> None:
        self._desk = desk
        self._scheduler = AsyncIOScheduler(timezone="UTC")
        self._every = max(1, round(tick))
        self._scheduler.add_job(
            self._tick,
            _Every(seconds=self._every),
            id="tick",
            misfire_grace_time=None,
            coalesce=True,
            max_instances=1,
        )
        self._running = asyncio.Lock()
        self._again = False
        self._looks: set[asyncio.Task[None]] = set()
        self._watch: asyncio.Task[None] | None = None

    def start(self) -> None:
        self._scheduler.start()
        self._watch = asyncio.create_task(self._watch_clock(), name="watching the clock")

    async def stop(self) -> None:
        """No new look; one under way has a moment to end. What it had not come to is still due."""
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)
        if self._watch is not None:
            self._watch.cancel()
            await asyncio.gather(self._watch, return_exceptions=True)
        if self._looks:
            _, late = await asyncio.wait(self._looks, timeout=GRACE)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)

    def nudge(self) -> None:
        """Look at once: something may have become due."""
        if self._scheduler.running:
            task = asyncio.create_task(self.run_due(), name="look")
            self._looks.add(task)
            task.add_done_callback(self._looks.discard)

    async def _watch_clock(self) -> None:
        before = _ahead()
        while True:
            await asyncio.sleep(WATCHED)
            now = _ahead()
            if now < before - 1.0:
                log.warning("the machine's clock was set back by %.0f s", before - now)
                self._scheduler.reschedule_job("tick", trigger=_Every(seconds=self._every))
            before = now

    async def _tick(self) -> None:
        """A look of its own, which the scheduler's end does not cut off; none while one lasts."""
        if not self._running.locked():
            self.nudge()

    async def idle(self) -> None:
        """Return once every look that was asked for is over."""
        while self._looks:
            await asyncio.wait(self._looks)
        async with self._running:
            return

    async def run_due(self) -> None:
        """Do what is due now. One failing job does not keep the others from running."""
        self._again = True
        async with self._running:
            while self._again:
                self._again = False
                for job in JOBS:
                    try:
                        await job(self._desk)
                    except Exception:
                        log.exception("the job %s failed; it is tried again at the next tick", job.__name__)


def _ahead() -> float:
    """By how much the machine's clock is ahead of what only grows: the same number until somebody sets it."""
    return time.time() - time.monotonic()
