"""The right to run a shop alone."""

import asyncio
import logging
import os
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from store.engine import APPLICATION_ID, Place
from store.errors import DatabaseInUse

_ADVISORY_KEY = APPLICATION_ID
_END_OUR_OLD = text(
    "SELECT pg_terminate_backend(pid) FROM pg_locks "
    "JOIN pg_stat_activity USING (pid) WHERE locktype = 'advisory' AND classid = 0 AND objid = :key "
    "AND pid = :backend AND backend_start = :since AND pid <> pg_backend_pid()"
)
_WHO_WE_ARE = text("SELECT pid, backend_start FROM pg_stat_activity WHERE pid = pg_backend_pid()")
"""A server that was started anew may give our old number to another copy: who is who is known by the time as well."""
_GONE = (SQLAlchemyError, OSError)
"""What is raised where the server, or the line to it, is gone."""
LOOKED_AFTER = 5.0
"""Seconds between two looks at whether the right to run alone is still ours."""
_log = logging.getLogger(__name__)


class OneProcess:
    """The right to run a shop: held by one process per database, let go when the process ends however it ends.

    On PostgreSQL it is a session's, and ends with it when the server starts anew or the line breaks; beside a file it is
    another file's, which somebody may delete as left over. So it is looked after and taken again; where another copy was
    quicker, `on_lost` is told, once, and this one must stop.
    """

    def __init__(self, where: Place, engine: AsyncEngine) -> None:
        self._lock = None if where.path is None else where.path.with_name(where.path.name + ".lock")
        self._engine = engine
        self._what = "the connection to it" if where.path is None else "its lock file"
        self._file: int | None = None
        self._session: AsyncConnection | None = None
        self._backend, self._since = 0, datetime.now(UTC)
        self._watch: asyncio.Task[None] | None = None

    async def take(self, on_lost: Callable[[str], None] | None = None) -> None:
        """Raise DatabaseInUse when another process has it."""
        if self._lock is not None:
            self._file = _flock(self._lock)
        elif not await self._take_session():
            raise DatabaseInUse("Another copy already runs on this database. Stop it first, then start again.")
        if on_lost is not None:
            self._watch = asyncio.create_task(self._look_after(on_lost), name="one process")

    async def give_back(self) -> None:
        if self._watch is not None:
            self._watch.cancel()
            await asyncio.gather(self._watch, return_exceptions=True)
        if self._file is not None:
            os.close(self._file)
            self._file = None
        if self._session is not None:
            with suppress(*_GONE):  # with the session the right is gone too
                await self._session.execute(text(f"SELECT pg_advisory_unlock({_ADVISORY_KEY})"))
            await self._let_session_go()

    async def _take_session(self) -> bool:
        """Whether the right was taken, by a session that is kept."""
        session = await self._engine.connect()
        try:
            # Where the line broke the server may hold our own session for alive: it is ended first.
            old = {"key": _ADVISORY_KEY, "backend": self._backend, "since": self._since}
            await session.execute(_END_OUR_OLD, old)
            taken = (await session.execute(text(f"SELECT pg_try_advisory_lock({_ADVISORY_KEY})"))).scalar_one()
            backend, since = (await session.execute(_WHO_WE_ARE)).one()
        except BaseException:
            await session.close()
            raise
        if not taken:
            await session.close()
            return False
        self._session, self._backend, self._since = session, backend, since
        return True

    async def _let_session_go(self) -> None:
        session, self._session = self._session, None
        if session is not None:
            with suppress(*_GONE):
                await session.invalidate()
            with suppress(*_GONE):
                await session.close()

    async def _look_after(self, on_lost: Callable[[str], None]) -> None:
        while True:
            await asyncio.sleep(LOOKED_AFTER)
            try:
                if self._lock is not None:
                    self._hold(self._lock)
                    continue
                if self._session is not None:
                    await self._session.execute(text("SELECT 1"))
                    continue
                if await self._take_session():
                    _log.warning("the connection that keeps other copies away was lost; a new one does so now")
                    continue
            except DatabaseInUse:
                pass
            except _GONE as error:
                _log.warning("what keeps other copies away is lost: %s", error)
                await self._let_session_go()
                continue
            return on_lost(f"Another copy has begun to run on this database while {self._what} was lost.")

    def _hold(self, lock: Path) -> None:
        """See to it that the file which is held is the one that others find. DatabaseInUse."""
        held = os.fstat(self._file) if self._file is not None else None
        with suppress(FileNotFoundError):
            if held is not None and os.path.samestat(held, lock.stat()):
                return
        fresh = _flock(lock)
        _log.warning("the lock file was taken away; a new one keeps other copies away")
        if self._file is not None:
            os.close(self._file)
        self._file = fresh


def _flock(path: Path) -> int:
    import fcntl

    file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        holder = os.read(file, 20).decode(errors="replace").strip()
        os.close(file)
        by = f" (process {holder})" if holder else ""
        raise DatabaseInUse(
            f"Another copy already runs on {path.with_suffix('').name}{by}. Stop it first, then start again."
        ) from None
    os.ftruncate(file, 0)
    os.write(file, str(os.getpid()).encode())
    return file
