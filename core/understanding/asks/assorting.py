"""An order or a question for several variants, each with its own number: 两个橘的一个黑的, one in 38 and one in 40."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from core.asks import Heard
from core.catalogue import Catalogue, Variant
from core.understanding.asks.portioning import Portion, portioned
from core.understanding.asks.tallying import may_tally, tallied
from core.understanding.goods import products
from core.understanding.goods.referring import references
from core.understanding.model.mind import Mind
from core.understanding.reading.reading import Reading, read

LONGEST = 120
"""Characters; what is longer tells a story."""
_MOST_TOKENS = 28


class Asks(StrEnum):
    """What is asked of an assortment."""

    ORDER = "order"
    PRICE = "price"
    STOCK = "stock"


@dataclass(frozen=True, slots=True)
class Assortment:
    """What a line wants of what, in its order. `total` is how many it says they are together, where that is something else
    than they make: 要三个，两个黑的."""

    portions: tuple[Portion, ...]
    asks: Asks
    total: int | None = None

    @property
    def is_open(self) -> bool:
        """Whether it leaves open which variant is meant."""
        return any(len(one.products) > 1 for one in self.portions)

    @property
    def missing(self) -> int:
        """How many more are wanted than are told apart; 0 where none is."""
        return max(0, (self.total or 0) - self._count)

    @property
    def is_miscounted(self) -> bool:
        """Whether more are told apart than are wanted together."""
        return self.total is not None and self.total < self._count

    @property
    def _count(self) -> int:
        return sum(one.count for one in self.portions)


def assorted(words: str, heard: Heard, mind: Mind, catalogue: Catalogue, alone: bool = False) -> Assortment | None:
    """What a line wants of several variants, where every word of it is read and there is but one way to read it. None for any
    other line, and where it only counts one thing, unless that may stand `alone`."""
    index = mind.index
    if index is None or len(words) > LONGEST or not may_tally(words, 1 if alone else 2):
        return None
    reading = read(words, mind.regions, index.called)
    start, end, asks = _without_question(reading.folded)
    spoken = tuple(one for sku in heard.last_products[:1] if (one := catalogue.get(sku)) is not None)
    named = _named(reading, start, end, mind, catalogue)
    if named is None:
        return None
    families = list(dict.fromkeys((*named.values(), *((spoken[0].title,) if spoken else ()))))
    known = {title: references(catalogue.families[title]) for title in families if title in catalogue.families}
    tokens = tallied(reading.folded, start, end, named, known)
    if tokens is None or len(tokens) > _MOST_TOKENS:
        return None
    adds = _ADDS.search(reading.folded) is not None
    for at_hand in _at_hand(named, spoken, adds):
        found = portioned(tokens, at_hand, heard, catalogue, adds)
        if found is not None and (len(found[0]) > 1 or found[1] is not None or (alone and asks is Asks.ORDER)):
            portions = tuple(replace(one, span=reading.normal.span(*one.span)) for one in found[0])
            return Assortment(portions, asks, found[1])
    return None


def _without_question(folded: str) -> tuple[int, int, Asks]:
    """Where the counting stands, and what is asked of it: 两件黑的一件白的一共多少钱."""
    for pattern, asks in ((_PRICE, Asks.PRICE), (_STOCK, Asks.STOCK)):
        for match in pattern.finditer(folded):
            if match.start() == 0 and match.end() < len(folded):
                return match.end(), len(folded), asks
            if match.end() == len(folded):
                return 0, match.start(), asks
    return 0, len(folded), Asks.ORDER


def _named(
    reading: Reading, start: int, end: int, mind: Mind, catalogue: Catalogue
) -> dict[tuple[int, int], str] | None:
    """Where the line names a product, with its title; None where it names goods and it is not clear which."""
    assert mind.index is not None
    found: dict[tuple[int, int], str] = {}
    for begin, stop, sign in reading.signs:
        if sign != "□" or begin < start or stop > end:
            continue
        match = products.find(reading.folded[begin:stop], mind.index)
        one = catalogue.get(mind.index.families[match.family][0]) if match.family >= 0 else None
        if one is None:
            return None
        found[begin, stop] = one.title
    return found


def _at_hand(named: Mapping[tuple[int, int], str], spoken: Sequence[Variant], adds: bool) -> Iterator[str]:
    """Of which product a colour is that stands by itself: of the first one named, else of what was spoken of; where the line
    `adds` goods to others, the other way about."""
    titles = list(dict.fromkeys(named.values()))[:1]
    before = [one.title for one in spoken if one.title not in titles]
    yield from (*before, *titles) if adds else (*titles, *before)


_ADDS = re.compile(r"再|另外|还|加|(?<![a-z])(?:plus|also)(?![a-z])")
_PRICE = re.compile(
    r"(?:一共|总共|合计|加起来|合起来)?(?:是|要|得|需要)?(?:多少钱?|几多钱|什么价|怎么卖)[呢啊呀?。]*$|(?:[,。]\s*)(?:一共|总共|合计|加起来)[?。]*$"
    r"|^(?:(?:ok|hi|hello|so)[ ,]+)*(?:how much (?:is|are|for|would|do|does)(?: it be for| be)?|what(?:'s| is) the (?:price|total) (?:of|for)|price (?:of|for)) |[,.]? ?(?:how much|what(?:'s| is) the (?:price|total))(?: (?:is|are|would|will|do|does|it|that|they|those|these|be|come|to|cost|in total|altogether|for all|all together))*[?.]*$"
)
_STOCK = re.compile(
    r"(?:都|还)?有(?:没有)?(?:现?货)?(?:吗|么|没有?)?[?。]*$|^(?:(?:ok|hi|hello|so)[ ,]+)*(?:do you have|have you got|are there|is there) "
)
