"""How fast we may speak, and whose turn it is. Pure: time is handed in as seconds that only grow.

Telegram counts when a message *arrives*, and nobody here knows when that was; it was before the answer. So a slot is free
again one period after the answer, and a window is never over, however long the way was.
"""

import heapq
from collections import deque
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Generic, TypeVar

Item = TypeVar("Item")


class Class(IntEnum):
    """What goes first. A lower number is served before a higher one."""

    REPLY = 0
    PUSH = 1
    BROADCAST = 2


@dataclass(frozen=True, slots=True)
class Rates:
    """Messages: `overall` a second, `chat` a second in one chat, `group` a minute in one group. 0 switches one off."""

    overall: float = 30.0
    chat: float = 1.0
    group: float = 20.0


TELEGRAM = Rates()
"""What the Bot FAQ states."""


class Window:
    """At most `count` in any `per` seconds. `take` when something leaves, `give` when its answer is there."""

    __slots__ = ("_count", "_free_at", "_out", "_per")

    def __init__(self, count: int, per: float) -> None:
        self._count, self._per = count, per
        self._out = 0
        self._free_at: deque[float] = deque()

    @classmethod
    def of(cls, rate: float, per: float = 1.0) -> "Window | None":
        """A window for `rate` in `per` seconds; None when the rate is 0. A rate below one is one in so much longer."""
        if rate <= 0:
            return None
        return cls(int(rate), per) if rate >= 1 else cls(1, per / rate)

    def wait(self, now: float, cost: int = 1) -> float:
        """Seconds until `cost` slots may be free: 0.0 is now, infinity is not before an answer comes."""
        free_at = self._free_at
        while free_at and free_at[0] <= now:
            free_at.popleft()
        over = self._out + len(free_at) + min(cost, self._count) - self._count
        if over <= 0:
            return 0.0
        return free_at[over - 1] - now if over <= len(free_at) else float("inf")

    def take(self, cost: int = 1) -> None:
        self._out += min(cost, self._count)

    def give(self, now: float, cost: int = 1) -> None:
        cost = min(cost, self._count)
        self._out -= cost
        self._free_at.extend([now + self._per] * cost)

    def untake(self, cost: int = 1) -> None:
        """Nothing left after all."""
        self._out -= min(cost, self._count)

    def is_idle(self, now: float) -> bool:
        return self._out == 0 and (not self._free_at or self._free_at[-1] <= now)


class _State(IntEnum):
    EMPTY = 0
    READY = 1
    RESTING = 2
    OUT = 3


@dataclass(slots=True, eq=False)
class _Chat(Generic[Item]):
    """One chat's waiting items, first in first out within a class, and its own windows."""

    key: Hashable
    windows: tuple[Window, ...]
    waiting: tuple[deque[tuple[Item, int]], ...] = field(default_factory=lambda: tuple(deque() for _ in Class))
    state: _State = _State.EMPTY
    stamp: int = 0
    ring: int = 0
    parked_until: float = 0.0

    def best(self) -> int | None:
        for number, items in enumerate(self.waiting):
            if items:
                return number
        return None

    def wait(self, now: float) -> float:
        wait = self.parked_until - now
        for window in self.windows:
            wait = max(wait, window.wait(now))
        return max(wait, 0.0)


