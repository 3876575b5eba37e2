"""A pretend carrier for the sandbox: its parcels go their way by themselves as the clock is moved.

A parcel is collected an hour after it was shipped, is on its way within the first half day, out for delivery after a day
and a half, and delivered shortly after. A number's last digit chooses what else may happen: 7 is refused and comes back,
8 is heard of no more, 9 waits at a pickup point.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Protocol

from core.tracking.values import Asked, BadSignature, Event, Report, Status, Wanted

Step = tuple[float, Status, str, str]
"""Hours after shipping, status, words, place."""
_SETTING_OUT: tuple[Step, ...] = (
    (1, Status.COLLECTED, "快递员已揽收", "杭州市"),
    (9, Status.TRANSIT, "已离开杭州转运中心", "杭州市"),
    (21, Status.TRANSIT, "已到达上海转运中心", "上海市"),
)
_JOURNEYS: dict[str, tuple[Step, ...]] = {
    "": (
        *_SETTING_OUT,
        (34, Status.OUT, "快递员正在派送", "上海市浦东新区"),
        (38, Status.DELIVERED, "已签收", "上海市浦东新区"),
    ),
    "7": (
        *_SETTING_OUT,
        (34, Status.OUT, "快递员正在派送", "上海市浦东新区"),
        (38, Status.REFUSED, "收件人拒收", "上海市浦东新区"),
        (58, Status.RETURNING, "退回途中", "上海市"),
    ),
    "8": _SETTING_OUT,
    "9": (
        *_SETTING_OUT,
        (34, Status.PICKUP, "已放入驿站，请凭取件码取件", "上海市浦东新区"),
    ),
}


class Now(Protocol):
    """Tells the time."""

    def now(self) -> datetime: ...


class SandboxCarrier:
    """Answers from the clock alone."""

    name = "sandbox"
    batch = 200
    least = timedelta()

    def __init__(self, clock: Now) -> None:
        self._clock = clock

    async def ask(self, wanted: Sequence[Wanted]) -> Asked:
        """Where each parcel is by now."""
        now = self._clock.now()
        return Asked(tuple(report(one, now) for one in wanted))

    def push(self, headers: Mapping[str, str], body: bytes) -> tuple[Report, ...]:
        raise BadSignature

    async def close(self) -> None:
        """Nothing is open."""


def report(one: Wanted, now: datetime) -> Report:
    """All that has happened to a parcel up to now."""
    since = one.shipped_at or now
    steps = _JOURNEYS.get(one.number[-1:], _JOURNEYS[""])
    events = tuple(
        Event(since + timedelta(hours=hours), status, words, place)
        for hours, status, words, place in steps
        if since + timedelta(hours=hours) <= now
    )
    return Report(one.number, events[-1].status if events else Status.PENDING, events)
