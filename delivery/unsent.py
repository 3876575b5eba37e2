"""What waits to be sent: outbox rows in memory, as many as fit, in the order in which they may go.

The table is the truth. Rows are noticed as their units are committed, and read from the table at the start, when their time
has come, and when there was no room for them.
"""

import asyncio
import logging
from collections.abc import Callable, Coroutine, Hashable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from clock import Clock
from delivery.limits import Class, Rates, Turns
from delivery.outcomes import LONGEST_WAIT, Fate
from store.errors import StoreError
from store.forgetting import UNSAY_ALL
from store.ids import new_id
from store.outbox import PUT, URGENCY, Kind, Outgoing, Status
from store.outbox import Outbox as Rows
from store.writing import Unit

_CANCEL = Rows.cancel_key("", "").statement
_SKIP = Rows.skip_chat(0, "", "").statement
_SETTLE = Rows.cancelled(0, "").statement
_MOVED = Rows.moved(0, 0, "").statement
_FIELDS = frozenset(Outgoing.__dataclass_fields__)
SUPERSEDED = "a newer edit took its place"
_log = logging.getLogger(__name__)


class Item:
    """A row in memory. `gone` says why it is not to be sent after all; `is_sure` that the row surely stands in the table."""

    __slots__ = ("edits", "fixes", "gone", "is_out", "is_sure", "row", "stumbles")

    def __init__(self, row: Outgoing, is_sure: bool) -> None:
        self.row = row
        self.is_sure = is_sure
        self.is_out = False
        self.gone = ""
        self.fixes: set[Fate] = set()
        self.stumbles = 0
        self.edits: Hashable = None
        if row.method.startswith("edit"):
            what = row.payload.get("message_id", row.payload.get("message_thread_id"))
            self.edits = (row.chat_id, row.connection_id, row.method, str(what))


