"""Trying a change of the understanding on the shop's own labelled lines, before it counts: what it wins, what it loses."""

from collections.abc import Sequence
from dataclasses import dataclass

from core.asks import COURTESIES, Heard
from core.understanding.model.mind import Mind
from core.understanding.understanding import understand

TOO_MUCH = 2.0
"""A loss of more points than this in any ask is warned about."""


@dataclass(frozen=True, slots=True)
class Labelled:
    """A line and what it asks ("other": nothing); with `is_not`, what it does not ask."""

    text: str
    ask: str
    is_not: bool = False


@dataclass(frozen=True, slots=True)
class Tally:
    """One ask's lines: how many, how many were right before and after, and which were won and lost."""

    ask: str
    lines: int
    before: int
    after: int
    won: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()

    @property
    def points(self) -> float:
        """Points of a hundred gained, or lost where negative."""
        return 100 * (self.after - self.before) / self.lines

    @property
    def is_worse(self) -> bool:
        return -self.points > TOO_MUCH


def tried(lines: Sequence[Labelled], before: Mind, after: Mind) -> tuple[Tally, ...]:
    """Each ask's lines answered by both minds; asks in which something changed come first."""
    rows: dict[str, list[tuple[str, bool, bool]]] = {}
    for one in lines:
        rows.setdefault(one.ask, []).append((one.text, is_right(one, before), is_right(one, after)))
    tallies = [
        Tally(
            ask,
            len(found),
            sum(was for _, was, _ in found),
            sum(now for _, _, now in found),
            tuple(text for text, was, now in found if now and not was),
            tuple(text for text, was, now in found if was and not now),
        )
        for ask, found in rows.items()
    ]
    return tuple(sorted(tallies, key=lambda one: (not one.is_worse, not (one.won or one.lost), one.ask)))


def is_right(one: Labelled, mind: Mind) -> bool:
    """Whether this mind answers the line as it is labelled."""
    asks = {ask.name for ask in understand(one.text, Heard(), mind).asks}
    if one.ask == "other":
        return not (asks - COURTESIES)
    return (one.ask in asks) != one.is_not
