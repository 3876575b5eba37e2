"""Which of the goods offered a line means: 灯芯绒那个, the second one, the green one."""

import re

from core.understanding.goods.measuring import sized
from core.understanding.goods.shelving import Index
from core.understanding.goods.variants import names_whole, variants_of
from core.understanding.model.mind import Mind
from core.understanding.reading.reading import Reading, read
from core.understanding.words.goods import NOT_GOODS, product_tokens

LONGEST = 60
"""Characters; what is longer is no choice."""


def chosen(words: str, choices: tuple[str, ...], mind: Mind, asked: str = "") -> tuple[str, ...]:
    """The variants meant, of one of the products that `choices` stand for; () where the words do not tell which one. A colour
    or size may also stand in what was `asked` before."""
    index = mind.index
    if index is None or not words.strip() or len(words) > LONGEST:
        return ()
    offered = tuple(dict.fromkeys(index.family_of[sku] for sku in choices if sku in index.family_of))
    reading = read(words, mind.regions, index.called)
    folded = reading.folded
    place = _place(folded)
    if is_of_one(choices, mind) and len(choices) > 1:
        if place is not None and -len(choices) <= place < len(choices):
            return (choices[place],)
        return _narrower(choices, reading, index)
    if place is not None and -len(offered) <= place < len(offered):
        return _variants(offered[place], words, asked, mind, index)
    wanted = {one.value for one in reading.named if not one.is_not}
    coloured = [one for one in offered if _has(wanted, one, index)] if wanted else []
    left = _named(folded, tuple(coloured) or offered, index)
    if len(left) == 1 and (left != offered or coloured):
        return _variants(left[0], words, asked, mind, index)
    return ()


def is_of_one(choices: tuple[str, ...], mind: Mind) -> bool:
    """Whether the choice is between variants of one product."""
    index = mind.index
    return index is not None and len({index.family_of.get(sku, -1) for sku in choices}) == 1


def left_of(words: str, choices: tuple[str, ...], mind: Mind) -> tuple[str, ...]:
    """Those of the products offered, a sku each, that a line leaves where it tells more of what is wanted: 遮光好一点的, 宽150的.
    All of them where it tells nothing."""
    index = mind.index
    if index is None or not words.strip() or len(words) > LONGEST:
        return choices
    by_family = {index.family_of[sku]: sku for sku in reversed(choices) if sku in index.family_of}
    offered = tuple(dict.fromkeys(index.family_of[sku] for sku in choices if sku in index.family_of))
    reading = read(words, mind.regions, index.called)
    wanted = {one.value for one in reading.named if not one.is_not}
    coloured = tuple(one for one in offered if _has(wanted, one, index)) if wanted else ()
    left = _named(reading.folded, coloured or offered, index)
    span = [(0, len(reading.folded))]
    of_that_size = tuple(
        one
        for one in left
        if len(index.families[one])
        != len(sized(index.families[one], index.sizes, span, reading.folded, reading.found, ""))
        > 0
    )
    left = of_that_size or left
    return tuple(by_family[one] for one in left) if 0 < len(left) < len(offered) else choices


def _variants(family: int, words: str, asked: str, mind: Mind, index: Index) -> tuple[str, ...]:
    skus = index.families[family]
    for text in (words, asked):
        reading = read(text, mind.regions, index.called)
        skus = variants_of(index, skus, reading.folded, reading.named)
    return skus


def _narrower(choices: tuple[str, ...], reading: Reading, index: Index) -> tuple[str, ...]:
    """Those variants of one product that a line leaves; () where it tells nothing."""
    left = variants_of(index, choices, reading.folded, reading.named)
    if len(left) > 1:
        left = sized(left, index.sizes, [(0, len(reading.folded))], reading.folded, reading.found)
    family = index.family(choices[0])
    besides = tuple(sku for sku in family if sku not in choices and names_whole(reading.folded, sku, index))
    return (*left, *besides) if len(left) < len(choices) else ()


def _place(folded: str) -> int | None:
    """The place in the list that a line names and nothing else."""
    match = _PLACE.fullmatch(folded.strip(" ,。.!~"))
    if match is None:
        return None
    word = next(one for one in match.groups() if one)
    return _PLACES[word]


def _has(wanted: set[str], family: int, index: Index) -> bool:
    return any(wanted & index.variants[sku][0] for sku in index.families[family] if sku in index.variants)


def _named(folded: str, offered: tuple[int, ...], index: Index) -> tuple[int, ...]:
    """Those of the products offered that the words fit best, by the words that not all of them have."""
    scores = dict.fromkeys(offered, 0.0)
    for token in product_tokens(folded).all:
        number = index.words.get(token)
        if number is None or token in NOT_GOODS:
            continue
        there = set(index.having(token))
        have = [one for one in offered if one in there]
        if len(have) < len(offered):
            for one in have:
                scores[one] += float(index.inverse[number])
    most = max(scores.values(), default=0.0)
    return tuple(one for one, score in scores.items() if score == most) if most > 0 else offered


_PLACES = {
    **{sign: place for place, sign in enumerate("一二三四五")},
    **{sign: place for place, sign in enumerate("12345")},
    **{word: place for place, word in enumerate(("first", "second", "third", "fourth", "fifth"))},
    "最后": -1,
    "last": -1,
}
_PLACE = re.compile(
    r"(?:那就?|就|要|我要|是)*(?:第([一二三四五1-5])(?:个|款|种|件)?|(最后)(?:一?个|一?款|一种))(?:的|吧|呢)*|"
    r"(?:number |no\.? ?)?([1-5])|(?:ok )?(?:i want |i'd like )?(?:the )?(first|second|third|fourth|fifth|last)(?: one)?(?: please)?"
)
