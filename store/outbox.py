"""The outbox: everything we say, from the moment it is decided until its fate is known."""

from base64 import b64encode
from collections.abc import Mapping, Sequence
from dataclasses import field, fields
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import and_, bindparam, func, or_, select, update
from sqlalchemy.dialects.postgresql import insert

from core.frozen import frozen
from store.ids import id_ago, new_id
from store.reading import Found, Reader
from store.tables import Moment, messages, outbox
from store.writing import Unit, Write


class Kind(StrEnum):
    """Why it is said: replies and the seller's own words go before pushes, pushes before bulk."""

    REPLY = "reply"
    SELLER = "seller"
    PUSH = "push"
    BULK = "bulk"


MADE = "made:"
"""Before the name and the content of a file that was made to be sent once."""


def made(name: str, content: bytes) -> dict[str, str]:
    """A file that was made just now, as an argument of a call: it is kept in the row itself. `name` is what people see."""
    return {"file": f"{MADE}{name.replace(';', '_')};{b64encode(content).decode()}"}


TOLD_TO_WAIT = "told to wait: "
"""Before what Telegram said when it refused a row for now: until `not_before` nothing goes into that chat."""

URGENCY = {Kind.REPLY: 0, Kind.SELLER: 0, Kind.PUSH: 1, Kind.BULK: 2}


class Status(StrEnum):
    """`unknown`: it was being sent and nobody can tell whether it arrived; only a person sends it again."""

    PENDING = "pending"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    UNKNOWN = "unknown"
    EXPIRED = "expired"
    SKIPPED = "skipped"
    CANCELLED = "cancelled"


@frozen
class Outgoing:
    """One call of the Bot API to make.

    `key` makes it happen once (`reply:…`, `push:…`): a second row with the same key is dropped. `method` is the Bot
    API's name, `payload` its arguments without chat and connection. `conversation_id` is what it is about. `guard` is
    what is looked at again just before sending.
    """

    key: str
    lane: str
    chat_id: int
    method: str
    payload: Mapping[str, Any]
    kind: Kind
    created_at: datetime
    connection_id: str = ""
    conversation_id: int | None = None
    not_before: datetime | None = None
    expires_at: datetime | None = None
    guard: Mapping[str, Any] = field(default_factory=dict)
    id: int = field(default_factory=new_id)
    status: Status = Status.PENDING
    attempts: int = 0
    sending_at: datetime | None = None
    sent_at: datetime | None = None
    message_id: int | None = None
    error: str = ""


PUT = insert(outbox).on_conflict_do_nothing(index_elements=["key"])
"""A listener of the writer knows by this statement that there is something to send."""

_BY_ID = outbox.c.id == bindparam("id_")
_SENDING = (
    update(outbox)
    .where(_BY_ID)
    .values(status=Status.SENDING, sending_at=bindparam("now_"), attempts=outbox.c.attempts + 1)
)
_SENT = (
    update(outbox)
    .where(_BY_ID)
    .values(status=Status.SENT, sent_at=bindparam("now_"), message_id=bindparam("message_id_"), error="")
)
_LEARN_MESSAGE = (
    update(messages)
    .where(messages.c.outbox_id == bindparam("id_"))
    .values(telegram_id=bindparam("message_id_"), sent_at=bindparam("now_"))
)
_SETTLE = update(outbox).where(_BY_ID).values(status=bindparam("status_"), error=bindparam("error_"))
_LATER = (
    update(outbox)
    .where(_BY_ID)
    .values(
        status=Status.PENDING,
        not_before=bindparam("not_before_"),
        error=bindparam("error_"),
        attempts=outbox.c.attempts - bindparam("uncounted_", type_=outbox.c.attempts.type),
    )
)
_REKEY = (
    update(outbox)
    .where(outbox.c.chat_id == bindparam("old_"), outbox.c.status == Status.PENDING)
    .values(chat_id=bindparam("new_"), lane=bindparam("lane_"))
)
_CANCEL_KEY = (
    update(outbox)
    .where(outbox.c.key == bindparam("key_"), outbox.c.status == Status.PENDING)
    .values(status=Status.CANCELLED, error=bindparam("why_"))
)
_AMEND = (
    update(outbox)
    .where(outbox.c.key == bindparam("key_"), outbox.c.status == Status.PENDING)
    .values(
        method=bindparam("method_"),
        payload=bindparam("payload_", type_=outbox.c.payload.type),
        not_before=bindparam("not_before_"),
    )
)
_SKIP_CHAT = (
    update(outbox)
    .where(
        outbox.c.chat_id == bindparam("chat_id_"),
        outbox.c.connection_id == bindparam("connection_id_"),
        outbox.c.status == Status.PENDING,
        outbox.c.urgency >= bindparam("urgency_"),
    )
    .values(status=Status.SKIPPED, error=bindparam("why_"))
)
_RELEASE = (
    update(outbox)
    .where(outbox.c.status == Status.PENDING, outbox.c.error == bindparam("held_"))
    .values(not_before=None)
)

