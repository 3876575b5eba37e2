"""What an update is, read from its raw JSON: pure, never raises, builds no Telegram types."""

import json
from collections.abc import Mapping
from hashlib import blake2b
from typing import Any

import orjson

from core.frozen import frozen

MESSAGES = frozenset(
    "message edited_message channel_post edited_channel_post business_message edited_business_message guest_message".split()
)
JUNK = "junk"
"""The kind of what is no update at all: it is kept, and set aside as unreadable."""


@frozen
class Identity:
    """`update_id` as Telegram numbered it (0 where it did not), `kind` the update's one field ("message", "callback_query", …).

    `ident` names the event itself, so that a reused number with another event in it is told apart from a repeat.
    `lane` is `bot:connection:chat`, with `:thread` in forums; what belongs to no chat goes by its user, else chat 0.
    `at` is the message's own time (Unix seconds), 0 where there is none.
    """

    update_id: int
    kind: str
    ident: str
    lane: str
    chat_id: int
    at: int


def identify(bot_id: int, update: Any, raw: bytes = b"") -> Identity:
    """The identity of one raw update. `raw` stands in for what cannot be read."""
    if not isinstance(update, dict):
        return Identity(0, JUNK, f"{JUNK}:{_digest(raw, update)}", f"{bot_id}::0", 0, 0)
    number = update.get("update_id")
    update_id = number if type(number) is int and abs(number) < 2**63 else 0
    kind, event = "unknown", None
    for name, value in update.items():
        if name != "update_id":
            kind, event = name, value
            if isinstance(value, dict):
                break
    if not isinstance(event, dict):
        kind = _name(kind)
        return Identity(update_id, kind, f"{kind}:{_digest(raw, update)}", f"{bot_id}::0", 0, 0)
    if kind in MESSAGES:
        return _of_message(bot_id, update_id, kind, event, raw, update)
    kind = _name(kind)
    message = event.get("message")
    message = message if kind == "callback_query" and isinstance(message, dict) else {}
    connection = _text(event.get("business_connection_id") or message.get("business_connection_id"))
    chat_id = _id(message.get("chat")) or _id(event.get("chat")) or _whole(event.get("user_chat_id"))
    chat_id = chat_id or _id(event.get("from")) or _id(event.get("user"))
    own = event.get("id")
    if kind == "callback_query" and isinstance(own, str | int):
        ident = f"{kind}:{_text(own)}"
    else:
        ident = f"{kind}:{_digest(raw, update)}"
    return Identity(update_id, kind, ident, f"{bot_id}:{connection}:{chat_id}", chat_id, _whole(event.get("date")))


def _of_message(
    bot_id: int, update_id: int, kind: str, event: Mapping[str, Any], raw: bytes, update: Mapping[str, Any]
) -> Identity:
    chat_id = _id(event.get("chat"))
    message_id = event.get("message_id")
    date = _whole(event.get("date"))
    connection = event.get("business_connection_id")
    lane = f"{bot_id}:{_text(connection) if connection else ''}:{chat_id}"
    if event.get("is_topic_message") is True:
        lane = f"{lane}:{_whole(event.get('message_thread_id'))}"
    if type(message_id) is int and chat_id:
        edited = event.get("edit_date")
        ident = f"{kind}:{chat_id}:{message_id}:{edited if type(edited) is int else ''}"
    else:
        ident = f"{kind}:{_digest(raw, update)}"
    return Identity(update_id, kind, ident, lane, chat_id, date)


def _id(of: object) -> int:
    return _whole(of.get("id")) if isinstance(of, dict) else 0


def _whole(value: object) -> int:
    return value if type(value) is int and abs(value) < 2**63 else 0


def _text(value: object) -> str:
    """A name of Telegram's as text; an odd one by its digest, for it becomes part of keys."""
    if not isinstance(value, str | int) or not value:
        return ""
    text = str(value)
    return (
        text if len(text) <= 128 and text.isascii() and text.isprintable() and ":" not in text else _digest(b"", text)
    )


def _name(kind: str) -> str:
    return kind if kind.isascii() and kind.isidentifier() and len(kind) <= 64 else "unknown"


def _digest(raw: bytes, update: object = None) -> str:
    return blake2b(raw or as_json(update).encode(), digest_size=12).hexdigest()


def as_json(value: object) -> str:
    """JSON text of a value that came from JSON, whatever is in it (lone surrogates and huge numbers too)."""
    try:
        return orjson.dumps(value).decode()
    except (TypeError, ValueError, RecursionError):
        try:
            return json.dumps(value)
        except (TypeError, ValueError, RecursionError):
            return '"unreadable"'