class Unsent:
    """The rows that are not sent yet. `on_change` is called when something may go; `on_trouble` when the table could not be read; `measure`
    tells the seconds that `turns` counts by."""

    def __init__(
        self,
        rows: Rows,
        clock: Clock,
        rates: Rates,
        keep: int,
        on_change: Callable[[], None],
        on_trouble: Callable[[str], None],
        measure: Callable[[], float],
    ) -> None:
        self.turns: Turns[Item] = Turns(rates)
        self.keep = keep
        self._rows, self._clock = rows, clock
        self._on_change, self._on_trouble, self._measure = on_change, on_trouble, measure
        self._held: dict[int, Item] = {}
        self._by_key: dict[str, Item] = {}
        self._edits: dict[Hashable, Item] = {}
        self._keys: set[str] = set()
        self._doubtful: set[str] = set()
        self._born = new_id()
        # From this urgency on the table holds rows that memory does not. Newer ones stay there too: order is kept.
        self._behind: int | None = 0
        self._has_missed = False
        self._is_open = False
        self._is_refilling = False
        self._tasks: set[asyncio.Task[None]] = set()
        self.due_at: datetime | None = None
        self._acts: dict[int, Callable[[Mapping[str, Any]], None]] = {
            id(PUT): self._on_put,
            id(_CANCEL): self._on_cancel,
            id(_SKIP): self._on_skip,
            id(_SETTLE): self._on_settle,
            id(_MOVED): self._on_moved,
            id(UNSAY_ALL): self._on_forgotten,
        }

    def __len__(self) -> int:
        """Rows in memory: waiting and under way."""
        return len(self._held)

    @property
    def is_empty(self) -> bool:
        """Nothing waits, here or, as far as is known, in the table. What waits for its time does not count."""
        return not len(self.turns) and (self._behind is None or not self._is_open)

    # life

    async def start(self) -> None:
        """Take up what the table holds."""
        self._is_open = True
        await self._wait_on()
        await self._refill(is_sure=True)

    async def stop(self) -> None:
        """Read no more."""
        self._is_open = False
        for task in self._tasks:
            task.cancel()
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=3.0)

    def look(self) -> None:
        """Look into the table for rows that were not put by this process."""
        self._fall_behind(0)
        self.refill_soon()

    def refill_soon(self) -> None:
        """Read on in the table if there is more in it, and room here."""
        if self._is_open and self._behind is not None and not self._is_refilling and len(self._held) <= self.keep // 2:
            self._is_refilling = True
            self._begin(self._refill())

    def look_at(self, when: datetime) -> None:
        """Look into the table at this time: a row there waits for it."""
        if self.due_at is None or when < self.due_at:
            self.due_at = when
            self._begin(self._look_when(when))

    # items on their way

    def take_out(self, item: Item) -> None:
        """The item is under way: a newer edit does not take its place any more."""
        item.is_out = True
        self._forget_edit(item)

    def back(self, item: Item) -> None:
        """The item goes again, before all others of its chat."""
        if item.edits is not None and self._edits.setdefault(item.edits, item) is not item:
            item.gone = SUPERSEDED
        self._queue(item, first=True)

    def move(self, item: Item, chat_id: int, lane: str) -> None:
        """The item goes again, in the chat that its own has become."""
        item.row = replace(item.row, chat_id=chat_id, lane=lane)
        self._queue(item, first=True)

    def let_go(self, item: Item) -> None:
        """The row's fate is recorded (not before: a look into the table would find it pending)."""
        if self._held.pop(item.row.id, None) is not None and self._by_key.get(item.row.key) is item:
            del self._by_key[item.row.key]
        self._forget_edit(item)

    # what may go at once

    def claim(self, values: Mapping[str, Any], now: float) -> Item | None:
        """The item of a row about to be put, under way already: a reply that surely is new and has nothing before it."""
        key, chat = values["key"], values["chat_id"]
        if self._behind is not None or values["kind"] != Kind.REPLY or values["not_before"] or values["expires_at"]:
            return None
        if key in self._keys or not self._is_new(key) or values["method"].startswith("edit"):
            return None
        row = Outgoing(**{name: values[name] for name in _FIELDS})
        if not self.turns.claim(chat, now, is_group=chat < 0, cost=cost_of(row)):
            return None
        item = Item(row, is_sure=True)
        item.is_out = True
        self._keys.add(key)
        self._held[row.id] = self._by_key[key] = item
        return item

    def unclaim(self, item: Item) -> None:
        """Its row was not put after all, as far as is known: who puts the key again looks into the table first."""
        self._keys.discard(item.row.key)
        self._doubtful.add(item.row.key)
        self.let_go(item)

    # what is put and taken back

    def committed(self, unit: Unit) -> None:
        """Notice what a committed unit puts into the outbox or takes back. For the writer to call."""
        acts = self._acts
        for write in unit:
            act = acts.get(id(write.statement))
            if act is not None:
                act(write.params)

    def _on_put(self, values: Mapping[str, Any]) -> None:
        if values["status"] is Status.SENDING:
            return  # claimed: under way already
        key = values["key"]
        if key in self._keys:
            _log.debug("a second row under one key was dropped: %s", key)
            return
        if len(self._keys) >= 50_000:
            self._keys.clear()
            self._doubtful.clear()
            self._born = new_id()
        is_sure = self._is_new(key)
        self._keys.add(key)
        self._take(Outgoing(**{name: values[name] for name in _FIELDS}), is_sure)
        self._on_change()

    def _is_new(self, key: str) -> bool:
        """Whether a key cannot stand in the table from earlier: replies are keyed by an id, and this one was made since."""
        parts = key.split(":", 2)
        if parts[0] != "reply" or len(parts) < 2 or not parts[1].isdecimal():
            return False
        return self._born < int(parts[1]) <= new_id() and key not in self._doubtful

    def _on_cancel(self, values: Mapping[str, Any]) -> None:
        item = self._by_key.get(values["key_"])
        if item is not None:
            item.gone = "cancelled"

    def _on_settle(self, values: Mapping[str, Any]) -> None:
        item = self._held.get(values["id_"])
        if item is not None:
            item.gone = item.gone or "settled"

    def _on_skip(self, values: Mapping[str, Any]) -> None:
        for item in self.turns.waiting(values["chat_id_"]):
            if item.row.connection_id == values["connection_id_"] and URGENCY[item.row.kind] >= values["urgency_"]:
                item.gone = "skipped"

    def _on_forgotten(self, values: Mapping[str, Any]) -> None:
        """Rows have been deleted: each is looked at again before it goes."""
        for item in self._held.values():
            item.is_sure = False

    def _on_moved(self, values: Mapping[str, Any]) -> None:
        """A group has a new number: what waits for the old one is put under it."""
        for item in self.turns.drop(values["old_"], tuple(Class)):
            item.row = replace(item.row, chat_id=values["new_"], lane=values["lane_"])
            self._queue(item)
        self._on_change()

    def _take(self, row: Outgoing, is_sure: bool) -> None:
        if row.id in self._held:
            return
        if row.not_before is not None and row.not_before > self._clock.now():
            self.look_at(row.not_before)
            return
        urgency = URGENCY[row.kind]
        if (self._behind is not None and urgency >= self._behind) or (urgency > 0 and len(self._held) >= self.keep):
            self._fall_behind(urgency)
            self.refill_soon()
            return
        item = Item(row, is_sure)
        self._held[row.id] = self._by_key[row.key] = item
        if item.edits is not None:
            older = self._edits.get(item.edits)
            if older is not None and not older.is_out:
                older.gone = older.gone or SUPERSEDED
            self._edits[item.edits] = item
        self._queue(item)

    def _queue(self, item: Item, *, first: bool = False) -> None:
        row = item.row
        self.turns.put(
            row.chat_id, item, Class(URGENCY[row.kind]), is_group=row.chat_id < 0, cost=cost_of(row), first=first
        )

    def _forget_edit(self, item: Item) -> None:
        if item.edits is not None and self._edits.get(item.edits) is item:
            del self._edits[item.edits]

    # reading the table

    def _fall_behind(self, urgency: int) -> None:
        self._behind = urgency if self._behind is None else min(self._behind, urgency)
        self._has_missed = True

    async def _refill(self, *, is_sure: bool = False) -> None:
        """Take up pending rows, until none was left aside while we read. Unless nothing is under way (`is_sure`), one may
        have been sent while we read: each is looked at again before it goes."""
        self._is_refilling = True
        try:
            while True:
                now = self._clock.now()
                most = len(self._held) + self.keep // 2
                self._has_missed = False
                found = await self._rows.pending(now, most)
                has_missed = self._has_missed
                self._behind = None
                for row in found:
                    self._keys.add(row.key)
                    self._take(row, is_sure)
                if has_missed:
                    self._behind = 0
                elif len(found) >= most:
                    self._fall_behind(URGENCY[found[-1].kind])
                if not has_missed or len(self._held) > self.keep // 2:
                    break
                is_sure = False
            following = await self._rows.next_at(now)
            if following is not None:
                self.look_at(following)
        except StoreError as error:
            _log.warning("the outbox could not be read: %s", error)
            self._on_trouble("the outbox cannot be read")
        finally:
            self._is_refilling = False
        self._on_change()

    async def _wait_on(self) -> None:
        """Chats that were told to wait before the program ended do so still, and what was refused goes first in them."""
        now = self._clock.now()
        try:
            found = await self._rows.told_to_wait(now)
        except StoreError as error:
            _log.warning("who was told to wait could not be read: %s", error)
            return
        for row in found:
            assert row.not_before is not None
            item = Item(row, is_sure=True)
            self._keys.add(row.key)
            self._held[row.id] = self._by_key[row.key] = item
            self._queue(item)
            left = min((row.not_before - now).total_seconds(), LONGEST_WAIT)  # more is a clock that was set back since
            self.turns.rest(row.chat_id, self._measure(), left)

    async def _look_when(self, when: datetime) -> None:
        await self._clock.sleep_until(when)
        if self.due_at == when:
            self.due_at = None
            self.look()

    def _begin(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


def cost_of(row: Outgoing) -> int:
    """An album counts as many messages as it holds."""
    media = row.payload.get("media")
    return len(media) if isinstance(media, list | tuple) and media else 1
