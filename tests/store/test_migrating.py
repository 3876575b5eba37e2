"""Migrating: an older database is brought to today's schema after a copy; a newer one is refused as it is."""

# ruff: noqa: ASYNC240 - nothing else runs in these loops

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, text

from store import (
    DatabaseInUse,
    DatabaseUnavailable,
    SchemaTooNew,
    migrating,
    open_store,
    schema,
)
from store.copying import check
from store.engine import place, writing_engine
from store.staff import Role
from store.tables import metadata
from tests.store.conftest import filled

NOW = datetime(2026, 11, 3, tzinfo=UTC)

OLD = migrating.HEAD


async def test_a_new_database_has_every_table(untouched: str) -> None:
    """The migrations lead to the very tables the code speaks of."""
    store = await open_store(untouched)
    await store.close()
    engine = writing_engine(place(untouched))

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


async def test_a_newer_schema_is_refused_with_a_sentence(untouched: str) -> None:
    """A database written by a newer program is left as it is."""
    await (await open_store(untouched)).close()
    engine = writing_engine(place(untouched))
    async with engine.begin() as connection:
        await connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(SchemaTooNew, match=r"newer version of the program \(schema 9999"):
        await open_store(untouched)
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


@contextmanager
def as_before(one_more: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The program of before, which knows nothing of the second step."""
    step = one_more.read_text()
    one_more.unlink()
    with monkeypatch.context() as before:
        before.setattr(migrating, "HEAD", OLD)
        yield
    one_more.write_text(step)


async def test_a_migration_is_preceded_by_a_checked_copy(
    file: Path, one_more: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The copy holds the old schema and every row."""
    with as_before(one_more, monkeypatch):
        await filled(file)
    store = await open_store(f"sqlite:///{file}", now=lambda: NOW, backups=file.parent / "backups")
    copy = file.parent / "backups" / "before-9998-20261103T000000Z.db"
    assert list(copy.parent.iterdir()) == [copy]
    await store.close()
    check(copy)
    with sqlite3.connect(copy) as connection:
        assert connection.execute("SELECT version_num FROM alembic_version").fetchall() == [(OLD,)]
        assert connection.execute("SELECT telegram_name FROM buyers").fetchall() == [("小王",)]
    connection.close()


async def test_nothing_is_migrated_beneath_a_program_that_runs(
    untouched: str, one_more: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`bot.py backup` of the new version, while the old one still serves: a sentence, and the schema stays; then it goes."""
    with as_before(one_more, monkeypatch):
        running = await open_store(untouched)
        await running.lock()
    with pytest.raises(DatabaseInUse, match=r"still runs on it. Stop that one"):
        await open_store(untouched)
    assert await schema(untouched) == OLD
    await running.close()
    await (await open_store(untouched)).close()
    assert await schema(untouched) == "9998"


async def test_a_migration_that_fails_midway_changes_nothing(
    file: Path, one_more: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A step whose second statement fails leaves neither its first nor its version behind."""
    with as_before(one_more, monkeypatch):
        await filled(file)
    one_more.write_text(one_more.read_text().replace("ALTER TABLE buyers ADD", "ALTER TABLE nothing ADD"))
    with pytest.raises(DatabaseUnavailable):
        await open_store(f"sqlite:///{file}", now=lambda: NOW, backups=file.parent / "backups")
    with sqlite3.connect(file) as connection:
        assert connection.execute("SELECT version_num FROM alembic_version").fetchall() == [(OLD,)]
        assert connection.execute("SELECT count(*) FROM sqlite_master WHERE name = 'more'").fetchone() == (0,)
    connection.close()


async def test_who_was_staff_before_there_were_roles_is_an_agent(
    untouched: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The migration that brings roles keeps everybody, and makes agents of staff."""
    from alembic import command

    upgrade = command.upgrade
    with monkeypatch.context() as patched:
        patched.setattr(command, "upgrade", lambda config, _: upgrade(config, "0005"))
        await (await open_store(untouched)).close()
    engine = writing_engine(place(untouched))
    async with engine.begin() as connection:
        await connection.execute(text("INSERT INTO staff VALUES (7, 'owner', 'a', 1, 'claim', NULL)"))
        await connection.execute(text("INSERT INTO staff VALUES (8, 'staff', 'b', 2, 'owner:7', NULL)"))
    await engine.dispose()
    store = await open_store(untouched)
    assert [(one.user_id, one.role) for one in await store.staff.present()] == [(7, Role.OWNER), (8, Role.AGENT)]
    await store.close()
