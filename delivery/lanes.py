"""One lane per chat: first in first out within it, side by side otherwise, and nobody delays anybody else.

A lane that has something to do holds one of `workers` slots for one update at a time. A lane that waits (for a retry, or for
a flood to calm) holds none. What does not fit into memory stays in the inbox and is fetched when its lane gets there.
"""

import asyncio
import logging
from collections import deque
from collections.abc import Awaitable, Callable, Collection, Iterable, Mapping, Sequence
from typing import Any

from clock import Clock
from delivery.flooding import USUAL, Flood, Flooding, Pace
from delivery.job import Job, Unparsable, current_job
from delivery.retrying import RETRIES, Retrying
from store.errors import DatabaseUnavailable, NothingTouched, StoreError
from store.inbox import Fate, Inbox, Received
from store.writing import Unit, Writer

REST = 0.05
"""Seconds that work that can wait rests after each step while lines are handled. Short: the rest of the timetable waits with it."""
CALM = 0.1
"""Seconds in which nothing must have been handled for such work to go on at once."""
_PUT_OFF = 2.0
"""Seconds a lane rests while the store is in trouble."""
_SETTLE = Inbox.done(0).statement
_log = logging.getLogger(__name__)


class _Lane:
    __slots__ = ("is_behind", "is_queued", "jobs", "name", "pace")

    def __init__(self, name: str, pace: Pace | None) -> None:
        self.name = name
        self.jobs: deque[Job] = deque()
        self.is_behind = False  # there is more in the inbox than here
        self.is_queued = False  # ready, running or waiting: somebody will look after it
        self.pace = pace


