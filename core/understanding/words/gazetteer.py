"""Finding any of many names in a text: by their first two characters, longest first."""

from collections.abc import Iterable

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
        for at in range(len(folded) - 1):
            names = by_start.get(folded[at : at + 2])
            if names is None or at < done:
                continue
            for name in names:
                if folded.startswith(name, at) and (name[0] > "z" or _is_whole(folded, at, at + len(name))):
                    done = at + len(name)
                    if name[0] > "z":
                        done += next((len(end) for end in self._ends if folded.startswith(end, done)), 0)
                    found.append((at, done))
                    break
        return found


def _is_whole(folded: str, start: int, end: int) -> bool:
    before = folded[start - 1] if start else " "
    after = folded[end] if end < len(folded) else " "
    return not ("a" <= before <= "z" or "a" <= after <= "z" or before.isdigit() or (after.isdigit() and after < "~"))
