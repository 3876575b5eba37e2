"""Numbers, variants and names put together to what is wanted of what, where there is but one way to do that."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from core.asks import Heard
from core.catalogue import Catalogue
from core.understanding.asks.tallying import Token

_MOST = 200
"""Ways to read one line that are tried."""


@dataclass(frozen=True, slots=True)
class Portion:
    """So many of one variant; of one of several where the words leave open which. `span` is where the line says so."""

    products: tuple[str, ...]
    count: int
    span: tuple[int, int] = field(default=(0, 0), compare=False)


_SOLD_IN_PAIRS = frozenset(("双", "对", "副", "pair", "pairs"))
_COMES_IN_PAIRS = re.compile("[鞋靴袜筷]|手套|拖$|一[对双副]")
Found = tuple[tuple[Portion, ...], int | None]
"""What is wanted, and how many it is said to be in all where that is something else than it makes."""


def portioned(tokens: Sequence[Token], at_hand: str, heard: Heard, catalogue: Catalogue, adds: bool) -> Found | None:
    """The one thing the tokens say, however they are put together. A colour by itself is of the product `at_hand`. Where the
    line `adds` goods to others, a number by itself is no sum of what follows."""
    found = set(_Parser(tokens, at_hand, heard, catalogue, adds).readings())
    exact = {one for one in found if one[1] is None} or found
    return exact.pop() if len(exact) == 1 else None


class _Parser:
    """All ways to read the tokens as portions, numbers before what they count or behind it."""

    def __init__(self, tokens: Sequence[Token], at_hand: str, heard: Heard, catalogue: Catalogue, adds: bool) -> None:
        self.tokens = tokens
        self.at_hand = at_hand
        self.heard = heard
        self.catalogue = catalogue
        self.adds = adds
        self.left = _MOST

    def readings(self) -> Iterator[Found]:
        title = self.at_hand
        tokens = [one for one in self.tokens if one.kind != "stop"]
        stops = {
            sum(one.kind != "stop" for one in self.tokens[:at])
            for at, one in enumerate(self.tokens)
            if one.kind == "stop"
        }
        if len(names := [one.title for one in tokens[:2] if one.kind == "name"]) == 1:
            title = names[0]  # 短袖三件，两件黑的一件白的
        for total, start, end in _totals(tokens, set() if self.adds else stops):
            for is_behind in (False, True):
                for portions in self._portions(tokens, start, end, title, is_behind):
                    self.left -= 1
                    if self.left < 0:
                        return
                    if (told := _checked(portions, total)) is not None:
                        yield told

    def _portions(
        self, tokens: Sequence[Token], at: int, end: int, title: str, is_behind: bool
    ) -> Iterator[tuple[Portion, ...]]:
        """The portions in tokens[at:end]; `is_behind`: the numbers stand behind what they count."""
        if at == end:
            yield ()
            return
        if at == 0 and tokens[at].kind == "name" and end > 1:
            yield from self._portions(tokens, at + 1, end, tokens[at].title, is_behind)
        for stop in range(at + 2, min(end, at + 9) + 1):
            in_pairs = any(one.in_pairs for one in tokens[at:stop])
            for portions, then in self._group(tokens[at:stop], title, is_behind):
                if in_pairs and (portions := self._in_pieces(portions)) == ():
                    continue
                span = (tokens[at].start, tokens[stop - 1].end)
                portions = tuple(replace(one, span=span) for one in portions)
                for rest in self._portions(tokens, stop, end, then, is_behind):
                    yield (*portions, *rest)

    def _group(self, group: Sequence[Token], title: str, is_behind: bool) -> Iterator[tuple[tuple[Portion, ...], str]]:
        kinds = [one.kind for one in group]
        counts = [one.count for one in group if one.kind == "count"]
        if len(counts) != 1 or "sum" in kinds:
            return
        which = [one for one in group if one.kind in ("which", "name")]
        if "each" in kinds:
            yield from self._of_each(which, counts[0], title)
            return
        if kinds[-1 if is_behind else 0] != "count" or not which:
            return
        if (one := self._meant(which, title)) is not None:
            yield (Portion(one[0], counts[0]),), one[1]

    def _in_pieces(self, portions: tuple[Portion, ...]) -> tuple[Portion, ...]:
        """The same, counted in pairs: two of what is sold by the piece, one of what is sold in pairs; () where neither is
        known."""
        found: list[Portion] = []
        for one in portions:
            first = self.catalogue.get(one.products[0])
            assert first is not None
            units = {first.wording.unit, first.words("en").unit} - {""}
            is_pair = units & _SOLD_IN_PAIRS or _COMES_IN_PAIRS.search(first.title)
            if not is_pair and not units:
                return ()
            found.append(one if is_pair else replace(one, count=2 * one.count))
        return tuple(found)

    def _of_each(self, which: Sequence[Token], count: int, title: str) -> Iterator[tuple[tuple[Portion, ...], str]]:
        """So many of each: of those named, of all that were spoken of where none is."""
        if not which:
            named = any(one.kind == "name" and one.title == title for one in self.tokens)
            skus = self._all(title) if named else self.heard.last_products
            if len(skus) > 1 and {one.title for sku in skus if (one := self.catalogue.get(sku))} == {title}:
                yield tuple(Portion((sku,), count) for sku in skus), title
            return
        if all(one.kind == "name" for one in which):
            if len(which) > 1:
                yield tuple(Portion(self._all(one.title), count) for one in which), which[-1].title
            return
        name = next((one.title for one in which if one.kind == "name"), title)
        sets = [(one.which or {}).get(name, frozenset[str]()) for one in which if one.kind == "which"]
        if not all(sets):
            return
        groups = _chosen(sets)
        portions = tuple(Portion(self._ordered(one, name), count) for one in groups)
        if len(groups) > 1 and all(one.products for one in portions):
            yield portions, name

    def _meant(self, which: Sequence[Token], title: str) -> tuple[tuple[str, ...], str] | None:
        """What some words beside each other mean: the black one in M."""
        names = {one.title for one in which if one.kind == "name"}
        if len(names) > 1:
            return None
        name = names.pop() if names else title
        left = frozenset(self._all(name))
        for one in which:
            if one.kind == "which":
                left &= (one.which or {}).get(name, frozenset())
        return (self._ordered(left, name), name) if left else None

    def _all(self, title: str) -> tuple[str, ...]:
        return tuple(one.sku for one in self.catalogue.families.get(title, ()))

    def _ordered(self, skus: frozenset[str], title: str) -> tuple[str, ...]:
        return tuple(sku for sku in self._all(title) if sku in skus)


def _chosen(sets: Sequence[frozenset[str]]) -> list[frozenset[str]]:
    """Several words, each of its own variants; or one word that all of the others have beside them: 黑的M和L各一件."""
    overlapping = [at for at, one in enumerate(sets) if all(one & other for other in sets)]
    if len(overlapping) == 1 and len(sets) > 2:
        common = sets[overlapping[0]]
        return [one & common for at, one in enumerate(sets) if at != overlapping[0]]
    disjoint = all(not (one & other) for at, one in enumerate(sets) for other in sets[at + 1 :])
    return list(sets) if disjoint else []


def _totals(tokens: Sequence[Token], stops: set[int]) -> Iterator[tuple[int | None, int, int]]:
    """How many there are to be in all, where that is said before or behind the portions; and where these stand."""
    size = len(tokens)
    kinds = [one.kind for one in tokens]
    if "sum" in kinds:
        for start, end, left, right in ((0, 2, 2, size), (size - 2, size, 0, size - 2)):
            if size > 2 and sorted(kinds[start:end]) == ["count", "sum"]:
                yield next(one.count for one in tokens[start:end] if one.kind == "count"), left, right
        return
    yield None, 0, size
    if size > 2 and kinds[0] == "count" and 1 in stops:
        yield tokens[0].count, 1, size
    if size > 3 and sorted(kinds[:2]) == ["count", "name"] and 2 in stops and "name" not in kinds[2:]:
        yield next(one.count for one in tokens[:2] if one.kind == "count"), 2, size


def _checked(portions: tuple[Portion, ...], total: int | None) -> Found | None:
    """The portions, with the total where they come to something else. One thing twice is nobody's way to count."""
    seen = [sku for one in portions for sku in one.products]
    if len(seen) != len(set(seen)) or not portions:
        return None
    counted = sum(one.count for one in portions)
    return portions, None if total in (None, counted) else total
