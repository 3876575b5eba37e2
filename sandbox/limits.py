"""Flood limits, off until asked for: 30 messages a second, one a second in a chat, 20 a minute in a group.

The figures are those of the Bot FAQ ("My bot is hitting limits"). It speaks of short bursts in a chat that "may" be
allowed, and promises none, so none is given unless `burst` says so. An album counts as one; an edit counts too.
"""

import math
import time
from collections import defaultdict, deque
from collections.abc import Callable
from dataclasses import dataclass

from sandbox.errors import too_many_requests


@dataclass(frozen=True, slots=True)
class Rule:
    """At most `count` in any `seconds`."""

    count: int
    seconds: float


class Limits:
    """Counts accepted messages in real time; past a limit it answers 429 with the seconds to wait."""

    def __init__(self, measure: Callable[[], float] = time.monotonic) -> None:
        self._measure = measure
        self.enforced = False
        self._overall = Rule(30, 1.0)
        self._chat = Rule(1, 1.0)
        self._group = Rule(20, 60.0)
        self._seen: dict[int | None, deque[float]] = defaultdict(deque)

    def enforce(self, *, overall: int = 30, chat: int = 1, group: int = 20, burst: int = 0) -> None:
        """From now on hold the bot to these figures; `burst` allows that many more in a chat's second."""
        self._overall, self._chat, self._group = Rule(overall, 1.0), Rule(chat + burst, 1.0), Rule(group, 60.0)
        self.enforced = True

    def relax(self) -> None:
        """Count no longer."""
        self.enforced = False
        self._seen.clear()

    def check(self, chat_id: int) -> None:
        """Count one message to `chat_id`, or raise 429. A refused one is not counted."""
        if not self.enforced:
            return
        now = self._measure()
        rules = [(None, self._overall), (chat_id, self._group if chat_id < 0 else self._chat)]
        wait = max(self._wait(key, rule, now) for key, rule in rules)
        if wait > 0:
            raise too_many_requests(max(1, math.ceil(wait)))
        for key, _ in rules:
            self._seen[key].append(now)

    def _wait(self, key: int | None, rule: Rule, now: float) -> float:
        seen = self._seen[key]
        while seen and seen[0] <= now - rule.seconds:
            seen.popleft()
        return seen[0] + rule.seconds - now if len(seen) >= rule.count else 0.0
