"""Whether a line that a buyer edits after it was answered has another meaning now, and is answered once more."""

import re
from datetime import timedelta

from core.asks import Ask, Understanding

WITHIN = timedelta(minutes=10)
"""So long after a line was written its edit is a correction of it."""
MOST_EDITS = 2
"""Who goes on editing one line is not answered each time; the seller sees each of them."""
_PASSED_ON = frozenset({"special_request", "change_address", "change_order", "cancel"})
"""Asks whose very words are passed on."""
_NUMBER = re.compile(r"\d+(?:\.\d+)?|[一二两三四五六七八九十百半]")


def means_another(before: Understanding, now: Understanding, old: str, new: str) -> bool:
    """Whether the new text asks something else, of other goods or of another number of them. A slip of the pen put right
    does not, nor does what asks nothing."""
    if " ".join(old.split()) == " ".join(new.split()) or not (now.asks or now.doubts):
        return False
    if any(ask.name in _PASSED_ON for ask in now.asks) or _NUMBER.findall(old) != _NUMBER.findall(new):
        return True
    if bool(before.doubts) != bool(now.doubts):
        return True
    return [_meaning(ask) for ask in before.asks] != [_meaning(ask) for ask in now.asks]


def _meaning(ask: Ask) -> tuple[object, ...]:
    return ask.name, ask.products, ask.unsure, ask.named, ask.details
