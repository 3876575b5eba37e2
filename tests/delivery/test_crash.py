"""kill -9, for real, at any call; and SIGTERM, which leaves nothing undone. How quick that is: tests/ops/test_process.py."""

import asyncio
import random
import signal
import sqlite3
import sys
from collections import Counter
from contextlib import closing
from pathlib import Path

from sandbox import Sandbox
from store import open_store
from store.outbox import Status
from tests.delivery.running import until

SEED = 20261121
ROOT = Path(__file__).parents[2]


async def mortal(sandbox: Sandbox, database: str, kill_at: int) -> asyncio.subprocess.Process:
    return await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.delivery.mortal", sandbox.base_url, sandbox.token, database, str(kill_at), cwd=ROOT
    )


def is_through(database: Path, lines: int) -> bool:
    """Whether so many lines have been handled and nothing is left to send. What is in doubt is never sent, and may be much."""
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as connection:
        (handled,) = connection.execute("SELECT count(*) FROM inbox WHERE status = 'done'").fetchone()
        (left,) = connection.execute("SELECT count(*) FROM outbox WHERE status IN ('pending', 'sending')").fetchone()
    return handled >= lines and not left


async def test_row_01_and_13_kill_minus_nine_loses_nothing_and_repeats_nothing(tmp_path: Path) -> None:
    """Killed again and again while buyers write: every line is answered once and in order, or listed as unknown."""
    chance = random.Random(SEED)
    database = f"sqlite:///{tmp_path}/shop.db"
    said: dict[int, list[str]] = {}
    async with Sandbox() as sandbox:
        buyers = [sandbox.person(f"buyer {number}") for number in range(4)]
        for buyer in buyers:
            buyer.chat.opened = True
        for round_ in range(6):
            for line in range(3):
                for buyer in buyers:
                    said.setdefault(buyer.id, []).append(f"{round_}.{line}")
                    await buyer.says(f"{round_}.{line}")
            process = await mortal(sandbox, database, chance.randint(3, 45))
            assert await process.wait() == -signal.SIGKILL
        process = await mortal(sandbox, database, 0)
        total = sum(map(len, said.values()))
        await until(lambda: is_through(tmp_path / "shop.db", total), 120)
        process.terminate()
        assert await process.wait() == 0
        store = await open_store(database)
        unknown = await store.doubts.all()
        counts = await store.outbox.counts()
        left = await store.inbox.new()
        await store.close()
    assert left == []
    assert counts.get(Status.PENDING, 0) == 0
    assert len(unknown) <= 6 * len(buyers)
    for buyer in buyers:
        doubtful = {str(row.payload["text"]) for row in unknown if row.chat_id == buyer.id}
        heard = [str(call.params["text"]) for call in sandbox.calls.sent(buyer.id)]
        assert max(Counter(heard).values()) == 1, f"seed {SEED}: something was said twice"
        assert set(said[buyer.id]) - set(heard) <= doubtful, f"seed {SEED}: something was lost"
        assert heard == [text for text in said[buyer.id] if text in heard], f"seed {SEED}: out of order"
