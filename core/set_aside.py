"""What an update that could not be handled was, as far as its raw JSON tells: who did what, for whoever looks after it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class What(StrEnum):
    """What somebody did. `ODD`: nobody can read it."""

    SAID = "said"
    EDITED = "edited"
    TAPPED = "tapped"
    OTHER = "other"
    ODD = "odd"


@dataclass(frozen=True, slots=True)
class Update:
    """`id` is the person's number with Telegram, 0 where it is not told; `words` are empty where there were none."""

    what: What
    name: str = ""
    id: int = 0
    words: str = ""


def of_raw(raw: str) -> Update:
    """Whatever Telegram sent. Never raises."""
    try:
        update = json.loads(raw)
    except (ValueError, RecursionError):
        return Update(What.ODD)
    events = update.items() if isinstance(update, dict) else ()
    kind, event = next(((name, one) for name, one in events if isinstance(one, dict)), ("", {}))
    who = _mapping(event.get("from"))
    name = " ".join(filter(None, (_text(who.get("first_name")), _text(who.get("last_name")))))
    number = who.get("id")
    id = number if type(number) is int and 0 < number < 2**63 else 0
    if not id:
        return Update(What.ODD)
    if kind == "callback_query":
        return Update(What.TAPPED, name, id)
    if not kind.endswith("message"):
        return Update(What.OTHER, name, id)
    words = _text(event.get("text")) or _text(event.get("caption"))
    return Update(What.EDITED if kind.startswith("edited") else What.SAID, name, id, words)


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
