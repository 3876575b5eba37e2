"""Opening the memory: which file is taken, what is refused, and the copy made before anything changes."""

# ruff: noqa: ASYNC220, ASYNC240 - nothing else runs in these loops

import asyncio
import sqlite3
import subprocess
import sys
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, text

from store import (
    DatabaseDamaged,
    DatabaseInUse,
    DatabaseUnavailable,
    NotOurDatabase,
    SchemaTooNew,
    Store,
    StoreError,
    migrating,
    open_store,
)
from store.buyers import Buyer
from store.copying import check
from store.engine import APPLICATION_ID, place, writing_engine
from store.inbox import Arrival
from store.staff import Role
from store.tables import metadata
from tests import databases

NOW = datetime(2026, 11, 3, tzinfo=UTC)
OLD = migrating.HEAD


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "shop.db"


@pytest.fixture
async def url(kind: str, file: Path) -> AsyncIterator[str]:
    """A database nobody has used: here, opening goes through every migration."""
    if kind == "sqlite":
        yield f"sqlite:///{file}"
        return
    fresh = await databases.fresh(file.parent)
    yield fresh
    await databases.drop(fresh)


async def filled(file: Path) -> None:
    store = await open_store(f"sqlite:///{file}")
    await store.write([store.buyers.seen(Buyer(7, NOW, "小王"))])
    await store.close()


async def test_a_new_database_has_every_table(url: str) -> None:
    """The migrations lead to the very tables the code speaks of."""
    store = await open_store(url)
    await store.close()
    engine = writing_engine(place(url))

    def differences(connection: Connection) -> list[object]:
        context = MigrationContext.configure(connection, opts={"compare_type": False})
        return [
            one
            for one in compare_metadata(context, metadata)
            if not any(name in str(one) for name in ("message_words", "product_words"))
        ]

    async with engine.connect() as connection:
        assert await connection.run_sync(differences) == []
    await engine.dispose()


def test_the_newest_migration_is_the_one_the_code_names() -> None:
    """HEAD is compared by plain SQL at every start, so it must not lag behind the folder."""
    found = sorted(one.name.split("_")[0] for one in (migrating.FOLDER / "versions").glob("0*.py"))
    assert found[-1] == migrating.HEAD
    assert len(found) == len(set(found))


async def test_what_was_written_is_there_after_opening_again(url: str, tmp_path: Path) -> None:
    """Opening twice changes nothing and makes no copy."""
    backups = tmp_path / "backups"
    store = await open_store(url, backups=backups)
    await store.write([store.buyers.seen(Buyer(7, NOW, "小王"))])
    await store.close()
    again = await open_store(url, backups=backups)
    assert not backups.exists()
    assert await again.buyers.get(7) == Buyer(7, NOW, "小王")
    await again.close()


async def test_a_newer_schema_is_refused_with_a_sentence(url: str) -> None:
    """A database written by a newer program is left as it is."""
    await (await open_store(url)).close()
    engine = writing_engine(place(url))
    async with engine.begin() as connection:
        await connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(SchemaTooNew, match=r"newer version of the program \(schema 9999"):
        await open_store(url)
    async with engine.connect() as connection:
        assert (await connection.execute(text("SELECT version_num FROM alembic_version"))).scalar_one() == "9999"
    await engine.dispose()


