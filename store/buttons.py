"""Buttons: what a tap means. Telegram's callback_data is only the row's id, which nobody can guess or forge."""

from collections.abc import Mapping
from dataclasses import field, fields
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, insert, or_, select

from core.frozen import frozen
from store.ids import new_button_id
from store.reading import Reader
from store.tables import Moment, button_uses, buttons
from store.writing import Unit, Write


@frozen
class Button:
    """A tap by `user_id` (None: anybody in the chat) in `chat_id` does `action` with `data`, until `expires_at`, once."""

    chat_id: int
    user_id: int | None
    action: str
    made_at: datetime
    data: Mapping[str, Any] = field(default_factory=dict)
    expires_at: datetime | None = None
    id: str = field(default_factory=new_button_id)
    used_at: datetime | None = None

    def is_for(self, chat_id: int, user_id: int) -> bool:
        """Whether this person may tap it there."""
        return self.chat_id == chat_id and self.user_id in (None, user_id)

    def is_alive(self, now: datetime) -> bool:
        """Whether a tap still does something."""
        return self.used_at is None and (self.expires_at is None or now < self.expires_at)


_NAMES = tuple(one.name for one in fields(Button) if one.name != "used_at")
_ADD = insert(buttons)
_USE = insert(button_uses)
_IS_STALE = or_(
    buttons.c.expires_at < bindparam("expired_", type_=Moment), buttons.c.made_at < bindparam("made_", type_=Moment)
)
_PRUNE_USES = delete(button_uses).where(button_uses.c.button_id.in_(select(buttons.c.id).where(_IS_STALE)))
_PRUNE = delete(buttons).where(_IS_STALE)
_GET = (
    select(buttons, button_uses.c.at.label("used_at"))
    .outerjoin(button_uses, button_uses.c.button_id == buttons.c.id)
    .where(buttons.c.id == bindparam("id"))
)


class Buttons:
    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    async def get(self, id: str) -> Button | None:
        row = await self._reader.row(_GET, {"id": id})
        return None if row is None else Button(**row._mapping)

    @staticmethod
    def add(button: Button) -> Write:
        """Belongs into the unit that puts the message carrying it into the outbox."""
        return Write(_ADD, {name: getattr(button, name) for name in _NAMES}, row=button.id)

    @staticmethod
    def use(id: str, by: int, now: datetime) -> Write:
        """The button is used: belongs into the unit of its effect. RowRefused, all of the unit, when it was used before."""
        return Write(_USE, {"button_id": id, "at": now, "by": by}, row=id)

    @staticmethod
    def prune(expired: datetime, made: datetime) -> Unit:
        """Forget buttons that expired before the one time, or were made before the other, used or not."""
        before = {"expired_": expired, "made_": made}
        return (Write(_PRUNE_USES, before), Write(_PRUNE, before))
