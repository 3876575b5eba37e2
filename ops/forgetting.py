"""Forgetting a buyer everywhere: in the database, in a program that runs on it, and in the daily copies."""

from __future__ import annotations

import asyncio
import os
import re
from datetime import datetime, timedelta
from pathlib import Path

from store import Store, check_copy, open_store, unseal
from store.copying import copy
from store.errors import DatabaseInUse, StoreError
from store.marks import FORGET

PATIENCE = timedelta(minutes=2)
STEP = 0.2
"""Seconds between two looks at whether somebody else has finished."""
HALF_DONE = re.compile(r"\.(\d+)\.(?:part|forgetting|fresh)")
"""In the name of a file that a process of this number is just making."""


class CannotForget(StoreError):
    """The buyer could not be forgotten, or not everywhere; the message says what is left."""


class NoSuchBuyer(CannotForget):
    """Nobody of that number is known. What an earlier try that was cut off had left in the file is wiped all the same."""


async def forget(store: Store, buyer_id: int, now: datetime, patience: timedelta = PATIENCE) -> None:
    """Delete all about a buyer, so that no byte is left. A program running on this database does it at our word, for it
    remembers its chats; CannotForget when it does not within `patience`. NoSuchBuyer."""
    is_known = await store.buyers.get(buyer_id) is not None
    try:
        await store.lock()
    except DatabaseInUse:
        if is_known:
            return await _ask(store, buyer_id, now, patience)
    else:
        if is_known:
            return await store.forget(buyer_id)
    await store.scrub()
    raise NoSuchBuyer(f"There is no buyer {buyer_id}.")


async def forget_in_copies(folder: Path | None, *numbers: int, patience: timedelta = PATIENCE) -> int:
    """Write the copies in this folder anew without the buyer of these numbers, who may not have been known for one when a copy
    was made; returns how many there are. One that is just being made, by a program that began before the buyer was forgotten,
    is waited for. CannotForget names those that are damaged: they are left as they are."""
    if folder is not None:
        await _finished(folder, patience)
    copies = sorted(folder.glob("*.db")) if folder is not None else []  # noqa: ASYNC240 - a dozen names
    damaged = []
    for file in copies:
        try:
            await forget_in_copy(file, *numbers)
        except StoreError as error:
            damaged.append(f"Not in {file.name}: {error}")
    if damaged:
        raise CannotForget("\n".join(["Forgotten in the database.", *damaged, "Delete these copies yourself."]))
    return len(copies)


async def forget_in_copy(file: Path, *numbers: int) -> None:
    """Write a copy anew without the buyer. StoreError when it is damaged; it is then left as it is."""
    work = file.with_name(f".{file.name}.{os.getpid()}.forgetting")
    fresh = file.with_name(f".{file.name}.{os.getpid()}.fresh")
    try:
        await asyncio.to_thread(_make_work, file, work)
        store = await open_store(f"sqlite:///{work}")
        try:
            for number in numbers:
                await store.forget(number)
        finally:
            await store.close()
        await asyncio.to_thread(copy, work, fresh)
        await asyncio.to_thread(_put_in_place, fresh, file)
    finally:
        for left in (*file.parent.glob(f"{work.name}*"), fresh):
            left.unlink(missing_ok=True)


def _make_work(file: Path, work: Path) -> None:
    check_copy(file)
    copy(file, work)
    unseal(work)


def _put_in_place(fresh: Path, file: Path) -> None:
    then = file.stat()
    os.utime(fresh, ns=(then.st_atime_ns, then.st_mtime_ns))  # how old the newest copy is, is read from it
    fresh.replace(file)


async def _finished(folder: Path, patience: timedelta) -> None:
    """Return when nothing here is half done; what a process has left that is no more goes."""
    for _ in range(max(1, round(patience.total_seconds() / STEP))):
        left = await asyncio.to_thread(_half_done, folder)
        if not left:
            return
        await asyncio.sleep(STEP)
    raise CannotForget(
        f"Forgotten in the database. A copy is just being made ({left[0]}): do the same again when it is finished."
    )


def _half_done(folder: Path) -> list[str]:
    left = []
    for path in folder.glob(".*"):
        if made := HALF_DONE.search(path.name):
            if _lives(int(made[1])):
                left.append(path.name)
            else:
                path.unlink(missing_ok=True)
    return left


def _lives(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:  # somebody else's
        return True
    return True


async def _ask(store: Store, buyer_id: int, now: datetime, patience: timedelta) -> None:
    asked = f"{FORGET}{buyer_id}"
    await store.write([store.marks.set(asked, True, now)])
    for _ in range(round(patience.total_seconds() / STEP)):
        if await store.marks.get(asked) is None:
            await store.scrub()  # the running program does it too, but only this one is waited for
            return
        await asyncio.sleep(STEP)
    raise CannotForget("The running program has not done it yet; look at its log, or stop it and try again.")
