"""Collecting: what stays for good is not looked through again and again for garbage, and what was only needed to start is
given back to the machine."""

import ctypes
import gc
from contextlib import suppress

YOUNG, MIDDLE, OLD = 5_000, 30, 100
"""New objects before the youngest are looked through, and rounds of each generation before the next. Python's own (700, 10, 10)
goes through all goods and phrases every few hundred replies: a sixth of all work, in pauses that buyers feel."""


def spare_what_stays() -> None:
    """Call it once everything is in memory: the collector passes over all there is now, and begins less often."""
    gc.set_threshold(YOUNG, MIDDLE, OLD)
    gc.collect()
    gc.freeze()
    give_back()


def give_back() -> None:
    """Return memory that was freed to the machine, where the C library can (glibc): it keeps it for later otherwise."""
    with suppress(OSError, AttributeError):
        ctypes.CDLL("libc.so.6").malloc_trim(0)
