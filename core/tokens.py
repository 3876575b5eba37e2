"""The words of a text, for searching messages and products."""

import re
import unicodedata
from functools import lru_cache
from itertools import pairwise

from core.language import has_han, to_simplified

_RUN = re.compile(
    r"([\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+)|[^\W_\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+"
)
_PART = re.compile(r"[^\W\d_]+|\d+")
_LONGEST = 40
_NAME = 40


def tokens(text: str) -> list[str]:
    """Lower-case words, Chinese characters and pairs of them in Simplified, and model codes squeezed: `iPhone 15` gives `iphone15` too.

    Every token occurs once, in the order met; a token is at most 40 characters.
    """
    return list(_of_name(text) if len(text) <= _NAME else _tokens(text))


def _tokens(text: str) -> tuple[str, ...]:
    folded = unicodedata.normalize("NFKC", text).lower()
    if has_han(folded):
        folded = to_simplified(folded)
    found: dict[str, None] = {}
    before = ""
    for match in _RUN.finditer(folded):
        run = match.group()[: _LONGEST * 10]
        if match.lastindex and has_han(run[0]):
            found.update(dict.fromkeys(run))
            found.update(dict.fromkeys(map("".join, pairwise(run))))
            before = ""
            continue
        found[run[:_LONGEST]] = None
        if not run.isalpha() and not run.isdecimal():  # letters and digits in one
            parts = _PART.findall(run)
            if len(parts) > 1:
                found.update(dict.fromkeys(part[:_LONGEST] for part in parts))
        if before and before[-1].isdigit() != run[0].isdigit() and len(before) + len(run) <= _LONGEST:
            found[before + run] = None
        before = run
    return tuple(found)


_of_name = lru_cache(maxsize=1024)(_tokens)
"""The names of goods are taken apart again for every line that may mean them."""
