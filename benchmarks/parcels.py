"""How fast due parcels are found among many live ones, and what they cost in memory.

    python -m benchmarks.parcels [PARCELS]

The figures are the machine's; what counts is the ratio of one run: 50,000 live parcels against 2,000. Each look brings what
fell due meanwhile, 40 at most, as a question to a carrier does.
"""

import asyncio
import os
import sys
import tempfile
import time
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from core.orders import Order, State
from core.tracking.values import Status
from store import Store, Write, open_store
from store.buyers import Buyer
from store.parcels import Parcel

LOOKS, FEW = 300, 2000
INTERVAL = timedelta(hours=12)
SLICE = 2000
MOST_P50, MOST_P99, MOST_MEMORY = 5.0, 50.0, 10.0
"""Milliseconds, milliseconds, MB."""


def memory() -> float:
    """This process's memory now, in MB."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6


async def fill(store: Store, count: int, now: datetime) -> None:
    """So many live parcels of as many orders, due spread over one round."""
    await store.write([store.buyers.seen(Buyer(7, now, "小林"))])
    for start in range(0, count, SLICE):
        unit: list[Write] = []
        for n in range(start, min(start + SLICE, count)):
            unit += store.orders.add(Order(f"B{n}", 7, State.SHIPPED, now, f"t{n}"), "bench", now)
            unit.append(
                store.parcels.add(
                    Parcel(
                        f"B{n}", f"LX{n:09d}CN", "chinapost", "17track", now, now, "bench", status=Status.TRANSIT,
                        is_known=True, rounds=1, next_at=now + INTERVAL * (n / count),
                    )
                )
            )  # fmt: skip
        await store.write(unit)


async def looks(store: Store, now: datetime, most: int) -> list[float]:
    """Milliseconds of each look for what is due, as the clock goes through one round and each batch is put off by one."""
    taken = []
    for n in range(LOOKS):
        at = now + INTERVAL * (n / LOOKS)
        began = time.perf_counter()
        due = await store.parcels.due(at, most)
        taken.append(1000 * (time.perf_counter() - began))
        await store.write([store.parcels.lease(one.id, at + INTERVAL, at) for one in due])
    return sorted(taken)


def share(taken: Sequence[float], part: float) -> float:
    return taken[min(len(taken) - 1, int(len(taken) * part))]


async def measure(folder: Path, count: int) -> tuple[float, float, float]:
    """p50 and p99 of a look in ms, and the memory taken by looking, in MB."""
    store = await open_store(f"sqlite:///{folder}/{count}.db")
    now = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
    await fill(store, count, now)
    await store.close()
    store = await open_store(f"sqlite:///{folder}/{count}.db")
    await store.parcels.due(now - timedelta(days=1), 40)
    before = memory()
    taken = await looks(store, now, 40)
    more = memory() - before
    await store.close()
    return share(taken, 0.5), share(taken, 0.99), more


async def main(count: int) -> int:
    with tempfile.TemporaryDirectory() as name:
        few = await measure(Path(name), FEW)
        many = await measure(Path(name), count)
    print("| live parcels | p50 ms | p99 ms | MB more |")
    print("| --- | --- | --- | --- |")
    for size, (p50, p99, more) in ((FEW, few), (count, many)):
        print(f"| {size:,} | {p50:.2f} | {p99:.2f} | {more:.1f} |")
    print(f"A look at {count / FEW:.0f} times as many takes {many[0] / few[0]:.2f} times as long.")
    return int(many[0] > MOST_P50 or many[1] > MOST_P99 or many[2] > MOST_MEMORY)


if __name__ == "__main__":
    sys.exit(asyncio.run(main(int(sys.argv[1]) if len(sys.argv) > 1 else 50_000)))
