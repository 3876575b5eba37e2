"""What was not understood, gathered: lines that ask alike, the most frequent first, and what they may be called."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np

from core.asks import ASKS, LONGEST_NAME, OWN, is_pattern, own_name
from core.language import has_han
from core.understanding.model.mind import Mind
from core.understanding.reading.reading import read
from core.understanding.teaching.alike import essence, grams, likeness, names_of, together
from core.understanding.words import lexicon

MANY = 3
"""So many asks are offered for a group."""
_QUIET = frozenset({"other", "greeting", "thanks_bye", "praise"})
_NEAR_OWN = 0.3
LONGEST = 200
_OF_ONE_BUYER = frozenset({"link", "email", "card", "tracking", "order", "phone"})
"""What is in a line of one buyer's own, and no part of what was asked."""
_LONGEST_ZH, _LONGEST_EN = 8, 2


@dataclass(frozen=True, slots=True)
class Line:
    """Words that were not understood: their row, when, and what they were taken to be perhaps."""

    id: int
    text: str
    at: datetime
    maybe: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """Lines that ask alike. `wordings` are their different texts, the most frequent first; `asks` the likeliest ones."""

    ids: tuple[int, ...]
    wordings: tuple[str, ...]
    last: datetime
    asks: tuple[str, ...] = ()

    @property
    def count(self) -> int:
        return len(self.ids)


def groups(
    lines: Sequence[Line], mind: Mind, names: Iterable[str] = (), own: Sequence[tuple[str, str]] = ()
) -> list[Group]:
    """The lines by what they ask, most frequent first, the latest before others as frequent.

    `names` are those of the goods; `own` the seller's own asks, each with a line or name to compare.
    """
    known = names_of(names)
    by_text: dict[str, list[Line]] = {}
    for line in lines:
        by_text.setdefault(essence(line.text, known) or line.text.strip(), []).append(line)
    texts = sorted(by_text, key=lambda text: -len(by_text[text]))
    frequency = _frequency(mind)
    vectors = None
    if mind.vectors is not None and texts:
        vectors = np.stack([mind.vectors.of(by_text[text][0].text[:200]) for text in texts])
    found = [
        _group([line for at in numbers for line in by_text[texts[at]]], mind, own)
        for numbers in together(texts, frequency, vectors)
    ]
    return sorted(found, key=lambda group: (-group.count, -group.last.timestamp()))


def _group(lines: list[Line], mind: Mind, own: Sequence[tuple[str, str]]) -> Group:
    counted = Counter(line.text for line in lines)
    wordings = tuple(text for text, _ in counted.most_common())
    asks = likeliest(wordings, mind, [one for line in lines for one in line.maybe], own)
    return Group(tuple(line.id for line in lines), wordings, max(line.at for line in lines), asks)


def likeliest(
    wordings: Sequence[str], mind: Mind, maybe: Iterable[str] = (), own: Sequence[tuple[str, str]] = ()
) -> tuple[str, ...]:
    """Up to three asks these words most likely mean: the seller's own ones that are near, then what the model thinks."""
    essences = [grams(essence(text)) for text in wordings[:10]]
    near: dict[str, float] = {}
    for ask, line in own:
        other = grams(essence(line) or line)
        near[ask] = max((near.get(ask, 0.0), *(likeness(one, other) for one in essences)))
    chosen = [ask for ask in sorted(near, key=near.__getitem__, reverse=True)[:2] if near[ask] >= _NEAR_OWN]
    chances = np.zeros(len(mind.model.asks), dtype=np.float32)
    for text in wordings[:10]:
        reading = read(text)
        masked = reading.masked(0, len(reading.folded))
        row = mind.model.row(masked, lexicon.words(masked))
        chances += mind.model.chances(row)
    for ask in maybe:
        if ask in mind.model.asks:
            chances[mind.model.asks.index(ask)] += 0.2
    ranked = [mind.model.asks[at] for at in np.argsort(-chances)]
    return tuple(dict.fromkeys([*chosen, *(ask for ask in ranked if ask not in _QUIET)]))[:MANY]


def teachable(text: str) -> str:
    """The line as it is taught: without order and phone numbers, addresses of pages, and what lies beyond 200 characters.
    What a buyer writes is no pattern."""
    reading = read(text[:LONGEST])
    kept, done = [], 0
    for one in reading.found:
        if one.kind in _OF_ONE_BUYER:
            start, end = reading.normal.span(one.start, one.end)
            kept.append(text[done:start])
            done = end
    line = " ".join("".join((*kept, text[done:LONGEST])).split())
    return line.strip("/ ") if is_pattern(line) else line


def called(wordings: Sequence[str], names: Iterable[str] = (), taken: Iterable[str] = ()) -> str:
    """A name for an ask of the seller's own: what the lines have in common. Never one that is taken."""
    known = names_of(names)
    essences = [text for one in wordings if (text := essence(one, known))]
    chinese = sum(map(has_han, essences)) * 2 >= max(1, len(essences))
    name = _common_han(essences) if chinese else _common_words(essences)
    ask = (
        own_name(name)
        or own_name(" ".join(re.findall(r"\w+", wordings[0] if wordings else ""))[:LONGEST_NAME])
        or OWN + "1"
    )
    others = {*taken, *(OWN + one for one in ASKS)}
    number = 2
    while ask in others:
        ask = f"{ask.rstrip('0123456789-')}-{number}"
        number += 1
    return ask


def _common_han(essences: Sequence[str]) -> str:
    """The longest run of characters that most of the lines share."""
    runs = [re.findall(r"[\u3400-\u9fffa-z]+", one) for one in essences]
    counted: Counter[str] = Counter()
    for line in runs:
        counted.update(
            {run[at : at + size] for run in line for size in range(2, 7) for at in range(len(run) - size + 1)}
        )
    most = max(counted.values(), default=0)
    if len(essences) > 1 and most > 1:
        return max((part for part, count in counted.items() if count == most), key=len)
    longest = max((run for line in runs for run in line), key=len, default="")
    return longest[:_LONGEST_ZH]


def _common_words(essences: Sequence[str]) -> str:
    lines = [re.findall(r"[a-z']{3,}", one) for one in essences]
    words = dict.fromkeys(word for line in lines for word in line)
    counted = {word: sum(any(other.startswith(word) for other in line) for line in lines) for word in words}
    most = max(counted.values(), default=0)
    return " ".join([word for word, count in counted.items() if count == most][:_LONGEST_EN])


def _frequency(mind: Mind) -> Callable[[str], float]:
    """How much a gram tells, by the phrases: one they never hold tells most."""
    known, inverse = mind.model.known, mind.model.inverse
    most = float(inverse.max()) if len(inverse) else 1.0

    def weight(gram: str) -> float:
        at = known.get(gram)
        return most if at is None else float(inverse[at])

    return weight
