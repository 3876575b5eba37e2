"""One received update on its way through the handlers, and the mark they leave on it."""

import asyncio
from collections.abc import Collection, Mapping
from contextvars import ContextVar
from typing import Any

import orjson

from store.inbox import Inbox, Received
from store.writing import Write


class Unparsable(Exception):
    """No Update can be made of this JSON. The text says why."""


class Job:
    """A row of the inbox being handled.

    The unit of work that records the line carries `done_write()`, so that the effect and the end of the row are one commit.
    A handler that ended in an error is marked by `mark_failed`, because PTB's process_update swallows the error itself.

    `kept` is given when the job begins before its row is known to be kept: it will tell which were, of the batch it came in.
    """

    __slots__ = ("_kept", "_update", "attempts", "error", "is_done", "is_in_doubt", "row")

    def __init__(
        self,
        row: Received,
        update: Mapping[str, Any] | None = None,
        kept: asyncio.Future[Collection[int]] | None = None,
    ) -> None:
        self._kept = kept
        self.row = row
        self.attempts = row.attempts
        self.error: BaseException | None = None
        self.is_done = False
        self.is_in_doubt = False  # it ended in an error, and what it led to may stand all the same
        self._update = update

    @property
    def seq(self) -> int:
        return self.row.seq

    @property
    def is_again(self) -> bool:
        """Whether it was tried, or set aside, before: what came behind it may have been handled since."""
        return self.row.attempts > 0 or bool(self.row.error)

    @property
    def update(self) -> Mapping[str, Any]:
        """The raw update. Unparsable when the text kept is no JSON object."""
        if self._update is None:
            try:
                found = orjson.loads(self.row.raw)
            except orjson.JSONDecodeError as error:
                raise Unparsable(f"no JSON: {error}") from error
            if not isinstance(found, dict):
                raise Unparsable("no JSON object")
            self._update = found
        return self._update

    def done_write(self) -> Write:
        """For the unit of work that holds the update's effect. The lane learns of its commit from the writer.

        As long as the row may turn out to be known already, or not to be kept, the unit is refused then: NothingTouched.
        """
        return Inbox.done(self.row.seq, insists=self._kept is not None)

    async def is_kept(self) -> bool:
        """Wait until it is known whether the row is in the inbox and this job's alone."""
        if self._kept is not None:
            if self.seq not in await asyncio.shield(self._kept):
                return False
            self._kept = None
        return True

    def mark_failed(self, error: BaseException) -> None:
        """What handling it ended with. The first mark stands."""
        if self.error is None:
            self.error = error


current_job: ContextVar[Job | None] = ContextVar("current_job", default=None)
"""The job that the code now running works on; None outside a lane."""


def mark_failed(error: BaseException) -> None:
    """Mark the current job, if there is one: for error handlers."""
    job = current_job.get()
    if job is not None:
        job.mark_failed(error)