class Lanes:
    """Takes what was received and has it handled.

    `handle(job)` does one update; `on_flood(jobs)` a flood's updates at once (without it floods are not merged). Both are
    retried after 2, 10 and 60 seconds, then the rows are set aside together with the unit that `on_dead(job)` returns: the
    card. `on_broken(job)` is told of an error after the effect was committed; that is not tried again.
    """

    def __init__(
        self,
        handle: Callable[[Job], Awaitable[None]],
        inbox: Inbox,
        writer: Writer,
        clock: Clock,
        *,
        on_dead: Callable[[Job], Unit] | None = None,
        on_flood: Callable[[Sequence[Job]], Awaitable[None]] | None = None,
        on_broken: Callable[[Job], None] | None = None,
        merges: Callable[[Job], bool] | None = None,
        flood: Flood = USUAL,
        workers: int = 64,
        keep: int = 5000,
        patience: float = 300.0,
        is_held: bool = False,
    ) -> None:
        self._handle = handle
        self._inbox, self._writer, self._clock = inbox, writer, clock
        self._on_flood, self._on_broken = on_flood, on_broken
        self._flooding = Flooding(flood, merges) if on_flood is not None and flood.count > 0 else None
        self._retrying = Retrying(writer, clock, on_dead)
        self._most_workers, self._keep, self._patience = workers, keep, patience
        self._lanes: dict[str, _Lane] = {}
        self._ready: deque[_Lane] = deque()
        self._jobs: dict[int, Job] = {}
        self._settled: dict[int, None] = {}
        self._workers: set[asyncio.Task[None]] = set()
        self._waits: set[asyncio.Task[None]] = set()
        self._idle = asyncio.Event()
        self._idle.set()
        self._stopping = False
        self._worked_at = float("-inf")
        self._is_held = is_held
        writer.listeners.append(self._committed)

    def __len__(self) -> int:
        """Updates in memory: waiting, running or resting before a retry."""
        return len(self._jobs)

    @property
    def active(self) -> int:
        """Lanes with something to do."""
        return len(self._lanes)

    def take(
        self,
        rows: Iterable[Received],
        updates: Mapping[int, Mapping[str, Any]] | None = None,
        *,
        fetch: bool = False,
    ) -> None:
        """Hand over rows just committed, in order; `updates` has their parsed JSON by seq. Never waits.

        With `fetch` there may be older ones in the inbox that nobody has: each lane reads for itself.
        """
        now = self._now()
        for row in rows:
            if row.seq in self._jobs or row.seq in self._settled:
                continue
            lane = self._lane(row.lane)
            if fetch or lane.is_behind or len(self._jobs) >= self._keep:
                lane.is_behind = True
            else:
                self._add(lane, Job(row, None if updates is None else updates.get(row.seq)), now)
            if not lane.is_queued:
                self._make_ready(lane)
        self._start_workers()

    def begin_with(
        self,
        rows: Iterable[Received],
        updates: Mapping[int, Mapping[str, Any]],
        kept: asyncio.Future[Collection[int]],
    ) -> None:
        """Begin with rows that are just being committed; `kept` will tell the seqs of those that were. Never waits.

        `take` is called with them afterwards: what finds no place here is left to it.
        """
        now = self._now()
        for row in rows:
            lane = self._lane(row.lane)
            if not lane.is_behind and len(self._jobs) < self._keep:
                self._add(lane, Job(row, updates.get(row.seq), kept), now)
            if not lane.is_queued:
                self._make_ready(lane)
        self._start_workers()

    def begin(self) -> None:
        """Handle what was taken so far and what comes: lanes made with `is_held` only collect until then."""
        self._is_held = False
        self._start_workers()

    async def look(self) -> int:
        """Take up every lane with new rows in the inbox that nobody looks after: at boot, after trouble with the store, and
        when a person has put a dead row back. Returns how many lanes were taken up."""
        found = 0
        for name in await self._inbox.lanes():
            lane = self._lane(name)
            lane.is_behind = True
            if not lane.is_queued:
                self._make_ready(lane)
                found += 1
        self._start_workers()
        return found

    async def idle(self) -> None:
        """Return when nothing is ready or running. Lanes that wait for the clock do not count."""
        await self._idle.wait()

    def is_busy(self) -> bool:
        """Whether something is being handled, or was a moment ago."""
        return bool(self._workers) or asyncio.get_running_loop().time() - self._worked_at < CALM

    async def give_way(self) -> None:
        """For work that can wait, between its steps of a millisecond or two: it rests while lines are being handled."""
        await asyncio.sleep(REST if self.is_busy() else 0)

    async def stop(self, grace: float = 3.0) -> None:
        """Begin nothing more, give what runs `grace` seconds, then cancel it: its row stays new."""
        self._stopping = True
        for task in self._waits:
            task.cancel()
        if self._waits:
            await asyncio.wait(self._waits)
        if self._workers:
            _, late = await asyncio.wait(self._workers, timeout=grace)
            for task in late:
                task.cancel()
            if late:
                await asyncio.wait(late, timeout=1.0)
        if self._committed in self._writer.listeners:
            self._writer.listeners.remove(self._committed)

    def _committed(self, unit: Unit) -> None:
        for write in unit:
            if write.statement is _SETTLE:
                seq = write.params["seq_"]
                if write.params["status_"] == Fate.NEW:  # put back by a person
                    self._settled.pop(seq, None)
                elif (job := self._jobs.get(seq)) is not None:
                    job.is_done = True

    def _now(self) -> float:
        return self._clock.now().timestamp()

    def _lane(self, name: str) -> _Lane:
        lane = self._lanes.get(name)
        if lane is None:
            pace = self._flooding.pace(name) if self._flooding is not None else None
            lane = self._lanes[name] = _Lane(name, pace)
        return lane

    def _add(self, lane: _Lane, job: Job, now: float) -> None:
        self._jobs[job.row.seq] = job
        lane.jobs.append(job)
        if self._flooding is not None and lane.pace is not None:
            self._flooding.notice(lane.pace, job, now)

    def _make_ready(self, lane: _Lane) -> None:
        lane.is_queued = True
        self._ready.append(lane)

    def _start_workers(self) -> None:
        if self._stopping or self._is_held:
            return
        wanted = min(self._most_workers - len(self._workers), len(self._ready))
        for _ in range(wanted):
            self._idle.clear()
            task = asyncio.create_task(self._work(), name="lane worker")
            self._workers.add(task)
            task.add_done_callback(self._worker_ended)

    def _worker_ended(self, task: asyncio.Task[None]) -> None:
        self._workers.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            _log.error("a lane worker ended", exc_info=error)
        self._start_workers()
        if not self._workers:
            self._worked_at = asyncio.get_running_loop().time()
            self._idle.set()

    async def _work(self) -> None:
        while self._ready and not self._stopping:
            lane = self._ready.popleft()
            try:
                until = await self._go_on(lane)
            except Exception:  # an error of our own: nobody else would ever look after this lane again
                _log.exception("lane %s met an error of its own", lane.name)
                lane.is_behind = True
                until = self._now() + RETRIES[-1]
            if until is not None:
                self._wait_until(lane, until)
            elif lane.jobs or lane.is_behind:
                self._ready.append(lane)
            else:
                self._forget(lane)

    async def _go_on(self, lane: _Lane) -> float | None:
        """The lane's next piece of work, read in first where it must be. Returns when to go on, None for at once."""
        if lane.is_behind and not lane.jobs and not await self._fetch(lane):
            return self._now() + _PUT_OFF
        return await self._step(lane) if lane.jobs else None

    def _forget(self, lane: _Lane) -> None:
        """The lane is empty."""
        lane.is_queued = False
        del self._lanes[lane.name]
        if self._flooding is not None and lane.pace is not None:
            self._flooding.keep(lane.name, lane.pace)

    async def _fetch(self, lane: _Lane) -> bool:
        """Bring in what the inbox has for a lane that is empty here. False: not now."""
        lane.is_behind = False  # whatever is taken while we read sets it again or is added
        most = 50
        try:
            rows = await self._inbox.of_lane(lane.name, most)
        except StoreError as error:
            _log.warning("a lane could not be read: %s", error)
            lane.is_behind = True
            return False
        late = list(lane.jobs)  # taken while we read: newer than what was read
        for job in late:
            del self._jobs[job.seq]
        lane.jobs.clear()
        now = self._now()
        for row in rows:
            if row.seq not in self._jobs and row.seq not in self._settled:
                self._add(lane, Job(row), now)
        if len(rows) == most:
            lane.is_behind = True  # the late ones are read again, after what stands before them
            return bool(lane.jobs)
        for job in late:  # the same ones: they know whether their rows are kept yet
            if job.seq not in self._jobs:
                self._add(lane, job, now)
        return True

    async def _step(self, lane: _Lane) -> float | None:
        """Do the lane's next piece of work. Returns when to go on, None for at once."""
        job = lane.jobs[0]
        if job.is_in_doubt:
            try:
                is_over = await self._is_over(job)
            except StoreError as error:
                return self._put_off((job,), error)
            if is_over:
                self._settle(lane, (job,))
                return None
        if job.row.not_before is not None and job.attempts == job.row.attempts:
            now, due = self._now(), job.row.not_before.timestamp()
            if now < due <= now + RETRIES[-1]:  # later than that it can only be by a clock that was set back since
                return due
        flooding, pace = self._flooding, lane.pace
        if flooding is not None and pace is not None and pace.flooded_at and (batch := flooding.together(lane.jobs)):
            now, calm = self._now(), flooding.calm_at(pace)
            if now < calm <= now + flooding.longest:
                return calm
            pace.flooded_at = 0.0
            until = await self._do(lane, batch)
            if until is not None:
                pace.flooded_at = pace.flooded_at or now
            return until
        return await self._do(lane, (job,))

    async def _is_over(self, job: Job) -> bool:
        """Whether what a job in doubt led to stands after all: a commit may be reported lost and be none the less."""
        row = await self._inbox.get(job.seq)
        job.is_in_doubt = False
        return row is None or row.status is not Fate.NEW

    async def _do(self, lane: _Lane, jobs: Sequence[Job]) -> float | None:
        first = jobs[0]
        for job in jobs:
            job.error = None
        current_job.set(first)
        try:
            async with asyncio.timeout(self._patience):
                if len(jobs) == 1:
                    await self._handle(first)
                elif self._on_flood is not None:
                    await self._on_flood(jobs)
        except Exception as error:
            (jobs[0] if len(jobs) == 1 else _first_open(jobs)).mark_failed(error)
        if strangers := [job for job in jobs if not job.is_done and not await job.is_kept()]:
            self._drop(lane, strangers)
            jobs = [job for job in jobs if job not in strangers]
        open_jobs = [job for job in jobs if not job.is_done]
        if len(open_jobs) < len(jobs):
            for job in jobs:
                if job.is_done and job.error is not None:
                    _log.error("an error after update %s was done with", job.seq, exc_info=job.error)
                    if self._on_broken is not None:
                        self._on_broken(job)
            self._settle(lane, [job for job in jobs if job.is_done])
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
        self._settle(lane, open_jobs)
        return None

    def _put_off(self, jobs: Sequence[Job], error: BaseException) -> float:
        """The store is in trouble: that is not the update's fault, so it is not counted."""
        _log.warning("update %s waits for the store: %s", jobs[0].seq, error)
        return self._now() + _PUT_OFF

    async def _failed(self, lane: _Lane, jobs: Sequence[Job], error: BaseException) -> float | None:
        try:
            until = await self._retrying.failed(jobs, error)
        except StoreError as trouble:
            return self._put_off(jobs, trouble)
        if until is None:
            self._settle(lane, jobs)
            return None
        if isinstance(error, Unparsable) and len(jobs) == 1 and not lane.name.endswith("#"):
            # Nobody's order depends on what cannot be read: its neighbours go on.
            lane.jobs.popleft()
            aside = self._lane(f"{lane.name}#{jobs[0].seq}#")
            aside.jobs.append(jobs[0])
            aside.is_queued = True
            self._wait_until(aside, until)
            return None
        return until

    def _settle(self, lane: _Lane, jobs: Sequence[Job]) -> None:
        for job in jobs:
            lane.jobs.remove(job)  # at or near the head
            del self._jobs[job.seq]
            self._settled[job.seq] = None
        while len(self._settled) > 10_000:
            del self._settled[next(iter(self._settled))]

    def _drop(self, lane: _Lane, jobs: Sequence[Job]) -> None:
        """They were known already, or are not kept and will come again."""
        for job in jobs:
            lane.jobs.remove(job)
            del self._jobs[job.seq]

    def _wait_until(self, lane: _Lane, when: float) -> None:
        """Let the lane rest, holding no slot, and make it ready again then."""
        task = asyncio.create_task(self._rest(lane, when), name="lane resting")
        self._waits.add(task)
        task.add_done_callback(self._waits.discard)

    async def _rest(self, lane: _Lane, when: float) -> None:
        await self._clock.sleep(when - self._now())
        self._make_ready(lane)
        self._start_workers()


def _first_open(jobs: Sequence[Job]) -> Job:
    return next((job for job in jobs if not job.is_done), jobs[0])
