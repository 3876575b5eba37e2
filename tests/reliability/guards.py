"""Does each test fail when its guard is taken out? `make guards`.

    python -m tests.reliability.guards [--rows 1,2,3] [--at-once 2]

For each row of docs/reliability.md the guard is taken out in a copy of the tree, and the row's first test is run there. It
must pass in the untouched copy and fail in the other. Exit status 1 when a guard is not missed by its test.
"""

import argparse
import asyncio
import shutil
import sys
import tempfile
from pathlib import Path

from tests.reliability.rows import MORE_GUARDS, ROOT, ROWS, Row

LEFT_OUT = shutil.ignore_patterns(".venv", ".git", "__pycache__", ".*_cache", ".hypothesis", "*.db", "backups")


async def passes(folder: Path, test: str) -> tuple[bool, str]:
    """Whether a test passes in this copy of the tree, and the end of what it said. The copy's own cache keeps what was trained."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "pytest", "-x", "--show-capture=no", test),
        cwd=folder, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT,
    )  # fmt: skip
    try:
        said, _ = await asyncio.wait_for(process.communicate(), 180)
    except TimeoutError:
        process.kill()
        await process.wait()
        return False, "it did not end within three minutes"
    return process.returncode == 0, said.decode(errors="replace").strip().splitlines()[-1][:100]


async def try_out(row: Row, folder: Path) -> str:
    """Take the guard out, run the test, put the guard back. "killed" is what it should be."""
    path = folder / row.guard.split(":")[0]
    whole = path.read_text(encoding="utf-8")
    if row.old not in whole:
        return "the guard is not where the row says"
    path.write_text(whole.replace(row.old, row.new, 1), encoding="utf-8")
    try:
        is_missed, said = await passes(folder, row.tests[0])
    finally:
        path.write_text(whole, encoding="utf-8")
    return f"SURVIVED: {said}" if is_missed else "killed"


async def try_all(rows: list[Row], at_once: int) -> int:
    waiting, bad = list(rows), 0
    print("| row | guard | what became of it |\n| --- | --- | --- |", flush=True)

    async def work(folder: Path) -> None:
        nonlocal bad
        shutil.copytree(ROOT, folder, ignore=LEFT_OUT)
        while waiting:
            row = waiting.pop(0)
            came = await try_out(row, folder)
            if came != "killed" or not (await passes(folder, row.tests[0]))[0]:
                came = came if came != "killed" else "the test fails with its guard too"
                bad += 1
            print(f"| {row.number} | {row.guard} | {came} |", flush=True)

    with tempfile.TemporaryDirectory() as name:
        await asyncio.gather(*(work(Path(name) / str(number)) for number in range(at_once)))
    print(f"{len(rows) - bad} of {len(rows)} guards are missed by their tests.")
    return bad


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", default="", help="numbers, comma separated")
    parser.add_argument("--at-once", type=int, default=2)
    given = parser.parse_args()
    wanted = {int(one) for one in given.rows.split(",") if one}
    rows = [row for row in (*ROWS, *MORE_GUARDS) if row.guard and (not wanted or row.number in wanted)]
    return 1 if asyncio.run(try_all(rows, given.at_once)) else 0


if __name__ == "__main__":
    sys.exit(main())
