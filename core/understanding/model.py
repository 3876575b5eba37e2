"""The trained model: how likely each ask is for a piece, from where on it is answered, and which phrases say so."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from core.understanding import lexicon
from core.understanding.features import Floats, Ints, Rows, grams, rows
from core.understanding.learning import Weights, logits, softmax

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


@dataclass(frozen=True, slots=True)
class Model:
    """Asks with their weights; `dense` and `vectors` only where an encoder was at hand.

    `examples` are the phrases by row of `table`, for /why. Equal models are the same object: comparing arrays means nothing here.
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

    def row(self, masked: str, matches: tuple[lexicon.Words, ...]) -> Rows:
        return rows([grams(masked)], [[one.id for one in matches]], self.known, self.inverse, KEYWORD)

    def chances(self, row: Rows, vector: Floats | None = None) -> Floats:
        """One probability per ask, in the order of `asks`."""
        scores = logits(row, self.sparse)[0]
        if vector is None or self.dense is None:
            return softmax(scores)
        first, second = SHARPNESS
        return softmax(scores * np.float32(first) + (vector @ self.dense.matrix + self.dense.bias) * np.float32(second))

    def nearest(self, row: Rows, ask: str, count: int = 2) -> tuple[str, ...]:
        """The phrases of an ask most like a piece, likest first."""
        if self.table is None or not len(row.indices) or ask not in self.asks:
            return ()
        of_ask = np.flatnonzero(self.example_ask == self.asks.index(ask))
        if not len(of_ask):
            return ()
        part = self.table.take(of_ask)
        weight = np.zeros(len(self.known) + lexicon.count(), dtype=np.float32)
        weight[row.indices] = row.values
        sums = np.concatenate(([0], np.cumsum(weight[part.indices] * part.values)))
        likeness = sums[part.starts[1:]] - sums[part.starts[:-1]]
        best = np.argsort(-likeness)[:count]
        return tuple(self.examples[of_ask[at]] for at in best if likeness[at] > 0)
