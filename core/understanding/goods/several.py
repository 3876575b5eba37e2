"""Several goods in one ask, such as 帆布包和台灯有货吗: where each is named, so that each is answered."""

import re
from collections.abc import Sequence

from core.language import has_han
from core.understanding.goods import products
from core.understanding.goods.shelving import Index, Match
from core.understanding.reading.reading import Reading
from core.understanding.words.attributes import attributes
from core.understanding.words.goods import NOT_GOODS, product_tokens
from core.units import COUNTERS

Span = tuple[int, int]
MOST = 5
"""Goods told apart in one ask."""
OF_EACH = frozenset({"stock", "price", "spec"})
"""Asks that are answered for each of the goods named."""
_BETWEEN = re.compile(
    r"[,、;。!?\n&+/]|(?<=[\u3400-\u9fff])(?:以及|还有|和|跟|与|或者?|及|加(?!起来)|同(?![款样色一时城意学事价步]))|(?<![a-z])(?:and|or|plus|as well as)(?![a-z])|(?<=[吗呢])(?=[\u3400-\u9fff])|(?<=[\u3400-\u9fff])(?<![一二两三四五六七八九十百千各])(?=(?:[一两三四五六七八九十]|\d{1,3})[个条件只双套块把对][\u3400-\u9fff]{2})|(?<=\S)\s+(?=[\u3400-\u9fff])"
)
_NAME, _NAME_EN = 24, 80
_TELLS = re.compile(
    r"[了过]|(?<![想要])买|收到|上次|之前|昨|(?<![a-z])(?:bought|got|(?<!can i )(?<!could i )(?<!may i )(?<!can we )(?<!i'll )have|had|ordered|received|was|were)(?![a-z])"
)
_ONLY_GOODS = re.compile(
    r"(?:(?:and|or|also|the|an?|your|some|还有|以及|还|那|和|跟|与|及|●|■|的)\s*)*□(?:的|[●■])*\s*(?:呢|吗)?"
)
_ORDERED = re.compile(
    r"(?:(?:and|or|also|plus|just|the|an?|one|two|three|four|five|six|of|还有|以及|再|还|那|和|跟|加|要|来|●|■|0|的|[一两二三四五六]?[个条件双套只])\s*)*□(?:[ ,]*(?:in|the|一?[个条件双套只]|的|色|●|■|□|0|please))*"
)
_COUNTED = re.compile(
    r"^\s*(?:(?:[a-z']+ ){0,4}(?:want|like|get|have|need|take|buy|order|me) )?(?:and |also |plus |then |with )*(?:an?|one|two|three|four|five|six|some|\d{1,3}) (?:of (?:the|your|my) )?(?!of |in |them |those |these |it )(?P<en>(?:[a-z-]+ ){0,3}?[a-z-]{3,})(?: please| too| as well)?\s*$|"
    rf"^\s*(?:然后|另外|还有|还|再|和|加|来|要|拿|买|我|给我|帮我)*(?:[一两二三四五六七八九十]|\d{{1,3}})[{COUNTERS}](?P<zh>[\u3400-\u9fff]{{2,8}})$"
)
"""A part of a list that is a number and the name of something."""
_NO_GOODS = re.compile(
    r"(?:都|就|一起|全部?)(?:要|买|拿|来|行|好|够|可以)|颜色|尺寸|尺码|红包|优惠|价|邮|发票|问题|的$|(?<![a-z])(?:ones?|pcs|pieces?|pairs?|sets?|colou?rs?|sizes?|price|discount|question|minutes?|days?|more|each|other|same|note|card|receipt|invoice|delivery|bit|few|lot)(?![a-z])"
)
_COMPARES = re.compile(
    r"区别|差别|不同|一样|差在|差哪|哪[个款种]|还是|搭|配|比|送|(?<![a-z])(?:differ\w*|compare\w*|which|better|versus|vs|match\w*|go(?:es)? with)(?![a-z])"
)
"""Words by which two goods are spoken of together: that is one ask about both."""


