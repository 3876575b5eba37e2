"""Registering commands by scope and language."""

from typing import Any

from sandbox.errors import bad_request
from sandbox.params import Params
from sandbox.world import World


def _where(params: Params) -> tuple[Any, str]:
    language = params.text("language_code") or ""
    if language and not (len(language) == 2 and language.isascii() and language.isalpha()):
        raise bad_request("LANG_CODE_INVALID" if len(language) > 2 else "invalid language code specified")
    return params.json("scope", "BotCommandScope"), language


def _check_chat(world: World, scope: Any) -> None:
    if isinstance(scope, dict) and str(scope.get("type", "")).startswith("chat"):
        world.chat_known(scope.get("chat_id"))


def set_my_commands(world: World, params: Params) -> bool:
    """Register one list; a chat scope needs a chat the bot knows."""
    scope, language = _where(params)
    _check_chat(world, scope)
    world.commands.set(scope, language, params.json("commands"))
    world.touch()
    return True


def get_my_commands(world: World, params: Params) -> list[dict[str, str]]:
    """The list of exactly this scope and language."""
    return world.commands.get(*_where(params))


def delete_my_commands(world: World, params: Params) -> bool:
    """Remove one list."""
    scope, language = _where(params)
    _check_chat(world, scope)
    world.commands.delete(scope, language)
    world.touch()
    return True
