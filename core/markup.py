"""The mark-up Telegram reads: few tags, each closed in the order it was opened. Anything else gets the whole text refused."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

PLAIN = frozenset("b strong i em u ins s strike del code pre blockquote tg-spoiler".split())
"""Tags that need nothing but their name."""
_WITH = {
    "a": re.compile(r'\s+href\s*=\s*(?:"[^"<>]*"|\'[^\'<>]*\')\s*'),
    "span": re.compile(r'\s+class\s*=\s*["\']?tg-spoiler["\']?\s*'),
    "code": re.compile(r'\s+class\s*=\s*["\']?language-[\w+#-]+["\']?\s*'),
    "blockquote": re.compile(r"\s+expandable\s*"),
    "tg-emoji": re.compile(r'\s+emoji-id\s*=\s*["\']?\d+["\']?\s*'),
}
_TAG = re.compile(r"<(?P<end>/?)(?P<name>[a-zA-Z][a-zA-Z0-9-]*)(?P<more>[^<>]*)>|<[^<>\n]{0,30}>?")


@dataclass(frozen=True, slots=True)
class Unsound:
    """A tag Telegram refuses, and where it stands."""

    at: int
    tag: str


def unsound(html: str) -> Iterator[Unsound]:
    """Every tag that is unknown, that ends what was not begun, or that is never closed; a lone "<" is one as well."""
    opened: list[Unsound] = []
    for match in _TAG.finditer(html):
        here = Unsound(match.start(), match[0])
        name = (match["name"] or "").lower()
        if match["end"]:
            if opened and _name(opened[-1].tag) == name and not match["more"].strip():
                opened.pop()
            else:
                yield here
        elif name and _is_known(name, match["more"]):
            opened.append(here)
        else:
            yield here
    yield from opened


def _is_known(name: str, more: str) -> bool:
    if not more.strip():
        return name in PLAIN
    return name in _WITH and _WITH[name].fullmatch(more) is not None


def _name(tag: str) -> str:
    return re.split(r"[\s>]", tag[1:], maxsplit=1)[0].lower()