IS_DUE = and_(
    outbox.c.status == Status.PENDING,
    or_(outbox.c.not_before.is_(None), outbox.c.not_before <= bindparam("now", type_=Moment)),
)
"""It waits, and may be sent `now`."""
_PENDING = select(outbox).where(IS_DUE).order_by(outbox.c.urgency, outbox.c.id).limit(bindparam("most"))
_TOLD_TO_WAIT = (
    select(outbox)
    .where(
        outbox.c.status == Status.PENDING,
        outbox.c.not_before > bindparam("now", type_=Moment),
        outbox.c.error.startswith(TOLD_TO_WAIT, autoescape=True),
    )
    .order_by(outbox.c.id)
)
_NEXT_AT = select(func.min(outbox.c.not_before)).where(
    outbox.c.status == Status.PENDING, outbox.c.not_before > bindparam("now", type_=Moment)
)
_ROW = select(outbox).where(outbox.c.id == bindparam("id"))
_BY_KEY = select(outbox).where(outbox.c.key == bindparam("key"))
_SENDING_NOW = select(outbox).where(outbox.c.status == Status.SENDING).order_by(outbox.c.id)
_COUNTS = select(outbox.c.status, func.count()).group_by(outbox.c.status)
_COUNTS_SINCE = select(outbox.c.status, func.count()).where(outbox.c.id >= bindparam("first")).group_by(outbox.c.status)
_REFUSED_IN = select(func.count()).where(
    outbox.c.id >= bindparam("first"), outbox.c.chat_id == bindparam("chat_id"), outbox.c.status == Status.FAILED
)
_OLDEST = select(func.min(outbox.c.created_at)).where(IS_DUE)
_FATES = select(outbox.c.id, outbox.c.status).where(outbox.c.id.in_(bindparam("ids", expanding=True)))
_AT_ONCE = 5000
"""A database takes so many values in one question, and not many more."""


