"""Pausing after a restore: what was due before may have been done already, so nothing of it is done again by itself."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, func, or_, select, update

from store.inbox import RESTORED, Fate
from store.marks import PAUSED, Marks
from store.outbox import IS_DUE, Kind, Outbox, Status
from store.reading import Reader
from store.tables import Moment, inbox, outbox, turns
from store.writing import Unit, Write

HELD = "paused since a restore; /go lets it go"
"""Why a message to a buyer waits; `Outbox.release` finds it by this."""

_SET_ASIDE = update(inbox).where(inbox.c.status == Fate.NEW).values(status=Fate.DEAD, error=RESTORED, not_before=None)
_CLOSE = (
    update(turns)
    .where(turns.c.closed_at.is_(None))
    .values(closed_at=bindparam("now_", type_=Moment), outcome="restored")
)
_WAITING = select(func.count()).select_from(inbox).where(inbox.c.status == Fate.NEW)
_OPEN = select(func.count()).select_from(turns).where(turns.c.closed_at.is_(None))
_DUE = select(func.count()).select_from(outbox).where(or_(outbox.c.status == Status.SENDING, IS_DUE))
_DOUBT_DUE = update(outbox).where(IS_DUE).values(status=Status.UNKNOWN, error=RESTORED)
_DOUBT_SENDING = update(outbox).where(outbox.c.status == Status.SENDING).values(status=Status.UNKNOWN, error=RESTORED)
_DOUBT_PUSHES = (
    update(outbox)
    .where(
        outbox.c.status == Status.PENDING,
        outbox.c.kind.in_([Kind.PUSH, Kind.BULK]),
        outbox.c.created_at >= bindparam("since", type_=Moment),
        outbox.c.error == HELD,
    )
    .values(status=Status.UNKNOWN, error=RESTORED)
)


@dataclass(frozen=True, slots=True)
class Pause:
    """Since when nothing goes to a buyer, how many messages were due then, and how many updates and turns waited."""

    since: datetime
    unsent: int
    unanswered: int


class Pausing:
    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    async def read(self) -> Pause | None:
        """The pause that holds now; None when there is none."""
        value = await Marks(self._reader).get(PAUSED)
        if not isinstance(value, dict):
            return None
        return Pause(datetime.fromisoformat(value["since"]), int(value["unsent"]), int(value["unanswered"]))

    async def begin(self, now: datetime) -> Unit:
        """What was due or under way becomes `unknown`, what waited to be handled is set aside, and the pause is marked."""
        unsent = int(await self._reader.value(_DUE, {"now": now}))
        unanswered = int(await self._reader.value(_WAITING)) + int(await self._reader.value(_OPEN))
        value = {"since": now.isoformat(), "unsent": unsent, "unanswered": unanswered}
        return (
            Write(_DOUBT_DUE, {"now": now}),
            Write(_DOUBT_SENDING, {}),
            Write(_SET_ASIDE, {}),
            Write(_CLOSE, {"now_": now}),
            Marks.set(PAUSED, value, now),
        )

    @staticmethod
    def end(pause: Pause) -> Unit:
        """Go on. Replies held back are let go; pushes are not, for they may have been due before the restore."""
        return (Write(_DOUBT_PUSHES, {"since": pause.since}), Outbox.release(HELD), Marks.clear(PAUSED))
