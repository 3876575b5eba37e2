"""Copies of a SQLite memory: whole, checked, and never seen half done. Everything here blocks: run it in a thread."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from store.errors import DatabaseDamaged, DatabaseUnavailable


def copy(file: Path, to: Path) -> None:
    """Write a copy of `file` as of now to `to`, which must not exist, while others read and write.

    The copy is made beside it, checked, made durable and only then named. DatabaseDamaged when the check fails,
    DatabaseUnavailable when the copy cannot be written.
    """
    part = to.with_name(f".{to.name}.{os.getpid()}.part")
    try:
        if to.exists():
            raise DatabaseUnavailable(f"{to} is already there; a backup never replaces a file.")
        to.parent.mkdir(parents=True, exist_ok=True)
        part.unlink(missing_ok=True)
        # cp of a database in WAL mode is no copy: 20 of 20 were stale or broken.
        with closing(sqlite3.connect(file, timeout=10.0)) as connection:
            connection.execute("VACUUM INTO ?", (str(part),))
        check(part)
        _sync(part)
        os.link(part, to)  # unlike a rename, this never replaces a file
        _sync(to.parent)
    except sqlite3.Error as error:
        raise DatabaseUnavailable(f"The backup could not be written: {error}.") from error
    except OSError as error:
        raise DatabaseUnavailable(f"The backup could not be written: {error.strerror}.") from error
    finally:
        part.unlink(missing_ok=True)


def check(file: Path) -> None:
    """Read every page of a database file. DatabaseDamaged with a sentence when it is not sound."""
    try:
        with closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True, timeout=10.0)) as connection:
            said = [str(row[0]) for row in connection.execute("PRAGMA quick_check(3)")]
            broken = connection.execute("PRAGMA foreign_key_check").fetchone()
    except sqlite3.DatabaseError as error:
        raise DatabaseDamaged(f"{file} is not a sound database: {error}.") from error
    if said != ["ok"]:
        raise DatabaseDamaged(f"{file} is not a sound database: {'; '.join(said)}.")
    if broken is not None:
        raise DatabaseDamaged(f"{file} is not a sound database: a row of {broken[0]} refers to nothing.")


def _sync(path: Path) -> None:
    opened = os.open(path, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
