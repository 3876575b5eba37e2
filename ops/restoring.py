"""Restoring a backup into a new database, which stays paused until an owner says /go: what was due may have been done."""

from __future__ import annotations

import asyncio
import os
from datetime import datetime
from pathlib import Path

from store import Store, check_copy, open_store, unseal
from store.copying import copy
from store.errors import DatabaseUnavailable, StoreError
from store.pausing import Pause


class CannotRestore(StoreError):
    """The backup cannot be put there; the message says why and what to do."""


async def restore(backup: Path, to: Path, now: datetime) -> Pause:
    """Put a backup where no database is yet, brought to this program's schema and paused. It appears whole or not at all.

    CannotRestore, DatabaseDamaged, NotOurDatabase, SchemaTooNew or DatabaseUnavailable otherwise.
    """
    part = to.with_name(f".{to.name}.{os.getpid()}.restoring")
    await asyncio.to_thread(_make_ready, backup, to, part)
    try:
        store = await open_store(f"sqlite:///{part}")
        try:
            pause = await pause_here(store, now)
        finally:
            await store.close()
        await asyncio.to_thread(_put_in_place, part, to)
        return pause
    finally:
        for left in part.parent.glob(f"{part.name}*"):
            left.unlink(missing_ok=True)


async def pause_here(store: Store, now: datetime) -> Pause:
    """Pause a database that was put back by other means. DatabaseInUse while a program runs on it."""
    await store.lock()
    await store.write([*await store.pausing.begin(now), store.revision.bump()])
    pause = await store.pausing.read()
    assert pause is not None
    return pause


def _make_ready(backup: Path, to: Path, part: Path) -> None:
    if not backup.is_file():
        raise CannotRestore(f"There is no file {backup}.")
    for one in (to, to.with_name(to.name + "-wal")):
        if one.exists() and one.stat().st_size:
            raise CannotRestore(
                f"{one} is already there, and restoring never replaces anything. "
                "Stop the bot and move it away, or set DATABASE_URL to a new file."
            )
    check_copy(backup)
    copy(backup, part)
    unseal(part)


def _put_in_place(part: Path, to: Path) -> None:
    if part.with_name(part.name + "-wal").exists():
        raise DatabaseUnavailable("The restored database could not be closed; try again.")
    if to.exists() and not to.stat().st_size:
        to.unlink()
    for left in (to.with_name(to.name + "-wal"), to.with_name(to.name + "-shm")):
        left.unlink(missing_ok=True)
    try:
        os.link(part, to)
    except FileExistsError:
        raise CannotRestore(f"{to} has appeared meanwhile; nothing was replaced.") from None
    folder = os.open(to.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
