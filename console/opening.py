"""What every command needs: the store it works on, the understanding, and a word on stderr."""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from settings import Settings
    from store import Store


class CannotDo(Exception):
    """The thing asked for could not be done; the message says why and what to do."""


@asynccontextmanager
async def opened_store(settings: Settings, *, must_exist: bool = False) -> AsyncIterator[Store]:
    """The shop's store. CannotDo where it must be there already and is not."""
    file = settings.database_file
    if must_exist and file is not None and not file.exists():
        raise CannotDo(f"There is no database at {file}: set DATABASE_URL, or go to the shop's folder.")
    from store import open_store

    store = await open_store(settings.database_url, backups=backups_of(settings))
    try:
        yield store
    finally:
        await store.close()


def backups_of(settings: Settings) -> Path | None:
    """Where the daily copies lie, and those made before a migration; None for PostgreSQL."""
    file = settings.database_file
    return None if file is None else file.parent / "backups"


@asynccontextmanager
async def store_or_none(settings: Settings) -> AsyncIterator[Store]:
    """The shop's store; where there is no database yet an empty one that leaves nothing behind."""
    if settings.database_file is None or settings.database_file.exists():
        async with opened_store(settings) as store:
            yield store
        return
    with TemporaryDirectory() as folder:
        async with opened_store(settings.model_copy(update={"database_url": f"sqlite:///{folder}/shop.db"})) as store:
            yield store


@asynccontextmanager
async def learnt(settings: Settings, desk: Any) -> AsyncIterator[None]:
    """The best understanding there is, waited for."""
    from minds import Learning

    learning = Learning(desk, settings.database_file, use_encoder=settings.encoder, tell=say_aside)
    await learning.whole()
    yield
    await learning.stop()


def say_aside(sentence: str) -> None:
    """Nothing but the answer goes to stdout."""
    print(sentence, file=sys.stderr, flush=True)
