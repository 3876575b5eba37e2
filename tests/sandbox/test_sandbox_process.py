"""The sandbox in a process of its own, played over HTTP alone."""

import asyncio
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture
async def elsewhere() -> AsyncIterator[tuple[aiohttp.ClientSession, str, str]]:
    """A session, the address of a sandbox in another process, and its token."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "sandbox", "--port", "0", cwd=ROOT, stdout=asyncio.subprocess.PIPE
    )
    assert process.stdout is not None
    url, _, token = (await process.stdout.readline()).decode().strip().partition("  BOT_TOKEN=")
    async with aiohttp.ClientSession() as session:
        yield session, url, token
    process.terminate()
    await process.wait()


async def test_a_chat_over_http(elsewhere: tuple[aiohttp.ClientSession, str, str]) -> None:
    """People, trouble, clock and ledger can all be had from outside."""
    session, url, token = elsewhere

    async def post(path: str, **body: object) -> dict[str, object]:
        async with session.post(url + path, json=body) as answer:
            told: dict[str, object] = await answer.json()
            return told

    buyer = (await post("/_/people", name="小林", language="en"))["id"]
    await post(f"/_/people/{buyer}/say", text="hi")
    assert "Impossible" not in str(await post(f"/_/people/{buyer}/block"))
    assert "unblock" in str((await post(f"/_/people/{buyer}/say", text="hi"))["error"])
    await post(f"/_/people/{buyer}/unblock")
    await post("/_/breaks", fault="429", method="sendMessage", retry_after=3)
    refused = await post(f"/bot{token}/sendMessage", chat_id=buyer, text="x")
    assert refused["parameters"] == {"retry_after": 3}
    assert (await post(f"/bot{token}/sendMessage", chat_id=buyer, text="x"))["ok"]
    async with session.get(f"{url}/_/calls?method=sendMessage") as answer:
        assert [call["accepted"] for call in await answer.json()] == [False, True]
    async with session.get(f"{url}/_/state") as answer:
        assert [message["text"] for message in (await answer.json())["messages"]] == ["hi", "x"]
    assert "only goes forward" in str((await post("/_/clock", seconds=-5))["error"])
