"""The bot's own face: who it is and what it calls itself."""

from typing import Any

from sandbox.errors import bad_request
from sandbox.params import Params
from sandbox.world import World


def get_me(world: World, params: Params) -> dict[str, Any]:
    """The bot's own User, with what it may do."""
    return world.bot.user() | {
        "can_join_groups": True,
        "can_read_all_group_messages": False,
        "supports_inline_queries": False,
        "can_connect_to_business": True,
        "has_main_web_app": False,
    }


def log_out(world: World, params: Params) -> bool:
    """True; nothing to leave here."""
    return True


def _set(kept: dict[str, str], params: Params, name: str, most: int) -> bool:
    text = params.text(name) or ""
    if len(text) > most:
        raise bad_request(f"{name.replace('_', ' ')} is too long")
    kept[params.text("language_code") or ""] = text
    return True


def _get(kept: dict[str, str], params: Params, default: str = "") -> str:
    return kept.get(params.text("language_code") or "") or kept.get("") or default


def set_my_name(world: World, params: Params) -> bool:
    """At most 64 characters."""
    return _set(world.bot.names, params, "name", 64)


def get_my_name(world: World, params: Params) -> dict[str, str]:
    """The name in a language."""
    return {"name": _get(world.bot.names, params, world.bot.first_name)}


def set_my_description(world: World, params: Params) -> bool:
    """At most 512 characters."""
    return _set(world.bot.descriptions, params, "description", 512)


def get_my_description(world: World, params: Params) -> dict[str, str]:
    """What an empty chat shows."""
    return {"description": _get(world.bot.descriptions, params)}


def set_my_short_description(world: World, params: Params) -> bool:
    """At most 120 characters."""
    return _set(world.bot.short_descriptions, params, "short_description", 120)


def get_my_short_description(world: World, params: Params) -> dict[str, str]:
    """What the bot's profile shows."""
    return {"short_description": _get(world.bot.short_descriptions, params)}
