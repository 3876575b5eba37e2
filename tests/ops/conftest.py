"""The program in a process of its own, against a pretend Telegram in this one."""

import asyncio
import os
import shutil
import signal
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from sandbox import Sandbox
from tests import databases

ROOT = Path(__file__).parents[2]
OWNER = 10001


@dataclass
class Process:
    """`python bot.py …` at work."""

    process: asyncio.subprocess.Process
    folder: Path

    async def opened(self) -> None:
        """Return when the shop is open."""
        assert self.process.stdout is not None
        said = ""
        async with asyncio.timeout(60):
            while "open" not in said:
                line = (await self.process.stdout.readline()).decode()
                assert line, said + self.logged()
                said += line

    def signal(self, number: signal.Signals) -> None:
        self.process.send_signal(number)

    async def ended(self, within: float) -> int:
        """The exit status; an error if it takes longer."""
        async with asyncio.timeout(within):
            return await self.process.wait()

    def logged(self) -> str:
        """Everything that went to stderr."""
        return (self.folder / f"log-{self.process.pid}").read_text(encoding="utf-8")


Runs = Callable[..., Awaitable[Process]]


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    async with Sandbox() as sandbox:
        sandbox.seller(id=OWNER)
        yield sandbox


@pytest.fixture
async def url(tmp_path: Path) -> AsyncIterator[str]:
    """A database nobody has used."""
    url = await databases.fresh(tmp_path)
    yield url
    await databases.drop(url)


@pytest.fixture
async def runs(sandbox: Sandbox, tmp_path: Path, url: str, understanding: Path) -> AsyncIterator[Runs]:
    """Starts `bot.py` with these arguments on the test's database: `await runs("run", LOG_LEVEL="DEBUG")`."""
    shutil.copyfile(understanding, tmp_path / "shop.understanding.npz")
    begun: list[Process] = []

    async def begin(*arguments: str, **environment: str) -> Process:
        kept = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "LANG", "TMPDIR")}
        given = {
            "BOT_TOKEN": sandbox.token, "BOT_API_URL": sandbox.base_url, "OWNER_ID": str(OWNER), "ENCODER": "0",
            "DATABASE_URL": url, "REPLY_DELAY": "0", "LOG_LEVEL": "DEBUG",
            "CHAT_RATE": "0", "SEND_RATE": "0", **environment,
        }  # fmt: skip
        errors = (tmp_path / "log").open("wb")
        process = await asyncio.create_subprocess_exec(
            sys.executable, str(ROOT / "bot.py"), *arguments,
            cwd=tmp_path, env={**kept, **given}, stdout=asyncio.subprocess.PIPE, stderr=errors,
        )  # fmt: skip
        errors.close()
        (tmp_path / "log").rename(tmp_path / f"log-{process.pid}")
        begun.append(Process(process, tmp_path))
        return begun[-1]

    yield begin
    for one in begun:
        if one.process.returncode is None:
            one.process.kill()
            await one.process.wait()
