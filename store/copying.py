"""Copies of the memory: whole, checked, and never seen half done."""

import asyncio
import os
import sqlite3
from pathlib import Path

from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine

from store.errors import DatabaseDamaged, DatabaseUnavailable


async def backup(engine: AsyncEngine, to: Path) -> None:
    """Write a copy as of now to `to`, which must not exist, while others read and write.

    The copy is made beside it, checked, made durable and only then named. DatabaseDamaged when the check fails,
    DatabaseUnavailable when the copy cannot be written.
    """
    if engine.dialect.name != "sqlite":
        raise DatabaseUnavailable("This memory is a PostgreSQL database: back it up with pg_dump.")
    part = to.with_name(f".{to.name}.{os.getpid()}.part")
    try:
        await asyncio.to_thread(_begin, part, to)
        # cp of a database in WAL mode is no copy: 20 of 20 were stale or broken.
        async with engine.connect() as connection:
            await connection.execute(text("VACUUM INTO :part"), {"part": str(part)})
        await asyncio.to_thread(_finish, part, to)
    except DBAPIError as error:
        raise DatabaseUnavailable(f"The backup could not be written: {error.orig}") from error
    except OSError as error:
        raise DatabaseUnavailable(f"The backup could not be written: {error.strerror}") from error
    finally:
        await asyncio.to_thread(part.unlink, missing_ok=True)


def check(path: Path) -> None:
    """Read every page of a database file that nobody writes. DatabaseDamaged with a sentence when it is not sound."""
    try:
        connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
        try:
            said = [str(row[0]) for row in connection.execute("PRAGMA quick_check(3)")]
            broken = connection.execute("PRAGMA foreign_key_check").fetchone()
        finally:
            connection.close()
    except sqlite3.DatabaseError as error:
        raise DatabaseDamaged(f"{path} is not a sound database: {error}.") from error
    if said != ["ok"]:
        raise DatabaseDamaged(f"{path} is not a sound database: {'; '.join(said)}.")
    if broken is not None:
        raise DatabaseDamaged(f"{path} is not a sound database: a row of {broken[0]} refers to nothing.")


def _begin(part: Path, to: Path) -> None:
    if to.exists():
        raise DatabaseUnavailable(f"{to} is already there; a backup never replaces a file.")
    to.parent.mkdir(parents=True, exist_ok=True)
    part.unlink(missing_ok=True)


def _finish(part: Path, to: Path) -> None:
    check(part)
    _sync(part)
    os.link(part, to)  # unlike a rename, this never replaces a file
    _sync(to.parent)


def _sync(path: Path) -> None:
    file = os.open(path, os.O_RDONLY)
    try:
        os.fsync(file)
    finally:
        os.close(file)
