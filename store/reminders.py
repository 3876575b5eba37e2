"""Reminders: what one of the shop's people wants to come back to, and when."""

from dataclasses import dataclass, field, fields
from datetime import datetime

from sqlalchemy import bindparam, insert, select, update

from store.ids import new_id
from store.reading import Reader
from store.tables import Moment, reminders
from store.writing import Write


@dataclass(frozen=True, slots=True)
class Reminder:
    """About a buyer, for the person `user_id`. `told_at`: when that person was reminded; open until `closed_at`."""

    user_id: int
    buyer_id: int
    due_at: datetime
    made_at: datetime
    note: str = ""
    conversation_id: int | None = None
    told_at: datetime | None = None
    closed_at: datetime | None = None
    id: int = field(default_factory=new_id)


_NAMES = tuple(one.name for one in fields(Reminder))
_ADD = insert(reminders)
_ID = reminders.c.id == bindparam("id_")
_TOLD = update(reminders).where(_ID).values(told_at=bindparam("now_"))
_CLOSE = update(reminders).where(_ID).values(closed_at=bindparam("now_"))
_MOVE = update(reminders).where(_ID).values(due_at=bindparam("due_"), told_at=None, closed_at=None)
_GIVE = update(reminders).where(_ID, reminders.c.user_id == bindparam("from_")).values(user_id=bindparam("to_"))
_OPEN = select(reminders).where(reminders.c.closed_at.is_(None)).order_by(reminders.c.due_at, reminders.c.id)
_DUE = _OPEN.where(reminders.c.told_at.is_(None), reminders.c.due_at <= bindparam("now", type_=Moment)).limit(
    bindparam("most")
)
_GET = select(reminders).where(reminders.c.id == bindparam("id"))


class Reminders:
    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    async def get(self, id: int) -> Reminder | None:
        row = await self._reader.row(_GET, {"id": id})
        return None if row is None else Reminder(**row._mapping)

    async def open(self) -> list[Reminder]:
        """All that is not done with, the soonest first."""
        return [Reminder(**row._mapping) for row in await self._reader.rows(_OPEN)]

    async def due(self, now: datetime, most: int = 100) -> list[Reminder]:
        """What is due and was not told yet."""
        return [Reminder(**row._mapping) for row in await self._reader.rows(_DUE, {"now": now, "most": most})]

    @staticmethod
    def add(reminder: Reminder) -> Write:
        return Write(_ADD, {name: getattr(reminder, name) for name in _NAMES}, row=reminder.id)

    @staticmethod
    def told(id: int, now: datetime) -> Write:
        return Write(_TOLD, {"id_": id, "now_": now}, row=id)

    @staticmethod
    def close(id: int, now: datetime | None) -> Write:
        """Done with; None: open again."""
        return Write(_CLOSE, {"id_": id, "now_": now}, row=id)

    @staticmethod
    def move(id: int, due_at: datetime) -> Write:
        """Told again at another time."""
        return Write(_MOVE, {"id_": id, "due_": due_at}, row=id)

    @staticmethod
    def give(id: int, from_user: int, to_user: int) -> Write:
        """It becomes another person's, if it is still the first one's."""
        return Write(_GIVE, {"id_": id, "from_": from_user, "to_": to_user}, row=id)
