"""Forgetting a buyer: everything about one person, out of every table, in one unit. A table that knows buyers belongs here."""

import asyncio
import sqlite3
from collections.abc import Callable
from contextlib import closing
from functools import partial
from pathlib import Path

from sqlalchemy import ColumnElement, String, cast, delete, func, literal, or_, select, update

from store.errors import DatabaseUnavailable
from store.persons import BUYER, CONVERSATIONS, MESSAGES, ORDERS, PARCELS, PERSON
from store.search import message_words
from store.tables import (
    audit,
    button_uses,
    buttons,
    buyer_chats,
    buyer_switches,
    buyers,
    cards,
    choices,
    conversations,
    dialogs,
    haggling,
    import_rows,
    inbox,
    labelled,
    message_versions,
    messages,
    mirrors,
    missed,
    mistakes,
    order_changes,
    order_lines,
    order_steps,
    orders,
    outbox,
    parcel_events,
    parcels,
    promises,
    reminders,
    stock_log,
    told,
    topics,
    turns,
    unindexed,
    waiting,
)
from store.writing import Unit, Write

_CHATS = select(conversations.c.chat_id).where(conversations.c.buyer_id.in_(PERSON))
_VERSIONS = select(message_versions.c.id).where(message_versions.c.message_id.in_(MESSAGES))


def _spells(told: ColumnElement[str], word: ColumnElement[str], quote: str = "") -> ColumnElement[bool]:
    """Whether a text holds this word. Signs of LIKE stand for any sign: what is wiped too much is no loss."""
    plain = func.replace(func.replace(word, "%", "_"), "\\", "_")
    return told.like(literal(f"%{quote}") + plain + literal(f"{quote}%"))


_each = buyers.alias("each")


def _any_number(holds: Callable[[ColumnElement[str]], ColumnElement[bool]]) -> ColumnElement[bool]:
    """Whether this holds of a number of his: the one he is forgotten by, or another he was merged with."""
    number = cast(_each.c.id, String)
    return or_(holds(cast(BUYER, String)), select(_each.c.id).where(_each.c.id.in_(PERSON), holds(number)).exists())


_TOLD = cast(buttons.c.data, String)


def _names(name: str, number: ColumnElement[str]) -> ColumnElement[bool]:
    """Whether a button's data hold this number under this name, as SQLite keeps JSON or as PostgreSQL does."""
    ends = [(space, end) for space in ("", " ") for end in (",%", "}%")]
    return or_(*(_TOLD.like(literal(f'%"{name}":{space}') + number + literal(end)) for space, end in ends))


_IN_A_CHAT_OF_HIS = _names("conversation", cast(conversations.c.id, String))
_ABOUT_HIM = or_(
    select(conversations.c.id).where(conversations.c.buyer_id.in_(PERSON), _IN_A_CHAT_OF_HIS).exists(),
    *(_any_number(partial(_names, name)) for name in ("buyer", "kept", "gone")),
)
_ABOUT_HIS_ORDERS = [
    select(column).where(condition, _spells(_TOLD, column, '"')).exists()
    for column, condition in (
        (orders.c.order_no, orders.c.buyer_id.in_(PERSON)),
        (parcels.c.number, parcels.c.id.in_(PARCELS)),
    )
]
_BUTTONS = select(buttons.c.id).where(or_(buttons.c.chat_id.in_(_CHATS), _ABOUT_HIM, *_ABOUT_HIS_ORDERS))
"""In his own chats, and in the sellers': what was previewed there for him may stand in their data, a saved reply with his name,
and the number of an order or a parcel of his."""

