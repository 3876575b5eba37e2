"""One lane per chat: first in first out within it, side by side otherwise, and nobody delays anybody else.

A lane that has something to do holds one of `workers` slots for one piece of work at a time. A lane that waits (for a retry,
or for a flood to calm) holds none. What does not fit into memory stays in the inbox and is fetched when its lane gets there.
"""

import asyncio
import logging
from collections import deque
from collections.abc import Awaitable, Callable, Collection, Iterable, Mapping, Sequence
from typing import Any

from clock import Clock
from delivery.backlog import Backlog, Lane
from delivery.flooding import USUAL, Flood, Flooding
from delivery.handling import Handling
from delivery.job import Job
from delivery.retrying import RETRIES, Retrying
from store.inbox import Inbox, Received
from store.writing import Writer

REST = 0.05
"""Seconds that work that can wait rests after each step while lines are handled. Short: the rest of the timetable waits with it."""
CALM = 0.1
"""Seconds in which nothing must have been handled for such work to go on at once."""
_log = logging.getLogger(__name__)


class Lanes:
    """Takes what was received and has it handled.

    `handle(job)` does one update; `on_flood(jobs)` a flood's updates at once (without it floods are not merged). Both are
    retried after 2, 10 and 60 seconds, then the rows are set aside, and `on_dead(job)` is told. `on_broken(job)` is
    told of an error after the effect was committed; that is not tried again.
    """

    def __init__(
        self,
        handle: Callable[[Job], Awaitable[None]],
        inbox: Inbox,
        writer: Writer,
        clock: Clock,
        *,
        on_dead: Callable[[Job], None] | None = None,
        on_flood: Callable[[Sequence[Job]], Awaitable[None]] | None = None,
        on_broken: Callable[[Job], None] | None = None,
        merges: Callable[[Job], bool] | None = None,
        flood: Flood = USUAL,
        workers: int = 64,
        keep: int = 5000,
        patience: float = 300.0,
        is_held: bool = False,
    ) -> None:
        self._inbox, self._writer, self._clock = inbox, writer, clock
        flooding = Flooding(flood, merges) if on_flood is not None and flood.count > 0 else None
        self._backlog = Backlog(inbox, clock, flooding, keep)
        self._handling = Handling(
            *(self._backlog, writer, Retrying(writer, clock, on_dead), handle, self._set_aside),
            on_flood=on_flood, on_broken=on_broken, patience=patience,
        )  # fmt: skip
        self._most_workers = workers
        self._ready: deque[Lane] = deque()
        self._workers: set[asyncio.Task[None]] = set()
        self._waits: set[asyncio.Task[None]] = set()
        self._idle = asyncio.Event()
        self._idle.set()
        self._stopping = False
        self._worked_at = float("-inf")
        self._is_held = is_held
        writer.listeners.append(self._backlog.committed)

    def __len__(self) -> int:
        """Updates in memory: waiting, running or resting before a retry."""
        return len(self._backlog)

    @property
    def active(self) -> int:
        """Lanes with something to do."""
        return len(self._backlog.lanes)

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
        now = self._backlog.now()
        for row in rows:
            if self._backlog.knows(row.seq):
                continue
            lane = self._backlog.lane(row.lane)
            if fetch or lane.is_behind or self._backlog.is_full:
                lane.is_behind = True
            else:
                self._backlog.add(lane, Job(row, None if updates is None else updates.get(row.seq)), now)
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
        now = self._backlog.now()
        for row in rows:
            lane = self._backlog.lane(row.lane)
            if not lane.is_behind and not self._backlog.is_full:
                self._backlog.add(lane, Job(row, updates.get(row.seq), kept), now)
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
            lane = self._backlog.lane(name)
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
        if self._backlog.committed in self._writer.listeners:
            self._writer.listeners.remove(self._backlog.committed)

    def _make_ready(self, lane: Lane) -> None:
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
                until = await self._handling.go_on(lane)
            except Exception:  # an error of our own: nobody else would ever look after this lane again
                _log.exception("lane %s met an error of its own", lane.name)
                lane.is_behind = True
                until = self._backlog.now() + RETRIES[-1]
            if until is not None:
                self._wait_until(lane, until)
            elif lane.jobs or lane.is_behind:
                self._ready.append(lane)
            else:
                self._backlog.close(lane)

    def _set_aside(self, lane: Lane, job: Job, until: float) -> None:
        """Nobody's order depends on what cannot be read: it waits in a lane of its own, and its neighbours go on."""
        lane.jobs.remove(job)
        aside = self._backlog.lane(f"{lane.name}#{job.seq}#")
        aside.jobs.append(job)
        aside.is_queued = True
        self._wait_until(aside, until)

    def _wait_until(self, lane: Lane, when: float) -> None:
        """Let the lane rest, holding no slot, and make it ready again then."""
        task = asyncio.create_task(self._rest(lane, when), name="lane resting")
        self._waits.add(task)
        task.add_done_callback(self._waits.discard)

    async def _rest(self, lane: Lane, when: float) -> None:
        await self._clock.sleep(when - self._backlog.now())
        self._make_ready(lane)
        self._start_workers()
