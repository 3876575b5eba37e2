"""Plain lines: the updates of which a shop has most, as python-telegram-bot's types, at a small part of what its own reading
costs.

`Update.de_json` asks for each of a message's hundred fields whether it is there, and the constructor sets each by a method of
its own. A typed line has five, and two of them, the buyer and the chat, are the same with each of their lines: so the others are
copied from a message that the library made. What is made here equals what `de_json` makes, field by field.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from types import MemberDescriptorType
from typing import Any, Generic, NamedTuple, TypeGuard, TypeVar

from telegram import Bot, Chat, Message, TelegramObject, Update, User

Kind = TypeVar("Kind", bound=TelegramObject)

KINDS = {
    "message": {"message_id", "from", "chat", "date", "text"},
    "business_message": {"message_id", "from", "chat", "date", "text", "business_connection_id"},
}
"""What an update may hold beside its number, and all that a plain line of that kind has."""
LATEST = 2000
"""People whose two objects are kept."""
_LARGEST = 2**63
_LAST_SECOND = 253402300799  # the end of the year 9999


class _Person(NamedTuple):
    """Who wrote and where, as it came and as PTB's types."""

    raw_user: Mapping[str, Any]
    raw_chat: Mapping[str, Any]
    user: User
    chat: Chat


class Mould(Generic[Kind]):
    """Makes objects like one that the library's constructor made, but for the fields that are given. `identity` names those by
    which the library tells two such objects apart."""

    def __init__(self, like: Kind, identity: tuple[str, ...]) -> None:
        self._type = type(like)
        self._identity = identity
        slots = {name: getattr(self._type, name, None) for one in self._type.__mro__ for name in _slots(one)}
        self._copied = [
            (slot.__set__, getattr(like, name))
            for name, slot in slots.items()
            if isinstance(slot, MemberDescriptorType) and hasattr(like, name)
        ]

    def cast(self, bot: Bot | None, fields: Mapping[str, Any]) -> Kind:
        made = self._type.__new__(self._type)
        for put, value in self._copied:
            put(made, value)
        for name, value in fields.items():
            object.__setattr__(made, name, value)
        made._id_attrs = tuple([fields[name] for name in self._identity])
        made.set_bot(bot)
        return made


def _slots(one: type) -> tuple[str, ...]:
    """The names of a class's own slots."""
    own: str | tuple[str, ...] = vars(one).get("__slots__", ())
    return (own,) if isinstance(own, str) else tuple(own)


class PlainLines:
    """Reads plain lines for one bot."""

    def __init__(self, bot: Bot | None) -> None:
        self._bot = bot
        self._messages = Mould(Message(0, datetime.fromtimestamp(0, UTC), Chat(0, "")), ("message_id", "chat"))
        self._updates = Mould(Update(0), ("update_id",))
        self._people: dict[int, _Person] = {}

    def read(self, raw: Mapping[str, Any]) -> Update | None:
        """The update, or None for all that is not plainly a line: an edit, a picture, an entity, or anything that is odd."""
        if len(raw) != 2:
            return None
        number = raw.get("update_id")
        kind = "message" if "message" in raw else "business_message"
        found = raw.get(kind)
        if type(number) is not int or type(found) is not dict or found.keys() != KINDS[kind]:
            return None
        message_id, date, text = found["message_id"], found["date"], found["text"]
        connection = found.get("business_connection_id")
        if not (_fits(message_id) and type(date) is int and 0 < date <= _LAST_SECOND and type(text) is str):
            return None
        person = self._person(found["from"], found["chat"])
        if person is None or not (connection is None or type(connection) is str):
            return None
        message = self._messages.cast(
            self._bot,
            {
                "message_id": message_id,
                "date": datetime.fromtimestamp(date, UTC),
                "chat": person.chat,
                "from_user": person.user,
                "text": text,
                "business_connection_id": connection,
            },
        )
        return self._updates.cast(self._bot, {"update_id": number, kind: message})

    def _person(self, raw_user: Any, raw_chat: Any) -> _Person | None:
        if type(raw_user) is not dict or type(raw_chat) is not dict:
            return None
        key = raw_user.get("id")
        if not _fits(key):
            return None
        known = self._people.get(key)
        if known is not None and known.raw_user == raw_user and known.raw_chat == raw_chat:
            return known
        if not (
            _fits(raw_chat.get("id")) and type(raw_user.get("first_name")) is str and type(raw_chat.get("type")) is str
        ):
            return None
        made = _Person(raw_user, raw_chat, User.de_json(raw_user, self._bot), Chat.de_json(raw_chat, self._bot))
        if known is None and len(self._people) >= LATEST:
            del self._people[next(iter(self._people))]
        self._people[key] = made
        return made


def _fits(value: object) -> TypeGuard[int]:
    """A whole number that fits into a column."""
    return type(value) is int and -_LARGEST <= value < _LARGEST
