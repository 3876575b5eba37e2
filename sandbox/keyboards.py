"""Keyboards: what Telegram checks in a reply_markup before it takes the message."""

from typing import Any

from sandbox.entities import units
from sandbox.errors import bad_request
from sandbox.links import checked_url

Markup = dict[str, Any]

MOST_BUTTONS = 100
STYLES = {"danger", "success", "primary"}
ACTIONS = (
    "url",
    "callback_data",
    "copy_text",
    "web_app",
    "login_url",
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat",
    "callback_game",
    "pay",
)


def checked(markup: Any) -> tuple[Markup | None, Markup | None]:
    """`markup` as (what stays under the message, what goes below the input field); 400 when it is wrong."""
    if markup is None or markup == {}:
        return None, None
    if not isinstance(markup, dict):
        raise bad_request("object expected as reply markup")
    if "inline_keyboard" in markup:
        rows = _rows(markup["inline_keyboard"], "inline keyboard")
        kept = [[_inline(button) for button in row] for row in rows if row]
        return ({"inline_keyboard": kept} if kept else None), None
    if "keyboard" in markup:
        rows = _rows(markup["keyboard"], "reply keyboard")
        kept = [[_plain(button) for button in row] for row in rows if row]
        if not kept:
            raise bad_request("reply keyboard must be non-empty")
        return None, markup | {"keyboard": kept}
    if markup.get("remove_keyboard") or markup.get("force_reply"):
        return None, markup
    return None, None


def _rows(raw: Any, what: str) -> list[list[Any]]:
    if not isinstance(raw, list) or not all(isinstance(row, list) for row in raw):
        raise bad_request(f"can't parse {what}: expected an Array of Arrays of buttons")
    if sum(len(row) for row in raw) > MOST_BUTTONS:
        raise bad_request("reply markup is too long")
    return raw


def _inline(button: Any) -> Markup:
    if not isinstance(button, dict):
        raise bad_request("can't parse inline keyboard button: expected an Object")
    text = button.get("text")
    if not isinstance(text, str):
        raise bad_request("can't parse inline keyboard button: Can't find field \"text\"")
    if not text.strip():
        raise bad_request("text buttons are unallowed in the inline keyboard" if not text else "BUTTON_TEXT_INVALID")
    wanted = [action for action in ACTIONS if button.get(action) is not None]
    if not wanted:
        raise bad_request("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
    if len(wanted) > 1:
        raise bad_request("can't parse inline keyboard button: exactly one action must be used")
    if button.get("style") not in STYLES | {None}:
        raise bad_request("can't parse inline keyboard button: invalid button style specified")
    _ACTION_CHECKS.get(wanted[0], _anything)(button[wanted[0]])
    return dict(button)


def _anything(value: Any) -> None:
    """No rule of its own."""


def _callback(data: Any) -> None:
    if not isinstance(data, str) or not 1 <= len(data.encode()) <= 64:
        raise bad_request("BUTTON_DATA_INVALID")


def _url(url: Any) -> None:
    if not isinstance(url, str) or checked_url(url) is None:
        raise bad_request("BUTTON_URL_INVALID")


def _copy(copied: Any) -> None:
    if not isinstance(copied, dict) or not 1 <= units(str(copied.get("text", ""))) <= 256:
        raise bad_request("BUTTON_COPY_TEXT_INVALID")


_ACTION_CHECKS = {"callback_data": _callback, "url": _url, "copy_text": _copy}


def _plain(button: Any) -> Markup:
    if isinstance(button, str):
        button = {"text": button}
    if not isinstance(button, dict) or not str(button.get("text", "")).strip():
        raise bad_request("can't parse keyboard button: Text must be non-empty")
    return dict(button)
