"""Direct calls that do no harm when they fail or are done twice: no row in the outbox, errors become values."""

import logging
from collections.abc import Mapping, Sequence
from typing import Any

from telegram.error import TelegramError

from delivery.redacting import hidden
from delivery.transport import Answer, Api

MOST_DOWNLOADED = 20 * 1024 * 1024
"""Telegram lets a bot fetch no more."""
_log = logging.getLogger(__name__)


async def answer_button(api: Api, callback_query_id: str, text: str = "", *, alert: bool = False) -> bool:
    """Stop the button's spinner, perhaps with a few words (200 characters). False when it was too late for that."""
    answer = await tried(
        api,
        "answerCallbackQuery",
        {"callback_query_id": callback_query_id, "text": text[:200] or None, "show_alert": alert or None},
    )
    return answer is not None and answer.ok


async def set_commands(
    api: Api, commands: Sequence[tuple[str, str]], scope: Mapping[str, Any] | None = None, language: str = ""
) -> bool:
    """Show these (command, description) in the menu; an empty list takes the menu of this scope away."""
    where = {"scope": scope, "language_code": language or None}
    if not commands:
        answer = await tried(api, "deleteMyCommands", where)
    else:
        listed = [{"command": command, "description": told[:256]} for command, told in commands]
        answer = await tried(api, "setMyCommands", {"commands": listed, **where})
    return answer is not None and answer.ok


async def download(api: Api, file_id: str) -> bytes | str:
    """The bytes of a file a person sent, or a sentence in English that says why they cannot be had."""
    answer = await tried(api, "getFile", {"file_id": file_id})
    if answer is None:
        return "Telegram could not be reached."
    if not answer.ok or not isinstance(answer.result, dict) or not answer.result.get("file_path"):
        return f"Telegram does not hand it out: {answer.description or 'it is too big'}."
    if int(answer.result.get("file_size") or 0) > MOST_DOWNLOADED:
        return "It is larger than 20 MB."
    try:
        return await api.download(str(answer.result["file_path"]))
    except TelegramError as error:
        return hidden(f"It could not be fetched: {error}")


async def connection(api: Api, connection_id: str) -> dict[str, Any] | None:
    """A business connection as it is now, None when there is none of that name. TelegramError when Telegram does not tell: a
    line that came through it must wait for that."""
    answer = await api.call("getBusinessConnection", {"business_connection_id": connection_id}, read_timeout=15.0)
    if not answer.ok and answer.code != 400:
        raise TelegramError(f"Telegram does not tell whose connection it is: {answer.code} {answer.description}")
    return answer.result if answer.ok and isinstance(answer.result, dict) else None


async def member(api: Api, chat_id: int, user_id: int) -> dict[str, Any] | None:
    """How somebody stands in a group, with their rights; None when Telegram does not tell."""
    answer = await tried(api, "getChatMember", {"chat_id": chat_id, "user_id": user_id})
    return answer.result if answer is not None and answer.ok and isinstance(answer.result, dict) else None


async def topic_icons(api: Api) -> dict[str, str]:
    """The emoji a topic may have as its icon, each with the id it is called by."""
    answer = await tried(api, "getForumTopicIconStickers", {})
    found = answer.result if answer is not None and answer.ok and isinstance(answer.result, list) else []
    return {str(one.get("emoji")): str(one["custom_emoji_id"]) for one in found if one.get("custom_emoji_id")}


async def tried(api: Api, method: str, parameters: Mapping[str, Any], read_timeout: float = 15.0) -> Answer | None:
    """One call of any harmless method. None when there was no answer; that is logged, not raised."""
    try:
        answer = await api.call(method, parameters, read_timeout=read_timeout)
    except TelegramError as error:
        _log.info("%s was not answered: %s", method, error)
        return None
    if not answer.ok:
        _log.info("%s was refused: %s", method, answer.description)
    return answer
