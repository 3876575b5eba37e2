"""Lines that buyers write again and again are understood once, as long as nothing that mattered to them has changed."""

from collections.abc import Callable
from typing import Any, cast

from core.asks import Heard, Understanding

LONGEST = 60
"""Signs of a line worth remembering: longer ones hardly come twice."""
LINES, SETTINGS = 512, 8
"""So many lines are remembered, each in so many settings; the oldest goes first."""


class Remembered:
    """What lines were understood as by one mind, each with just those parts of what was heard that its reading looked at."""

    __slots__ = ("_lines",)

    def __init__(self) -> None:
        self._lines: dict[str, list[tuple[dict[str, Any], Understanding]]] = {}

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
            if len(self._lines) >= LINES:
                del self._lines[next(iter(self._lines))]
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
