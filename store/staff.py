"""Staff: whose commands are obeyed. Numeric ids only; the owner may claim the shop with a code from the console."""

import hashlib
from dataclasses import dataclass, fields
from datetime import datetime
from enum import StrEnum

from sqlalchemy import bindparam, select, update
from sqlalchemy import insert as plain_insert
from sqlalchemy.dialects.postgresql import insert

from store.reading import Found, Reader
from store.tables import Moment, claims, staff
from store.writing import Unit, Write


class Role(StrEnum):
    """What a person of the shop may do; each may do all that those after it may."""

    OWNER = "owner"
    MANAGER = "manager"
    AGENT = "agent"
    VIEWER = "viewer"

    def covers(self, least: "Role") -> bool:
        """Whether this role may do what `least` may."""
        order = tuple(Role)
        return order.index(self) <= order.index(least)


@dataclass(frozen=True, slots=True)
class Member:
    """`user_id` is the numeric Telegram id; `added_by` says how it came about: settings, claim, owner:7."""

    user_id: int
    role: Role
    added_at: datetime
    added_by: str
    name: str = ""


_NAMES = tuple(one.name for one in fields(Member))
_ADD = insert(staff)
_ADD = _ADD.on_conflict_do_update(
    index_elements=["user_id"],
    set_={**{name: _ADD.excluded[name] for name in ("role", "name", "added_at", "added_by")}, "removed_at": None},
)
_REMOVE = update(staff).where(staff.c.user_id == bindparam("user_id_")).values(removed_at=bindparam("now_"))
_OFFER = plain_insert(claims)
_CLAIMED = (
    update(claims)
    .where(claims.c.code_hash == bindparam("code_hash_"))
    .values(used_at=bindparam("now_"), used_by=bindparam("used_by_"))
)
_EVER = select(*(staff.c[name] for name in _NAMES)).order_by(staff.c.added_at)
_PRESENT = _EVER.where(staff.c.removed_at.is_(None))
_OPEN_CLAIM = select(claims.c.code_hash).where(
    claims.c.code_hash == bindparam("code_hash"),
    claims.c.used_at.is_(None),
    claims.c.expires_at > bindparam("now", type_=Moment),
)


class Staff:
    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    async def present(self) -> list[Member]:
        """Everyone who may command, the longest first."""
        return [_member(row) for row in await self._reader.rows(_PRESENT)]

    async def ever(self) -> list[Member]:
        """Those who have gone too: what they did still bears their names."""
        return [_member(row) for row in await self._reader.rows(_EVER)]

    async def is_open(self, code: str, now: datetime) -> bool:
        """Whether this code may still be claimed with."""
        return await self._reader.value(_OPEN_CLAIM, {"code_hash": _hash(code), "now": now}) is not None

    @staticmethod
    def add(member: Member) -> Write:
        """Made, changed, or taken back in."""
        return Write(_ADD, {name: getattr(member, name) for name in _NAMES}, row=member.user_id)

    @staticmethod
    def remove(user_id: int, now: datetime) -> Write:
        return Write(_REMOVE, {"user_id_": user_id, "now_": now}, row=user_id)

    @staticmethod
    def offer(code: str, now: datetime, expires_at: datetime) -> Write:
        """A one-time code; only its hash is kept."""
        values = {"code_hash": _hash(code), "made_at": now, "expires_at": expires_at}
        return Write(_OFFER, values)

    @staticmethod
    def claim(code: str, owner: Member, now: datetime) -> Unit:
        """Whoever sent the code (see `is_open`) becomes an owner, and the code is used up."""
        values = {"code_hash_": _hash(code), "now_": now, "used_by_": owner.user_id}
        return (Write(_CLAIMED, values), Staff.add(owner))


def _member(row: Found) -> Member:
    return Member(**{**row._mapping, "role": Role(row.role)})


def _hash(code: str) -> str:
    return hashlib.sha256(code.strip().upper().encode()).hexdigest()
