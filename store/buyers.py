"""Buyers: who they are, where they can be reached, and what they want to be told."""

from collections.abc import Mapping, Sequence
from dataclasses import fields
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import bindparam, case, func, or_, select, update
from sqlalchemy.dialects.postgresql import insert

from core.frozen import frozen
from store.persons import PERSON
from store.reading import Found, Reader
from store.tables import (
    buyer_chats,
    buyer_switches,
    buyers,
)
from store.writing import Write


@frozen
class Buyer:
    """One person who buys or may. `id` is the numeric Telegram id.

    `first_seen_at` None: known from a file only. `telegram_name`, `username` are what Telegram shows, `name` to `note`
    what customers.csv or the seller says; empty means unknown. `blocked_at` is the seller's doing, `stopped_at` the
    buyer's (/stop), `unreachable_at` Telegram's answer.
    """

    id: int
    first_seen_at: datetime | None = None
    telegram_name: str = ""
    username: str = ""
    language: str = ""
    script: str = ""
    timezone: str = ""
    source: str = ""
    referrer_id: int | None = None
    blocked_at: datetime | None = None
    stopped_at: datetime | None = None
    unreachable_at: datetime | None = None
    merged_into: int | None = None
    name: str = ""
    phone: str = ""
    birthday: str = ""
    calendar: str = ""
    grade: str = ""
    note: str = ""

    @property
    def shown(self) -> str:
        """What to call them on a card."""
        return self.name or self.telegram_name or self.username or str(self.id)

    @property
    def is_blocked(self) -> bool:
        return self.blocked_at is not None

    @property
    def has_stopped(self) -> bool:
        return self.stopped_at is not None

    @property
    def is_reachable(self) -> bool:
        return self.unreachable_at is None


class ChatKind(StrEnum):
    BOT = "bot"
    BUSINESS = "business"


@frozen
class BuyerChat:
    """A chat with a buyer: with the bot itself (`connection_id` empty), or the seller's own through a business account."""

    chat_id: int
    connection_id: str
    buyer_id: int
    kind: ChatKind
    since: datetime


_NAMES = tuple(one.name for one in fields(Buyer))
CARD = ("name", "phone", "birthday", "calendar", "grade", "source", "note")
"""The fields of customers.csv."""

_SEE = insert(buyers)
_SEE = _SEE.on_conflict_do_update(
    index_elements=["id"],
    set_={
        "first_seen_at": func.coalesce(buyers.c.first_seen_at, _SEE.excluded.first_seen_at),
        "telegram_name": _SEE.excluded.telegram_name,
        "username": _SEE.excluded.username,
        "language": case((buyers.c.language == "", _SEE.excluded.language), else_=buyers.c.language),
        "source": case((buyers.c.source == "", _SEE.excluded.source), else_=buyers.c.source),
        "referrer_id": func.coalesce(buyers.c.referrer_id, _SEE.excluded.referrer_id),
        "unreachable_at": None,
    },
)
_PUT_CARD = insert(buyers)
_PUT_CARD = _PUT_CARD.on_conflict_do_update(
    index_elements=["id"],
    set_={
        name: case((_PUT_CARD.excluded[name] == "", buyers.c[name]), else_=_PUT_CARD.excluded[name]) for name in CARD
    },
)
_THIS = buyers.c.id == bindparam("id_")
_SET = {
    name: update(buyers).where(_THIS).values({name: bindparam("value_", type_=buyers.c[name].type)})
    for name in (*CARD, "language", "script", "timezone", "blocked_at", "stopped_at", "unreachable_at")
}
_SPEAKS = update(buyers).where(_THIS).values(language=bindparam("language_"), script=bindparam("script_"))
_PUT_CHAT = insert(buyer_chats).on_conflict_do_nothing(index_elements=["chat_id", "connection_id"])
_SWITCH = insert(buyer_switches)
_SWITCH = _SWITCH.on_conflict_do_update(
    index_elements=["buyer_id", "kind"], set_={"is_on": _SWITCH.excluded.is_on, "at": _SWITCH.excluded.at}
)
_NAMED = buyers.alias("named")
_GET = (
    select(buyers)
    .join(_NAMED, buyers.c.id == func.coalesce(_NAMED.c.merged_into, _NAMED.c.id))
    .where(_NAMED.c.id == bindparam("id"))
)
_THESE = select(buyers).where(buyers.c.id.in_(bindparam("ids", expanding=True)))
_AT_ONCE = 500
_ALL = select(buyers).where(buyers.c.merged_into.is_(None)).order_by(buyers.c.id)
_FIND = (
    _ALL.where(
        or_(
            *(
                func.lower(column).like(bindparam("pattern", type_=buyers.c.name.type), escape="\\")
                for column in (buyers.c.name, buyers.c.telegram_name, buyers.c.username, buyers.c.phone, buyers.c.note)
            )
        )
    )
    .order_by(None)
    .order_by(buyers.c.first_seen_at.desc())
    .limit(bindparam("most"))
)
_CHATS = select(buyer_chats).where(buyer_chats.c.buyer_id == bindparam("buyer_id")).order_by(buyer_chats.c.since)
_SWITCHES = select(buyer_switches.c.kind, buyer_switches.c.is_on).where(
    buyer_switches.c.buyer_id == bindparam("buyer_id")
)


