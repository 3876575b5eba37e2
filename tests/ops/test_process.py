"""The program as a process: leaving in time, one copy only, and no secret anywhere."""

# A test may wait for its own folder.
# ruff: noqa: ASYNC240

import json
import sqlite3
from collections import Counter
from contextlib import closing
from pathlib import Path
from signal import SIGINT, SIGKILL, SIGTERM

import pytest

from sandbox import Fault, Person, Sandbox
from store import open_store
from store.inbox import Fate
from store.outbox import Status
from tests.databases import POSTGRES
from tests.delivery.running import until
from tests.ops.conftest import OWNER, Process, Runs

COMMANDS = 10


@pytest.fixture
async def owner(sandbox: Sandbox) -> Person:
    """The seller, who has opened the chat."""
    owner = sandbox.seller(id=OWNER)
    await owner.start()
    return owner


async def unfinished(url: str) -> Counter[str]:
    """How many updates are new, and how many messages wait or were under way."""
    store = await open_store(url)
    into, out = await store.inbox.counts(), await store.outbox.counts()
    await store.close()
    return Counter(new=into.get(Fate.NEW, 0), pending=out.get(Status.PENDING, 0), sending=out.get(Status.SENDING, 0))


async def stuck(runs: Runs, sandbox: Sandbox, owner: Person) -> Process:
    """A program whose messages Telegram does not take, with much to say."""
    bot = await runs("run")
    await bot.opened()
    await owner.hears()
    hang = sandbox.breaks("sendMessage", Fault.HANG_BEFORE, times=None)
    for _ in range(COMMANDS):
        await owner.says("/help")
    await hang.struck.wait()
    return bot


async def test_row_2_sigterm_leaves_in_time_with_everything_unfinished_queued(
    runs: Runs, sandbox: Sandbox, owner: Person, url: str
) -> None:
    """Out in good time with status 0: five seconds, or more on a busy machine. Started again, all that waited is sent, once;
    of what was under way nobody can know, and it is not sent again."""
    bot = await stuck(runs, sandbox, owner)
    bot.signal(SIGTERM)
    assert await bot.ended(within=20) == 0
    sandbox.mend()
    left = await unfinished(url)
    on_the_way = COMMANDS - left.total()  # updates Telegram still has, never confirmed
    assert on_the_way >= 0
    again = await runs("run")
    await again.opened()
    heard = await owner.hears_several(COMMANDS - left["sending"])
    assert all("/inbox" in one.text for one in heard)
    again.signal(SIGTERM)
    assert await again.ended(within=20) == 0
    assert owner.unheard == 0
    assert (await unfinished(url)).total() == 0


def heeds_sigterm(bot: Process) -> bool:
    """Whether the program has come to where it leaves in order."""
    status = Path(f"/proc/{bot.process.pid}/status").read_text(encoding="utf-8")
    return bool(int(status.split("SigCgt:")[1].split()[0], 16) & 1 << (SIGTERM - 1))


@pytest.mark.skipif(bool(POSTGRES), reason="a file is what can be held up here")
async def test_row_2_sigterm_leaves_in_time_from_a_start_that_is_held_up(runs: Runs, tmp_path: Path) -> None:
    """Somebody else writes to the file for long, as a migration of a large one would: it is not waited for."""
    with closing(sqlite3.connect(tmp_path / "shop.db", isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        bot = await runs("run")
        await until(lambda: heeds_sigterm(bot))
        bot.signal(SIGTERM)
        assert await bot.ended(within=60) == 0, bot.logged()


async def test_a_second_signal_leaves_at_once(runs: Runs, sandbox: Sandbox, owner: Person) -> None:
    """Who cannot wait, sends another."""
    bot = await stuck(runs, sandbox, owner)
    bot.signal(SIGTERM)
    bot.signal(SIGINT)
    assert await bot.ended(within=20) != 0


async def test_row_8_a_second_copy_is_refused_with_a_line(runs: Runs, sandbox: Sandbox, owner: Person) -> None:
    """It leaves with status 1 and says why; the first one serves on. A killed one holds nothing."""
    first = await runs("run")
    await first.opened()
    second = await runs("run", LOG_LEVEL="INFO")
    assert await second.ended(within=60) == 1
    assert "Another copy already runs" in second.logged()
    assert POSTGRES or str(first.process.pid) in second.logged()
    await owner.hears()
    await owner.says("/help")
    assert "/inbox" in (await owner.hears()).text
    first.signal(SIGKILL)
    await first.ended(within=20)
    third = await runs("run")
    await third.opened()


@pytest.mark.skipif(bool(POSTGRES), reason="the files of a server are its own")
async def test_row_41_no_secret_and_no_buyers_words_in_any_log_at_debug(
    runs: Runs, sandbox: Sandbox, owner: Person, tmp_path: Path
) -> None:
    """Not the token, not in the database, not in the daily backup; and what buyers say is for the shop alone."""
    sandbox.breaks("getUpdates", Fault.ERROR, times=2)
    buyer = sandbox.person("Quokkafriend", "en", id=20001)
    bot = await runs("run", SEVENTEENTRACK_KEY="seventeen-secret-key", TICK_SECONDS="1")
    await bot.opened()
    sandbox.breaks("sendMessage", Fault.RESET_AFTER, chat=OWNER)
    await owner.hears()
    await buyer.says("/help with the zebrafinch")
    await buyer.hears()
    await buyer.says("is the zebrafinch in stock?")
    while not list((tmp_path / "backups").glob("shop-*.db")):
        await owner.says("/inbox")
        await owner.hears()
    bot.signal(SIGTERM)
    assert await bot.ended(within=20) == 0
    log = bot.logged()
    assert {"event", "level", "logger", "timestamp"} <= set.union(*(set(json.loads(line)) for line in log.splitlines()))
    secret = sandbox.token.split(":")[1]
    for word in (secret, "seventeen-secret-key", "zebrafinch", "Quokkafriend"):
        assert word not in log, [line for line in log.splitlines() if word in line][:3]
    for file in tmp_path.rglob("*"):
        if file.is_file():
            assert secret.encode() not in file.read_bytes(), file
