"""Cards: the seller's one card per conversation, edited as lines come."""

from dataclasses import dataclass, fields
from datetime import datetime

from sqlalchemy import bindparam, delete, select
from sqlalchemy.dialects.postgresql import insert

from store.reading import Reader
from store.tables import cards
from store.writing import Write


@dataclass(frozen=True, slots=True)
class Card:
    """`chat_id` is a seller's; `message_id` is known once the card was sent; `shown` is the text it shows.

    Which conversation any message in a seller's chat is about is `store/sent.py`'s to say.
    """

    conversation_id: int
    chat_id: int
    outbox_key: str
    shown: str
    at: datetime
    message_id: int | None = None


_NAMES = tuple(one.name for one in fields(Card))
_SAVE = insert(cards)
_SAVE = _SAVE.on_conflict_do_update(
    index_elements=["conversation_id", "chat_id"],
    set_={name: _SAVE.excluded[name] for name in ("outbox_key", "shown", "at", "message_id")},
)
_LET_GO = delete(cards).where(cards.c.conversation_id == bindparam("conversation_id_"))
_OF = select(cards).where(cards.c.conversation_id == bindparam("conversation_id")).order_by(cards.c.chat_id)


class Cards:
    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    async def of_conversation(self, conversation_id: int) -> list[Card]:
        """The conversation's cards, one per seller's chat."""
        rows = await self._reader.rows(_OF, {"conversation_id": conversation_id})
        return [Card(**row._mapping) for row in rows]

    @staticmethod
    def save(card: Card) -> Write:
        """The card as it is now; it replaces the one in the same chat."""
        return Write(_SAVE, {name: getattr(card, name) for name in _NAMES}, row=card.conversation_id)

    @staticmethod
    def let_go(conversation_id: int) -> Write:
        """The next thing to show begins a new card."""
        return Write(_LET_GO, {"conversation_id_": conversation_id}, row=conversation_id)
