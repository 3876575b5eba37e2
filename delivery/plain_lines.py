"""Plain lines: the updates of which a shop has most, as python-telegram-bot's types, at half of what its own reading costs.

`Update.de_json` asks for each of a message's hundred fields whether it is there. A typed line has five, and two of them, the
buyer and the chat, are the same with each of their lines. What is made here equals what `de_json` makes.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, NamedTuple, TypeGuard

from telegram import Bot, Chat, Message, Update, User

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


class PlainLines:
    """Reads plain lines for one bot."""

    def __init__(self, bot: Bot | None) -> None:
        self._bot = bot
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
        message = Message(
            message_id,
            datetime.fromtimestamp(date, UTC),
            person.chat,
            from_user=person.user,
            text=text,
            business_connection_id=connection,
        )
        update = Update(number, message) if kind == "message" else Update(number, business_message=message)
        message.set_bot(self._bot)
        update.set_bot(self._bot)
        return update

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