# An inbox lane is bot:connection:chat, with :thread behind it in forums.
_LANE = literal("%:") + conversations.c.connection_id + literal(":") + cast(conversations.c.chat_id, String)
_IN_HIS_LANE = (
    select(conversations.c.id)
    .where(
        conversations.c.buyer_id.in_(PERSON),
        or_(inbox.c.lane.like(_LANE), inbox.c.lane.like(_LANE + literal(":%"))),
    )
    .exists()
)
# What came before he was met (a copy may be of that moment) is in the lane of his own number: a private chat has it too.
_IN_HIS_OWN_LANE = _any_number(
    lambda number: or_(
        inbox.c.lane.like(literal("%:%:") + number) & inbox.c.lane.not_like(literal("%:%:%:") + number),
        inbox.c.lane.like(literal("%:%:") + number + literal(":%")),
    )
)
_NOBODY = "buyer:forgotten"
_IS_ABOUT_HIM = _any_number(lambda number: audit.c.about == literal("buyer:") + number)
_IS_BY_HIM = _any_number(lambda number: audit.c.who == literal("buyer:") + number)
_IS_WRITTEN = _any_number(lambda number: cast(audit.c.data, String).like(literal("% ") + number + literal("%")))
"""A command that named him, e.g. /later 7 2h and a note."""


# Commands go by an order, a parcel or a name as often as by his number. One letter is no name to look for.
_NAMES_HIM = or_(
    *(
        select(column).where(condition, func.length(column) > 1, _spells(cast(audit.c.data, String), column)).exists()
        for column, condition in (
            (orders.c.order_no, orders.c.buyer_id.in_(PERSON)),
            (parcels.c.number, parcels.c.id.in_(PARCELS)),
            (buyers.c.telegram_name, buyers.c.id.in_(PERSON)),
            (buyers.c.name, buyers.c.id.in_(PERSON)),
            (buyers.c.username, buyers.c.id.in_(PERSON)),
        )
    )
)
_OF_HIS_ORDERS = stock_log.c.cause.in_(
    select(literal("order:") + orders.c.order_no).where(orders.c.buyer_id.in_(PERSON))
)