class Outbox:
    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    @staticmethod
    def put(one: Outgoing) -> Write:
        """Say it, once: a row with a known key is dropped."""
        return Write(PUT, {**_plain(one), "urgency": URGENCY[one.kind]}, row=one.id)

    @staticmethod
    def as_sending(put: Write, now: datetime) -> Write:
        """The same row, put as one that is being sent."""
        changed = {"status": Status.SENDING, "sending_at": now, "attempts": 1}
        return put._replace(params={**put.params, **changed})

    async def pending(self, now: datetime, most: int = 200) -> list[Outgoing]:
        """What may be sent now: replies first, then pushes, then bulk, each in the order it was said."""
        return [outgoing(row) for row in await self._reader.rows(_PENDING, {"now": now, "most": most})]

    async def told_to_wait(self, now: datetime) -> list[Outgoing]:
        """What Telegram refused for now, in the order it was said: its chat must still wait."""
        return [outgoing(row) for row in await self._reader.rows(_TOLD_TO_WAIT, {"now": now})]

    async def next_at(self, now: datetime) -> datetime | None:
        """When the next row that still has to wait may be sent."""
        moment: datetime | None = await self._reader.value(_NEXT_AT, {"now": now})
        return moment

    async def get(self, id: int) -> Outgoing | None:
        row = await self._reader.row(_ROW, {"id": id})
        return None if row is None else outgoing(row)

    async def by_key(self, key: str) -> Outgoing | None:
        row = await self._reader.row(_BY_KEY, {"key": key})
        return None if row is None else outgoing(row)

    async def fates(self, ids: Sequence[int]) -> dict[int, Status]:
        """How these rows stand; one that is gone is not among them."""
        parts = [list(ids[start : start + _AT_ONCE]) for start in range(0, len(ids), _AT_ONCE)]
        return {row.id: Status(row.status) for part in parts for row in await self._reader.rows(_FATES, {"ids": part})}

    async def counts(self) -> dict[Status, int]:
        return {Status(row[0]): row[1] for row in await self._reader.rows(_COUNTS)}

    async def counts_of(self, back: timedelta) -> dict[Status, int]:
        """How many of the rows put so long ago or later stand where; cheap, however large the table is."""
        rows = await self._reader.rows(_COUNTS_SINCE, {"first": id_ago(back)})
        return {Status(row[0]): row[1] for row in rows}

    async def refused_in(self, chat_id: int, back: timedelta) -> int:
        """How many of the rows put so long ago or later for this chat Telegram would not take."""
        return int(await self._reader.value(_REFUSED_IN, {"chat_id": chat_id, "first": id_ago(back)}))

    async def oldest_due(self, now: datetime) -> datetime | None:
        """When the row that has waited longest was said; None when nothing is due."""
        moment: datetime | None = await self._reader.value(_OLDEST, {"now": now})
        return moment

    async def under_way(self) -> list[Outgoing]:
        """What is being sent; at a start, what was being sent when the program ended."""
        return [outgoing(row) for row in await self._reader.rows(_SENDING_NOW)]

    @staticmethod
    def sending(id: int, now: datetime) -> Write:
        """Committed before the call goes out; counts an attempt."""
        return Write(_SENDING, {"id_": id, "now_": now}, row=id)

    @staticmethod
    def sent(id: int, message_id: int | None, now: datetime) -> Unit:
        """It arrived; the message that records it learns Telegram's number."""
        learned = {"id_": id, "message_id_": message_id, "now_": now}
        return (Write(_SENT, learned, row=id), Write(_LEARN_MESSAGE, learned, row=id))

    @staticmethod
    def later(id: int, not_before: datetime | None, error: str, counted: bool = True) -> Write:
        """It surely did not arrive and is tried again from `not_before` on; `counted` False: Telegram said wait."""
        values = {"id_": id, "not_before_": not_before, "error_": error, "uncounted_": 0 if counted else 1}
        return Write(_LATER, values, row=id)

    @staticmethod
    def failed(id: int, error: str) -> Write:
        """Telegram will not have it."""
        return _settle(id, Status.FAILED, error)

    @staticmethod
    def unclear(id: int, error: str) -> Write:
        """Nobody can tell whether it arrived."""
        return _settle(id, Status.UNKNOWN, error)

    @staticmethod
    def expired(id: int, error: str = "") -> Write:
        """It came too late to be true."""
        return _settle(id, Status.EXPIRED, error)

    @staticmethod
    def skipped(id: int, why: str) -> Write:
        """Looked at again just before sending, it was not to be said."""
        return _settle(id, Status.SKIPPED, why)

    @staticmethod
    def cancelled(id: int, why: str) -> Write:
        """Somebody took it back."""
        return _settle(id, Status.CANCELLED, why)

    @staticmethod
    def cancel_key(key: str, why: str) -> Write:
        """Take back what waits under this key."""
        return Write(_CANCEL_KEY, {"key_": key, "why_": why})

    @staticmethod
    def amend(key: str, method: str, payload: Mapping[str, Any], not_before: datetime) -> Write:
        """What waits for its time under this key says this instead, and waits longer. Not near the end of its time: it
        may be in the sender's hands then."""
        return Write(_AMEND, {"key_": key, "method_": method, "payload_": dict(payload), "not_before_": not_before})

    @staticmethod
    def skip_chat(chat_id: int, connection_id: str, why: str, least: Kind = Kind.REPLY) -> Write:
        """Skip what waits for this chat, of this kind and the less urgent ones."""
        values = {"chat_id_": chat_id, "connection_id_": connection_id, "why_": why, "urgency_": URGENCY[least]}
        return Write(_SKIP_CHAT, values)

    @staticmethod
    def moved(old_chat_id: int, new_chat_id: int, lane: str) -> Write:
        """A group became a supergroup: what waits goes to its new number."""
        return Write(_REKEY, {"old_": old_chat_id, "new_": new_chat_id, "lane_": lane})

    @staticmethod
    def release(held: str) -> Write:
        """What was held back with the word `held` may go now."""
        return Write(_RELEASE, {"held_": held})


_NAMES: Sequence[str] = tuple(one.name for one in fields(Outgoing))


def _plain(one: Outgoing) -> dict[str, Any]:
    return {name: getattr(one, name) for name in _NAMES}


def _settle(id: int, status: Status, error: str) -> Write:
    return Write(_SETTLE, {"id_": id, "status_": status, "error_": error}, row=id)


def outgoing(row: Found) -> Outgoing:
    """A row of the outbox as it was found, all its columns."""
    values = {name: row._mapping[name] for name in _NAMES}
    return Outgoing(**{**values, "kind": Kind(row.kind), "status": Status(row.status)})
