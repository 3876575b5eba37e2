"""How many of which goods are wanted: what a line counts, and what only has a number in its name."""

import re
from collections.abc import Sequence

from core.understanding.asks.details import counts_goods
from core.understanding.goods.measuring import counted_before, poured
from core.understanding.goods.products import find
from core.understanding.goods.several import places, strangers
from core.understanding.goods.shelving import Index, squeezed
from core.understanding.model.mind import Mind
from core.understanding.reading.extracting import overlapping
from core.understanding.reading.reading import Reading, read
from core.understanding.words.numerals import number


def counted(words: str, skus: Sequence[str], mind: Mind) -> int | None:
    """How many of these the words want; None too where they list several goods, each with its own number."""
    index = mind.index
    if index is None:
        return None
    reading = read(words, mind.regions, index.called)
    whole = [(0, len(reading.folded))]
    listed = {find(reading.folded[start:end], index).family for start, end in places("stock", whole, reading, index)}
    others = listed - {-1} - {index.family_of[sku] for sku in skus if sku in index.family_of}
    return None if len(listed) > 1 and others else bought(reading, whole, skus, index)


def unfound(words: str, mind: Mind) -> tuple[str, ...]:
    """The names in an order, each with its number, that no goods of the shop go by."""
    if mind.index is None:
        return ()
    return strangers(read(words, mind.regions, mind.index.called).folded, mind.index)


def counted_before_names(reading: Reading, spans: Sequence[tuple[int, int]]) -> int | None:
    """How many, where a number stands right before the goods: two seat pads."""
    named = [begin for begin, _, sign in reading.signs if sign == "□"]
    counts = {one for start, end in spans for one in counted_before(reading.folded, start, end, named)}
    return int(counts.pop()) if len(counts) == 1 else None


def bought(reading: Reading, spans: Sequence[tuple[int, int]], skus: Sequence[str], index: Index) -> int | None:
    """How many are wanted: the 500 of a 500-piece puzzle is its name, not a number of puzzles. 两个，一个米白一个墨绿 are two;
    so many of each of the variants meant are as many as they make together."""
    unit = index.units.get(skus[0], "") if skus else ""
    if unit:
        amounts = set(poured(reading.folded, spans, unit))
        if amounts:
            whole = {int(one) for one in amounts if one == int(one)}
            return whole.pop() if len(amounts) == 1 == len(whole) else None
    own = " ".join(index.names[index.family_of[sku]] for sku in skus[:1])
    found = {one for start, end in spans for one in overlapping(reading.found, start, end) if one.kind == "quantity"}
    # 2米 of what is not sold by the metre is how large it is, and not how many.
    found = {one for one in found if unit or not _METRES.search(one.text)}
    found = {one for one in found if counts_goods(one, reading.folded)}
    named = [one.amount for one in found if one.text.isdigit() or not _is_named(squeezed(one.text), own)]
    folded = reading.folded
    if _EITHER.search(folded) and len({one.amount for one in found}) > 1:
        return None  # 一片的还是两片的 wants no three
    each = {one.amount for one in found if _EACH.search(folded[: one.start]) or _EACH_EN.match(folded, one.end)}
    if len(each) == 1 and (many := each.pop()) is not None and many == int(many):
        return int(many) * len(skus)  # 10个，灰蓝和砖红各5个
    counts = [int(amount) for amount in named if amount is not None and amount == int(amount)]
    if not named:
        counts = [int(match[1]) for start, end in spans for match in _TIMES.finditer(folded, start, end)]
        counts = counts or [_PAIR[match[1]] for start, end in spans for match in _BOTH.finditer(folded, start, end)]
        counts = counts or [
            int(number(match[1]) or 1) for start, end in spans for match in _RARE.finditer(folded, start, end)
        ]
    elif len(counts) != len(named):
        return None
    if not counts:
        return None
    if len(set(counts)) == 1 and len(counts) != len(skus):
        return counts[0]
    if 2 * max(counts) == sum(counts) and len(counts) > 2:
        return max(counts)
    return sum(counts) if len(counts) == len(skus) else None


_EACH, _EACH_EN = re.compile(r"各(?:来|要|拿|买)?$"), re.compile(r" (?:of )?each(?![a-z])")
_METRES = re.compile(r"米$")
_EITHER = re.compile(r"还是|或者?|(?<![a-z])or(?![a-z])")
_TIMES = re.compile(r"(?<=[^\d.\s])\s?[x×*]\s?(\d{1,2})(?![\d.]|\s?(?:cm|mm|m(?![a-z])|厘米|米|公分|x|×|\*))")
"""炭灰*2, charcoal x2; no measures such as 45x45."""
_BOTH = re.compile(r"[要来拿买带](俩|仨)(?!人)")
_RARE = re.compile(
    r"(?:[要来拿买带]|^)([一二两三四五六七八九十]|\d{1,2})[饼幅束朵听扎提册盆株棵颗枚箱筒杯串粒盘捆](?!装)"
)
"""By measures of few trades."""
_PAIR = {"俩": 2, "仨": 3}


def _is_named(measure: str, names: str) -> bool:
    """Whether names hold a measure: 500片, and not the 2片 of 12片."""
    return re.search(rf"(?<!\d){re.escape(measure)}", names) is not None
