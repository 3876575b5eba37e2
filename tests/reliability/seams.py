"""Every numbered call, every fault: `make soak` ends with it.

    python -m tests.reliability.seams [--every 1] [--faults exception,cancel,kill]

The story is told once for each number and fault. Exit status 1 when it once did not end as it should.
"""

from __future__ import annotations

import argparse
import asyncio
import logging
import sys
import tempfile
from collections import Counter
from pathlib import Path

from core.understanding import Mind, train
from sheets.phrases import load
from tests.reliability.programs import ROOT
from tests.reliability.story import FAULTS, Prepared, told_killed, told_with

REAL = 25
"""Every so manieth story is told with a real kill -9 of a process too; the others drop the program as it stands."""


async def tell_all(folder: Path, every: int, faults: list[str]) -> int:
    """Returns how many stories ended wrongly; prints a table."""
    mind = Mind(train(load(ROOT / "phrases").book.phrases))
    (folder / "prepared").mkdir()
    prepared = await Prepared.make(folder / "prepared", mind)
    _, passed = await told_with(prepared, folder / "whole", mind, None, 0)
    print(f"{len(passed)} calls: {dict(Counter(passed))}", flush=True)
    print("| fault | stories | it struck | wrong | unknown, listed |\n| --- | --- | --- | --- | --- |")
    bad = 0
    for name in faults:
        stories = struck = wrong = unknown = 0
        for number in range(1, len(passed) + 1, every):
            stories += 1
            try:
                told, calls = await told_with(prepared, folder / f"{name}-{number}", mind, FAULTS[name], number)
            except AssertionError as error:
                wrong += 1
                print(f"{name} at {number}: {error}")
                continue
            struck += len(calls) >= number
            unknown += told.unknown.total()
            if said := told.wrong():
                wrong += 1
                print(f"{name} at {number} ({calls[number - 1 : number]}): {said}")
        print(f"| {name} | {stories} | {struck} | {wrong} | {unknown} |", flush=True)
        bad += wrong
    stories = struck = wrong = 0
    for number in range(1, len(passed) + 1, every * REAL):
        stories += 1
        told, was_killed = await told_killed(prepared, folder / f"real-{number}", number)
        struck += (
            was_killed  # a story is over a few calls sooner where commits join: the last numbers may not be reached
        )
        if said := told.wrong():
            wrong += 1
            print(f"kill -9 at {number}: {said}")
    print(f"| kill -9, for real | {stories} | {struck} | {wrong} | |", flush=True)
    return bad + wrong + (struck < stories / 2)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--every", type=int, default=1)
    parser.add_argument("--faults", default="exception,cancel,kill")
    given = parser.parse_args()
    logging.disable(logging.CRITICAL)
    with tempfile.TemporaryDirectory() as name:
        return 1 if asyncio.run(tell_all(Path(name), given.every, given.faults.split(","))) else 0


if __name__ == "__main__":
    sys.exit(main())
