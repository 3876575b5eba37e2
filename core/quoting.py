"""A long text quoted where it matters: a few words on either side of what was looked for, with the hits marked."""

import re
from collections.abc import Sequence

from core.language import to_simplified
from core.tokens import tokens

Quoted = tuple[tuple[str, bool], ...]
"""Pieces of the text in order, and whether each was looked for."""
WIDTH = 60
"""Characters that are shown; a phone shows them in three lines."""
BEFORE = 16
"""So many of them before the first hit."""


def around(text: str, wanted: str, width: int = WIDTH) -> Quoted:
    """The text about the first of the `wanted` words in it, on one line, cut with "…". Traditional finds Simplified and
    capitals small letters; where a word does not stand there as a whole, its parts are marked."""
    line = " ".join(text.split())
    hits = _hits(line, wanted)
    start = 0
    if hits and len(line) > width:
        start = max(0, min(hits[0][0] - BEFORE, len(line) - width))
    end = min(len(line), start + width)
    pieces: list[tuple[str, bool]] = []
    at = start
    for first, last in hits:
        if last <= at or first >= end:
            continue
        first, last = max(first, at), min(last, end)
        if first > at:
            pieces.append((line[at:first], False))
        pieces.append((line[first:last], True))
        at = last
    if at < end:
        pieces.append((line[at:end], False))
    if start:
        pieces.insert(0, ("…", False))
    if end < len(line):
        pieces.append(("…", False))
    return tuple(pieces)


def holds(text: str, wanted: str) -> bool:
    """Whether anything that was looked for stands in the text."""
    return bool(_hits(" ".join(text.split()), wanted))


def _hits(line: str, wanted: str) -> list[tuple[int, int]]:
    """Where the words stand, in order, none within another."""
    folded = _folded(line)
    spans = [span for word in wanted.split() for span in _of(folded, [_folded(word)])]
    if not spans:  # words are found by their parts, too: "换货怎么办" finds "怎么办理换货"
        parts = [one for one in tokens(wanted) if len(one) > 1] or tokens(wanted)
        spans = _of(folded, [_folded(one) for one in parts])
    merged: list[tuple[int, int]] = []
    for first, last in sorted(spans):
        if merged and first <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(last, merged[-1][1]))
        else:
            merged.append((first, last))
    return merged


def _of(folded: str, words: Sequence[str]) -> list[tuple[int, int]]:
    found = (re.finditer(re.escape(word), folded) for word in words if word)
    return [match.span() for each in found for match in each]


def _folded(text: str) -> str:
    """Small letters and Simplified, the length kept."""
    small = "".join(one.lower() if len(one.lower()) == 1 else one for one in text)
    return to_simplified(small)
