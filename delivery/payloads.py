"""Payloads: what of an outbox row is handed to Telegram, with everything filled in that is only known now."""

import asyncio
from collections.abc import Callable, Collection, Mapping
from pathlib import Path
from typing import Any

from core.html import plain_text
from delivery import attachments
from delivery.outcomes import Fate
from delivery.transport import Upload
from store.outbox import Outbox, Outgoing

MOST_REMEMBERED = 10_000
_OF_WORDS = frozenset(("sendMessage", "editMessageText", "editMessageReplyMarkup", "answerCallbackQuery"))
"""Methods whose parameters hold no file: nothing is looked for in them."""


class Payloads:
    """Fills in chats, files and the numbers of earlier messages. `file_id(source)` is the known id of a file."""

    def __init__(self, rows: Outbox, file_id: Callable[[str], str | None] | None) -> None:
        self._rows, self._file_id = rows, file_id
        self._message_ids: dict[str, int] = {}

    async def of(self, row: Outgoing, fixes: Collection[Fate]) -> tuple[dict[str, Any], dict[str, Upload]]:
        """The parameters of the call and the files that go with it.

        OSError when a file cannot be read, LookupError when it speaks of a message that was never sent.
        """
        payload: dict[str, Any] = dict(row.payload)
        if row.chat_id:
            payload["chat_id"] = row.chat_id
        if row.connection_id:
            payload["business_connection_id"] = row.connection_id
        for name in ("message_id", "message_thread_id"):
            of = payload.get(name)
            if isinstance(of, dict):
                payload[name] = await self._message_id_of(str(of.get("of")))
        if Fate.AS_PLAIN in fixes:
            payload = _as_plain(payload)
        if Fate.NO_REPLY_TO in fixes:
            payload.pop("reply_parameters", None)
            payload.pop("reply_to_message_id", None)
        wanted = () if row.method in _OF_WORDS else attachments.sources(payload)
        if not wanted:
            return payload, {}
        known: dict[str, str] = {}
        if self._file_id is not None and Fate.UPLOAD not in fixes:
            known = {source: found for source in wanted if (found := self._file_id(source)) is not None}
        return await asyncio.to_thread(attachments.filled, payload, known, lambda source: Path(source).read_bytes())

    def sent(self, key: str, result: Any, parameters: Mapping[str, Any] | None) -> int | None:
        """Remember what was sent (made) under a key; returns Telegram's number of it, None where there is none."""
        number = _message_id(result)
        if number is None and parameters is not None and isinstance(parameters.get("message_id"), int):
            number = parameters["message_id"]
        if number is not None:
            if len(self._message_ids) >= MOST_REMEMBERED:
                del self._message_ids[next(iter(self._message_ids))]
            self._message_ids[key] = number
        return number

    async def _message_id_of(self, key: str) -> int:
        """Telegram's number of the message sent under a key. LookupError when there is none."""
        known = self._message_ids.get(key)
        if known is None:
            row = await self._rows.by_key(key)
            known = row.message_id if row is not None else None
        if known is None:
            raise LookupError(f"nothing was sent under {key}")
        return known


def _message_id(result: Any) -> int | None:
    if isinstance(result, list) and result:
        result = result[0]
    found = result.get("message_id", result.get("message_thread_id")) if isinstance(result, dict) else None
    return found if isinstance(found, int) else None


def _as_plain(payload: Mapping[str, Any]) -> dict[str, Any]:
    plain = {name: value for name, value in payload.items() if name not in ("parse_mode", "entities")}
    for name in ("text", "caption"):
        if isinstance(plain.get(name), str) and payload.get("parse_mode"):
            plain[name] = plain_text(plain[name])
    if isinstance(plain.get("media"), list):
        plain["media"] = [_as_plain(one) for one in plain["media"]]
    return plain
