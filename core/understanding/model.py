"""The trained model: how likely each ask is for a piece, from where on it is answered, and which phrases say so."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np

from core.understanding import lexicon
from core.understanding.features import Floats, Ints, Rows, grams
from core.understanding.learning import Weights, softmax

VERSION = 1
"""Changes whenever a model saved by other code could not be read, or would answer otherwise."""

Encoder = Callable[[Sequence[str]], Floats]
"""Sentences to rows of 512 numbers of length one."""

FEWEST = 8
"""An ask with fewer phrases than this is suggested, never answered."""
UNKNOWN = 0.92
"""The threshold of an ask that was never calibrated, such as a seller's own."""
SHARPNESS = (0.7, 0.7)
"""How much the n-grams and the encoder count where both are at hand; the sum of logits is calibrated so (out of fold)."""
KEYWORD = 0.5
"""The value of a keyword feature beside n-gram features of length one."""


class Row(NamedTuple):
    """One piece's features: where they stand in the weights, and how much each counts."""

    indices: Ints
    values: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Model:
    """Asks with their weights; `dense` only where an encoder was at hand.

    `examples` are the phrases by row of `table`, sorted by ask, none of them empty, for /why.
    """

    asks: tuple[str, ...]
    known: Mapping[str, int]
    inverse: Floats
    sparse: Weights
    dense: Weights | None
    thresholds: Mapping[str, float]
    dense_thresholds: Mapping[str, float]
    sure_of: frozenset[str]
    trusted: frozenset[int]
    examples: tuple[str, ...] = ()
    example_ask: Ints = field(default_factory=lambda: np.zeros(0, np.int32))
    table: Rows | None = None

    @property
    def background(self) -> int:
        return self.asks.index("other")

    def threshold(self, ask: str, language: str, *, with_vector: bool = False) -> float:
        """From which probability on an ask is answered, in a piece of this language."""
        return (self.dense_thresholds if with_vector else self.thresholds).get(f"{language}:{ask}", UNKNOWN)

    def row(self, masked: str, matches: tuple[lexicon.Words, ...]) -> Row:
        """The features of one masked piece, as training made them."""
        known, size = self.known, len(self.known)
        indices = np.array([known[gram] for gram in grams(masked) if gram in known], dtype=np.int32)
        values = self.inverse[indices]
        norm = float(np.sqrt(values @ values)) or 1.0
        if not matches:
            return Row(indices, values / np.float32(norm))
        keywords = np.array([size + one.id for one in matches], dtype=np.int32)
        return Row(
            np.concatenate((indices, keywords)),
            np.concatenate((values / np.float32(norm), np.full(len(keywords), KEYWORD, dtype=np.float32))),
        )

    def chances(self, row: Row, vector: Floats | None = None) -> Floats:
        """One probability per ask, in the order of `asks`."""
        scores = row.values @ self.sparse.matrix[row.indices] + self.sparse.bias
        if vector is None or self.dense is None:
            return softmax(scores)
        first, second = SHARPNESS
        return softmax(scores * np.float32(first) + (vector @ self.dense.matrix + self.dense.bias) * np.float32(second))

    def nearest(self, row: Row, ask: str, count: int = 2) -> tuple[str, ...]:
        """The phrases of an ask most like a piece, likest first."""
        if self.table is None or not len(row.indices) or ask not in self.asks:
            return ()
        first, last = np.searchsorted(self.example_ask, [self.asks.index(ask), self.asks.index(ask) + 1])
        starts = self.table.starts[first : last + 1]
        if first == last or starts[0] == starts[-1]:
            return ()
        # Features of the piece get numbers from 1 in a small table of bytes; the phrases' own features look themselves up.
        slot = np.zeros(len(self.sparse.matrix), dtype=np.uint8)
        indices = row.indices[:255]
        slot[indices] = np.arange(1, len(indices) + 1)
        weight = np.concatenate((np.zeros(1, dtype=np.float32), row.values[:255]))
        begin, end = starts[0], starts[-1]
        shared = weight[slot[self.table.indices[begin:end]]] * self.table.values[begin:end]
        likeness = np.add.reduceat(shared, starts[:-1] - begin)
        best = np.argsort(-likeness)[:count]
        return tuple(self.examples[first + at] for at in best if likeness[at] > 0)
