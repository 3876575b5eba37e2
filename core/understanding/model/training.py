"""Phrases to a model, out-of-fold thresholds included."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from core.asks import Phrase
from core.understanding.model.learning import Weights, fit_dense, fit_sparse, logits, softmax
from core.understanding.model.model import FEWEST, KEYWORD, SHARPNESS, Encoder, Model
from core.understanding.model.nearness import near
from core.understanding.model.thresholds import DEFAULTS, thresholds
from core.understanding.reading.features import Bools, Floats, Ints, Rows, grams, rows, vocabulary
from core.understanding.reading.reading import read
from core.understanding.words import lexicon

_FOLDS = 4
_HIDDEN = 0.25
"""What part of a Chinese line's features is hidden from each look at it."""
_DECAY_ZH, _DECAY_EN = 3e-6, 1e-5
_SHRUNK = 0.8
"""By how much the weights of Chinese features are made smaller when they are learnt: written phrases are alike, real lines less so."""


@dataclass(frozen=True, slots=True)
class Lesson:
    """Phrases made ready for learning, one row each. `spoken` is what an encoder is given."""

    spoken: tuple[str, ...]
    asks: tuple[str, ...]
    classes: Ints
    is_not: Bools
    is_chinese: Bools
    importance: Floats
    known: Mapping[str, int]
    inverse: Floats
    table: Rows
    trusted: frozenset[int]


def train(
    phrases: Iterable[Phrase],
    encode: Encoder | None = None,
    *,
    vectors: Floats | None = None,
    calibrate: bool | None = None,
) -> Model:
    """A model of these phrases. Pure: the same phrases (and vectors) give the same model.

    Without an encoder 16,000 phrases take about 2 s and the thresholds are the shipped ones; with an encoder, or where
    `calibrate` asks for it, they are searched out of fold, which takes some ten seconds more. `vectors` are the rows an
    encoder gave for `prepare(phrases).spoken`, where they are known already.
    """
    return learn(prepare(phrases), encode, vectors=vectors, calibrate=calibrate)


def learn(
    lesson: Lesson, encode: Encoder | None = None, *, vectors: Floats | None = None, calibrate: bool | None = None
) -> Model:
    """As `train`, from phrases already prepared."""
    if vectors is None and encode is not None:
        vectors = encode(lesson.spoken)
    every = np.arange(len(lesson.classes))
    sparse = _sparse(lesson, every)
    dense = _dense(lesson, vectors, every) if vectors is not None else None
    model = _model(lesson, sparse, dense, vectors)
    if calibrate or (calibrate is None and vectors is not None):
        plain, both = calibrated(lesson, vectors)
        model = replace(model, thresholds=plain, dense_thresholds=both)
    return model


def prepare(phrases: Iterable[Phrase]) -> Lesson:
    """Normalise, mask and count."""
    chosen = list(phrases)
    asks = tuple(sorted({one.ask for one in chosen} | {"other"}))
    number = {ask: at for at, ask in enumerate(asks)}
    readings = [read(one.text, is_phrase=True) for one in chosen]
    masked = [one.masked(0, len(one.folded)) for one in readings]
    lists = [grams(one) for one in masked]
    told = [lexicon.words(one) for one in masked]
    trusted = lexicon.trusted((words, one.ask) for words, one in zip(told, chosen, strict=True) if not one.is_not)
    matches = [[match.id for match in words] for words in told]
    known, inverse = vocabulary(lists)
    classes = np.array([number[one.ask] for one in chosen], dtype=np.int32)
    is_not = np.array([one.is_not for one in chosen], dtype=np.bool_)
    importance = _balanced(np.bincount(classes[~is_not], minlength=len(asks)))[classes]
    importance[[one.origin == "taught" for one in chosen]] *= 3
    return Lesson(
        tuple(one.spoken(0, len(one.folded)) for one in readings),
        asks,
        classes,
        is_not,
        np.array([one.language == "zh" for one in chosen], dtype=np.bool_),
        importance,
        known,
        inverse,
        rows(lists, matches, known, inverse, KEYWORD),
        trusted,
    )


