"""Expressions that hardly ever match: one pass over a text tells which of them are worth trying."""

import re
from collections.abc import Mapping
from functools import cached_property, lru_cache
from typing import Any

_LOOK_AROUND = re.compile(r"\(\?<?[=!][^()]*\)")
_TEXTS = 64


class Rare:
    """Expressions by name, behind a filter that knows by their letters what cannot be found.

    The filter takes no look-arounds, and letters of one script only, so both are left open there: it lets more through than
    it need, and what it lets through is matched by the expression itself.
    """

    def __init__(self, expressions: Mapping[str, re.Pattern[str]]) -> None:
        self._expressions = expressions
        self._names = tuple(expressions)
        self._likely = lru_cache(maxsize=_TEXTS)(self._sought)

    def search(self, name: str, text: str) -> re.Match[str] | None:
        """As `re.search`."""
        return self._expressions[name].search(text) if name in self._likely(text) else None

    def _sought(self, text: str) -> frozenset[str]:
        return frozenset(self._names[at] for at in self._filter.Match(text.encode()) or ())

    @cached_property
    def _filter(self) -> Any:
        import re2

        matcher = re2.Filter()
        for one in self._expressions.values():
            # Python's $ stands before a last line break as well; any sign may be a letter or a digit of some script.
            matcher.Add("(?m)" + re.sub(r"\\[wd]", r"\\S", _LOOK_AROUND.sub("", one.pattern)))
        matcher.Compile()
        return matcher
