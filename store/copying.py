"""Copies of a SQLite memory: whole, checked, and never seen half done. Everything here blocks: run it in a thread."""

import os
import sqlite3
import threading
import zlib
from contextlib import closing, suppress
from pathlib import Path

from store.errors import DatabaseDamaged, DatabaseUnavailable

_MAGIC = b"SQLite format 3\x00"
_SEAL = 60
"""Where the header of a SQLite file keeps `user_version`: four bytes for the program's own use."""
_STEPS = 20_000
"""So many steps of SQLite's are done before it is asked again whether to go on."""


def copy(file: Path, to: Path, stop: threading.Event | None = None) -> None:
    """Write a copy of `file` as of now to `to`, which must not exist, while others read and write.

    The copy is made beside it, checked, sealed, made durable and only then named. DatabaseDamaged when the check fails,
    DatabaseUnavailable when the copy cannot be written, or `stop` was set.
    """
    part = to.with_name(f".{to.name}.{os.getpid()}.part")
    try:
        if to.exists():
            raise DatabaseUnavailable(f"{to} is already there; a backup never replaces a file.")
        to.parent.mkdir(parents=True, exist_ok=True)
        part.unlink(missing_ok=True)
        # cp of a database in WAL mode is no copy: 20 of 20 were stale or broken.
        with closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=rw", uri=True, timeout=10.0)) as connection:
            _heed(connection, stop)
            connection.execute("VACUUM INTO ?", (str(part),))
        check(part, stop)
        _seal(part)
        _sync(part)
        os.link(part, to)  # unlike a rename, this never replaces a file
        _sync(to.parent)
    except sqlite3.Error as error:
        raise DatabaseUnavailable(f"The backup could not be written: {error}.") from error
    except OSError as error:
        raise DatabaseUnavailable(f"The backup could not be written: {error.strerror}.") from error
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)


def check(file: Path, stop: threading.Event | None = None) -> None:
    """Read every page of a database file. DatabaseDamaged with a sentence when it is not sound."""
    try:
        with closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True, timeout=10.0)) as connection:
            _heed(connection, stop)
            said = [str(row[0]) for row in connection.execute("PRAGMA quick_check(3)")]
            broken = connection.execute("PRAGMA foreign_key_check").fetchone()
    except sqlite3.DatabaseError as error:
        raise DatabaseDamaged(f"{file} is not a sound database: {error}.") from error
    if said != ["ok"]:
        raise DatabaseDamaged(f"{file} is not a sound database: {'; '.join(said)}.")
    if broken is not None:
        raise DatabaseDamaged(f"{file} is not a sound database: a row of {broken[0]} refers to nothing.")


def check_copy(file: Path) -> None:
    """Check a copy against its seal: it is byte for byte what `copy` wrote. DatabaseDamaged when it is not.

    A file without a seal was not made by `copy`; only its pages are checked then.
    """
    try:
        with file.open("rb") as opened:
            head = opened.read(100)
    except OSError as error:
        raise DatabaseDamaged(f"{file} cannot be read: {error.strerror}.") from error
    if not head.startswith(_MAGIC):
        raise DatabaseDamaged(f"{file} is not a sound database: it does not begin as one.")
    sealed = int.from_bytes(head[_SEAL : _SEAL + 4])
    if sealed and sealed != _sum(file):
        raise DatabaseDamaged(f"{file} is not as it was written: a part of it is damaged or was changed.")
    check(file)


def unseal(file: Path) -> None:
    """The copy is to be lived in: its seal goes. It must not be open anywhere."""
    with file.open("r+b") as opened:
        opened.seek(_SEAL)
        opened.write(bytes(4))
    _sync(file)


def _seal(part: Path) -> None:
    """Write the sum over the whole file into its own header, so that any damage is seen: SQLite checks no contents."""
    total = _sum(part)
    with part.open("r+b") as opened:
        opened.seek(_SEAL)
        opened.write(total.to_bytes(4))


def _sum(file: Path) -> int:
    """A sum over every byte but those of the seal; never 0."""
    with file.open("rb") as opened:
        head = bytearray(opened.read(100))
        head[_SEAL : _SEAL + 4] = bytes(4)
        total = zlib.crc32(head)
        while block := opened.read(1 << 20):
            total = zlib.crc32(block, total)
    return total or 1


def _heed(connection: sqlite3.Connection, stop: threading.Event | None) -> None:
    """Give up in the middle when `stop` is set: the program must be able to leave."""
    if stop is not None:
        connection.set_progress_handler(stop.is_set, _STEPS)


def _sync(path: Path) -> None:
    opened = os.open(path, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
