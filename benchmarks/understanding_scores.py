"""What is counted over labelled rows: shares with their intervals, which ask is taken for which, and a promise kept."""

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from math import sqrt
from pathlib import Path
from typing import Any

Row = Mapping[str, Any]
LEFT_OUT = "–"
MAY_DROP = 2.0
MAY_TURN = 3
"""Points, and rows, that a figure may lose against the baseline before the run fails: another order of the phrases alone turns
one row in eighty."""


def wilson(part: int, whole: int) -> str:
    """A share with its 95 % interval and its numbers."""
    if not whole:
        return "    –      (0)"
    share, z = part / whole, 1.96
    middle = (share + z * z / (2 * whole)) / (1 + z * z / whole)
    reach = z * sqrt(share * (1 - share) / whole + z * z / (4 * whole * whole)) / (1 + z * z / whole)
    return f"{100 * share:5.1f} % [{abs(100 * (middle - reach)):3.0f}–{100 * (middle + reach):3.0f}] ({part}/{whole})"


@dataclass(frozen=True, slots=True)
class Score:
    """Counts over rows. `right` and `found` are of asks, `exact` and `chatter` of messages."""

    counts: Counter[str] = field(default_factory=Counter)
    asked: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    said: Counter[str] = field(default_factory=Counter)
    right: Counter[str] = field(default_factory=Counter)
    taken_for: Counter[tuple[str, str]] = field(default_factory=Counter)

    def __str__(self) -> str:
        figure = {name: wilson(self.counts[part], self.counts[whole]) for name, (part, whole) in FIGURES.items()}
        return "  ".join(f"{name} {share}" for name, share in figure.items())

    def share(self, name: str) -> float | None:
        """A figure in points, or None where nothing was counted."""
        part, whole = FIGURES[name]
        return round(100 * self.counts[part] / self.counts[whole], 1) if self.counts[whole] else None


FIGURES = {
    "precision": ("right", "said"),
    "coverage": ("found", "asked"),
    "exact": ("exact", "several"),
    "chatter": ("chatter", "quiet"),
}
"""Of the asks answered those right or fair; of the asks those answered; of messages with two asks or more those answered
whole; of messages that ask nothing those answered."""


def score(rows: Iterable[Row], said: Mapping[str, set[str]]) -> Score:
    total = Score()
    counts = total.counts
    for row in rows:
        want = set(row["asks"]) - {"other"}
        fair = (set(row["asks"]) | set(row.get("also_ok", []))) - {"other"}
        got = said[row["id"]]
        counts.update(said=len(got), right=len(got & fair), asked=len(want), found=len(got & want))
        if len(want) >= 2:
            counts.update(several=1, exact=int(got - (fair - want) == want))
        if not want:
            counts.update(quiet=1, chatter=int(bool(got - fair)))
        total.asked.update(want)
        total.found.update(want & got)
        total.said.update(got)
        total.right.update(got & fair)
        missed, wrong = sorted(want - got), sorted(got - fair)
        total.taken_for.update((ask, other) for ask in missed or ["other"] for other in wrong)
        total.taken_for.update((ask, LEFT_OUT) for ask in missed if not wrong)
    return total


def table(total: Score, most: int = 24) -> str:
    """Which ask is taken for which, the commonest first; `–` where a person was left to answer."""
    pairs = [f"{want} → {got} {count}" for (want, got), count in total.taken_for.most_common(most)]
    return "  taken for:  " + "\n              ".join("   ".join(pairs[at : at + 4]) for at in range(0, len(pairs), 4))


def worst(total: Score, most: int = 10) -> str:
    """The asks met five times or more that are answered and right least often."""
    often = [ask for ask, count in total.asked.items() if count >= 5]
    often.sort(key=lambda ask: 2 * total.found[ask] / (total.asked[ask] + total.said[ask]))
    lines = [
        f"    {ask:16} precision {wilson(total.right[ask], total.said[ask]):28} coverage {wilson(total.found[ask], total.asked[ask])}"
        for ask in often[:most]
    ]
    return "\n".join(("  worst:", *lines))


def dropped(baseline: Path, way: str, totals: Mapping[str, Score]) -> list[str]:
    """Sentences on the figures that fell by more than two points, and three rows, since the baseline (chatter: rose)."""
    before = json.loads(baseline.read_text(encoding="utf-8")).get(way, {}) if baseline.is_file() else {}
    found: list[str] = []
    for name, total in totals.items():
        for figure in FIGURES:
            now, then = total.share(figure), before.get(name, {}).get(figure)
            if now is None or then is None:
                continue
            lost = now - then if figure == "chatter" else then - now
            if lost > MAY_DROP and lost / 100 * total.counts[FIGURES[figure][1]] > MAY_TURN:
                found.append(f"{name}, {way}: {figure} was {then} %, is {now} %.")
    return found


def keep(baseline: Path, way: str, totals: Mapping[str, Score]) -> None:
    """Write today's figures of one way, with the encoder or without, as the baseline."""
    kept = json.loads(baseline.read_text(encoding="utf-8")) if baseline.is_file() else {}
    kept[way] = {name: {figure: total.share(figure) for figure in FIGURES} for name, total in totals.items()}
    baseline.write_text(json.dumps(kept, indent=2) + "\n", encoding="utf-8")
