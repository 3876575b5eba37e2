"""How many sends may be under way at once. Pure: time is handed in as seconds that only grow.

What is under way when the program is killed is in doubt for ever. So there are as few as it takes to use the rate that
Telegram allows: thirty a second of fifty milliseconds each are three at once, and one where the way is short.
"""

from collections import deque
from math import ceil

LATEST = 8
"""What one takes is the shortest of so many: more at once would not help where it is we who are slow."""
SPARE = 2.0
"""How many times that reckoning, for the slower ones among them, and so that a reply finds room beside a broadcast."""
HANGS = 1.0
"""Seconds after which a send is taken to hang: it holds up nobody any more."""


class Abreast:
    """At most `most` at once, and with a `rate` (messages a second, 0: none is set) no more than it needs.

    A program that has just begun knows nothing of the way yet and sends one at a time: it may be killed again soon.
    """

    __slots__ = ("_began", "_most", "_numbers", "_rate", "_took")

    def __init__(self, rate: float, most: int) -> None:
        self._rate, self._most = rate, most
        self._took: deque[float] = deque(maxlen=LATEST)
        self._numbers = 0
        self._began: dict[int, float] = {}  # in the order in which they began

    def __len__(self) -> int:
        """Sends under way."""
        return len(self._began)

    @property
    def wanted(self) -> int:
        """How many it takes to use the rate."""
        if self._rate <= 0:
            return self._most
        if len(self._took) < LATEST:
            return 1
        return min(max(ceil(self._rate * min(self._took) * SPARE), 1), self._most)

    def wait(self, now: float) -> float:
        """Seconds until one more may begin if none ends before: 0.0 is now, infinity not before one ends."""
        if len(self._began) >= self._most:
            return float("inf")
        wanted = self.wanted
        if len(self._began) < wanted:
            return 0.0
        lately = [began for began in self._began.values() if began + HANGS > now]
        return 0.0 if len(lately) < wanted else lately[len(lately) - wanted] + HANGS - now

    def begin(self, now: float) -> int:
        """One begins; its number is for `end`."""
        self._numbers += 1
        self._began[self._numbers] = now
        return self._numbers

    def end(self, number: int, now: float, *, sent: bool) -> None:
        """It is over. One that was not `sent` tells nothing of how long a send takes."""
        took = now - self._began.pop(number)
        if sent:
            self._took.append(took)
