"""Recording: what became of a message is committed, with all that follows from it, however long the database is away."""

import logging
from collections.abc import Callable

from clock import Clock
from delivery.backoff import Backoff
from delivery.outcomes import Outcome
from store.errors import DatabaseUnavailable
from store.outbox import Outgoing, Status
from store.writing import Unit, Writer

_log = logging.getLogger(__name__)

After = Callable[[Outgoing, Status, Outcome], Unit]
"""What else is to be committed with a row's fate: a card, a file id, an unreachable buyer."""


class Recorder:
    def __init__(self, writer: Writer, clock: Clock, after: After | None) -> None:
        self._writer, self._clock, self._after = writer, clock, after

    def asked_after(self, row: Outgoing, status: Status, outcome: Outcome) -> Unit:
        """What follows from this; nothing where that fails."""
        if self._after is None:
            return ()
        try:
            return self._after(row, status, outcome)
        except Exception:
            _log.exception("what follows from outbox %s being %s could not be told", row.id, status.value)
            return ()

    async def record(self, marks: Unit, extra: Unit = (), *, may_wait: bool = False) -> None:
        """Commit, with the next commit if it `may_wait`, and wait for the database if it must be. What was added must not take
        the mark down with it."""
        backoff = Backoff()
        while True:
            try:
                await self._writer.write((*marks, *extra), may_wait=may_wait)
                return
            except DatabaseUnavailable as error:
                _log.warning("what became of a message could not be recorded yet: %s", error)
                await self._clock.sleep(backoff.next())
            except Exception:
                if not extra:
                    raise
                _log.exception("what was to be recorded with a message's fate was refused")
                extra = ()
