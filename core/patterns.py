"""Patterns as sellers may write them: `/an expression/`. None can hold up the shop.

Python's own expressions are frozen by a line of 29 characters. These go through RE2, whose time grows with the line and not
with what might have matched; what it cannot promise that for (a back-reference, a look-ahead) is refused with the reason.
"""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from core.language import to_simplified

LONGEST = 200
"""Characters of a pattern."""
READ_AT_MOST = 4096
"""Characters of a line that are looked at: the longest message there is."""
_MEMORY = 1 << 20
_STEPS = 800
"""Instructions of a compiled pattern. With these the longest line takes a few hundredths of a second at worst."""
_UNLIKE = ("啊", "q", "7", "…")
"""Lines that have nothing in common: what finds them all finds everything."""
_BACK = re.compile(r"\\[1-9]|\\[gk][<{'\d]|\(\?P[=>]|\(\?&|\(\?R\)")
_LOOK = re.compile(r"\(\?<?[=!]")
_GREEDY = re.compile(r"\(\?>|[*+?}]\+|\(\?\(")


class Reason(StrEnum):
    """Why a pattern is refused."""

    EMPTY = "empty"
    TOO_LONG = "too_long"
    EVERYTHING = "everything"
    BACK_REFERENCE = "back_reference"
    LOOK_AROUND = "look_around"
    POSSESSIVE = "possessive"
    TOO_MANY = "too_many"
    TOO_LARGE = "too_large"
    BROKEN = "broken"


@dataclass(frozen=True, slots=True)
class Refused:
    """`what` are the pattern's own characters that are meant, or the number there are; "" when it is all of it."""

    reason: Reason
    what: str = ""


@dataclass(frozen=True, slots=True)
class Pattern:
    """A pattern that may be used: `source` as the seller wrote it."""

    source: str
    _search: Any

    def find(self, words: str) -> tuple[int, int] | None:
        """Where folded words hold it; None where they do not, or hold nothing of it."""
        found = self._search(words)
        return None if found is None or found.start() == found.end() else found.span()


def read(source: str) -> Pattern | Refused:
    """The pattern that stands between two slashes, in RE2's syntax; it is looked for anywhere in a line."""
    source = _sound(source).strip()
    if len(source) > LONGEST:
        return Refused(Reason.TOO_LONG, str(len(source)))
    inner = source.removeprefix("/").removesuffix("/").strip()
    if not inner:
        return Refused(Reason.EMPTY)
    bare = re.sub(r"\\\\", "", inner)  # what a doubled stroke guards is itself
    for reason, form in (
        (Reason.BACK_REFERENCE, _BACK),
        (Reason.LOOK_AROUND, _LOOK),
        (Reason.POSSESSIVE, _GREEDY),
    ):
        if (found := form.search(bare)) is not None:
            return Refused(reason, found[0])
    return _compiled(source, to_simplified(inner))


def folded(text: str) -> str:
    """The first 4,096 characters in one width, one case and Simplified."""
    return to_simplified(unicodedata.normalize("NFKC", _sound(text[:READ_AT_MOST])).casefold()).strip()[:READ_AT_MOST]


def _compiled(source: str, expression: str) -> Pattern | Refused:
    import re2

    options = re2.Options()
    options.max_mem, options.log_errors = _MEMORY, False
    options.case_sensitive, options.never_capture = False, True
    try:
        compiled = re2.compile(expression, options)
    except re2.error as error:
        said = error.args[0] if error.args else b""
        return _refused(said.decode("utf-8", "replace") if isinstance(said, bytes) else str(said))
    if compiled.programsize > _STEPS or compiled.reverseprogramsize > _STEPS:
        return Refused(Reason.TOO_LARGE)
    if all(compiled.search(one) is not None for one in _UNLIKE):
        return Refused(Reason.EVERYTHING, source)
    return Pattern(source, compiled.search)


def _refused(said: str) -> Refused:
    """RE2's own words, sorted. They end in what is meant: "missing ): ((a"."""
    about, _, what = said.partition(": ")
    if about.startswith("pattern too large"):
        return Refused(Reason.TOO_LARGE)
    if about.startswith("invalid repetition size"):
        return Refused(Reason.TOO_MANY, what)
    return Refused(Reason.BROKEN, what[:40])


def _sound(text: str) -> str:
    return text.encode("utf-8", "replace").decode().replace("\x00", "")
