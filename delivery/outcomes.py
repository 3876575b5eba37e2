"""What became of a call: every answer and every error, sorted into what to do next. Two tables, read top down.

An error is sorted by its *cause*, not by PTB's class: BadRequest and TimedOut are both NetworkError there, and only the cause
tells a call that never left from one that may have arrived.
"""

from enum import StrEnum
from typing import Any

import aiohttp
import httpx
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    RetryAfter,
    TelegramError,
)

from core.frozen import frozen
from delivery.redacting import hidden
from delivery.transport import Answer


class Fate(StrEnum):
    """What became of it, and so what to do."""

    SENT = "sent"  # it is there, or nothing was left to change
    NOT_SENT = "not_sent"  # it surely never arrived: again, with back-off
    WAIT = "wait"  # refused for now: again after `wait` seconds, not counted as an attempt
    MIGRATED = "migrated"  # the group has a new id: again there
    AS_PLAIN = "as_plain"  # its mark-up was refused: once more without
    UPLOAD = "upload"  # the file id is no good here: once more with the file itself
    NO_REPLY_TO = "no_reply_to"  # what it answers is gone: once more without the quotation
    BLOCKED = "blocked"  # nobody there: skip, and what is waiting for the same chat too
    NO_RIGHT = "no_right"  # the business connection does not allow it
    REVOKED = "revoked"  # the token is refused: everything waits
    FAILED = "failed"  # a definite no
    UNKNOWN = "unknown"  # it may have arrived: never again by itself


@frozen
class Outcome:
    """The fate of one call. `wait` is in seconds, `chat_id` the migrated group's new id, `reason` what was said."""

    fate: Fate
    reason: str = ""
    wait: float = 0.0
    chat_id: int = 0
    result: Any = None


BY_DESCRIPTION: tuple[tuple[str, Fate], ...] = (
    ("message is not modified", Fate.SENT),
    ("topic_not_modified", Fate.SENT),
    ("can't parse entities", Fate.AS_PLAIN),
    ("can't parse message text", Fate.AS_PLAIN),
    ("can't find end of the entity", Fate.AS_PLAIN),
    ("unsupported start tag", Fate.AS_PLAIN),
    ("wrong file identifier", Fate.UPLOAD),
    ("wrong remote file", Fate.UPLOAD),
    ("wrong file_id", Fate.UPLOAD),
    ("file reference", Fate.UPLOAD),
    ("file_reference_", Fate.UPLOAD),
    ("message to be replied not found", Fate.NO_REPLY_TO),
    ("message to reply not found", Fate.NO_REPLY_TO),
    ("replied message not found", Fate.NO_REPLY_TO),
    ("business_peer_invalid", Fate.NO_RIGHT),
    ("business_connection", Fate.NO_RIGHT),
    ("business connection", Fate.NO_RIGHT),
    ("business_peer_usage_missing", Fate.NO_RIGHT),
    ("chat not found", Fate.BLOCKED),
    ("user not found", Fate.BLOCKED),
    ("peer_id_invalid", Fate.BLOCKED),
    ("user is deactivated", Fate.BLOCKED),
    ("input_user_deactivated", Fate.BLOCKED),
    ("user is blocked", Fate.BLOCKED),
    ("user_is_blocked", Fate.BLOCKED),
    ("initiate conversation", Fate.BLOCKED),
)
"""What a 400 says (in lower case) → its fate. Not listed: a definite no."""

LONGEST_WAIT = 86400.0
"""Seconds after which it is tried again whatever was said: a wait beyond all dates must not become an error of our own."""

NEVER_LEFT: tuple[type[BaseException], ...] = (
    aiohttp.ClientConnectorError,  # refused, no route, no such name, TLS refused, proxy not there
    aiohttp.ConnectionTimeoutError,  # no connection in time, or none free in the pool
    aiohttp.ClientHttpProxyError,  # the proxy would not connect us
    aiohttp.InvalidURL,
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
)
"""Causes after which nothing can have reached Telegram. Every other cause leaves it open."""

REPEATABLE = frozenset(
    "editMessageText editMessageCaption editMessageMedia editMessageReplyMarkup editMessageLiveLocation deleteMessage "
    "deleteMessages deleteBusinessMessages setMessageReaction pinChatMessage unpinChatMessage readBusinessMessage "
    "editMessageChecklist sendChatAction answerCallbackQuery setMyCommands deleteMyCommands editForumTopic".split()
)
"""Methods that change nothing when done twice: where their fate is open they are simply done again."""


def of_answer(answer: Answer) -> Outcome:
    """The fate of a call that was answered."""
    if answer.ok:
        return Outcome(Fate.SENT, result=answer.result)
    said, code = answer.description, answer.code
    if not answer.is_readable:
        return Outcome(Fate.UNKNOWN, f"{said}, unreadable")
    migrated = answer.parameters.get("migrate_to_chat_id")
    if isinstance(migrated, int) and migrated:
        return Outcome(Fate.MIGRATED, said, chat_id=migrated)
    wait = answer.parameters.get("retry_after")
    if code == 429:
        wait = wait if isinstance(wait, int | float) and wait > 0 else 1.0
        return Outcome(Fate.WAIT, said, wait=float(min(wait, LONGEST_WAIT)))
    if code == 400:
        return Outcome(_by_description(said), said)
    if code == 403:
        return Outcome(Fate.NO_RIGHT if "business" in said.lower() else Fate.BLOCKED, said)
    if code == 401 or (code == 404 and said.lower() in ("not found", "http 404")):
        return Outcome(Fate.REVOKED, said)
    if 400 <= code <= 499:
        return Outcome(Fate.FAILED, said)
    return Outcome(Fate.UNKNOWN, said)


def of_error(error: BaseException) -> Outcome:
    """The fate of a call that raised. Any error is accepted; what is not known is UNKNOWN."""
    if isinstance(error, RetryAfter):
        # The public attribute warns, and is a number or a timedelta by an environment variable.
        return Outcome(Fate.WAIT, str(error), wait=error._retry_after.total_seconds())
    if isinstance(error, ChatMigrated):
        return Outcome(Fate.MIGRATED, str(error), chat_id=error.new_chat_id)
    if isinstance(error, BadRequest):
        return Outcome(_by_description(error.message), error.message)
    if isinstance(error, Forbidden):
        return Outcome(Fate.NO_RIGHT if "business" in error.message.lower() else Fate.BLOCKED, error.message)
    if isinstance(error, InvalidToken):
        return Outcome(Fate.REVOKED, error.message)
    if isinstance(error, Conflict):
        return Outcome(Fate.FAILED, error.message)
    cause = error.__cause__ if isinstance(error, TelegramError) else error
    reason = hidden(f"{type(cause or error).__name__}: {cause or error}")
    return Outcome(Fate.NOT_SENT if isinstance(cause, NEVER_LEFT) else Fate.UNKNOWN, reason)


def _by_description(said: str) -> Fate:
    lower = said.lower()
    return next((fate for words, fate in BY_DESCRIPTION if words in lower), Fate.FAILED)
