"""Writing: a unit of work is data, and one writer commits many units at once (`store/grouping.py` tells how)."""

import asyncio
import logging
from collections import deque
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from sqlalchemy.exc import DataError, DBAPIError, IntegrityError, ProgrammingError
from sqlalchemy.ext.asyncio import AsyncEngine

from store.errors import OF_A_VALUE, DatabaseUnavailable, RowRefused, sqlstate_class
from store.faults import Faults
from store.grouping import Unit, Write, grouped
from store.transacting import MANY, ByEngine, InOneCall

__all__ = ["Claims", "Unit", "Write", "Writer"]
PATIENCE = 0.01
"""Seconds that a unit which may wait waits for a commit to join."""
_log = logging.getLogger(__name__)


class Claims(Protocol):
    """Somebody who may change a unit just before it is committed, so that a second commit is spared."""

    def claim(self, unit: Unit) -> Unit:
        """The unit to commit in its place. Must not fail or wait."""

    def release(self, unit: Unit) -> None:
        """What `claim` gave was not committed."""


@dataclass(slots=True, eq=False)
class _Waiting:
    unit: Unit
    may_wait: bool = False
    is_claimed: bool = False
    done: asyncio.Future[Collection[Any]] = field(default_factory=lambda: asyncio.get_running_loop().create_future())


class Writer:
    """The one who writes. `write` returns when the unit is durably committed, and raises when it is not.

    `listeners` are called with every committed unit, in order; they must not fail or wait. `claims` is asked before.
    """

    def __init__(self, engine: AsyncEngine, faults: Faults, most: int = 50) -> None:
        self.listeners: list[Callable[[Unit], None]] = []
        self.claims: Claims | None = None
        self.trouble = ""
        """Why nothing could be written of late; "" when all is well."""
        self._way = (InOneCall if engine.dialect.name == "sqlite" else ByEngine)(engine, faults)
        self._most = most
        self._queue: deque[_Waiting] = deque()
        self._hurried = 0  # units in the queue that may not wait
        self._arrived = asyncio.Event()
        self._patience: asyncio.TimerHandle | None = None
        self._is_over = False  # the patience with what may wait
        self._closing = False
        self._is_writing = False
        self._task: asyncio.Task[None] | None = None

    @property
    def is_idle(self) -> bool:
        """Whether everything that was handed over is written, but for what may wait, and so is in every answer of the
        database."""
        return not self._hurried and not self._is_writing

    async def write(self, unit: Unit, *, may_wait: bool = False) -> Collection[Any]:
        """Commit the unit, all of it or nothing. One that `may_wait` joins the next commit, or has its own after `PATIENCE`:
        a commit costs the same for one row as for twenty.

        Returns what RETURNING gave, each row's first column, of this unit and of those committed with it: ask for a key.
        RowRefused when a constraint refuses it, DatabaseUnavailable when the disk is full, locked or gone. A caller
        cancelled before its unit's turn has written nothing; cancelled later, the unit may stand.
        """
        if self._closing:
            raise DatabaseUnavailable("The memory is being closed; nothing more is written.")
        if not unit:
            return ()
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._run(), name="store writer")
        waiting = _Waiting(unit, may_wait)
        self._queue.append(waiting)
        if not may_wait:
            self._hurried += 1
            self._arrived.set()
        elif self._patience is None:
            self._patience = asyncio.get_running_loop().call_later(PATIENCE, self._lose_patience)
        return await waiting.done

    def look(self) -> None:
        """DatabaseUnavailable when what is written would not stay: the file is not the one any more."""
        self._way.look()

    async def close(self) -> None:
        """Write what is queued, then stop."""
        self._closing = True
        self._arrived.set()
        if self._task is not None:
            await asyncio.gather(self._task, return_exceptions=True)
        await self._way.let_go()

    async def _run(self) -> None:
        try:
            while True:
                await self._arrived.wait()
                await asyncio.sleep(0)  # everyone who is ready to write now joins the first batch
                while batch := self._next_batch():
                    self._is_writing = True
                    try:
                        await self._write_batch(batch)
                    finally:
                        self._is_writing = False
                self._arrived.clear()
                if self._closing:
                    return
        except asyncio.CancelledError:
            while self._queue:
                _fail(self._queue.popleft(), DatabaseUnavailable("The writer was stopped before this was written."))
            self._hurried = 0
            raise

    def _lose_patience(self) -> None:
        self._is_over = True
        self._arrived.set()

    def _next_batch(self) -> list[_Waiting]:
        """What is written next; nothing while all there is may wait."""
        if not (self._hurried or self._is_over or self._closing):
            return []
        if self._patience is not None:
            self._patience.cancel()
            self._patience = None
        batch: list[_Waiting] = []
        while self._queue and len(batch) < self._most:
            one = self._queue.popleft()
            self._hurried -= not one.may_wait
            if not one.done.done():  # its caller has been cancelled meanwhile
                batch.append(one)
        self._is_over = bool(self._queue)  # what did not fit has waited as well
        return batch

    async def _write_batch(self, batch: Sequence[_Waiting]) -> None:
        self._claim(batch)
        try:
            returned = await self._commit([one.unit for one in batch])
        except Exception as error:
            await self._way.recover(error)
            if len(batch) == 1:
                self._release(batch)
                told = _said(error)
                self.trouble = str(told) if isinstance(told, DatabaseUnavailable) else self.trouble
                _fail(batch[0], told)
                return
            for one in batch:
                await self._write_batch([one])
        except asyncio.CancelledError:
            await self._way.let_go()
            self._release(batch)
            for one in batch:
                _fail(one, DatabaseUnavailable("The writer was stopped while this was being written."))
            raise
        else:
            self.trouble = ""
            for one in batch:
                if not one.done.done():
                    one.done.set_result(returned)
            self._announce(batch)

    def _claim(self, batch: Sequence[_Waiting]) -> None:
        for one in batch:
            if self.claims is not None and not one.is_claimed:
                try:
                    one.unit, one.is_claimed = self.claims.claim(one.unit), True
                except Exception:  # nobody would ever be told what became of this batch
                    _log.exception("A claim failed; the unit is written as it was.")

    def _release(self, batch: Sequence[_Waiting]) -> None:
        for one in batch:
            if self.claims is not None and one.is_claimed:
                self.claims.release(one.unit)

    def _announce(self, batch: Sequence[_Waiting]) -> None:
        for one in batch:
            for listener in self.listeners:
                try:
                    listener(one.unit)
                except Exception:
                    _log.exception("A listener failed; what it was told of is written.")

    async def _commit(self, units: Sequence[Unit]) -> Collection[Any]:
        many = sum(map(len, units)) > MANY
        groups = await asyncio.to_thread(grouped, units) if many else grouped(units)
        return frozenset(await self._way.commit(groups))


def _fail(waiting: _Waiting, error: Exception) -> None:
    if not waiting.done.done():
        waiting.done.set_exception(error)


def _said(error: Exception) -> Exception:
    """The same failure in the memory's own words; a programming error stays as it is."""
    if isinstance(error, IntegrityError | DataError):
        told: Exception = RowRefused(f"The database refused it: {error.orig}")
    elif isinstance(error, DBAPIError) and sqlstate_class(error.orig) == OF_A_VALUE:
        told = RowRefused("The database refused a value that its column does not take.")
    elif isinstance(error, DBAPIError) and not isinstance(error, ProgrammingError):
        told = DatabaseUnavailable(f"The database could not write: {error.orig}")
    else:
        return error
    told.__cause__ = error
    return told