def places(ask: str, spans: Sequence[Span], reading: Reading, index: Index | None) -> tuple[Span, ...]:
    """Where each of several goods is named in the spans of an ask, each with the words up to the next; none where the
    spans name one thing, or none for sure."""
    if index is None or ask not in OF_EACH:
        return ()
    parts = [part for start, end in spans for part in _parts(reading.folded, start, end)]
    if len(parts) < 2 or any(_COMPARES.search(reading.folded[start:end]) for start, end in spans):
        return ()
    found: list[tuple[Span, Match]] = []
    for start, end in parts[: 2 * MOST]:
        match = products.find(reading.folded[start:end], index)
        if found and _names_nothing(match) and _is_another_variant((start, end), found[-1][0], reading):
            found.append(((start, end), found[-1][1]))
        elif found and _stranger(reading.folded[start:end], index):
            continue  # nothing of ours, and no word of the thing before it
        elif found and reading.folded[start - 1 : start] == " " and _only_qualifies(start, end, match, reading, index):
            continue  # 冬天看电视盖腿, behind a blanket, is no pair of winter slippers
        elif found and (_names_nothing(match) or _is_same(match, found[-1][1])):
            (begin, _), before = found[-1]
            # A part of another span begins anew.
            found[-1] = ((begin, end) if _within(begin, end, spans) else found[-1][0], before)
        elif not _names_nothing(match) and not any(_is_same(match, one) for _, one in found):
            found.append(((start, end), match))
    if len(found) < 2 or not any(match.family >= 0 for _, match in found):
        return ()
    return tuple(span for span, _ in found[:MOST])


def strangers(folded: str, index: Index) -> tuple[str, ...]:
    """The names in a list of goods, each with its number, that no product goes by: a purple dinosaur, behind two cushions."""
    found = (_stranger(folded[start:end], index) for start, end in _parts(folded, 0, len(folded)))
    return tuple(name for name in found if name)[:MOST]


def _stranger(part: str, index: Index) -> str:
    """What a part of a list names, where it is a number and a name, and nothing of the catalogue is called so."""
    counted = _COUNTED.match(part)
    if counted is None or _NO_GOODS.search(part):
        return ""
    match = products.find(part, index)
    name = counted["en"] or counted["zh"]
    words = [one for one in product_tokens(name).all if one not in NOT_GOODS]
    return name if match.family < 0 and not match.choices and words and not attributes(words[-1]) else ""


def _only_qualifies(start: int, end: int, match: Match, reading: Reading, index: Index) -> bool:
    """Whether a part has words of a product, and none that says what it is."""
    families = (match.family,) if match.family >= 0 else match.choices
    text = reading.folded[start:end]
    return bool(families) and has_han(text) and all(products.only_qualifies(text, one, index) for one in families)


def _is_another_variant(part: Span, before: Span, reading: Reading) -> bool:
    """Whether a part only names another colour or size of the thing before it, and how many: 2个灰蓝的."""
    own, other = (
        {one.value for one in reading.named if start <= one.start < end and not one.is_not}
        for start, end in (part, before)
    )
    counts = any(one.kind == "quantity" and part[0] <= one.start < part[1] for one in reading.found)
    return counts and bool(own) and bool(other) and not own & other


def is_only_goods(masked: str, in_order: bool = False) -> bool:
    """Whether a masked piece names one thing and says nothing else: "and the lamp?", behind a question about another; as it
    may stand in an order, with its number: and one apron in black."""
    return (_ORDERED if in_order else _ONLY_GOODS).fullmatch(masked.strip()) is not None


def listed_before(idle: Sequence[Span], own: Span, reading: Reading) -> list[Span]:
    """The pieces that only name things in front of an ask, as in "台灯、保温杯，有货吗", in their order."""
    return sorted(
        (start, end)
        for start, end in idle
        if end <= own[0]
        and end - start <= (_NAME if has_han(reading.folded[start:end]) else _NAME_EN)
        and _TELLS.search(reading.folded[start:end]) is None
    )


def by_family(skus: Sequence[str], index: Index) -> tuple[tuple[str, ...], ...]:
    """The skus that the catalogue has, those of one title together, in their order."""
    groups: dict[int, list[str]] = {}
    for sku in skus:
        if sku in index.family_of:
            groups.setdefault(index.family_of[sku], []).append(sku)
    return tuple(map(tuple, groups.values()))


def _parts(folded: str, start: int, end: int) -> list[Span]:
    found: list[Span] = []
    at = start
    for match in _BETWEEN.finditer(folded, start, end):
        if match.start() > at:
            found.append((at, match.start()))
        at = match.end()
    if at < end:
        found.append((at, end))
    return found


def _names_nothing(match: Match) -> bool:
    return match.family < 0 and not match.choices and not match.named


def _is_same(one: Match, other: Match) -> bool:
    if one.family >= 0 and other.family >= 0:
        return one.family == other.family
    mine = {one.family, *one.choices} - {-1}
    return bool(mine & ({other.family, *other.choices} - {-1})) or bool(one.named and one.named == other.named)


def _within(start: int, end: int, spans: Sequence[Span]) -> bool:
    return any(begin <= start and end <= stop for begin, stop in spans)
