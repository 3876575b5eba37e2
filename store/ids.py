"""Ids made before anything is written, so that a unit of work is pure data."""

import secrets
import time
from datetime import timedelta

EPOCH_MS = 1_704_067_200_000
"""2024-01-01 UTC: ids count milliseconds from here, 41 bits, until 2093."""

_SEQUENCE_BITS = 12
_WORKER = secrets.randbits(10) << _SEQUENCE_BITS
"""Ten bits drawn at start tell two processes (`run` and `import`) apart."""

_BUTTON_BYTES, _DRAWN_AT_ONCE = 12, 64
_drawn: list[str] = []
_latest = 0


def new_id() -> int:
    """A new positive 63-bit integer, greater than every one made before in this process, whatever the clock does.

    Milliseconds since 2024 in the upper 41 bits, ten bits of the process, twelve of sequence: 4096 in a millisecond,
    and beyond that the next millisecond is borrowed.
    """
    global _latest
    fresh = ((time.time_ns() // 1_000_000 - EPOCH_MS) << 22) | _WORKER
    if fresh <= _latest:
        fresh = _latest + 1
        if (fresh >> _SEQUENCE_BITS) << _SEQUENCE_BITS == fresh:  # the sequence ran over into the process's bits
            fresh = (((_latest >> 22) + 1) << 22) | _WORKER
    _latest = fresh
    return fresh


def id_ago(back: timedelta) -> int:
    """No id made so long ago or later is smaller: rows are found by their age through their key, also where the shop's clock
    was moved ahead, since ids keep the machine's time."""
    return max(0, new_id() - (int(back.total_seconds() * 1000) << 22))


def new_button_id() -> str:
    """Sixteen characters nobody can guess, for callback_data. Drawn many at a time: asking the machine for random bytes lets
    go of Python's lock, and a loop that does so for each button waits for it."""
    if not _drawn:
        many = secrets.token_urlsafe(_BUTTON_BYTES * _DRAWN_AT_ONCE)
        _drawn.extend(many[start : start + 16] for start in range(0, len(many), 16))
    return _drawn.pop()
