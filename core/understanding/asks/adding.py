"""An order for a colour or size of what was spoken of, and for other goods besides: 墨绿的要一个，再加一条茶巾."""

import re
from dataclasses import dataclass

from core.asks import Heard
from core.often import often
from core.understanding.goods import products, variants
from core.understanding.goods.measuring import sized
from core.understanding.model.mind import Mind
from core.understanding.reading.normalising import normalise
from core.understanding.reading.reading import read

LONGEST = 80


@dataclass(frozen=True, slots=True)
class Added:
    """`rest` are the words of the other goods, blanks before them, so that they stand where they stood; `products` the variants
    of what was spoken of that the words before them, `first`, order; none where nothing was."""

    products: tuple[str, ...]
    first: str
    rest: str

    @property
    def is_counted(self) -> bool:
        """Whether it is said how many of the other goods: that orders them."""
        return _COUNTED.match(self.rest) is not None


def added(words: str, heard: Heard, mind: Mind) -> Added | None:
    """A line that orders a colour or size alone, and then other goods besides it. None for any other line."""
    index = mind.index
    if index is None or len(words) > LONGEST or not _may_add(words):
        return None
    reading = read(words, mind.regions, index.called)
    cut = _CUT.search(reading.folded)
    if cut is None or cut.start() == 0:
        return None
    first, rest = reading.folded[: cut.start()], reading.folded[cut.end() :]
    named = [one for one in reading.named if one.end <= cut.start() and not one.is_not]
    family = index.family(heard.last_products[0]) if heard.last_products else ()
    found = variants.variants_of(index, family, first, named) if family else ()
    found = sized(found, index.sizes, [(0, cut.start())], reading.folded, reading.found)
    points = not named and not 0 < len(found) < len(family)
    if points:
        if not family or not _POINTS.search(first):
            return None
        found = tuple(sku for sku in heard.last_products if sku in family)  # two of those, and a tote
    bare = reading.masked(0, cut.start())
    for word in sorted(set().union(*(index.variants.get(sku, ((), frozenset()))[1] for sku in found)), key=len)[::-1]:
        bare = bare.replace(word, "●") if len(word) > 1 else bare
    other = products.find(rest, index)
    is_other = other.family >= 0 and (not family or index.families[other.family] != family)
    if not is_other or _ONLY_THAT.fullmatch(bare) is None:
        return None
    at = reading.normal.span(cut.end(), len(reading.folded))[0]
    return Added(found if points or len(found) < len(family) else (), words[:at], " " * at + words[at:])


@often
def _may_add(words: str) -> bool:
    """Whether there is a word such as 再加 behind others. Few lines have one, and none of the rest is read here."""
    cut = _CUT.search(normalise(words).folded)
    return cut is not None and cut.start() > 0


_CUT = re.compile(
    r"[,，;。!\s]*(?:还有(?=[一两三四五六七八九十\d])|(?:然后|还|再|另外|另|也)+(?=[要来加拿买带帮一两三四五六七八九十\d个])(?:[要来加拿买带]|一个)?|外加|加上|以及|(?<![a-z])(?:and also|and|plus|also)(?= (?:an?|the|one|two|three|four|five|six|\d{1,3}|some|your) ))"
    r"|[,，;。!\s]+(?=[^,，;。!]{2,12}也(?:要|来|拿|买|加|给我))"
)
"""Where what is wanted besides begins: 再加, 同埋, and a, plus two."""
_POINTS = re.compile(
    r"[这那]个|[这那]款|[这那][件条双套只块张把对]|(?<![a-z])(?:it|this|that|those|these|them)(?![a-z])"
)
_COUNTED = re.compile(
    r"\s*(?:[要来拿加买])?(?:[一二两三四五六七八九十]|\d{1,3})[个個件条條双雙套对對块塊张張把米]|\s*(?:an?|one|two|three|four|five|six|\d{1,3}) ",
    re.IGNORECASE,
)
_ONLY_THAT = re.compile(
    r"(?:[●■0\s,，.!]|[那这]|就|我|先|想|要|来|拿|买|给我|帮我|吧|的|色|号|码|款|底|[一两二三四五六七八九十]|[个件条双套只块张把对米]|"
    r"(?<![a-z])(?:ok|okay|so|then|i'll|i'd|i|will|would|like|want|need|take|have|get|can|the|an?|it|this|that|those|these|them|one|ones|two|three|four|five|in|colou?r|size|please|thanks|of)(?![a-z]))+"
)
"""Words beside a colour that name no goods."""
