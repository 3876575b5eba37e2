"""Flooding: which lines of one chat are a flood, and when it has calmed."""

from collections import deque
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from delivery.job import Job, Unparsable

MERGED = frozenset(("message", "business_message"))
MOST_KNOWN = 1000
"""Chats whose recent times are kept after their lane is gone."""


@dataclass(frozen=True, slots=True)
class Flood:
    """More than `count` messages of one private chat within `seconds` are handed over together, once it has been quiet for
    `quiet` seconds or `seconds` have passed. Telegram's own message dates count, so a backlog is no flood. Count 0: never."""

    count: int = 20
    seconds: float = 10.0
    quiet: float = 2.0


USUAL = Flood()


class Pace:
    """How fast lines have come in one private chat: their `times`, the last one's, and since when it is a flood (0.0: it is none)."""

    __slots__ = ("flooded_at", "last_at", "times")

    def __init__(self, times: deque[float]) -> None:
        self.times = times
        self.flooded_at = 0.0
        self.last_at = 0.0


class Flooding:
    """Watches the pace of each private chat. `merges(job)` tells whether a line may be handed over together with others."""

    def __init__(self, flood: Flood, merges: Callable[[Job], bool] | None = None) -> None:
        self._flood, self._merges = flood, merges
        self._times: dict[str, deque[float]] = {}

    def pace(self, lane: str) -> Pace | None:
        """What is known of the lane of this name; None where nothing is ever merged."""
        parts = lane.split(":")
        if len(parts) != 3 or not parts[2].isdigit():
            return None
        times = self._times.pop(lane, None)
        return Pace(deque(maxlen=self._flood.count + 1) if times is None else times)

    def keep(self, lane: str, pace: Pace) -> None:
        """The lane is empty. The times of its recent messages are kept, for the flood they may belong to."""
        if pace.times:
            self._times[lane] = pace.times
            if len(self._times) > MOST_KNOWN:
                del self._times[next(iter(self._times))]

    def notice(self, pace: Pace, job: Job, now: float) -> None:
        """One more line has come."""
        if not self._may_merge(job):
            return
        pace.last_at = now
        pace.times.append(_date(job) or now)
        is_fast = len(pace.times) > self._flood.count and pace.times[-1] - pace.times[0] <= self._flood.seconds
        if is_fast and not pace.flooded_at:
            pace.flooded_at = now

    def calm_at(self, pace: Pace) -> float:
        """When the flood may be handed over."""
        return min(pace.last_at + self._flood.quiet, pace.flooded_at + self._flood.seconds)

    @property
    def longest(self) -> float:
        """Seconds that one waits at most."""
        return max(self._flood.quiet, self._flood.seconds)

    def together(self, jobs: Iterable[Job]) -> Sequence[Job]:
        """Those at the head that are handed over together; none where the first goes by itself."""
        batch = []
        for job in jobs:
            if not self._may_merge(job):
                break
            batch.append(job)
        return batch

    def _may_merge(self, job: Job) -> bool:
        if job.row.kind not in MERGED:
            return False
        try:
            return self._merges is None or self._merges(job)
        except Exception:  # what cannot be read is told where it is handled; here it must not end the lane
            return False


def _date(job: Job) -> float:
    """Telegram's own time of the message, 0 where there is none."""
    try:
        date = job.update[job.row.kind]["date"]
    except (KeyError, TypeError, Unparsable):
        return 0.0
    return float(date) if isinstance(date, int) and 0 <= date < 2**40 else 0.0  # whatever stands there
