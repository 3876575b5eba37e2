"""The commands a bot registers, by scope and language, and which of them a person is shown."""

import json
import re
from typing import Any

from sandbox.errors import bad_request

Command = dict[str, str]

_NAME = re.compile(r"/?[a-z0-9_]{1,32}")
_SCOPES = {
    "default",
    "all_private_chats",
    "all_group_chats",
    "all_chat_administrators",
    "chat",
    "chat_administrators",
    "chat_member",
}


class Commands:
    """Lists of commands. Scopes only hide commands, they forbid nothing."""

    def __init__(self) -> None:
        self._lists: dict[tuple[str, str], list[Command]] = {}

    def set(self, scope: Any, language: str, commands: Any) -> None:
        """Register a list; 400 for a name Telegram would not take."""
        if not isinstance(commands, list):
            raise bad_request("can't parse commands JSON object")
        if len(commands) > 100:
            raise bad_request("BOT_COMMANDS_TOO_MUCH")
        kept = []
        for command in commands:
            name, told = str(command.get("command", "")), str(command.get("description", "")).strip()
            if not name.strip("/"):
                raise bad_request("command must be non-empty")
            if not _NAME.fullmatch(name):
                raise bad_request("BOT_COMMAND_INVALID")
            if not told:
                raise bad_request("command description must be non-empty")
            if len(told) > 256:
                raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
            kept.append({"command": name.lstrip("/"), "description": told})
        self._lists[scope_key(scope), language] = kept

    def get(self, scope: Any, language: str) -> list[Command]:
        """The list of exactly this scope and language."""
        return self._lists.get((scope_key(scope), language), [])

    def delete(self, scope: Any, language: str) -> None:
        """Remove one list, so that a wider one shows again."""
        self._lists.pop((scope_key(scope), language), None)

    def seen_by(self, chat_id: int, language: str | None) -> list[Command]:
        """What a person sees in the private chat: the narrowest scope first, their language before none."""
        spoken = (language or "").split("-")[0].lower()
        for scope in ({"type": "chat", "chat_id": chat_id}, {"type": "all_private_chats"}, {"type": "default"}):
            for tongue in dict.fromkeys((spoken, "")):
                found = self._lists.get((scope_key(scope), tongue))
                if found:
                    return found
        return []


def scope_key(scope: Any) -> str:
    """One string per scope; None is the default scope."""
    if scope is None:
        scope = {"type": "default"}
    if not isinstance(scope, dict) or scope.get("type") not in _SCOPES:
        raise bad_request("can't parse BotCommandScope: unsupported type specified")
    return json.dumps({key: str(value) for key, value in scope.items()}, sort_keys=True)
