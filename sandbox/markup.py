"""Text and entities written back as the HTML they came from, for a reader of tests."""

from collections import defaultdict
from html import escape
from typing import Any

_PLAIN = {
    "bold": "b",
    "italic": "i",
    "underline": "u",
    "strikethrough": "s",
    "spoiler": "tg-spoiler",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
}


def as_html(text: str, entities: list[dict[str, Any]]) -> str:
    """`text` with a tag wherever an entity begins and ends; links Telegram found by itself stay bare."""
    opening: dict[int, list[str]] = defaultdict(list)
    closing: dict[int, list[str]] = defaultdict(list)
    for entity in entities:
        tags = _tags(entity)
        if tags is not None:
            opening[entity["offset"]].append(tags[0])
            closing[entity["offset"] + entity["length"]].insert(0, tags[1])
    told: list[str] = []
    at = 0
    for char in text:
        told += closing[at] + opening[at] + [escape(char, quote=False)]
        at += 2 if ord(char) > 0xFFFF else 1
    return "".join(told + closing[at])


def _tags(entity: dict[str, Any]) -> tuple[str, str] | None:
    kind = entity["type"]
    if kind in _PLAIN:
        return f"<{_PLAIN[kind]}>", f"</{_PLAIN[kind]}>"
    match kind:
        case "text_link":
            return f'<a href="{escape(entity["url"])}">', "</a>"
        case "text_mention":
            return f'<a href="tg://user?id={entity["user"]["id"]}">', "</a>"
        case "expandable_blockquote":
            return "<blockquote expandable>", "</blockquote>"
        case "custom_emoji":
            return f'<tg-emoji emoji-id="{entity["custom_emoji_id"]}">', "</tg-emoji>"
        case _:
            return None
