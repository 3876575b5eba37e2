"""Readings: how the shop stands right now, in figures. The doctor, the health page and the metrics all read these."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import orjson

from store.inbox import Fate
from store.outbox import Status
from store.staff import Role
from store.topics import GROUP

if TYPE_CHECKING:
    from ops.backups import Backups
    from store import Store
    from store.pausing import Pause

LAST_POLL = "last_poll"
RECENT = timedelta(days=7)
"""What failed longer ago is no news."""


@dataclass(frozen=True, slots=True)
class Account:
    """An owner's own account, as Telegram told of it last."""

    name: str
    is_enabled: bool
    can_reply: bool


@dataclass(frozen=True, slots=True)
class Readings:
    """Ages are of what waits now, None when nothing does. `clock_behind` is how far this machine's clock lags behind
    Telegram's (negative: it is ahead, or updates came late), as far as the last day's updates tell. `accounts` are those of
    owners that were ever connected; `group` is the shop's group, 0 without one, and `topics` how many buyers have had a topic."""

    now: datetime
    polled_at: datetime | None = None
    inbox_new: int = 0
    inbox_age: timedelta | None = None
    inbox_dead: int = 0
    outbox_pending: int = 0
    outbox_age: timedelta | None = None
    outbox_unknown: int = 0
    outbox_failed: int = 0
    pause: Pause | None = None
    clock_behind: timedelta | None = None
    database_bytes: int | None = None
    disk_free: int | None = None
    backup_at: datetime | None = None
    keeps_backups: bool = False
    backup_trouble: str = ""
    accounts: tuple[Account, ...] = ()
    group: int = 0
    group_refused: int = 0
    topics: int = 0


async def read(store: Store, now: datetime, backups: Backups | None = None, owners: Collection[int] = ()) -> Readings:
    """Ask the store and the disk. `owners` are those of the settings, whom the store does not know."""
    kept = await store.marks.get(GROUP)
    group = int(kept["chat_id"]) if isinstance(kept, dict) else 0
    owning = {*owners, *(one.user_id for one in await store.staff.present() if one.role is Role.OWNER)}
    polled = await store.marks.get(LAST_POLL)
    oldest_in, oldest_out = await store.inbox.oldest_new(), await store.outbox.oldest_due(now)
    recent_in, recent_out = await store.inbox.counts_of(RECENT), await store.outbox.counts_of(RECENT)
    file = store.place.path
    size, free = await asyncio.to_thread(_disk, file) if file is not None else (None, None)
    return Readings(
        now=now,
        polled_at=datetime.fromisoformat(polled) if isinstance(polled, str) else None,
        inbox_new=recent_in.get(Fate.NEW, 0),
        inbox_age=None if oldest_in is None else now - oldest_in,
        inbox_dead=recent_in.get(Fate.DEAD, 0),
        outbox_pending=recent_out.get(Status.PENDING, 0),
        outbox_age=None if oldest_out is None else now - oldest_out,
        outbox_unknown=recent_out.get(Status.UNKNOWN, 0),
        outbox_failed=recent_out.get(Status.FAILED, 0),
        pause=await store.pausing.read(),
        clock_behind=_clock_behind([(one.received_at, one.raw) for one in await store.inbox.latest(timedelta(days=1))]),
        database_bytes=size,
        disk_free=free,
        backup_at=None if backups is None else await asyncio.to_thread(backups.newest_at),
        keeps_backups=backups is not None,
        backup_trouble="" if backups is None else backups.trouble,
        accounts=tuple(
            Account(one.name, one.is_enabled, one.can_reply)
            for one in await store.connections.all()
            if one.user_id in owning
        ),
        group=group,
        group_refused=await store.outbox.refused_in(group, RECENT) if group else 0,
        topics=await store.topics.count(),
    )  # fmt: skip


def _disk(file: Path) -> tuple[int | None, int | None]:
    try:
        beside = [one for one in (file, file.with_name(file.name + "-wal")) if one.exists()]
        return sum(one.stat().st_size for one in beside), shutil.disk_usage(file.parent).free
    except OSError:
        return None, None


def _clock_behind(updates: list[tuple[datetime, str]]) -> timedelta | None:
    """An update cannot come before its message was sent: Telegram's date against ours, for the promptest of them."""
    found: list[timedelta] = []
    for received_at, raw in updates:
        try:
            date = orjson.loads(raw)["message"]["date"]
        except (orjson.JSONDecodeError, KeyError, TypeError):
            continue
        if isinstance(date, int):
            found.append(timedelta(seconds=date - received_at.timestamp()))
    return max(found, default=None)
