"""A piece as numbers: Chinese characters in ones to fours, English words in ones and twos and their letters in threes to fives."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Ints = NDArray[np.int32]
Bools = NDArray[np.bool_]

_RUN = re.compile(r"(?P<han>[\u3400-\u9fff]+)|(?P<word>[a-z']+|[#$])|(?P<sign>[◇◆№☎¤▣◎●■□]|0)")
_LONGEST_WORD = 20


@dataclass(frozen=True, slots=True)
class Rows:
    """A sparse matrix by rows: row i holds indices[starts[i]:starts[i+1]] with their values."""

    starts: NDArray[np.int64]
    indices: Ints
    values: Floats

    def __len__(self) -> int:
        return len(self.starts) - 1

    def take(self, rows: NDArray[np.int64]) -> "Rows":
        lengths = (self.starts[1:] - self.starts[:-1])[rows]
        starts = np.concatenate(([0], np.cumsum(lengths)))
        where = np.repeat(self.starts[rows] - starts[:-1], lengths) + np.arange(starts[-1])
        return Rows(starts, self.indices[where], self.values[where])


def grams(masked: str) -> list[str]:
    """The n-grams of a masked piece, each once. A piece's edges count: 货吗$ ends it."""
    found: dict[str, None] = {}
    words: list[str] = []
    han: list[str] = ["^"]
    for match in _RUN.finditer(masked):
        if match.lastgroup == "word":
            word = match.group()[:_LONGEST_WORD]
            words.append(word)
            # A latin word stands as one character among Chinese ones.
            han.append("w")
        elif match.lastgroup == "sign":
            words.append(match.group())
            han.append(match.group())
        else:
            han.extend(match.group())
    if any(one >= "\u3400" for one in han):
        han.append("$")
        line = "".join(han)
        for size in (1, 2, 3, 4):
            for at in range(len(line) - size + 1):
                found[line[at : at + size]] = None
    if words:
        before = ["^^", *words]
        for at, word in enumerate(words):
            found["_" + word] = None
            found[f"_{before[at]} {word}"] = None
            edged = f"<{word}>"
            if len(word) > 3:
                for size in (3, 4, 5):
                    for begin in range(len(edged) - size + 1):
                        found[edged[begin : begin + size]] = None
        found[f"_{words[-1]} $$"] = None
    return list(found)


def vocabulary(lists: Sequence[Sequence[str]], at_least: int = 2) -> tuple[dict[str, int], Floats]:
    """The n-grams met in `at_least` lines, numbered, and their inverse document frequencies."""
    counts: Counter[str] = Counter()
    for one in lists:
        counts.update(one)
    known = {gram: at for at, gram in enumerate(gram for gram, count in counts.items() if count >= at_least)}
    frequency = np.fromiter((counts[gram] for gram in known), dtype=np.float32, count=len(known))
    weights: Floats = np.log((1 + len(lists)) / (1 + frequency)).astype(np.float32) + 1
    return known, weights


def rows(
    lists: Sequence[Sequence[str]],
    extras: Sequence[Sequence[int]],
    known: Mapping[str, int],
    weights: Floats,
    extra: float,
) -> Rows:
    """TF-IDF rows of length one, with the keyword features `extras` behind them, each of value `extra`."""
    size = len(known)
    starts = np.zeros(len(lists) + 1, dtype=np.int64)
    flat: list[int] = []
    keywords: list[int] = []
    for at, (one, more) in enumerate(zip(lists, extras, strict=True)):
        flat += [known[gram] for gram in one if gram in known]
        keywords.append(len(more))
        flat += [size + number for number in more]
        starts[at + 1] = len(flat)
    indices = np.array(flat, dtype=np.int32)
    is_gram = indices < size
    values = (
        np.where(is_gram, weights[np.minimum(indices, size - 1)], 0).astype(np.float32)
        if size
        else np.zeros(len(indices), np.float32)
    )
    row = np.repeat(np.arange(len(lists)), np.diff(starts))
    norms = np.sqrt(np.bincount(row, weights=values * values, minlength=len(lists))).astype(np.float32)
    norms[norms == 0] = 1
    values /= norms[row]
    values[~is_gram] = extra
    return Rows(starts, indices, values)
