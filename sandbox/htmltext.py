"""Telegram's HTML: read as strictly as Telegram reads it, into plain text and entities with UTF-16 offsets.

The rules are those of "Formatting options" in the Bot API: few tags, four named character references, everything closed
in the order it was opened. A lone `>` or an unknown `&name;` is plain text there, and so it is here.
"""

from dataclasses import dataclass

from sandbox.entities import Entity, Formatted, tidied, units
from sandbox.errors import ApiError, cannot_parse
from sandbox.links import checked_url, user_of

TAGS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "a": "text_link",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
    "tg-emoji": "custom_emoji",
}
NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}


@dataclass(slots=True)
class _Open:
    """A tag waiting for its end."""

    name: str
    start: int
    attributes: dict[str, str]


def parse_html(html: str) -> Formatted:
    """Read `html`; raises the 400 Telegram would answer, with the offset in bytes of UTF-8."""
    return _Reader(html).read()


class _Reader:
    def __init__(self, html: str) -> None:
        self.html = html
        self.at = 0
        self.out: list[str] = []
        self.length = 0
        self.open: list[_Open] = []
        self.entities: list[Entity] = []

    def read(self) -> Formatted:
        html = self.html
        while self.at < len(html):
            char = html[self.at]
            if char == "<":
                self._tag()
            elif char == "&":
                self._put(self._reference())
            else:
                stop = self.at + 1
                while stop < len(html) and html[stop] not in "<&":
                    stop += 1
                self._put(html[self.at : stop])
                self.at = stop
        if self.open:
            raise cannot_parse(f'Can\'t find end tag corresponding to start tag "{self.open[-1].name}"')
        text = "".join(self.out)
        if any(0xD800 <= ord(char) <= 0xDFFF for char in text):
            raise cannot_parse(
                "Text contains invalid Unicode characters after decoding HTML entities, "
                "check for unmatched surrogate code units"
            )
        return Formatted(text, tidied(self.entities))

    def _put(self, text: str) -> None:
        self.out.append(text)
        self.length += units(text)

    def _offset(self, at: int) -> int:
        return len(self.html[:at].encode("utf-8", "surrogatepass"))

    def _fail(self, what: str, at: int, rest: str = "") -> ApiError:
        return cannot_parse(f"{what} at byte offset {self._offset(at)}{rest}")

    def _skip_space(self) -> None:
        while self.at < len(self.html) and self.html[self.at].isspace():
            self.at += 1

    def _reference(self) -> str:
        """A character reference, or the bare `&` it turned out to be; the `;` may be missing."""
        html, start = self.html, self.at
        stop = start + 1
        if html[stop : stop + 1] == "#":
            hexadecimal = html[stop + 1 : stop + 2].lower() == "x"
            stop = digits = stop + (2 if hexadecimal else 1)
            allowed = "0123456789abcdefABCDEF" if hexadecimal else "0123456789"
            while stop < len(html) and html[stop] in allowed:
                stop += 1
            code = int(html[digits:stop] or "0", 16 if hexadecimal else 10) if stop - digits <= 10 else 0
            found = chr(code) if 0 < code < 0x10FFFF else ""
        else:
            while stop < len(html) and html[stop].isascii() and html[stop].isalpha():
                stop += 1
            found = NAMED.get(html[start + 1 : stop], "")
        if not found:
            self.at = start + 1
            return "&"
        self.at = stop + 1 if html[stop : stop + 1] == ";" else stop
        return found

    def _tag(self) -> None:
        start = self.at
        self.at += 1
        if self.html[self.at : self.at + 1] == "/":
            self._end(start)
        else:
            self._start(start)

    def _name(self, stops: str) -> str:
        begin = self.at
        while self.at < len(self.html) and not self.html[self.at].isspace() and self.html[self.at] not in stops:
            self.at += 1
        return self.html[begin : self.at]

    def _start(self, start: int) -> None:
        name = self._name(">").lower()
        if self.at >= len(self.html):
            raise self._fail("Unclosed start tag", start)
        if name not in TAGS:
            raise self._fail(f'Unsupported start tag "{name}"', start)
        attributes: dict[str, str] = {}
        while True:
            self._skip_space()
            if self.at >= len(self.html):
                raise self._fail(f'Unclosed start tag "{name}"', start)
            if self.html[self.at] == ">":
                break
            key = self._name("=>").lower()
            if not key:
                raise self._fail(f'Empty attribute name in the tag "{name}"', start)
            self._skip_space()
            attributes[key] = self._value(name, start) if self.html[self.at : self.at + 1] == "=" else ""
        self.at += 1
        if name == "span" and attributes.get("class") != "tg-spoiler":
            raise self._fail('Tag "span" must have class "tg-spoiler"', start)
        if name == "tg-emoji" and not attributes.get("emoji-id", "").isdigit():
            raise cannot_parse("Invalid custom emoji identifier specified")
        self.open.append(_Open(name, self.length, attributes))

    def _value(self, name: str, start: int) -> str:
        self.at += 1
        self._skip_space()
        if self.at >= len(self.html):
            raise self._fail(f'Unclosed start tag "{name}"', start)
        quote = self.html[self.at]
        if quote not in "\"'":
            begin = self.at
            while self.html[self.at : self.at + 1].isalnum() or self.html[self.at : self.at + 1] in (".", "-"):
                self.at += 1
            after = self.html[self.at : self.at + 1]
            if after != ">" and not after.isspace():
                raise self._fail("Unexpected end of name token", begin)
            return self.html[begin : self.at]
        self.at += 1
        value: list[str] = []
        while self.at < len(self.html) and self.html[self.at] != quote:
            if self.html[self.at] == "&":
                value.append(self._reference())
            else:
                value.append(self.html[self.at])
                self.at += 1
        if self.at >= len(self.html):
            raise self._fail("Unclosed start tag", start)
        self.at += 1
        return "".join(value)

    def _end(self, start: int) -> None:
        if not self.open:
            raise self._fail("Unexpected end tag", start)
        self.at += 1
        name = self._name(">").lower()
        self._skip_space()
        if self.html[self.at : self.at + 1] != ">":
            raise self._fail("Unclosed end tag", start)
        self.at += 1
        tag = self.open.pop()
        if name and name != tag.name:
            raise self._fail("Unmatched end tag", start, f', expected "</{tag.name}>", found "</{name}>"')
        if self.length > tag.start:
            self._close(tag)

    def _close(self, tag: _Open) -> None:
        entity: Entity = {"offset": tag.start, "length": self.length - tag.start, "type": TAGS[tag.name]}
        match tag.name:
            case "a":
                whole = "".join(self.out).encode("utf-16-le", "surrogatepass")
                target = tag.attributes.get("href") or whole[tag.start * 2 :].decode("utf-16-le", "replace")
                if (user := user_of(target)) is not None:
                    entity |= {"type": "text_mention", "user": {"id": user}}
                elif (url := checked_url(target)) is not None:
                    entity["url"] = url
                else:
                    return
            case "code" | "pre":
                if tag.attributes.get("class", "").startswith("language-"):
                    entity["language"] = tag.attributes["class"].removeprefix("language-")
            case "blockquote" if "expandable" in tag.attributes:
                entity["type"] = "expandable_blockquote"
            case "tg-emoji":
                entity["custom_emoji_id"] = tag.attributes["emoji-id"]
        self.entities.append(entity)
