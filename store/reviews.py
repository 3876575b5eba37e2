"""Reviews: agents' changes of protected fields, until a manager has accepted or refused them."""

from dataclasses import dataclass, field, fields
from datetime import datetime

from sqlalchemy import bindparam, insert, select, update

from store.ids import new_id
from store.reading import Reader
from store.tables import reviews
from store.writing import Write


@dataclass(frozen=True, slots=True)
class Review:
    """`kind` and `about` name what is to change, e.g. price and A-1; values are as a person would write them."""

    at: datetime
    by: int
    kind: str
    about: str
    before: str | None
    after: str | None
    decided_at: datetime | None = None
    decided_by: int | None = None
    decision: str = ""
    id: int = field(default_factory=new_id)


_NAMES = tuple(one.name for one in fields(Review))
_ADD = insert(reviews)
_DECIDE = (
    update(reviews)
    .where(reviews.c.id == bindparam("id_"))
    .values(decided_at=bindparam("now_"), decided_by=bindparam("by_"), decision=bindparam("decision_"))
)
_GET = select(reviews).where(reviews.c.id == bindparam("id"))
_OPEN = select(reviews).where(reviews.c.decided_at.is_(None)).order_by(reviews.c.id)


class Reviews:
    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    async def get(self, id: int) -> Review | None:
        row = await self._reader.row(_GET, {"id": id})
        return None if row is None else Review(**row._mapping)

    async def open(self) -> list[Review]:
        """What waits for a manager, the longest first."""
        return [Review(**row._mapping) for row in await self._reader.rows(_OPEN)]

    @staticmethod
    def add(review: Review) -> Write:
        return Write(_ADD, {name: getattr(review, name) for name in _NAMES}, row=review.id)

    @staticmethod
    def decide(id: int, decision: str, by: int, now: datetime) -> Write:
        """ "accepted", "refused", or "stale" when the field had changed meanwhile."""
        return Write(_DECIDE, {"id_": id, "decision_": decision, "by_": by, "now_": now}, row=id)
