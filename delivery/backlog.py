"""The backlog: the updates in memory, each in its chat's lane, and what a lane still has to fetch from the inbox."""

import logging
from collections import deque
from collections.abc import Sequence

from clock import Clock
from delivery.flooding import Flooding, Pace
from delivery.job import Job
from store.errors import StoreError
from store.inbox import Fate, Inbox
from store.writing import Unit

AT_ONCE = 50
"""Rows that a lane fetches at the most."""
REMEMBERED = 10_000
"""Updates dealt with that are still known here: they may be handed over once more."""
_SETTLE, _MOVE = Inbox.done(0).statement, Inbox.again(0).statement
_log = logging.getLogger(__name__)


class Lane:
    """The updates of one chat, first in first out."""

    __slots__ = ("is_behind", "is_queued", "jobs", "name", "pace")

    def __init__(self, name: str, pace: Pace | None) -> None:
        self.name = name
        self.jobs: deque[Job] = deque()
        self.is_behind = False  # there is more in the inbox than here
        self.is_queued = False  # ready, running or waiting: somebody will look after it
        self.pace = pace


class Backlog:
    """At most about `keep` updates; what comes beyond stays in the inbox until its lane gets there."""

    def __init__(self, inbox: Inbox, clock: Clock, flooding: Flooding | None, keep: int) -> None:
        self._inbox, self._clock, self._keep = inbox, clock, keep
        self.flooding = flooding
        self.lanes: dict[str, Lane] = {}
        self._jobs: dict[int, Job] = {}
        self._settled: dict[int, None] = {}

    def __len__(self) -> int:
        """Updates in memory: waiting, running or resting before a retry."""
        return len(self._jobs)

    @property
    def is_full(self) -> bool:
        return len(self._jobs) >= self._keep

    def knows(self, seq: int) -> bool:
        """Whether this update is here, or was dealt with lately."""
        return seq in self._jobs or seq in self._settled

    def now(self) -> float:
        """What time it is, as a timestamp."""
        return self._clock.now().timestamp()

    def lane(self, name: str) -> Lane:
        """The lane of this name, a new one where it has nothing to do yet."""
        lane = self.lanes.get(name)
        if lane is None:
            pace = self.flooding.pace(name) if self.flooding is not None else None
            lane = self.lanes[name] = Lane(name, pace)
        return lane

    def close(self, lane: Lane) -> None:
        """The lane is empty."""
        lane.is_queued = False
        del self.lanes[lane.name]
        if self.flooding is not None and lane.pace is not None:
            self.flooding.keep(lane.name, lane.pace)

    def add(self, lane: Lane, job: Job, now: float) -> None:
        """It is the last in its lane."""
        self._jobs[job.row.seq] = job
        lane.jobs.append(job)
        if self.flooding is not None and lane.pace is not None:
            self.flooding.notice(lane.pace, job, now)

    async def fetch(self, lane: Lane) -> bool:
        """Bring in what the inbox has for a lane that is empty here. False: not now."""
        lane.is_behind = False  # whatever is taken while we read sets it again or is added
        try:
            rows = await self._inbox.of_lane(lane.name, AT_ONCE)
        except StoreError as error:
            _log.warning("a lane could not be read: %s", error)
            lane.is_behind = True
            return False
        late = list(lane.jobs)  # taken while we read: newer than what was read
        for job in late:
            del self._jobs[job.seq]
        lane.jobs.clear()
        now = self.now()
        for row in rows:
            if not self.knows(row.seq):
                self.add(lane, Job(row), now)
        if len(rows) == AT_ONCE:
            lane.is_behind = True  # the late ones are read again, after what stands before them
            return bool(lane.jobs)
        for job in late:  # the same ones: they know whether their rows are kept yet
            if job.seq not in self._jobs:
                self.add(lane, job, now)
        return True

    async def is_over(self, job: Job) -> bool:
        """Whether what a job in doubt led to stands after all: a commit may be reported lost and be none the less.

        StoreError when the inbox cannot be read.
        """
        row = await self._inbox.get(job.seq)
        job.is_in_doubt = False
        return row is None or row.status is not Fate.NEW

    def settle(self, lane: Lane, jobs: Sequence[Job]) -> None:
        """They are dealt with."""
        for job in jobs:
            lane.jobs.remove(job)  # at or near the head
            del self._jobs[job.seq]
            self._settled[job.seq] = None
        while len(self._settled) > REMEMBERED:
            del self._settled[next(iter(self._settled))]

    def drop(self, lane: Lane, jobs: Sequence[Job]) -> None:
        """They were known already, or are not kept and will come again."""
        for job in jobs:
            lane.jobs.remove(job)
            del self._jobs[job.seq]

    def committed(self, unit: Unit) -> None:
        """A listener of the writer: the jobs whose end was committed are done."""
        for write in unit:
            if write.statement is _SETTLE:
                if (job := self._jobs.get(write.params["seq_"])) is not None:
                    job.is_done = True
            elif write.statement is _MOVE:  # what was set aside is put back by a person
                self._settled.pop(write.params["seq_"], None)
