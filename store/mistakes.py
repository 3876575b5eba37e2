"""Mistakes: what the shop did wrong, when it told the buyer, and the task of putting it right."""

from dataclasses import dataclass, field, fields
from datetime import datetime, timedelta

from sqlalchemy import bindparam, delete, insert, select, update

from store.ids import new_id
from store.reading import Reader
from store.tables import Moment, mistakes
from store.writing import Write


@dataclass(frozen=True, slots=True)
class Mistake:
    """`kind` is late, short, sorry or promise (a promise that was not kept); `cause` the seller's words, or empty.

    It was one from `since` on, the buyer was told at `told_at`, and it is to be put right by `due_at`.
    """

    buyer_id: int
    kind: str
    since: datetime
    by: str
    order_no: str | None = None
    promise_id: int | None = None
    cause: str = ""
    sku: str = ""
    told_at: datetime | None = None
    due_at: datetime | None = None
    closed_at: datetime | None = None
    id: int = field(default_factory=new_id)

    @property
    def time_to_tell(self) -> timedelta | None:
        """How long the buyer did not know; nothing when told beforehand, None while not told."""
        return None if self.told_at is None else max(self.told_at - self.since, timedelta())


_NAMES = tuple(one.name for one in fields(Mistake))
_ADD = insert(mistakes)
_THIS = mistakes.c.id == bindparam("id_")
_CLOSE = update(mistakes).where(_THIS, mistakes.c.closed_at.is_(None)).values(closed_at=bindparam("now_"))
_DROP = delete(mistakes).where(_THIS)
_REOPEN = update(mistakes).where(_THIS).values(closed_at=None)
_GET = select(mistakes).where(mistakes.c.id == bindparam("id"))
_OPEN = (
    select(mistakes)
    .where(mistakes.c.closed_at.is_(None), mistakes.c.due_at <= bindparam("until", type_=Moment))
    .order_by(mistakes.c.due_at, mistakes.c.id)
    .limit(bindparam("most"))
)
_OF_ORDER = select(mistakes).where(mistakes.c.order_no == bindparam("order_no")).order_by(mistakes.c.id)
_SINCE = select(mistakes).where(mistakes.c.since >= bindparam("since", type_=Moment)).order_by(mistakes.c.id)


class Mistakes:
    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    async def get(self, id: int) -> Mistake | None:
        row = await self._reader.row(_GET, {"id": id})
        return None if row is None else Mistake(**row._mapping)

    async def open(self, until: datetime, most: int = 200) -> list[Mistake]:
        """What is still to be put right by then, the soonest first."""
        return [Mistake(**row._mapping) for row in await self._reader.rows(_OPEN, {"until": until, "most": most})]

    async def of_order(self, order_no: str) -> list[Mistake]:
        return [Mistake(**row._mapping) for row in await self._reader.rows(_OF_ORDER, {"order_no": order_no})]

    async def since(self, since: datetime) -> list[Mistake]:
        """Everything that went wrong since then."""
        return [Mistake(**row._mapping) for row in await self._reader.rows(_SINCE, {"since": since})]

    @staticmethod
    def add(one: Mistake) -> Write:
        return Write(_ADD, {name: getattr(one, name) for name in _NAMES}, row=one.id)

    @staticmethod
    def close(id: int, now: datetime) -> Write:
        """It is put right."""
        return Write(_CLOSE, {"id_": id, "now_": now}, row=id)

    @staticmethod
    def drop(id: int) -> Write:
        """It was noted by mistake itself."""
        return Write(_DROP, {"id_": id}, row=id)

    @staticmethod
    def reopen(id: int) -> Write:
        """It was not put right after all."""
        return Write(_REOPEN, {"id_": id}, row=id)
