"""What was told of words that come again: buyers ask the same few things, in the same few words."""

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import TypeVar

LONGEST = 200
"""Characters. Longer texts seldom come twice, and are not kept."""
KEPT = 256
_T = TypeVar("_T")


def often(told: Callable[[str], _T]) -> Callable[[str], _T]:
    """The same function of a text alone, remembering what it told of the latest `KEPT` texts."""
    remembered = lru_cache(maxsize=KEPT)(told)

    @wraps(told)
    def ask(text: str) -> _T:
        return remembered(text) if len(text) <= LONGEST else told(text)

    return ask