class Turns(Generic[Item]):
    """Who may send next: within the windows, by class, and in turn over the chats; one at a time in each chat.

    A chat is any hashable key. `put` as things come; `next(now)` until it is None; `answered` after each, always. `wait(now)`
    then tells how long nothing can go (None: until something is put or answered).

    Broadcasts are spread over the second: used up at once, its slots would be free at once too, and a reply that comes
    meanwhile would wait for most of a second instead of a thirtieth.
    """

    def __init__(self, rates: Rates) -> None:
        self._rates = rates
        self._overall = Window.of(rates.overall)
        self._step = 1.0 / rates.overall if rates.overall > 0 else 0.0
        self._broadcast_at = 0.0
        self._chats: dict[Hashable, _Chat[Item]] = {}
        self._rings: tuple[deque[tuple[_Chat[Item], int]], ...] = tuple(deque() for _ in Class)
        self._resting: list[tuple[float, int, _Chat[Item], int]] = []
        self._stamps = 0
        self._tidy_at = 1000
        self._size = 0
        self._parked_until = 0.0
        self._held_until = 0.0
        self._last_429: tuple[float, float, Hashable] | None = None
        self._has_gone = False  # something got through since then

    def __len__(self) -> int:
        """Items waiting, those that are out not counted."""
        return self._size

    def put(
        self, chat: Hashable, item: Item, cls: Class, *, is_group: bool, cost: int = 1, first: bool = False
    ) -> None:
        """Add an item at the end of its chat's queue, or with `first` at its head (one that goes again)."""
        lane = self._lane(chat, is_group)
        if first:
            lane.waiting[cls].appendleft((item, cost))
        else:
            lane.waiting[cls].append((item, cost))
        self._size += 1
        if lane.state is _State.EMPTY or (lane.state is _State.READY and cls < lane.ring):
            self._make_ready(lane)

    def next(self, now: float) -> tuple[Hashable, Item, int] | None:
        """The next that may go now as (chat, item, cost), or None. Its slots are taken."""
        resting = self._resting
        while resting and resting[0][0] <= now:
            _, _, lane, stamp = heapq.heappop(resting)
            if lane.state is _State.RESTING and lane.stamp == stamp:
                self._make_ready(lane)
        self._held_until = self._parked_until
        if now < self._parked_until:
            return None
        for ring in self._rings:
            while ring:
                lane, stamp = ring[0]
                if lane.state is not _State.READY or lane.stamp != stamp:
                    ring.popleft()
                    continue
                wait = lane.wait(now)
                if wait > 0:
                    ring.popleft()
                    self._rest(lane, now + wait)
                    continue
                best = lane.best()
                if best is None:
                    ring.popleft()
                    self._settle(lane, now)
                    continue
                item, cost = lane.waiting[best][0]
                if best == Class.BROADCAST and now < self._broadcast_at:
                    self._held_until = self._broadcast_at
                    return None
                if self._overall is not None:
                    if (wait := self._overall.wait(now, cost)) > 0:
                        self._held_until = now + wait
                        return None
                    self._overall.take(cost)
                if best == Class.BROADCAST:  # a late timer is made up for, by one step at most
                    self._broadcast_at = max(self._broadcast_at, now - self._step) + self._step * cost
                ring.popleft()
                lane.waiting[best].popleft()
                self._size -= 1
                self._out(lane, cost)
                return lane.key, item, cost
        return None

    def claim(self, chat: Hashable, now: float, *, is_group: bool, cost: int = 1) -> bool:
        """Take the slots for something that waits nowhere yet, if it may go at once and nothing of its chat is before it."""
        lane = self._lane(chat, is_group)
        if now < self._parked_until or lane.state is not _State.EMPTY or lane.wait(now) > 0:
            return False
        if self._overall is not None:
            if self._overall.wait(now, cost) > 0:
                return False
            self._overall.take(cost)
        self._out(lane, cost)
        return True

    def answered(self, chat: Hashable, now: float, cost: int = 1, *, called: bool = True) -> None:
        """What was out for this chat is over. With `called` False no call was made and the slots are free at once."""
        lane = self._chats[chat]
        windows = [(window, self._cost(number, cost)) for number, window in enumerate(lane.windows)]
        if self._overall is not None:
            windows.append((self._overall, cost))
        for window, own in windows:
            if called:
                window.give(now, own)
            else:
                window.untake(own)
        self._settle(lane, now)
        if len(self._chats) >= self._tidy_at:
            self._tidy(now)

    def park(self, chat: Hashable, now: float, seconds: float) -> None:
        """A chat was told to wait. A different one within a second, or while it waits and nothing got through between them: it is
        the whole bot that must. Telegram says the same of both limits, and each try in vain makes the wait longer."""
        self.rest(chat, now, seconds)
        before, has_gone = self._last_429, self._has_gone
        self._last_429, self._has_gone = (now, now + seconds, chat), False
        if before is None or before[2] == chat:
            return
        at, until, _ = before
        if now - at <= 1.0 or (now < until and not has_gone):
            self.park_all(now, seconds)

    def got_through(self) -> None:
        """Something was sent: a chat that was told to wait before does so alone."""
        self._has_gone = True

    def rest(self, chat: Hashable, now: float, seconds: float) -> None:
        """A chat waits, for a reason that says nothing of the others."""
        lane = self._chats.get(chat)
        if lane is not None:
            lane.parked_until = max(lane.parked_until, now + seconds)
            if lane.state is _State.READY:
                self._rest(lane, lane.parked_until)

    def park_all(self, now: float, seconds: float) -> None:
        self._parked_until = max(self._parked_until, now + seconds)

    def wait(self, now: float) -> float | None:
        """Seconds after which `next`, which has just said None, may have something; None: only after a `put` or an answer."""
        soonest = self._resting[0][0] if self._resting else float("inf")
        if any(self._rings):
            soonest = min(soonest, self._held_until)
        soonest = max(soonest, self._parked_until)
        return None if soonest == float("inf") else max(soonest - now, 0.0)

    def drop(self, chat: Hashable, classes: Sequence[Class]) -> list[Item]:
        """Take out and return what waits for a chat in these classes."""
        lane = self._chats.get(chat)
        dropped: list[Item] = []
        if lane is not None:
            for cls in classes:
                dropped += [item for item, _ in lane.waiting[cls]]
                lane.waiting[cls].clear()
        self._size -= len(dropped)
        return dropped

    def waiting(self, chat: Hashable) -> Iterator[Item]:
        """What waits for a chat, in the order it would go."""
        lane = self._chats.get(chat)
        if lane is not None:
            for items in lane.waiting:
                for item, _ in items:
                    yield item

    def _lane(self, chat: Hashable, is_group: bool) -> _Chat[Item]:
        lane = self._chats.get(chat)
        if lane is None:
            rates = self._rates
            windows = (Window.of(rates.chat), Window.of(rates.group, 60.0) if is_group else None)
            lane = self._chats[chat] = _Chat(chat, tuple(window for window in windows if window is not None))
        return lane

    def _out(self, lane: _Chat[Item], cost: int) -> None:
        lane.state = _State.OUT
        for number, window in enumerate(lane.windows):
            window.take(self._cost(number, cost))

    def _tidy(self, now: float) -> None:
        """Forget chats that are empty and whose windows are free again. Done seldom: when their number has doubled."""
        for key in [key for key, lane in self._chats.items() if lane.state is _State.EMPTY]:
            lane = self._chats[key]
            if lane.parked_until <= now and all(window.is_idle(now) for window in lane.windows):
                del self._chats[key]
        self._tidy_at = max(1000, 2 * len(self._chats))

    def _settle(self, lane: _Chat[Item], now: float) -> None:
        if lane.best() is None:
            lane.state = _State.EMPTY
        elif (wait := lane.wait(now)) > 0:
            self._rest(lane, now + wait)
        else:
            self._make_ready(lane)

    def _make_ready(self, lane: _Chat[Item]) -> None:
        best = lane.best()
        if best is None:
            lane.state = _State.EMPTY
            return
        self._stamps += 1
        lane.state, lane.stamp, lane.ring = _State.READY, self._stamps, best
        self._rings[best].append((lane, lane.stamp))

    def _rest(self, lane: _Chat[Item], until: float) -> None:
        self._stamps += 1
        lane.state, lane.stamp = _State.RESTING, self._stamps
        heapq.heappush(self._resting, (until, lane.stamp, lane, lane.stamp))

    def _cost(self, number: int, cost: int) -> int:
        """An album is one message in its chat's second, and as many as it holds in every other window."""
        return 1 if number == 0 and self._rates.chat > 0 else cost
