"""Why words were taken for an ask where no rule tells: the phrases most like them, sought only when somebody asks /why."""

import numpy as np

from core.understanding.model.mind import Mind
from core.understanding.model.model import Model, Row
from core.understanding.reading.reading import Reading, read
from core.understanding.words import lexicon

_LEARNT = frozenset({"model", "keyword"})
"""Sources of asks that no rule and no line of the seller's decided."""


def why(reason: str, source: str, ask: str, words: str, mind: Mind) -> str:
    """The reason an ask came with, or the phrases of it that its words are most like: "like: 多少钱 / 怎么卖". Then it takes
    0.15 ms a phrase, a tenth of a second for most asks: call it in a thread."""
    if reason or source not in _LEARNT:
        return reason
    found = likest(words, ask, mind)
    return "like: " + " / ".join(found) if found else "its own words"


def likest(words: str, ask: str, mind: Mind, most: int = 2) -> tuple[str, ...]:
    """The phrases of an ask that share most with some words, likest first."""
    model = mind.model
    if ask not in model.asks:
        return ()
    number = model.asks.index(ask)
    first, last = np.searchsorted(model.example_ask, [number, number + 1])
    phrases = model.examples[first:last]
    reading = read(words, mind.regions, mind.index.called if mind.index is not None else None)
    own = _row(reading, model)
    weights = np.zeros(len(model.sparse.matrix), dtype=np.float32)
    weights[own.indices] = own.values
    shared = [float(weights[row.indices] @ row.values) for row in (_row(read(one), model) for one in phrases)]
    best = sorted(range(len(phrases)), key=lambda at: -shared[at])[:most]
    return tuple(phrases[at] for at in best if shared[at] > 0)


def _row(reading: Reading, model: Model) -> Row:
    masked = reading.masked(0, len(reading.folded))
    return model.row(masked, lexicon.words(masked))
