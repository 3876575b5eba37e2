"""Each call of the Bot API and of the database fails once, in turn: the n-th, for every n there is."""

import asyncio
from collections import Counter
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import aiohttp
import pytest
from telegram.error import NetworkError

from clock import Clock
from delivery.transport import AioRequest
from sandbox import Person, Sandbox
from sandbox.bell import PATIENCE
from store import DatabaseUnavailable, open_store
from tests import databases
from tests.delivery.conftest import Shop
from tests.delivery.running import runs, until
from tests.seams import Numbered

LINES = 3


def lost_before() -> None:
    raise NetworkError("lost") from aiohttp.ServerDisconnectedError()


def not_connected() -> None:
    raise NetworkError("refused") from aiohttp.ConnectionTimeoutError()


def unavailable() -> None:
    raise DatabaseUnavailable("the disk is full")


async def chat_with_a_fault(folder: Path, seam: Numbered) -> tuple[list[Person], Sandbox, set[str]]:
    """Two buyers write three lines each while the fault strikes; returns what the sandbox saw and what is unknown."""
    await databases.put(folder / "shop.db")
    store = await open_store(f"sqlite:///{folder}/shop.db")
    async with Sandbox() as sandbox, AioRequest() as request:
        shop = Shop(sandbox, store, Clock(), request)
        buyers = [sandbox.person(name) for name in "ab"]
        for buyer in buyers:
            buyer.chat.opened = True
            for line in range(LINES):
                await buyer.says(f"{buyer.name}{line}")
        shop.build()
        async with runs(shop):
            shop.store.faults.hook = shop.api._seam = seam
            async with asyncio.timeout(PATIENCE):
                while True:
                    await asyncio.sleep(0.005)
                    shop.clock.move(timedelta(seconds=5))
                    with suppress(DatabaseUnavailable):
                        unknown = len(await store.doubts.all())
                        if len(sandbox.calls.sent()) + unknown >= 2 * LINES and not await store.inbox.new():
                            break
            shop.store.faults.hook = None
            await sandbox.settled()
            left = {str(row.payload["text"]) for row in await store.doubts.all()}
        assert not shop.dead
    await store.close()
    return buyers, sandbox, left


async def seams_of_one_run(folder: Path) -> list[str]:
    seam = Numbered(lambda: None, lambda number, name: False)
    await chat_with_a_fault(folder, seam)
    return seam.passed


@pytest.mark.parametrize(
    ("fault", "prefix"), [(unavailable, "db:"), (lost_before, "api:"), (not_connected, "api:")], ids=lambda it: str(it)[:22]
)  # fmt: skip
async def test_the_nth_call_fails_for_every_n(tmp_path: Path, fault: object, prefix: str) -> None:
    """Whichever call it is: every line is answered once and in order, or its answer is listed as unknown."""
    number = 0
    while True:
        number += 1
        struck = 0

        def wanted(_: int, name: str, number: int = number) -> bool:
            nonlocal struck
            struck += name.startswith(prefix)
            return struck == number and name.startswith(prefix)

        folder = tmp_path / str(number)
        folder.mkdir()
        buyers, sandbox, unknown = await chat_with_a_fault(folder, Numbered(fault, wanted))  # type: ignore[arg-type]
        for buyer in buyers:
            said = [str(call.params["text"]) for call in sandbox.calls.sent(buyer.id)]
            expected = [f"you said {buyer.name}{line}" for line in range(LINES)]
            assert Counter(said) == Counter(text for text in expected if text not in unknown), f"at {prefix}{number}"
            assert said == [text for text in expected if text in said], f"order at {prefix}{number}"
        if fault is not lost_before:
            assert not unknown
        if struck < number:
            break
    assert number > 6


async def test_until_is_bounded() -> None:
    """A wait that never ends says so."""
    with pytest.raises(AssertionError):
        await until(lambda: False, 0.02)
