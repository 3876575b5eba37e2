"""Checkpoints: what SQLite's write-ahead log holds is carried over into the database beside the writer, not by it.

Left to itself, SQLite checkpoints within whichever commit makes the log 1,000 pages long, and the reply behind that commit
waits for the disk twice more: about once a second under load, 8 to 13 ms instead of 0.5. So the connections do not
checkpoint (`wal_autocheckpoint = 0`), and this does, in a thread, on a connection of its own. A PASSIVE checkpoint waits for
nobody and keeps nobody waiting.
"""

import asyncio
import logging
import sqlite3
from pathlib import Path

from store.writing import Unit

EVERY = 3000
"""Rows written before the next checkpoint: some 20 MB of log. A page that is written again and again is carried over once."""
MOST_PAGES = 8192
"""Pages in the log (32 MB) from which the writer is kept waiting until the log can begin anew: while somebody writes without a
pause, a checkpoint that waits for nobody always leaves the newest pages, and the log goes on growing."""
PATIENCE = 0.05
"""Seconds the writer is kept waiting at most for somebody who still reads in the old log: a backup reads for long."""
_log = logging.getLogger(__name__)


class Checkpoints:
    """Add `committed` to the writer's listeners."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._rows = 0
        self._task: asyncio.Task[None] | None = None
        self._connection: sqlite3.Connection | None = None
        self.alone = asyncio.Lock()
        """Held during a checkpoint. SQLite refuses a second one at the same time instead of letting it wait."""

    def committed(self, unit: Unit) -> None:
        """Told of every unit in turn. Never waits."""
        self._rows += len(unit)
        if self._rows >= EVERY and (self._task is None or self._task.done()):
            self._rows = 0
            self._task = asyncio.create_task(self._carry_over(), name="checkpoint")

    async def idle(self) -> None:
        """Return when none is under way."""
        if self._task is not None:
            await asyncio.wait((self._task,))

    async def close(self) -> None:
        """Let the one under way end. What is left in the log is carried over when the last connection is closed."""
        await self.idle()
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    async def _carry_over(self) -> None:
        async with self.alone:
            try:
                await asyncio.to_thread(self._checkpoint)
            except sqlite3.Error as error:  # nothing is lost: it stands in the log, and the next one tries again
                _log.warning("a checkpoint failed: %s", error)

    def _checkpoint(self) -> None:
        if self._connection is None:
            self._connection = sqlite3.connect(
                f"{self._file.as_uri()}?mode=rw",  # one that is gone is not made anew
                uri=True,
                timeout=PATIENCE,
                isolation_level=None,
                check_same_thread=False,
            )
            self._connection.execute("PRAGMA synchronous = FULL")
        _, pages, _ = self._connection.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()
        if pages > MOST_PAGES:
            self._connection.execute("PRAGMA wal_checkpoint(RESTART)").fetchone()
