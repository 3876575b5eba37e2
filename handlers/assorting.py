"""What an order for several variants, each with its own number, is heard as."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from core.answering.stock import MISCOUNTED
from core.answering.wanting import SUMMED, UNWANTED
from core.asks import Ask, Details, Heard
from core.catalogue import Catalogue, Variant
from core.understanding import Mind
from core.understanding.asks.assorting import Asks, Assortment, assorted
from core.understanding.asks.tallying import bare_number
from core.understanding.goods.referring import references, referred_to
from core.understanding.reading.normalising import normalise

_HEARD_AS = {Asks.ORDER: ("stock", "wish"), Asks.PRICE: ("price", SUMMED), Asks.STOCK: ("stock", "rule")}
"""What is asked of each variant, and the source of that."""


def wanted_of(assortment: Assortment, words: str, catalogue: Catalogue) -> tuple[Ask, ...]:
    """Several variants, each with its own number: ordered, or asked about. Where fewer are named than are wanted together, the
    rest of them may be any of the others; where more are, nobody knows which number is right."""
    name, source = _HEARD_AS[assortment.asks]
    plain = Ask(name, 1.0, (0, len(words)), source=source, why="so many of each")
    asks = [
        replace(plain, span=one.span, products=one.products, details=Details(quantity=one.count))
        for one in assortment.portions
    ]
    named = {sku for one in assortment.portions for sku in one.products}
    if assortment.is_miscounted:
        asks = [
            replace(
                plain,
                name="stock",
                products=asks[-1].products,
                details=Details(quantity=assortment.total),
                source=MISCOUNTED,
            )
        ]
    elif assortment.missing and (one := catalogue.get(asks[-1].products[0])) is not None:
        others = tuple(each.sku for each in catalogue.families[one.title] if each.sku not in named)
        asks.append(replace(asks[-1], products=others, details=Details(quantity=assortment.missing)))
    return tuple(asks)


def said_again(
    words: str, wanted: Mapping[str, int], before: Heard, mind: Mind, catalogue: Catalogue
) -> tuple[Ask, ...]:
    """What a line corrects of what is `wanted` in this talk and no order yet, or adds to it: 不对，是三件; 改成黑的一件白的两件;
    黑的再加一件. A number by itself is that of the one thing wanted; of several, which one is asked. () where a line does
    neither, or nobody can tell what."""
    folded = normalise(words).folded
    begin = _CORRECTS.match(folded)
    if not wanted or (begin is None and _ADDS.search(folded) is None):
        return ()
    rest = folded[begin.end() :] if begin is not None else folded
    if (number := bare_number(rest)) is not None and not number.in_pairs:
        titles = {one.title for sku in wanted if (one := catalogue.get(sku)) is not None}
        plain = Ask("stock", 1.0, (0, len(words)), tuple(wanted), source="wish", why="said again")
        return (replace(plain, details=Details(quantity=number.count)),) if len(titles) == 1 else ()
    assortment = assorted(rest, before, mind, catalogue, alone=True)
    if assortment is None or assortment.asks is not Asks.ORDER or assortment.is_open:
        return ()
    return tuple(replace(ask, span=(0, len(words))) for ask in wanted_of(assortment, words, catalogue))


def swapped(words: str, wanted: Mapping[str, int], catalogue: Catalogue) -> tuple[Ask, ...]:
    """What a line puts in the place of what is `wanted` in this talk and no order yet: 换成白的, 黑的换成白的, make it white. As
    many of the other colour or size as there were of the one, and all else of it as it was. () where a line does not, or
    nobody can tell what it is put in the place of."""
    folded = normalise(words).folded
    split = _SWAPS.search(folded)
    if not wanted or split is None:
        return ()
    left, right = folded[: split.start()], folded[split.end() :]
    every = [one for sku in wanted if (one := catalogue.get(sku)) is not None]
    for title in dict.fromkeys(one.title for one in every):
        family = catalogue.families[title]
        own = [one.sku for one in every if one.title == title]
        old = [sku for sku in own if sku in referred_to(left, family)] or ([] if _named(left, family) else own)
        new = referred_to(right, family)
        if len(old) != 1 or not new or not _tells_no_more(right, family):
            continue
        kept = [which for which in references(family).values() if old[0] in which and which & new]
        for which in kept:
            new = new & which or new
        if old[0] in new:
            continue
        plain = Ask(
            "stock", 1.0, (0, len(words)), tuple(one.sku for one in family if one.sku in new), why="put in its place"
        )
        details = Details(quantity=wanted[old[0]])
        return (replace(plain, products=(old[0],), source=UNWANTED), replace(plain, source="wish", details=details))
    return ()


def _named(folded: str, family: Sequence[Variant]) -> bool:
    """Whether a text names one of these variants."""
    return bool(referred_to(folded, family))


def _tells_no_more(folded: str, family: Sequence[Variant]) -> bool:
    """Whether a text is nothing but a variant's name and small words."""
    for word in sorted(references(family), key=len, reverse=True):
        folded = re.sub(
            rf"(?<![a-z\d]){re.escape(word)}(?![a-z\d])" if word.isascii() else re.escape(word), " ", folded
        )
    return _SMALL.fullmatch(folded) is not None


_SWAPS = re.compile(
    r"(?:换|改)(?:成|为|作|做)|(?<![退调更])换(?=[^货的了吗个一])|(?<![a-z])(?:(?:change|swap|switch|make|have) (?:it|that|them|this|the \w+(?: ones?)?|mine)(?: (?:to|for|into|with))?|(?:change|swap|switch) (?:to|for)|instead of .{1,20}?,)(?: the| a)?(?![a-z])"
)
_SMALL = re.compile(
    r"(?:[\s,。.!~的了吧啊哈呗色码号件个款]|那[款个件]|可以|谢谢|好了|算了|(?<![a-z])(?:ones?|please|pls|instead|then|thanks|thank you|size|in)(?![a-z]))*"
)
_ADDS = re.compile(r"再[加来要拿]|多[加来要拿]|(?<![a-z])(?:one|two|three|\d) more(?![a-z])")
_CORRECTS = re.compile(
    r"(?:(?:啊|哦|噢|呃|额|等等|等下|等一下|抱歉|不好意思|,|。|!|\s)*(?:不对|不是(?=[,。!\s])|错了|(?:我)?(?:说|打|写|讲)错了|搞错了|改成|改为|改一?下|改主意了|还是(?=要|来|改|拿)))(?:[,。!\s]|我|想|应该)*|"
    r"(?:(?:oh|wait|hang on|ok|,|!|\s)*(?:no(?=[, ])|sorry|actually|i mean(?:t)?|correction|my mistake|make (?:it|that|them)|change (?:it|that|them) to))(?:[,.!\s]|i meant?|make (?:it|that|them)|sorry|wait|actually)*"
)
"""What says that a number before was wrong."""
