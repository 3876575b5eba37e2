"""A piece in doubt that goes on with what the other side has just spoken of: "how soon is soon?", 怎么证明."""

import re
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from core.asks import Heard
from core.understanding.asks.deciding import Verdict
from core.understanding.model.mind import Mind
from core.understanding.reading.features import Floats
from core.understanding.reading.reading import Reading, read
from core.understanding.reading.splitting import split

_SPOKEN_OF = 0.4
"""How likely the other side's words must be of an ask."""
_ASKED, _STATED = 0.15, 0.25
"""How likely a question, and a doubt that is none, must be of the same ask. Found on the half of the rows that is looked at and
on the project's own: of such pieces three in four ask just that, of others in doubt one in three."""
_SURE = 0.6
_NEVER = frozenset({"other", "greeting", "thanks_bye", "praise", "human", "complaint"})
_ONLY_ASKED = frozenset({"haggle"})
"""What is said to a price named is as often a yes: 行那就这个价."""
_LONGEST, _PIECES = 160, 4
_ASKS = re.compile(r"\?|[吗呢]\s*$|什么|哪|多少|请问|(?<![a-z])(?:which|what|who)(?![a-z])")
"""The other side asks something: what is no question is an answer to it."""


def resumed(verdicts: Sequence[Verdict], reading: Reading, heard: Heard, mind: Mind) -> list[Verdict]:
    """The verdicts, with doubts answered that go on with what the other side spoke of last, where nothing is asked before them."""
    found = list(verdicts)
    previous: Reading | None = None
    for at, one in enumerate(found):
        if one.ask and one.ask not in ("greeting", "thanks_bye"):
            break
        if not one.ask and one.source == "model" and (one.is_doubt or one.piece.is_question) and heard.previous:
            previous = previous or read(heard.previous[-_LONGEST:])
            if one.piece.is_question or not _ASKS.search(previous.folded):
                found[at] = _resumed(one, reading, previous, mind)
    return found


def _resumed(verdict: Verdict, reading: Reading, previous: Reading, mind: Mind) -> Verdict:
    model, piece = mind.model, verdict.piece
    glance = mind.pieces.glance(reading.masked(piece.start, piece.end), model)
    chances = glance.chances
    if mind.vectors is not None and model.dense is not None:
        chances = model.chances(glance.row, mind.vectors.of(reading.spoken(piece.start, piece.end)))
    left_out = _NEVER if piece.is_question else _NEVER | _ONLY_ASKED
    least = _ASKED if piece.is_question else _STATED
    possible = [at for at, ask in enumerate(model.asks) if ask not in left_out and chances[at] >= least]
    if not possible:
        return verdict
    spoken_of = _spoken_of(previous, mind)
    best = max(possible, key=lambda at: float(chances[at]) if spoken_of[at] >= _SPOKEN_OF else 0.0)
    if spoken_of[best] < _SPOKEN_OF:
        return verdict
    ask, why = model.asks[best], "goes on with what was said"
    return replace(verdict, ask=ask, confidence=_SURE, source="context", why=why, is_doubt=False, maybe=())


def _spoken_of(previous: Reading, mind: Mind) -> Floats:
    """How likely the last words of the other side are of each ask."""
    pieces = split(previous.folded, previous.found)[-_PIECES:]
    chances = [mind.pieces.glance(previous.masked(one.start, one.end), mind.model).chances for one in pieces]
    spoken_of: Floats = np.max(chances, axis=0) if chances else np.zeros(len(mind.model.asks), np.float32)
    return spoken_of
