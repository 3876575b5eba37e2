"""By which words each variant of a product is referred to: its name, a part of it, its colour, its size."""

import re
from collections.abc import Iterator, Mapping, Sequence

from core.catalogue import Variant
from core.understanding.reading.normalising import normalise
from core.understanding.words.attributes import called_by, colours, values

Skus = frozenset[str]
_SIZED = re.compile(r"(?<=[\d.])\s*(?:mm|cm|m|米|厘米|公分|寸|inch(?:es)?)(?![a-z])")
_BETWEEN = re.compile(r"[\s,/·|()+&×–-]+")
_IDLE = frozenset(("宽", "高", "长", "直径", "床", "size", "eu", "us", "x", "cm", "mm", "the", "and", "with", "of"))
"""Parts of names that tell nothing by themselves."""
_NUMBER = re.compile(r"(?<![\d.])\d{1,3}(?:\.\d+)?(?![\d.])")
_LEAST = 10
"""A number below this is as likely how many, unless it has a decimal."""


def references(family: Sequence[Variant]) -> Mapping[str, Skus]:
    """Each folded word or number that tells some of these variants from the others, with those it may mean. What stands in a
    name goes before what a colour is called elsewhere: 蓝 is the blue one, though a navy one be there; and that before the
    colour in which a name begins."""
    own: dict[str, set[str]] = {}
    other: dict[str, set[str]] = {}
    near: dict[str, set[str]] = {}
    for one in family:
        for name in {wording.variant for wording in (one.wording, one.english) if wording is not None} - {""}:
            folded = normalise(name).folded
            for word in _parts_of(folded):
                own.setdefault(word, set()).add(one.sku)
            for word in (word for value in values(folded) for word in called_by(value)):
                other.setdefault(word, set()).add(one.sku)
            for word in (word for value in _begins_with(folded) for word in called_by(value)):
                near.setdefault(word, set()).add(one.sku)
    every = {one.sku for one in family}
    merged = {word: frozenset(skus) for word, skus in {**near, **other, **own}.items()}
    return {word: skus for word, skus in merged.items() if len(skus) < len(every) or len(every) == 1}


def referred_to(folded: str, family: Sequence[Variant]) -> frozenset[str]:
    """The variants that a text refers to: the black one in M, where it says both; each of several."""
    which = references(family)
    words = sorted(which, key=len, reverse=True)
    found: list[Skus] = []
    left = folded
    for word in words:
        border = (r"(?<![a-z\d.'])", r"(?![a-z\d.])") if word.isascii() else ("", "")
        pattern = f"{border[0]}{re.escape(word)}{border[1]}"
        if re.search(pattern, left):
            found.append(which[word])
            left = re.sub(pattern, " ", left)
    if not found:
        return frozenset()
    return frozenset.intersection(*found) or frozenset.union(*found)


def _begins_with(name: str) -> frozenset[str]:
    """The colour in which a name of something else begins: orange, of 橘猫; none of 灰蓝, which is a blue."""
    bare = name.strip()
    short = next((bare[:length] for length in (3, 2, 1) if len(bare) > length and colours(bare[:length])), "")
    return colours(short) if short and not colours(bare) else frozenset()


def _parts_of(name: str) -> Iterator[str]:
    """A name as a whole, its words, and what each is called in short: 燕麦 of 燕麦色, 38 of 38 码."""
    whole = name.strip()
    yield whole
    yield whole.replace(" ", "")
    bare = _SIZED.sub(" ", whole)
    for part in _BETWEEN.split(bare):
        if not part or part in _IDLE or (part.isdigit() and int(part) < _LEAST):
            continue
        yield part
        if len(part) > 1 and part[-1] in "色码号底":
            yield part[:-1]
    for match in _NUMBER.finditer(bare):
        if "." in match.group() or int(match.group()) >= _LEAST:
            yield match.group()