@pytest.fixture
def one_more(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The migrations folder with a second step, which the test may spoil."""
    folder = tmp_path / "migrations"
    (folder / "versions").mkdir(parents=True)
    for one in migrating.FOLDER.rglob("*.py"):
        (folder / one.relative_to(migrating.FOLDER)).write_text(one.read_text())
    step = folder / "versions" / "9998_more.py"
    step.write_text(
        f'from alembic import op\nrevision = "9998"\ndown_revision = "{migrating.HEAD}"\n\n'
        "def upgrade() -> None:\n"
        '    op.execute("CREATE TABLE more (id INTEGER PRIMARY KEY)")\n'
        '    op.execute("ALTER TABLE buyers ADD COLUMN shoe TEXT")\n'
    )
    monkeypatch.setattr(migrating, "FOLDER", folder)
    monkeypatch.setattr(migrating, "HEAD", "9998")
    return step


async def test_a_migration_is_preceded_by_a_checked_copy(
    file: Path, one_more: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The copy holds the old schema and every row."""
    with monkeypatch.context() as before:
        before.setattr(migrating, "HEAD", OLD)
        one_more_text = one_more.read_text()
        one_more.unlink()
        await filled(file)
        one_more.write_text(one_more_text)
    store = await open_store(f"sqlite:///{file}", now=lambda: NOW, backups=file.parent / "backups")
    copy = file.parent / "backups" / "before-9998-20261103T000000Z.db"
    assert list(copy.parent.iterdir()) == [copy]
    await store.close()
    check(copy)
    with sqlite3.connect(copy) as connection:
        assert connection.execute("SELECT version_num FROM alembic_version").fetchall() == [(OLD,)]
        assert connection.execute("SELECT telegram_name FROM buyers").fetchall() == [("小王",)]
    connection.close()


async def test_a_migration_that_fails_midway_changes_nothing(
    file: Path, one_more: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A step whose second statement fails leaves neither its first nor its version behind."""
    good = one_more.read_text()
    one_more.unlink()
    with monkeypatch.context() as before:
        before.setattr(migrating, "HEAD", OLD)
        await filled(file)
    one_more.write_text(good.replace("ALTER TABLE buyers ADD", "ALTER TABLE nothing ADD"))
    with pytest.raises(DatabaseUnavailable):
        await open_store(f"sqlite:///{file}", now=lambda: NOW, backups=file.parent / "backups")
    with sqlite3.connect(file) as connection:
        assert connection.execute("SELECT version_num FROM alembic_version").fetchall() == [(OLD,)]
        assert connection.execute("SELECT count(*) FROM sqlite_master WHERE name = 'more'").fetchone() == (0,)
    connection.close()


async def test_a_file_of_another_program_is_refused(file: Path) -> None:
    """Somebody else's tables are not touched."""
    with sqlite3.connect(file) as connection:
        connection.execute("CREATE TABLE theirs (id INTEGER)")
    connection.close()
    with pytest.raises(NotOurDatabase):
        await open_store(f"sqlite:///{file}")


async def test_a_file_that_is_no_database_is_refused(file: Path) -> None:
    """A text file under the database's name is named as damaged."""
    file.write_text("不是数据库" * 500)
    with pytest.raises(DatabaseDamaged):
        await open_store(f"sqlite:///{file}")


async def test_damaged_pages_are_found(file: Path) -> None:
    """Rubbish in the middle of the file does not go unnoticed."""
    await filled(file)
    data = bytearray(file.read_bytes())
    data[4096 * 2 : 4096 * 30] = b"\xa5" * (4096 * 28)
    file.write_bytes(data)

    async def look() -> None:
        store = await open_store(f"sqlite:///{file}")
        try:
            await store.check()
        finally:
            await store.close()

    with pytest.raises(DatabaseDamaged):
        await look()


@pytest.mark.parametrize("wrong", ["sqlite://", "sqlite:///:memory:", "mysql://localhost/shop"])
async def test_a_url_of_another_kind_is_refused_with_a_sentence(wrong: str) -> None:
    """Only a SQLite file or PostgreSQL will do."""
    with pytest.raises(StoreError, match="sqlite:///"):
        await open_store(wrong)


async def test_a_folder_that_cannot_be_written_is_said_so() -> None:
    """The error is a sentence, not a traceback of the driver's."""
    with pytest.raises(DatabaseUnavailable, match="cannot be opened"):
        await open_store("sqlite:////proc/nowhere/shop.db")


async def test_a_second_copy_on_one_database_is_refused(url: str) -> None:
    """The lock is held by one, and free again when it closes."""
    first, second = await open_store(url), await open_store(url)
    await first.lock()
    with pytest.raises(DatabaseInUse, match="Another copy already runs"):
        await second.lock()
    await first.close()
    await second.lock()
    await second.close()


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


async def test_who_was_staff_before_there_were_roles_is_an_agent(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The migration that brings roles keeps everybody, and makes agents of staff."""
    from alembic import command

    upgrade = command.upgrade
    with monkeypatch.context() as patched:
        patched.setattr(command, "upgrade", lambda config, _: upgrade(config, "0005"))
        await (await open_store(url)).close()
    engine = writing_engine(place(url))
    async with engine.begin() as connection:
        await connection.execute(text("INSERT INTO staff VALUES (7, 'owner', 'a', 1, 'claim', NULL)"))
        await connection.execute(text("INSERT INTO staff VALUES (8, 'staff', 'b', 2, 'owner:7', NULL)"))
    await engine.dispose()
    store = await open_store(url)
    assert [(one.user_id, one.role) for one in await store.staff.present()] == [(7, Role.OWNER), (8, Role.AGENT)]
    await store.close()


async def test_opening_a_current_database_takes_a_moment(file: Path) -> None:
    """A start is felt: a current schema costs one query, and Alembic is not even imported."""
    await filled(file)
    script = (
        "import asyncio, sys\nfrom store import open_store\n"
        "async def main():\n    await (await open_store(sys.argv[1])).close()\n"
        "asyncio.run(main())\nassert 'alembic' not in sys.modules\n"
        "import time\nassert time.process_time() < 5, 'seconds of processor time'"
    )
    done = await asyncio.to_thread(subprocess.run, [sys.executable, "-c", script, f"sqlite:///{file}"], check=False)
    assert done.returncode == 0
