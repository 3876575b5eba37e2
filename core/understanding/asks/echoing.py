"""An ask in doubt, believed where the phrases that mean nearly the same ask just that."""

import re
from collections.abc import Mapping

import numpy as np

from core.language import has_han
from core.understanding.model.mind import Mind
from core.understanding.reading.reading import Reading
from core.understanding.reading.splitting import Piece

_ASKED = {"zh": (0.45, 0.5), "en": (0.5, 0.8)}
_STATED = {"zh": (0.6, 0.92), "en": (0.6, 0.95)}
"""How likely an ask must be, and what part of the phrases nearest to it must ask the same, in a question and in what is
none. Found on the half of the rows that is looked at and on the project's own."""
_SURE_ASKED, _SURE_STATED = 0.6, 0.8
_POSSIBLE = 0.01
"""An ask less likely than this has no say among the nearest."""
_SUPPOSED = re.compile("如果|要是|万一|假如")


def echoed(best: str, chances: Mapping[str, float], piece: Piece, reading: Reading, mind: Mind) -> float:
    """How sure the phrases nearest to a piece make the likeliest ask, `best`; 0 where they do not settle it. About 1 ms."""
    if mind.model.near is None or mind.vectors is None:
        return 0.0
    language = "zh" if has_han(reading.folded[piece.start : piece.end]) else "en"
    likely, shared = (_ASKED if piece.is_question else _STATED)[language]
    if chances[best] < likely:
        return 0.0
    if not piece.is_question and _SUPPOSED.search(reading.folded, piece.start, piece.end):
        return 0.0
    vector = mind.vectors.of(reading.spoken(piece.start, piece.end))
    possible = np.array([at for at, ask in enumerate(mind.model.asks) if chances[ask] >= _POSSIBLE])
    if mind.model.near.shares(vector, possible)[mind.model.asks.index(best)] < shared:
        return 0.0
    return _SURE_ASKED if piece.is_question else _SURE_STATED
