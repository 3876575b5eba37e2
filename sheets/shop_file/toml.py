"""TOML itself: which fault a file has that is none, the line each key stands on, and a value as the file wrote it."""

import re
from decimal import Decimal

from core.shop import Shop
from sheets.problems import Parsed, refusal

_SYNTAX = (
    ("Unterminated string", "toml_quote"),
    ("Illegal character '\\n'", "toml_quote"),
    ("Unescaped '\\'", "toml_backslash"),
    ("Expected '=' after a key", "toml_equals"),
    ("Invalid statement", "toml_key"),
    ("Invalid initial character for a key", "toml_key"),
    ("Invalid value", "toml_unquoted"),
    ("Cannot overwrite a value", "toml_twice"),
    ("Duplicate inline table key", "toml_twice"),
    ("Cannot declare", "toml_section_twice"),
    ("Unclosed array", "toml_bracket"),
    ("Unclosed inline table", "toml_bracket"),
    ("Expected ']'", "toml_bracket"),
    ("Expected newline or end of document", "toml_after"),
)


def key_lines(text: str) -> dict[str, int]:
    """The line each key stands on, by its path; carriers and promotions are numbered from 1."""
    lines: dict[str, int] = {}
    counts: dict[str, int] = {}
    section = ""
    for number, line in enumerate(text.split("\n"), 1):
        if table := re.match(r"\s*(\[\[?)\s*([^\[\]]+?)\s*\]", line):
            section = re.sub(r"""["']|\s*(?=\.)|(?<=\.)\s*""", "", table[2])
            if table[1] == "[[":
                counts[section] = counts.get(section, 0) + 1
                section = f"{section}.{counts[section]}"
            elif (first := section.partition("."))[0] in counts:
                section = f"{first[0]}.{counts[first[0]]}.{first[2]}"
            lines.setdefault(section, number)
        elif key := re.match(r"""\s*("[^"]*"|'[^']*'|[\w.-]+)\s*=""", line):
            path = key[1].strip("\"'")
            lines.setdefault(f"{section}.{path}" if section else path, number)
    return lines


def spelled(value: object) -> str:
    """A value roughly as the file wrote it, for a sentence; a text as it is."""
    return value if isinstance(value, str) else _toml(value)


def _toml(value: object) -> str:
    """A value roughly as the file wrote it, for a sentence."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{key} = {_toml(one)}" for key, one in value.items()) + " }"
    if isinstance(value, list):
        return "[" + ", ".join(map(_toml, value)) + "]"
    if isinstance(value, int) and value.bit_length() > 1_000:
        return "…"
    return f'"{value}"' if isinstance(value, str) else str(value)


def no_toml(name: str, text: str, message: str) -> Parsed[Shop]:
    """Why this text is no TOML; `message` is what tomllib said."""
    place = re.search(r"\(at line (\d+), column (\d+)\)$", message)
    lines = text.split("\n")
    row = int(place[1]) if place else len(lines)
    line = lines[row - 1].strip() if row <= len(lines) else ""
    if re.search(r"[“”‘’]", re.sub(r'"[^"]*"', "", line.split("#")[0])):
        return refusal(name, "toml_curly", row, "", line)
    for part, fault in _SYNTAX:
        if part in message:
            return refusal(name, fault, row, "", line)
    return refusal(name, "toml_line", row, "", line)


def decimal(text: str) -> Decimal:
    """A number with a point, as it was written."""
    return Decimal(text.replace("_", ""))
