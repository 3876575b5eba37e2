"""The trained model: how likely each ask is for a piece, and which phrases say so."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from core.asks import Phrase
from core.understanding import lexicon
from core.understanding.extracting import extract
from core.understanding.features import Floats, Ints, Rows, grams, rows, vocabulary
from core.understanding.learning import Weights, fit_dense, fit_sparse, logits, softmax
from core.understanding.masking import compared
from core.understanding.normalising import normalise

VERSION = 1
"""Changes whenever a model saved by other code could not be read, or would answer otherwise."""

Encoder = Callable[[Sequence[str]], Floats]
"""Sentences to rows of 512 numbers of length one."""

FLOOR = 0.45
MARGIN = 0.15
FEWEST = 8
"""An ask with fewer phrases than this is suggested, never answered."""
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
    sure_of: frozenset[str]
    trusted: frozenset[int]
    examples: tuple[str, ...] = ()
    example_ask: Ints = field(default_factory=lambda: np.zeros(0, np.int32))
    table: Rows | None = None
    sharpness: tuple[float, float] = (1.0, 0.5)

    @property
    def background(self) -> int:
        return self.asks.index("other")

    def threshold(self, ask: str) -> float:
        return self.thresholds.get(ask, FLOOR)

    def row(self, masked: str, matches: tuple[lexicon.Words, ...]) -> Rows:
        return rows([grams(masked)], [[one.id for one in matches]], self.known, self.inverse, KEYWORD)

    def chances(self, row: Rows, vector: Floats | None = None) -> Floats:
        """One probability per ask, in the order of `asks`."""
        first, second = self.sharpness
        scores = logits(row, self.sparse)[0]
        if vector is None or self.dense is None:
            return softmax(scores * np.float32(first))
        return softmax(
            scores * np.float32(second) + (vector @ self.dense.matrix + self.dense.bias) * np.float32(second)
        )

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


@dataclass(frozen=True, slots=True)
class Lesson:
    """Phrases made ready for learning: one row each."""

    texts: tuple[str, ...]
    asks: tuple[str, ...]
    classes: Ints
    is_not: "np.typing.NDArray[np.bool_]"
    importance: Floats
    known: Mapping[str, int]
    inverse: Floats
    table: Rows
    trusted: frozenset[int]


def train(
    phrases: Iterable[Phrase], encode: Encoder | None = None, thresholds: Mapping[str, float] | None = None
) -> Model:
    """A model of these phrases. Pure: the same phrases (and encoder) give the same model."""
    lesson = prepare(phrases)
    sparse = fit_sparse(
        lesson.table,
        lesson.classes,
        lesson.is_not,
        lesson.importance,
        len(lesson.known) + lexicon.count(),
        len(lesson.asks),
    )
    dense = None
    if encode is not None:
        dense = fit_dense(encode(lesson.texts), lesson.classes, lesson.is_not, lesson.importance, len(lesson.asks))
    return model_of(lesson, sparse, dense, thresholds or {})


def prepare(phrases: Iterable[Phrase]) -> Lesson:
    """Normalise, mask and count. A phrase that is one ask's and another's hard negative is no news and left out."""
    chosen = list(phrases)
    asks = tuple(sorted({one.ask for one in chosen} | {"other"}))
    number = {ask: at for at, ask in enumerate(asks)}
    folded = [normalise(one.text).folded for one in chosen]
    found = [extract(one) for one in folded]
    texts = [compared(one, things, 0, len(one)) for one, things in zip(folded, found, strict=True)]
    lists = [grams(one.masked) for one in texts]
    told = [lexicon.words(one.masked) for one in texts]
    trusted = lexicon.trusted((words, one.ask) for words, one in zip(told, chosen, strict=True) if not one.is_not)
    matches = [[match.id for match in words] for words in told]
    known, inverse = vocabulary(lists)
    classes = np.array([number[one.ask] for one in chosen], dtype=np.int32)
    is_not = np.array([one.is_not for one in chosen], dtype=np.bool_)
    per_ask = np.maximum(np.bincount(classes[~is_not], minlength=len(asks)), 1)
    importance = _balanced(per_ask)[classes]
    importance[[one.origin == "taught" for one in chosen]] *= 3
    return Lesson(
        tuple(one.spoken for one in texts),
        asks,
        classes,
        is_not,
        importance,
        known,
        inverse,
        rows(lists, matches, known, inverse, KEYWORD),
        trusted,
    )


def model_of(lesson: Lesson, sparse: Weights, dense: Weights | None, thresholds: Mapping[str, float]) -> Model:
    positive = ~lesson.is_not
    counts = np.bincount(lesson.classes[positive], minlength=len(lesson.asks))
    sure_of = frozenset(ask for ask, count in zip(lesson.asks, counts, strict=True) if count >= FEWEST)
    keep = np.flatnonzero(positive)
    return Model(
        lesson.asks,
        lesson.known,
        lesson.inverse,
        sparse,
        dense,
        dict(thresholds),
        sure_of,
        lesson.trusted,
        tuple(lesson.texts[at] for at in keep),
        lesson.classes[keep],
        lesson.table.take(keep),
    )


def with_thresholds(model: Model, thresholds: Mapping[str, float]) -> Model:
    return replace(model, thresholds=dict(thresholds))


def _balanced(per_ask: "np.typing.NDArray[np.int64]") -> Floats:
    # An ask with few phrases counts a little more, so that ten taught lines are heard beside two hundred written ones.
    typical = float(np.median(per_ask))
    weights: Floats = np.clip((typical / per_ask) ** 0.3, 0.7, 2.0).astype(np.float32)
    return weights
