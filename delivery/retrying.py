"""Retrying: when an update that failed is tried again, and when it is set aside with a card to the seller."""

import logging
from collections.abc import Callable, Sequence
from datetime import timedelta

from clock import Clock
from delivery.job import Job, Unparsable
from delivery.redacting import hidden
from store.errors import DatabaseUnavailable
from store.inbox import Inbox
from store.writing import Unit, Writer

RETRIES = (2.0, 10.0, 60.0)
"""Seconds before each new try; after the last the update is set aside."""
UNPARSABLE_TRIES = 3
_log = logging.getLogger(__name__)


class Retrying:
    """Writes down each failure. `on_dead(job)` gives what is committed with an update that is set aside: the card."""

    def __init__(self, writer: Writer, clock: Clock, on_dead: Callable[[Job], Unit] | None) -> None:
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
        unit = [Inbox.dead_now(job.seq, said) for job in jobs]
        card: Unit = ()
        if self._on_dead is not None:
            try:
                card = self._on_dead(jobs[0])
            except Exception:
                _log.exception("no card could be made for dead update %s", jobs[0].seq)
        try:
            await self._writer.write([*unit, *card])
        except DatabaseUnavailable:
            raise
        except Exception:
            if not card:
                raise
            _log.exception("the card for dead update %s could not be written", jobs[0].seq)
            await self._writer.write(unit)
