"""Opening the memory: which file is taken, and what is refused with a sentence."""

# ruff: noqa: ASYNC240 - nothing else runs in these loops

import asyncio
import sqlite3
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import text

from sandbox.bell import PATIENCE
from store import (
    DatabaseDamaged,
    DatabaseInUse,
    DatabaseUnavailable,
    NotOurDatabase,
    StoreError,
    one_process,
    open_store,
)
from store.buyers import Buyer
from tests import databases
from tests.databases import POSTGRES
from tests.delivery.running import until
from tests.store.conftest import filled

NOW = datetime(2026, 11, 3, tzinfo=UTC)


async def test_what_was_written_is_there_after_opening_again(untouched: str, tmp_path: Path) -> None:
    """Opening twice changes nothing and makes no copy."""
    backups = tmp_path / "backups"
    store = await open_store(untouched, backups=backups)
    await store.write([store.buyers.seen(Buyer(7, NOW, "小王"))])
    await store.close()
    again = await open_store(untouched, backups=backups)
    assert not backups.exists()
    assert await again.buyers.get(7) == Buyer(7, NOW, "小王")
    await again.close()


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


async def test_a_second_copy_on_one_database_is_refused(untouched: str) -> None:
    """The lock is held by one, and free again when it closes."""
    first, second = await open_store(untouched), await open_store(untouched)
    await first.lock()
    with pytest.raises(DatabaseInUse, match="Another copy already runs"):
        await second.lock()
    await first.close()
    await second.lock()
    await second.close()


async def test_row_08_the_right_to_run_alone_outlives_its_lock_file(
    monkeypatch: pytest.MonkeyPatch, file: Path
) -> None:
    """Somebody deleted it as left over: the one that runs holds a new one, and no second copy begins."""
    monkeypatch.setattr(one_process, "LOOKED_AFTER", 0.0)
    url, lost, lock = f"sqlite:///{file}", list[str](), file.with_name(f"{file.name}.lock")
    first, second = await open_store(url), await open_store(url)
    await first.lock(lost.append)
    lock.unlink()
    await until(lambda: lock.exists() and lock.read_text())
    with pytest.raises(DatabaseInUse, match="Another copy already runs"):
        await second.lock()
    await first.close()
    await second.lock()
    await second.close()
    assert lost == []


async def test_row_08_who_was_too_slow_to_hold_a_new_lock_file_is_told(
    monkeypatch: pytest.MonkeyPatch, file: Path
) -> None:
    """Another copy began in the moment between: two must not run."""
    monkeypatch.setattr(one_process, "LOOKED_AFTER", 0.0)
    url, lost = f"sqlite:///{file}", list[str]()
    first, second = await open_store(url), await open_store(url)
    await first.lock()
    file.with_name(f"{file.name}.lock").unlink()
    await second.lock()
    await asyncio.wait_for(first._one_process._look_after(lost.append), PATIENCE)
    assert lost == ["Another copy has begun to run on this database while its lock file was lost."]
    await first.close()
    await second.close()


async def ended_sessions(url: str) -> None:
    """The server ends every session, as at its restart."""
    store = await open_store(url)
    async with store._reading.connect() as connection:
        await connection.execute(
            text(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        )
    await store.close()


@pytest.mark.skipif(not POSTGRES, reason="a file's lock ends with its process alone")
async def test_row_08_the_right_to_run_alone_outlives_its_connection(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """The server was started anew: the one that runs keeps others away again. Closing without a line harms nothing."""
    monkeypatch.setattr(one_process, "LOOKED_AFTER", 0.02)
    url, lost = await databases.ready(tmp_path), list[str]()
    first, second = await open_store(url), await open_store(url)
    await first.lock(lost.append)
    before = first._one_process._backend
    await ended_sessions(url)
    await until(lambda: first._one_process._session is not None and first._one_process._backend != before)
    with pytest.raises(DatabaseInUse, match="Another copy already runs"):
        await second.lock()
    await second.close()
    assert lost == []
    monkeypatch.setattr(one_process, "LOOKED_AFTER", 1000.0)
    await ended_sessions(url)
    await first.close()
    await databases.drop(url)


@pytest.mark.skipif(not POSTGRES, reason="a file's lock ends with its process alone")
async def test_row_08_who_lost_the_right_to_another_copy_is_told(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """While the line was gone another copy began: two must not run."""
    url, lost = await databases.ready(tmp_path), list[str]()
    first, second = await open_store(url), await open_store(url)
    monkeypatch.setattr(one_process, "LOOKED_AFTER", 0.0)
    await first.lock()
    await ended_sessions(url)
    await second.lock()
    await asyncio.wait_for(first._one_process._look_after(lost.append), PATIENCE)
    assert len(lost) == 1
    assert "Another copy has begun" in lost[0]
    await first.close()
    await second.close()
    await databases.drop(url)


@pytest.mark.skipif(not POSTGRES, reason="a file's lock ends with its process alone")
async def test_row_08_a_server_started_anew_may_give_our_number_to_another_copy(tmp_path: Path) -> None:
    """Numbers of sessions begin again where the server does. Only our own old session is ended, never that of another copy."""
    url = await databases.ready(tmp_path)
    first, second = await open_store(url), await open_store(url)
    await first.lock()
    second._one_process._backend = first._one_process._backend
    with pytest.raises(DatabaseInUse, match="Another copy already runs"):
        await second.lock()
    assert first._one_process._session is not None
    await first._one_process._session.execute(text("SELECT 1"))
    await first.close()
    await second.close()
    await databases.drop(url)


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
