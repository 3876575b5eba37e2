"""Dialogs: what one of the shop's people was asked last and has not answered: at most one question a person."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, select
from sqlalchemy.dialects.postgresql import insert

from store.reading import Reader
from store.tables import dialogs
from store.writing import Write


@dataclass(frozen=True, slots=True)
class Dialog:
    """`kind` says who asked ("setup", "reply"); `data` is what that needs to go on."""

    user_id: int
    kind: str
    at: datetime
    data: Mapping[str, Any] = field(default_factory=dict)
    conversation_id: int | None = None


_NAMES = tuple(one.name for one in fields(Dialog))
_PUT = insert(dialogs)
_PUT = _PUT.on_conflict_do_update(
    index_elements=["user_id"], set_={name: _PUT.excluded[name] for name in _NAMES if name != "user_id"}
)
_END = delete(dialogs).where(dialogs.c.user_id == bindparam("user_id_"))
_GET = select(dialogs).where(dialogs.c.user_id == bindparam("user_id"))


class Dialogs:
    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    async def of(self, user_id: int) -> Dialog | None:
        row = await self._reader.row(_GET, {"user_id": user_id})
        return None if row is None else Dialog(**row._mapping)

    @staticmethod
    def put(dialog: Dialog) -> Write:
        """The question asked now; it takes the place of an earlier one."""
        return Write(_PUT, {name: getattr(dialog, name) for name in _NAMES}, row=dialog.user_id)

    @staticmethod
    def end(user_id: int) -> Write:
        return Write(_END, {"user_id_": user_id}, row=user_id)
