"""Leaving: SIGTERM or Ctrl-C ends the program in order and soon; a second one at once. What is unfinished stays queued."""

import asyncio
import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager

SOON = 4.0
"""Seconds after which the program leaves without what it still waits for: everything that matters is on disk."""
AT_ONCE = 130


def heed_signals() -> asyncio.Event:
    """From now on SIGTERM and Ctrl-C set the event that is returned; a second one ends the process at once. Whatever is under way
    then, a start or a migration too, the process is gone `SOON` after the first."""
    loop = asyncio.get_running_loop()
    asked = asyncio.Event()

    def on_signal() -> None:
        if asked.is_set():
            os._exit(AT_ONCE)
        asked.set()
        _leave_after(SOON)

    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, on_signal)
    return asked


@contextmanager
def soon(seconds: float = SOON) -> Iterator[None]:
    """Around the end of a program: whatever hangs there, the process is gone after so many seconds, with status 0.

    A thread that cannot be stopped would hold up the interpreter's own end too, so the timer goes on beyond the block.
    """
    _leave_after(seconds)
    yield


def _leave_after(seconds: float) -> None:
    timer = threading.Timer(seconds, os._exit, (0,))
    timer.daemon = True
    timer.start()
