"""Retrying: when an update that failed is tried again, and when it is set aside."""

import logging
from collections.abc import Callable, Sequence
from datetime import timedelta

from clock import Clock
from delivery.job import Job, Unparsable
from delivery.redacting import hidden
from store.inbox import Inbox
from store.writing import Writer

RETRIES = (2.0, 10.0, 60.0)
"""Seconds before each new try; after the last the update is set aside."""
UNPARSABLE_TRIES = 3
_log = logging.getLogger(__name__)


class Retrying:
    """Writes down each failure. `on_dead(job)` is told of an update that is set aside now."""

    def __init__(self, writer: Writer, clock: Clock, on_dead: Callable[[Job], None] | None) -> None:
        self._writer, self._clock, self._on_dead = writer, clock, on_dead

    async def failed(self, jobs: Sequence[Job], error: BaseException) -> float | None:
        """They have failed together. Returns when to try again (a timestamp), None where they are set aside for good.
        StoreError when it cannot be written down."""
        said = hidden(f"{type(error).__name__}: {error}")[:500]
        attempts = max(job.attempts for job in jobs) + 1
        tries = UNPARSABLE_TRIES if isinstance(error, Unparsable) else len(RETRIES) + 1
        _log.warning("update %s failed (%s of %s): %s", jobs[0].seq, attempts, tries, said, exc_info=error)
        if attempts >= tries:
            await self._bury(jobs, said)
            return None
        until = self._clock.now() + timedelta(seconds=RETRIES[attempts - 1])
        await self._writer.write([Inbox.failed(job.seq, said, until) for job in jobs])
        for job in jobs:
            job.attempts = attempts
        return until.timestamp()

    async def _bury(self, jobs: Sequence[Job], said: str) -> None:
        await self._writer.write([Inbox.dead_now(job.seq, said) for job in jobs])
        if self._on_dead is not None:
            for job in jobs:
                self._on_dead(job)
