"""Finding any of many names in a text: by their first two characters, longest first."""

from collections.abc import Iterable
from functools import lru_cache
from operator import add

_ENDS = "特别行政区 自治区 自治州 省 市 地区".split()


class Names:
    """Names as they stand in folded texts. Latin ones are found as whole words only."""

    __slots__ = ("_by_start", "_ends")

    def __init__(self, names: Iterable[str], *, with_ends: bool = False) -> None:
        self._by_start: dict[str, list[str]] = {}
        self._ends = tuple(_ENDS) if with_ends else ()
        for name in sorted({one for one in names if len(one) > 1}, key=len, reverse=True):
            self._by_start.setdefault(name[:2], []).append(name)

    def find(self, folded: str) -> list[tuple[int, int]]:
        """[from, to) of every name, left to right, the longest where several begin."""
        found: list[tuple[int, int]] = []
        by_start = self._by_start
        done = 0
        for at in [at for at, pair in enumerate(_pairs(folded)) if pair in by_start]:
            is_latin = folded[at] <= "z"
            if at < done or (is_latin and at and _goes_on(folded[at - 1])):
                continue
            for name in by_start[folded[at : at + 2]]:
                if folded.startswith(name, at) and not (
                    is_latin and _goes_on(folded[at + len(name) : at + len(name) + 1])
                ):
                    done = at + len(name)
                    if not is_latin:
                        done += next((len(end) for end in self._ends if folded.startswith(end, done)), 0)
                    found.append((at, done))
                    break
        return found


@lru_cache(maxsize=64)
def _pairs(folded: str) -> tuple[str, ...]:
    """Each two signs that stand together. Several lists of names are looked for in one text."""
    return tuple(map(add, folded, folded[1:]))


def _goes_on(one: str) -> bool:
    """Whether a Latin word or number goes on with a sign."""
    return "a" <= one <= "z" or one.isdigit()