# A seller's own updates quote the cards they reply to. Dealt with, their text is needed no more, only their number.
_BLANK = update(inbox).where(inbox.c.status == "done").values(raw="")
# So it is with what sellers were shown: lists and previews quote many buyers at once. Once sent, only its number is needed.
_SENT = ["sent", "failed", "expired", "skipped", "cancelled"]
_UNSAY = update(outbox).where(outbox.c.kind == "seller", outbox.c.status.in_(_SENT)).values(payload={})
_QUOTED = _any_number(
    lambda number: cast(outbox.c.payload, String).like(literal("%<code>") + number + literal("</code>%"))
)
UNSAY_ALL = delete(outbox).where(
    or_(
        outbox.c.chat_id == BUYER,
        outbox.c.chat_id.in_(PERSON),
        outbox.c.chat_id.in_(_CHATS),
        outbox.c.conversation_id.in_(CONVERSATIONS),
    )
)
"""A listener of the writer knows by this statement that what waits in memory may not stand in the outbox any more."""
_FORGET = (
    # First, while his orders and parcels are there to be looked for.
    delete(button_uses).where(button_uses.c.button_id.in_(_BUTTONS)),
    delete(buttons).where(buttons.c.id.in_(_BUTTONS)),
    update(audit).where(audit.c.about == "command", _NAMES_HIM).values(data={}),
    update(audit)
    .where(audit.c.about.in_(select(parcels.c.number).where(parcels.c.id.in_(PARCELS))))
    .values(about=_NOBODY, data={}),
    update(stock_log).where(_OF_HIS_ORDERS).values(cause="order:"),
    delete(inbox).where(or_(_IN_HIS_LANE, _IN_HIS_OWN_LANE)),
    UNSAY_ALL,
    delete(choices).where(choices.c.conversation_id.in_(CONVERSATIONS)),
    delete(mirrors).where(mirrors.c.message_id.in_(MESSAGES)),
    delete(topics).where(topics.c.buyer_id.in_(PERSON)),
    delete(outbox).where(outbox.c.kind == "seller", outbox.c.status.in_(["pending", "unknown"]), _QUOTED),
    update(outbox).where(outbox.c.kind == "seller", outbox.c.status == "sending", _QUOTED).values(payload={}),
    delete(outbox).where(outbox.c.key.like("missed:%")),  # cards of /missed, which gather the words of several buyers
    delete(message_words).where(or_(message_words.c.rowid.in_(MESSAGES), message_words.c.rowid.in_(_VERSIONS))),
    delete(unindexed).where(or_(unindexed.c.id.in_(MESSAGES), unindexed.c.id.in_(_VERSIONS))),
    delete(message_versions).where(message_versions.c.message_id.in_(MESSAGES)),
    delete(missed).where(missed.c.conversation_id.in_(CONVERSATIONS)),
    delete(labelled).where(labelled.c.conversation_id.in_(CONVERSATIONS)),
    delete(messages).where(messages.c.conversation_id.in_(CONVERSATIONS)),
    delete(turns).where(turns.c.conversation_id.in_(CONVERSATIONS)),
    delete(told).where(told.c.conversation_id.in_(CONVERSATIONS)),
    delete(reminders).where(reminders.c.buyer_id.in_(PERSON)),
    delete(dialogs).where(dialogs.c.conversation_id.in_(CONVERSATIONS)),
    delete(cards).where(cards.c.conversation_id.in_(CONVERSATIONS)),
    delete(haggling).where(haggling.c.conversation_id.in_(CONVERSATIONS)),
    delete(waiting).where(waiting.c.buyer_id.in_(PERSON)),
    delete(import_rows).where(or_(import_rows.c.buyer_id == BUYER, import_rows.c.buyer_id.in_(PERSON))),
    delete(mistakes).where(mistakes.c.buyer_id.in_(PERSON)),
    delete(promises).where(promises.c.buyer_id.in_(PERSON)),
    delete(parcel_events).where(parcel_events.c.parcel_id.in_(PARCELS)),
    delete(parcels).where(parcels.c.order_no.in_(ORDERS)),
    delete(order_changes).where(order_changes.c.order_no.in_(ORDERS)),
    delete(order_steps).where(order_steps.c.order_no.in_(ORDERS)),
    delete(order_lines).where(order_lines.c.order_no.in_(ORDERS)),
    delete(orders).where(orders.c.buyer_id.in_(PERSON)),
    delete(conversations).where(conversations.c.buyer_id.in_(PERSON)),
    delete(buyer_chats).where(buyer_chats.c.buyer_id.in_(PERSON)),
    delete(buyer_switches).where(buyer_switches.c.buyer_id.in_(PERSON)),
    update(audit).where(_IS_ABOUT_HIM).values(about=_NOBODY, data={}),
    update(audit).where(audit.c.about == "command", _IS_WRITTEN).values(data={}),
    update(audit).where(_IS_BY_HIM).values(who=_NOBODY, data={}),
    update(buyers).where(or_(buyers.c.referrer_id == BUYER, buyers.c.referrer_id.in_(PERSON))).values(referrer_id=None),
    delete(buyers).where(buyers.c.id.in_(PERSON)),
)


def forget(buyer_id: int) -> Unit:
    """All that is known of a buyer goes; the audit keeps that things were done, without whom and what."""
    return (*(Write(statement, {"buyer_id_": buyer_id}) for statement in _FORGET), Write(_BLANK, {}), Write(_UNSAY, {}))


async def scrub(file: Path) -> None:
    """Write the file anew, so that no byte of what was deleted is left in it or beside it."""
    await asyncio.to_thread(_scrub, file)


def _scrub(file: Path) -> None:
    try:
        where = f"{file.absolute().as_uri()}?mode=rw"
        with closing(sqlite3.connect(where, uri=True, timeout=10.0, isolation_level=None)) as connection:
            connection.execute("INSERT INTO message_words (message_words) VALUES ('optimize')")
            connection.execute("VACUUM")
            busy, _, _ = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    except sqlite3.Error as error:
        raise DatabaseUnavailable(f"What was forgotten could not be wiped from the file: {error}.") from error
    if busy:
        raise DatabaseUnavailable(
            "What was forgotten could not be wiped from the file yet: it is being read. Try again."
        )