def calibrated(lesson: Lesson, vectors: Floats | None) -> tuple[dict[str, float], dict[str, float]]:
    """Thresholds per language and ask for n-grams alone and with the encoder, each line scored by a model that has not seen it."""
    count = len(lesson.classes)
    fold = np.random.default_rng(3).integers(0, _FOLDS, count)
    plain = np.zeros((count, len(lesson.asks)), dtype=np.float32)
    second = np.zeros_like(plain)
    for number in range(_FOLDS):
        seen, kept = np.flatnonzero(fold != number), np.flatnonzero(fold == number)
        plain[kept] = logits(lesson.table.take(kept), _sparse(lesson, seen))
        if vectors is not None:
            dense = _dense(lesson, vectors, seen)
            second[kept] = vectors[kept] @ dense.matrix + dense.bias
    alone = _thresholds(lesson, softmax(plain))
    first, other = SHARPNESS
    return alone, _thresholds(lesson, softmax(plain * first + second * other)) if vectors is not None else {}


def _thresholds(lesson: Lesson, chances: Floats) -> dict[str, float]:
    found: dict[str, float] = {}
    for language, of_language in (("zh", lesson.is_chinese), ("en", ~lesson.is_chinese)):
        chosen = of_language & ~lesson.is_not
        for ask, least in thresholds(lesson.asks, chances[chosen], lesson.classes[chosen]).items():
            found[f"{language}:{ask}"] = least
    return found


def _sparse(lesson: Lesson, seen: NDArray[np.int64]) -> Weights:
    features = len(lesson.known) + lexicon.count()
    is_chinese = _chinese(lesson, features)
    weights = fit_sparse(
        lesson.table.take(seen),
        lesson.classes[seen],
        lesson.is_not[seen],
        lesson.importance[seen],
        features,
        len(lesson.asks),
        np.where(is_chinese, _DECAY_ZH, _DECAY_EN).astype(np.float32),
        np.where(lesson.is_chinese[seen], _HIDDEN, 0).astype(np.float32),
    )
    weights.matrix[is_chinese] *= np.float32(_SHRUNK)
    return weights


def _chinese(lesson: Lesson, features: int) -> Bools:
    """Which features stand in Chinese lines more often than in others."""
    row = np.repeat(lesson.is_chinese, np.diff(lesson.table.starts))
    counts = np.bincount(lesson.table.indices, minlength=features)
    return np.bincount(lesson.table.indices, weights=row, minlength=features) > counts / 2


def _dense(lesson: Lesson, vectors: Floats, seen: NDArray[np.int64]) -> Weights:
    return fit_dense(
        vectors[seen], lesson.classes[seen], lesson.is_not[seen], lesson.importance[seen], len(lesson.asks)
    )


def _model(lesson: Lesson, sparse: Weights, dense: Weights | None, vectors: Floats | None) -> Model:
    positive = ~lesson.is_not
    counts = np.bincount(lesson.classes[positive], minlength=len(lesson.asks))
    keep = np.flatnonzero(positive & (np.diff(lesson.table.starts) > 0))
    keep = keep[np.argsort(lesson.classes[keep], kind="stable")]
    return Model(
        asks=lesson.asks,
        known=lesson.known,
        inverse=lesson.inverse,
        sparse=sparse,
        dense=dense,
        thresholds=DEFAULTS,
        dense_thresholds=DEFAULTS,
        sure_of=frozenset(ask for ask, count in zip(lesson.asks, counts, strict=True) if count >= FEWEST),
        trusted=lesson.trusted,
        examples=tuple(lesson.spoken[at] for at in keep),
        example_ask=lesson.classes[keep],
        near=near(vectors[keep], lesson.classes[keep], len(lesson.asks)) if vectors is not None else None,
    )


def _balanced(per_ask: NDArray[np.int64]) -> Floats:
    # An ask with few phrases counts a little more, so that ten taught lines are heard beside two hundred written ones.
    typical = float(np.median(per_ask))
    weights: Floats = np.clip((typical / np.maximum(per_ask, 1)) ** 0.3, 0.7, 2.0).astype(np.float32)
    return weights
