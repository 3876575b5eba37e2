"""Lines and patterns a seller taught. They answer at once, before the model: where a piece equals a line, or holds one."""

import re
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from core.asks import Phrase
from core.language import has_han
from core.patterns import Pattern, read
from core.understanding.reading.normalising import normalise
from core.understanding.reading.splitting import Piece, split

_WORD = re.compile(r"[^\W_]+")
_LEAST_HAN, _LEAST_LATIN = 2, 3
"""Signs from which on a line is looked for inside others: a shorter one would swallow everything."""
_LEAST_EMPTY = 6
"""And where it is made of words that every second line holds: 请问可以吗."""
_OPEN_END = 6
"""An English word of so many letters is met with an ending too: dropship in dropshipping."""
_EMPTY = re.compile(
    r"[的了吗呢吧啊呀哦嗯你我他她它您们这那个是有没不可以能会要想请问什么怎么样多少哪几谁在吧就都也还好对一下亲老板店家]+|"
    r"(?:(?:do|does|did|is|are|was|can|could|will|would|have|has|you|i|me|my|it|the|a|an|to|of|in|on|for|and|or|what|when|where|how|"
    r"which|who|why|this|that|these|those|there|please|hi|hello|hey|thanks?|ok|okay|yes|no|not|much|many|any|get|want|need)(?: |$))+"
)


class Match(NamedTuple):
    """folded[start:end] is the line that was taught; `is_whole` where there is no more to the piece."""

    ask: str
    line: str
    start: int
    end: int
    is_whole: bool


@dataclass(frozen=True, slots=True)
class Lines:
    """Lines by their letters, and those that are looked for inside others by their first two signs, longest first."""

    asks: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    inside: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def find(self, letters: str) -> tuple[str, int]:
        """(line, where it begins) of the longest line that the letters are or hold; ("", 0) where there is none."""
        if letters in self.asks:
            return letters, 0
        best, place = "", 0
        for at in range(len(letters) - 1):
            for line in self.inside.get(letters[at : at + 2], ()):
                if len(line) > len(best) and letters.startswith(line, at) and _stands_alone(letters, at, line):
                    best, place = line, at
                    break
        return best, place


@dataclass(frozen=True, slots=True)
class Taught:
    """What the seller taught: which lines ask what, and which do *not* ask something. `several` are of many pieces;
    `patterns` come with their ask, the latest first, `not_patterns` with what they are not."""

    asks: Lines = Lines()
    nots: Lines = Lines()
    several: Lines = Lines()
    patterns: tuple[tuple[str, Pattern], ...] = ()
    not_patterns: tuple[tuple[str, Pattern], ...] = ()

    def find(self, folded: str) -> Match | None:
        """The taught line that a piece equals or holds, or else the pattern it holds."""
        if self.asks.asks:
            letters, places = _letters(folded)
            line, at = self.asks.find(letters)
            if line:
                start, end = places[at], places[at + len(line) - 1] + 1
                return Match(self.asks.asks[line][0], line, start, end, len(line) == len(letters))
        for ask, pattern in self.patterns:
            place = pattern.find(folded)
            # That a stretch is no question says nothing of what stands around it.
            if place is not None and (ask != "other" or folded[slice(*place)] == folded.strip()):
                return Match(ask, pattern.source, *place, is_whole=False)
        return None

    def denies(self, folded: str) -> frozenset[str]:
        """Asks that a piece was taught not to be."""
        denied = frozenset(ask for ask, pattern in self.not_patterns if pattern.find(folded) is not None)
        if not self.nots.asks:
            return denied
        line, _ = self.nots.find(_letters(folded)[0])
        return denied.union(self.nots.asks.get(line, ()))

    def joined(self, pieces: list[Piece], folded: str) -> list[Piece]:
        """The pieces, those that make up a taught line of several made one again."""
        if not self.several.asks or len(pieces) < 2:
            return pieces
        letters, places = _letters(folded)
        line, at = self.several.find(letters)
        if not line:
            return pieces
        start, end = places[at], places[at + len(line) - 1] + 1
        inside = [one for one in pieces if one.start < end and start < one.end]
        if len(inside) < 2:
            return pieces
        whole = Piece(min(start, inside[0].start), max(end, inside[-1].end), any(one.is_question for one in inside))
        return sorted([whole, *(one for one in pieces if one not in inside)], key=lambda one: one.start)


def taught(phrases: Iterable[Phrase]) -> Taught:
    """Ready to be looked up; of one line taught twice the later ask holds. About 0.05 ms a line."""
    asks: dict[str, tuple[str, ...]] = {}
    nots: dict[str, tuple[str, ...]] = {}
    several: dict[str, tuple[str, ...]] = {}
    patterns: dict[bool, list[tuple[str, Pattern]]] = {True: [], False: []}
    for one in phrases:
        if one.origin == "taught" and one.is_pattern:
            if isinstance(found := read(one.text), Pattern):
                patterns[one.is_not].insert(0, (one.ask, found))
            continue
        folded = normalise(one.text).folded
        letters, _ = _letters(folded)
        if one.origin != "taught" or not letters:
            continue
        if one.is_not:
            nots[letters] = tuple(dict.fromkeys((*nots.get(letters, ()), one.ask)))
        else:
            asks[letters] = (one.ask,)
        if len(split(folded, ())) > 1:
            several[letters] = (one.ask,)
    # That a line is no question says nothing of a longer one that holds it.
    quiet = {letters for letters, named in asks.items() if named == ("other",)}
    patterned = tuple(patterns[False]), tuple(patterns[True])
    return Taught(_lines(asks, quiet), _lines(nots), _lines(several, quiet), *patterned)


def _lines(asks: dict[str, tuple[str, ...]], only_whole: Container[str] = ()) -> Lines:
    inside: dict[str, list[str]] = {}
    for line in sorted((one for one in asks if one not in only_whole and _tells(one)), key=len, reverse=True):
        inside.setdefault(line[:2], []).append(line)
    return Lines(asks, {start: tuple(lines) for start, lines in inside.items()})


def _tells(line: str) -> bool:
    """Whether a line says enough to mean the same inside a longer one."""
    if len(line) < (_LEAST_HAN if has_han(line) else _LEAST_LATIN) or not any(map(str.isalpha, line)):
        return False
    return _EMPTY.fullmatch(line) is None or len(line.split() if line.isascii() else line) >= _LEAST_EMPTY


def _letters(folded: str) -> tuple[str, Sequence[int]]:
    """Letters and digits with a space between English words, and where each stands in the folded text."""
    letters: list[str] = []
    places: list[int] = []
    for match in _WORD.finditer(folded):
        word = match.group()
        if letters and letters[-1].isascii() and word[0].isascii():
            letters.append(" ")
            places.append(match.start() - 1)
        letters += word
        places += range(*match.span())
    return "".join(letters), places


def _stands_alone(letters: str, at: int, line: str) -> bool:
    """Whether the line's English words are whole words there: "oem" is not in "poems"."""
    end = at + len(line)
    if at and line[0].isascii() and _is_latin(letters[at - 1]):
        return False
    if end < len(letters) and line[-1].isascii() and _is_latin(letters[end]):
        return line[-1].isalpha() and len(line.rsplit(" ", 1)[-1]) >= _OPEN_END and letters[end].isalpha()
    return True


def _is_latin(one: str) -> bool:
    return one.isascii() and one.isalnum()
