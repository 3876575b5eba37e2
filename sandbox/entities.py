"""Entities: what Telegram makes of a text's markup, in UTF-16 units, and how it tidies them."""

from typing import Any, NamedTuple

from sandbox.errors import bad_request

Entity = dict[str, Any]

OUTER_FIRST = [
    "blockquote",
    "expandable_blockquote",
    "pre",
    "code",
    "text_link",
    "text_mention",
    "bold",
    "italic",
    "underline",
    "strikethrough",
    "spoiler",
    "custom_emoji",
]
MOST_ENTITIES = 100


class Formatted(NamedTuple):
    """Plain text with its entities, outer ones first."""

    text: str
    entities: list[Entity]


def units(text: str) -> int:
    """How long Telegram counts `text`: in UTF-16 code units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def tidied(entities: list[Entity]) -> list[Entity]:
    """The same entities as Telegram keeps them: sorted, code alone, equal ones joined, at most 100."""

    def place(entity: Entity) -> tuple[int, int, int]:
        kind = entity["type"]
        rank = OUTER_FIRST.index(kind) if kind in OUTER_FIRST else len(OUTER_FIRST)
        return entity["offset"], -entity["length"], rank

    kept: list[Entity] = []
    for entity in sorted(entities, key=place):
        around = [outer for outer in kept if outer["offset"] + outer["length"] > entity["offset"]]
        outer_code = next((outer for outer in around if outer["type"] in ("pre", "code")), None)
        if outer_code is not None:
            if outer_code["length"] == entity["length"] and {outer_code["type"], entity["type"]} == {"pre", "code"}:
                language = outer_code.get("language") or entity.get("language")
                outer_code["type"] = "pre"
                if language:
                    outer_code["language"] = language
            continue
        if any(outer["type"] == entity["type"] for outer in around):
            continue
        before = kept[-1] if kept else None
        if before and before["offset"] + before["length"] == entity["offset"] and _alike(before, entity):
            before["length"] += entity["length"]
            continue
        if entity["type"] == "code":
            entity.pop("language", None)  # Only <pre><code class="language-…"> carries a language.
        kept.append(entity)
    return kept[:MOST_ENTITIES]


def _alike(one: Entity, other: Entity) -> bool:
    mergeable = {"bold", "italic", "underline", "strikethrough", "spoiler"}
    return bool(one["type"] == other["type"] and one["type"] in mergeable)


def trimmed(formatted: Formatted) -> Formatted:
    """Without the blank ends Telegram removes; a blank that an entity begins with stays."""
    text, entities = formatted
    text = text.rstrip(" \n\t\r")
    size = units(text)
    first = min((entity["offset"] for entity in entities), default=size)
    cut = 0
    while cut < min(first, len(text)) and text[cut] in " \n":
        cut += 1
    moved = [
        entity | {"offset": entity["offset"] - cut, "length": min(entity["length"], size - entity["offset"])}
        for entity in entities
        if entity["offset"] < size
    ]
    return Formatted(text[cut:], moved)


def given_entities(text: str, raw: object) -> list[Entity]:
    """Entities a bot sent beside its text, or 400 when they do not fit it."""
    if not isinstance(raw, list):
        raise bad_request("can't parse entities: expected an Array of MessageEntity")
    size = units(text)
    for entity in raw:
        if not isinstance(entity, dict) or not {"type", "offset", "length"} <= entity.keys():
            raise bad_request("can't parse MessageEntity: expected an Object")
        if entity["offset"] < 0 or entity["length"] <= 0 or entity["offset"] + entity["length"] > size:
            raise bad_request("entity beyond the end of the text")
    return tidied([dict(entity) for entity in raw])
