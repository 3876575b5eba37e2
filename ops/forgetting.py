"""Forgetting a buyer everywhere: in the database, in a program that runs on it, and in the daily copies."""

from __future__ import annotations

import asyncio
import os
from datetime import datetime, timedelta
from pathlib import Path

from store import Store, check_copy, open_store, unseal
from store.copying import copy
from store.errors import DatabaseInUse, StoreError
from store.marks import FORGET

PATIENCE = timedelta(minutes=2)


class CannotForget(StoreError):
    """The buyer could not be forgotten, or not everywhere; the message says what is left."""


async def forget(store: Store, buyer_id: int, now: datetime, patience: timedelta = PATIENCE) -> None:
    """Delete all about a buyer, so that no byte is left. A program running on this database does it at our word, for it
    remembers its chats; CannotForget when it does not within `patience`."""
    try:
        await store.lock()
    except DatabaseInUse:
        await _ask(store, buyer_id, now, patience)
    else:
        if not await _is_known(store, buyer_id):
            raise CannotForget(f"There is no buyer {buyer_id}.") from None
        await store.forget(buyer_id)


async def forget_in_copies(folder: Path | None, *numbers: int) -> int:
    """Write the copies in this folder anew without the buyer of these numbers, who may not have been known for one when a copy
    was made; returns how many there are. CannotForget names those that are damaged: they are left as they are."""
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
        await asyncio.to_thread(os.replace, fresh, file)
    finally:
        for left in (*file.parent.glob(f"{work.name}*"), fresh):
            left.unlink(missing_ok=True)


def _make_work(file: Path, work: Path) -> None:
    check_copy(file)
    copy(file, work)
    unseal(work)


async def _is_known(store: Store, buyer_id: int) -> bool:
    return await store.buyers.get(buyer_id) is not None


async def _ask(store: Store, buyer_id: int, now: datetime, patience: timedelta) -> None:
    if not await _is_known(store, buyer_id):
        raise CannotForget(f"There is no buyer {buyer_id}.")
    asked = f"{FORGET}{buyer_id}"
    await store.write([store.marks.set(asked, True, now)])
    step = 0.2
    for _ in range(round(patience.total_seconds() / step)):
        if await store.marks.get(asked) is None:
            await store.scrub()  # the running program does it too, but only this one is waited for
            return
        await asyncio.sleep(step)
    raise CannotForget("The running program has not done it yet; look at its log, or stop it and try again.")
