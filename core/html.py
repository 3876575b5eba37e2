"""Cutting a long HTML text into messages: Telegram takes 4096 characters in a text and 1024 under a picture.

It counts UTF-16 units after the mark-up has been taken off; so does this.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape

TEXT_LIMIT = 4096
CAPTION_LIMIT = 1024

_TOKEN = re.compile(
    r"(?P<tag><(?P<end>/?)(?P<name>[a-zA-Z][a-zA-Z0-9-]*)[^<>]*>)"
    r"|(?P<entity>&(?:\#[0-9]+|\#[xX][0-9a-fA-F]+|[a-zA-Z]+);)"
    r"|(?P<text>[^<&]+|[<&])"
)
_WORD = re.compile(r"\n|[^\S\n]+|[^\s]+")


@dataclass(frozen=True, slots=True)
class _Piece:
    """A bit of text that is never cut: its source, its length as Telegram counts it; or a tag, of length 0."""

    source: str
    length: int
    tag: str = ""
    is_end: bool = False


def utf16_length(text: str) -> int:
    """Length in UTF-16 units, as Telegram counts: most emoji are two."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def cut(text: str, most: int) -> str:
    """The beginning of a plain text, so many UTF-16 units of it at most, with … where there was more."""
    if utf16_length(text) <= most:
        return text
    room, kept = most - 1, 0
    while (room := room - utf16_length(text[kept])) >= 0:
        kept += 1
    return f"{text[:kept]}…"


def cut_html(html: str, limit: int = TEXT_LIMIT) -> str:
    """The beginning of a text that must stay one message, with … where there was more."""
    if utf16_length(html) <= limit or utf16_length(plain_text(html)) <= limit:
        return html
    return f"{split_html(html, limit - 1)[0]}…"


def split_html(html: str, limit: int = TEXT_LIMIT) -> list[str]:
    """The text in parts of at most `limit`, cut at line ends outside tags where there are any, else at any line end, else
    at a space, else between characters; never inside a tag or an entity. Tags open at a cut are closed and opened again.

    White space at the cuts is dropped, as Telegram does; an empty text gives no part.
    """
    if utf16_length(html) <= limit:
        return [html] if plain_text(html).strip() else []
    parts: list[str] = []
    pieces = list(_pieces(html))
    start = 0
    opened: list[str] = []
    while start < len(pieces):
        end = _cut(pieces, start, limit, len(opened))
        part = "".join(opened)
        for piece in pieces[start:end]:
            part += piece.source
            if piece.tag and piece.is_end:
                for number in range(len(opened) - 1, -1, -1):
                    if _name(opened[number]) == piece.tag:
                        del opened[number]
                        break
            elif piece.tag:
                opened.append(piece.source)
        part = part.rstrip() + "".join(f"</{_name(tag)}>" for tag in reversed(opened))
        if plain_text(part).strip():
            parts.append(part.strip())
        start = end
        while start < len(pieces) and not pieces[start].tag and not pieces[start].source.strip():
            start += 1
    return parts


def plain_text(html: str) -> str:
    """The text without its mark-up: what is sent when Telegram refuses the mark-up."""
    if "<" not in html and "&" not in html:
        return html
    return "".join(
        unescape(match["entity"]) if match["entity"] else match["text"] or "" for match in _TOKEN.finditer(html)
    )


def _cut(pieces: list[_Piece], start: int, limit: int, depth: int) -> int:
    """Where the part that begins at `start` ends: the index after its last piece."""
    length = 0
    breaks = [
        (0, 0),
        (0, 0),
        (0, 0),
    ]  # the latest line end outside tags, inside tags, the latest space: (index, length)
    for index in range(start, len(pieces)):
        piece = pieces[index]
        if length + piece.length > limit:
            # A break near the beginning is not worth a nearly empty message.
            return next((place for place, so_far in breaks if so_far * 4 >= limit), max(index, start + 1))
        length += piece.length
        if piece.tag:
            depth += -1 if piece.is_end else 1
        elif piece.source == "\n":
            breaks[0 if depth <= 0 else 1] = (index + 1, length)
        elif piece.source.isspace():
            breaks[2] = (index + 1, length)
    return len(pieces)


def _pieces(html: str) -> Iterator[_Piece]:
    for match in _TOKEN.finditer(html):
        if match["tag"]:
            yield _Piece(match["tag"], 0, match["name"].lower(), bool(match["end"]))
        elif match["entity"]:
            yield _Piece(match["entity"], utf16_length(plain_text(match["entity"])))
        else:
            for word in _WORD.findall(match["text"]):
                if len(word) <= 64 and word.isascii():
                    yield _Piece(word, len(word))
                else:  # Chinese has no spaces, and a long address must be cut somewhere
                    yield from (_Piece(character, utf16_length(character)) for character in word)


def _name(tag: str) -> str:
    found = re.match(r"<([a-zA-Z][a-zA-Z0-9-]*)", tag)
    return found[1].lower() if found else ""
