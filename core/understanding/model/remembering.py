"""Lines that buyers write again and again are understood once, as long as nothing that mattered to them has changed."""

from collections.abc import Callable
from typing import Any, NamedTuple, cast

from core.asks import Heard, Understanding
from core.recent import Recent
from core.understanding.model.model import Model, Row
from core.understanding.reading.features import Floats
from core.understanding.words.lexicon import Words, words

LONGEST = 60
"""Signs of a line worth remembering: longer ones hardly come twice."""
LINES, SETTINGS = 512, 8
"""So many lines are remembered, each in so many settings; the oldest goes first."""
PIECES = 1024
"""And so many pieces of lines, about a kilobyte each."""


class Remembered:
    """What lines were understood as by one mind, each with just those parts of what was heard that its reading looked at."""

    __slots__ = ("_lines",)

    def __init__(self) -> None:
        self._lines: Recent[str, list[tuple[dict[str, Any], Understanding]]] = Recent(LINES)

    def of(self, text: str, heard: Heard, understand: Callable[[Heard], Understanding]) -> Understanding:
        """The same as `understand(heard)`, which must depend on nothing but the text and what it reads of `heard`."""
        if len(text) > LONGEST:
            return understand(heard)
        known = self._lines.get(text)
        for looked_at, understood in known or ():
            if all(getattr(heard, name) == value for name, value in looked_at.items()):
                return understood
        watched = _Watched(heard)
        understood = understand(cast(Heard, watched))
        if known is None:
            known = self._lines[text] = []
        known.insert(0, (watched.looked_at, understood))
        del known[SETTINGS:]
        return understood


class _Watched:
    """Stands for what was heard, and notes each part that is looked at."""

    __slots__ = ("_heard", "looked_at")

    def __init__(self, heard: Heard) -> None:
        self._heard = heard
        self.looked_at: dict[str, Any] = {}

    def __getattr__(self, name: str) -> Any:
        value = self.looked_at[name] = getattr(self._heard, name)
        return value


class Glance(NamedTuple):
    """What the n-grams of one piece say. `chances` are not to be changed."""

    matches: tuple[Words, ...]
    row: Row
    chances: Floats


class Pieces:
    """What pieces looked like to one model. Lines that are new are made of pieces that are not: 多少钱, 有货吗, how much is it."""

    __slots__ = ("_glances",)

    def __init__(self) -> None:
        self._glances: Recent[str, Glance] = Recent(PIECES)

    def glance(self, masked: str, model: Model) -> Glance:
        """The features of a masked piece and how likely they make each ask."""
        known = self._glances.get(masked)
        if known is None:
            matches = words(masked)
            row = model.row(masked, matches)
            known = Glance(matches, row, model.chances(row))
            if len(masked) <= LONGEST:
                self._glances[masked] = known
        return known
