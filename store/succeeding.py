"""Succeeding another bot on its database: the numbers of its messages are other messages' in this one's chats."""

from sqlalchemy import delete, select, update

from store.outbox import Status
from store.reading import Reader
from store.tables import cards, inbox, outbox
from store.writing import Unit, Write

_LATEST = select(inbox.c.bot_id).order_by(inbox.c.seq.desc()).limit(1)
_NO_CARDS = delete(cards)
_NO_EDITS = (
    update(outbox)
    .where(outbox.c.status == Status.PENDING, outbox.c.chat_id > 0, outbox.c.method.startswith("edit", autoescape=True))
    .values(status=Status.SKIPPED, error="what it changes is another bot's")
)


class Succeeding:
    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    async def before(self) -> int | None:
        """The bot that was last written to; None when nobody has written yet."""
        found: int | None = await self._reader.value(_LATEST)
        return found

    @staticmethod
    def begin() -> Unit:
        """No message of the other bot's is changed: what waits to be shown is shown anew."""
        return (Write(_NO_CARDS, {}), Write(_NO_EDITS, {}))
