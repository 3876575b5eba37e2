"""How well hagglers are told from customers: precision and recall with Wilson intervals, zh and en apart, and the time a turn takes.

python -m benchmarks.judging FILE…    rows of JSON: id, lang, turns, label, ordered, list_price?; label haggler, normal, …
                                      judging_set/zh.jsonl are conversations of our own
"""

import json
import sys
import time
from collections import Counter
from collections.abc import Sequence
from decimal import Decimal
from hashlib import sha256
from pathlib import Path
from typing import Any

from benchmarks.understanding_scores import wilson
from console.judging import line_of
from core.haggling import judge

Row = dict[str, Any]
LABELS = frozenset({"haggler", "normal"})
ROUNDS = 5


def judged(row: Row, withheld: bool) -> bool:
    """Whether the row's conversation is marked; `withheld`: it is not told whether an order came of it."""
    price = None if row.get("list_price") is None else Decimal(str(row["list_price"]))
    lines = [line_of(turn) for turn in row["turns"]]
    return judge(lines, list_price=price, ordered=bool(row.get("ordered")) and not withheld).is_haggler


def counted(rows: Sequence[Row], withheld: bool) -> Counter[str]:
    """How many hagglers there are, how many are marked, how many of those are right, and how many marked had ordered."""
    counts: Counter[str] = Counter()
    for row in rows:
        is_marked, is_haggler = judged(row, withheld), row["label"] == "haggler"
        counts["rows"] += 1
        counts["hagglers"] += is_haggler
        counts["marked"] += is_marked
        counts["right"] += is_marked and is_haggler
        counts["bought"] += is_marked and bool(row.get("ordered"))
    return counts


def told(name: str, rows: Sequence[Row], withheld: bool) -> str:
    counts = counted(rows, withheld)
    return (
        f"{name:34} n {counts['rows']:4}   precision {wilson(counts['right'], counts['marked'])}   "
        f"recall {wilson(counts['right'], counts['hagglers'])}   ordered and marked {counts['bought']}"
    )


def half(row: Row) -> int:
    """0: the half the rules were written on; 1: the half they are reported on."""
    return int(sha256(str(row["id"]).encode()).hexdigest(), 16) % 2


def microseconds_a_turn(rows: Sequence[Row]) -> float:
    """The best of some rounds over all rows; the first also loads what folds the scripts."""
    best = float("inf")
    for _ in range(ROUNDS):
        begun = time.perf_counter()
        for row in rows:
            judged(row, withheld=True)
        best = min(best, time.perf_counter() - begun)
    return 1e6 * best / sum(len(row["turns"]) for row in rows)


def main(paths: Sequence[str]) -> None:
    rows = [json.loads(line) for path in paths for line in Path(path).read_text(encoding="utf-8").splitlines() if line]
    labelled = [row for row in rows if row["label"] in LABELS]
    for withheld in (False, True):
        note = ", ordered withheld" if withheld else ""
        for language in sorted({row["lang"] for row in labelled}):
            print(told(f"{language}{note}", [row for row in labelled if row["lang"] == language], withheld))
        for place, name in enumerate(("written on", "reported on")):
            print(told(f"the half {name}{note}", [row for row in labelled if half(row) == place], withheld))
        print(told(f"all{note}", labelled, withheld))
    others = [row for row in rows if row["label"] not in LABELS]
    if others:
        print(f"borderline rows marked: {sum(judged(row, True) for row in others)} of {len(others)} (not scored)")
    print(f"time: {microseconds_a_turn(rows):.0f} µs a turn")


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    main(sys.argv[1:])
