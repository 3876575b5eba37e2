"""What is left after a kill, on a full disk, and beside a second process: whatever was acknowledged."""

# ruff: noqa: ASYNC220 - nothing else runs in these loops

import asyncio
import sqlite3
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from store import (
    DatabaseInUse,
    DatabaseUnavailable,
    Store,
    open_store,
)
from store.buyers import Buyer
from store.copying import check
from store.engine import APPLICATION_ID
from store.inbox import Arrival
from tests.store.conftest import filled

NOW = datetime(2026, 11, 3, tzinfo=UTC)


async def test_the_lock_of_a_killed_process_is_free(file: Path) -> None:
    """Nothing has to be cleaned up by hand after kill -9."""
    script = (
        "import asyncio, sys\nfrom store import open_store\n"
        "async def main():\n    store = await open_store(sys.argv[1])\n    await store.lock()\n"
        "    print('locked', flush=True)\n    await asyncio.sleep(60)\n"
        "asyncio.run(main())"
    )
    url = f"sqlite:///{file}"
    process = subprocess.Popen([sys.executable, "-c", script, url], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "locked\n"
    store = await open_store(url)
    with pytest.raises(DatabaseInUse, match=str(process.pid)):
        await store.lock()
    process.kill()
    process.wait()
    process.stdout.close()
    await store.lock()
    await store.close()


async def test_kill_9_loses_nothing_acknowledged(file: Path) -> None:
    """Every update a process said to have received is there after it was killed in the middle of more."""
    script = (
        "import asyncio, sys\nfrom datetime import UTC, datetime\n"
        "from store import open_store\nfrom store.inbox import Arrival\n"
        "async def main():\n    store = await open_store(sys.argv[1])\n    n = 0\n"
        "    async def more():\n        nonlocal n\n        while True:\n            n += 1; mine = n\n"
        "            await store.inbox.receive([Arrival(1, mine, 'x', '{}', 'l', 'message')], datetime.now(UTC))\n"
        "            print(mine, flush=True)\n"
        "    await asyncio.gather(*(more() for _ in range(8)))\n"
        "asyncio.run(main())"
    )
    url = f"sqlite:///{file}"
    process = subprocess.Popen([sys.executable, "-c", script, url], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    said = [process.stdout.readline() for _ in range(100)]
    process.kill()
    said += process.stdout.readlines()
    process.wait()
    process.stdout.close()
    acknowledged = {int(one) for one in said if one.endswith("\n")}
    store = await open_store(url)
    await store.check()
    kept = {one.update_id for one in await store.inbox.new(100_000)}
    assert acknowledged <= kept
    await store.close()


async def test_a_full_disk_loses_nothing_acknowledged(file: Path) -> None:
    """What cannot be written is refused as such, what was acknowledged stays, and with space everything goes on."""
    script = (
        "import asyncio, resource, sys\nfrom datetime import UTC, datetime\nfrom pathlib import Path\n"
        "from store import DatabaseUnavailable, open_store\nfrom store.inbox import Arrival\n"
        "async def main():\n"
        "    store = await open_store(sys.argv[1])\n"
        "    now, kept, refused = datetime.now(UTC), [], []\n"
        "    async def receive(number):\n"
        "        try:\n"
        "            await store.inbox.receive([Arrival(1, number, 'x', 'y' * 3000, 'l', 'message')], now)\n"
        "            kept.append(number)\n"
        "        except DatabaseUnavailable:\n"
        "            refused.append(number)\n"
        "    await receive(0)\n"
        "    hard = resource.getrlimit(resource.RLIMIT_FSIZE)[1]\n"
        "    folder = Path(sys.argv[1].removeprefix('sqlite:///')).parent\n"
        "    room = 500_000 + max(one.stat().st_size for one in folder.iterdir())\n"  # what the schema fills is no matter
        "    resource.setrlimit(resource.RLIMIT_FSIZE, (room, hard))\n"
        "    for start in range(1, 401, 20):\n"
        "        await asyncio.gather(*(receive(number) for number in range(start, start + 20)))\n"
        "    assert len(kept) > 20 and len(refused) > 20, (len(kept), len(refused))\n"
        "    assert sorted(one.update_id for one in await store.inbox.new(1000)) == sorted(kept)\n"
        "    resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))\n"
        "    for number in list(refused):\n        await receive(number)\n"
        "    assert sorted(one.update_id for one in await store.inbox.new(1000)) == list(range(401))\n"
        "    await store.check()\n"
        "    await store.close()\n"
        "asyncio.run(main())"
    )
    done = await asyncio.to_thread(
        subprocess.run, [sys.executable, "-c", script, f"sqlite:///{file}"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


async def test_the_process_ends_after_a_cancelled_read(file: Path) -> None:
    """No connection keeps the program alive: it ends within seconds though reads were cancelled midway."""
    await filled(file)
    script = (
        "import asyncio, sys\nfrom store import open_store\n"
        "async def main():\n    store = await open_store(sys.argv[1])\n"
        "    for wait in range(20):\n"
        "        reads = [asyncio.create_task(store.buyers.all()) for _ in range(6)]\n"
        "        await asyncio.sleep(wait / 4000)\n"
        "        for one in reads:\n            one.cancel()\n"
        "        await asyncio.gather(*reads, return_exceptions=True)\n"
        "    print(len(await store.buyers.all()))\n"
        "    await store.close()\n"
        "asyncio.run(main())"
    )
    done = await asyncio.to_thread(
        subprocess.run,
        [sys.executable, "-c", script, f"sqlite:///{file}"],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert (done.stdout, done.returncode) == ("1\n", 0), done.stderr


async def test_a_backup_under_writing_is_whole(file: Path) -> None:
    """A copy made while updates pour in passes the check and holds all that was acknowledged before it began."""
    store = await open_store(f"sqlite:///{file}")
    stop = False

    async def pour(lane: str) -> None:
        number = 0
        while not stop:
            number += 1
            await store.inbox.receive([Arrival(1, number, lane, "{}" * 500, lane, "message")], NOW)

    pouring = [asyncio.create_task(pour(f"lane {one}")) for one in range(4)]
    await asyncio.sleep(0.1)
    for copy in range(3):
        before = len(await store.inbox.new(100_000))
        to = file.parent / "copies" / f"{copy}.db"
        await store.backup(to)
        check(to)
        with sqlite3.connect(to) as connection:
            assert connection.execute("SELECT count(*) FROM inbox").fetchone()[0] >= before
            assert connection.execute("PRAGMA application_id").fetchone() == (APPLICATION_ID,)
        connection.close()
    stop = True
    await asyncio.gather(*pouring)
    with pytest.raises(DatabaseUnavailable, match="already there"):
        await store.backup(to)
    assert [one.name for one in sorted(to.parent.iterdir())] == ["0.db", "1.db", "2.db"]
    await store.close()


async def test_two_processes_may_write_one_file(file: Path) -> None:
    """`import` writes while `run` runs: neither is refused."""
    url = f"sqlite:///{file}"
    run, other = await open_store(url), await open_store(url)

    async def write(store: Store, first: int) -> None:
        for id in range(first, first + 50):
            await store.write([store.buyers.seen(Buyer(id))])

    await asyncio.gather(write(run, 1000), write(other, 2000))
    assert len(await run.buyers.all()) == 100
    await run.close()
    await other.close()
