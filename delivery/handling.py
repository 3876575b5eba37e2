"""Handling: a lane's next piece of work, and what its end means: done with, tried again, put off or dropped."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence

from delivery.backlog import Backlog, Lane
from delivery.job import Job, Unparsable, current_job
from delivery.retrying import RETRIES, Retrying
from store.errors import DatabaseUnavailable, NothingTouched, StoreError
from store.writing import Writer

_PUT_OFF = 2.0
"""Seconds a lane rests while the store is in trouble."""
_log = logging.getLogger(__name__)


class Handling:
    """Does one piece of a lane's work at a time: an update, or a flood of them at once.

    `handle`, `on_flood` and `on_broken` are those of Lanes; a piece that takes longer than `patience` seconds has failed.
    `set_aside(lane, job, until)` gives a job that its lane does not wait for a lane of its own.
    """

    def __init__(
        self,
        backlog: Backlog,
        writer: Writer,
        retrying: Retrying,
        handle: Callable[[Job], Awaitable[None]],
        set_aside: Callable[[Lane, Job, float], None],
        *,
        on_flood: Callable[[Sequence[Job]], Awaitable[None]] | None,
        on_broken: Callable[[Job], None] | None,
        patience: float,
    ) -> None:
        self._backlog, self._writer, self._retrying = backlog, writer, retrying
        self._handle, self._on_flood, self._on_broken = handle, on_flood, on_broken
        self._set_aside, self._patience = set_aside, patience

    async def go_on(self, lane: Lane) -> float | None:
        """The lane's next piece of work, read in first where it must be. Returns when to go on, None for at once."""
        if lane.is_behind and not lane.jobs and not await self._backlog.fetch(lane):
            return self._backlog.now() + _PUT_OFF
        return await self._step(lane) if lane.jobs else None

    async def _step(self, lane: Lane) -> float | None:
        job = lane.jobs[0]
        if job.is_in_doubt:
            try:
                is_over = await self._backlog.is_over(job)
            except StoreError as error:
                return self._put_off((job,), error)
            if is_over:
                self._backlog.settle(lane, (job,))
                return None
        if job.row.not_before is not None and job.attempts == job.row.attempts:
            now, due = self._backlog.now(), job.row.not_before.timestamp()
            if now < due <= now + RETRIES[-1]:  # later than that it can only be by a clock that was set back since
                return due
        flooding, pace = self._backlog.flooding, lane.pace
        if flooding is not None and pace is not None and pace.flooded_at and (batch := flooding.together(lane.jobs)):
            now, calm = self._backlog.now(), flooding.calm_at(pace)
            if now < calm <= now + flooding.longest:
                return calm
            pace.flooded_at = 0.0
            until = await self._do(lane, batch)
            if until is not None:
                pace.flooded_at = pace.flooded_at or now
            return until
        return await self._do(lane, (job,))

    async def _do(self, lane: Lane, jobs: Sequence[Job]) -> float | None:
        await self._run(jobs)
        if strangers := [job for job in jobs if not job.is_done and not await job.is_kept()]:
            self._backlog.drop(lane, strangers)
            jobs = [job for job in jobs if job not in strangers]
        open_jobs = [job for job in jobs if not job.is_done]
        if len(open_jobs) < len(jobs):
            self._end(lane, [job for job in jobs if job.is_done])
            if not open_jobs:
                return None
        failed = next((job.error for job in open_jobs if job.error is not None), None)
        for job in open_jobs:
            job.is_in_doubt = failed is not None
        if isinstance(failed, NothingTouched):
            return None  # it is kept after all: once more
        if isinstance(failed, DatabaseUnavailable):
            return self._put_off(open_jobs, failed)
        if failed is not None and len(jobs) > 1:
            # One of them must not take the others down with it: they go one by one.
            _log.warning("a flood could not be handled at once: %s", failed, exc_info=failed)
            if lane.pace is not None:
                lane.pace.flooded_at = 0.0
            return None
        if failed is not None:
            return await self._failed(lane, open_jobs, failed)
        try:
            await self._writer.write([job.done_write() for job in open_jobs])
        except StoreError as error:
            return self._put_off(open_jobs, error)
        self._backlog.settle(lane, open_jobs)
        return None

    async def _run(self, jobs: Sequence[Job]) -> None:
        """Have them handled. What goes wrong is marked on them."""
        for job in jobs:
            job.error = None
        current_job.set(jobs[0])
        try:
            async with asyncio.timeout(self._patience):
                if len(jobs) == 1:
                    await self._handle(jobs[0])
                elif self._on_flood is not None:
                    await self._on_flood(jobs)
        except Exception as error:
            next((job for job in jobs if not job.is_done), jobs[0]).mark_failed(error)

    def _end(self, lane: Lane, jobs: Sequence[Job]) -> None:
        """Their effects are committed: an error after that is told, and nothing is tried again."""
        for job in jobs:
            if job.error is not None:
                _log.error("an error after update %s was done with", job.seq, exc_info=job.error)
                if self._on_broken is not None:
                    self._on_broken(job)
        self._backlog.settle(lane, jobs)

    def _put_off(self, jobs: Sequence[Job], error: BaseException) -> float:
        """The store is in trouble: that is not the update's fault, so it is not counted."""
        _log.warning("update %s waits for the store: %s", jobs[0].seq, error)
        return self._backlog.now() + _PUT_OFF

    async def _failed(self, lane: Lane, jobs: Sequence[Job], error: BaseException) -> float | None:
        try:
            until = await self._retrying.failed(jobs, error)
        except StoreError as trouble:
            return self._put_off(jobs, trouble)
        if until is None:
            self._backlog.settle(lane, jobs)
            return None
        if isinstance(error, Unparsable) and len(jobs) == 1 and not lane.name.endswith("#"):
            self._set_aside(lane, jobs[0], until)
            return None
        return until
