"""The program a story is told to: in this process, where a call may fail or be cancelled, or in one of its own, which may be killed."""

from __future__ import annotations

import asyncio
import signal
import sys
from contextvars import ContextVar
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from clock import Clock
from core.understanding import Mind
from delivery.transport import Seam
from running import Running, start
from sandbox import Sandbox
from settings import read_settings
from store import DatabaseUnavailable, Store, open_store
from tests.seams import Numbered

ROOT = Path(__file__).parents[2]
OWNER = 10001


def settings_for(folder: Path) -> Any:
    """What `run` would read from the environment."""
    return read_settings(
        database_url=f"sqlite:///{folder}/shop.db", owner_id=(OWNER,), reply_delay=0.0, tick_seconds=1.0,
        send_rate=0, chat_rate=0, group_rate=0, _env_file=None,
    )  # fmt: skip


class Bot(Protocol):
    """The program as the story sees it."""

    async def begin(self) -> None: ...
    async def end(self) -> None: ...

    @property
    def is_alive(self) -> bool: ...


@dataclass
class InHere:
    """The program in this process. Its calls fail, the tasks that make them are cancelled, or it is dropped as it stands,
    which is to the database and to Telegram what a kill is."""

    folder: Path
    sandbox: Sandbox
    clock: Clock
    mind: Mind
    seam: Numbered
    store: Store | None = None
    running: Running | None = None
    is_dropped: bool = False
    lives: int = 0
    tasks: set[asyncio.Task[Any]] = field(default_factory=set)

    @property
    def is_alive(self) -> bool:
        return self.running is not None and not self.is_dropped

    def hook(self) -> Seam:
        """Between every call of this life and what it calls. A timer of an earlier life that still fires finds nothing."""
        life = self.lives

        async def pass_on(name: str) -> None:
            if self.is_dropped or life != self.lives:
                raise asyncio.CancelledError
            await self.seam(name)

        return pass_on

    async def drop(self, _: str) -> None:
        """From now on not one more call of this program is made."""
        self.is_dropped = True
        await asyncio.Event().wait()

    async def begin(self) -> None:
        loop = asyncio.get_running_loop()
        self.is_dropped = False
        self.lives += 1
        token = _OURS.set(self.tasks)
        loop.set_task_factory(_noting)
        starting = asyncio.create_task(self._start())
        _OURS.reset(token)
        while not starting.done() and not self.is_dropped:
            await asyncio.wait({starting}, timeout=0.01)
        if starting.done() and not starting.cancelled() and (error := starting.exception()) is not None:
            assert isinstance(error, DatabaseUnavailable), error  # `run` ends with a sentence, and is started again

    async def _start(self) -> None:
        self.store = await open_store(f"sqlite:///{self.folder}/shop.db")
        self.store.faults.hook = hook = self.hook()
        token, base_url = self.sandbox.token, self.sandbox.base_url
        self.running = await start(
            settings_for(self.folder), self.store, self.clock, self.mind, token=token, base_url=base_url
        )
        self.running.api._seam = hook

    async def end(self) -> None:
        if self.running is not None and not self.is_dropped:
            await self.running.stop()
            assert self.store is not None
            await self.store.close()
        self.is_dropped = True
        writing = getattr(self.store.writer._way, "_driver", None) if self.store is not None else None
        while self.tasks:
            for task in self.tasks:
                task.cancel()
            await asyncio.wait(self.tasks, timeout=1.0)
        if self.store is not None:
            if (
                writing is not None
            ):  # whoever was to give it back may have been cancelled twice: it holds the write lock
                await writing.close()
            await self.store.writer._way.let_go()
            await self.store.reader.close()
            await self.store._reading.dispose()
            await self.store._writing.dispose()
        self.running = self.store = None


_OURS: ContextVar[set[asyncio.Task[Any]] | None] = ContextVar("the tasks of the program under test", default=None)


def _noting(loop: asyncio.AbstractEventLoop, work: Any, **more: Any) -> asyncio.Task[Any]:
    """Make a task; those that the program begins are kept, so that they can be dropped with it."""
    task: asyncio.Task[Any] = asyncio.Task(work, loop=loop, **more)
    if (ours := _OURS.get()) is not None:
        ours.add(task)
        task.add_done_callback(ours.discard)
    return task


@dataclass
class Elsewhere:
    """The program in a process of its own, killed (-9) at the n-th call it makes."""

    folder: Path
    sandbox: Sandbox
    kill_at: int
    process: asyncio.subprocess.Process | None = None
    was_killed: bool = False

    @property
    def is_alive(self) -> bool:
        return self.process is not None and self.process.returncode is None

    async def begin(self) -> None:
        number = 0 if self.was_killed else self.kill_at
        self.process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "tests.reliability.mortal"),
            *(self.sandbox.base_url, self.sandbox.token, str(self.folder), str(number)),
            cwd=ROOT,
        )

    async def end(self) -> None:
        if self.process is not None:
            if self.process.returncode is None:
                self.process.terminate()
            self.was_killed |= await self.process.wait() == -signal.SIGKILL
