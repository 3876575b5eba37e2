"""The seller types in their own account: from that moment the bot is silent there, for a set quiet time."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from telegram import Message, User

from handlers.account.connecting import DELETE
from handlers.account.numbering import NUMBERED, offered
from handlers.buyer.meeting import clean, media_in, meet
from handlers.calls import text_of
from handlers.takeover import written_by_hand
from store.messages import Change, Version, Who
from store.messages import Message as Kept
from store.outbox import Kind, Outgoing, Status

if TYPE_CHECKING:
    from handlers.desk import Desk
    from store.connections import Connection
    from store.writing import Write

RECENT = timedelta(minutes=2)
REMEMBERED = 8
"""Of our own lines so many are remembered in each chat of an account."""


async def take_over(desk: Desk, connection: Connection, message: Message) -> None:
    """A line the seller typed: kept, the open turn is closed unanswered, and what was on its way is called back."""
    now = desk.clock.now()
    if await _is_echo(desk, connection, message):
        return await desk.write([])
    other = message.chat
    buyer = User(other.id, other.first_name or str(other.id), False, other.last_name, other.username)
    chat, unit = await meet(desk, buyer, other.id, now, connection.id)
    async with chat.held():
        text = clean(message.text or message.caption or "")
        job = desk.job()
        kept = Kept(
            chat.conversation.id, Who.SELLER, text, message.date, sent_at=message.date, telegram_id=message.message_id,
            reply_to=message.reply_to_message.message_id if message.reply_to_message else None,
            album=message.media_group_id or "", media=media_in(message), inbox_seq=job.seq if job else None,
        )  # fmt: skip
        chat.own_line = message.message_id
        unit += desk.store.messages.add(kept)
        unit += await written_by_hand(desk, chat, text, now)
        key = f"own:{connection.id}:{other.id}:{message.message_id}"
        unit += desk.promising.heard(chat, text, connection.user_id, key, now)
        sent = await desk.store.sent.after_message(other.id, connection.id, message.message_id)
        late = {row.message_id: row for row in sent if is_automatic(row)} | chat.sent
        for number, row in late.items():
            if number is not None and number > message.message_id:
                unit += taken_back(desk, row, number, now)
        return await desk.write([*unit, desk.store.conversations.save(chat.conversation)])


async def edited(desk: Desk, connection: Connection, message: Message) -> None:
    """The seller edits a line of theirs: both texts are kept, and a time it states now is asked about."""
    chat = await desk.chats.find(message.chat.id, connection.id)
    if chat is None:
        return await desk.write([])
    kept = await desk.store.messages.by_telegram_id(chat.conversation.id, message.message_id)
    if kept is None or kept.who is not Who.SELLER:
        return await desk.write([])
    text, now = clean(message.text or message.caption or ""), desk.clock.now()
    async with chat.held():
        unit = list(
            desk.store.messages.change(Version(kept.id, message.edit_date or now, Change.EDIT, text, media_in(message)))
        )
        if kept.now_reads != text:
            key = f"own-edit:{connection.id}:{kept.id}:{now.timestamp():.6f}"
            unit += await desk.promising.heard_again(chat, kept, text, connection.user_id, key, now)
        return await desk.write(unit)


def is_automatic(row: Outgoing) -> bool:
    """Whether the bot said this by itself, to a buyer."""
    return row.guard.get("to") == "buyer" and row.guard.get("by") != "staff"


def settled_in_account(desk: Desk, row: Outgoing, result: Any, now: datetime) -> list[Write]:
    """One of our lines stands in the account's chat. Was it on its way when the seller wrote, it stands below theirs now,
    and is taken back. It is remembered at once: its row is marked as sent only later."""
    chat = desk.chats.here(row.conversation_id) if row.conversation_id is not None else None
    message_id = result.get("message_id") if isinstance(result, dict) else None
    unit: list[Write] = []
    if row.guard.get(NUMBERED) and row.conversation_id is not None:
        unit += offered(desk, row.conversation_id, chat, row.payload, now)
    if chat is None or not isinstance(message_id, int) or not is_automatic(row) or row.method.startswith("edit"):
        return unit
    while len(chat.sent) >= REMEMBERED:
        del chat.sent[next(iter(chat.sent))]
    chat.sent[message_id] = row
    is_below = 0 < chat.own_line < message_id and chat.conversation.is_muted(now)
    return [*unit, *(taken_back(desk, row, message_id, now) if is_below else ())]


def taken_back(desk: Desk, row: Outgoing, message_id: int | None, now: datetime) -> list[Write]:
    """Delete a line of ours that the seller's overtook, where the account allows it."""
    connection = desk.accounts.get(row.connection_id)
    if message_id is None or connection is None or not connection.rights.get(DELETE):
        return []
    back = Outgoing(
        key=f"back:{row.id}",
        lane=row.lane,
        chat_id=row.chat_id,
        method="deleteBusinessMessages",
        payload={"message_ids": [message_id]},
        kind=Kind.REPLY,
        created_at=now,
        connection_id=row.connection_id,
        conversation_id=row.conversation_id,
        guard={"to": "account", "line": row.guard.get("line")},
    )
    return [desk.store.outbox.put(back)]


async def _is_echo(desk: Desk, connection: Connection, message: Message) -> bool:
    """Whether we sent it. An echo that does not name us is known by its number, or, when it overtook the answer to our
    call, by its words."""
    if await desk.store.sent.is_ours(message.chat.id, connection.id, message.message_id):
        return True
    words = clean(message.text or message.caption or "").strip()
    for row in await desk.store.sent.recent(message.chat.id, connection.id, RECENT):
        if row.message_id is None and row.status in (Status.SENDING, Status.UNKNOWN, Status.PENDING):
            shows_file = row.method.startswith("send") and row.method != "sendMessage"
            if (words and text_of(row.payload).strip() == words) or (not words and shows_file):
                return True
    return False
