"""The sandbox as a process: with the sample, with a shop of one's own, and with an empty one."""

import asyncio
import json
import re
from pathlib import Path

import aiohttp
import pytest

from tests.made_shop import make_shop
from tests.ops.conftest import Runs


async def welcome(runs: Runs, *arguments: str) -> str:
    """What the seller reads first in a sandbox that was opened so."""
    bot = await runs("sandbox", "--port", "0", *arguments, BOT_TOKEN="")
    assert bot.process.stdout is not None
    said = (await bot.process.stdout.readline()).decode()
    found = re.search(r"http://127\.0\.0\.1:\d+", said)
    assert found, said + bot.logged()
    told = ""
    async with asyncio.timeout(60), aiohttp.ClientSession() as session, session.get(f"{found[0]}/_/events") as events:
        async for line in events.content:
            if line.startswith(b"data:"):
                told += str(json.loads(line.removeprefix(b"data:")))
            if "/help" in told:
                break
    return told


async def test_a_shop_of_ones_own_stands_in_the_sandbox(runs: Runs, tmp_path: Path) -> None:
    """--shop FOLDER takes over what lies in it."""
    made = make_shop()
    folder = tmp_path / "mine"
    folder.mkdir()
    made.write(folder)
    assert made.name in await welcome(runs, "--shop", str(folder))


async def test_an_empty_shop_leads_to_setup(runs: Runs) -> None:
    """--empty knows nothing, and says how to begin."""
    assert "/setup" in await welcome(runs, "--empty")


@pytest.mark.parametrize("wrong", [("--shop", "nowhere"), ("--shop", ".", "--empty")])
async def test_a_sandbox_that_cannot_be_is_refused(runs: Runs, wrong: tuple[str, ...]) -> None:
    """A folder that is not there, two shops at once: one sentence, status 2."""
    bot = await runs("sandbox", "--port", "0", *wrong, BOT_TOKEN="")
    assert await bot.ended(within=60) == 2
    assert "--shop" in bot.logged()


async def test_a_bad_shop_is_named_by_its_cells(runs: Runs, tmp_path: Path) -> None:
    """Row and column, status 1, and the sandbox does not open."""
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "catalogue.csv").write_text("sku,title,price\nA-1,皂,cheap\n", encoding="utf-8")
    bot = await runs("sandbox", "--port", "0", "--shop", str(folder), BOT_TOKEN="")
    assert await bot.ended(within=60) == 1
    assert "row 2" in bot.logged()
