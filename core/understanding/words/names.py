"""Finding any of many names in a text: where the first two characters of one stand, by the lengths there are, longest first."""

from collections.abc import Iterable
from functools import lru_cache
from operator import add

_ENDS = "特别行政区 自治区 自治州 省 市 地区".split()


class Names:
    """Names as they stand in folded texts. Latin ones are found as whole words only."""

    __slots__ = ("_ends", "_lengths", "_names")

    def __init__(self, names: Iterable[str], *, with_ends: bool = False) -> None:
        self._names = frozenset(one for one in names if len(one) > 1)
        self._ends = tuple(_ENDS) if with_ends else ()
        lengths: dict[str, set[int]] = {}
        for name in self._names:
            lengths.setdefault(name[:2], set()).add(len(name))
        self._lengths = {start: tuple(sorted(some, reverse=True)) for start, some in lengths.items()}

    def find(self, folded: str) -> list[tuple[int, int]]:
        """[from, to) of every name, left to right, the longest where several begin."""
        found: list[tuple[int, int]] = []
        lengths = self._lengths
        done = 0
        for at in [at for at, pair in enumerate(_pairs(folded)) if pair in lengths]:
            is_latin = folded[at] <= "z"
            if at < done or (is_latin and at and _goes_on(folded[at - 1])):
                continue
            for length in lengths[folded[at : at + 2]]:
                end = at + length
                if folded[at:end] not in self._names or end > len(folded):
                    continue
                if not is_latin:
                    end += next((len(one) for one in self._ends if folded.startswith(one, end)), 0)
                elif _goes_on(folded[end : end + 1]):
                    continue
                found.append((at, end))
                done = end
                break
        return found


@lru_cache(maxsize=64)
def _pairs(folded: str) -> tuple[str, ...]:
    """Each two signs that stand together. Several lists of names are looked for in one text."""
    return tuple(map(add, folded, folded[1:]))


def _goes_on(one: str) -> bool:
    """Whether a Latin word or number goes on with a sign."""
    return "a" <= one <= "z" or one.isdigit()
