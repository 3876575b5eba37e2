"""Goods held against each other, 纱帘和遮光帘有什么区别, and the size that goes with what a buyer has: 1米8的床用哪个."""

import re
from collections.abc import Sequence

from core.understanding.goods.measuring import sized
from core.understanding.goods.products import find
from core.understanding.goods.shelving import Index
from core.understanding.reading.reading import Reading
from core.understanding.words.goods import NOT_GOODS, product_tokens

MOST = 3
MOST_FITTING = 6
_COMPARES = re.compile(
    r"区别|差别|差在哪|不同|不一样|哪[个款种件条]|(?<![a-z])(?:differ\w*|compare\w*|versus|vs|better|which)(?![a-z])"
)
_BETWEEN = re.compile(
    r"(?<=[\u3400-\u9fff])(?:和|跟|与|还是|对比|比)(?=[\u3400-\u9fff])|[,、/]|(?<![a-z])(?:and|or|versus|vs\.?|to|with|from)(?![a-z])"
)
_AROUND = re.compile(
    r"(?:有|的)?(?:什么|啥|哪些|多大)?(?:区别|差别|不同|不一样|差在哪).*$|哪[个款种件条].*$|^(?:请问|想问|那|这)+|"
    r"^.*(?:differences? between|differ|compare|better[ ,:]+|which(?: one)? is better)(?![a-z])|(?<![a-z])(?:which|what|is|are|the|one|ones|better|difference|different|how|does|do|whats|s)(?![a-z])"
)
_MEASURE = r"(?:\d+(?:\.\d+)?|[一二两三])\s*(?:米|m(?:et(?:er|re)s?)?|cm|厘米|公分|寸|inch(?:es)?)\s*(?:\d{1,2}|[一二三四五六七八九半])?"
_FITS = re.compile(
    rf"{_MEASURE}(?:宽|长|高)?的?(?P<zh>[\u3400-\u9fff]{{1,3}}?)(?:的话|我|们|应该|该|要|用|买|选|配|拿|适合|套|铺|放|挂)*(?:哪|什么|啥|多大)|"
    rf"(?:which|what)\b.{{0,24}}?\b(?:fits?|for|suits?|goes (?:on|with)|on)\b.{{0,12}}?{_MEASURE}(?: wide| long| high)? (?P<en>[a-z]{{3,}})"
)


def compared(text: str, index: Index) -> tuple[str, ...]:
    """One sku of each of the goods that a folded text holds against each other; () where a side of it may be anything. A side
    that only says what a thing is made of, or good for, is of the kind of the other: the linen one and the blackout curtain."""
    if _COMPARES.search(text) is None:
        return ()
    sides = [side for part in _BETWEEN.split(text) if (side := _AROUND.sub(" ", part).strip(" ,。?!的"))]
    if not 1 < len(sides) <= MOST:
        return ()
    matches = [find(side, index) for side in sides]
    known = [match.family for match in matches if match.family >= 0]
    if not known:
        return ()
    families = [
        match.family if match.family >= 0 else _of_the_kind(side, known[0], index)
        for side, match in zip(sides, matches, strict=True)
    ]
    if -1 in families or len(set(families)) < len(families):
        return ()
    return tuple(index.families[one][0] for one in families)


def _of_the_kind(side: str, other: int, index: Index) -> int:
    """The product on the shelf of another that has the words of a side to it, the one with the shortest name first; -1 for none."""
    words = [token for token in product_tokens(side).all if token not in NOT_GOODS]
    shelf = {one for one, name in enumerate(index.categories) if name and name == index.categories[other]} - {other}
    having = [set(index.having(word)) for word in words if word in index.words]
    found = shelf.intersection(*having) if having and len(having) == len(words) else set()
    return min(found, key=lambda one: (len(index.titles[one]), one), default=-1)


def fitting(start: int, end: int, reading: Reading, index: Index, last: Sequence[str] = ()) -> tuple[str, ...]:
    """The variants whose size is what a buyer has, of the goods spoken of `last` or of all that go with such a thing; () where
    no measure is named, or none has it."""
    text = reading.folded[start:end]
    match = _FITS.search(text)
    if match is None:
        return ()
    thing = match["zh"] or match["en"]
    families = [index.family_of[last[0]]] if last else []
    families += [one for one, names in enumerate(index.names) if thing in names and one not in families]
    found: list[str] = []
    for family in families:
        skus = index.families[family]
        own = sized(skus, index.sizes, [(start, end)], reading.folded, reading.found)
        if len(own) < len(skus):
            found += own
            if last and family == families[0]:
                break
    return tuple(found[:MOST_FITTING])
