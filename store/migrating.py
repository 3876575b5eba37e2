"""Bringing a database to the schema this code knows, with a copy made first."""

import asyncio
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, text
from sqlalchemy.exc import DatabaseError
from sqlalchemy.ext.asyncio import AsyncEngine

from store.copying import copy
from store.engine import APPLICATION_ID
from store.errors import DatabaseDamaged, DatabaseInUse, NotOurDatabase, SchemaTooNew
from store.one_process import OneProcess

HEAD = "0010"
"""The newest migration; a test compares it with the folder."""

FOLDER = Path(__file__).parent / "migrations"


async def migrate(
    engine: AsyncEngine, file: Path | None, now: datetime, backups: Path | None, alone: OneProcess
) -> None:
    """Bring the database behind a writing engine to `HEAD`, after a copy of its `file` in `backups` if one has to be made.

    A current schema costs one query. SchemaTooNew, NotOurDatabase and DatabaseInUse leave everything as it is: the program
    of before, which still runs, would write into tables it does not know. Each migration is one transaction: a failing one
    leaves the version before it.
    """
    found = await version(engine, file)
    if found == HEAD:
        return
    if found is not None and found > HEAD:
        raise SchemaTooNew(
            f"This database was written by a newer version of the program (schema {found}, this program knows {HEAD}). "
            "Install the newer version, or restore a backup made before the upgrade."
        )
    if found is None:
        await _brought_to_head(engine)
        return
    try:
        await alone.take()
    except DatabaseInUse:
        raise DatabaseInUse(
            f"This database has to be brought up to date first (schema {found}, this program knows {HEAD}), and a copy of the "
            "program still runs on it. Stop that one, then do this again."
        ) from None
    try:
        if backups is not None and file is not None:
            await asyncio.to_thread(copy, file, backups / f"before-{HEAD}-{now:%Y%m%dT%H%M%SZ}.db")
        await _brought_to_head(engine)
    finally:
        await alone.give_back()


async def _brought_to_head(engine: AsyncEngine) -> None:
    try:
        async with engine.connect() as connection:
            await connection.run_sync(_upgrade)
    except DatabaseError:
        async with engine.connect() as connection:  # two processes started at once, and the other one was first?
            if await connection.run_sync(_version) != HEAD:
                raise


async def version(engine: AsyncEngine, file: Path | None) -> str | None:
    """The schema of the database behind an engine, None for an empty one. NotOurDatabase, DatabaseDamaged."""
    try:
        async with engine.connect() as connection:
            return await connection.run_sync(_version)
    except DatabaseError as error:
        if "not a database" in str(error.orig) or "malformed" in str(error.orig):
            raise DatabaseDamaged(f"{file} is not a sound database: {error.orig}.") from error
        raise


def _version(connection: Connection) -> str | None:
    """The schema's version, None for an empty database."""
    if connection.dialect.name == "sqlite":
        marked = connection.execute(text("PRAGMA application_id")).scalar_one()
        names = text("SELECT name FROM sqlite_master WHERE type = 'table'")
    else:
        marked = APPLICATION_ID
        names = text("SELECT tablename FROM pg_tables WHERE schemaname = current_schema()")
    tables = set(connection.execute(names).scalars())
    if "alembic_version" not in tables or "revision" not in tables:
        if tables - {"alembic_version"} or marked not in (0, APPLICATION_ID):
            raise NotOurDatabase("This database holds tables of another program. Set DATABASE_URL to one of its own.")
        return None
    if marked != APPLICATION_ID:
        raise NotOurDatabase("This file belongs to another program. Set DATABASE_URL to one of its own.")
    version: str | None = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return version


def _upgrade(connection: Connection) -> None:
    from alembic import command  # imported here: it takes longer than all the rest of starting
    from alembic.config import Config

    connection.rollback()
    config = Config()
    config.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
    connection.commit()