class Buyers:
    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    async def get(self, id: int) -> Buyer | None:
        """The buyer of this Telegram id, or the one he was merged into."""
        row = await self._reader.row(_GET, {"id": id})
        return None if row is None else _buyer(row)

    async def numbers(self, id: int) -> list[int]:
        """Every number of the person who has this one: their own, and those that were merged into it."""
        return [int(row[0]) for row in await self._reader.rows(PERSON, {"buyer_id_": id})] or [id]

    async def these(self, ids: Sequence[int]) -> list[Buyer]:
        """The buyers of these very ids, as far as they are known; for thousands at once."""
        found: list[Buyer] = []
        for start in range(0, len(ids), _AT_ONCE):
            rows = await self._reader.rows(_THESE, {"ids": list(ids[start : start + _AT_ONCE])})
            found += [_buyer(row) for row in rows]
        return found

    async def who(self, ids: Sequence[int]) -> dict[int, int]:
        """Whom each of these numbers stands for: itself, or the one it was merged into; of those that are known."""
        return {one.id: one.merged_into or one.id for one in await self.these(ids)}

    async def all(self) -> list[Buyer]:
        """Everyone, merged ones left out."""
        return [_buyer(row) for row in await self._reader.rows(_ALL)]

    async def find(self, text: str, most: int = 20) -> list[Buyer]:
        """Buyers whose name, phone or note holds this text; a number is a Telegram id as well."""
        escaped = text.lower().replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
        found = [_buyer(row) for row in await self._reader.rows(_FIND, {"pattern": f"%{escaped}%", "most": most})]
        numbered = await self.get(int(text)) if text.isascii() and text.isdigit() and len(text) < 19 else None
        return found if numbered is None or numbered in found else [numbered, *found]

    async def chats(self, buyer_id: int) -> list[BuyerChat]:
        """Where a buyer can be reached, the oldest first."""
        rows = await self._reader.rows(_CHATS, {"buyer_id": buyer_id})
        return [BuyerChat(**{**row._mapping, "kind": ChatKind(row.kind)}) for row in rows]

    async def switches(self, buyer_id: int) -> dict[str, bool]:
        """What a buyer chose to be told or not, by class of push; a class not named stands at its default."""
        return {row[0]: row[1] for row in await self._reader.rows(_SWITCHES, {"buyer_id": buyer_id})}

    @staticmethod
    def seen(buyer: Buyer) -> Write:
        """A buyer wrote: made when new; what Telegram shows is brought up to date, and he is reachable again.

        The first source and referrer stay; a language already known stays.
        """
        return Write(_SEE, _values(buyer), row=buyer.id)

    @staticmethod
    def put_card(buyer: Buyer) -> Write:
        """The fields of customers.csv, made or updated; an empty field changes nothing."""
        return Write(_PUT_CARD, _values(buyer), row=buyer.id)

    @staticmethod
    def set_field(buyer_id: int, name: str, value: str) -> Write:
        """One field of the card (name, phone, birthday, calendar, grade, source, note), or timezone; empty clears it."""
        return _set(buyer_id, name, value)

    @staticmethod
    def speaks(buyer_id: int, language: str, script: str) -> Write:
        """The language and script a buyer writes."""
        return Write(_SPEAKS, {"id_": buyer_id, "language_": language, "script_": script}, row=buyer_id)

    @staticmethod
    def blocked(buyer_id: int, at: datetime | None) -> Write:
        """The seller blocks the buyer (None: no longer)."""
        return _set(buyer_id, "blocked_at", at)

    @staticmethod
    def stopped(buyer_id: int, at: datetime | None) -> Write:
        """The buyer wants no pushes (None: again)."""
        return _set(buyer_id, "stopped_at", at)

    @staticmethod
    def unreachable(buyer_id: int, at: datetime | None) -> Write:
        """Telegram says the buyer cannot be written to (None: can again)."""
        return _set(buyer_id, "unreachable_at", at)

    @staticmethod
    def put_chat(chat: BuyerChat) -> Write:
        """A chat of the buyer's; known ones stay as they are."""
        return Write(
            _PUT_CHAT, {name: getattr(chat, name) for name in _CHAT_NAMES}, row=(chat.chat_id, chat.connection_id)
        )

    @staticmethod
    def switch(buyer_id: int, kind: str, is_on: bool, now: datetime) -> Write:
        """The buyer wants, or does not want, this class of push."""
        return Write(_SWITCH, {"buyer_id": buyer_id, "kind": kind, "is_on": is_on, "at": now}, row=(buyer_id, kind))


_CHAT_NAMES = tuple(one.name for one in fields(BuyerChat))


def _set(buyer_id: int, name: str, value: Any) -> Write:
    return Write(_SET[name], {"id_": buyer_id, "value_": value}, row=buyer_id)


def _values(buyer: Buyer) -> Mapping[str, Any]:
    return {name: getattr(buyer, name) for name in _NAMES}


def _buyer(row: Found) -> Buyer:
    return Buyer(**row._mapping)
