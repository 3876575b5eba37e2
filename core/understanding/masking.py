"""A piece as it is compared with phrases: names of carriers and places, colours, sizes and numbers behind one sign each."""

import re
from dataclasses import dataclass

from core.understanding.attributes import attributes
from core.understanding.extracting import Found, masked
from core.understanding.lexicon import CARRIERS
from core.understanding.places import places

_names = sorted(set(CARRIERS), key=len, reverse=True)
_CARRIER = re.compile(
    "|".join(
        re.escape(name) if not name.isascii() else rf"(?<![a-z0-9]){re.escape(name)}(?![a-z0-9])" for name in _names
    )
)


@dataclass(frozen=True, slots=True)
class Compared:
    """`masked` for n-grams and keywords, `spoken` for the encoder and for showing: only long codes are taken out."""

    masked: str
    spoken: str


def compared(folded: str, found: tuple[Found, ...], start: int, end: int) -> Compared:
    spoken = " ".join(masked(folded, tuple(one for one in found if one.kind in _CODES), start, end).split())
    text = masked(folded, found, start, end)
    text = _CARRIER.sub("▣", text)
    text = _signed(text, [(at, stop) for _, at, stop in places(text)], "◎")
    named = attributes(text)
    text = _signed(text, [(one.start, one.end) for one in named if one.kind == "colour"], "●")
    if any(one.kind == "size" for one in named):
        text = _signed(text, [(one.start, one.end) for one in attributes(text) if one.kind == "size"], "■")
    return Compared(text, spoken)


_CODES = frozenset({"link", "email", "emote", "tracking", "order", "phone"})


def _signed(text: str, spans: list[tuple[int, int]], sign: str) -> str:
    for start, end in reversed(spans):
        text = text[:start] + sign + text[end:]
    return text
