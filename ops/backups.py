"""Daily copies of the database: one a local day, the newest seven kept, and one a week of the four weeks before."""

from __future__ import annotations

import asyncio
import logging
import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from store.errors import StoreError

if TYPE_CHECKING:
    from store import Store

DAILY, WEEKLY = 7, 4
RETRY = timedelta(minutes=15)
"""A copy that failed (the disk is full, say) is tried again after this."""
NAME = re.compile(r"shop-(\d{4}-\d\d-\d\d)\.db")
_log = logging.getLogger(__name__)


class Backups:
    """The folder with the daily copies. What is due follows from what lies in it; nothing else is remembered."""

    def __init__(self, store: Store, folder: Path) -> None:
        self._store, self.folder = store, folder
        self._not_before: datetime | None = None
        self._task: asyncio.Task[bool] | None = None
        self.trouble = ""
        """Why today's copy could not be made; "" when all is well."""

    def begin_due(self, now: datetime, zone: ZoneInfo) -> None:
        """Make today's copy beside everything else, if there is none yet: nobody waits for a large one."""
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self.make_due(now, zone), name="daily backup")

    async def stop(self) -> None:
        """Give up a copy that is being made; the next start makes it."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def make_due(self, now: datetime, zone: ZoneInfo) -> bool:
        """Make today's copy if there is none yet, and let the outdated ones go. False when there was nothing to do."""
        today = now.astimezone(zone).date()
        if today in self.days():
            return False
        if (
            self._not_before is not None and self._not_before - RETRY <= now < self._not_before
        ):  # else the clock was set back
            return False
        try:
            await self._store.backup(self.folder / f"shop-{today}.db")
        except StoreError as error:
            self._not_before, self.trouble = now + RETRY, str(error)
            _log.error("today's backup could not be made: %s", error)
            return False
        self.trouble = ""
        for path in [*self._outdated(), *self.folder.glob(".shop-*.part"), *self.folder.glob(".before-*.part")]:
            path.unlink(missing_ok=True)
        return True

    def days(self) -> dict[date, Path]:
        """The days of which there is a copy."""
        found = {NAME.fullmatch(path.name): path for path in self.folder.glob("shop-*.db")}
        return {date.fromisoformat(match[1]): path for match, path in found.items() if match is not None}

    def newest_at(self) -> datetime | None:
        """When the newest copy was made; None when there is none."""
        days = self.days()
        return datetime.fromtimestamp(days[max(days)].stat().st_mtime, UTC) if days else None

    def _outdated(self) -> list[Path]:
        days = self.days()
        return [days[day] for day in days.keys() - kept(set(days))]


def kept(days: set[date]) -> set[date]:
    """Which days' copies stay: the newest seven, and of those before, the last of each of the four newest weeks."""
    newest_first = sorted(days, reverse=True)
    weeks: dict[tuple[int, int], date] = {}
    for day in newest_first[DAILY:]:
        weeks.setdefault(day.isocalendar()[:2], day)
    return {*newest_first[:DAILY], *list(weeks.values())[:WEEKLY]}
