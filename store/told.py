"""What was told: which facts a conversation has heard and when, so that none is repeated for hours."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import bindparam, delete, select
from sqlalchemy.dialects.postgresql import insert

from store.reading import Reader
from store.tables import Moment, told
from store.writing import Unit, Write

_TELL = insert(told)
_TELL = _TELL.on_conflict_do_update(index_elements=["conversation_id", "fact"], set_={"at": _TELL.excluded.at})
_PRUNE = delete(told).where(told.c.at < bindparam("before", type_=Moment))
_SINCE = select(told.c.fact, told.c.at).where(
    told.c.conversation_id == bindparam("conversation_id"), told.c.at >= bindparam("since", type_=Moment)
)


class Told:
    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    async def since(self, conversation_id: int, since: datetime) -> dict[str, datetime]:
        """The facts told in this conversation from `since` on, and when last."""
        rows = await self._reader.rows(_SINCE, {"conversation_id": conversation_id, "since": since})
        return {row[0]: row[1] for row in rows}

    @staticmethod
    def tell(conversation_id: int, facts: Iterable[str], now: datetime) -> Unit:
        """These facts are told now."""
        return tuple(
            Write(_TELL, {"conversation_id": conversation_id, "fact": fact, "at": now}, row=(conversation_id, fact))
            for fact in facts
        )

    @staticmethod
    def prune(before: datetime) -> Write:
        """Forget what was told before this time."""
        return Write(_PRUNE, {"before": before})
