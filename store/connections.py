"""Business connections: accounts that let this bot answer in their name. Whether one is an owner's is asked elsewhere."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from store.reading import Found, Reader
from store.tables import business_connections
from store.writing import Write


@dataclass(frozen=True, slots=True)
class Connection:
    """A connection as Telegram told it last. `user_id` is the account's owner, `user_chat_id` their chat with the bot;
    `rights` are those of Telegram's BusinessBotRights that were given, by name."""

    id: str
    user_id: int
    user_chat_id: int
    since: datetime
    changed_at: datetime
    name: str = ""
    is_enabled: bool = True
    can_reply: bool = False
    rights: Mapping[str, bool] = field(default_factory=dict)


_NAMES = tuple(one.name for one in fields(Connection))
_SAVE = insert(business_connections)
_SAVE = _SAVE.on_conflict_do_update(
    index_elements=["id"], set_={name: _SAVE.excluded[name] for name in _NAMES if name not in ("id", "since")}
)
_ALL = select(business_connections).order_by(business_connections.c.since)


class Connections:
    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    async def all(self) -> list[Connection]:
        """Every connection ever made, the oldest first."""
        return [_connection(row) for row in await self._reader.rows(_ALL)]

    @staticmethod
    def save(connection: Connection) -> Write:
        """New, or changed by its account's owner."""
        values: dict[str, Any] = {name: getattr(connection, name) for name in _NAMES}
        return Write(_SAVE, {**values, "rights": dict(connection.rights)}, row=connection.id)


def _connection(row: Found) -> Connection:
    return Connection(**row._mapping)
