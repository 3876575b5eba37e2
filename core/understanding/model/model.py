"""The trained model: how likely each ask is for a piece, and from where on it is answered."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np

from core.understanding.model.learning import Weights, softmax
from core.understanding.model.nearness import Near
from core.understanding.model.thresholds import UNKNOWN
from core.understanding.reading.features import Floats, Ints, grams
from core.understanding.words import lexicon

Encoder = Callable[[Sequence[str]], Floats]
"""Sentences to rows of 512 numbers of length one."""

FEWEST = 8
"""An ask with fewer phrases than this is suggested, never answered."""
SHARPNESS = (0.8, 0.5)
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

    `examples` are the phrases, sorted by ask, for /why; `near` are the same ones as the encoder sees them.
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
    near: Near | None = None

    def threshold(self, ask: str, language: str, *, with_vector: bool = False) -> float:
        """From which probability on an ask is answered, in a piece of this language."""
        return (self.dense_thresholds if with_vector else self.thresholds).get(f"{language}:{ask}", UNKNOWN)

    def row(self, masked: str, matches: tuple[lexicon.Words, ...]) -> Row:
        """The features of one masked piece, as training made them."""
        known, size = self.known, len(self.known)
        indices = np.array([at for at in map(known.get, grams(masked)) if at is not None], dtype=np.int32)
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
