"""Collecting: what stays for good is not looked through again and again for garbage."""

import gc

YOUNG, MIDDLE, OLD = 20_000, 20, 50
"""New objects before the youngest are looked through, and rounds of each generation before the next. Python's own (700, 10, 10)
goes through all goods and phrases every few hundred replies: a sixth of all work, in pauses that buyers feel."""


def spare_what_stays() -> None:
    """Call it once everything is in memory: the collector passes over all there is now, and begins less often."""
    gc.set_threshold(YOUNG, MIDDLE, OLD)
    gc.collect()
    gc.freeze()
