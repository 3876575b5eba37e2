"""Which variants of a product a text means, by colour, size or name."""

import re
from collections.abc import Iterable, Sequence

from core.understanding.goods.shelving import Index
from core.understanding.words.attributes import Named
from core.understanding.words.goods import NOT_GOODS, product_tokens

HOW_MANY = re.compile(
    r"(?:给我|我|帮我|先|再|就|[那这][个条件款双只种张套把]?|各|来|要|拿|买|的|色|款|吧|了|\s)|(?:\d+|[一二两三四五六七八九十俩几半]+)(?:个|件|条|双|只|套|对|盒|包|瓶|份|本|块|张|把|台|米)?"
)
"""How many, and the words beside it that name nothing."""
_NONE: frozenset[str] = frozenset()


def variants_of(catalogue: Index, skus: Sequence[str], folded: str, named: Sequence[Named]) -> tuple[str, ...]:
    """The variants among `skus` that a text names by colour, size or model; all of them when it names none."""
    wanted = {one.value for one in named if not one.is_not}
    unwanted = {one.value for one in named if one.is_not}
    tokens = _with_stems(product_tokens(folded).all)
    left = [sku for sku in skus if not catalogue.variants.get(sku, (_NONE, _NONE))[0] & unwanted] or list(skus)
    if len(left) <= 1:
        return tuple(left)
    common = frozenset.intersection(*(catalogue.variants.get(sku, (_NONE, _NONE))[1] for sku in left))
    by_name = [sku for sku in left if _is_named(catalogue.variants.get(sku, (_NONE, _NONE))[1] - common, tokens)]
    if len(by_name) > 1:
        # 黑色M names all that is black, and of these the one in M.
        size = {one.value for one in named if one.kind == "size" and not one.is_not}
        return tuple(sku for sku in by_name if catalogue.variants[sku][0] & size) or tuple(by_name)
    titled = catalogue.titles[catalogue.family_of[left[0]]]  # 亚麻 of 亚麻本色 says nothing where all of it is linen
    points = {}
    for sku in left:
        have, words = catalogue.variants.get(sku, (_NONE, _NONE))
        points[sku] = 2 * len(have & wanted) + len(words.difference(common, titled, NOT_GOODS) & tokens)
    most = max(points.values(), default=0)
    if most == 0:
        return tuple(left)
    return tuple(sku for sku in left if points[sku] == most)


def told_apart(catalogue: Index, groups: Sequence[tuple[str, ...]], folded: str) -> tuple[str, ...]:
    """Of several products the skus of the only one with a variant that a text has a word of: the striped one, of a tote and a
    striped shopper. () where it has one of several, or of none."""
    tokens = _with_stems(product_tokens(folded).all) - NOT_GOODS
    named = [
        group
        for group in groups
        if any(tokens & catalogue.variants.get(sku, (_NONE, _NONE))[1] for sku in catalogue.family(group[0]))
    ]
    return tuple(named[0]) if len(named) == 1 < len(groups) else ()


def _with_stems(tokens: Iterable[str]) -> set[str]:
    """The words, and those of them that end in -ed as they stand in titles: striped, of Blue Stripe."""
    found = set(tokens)
    return found | {short for one in found if one.isascii() and one.endswith("ed") for short in (one[:-1], one[:-2])}


def names_whole(folded: str, sku: str, catalogue: Index) -> bool:
    """Whether all the words of a variant stand in a text."""
    return _is_named(catalogue.variants.get(sku, (_NONE, _NONE))[1], set(product_tokens(folded).all))


def _is_named(words: frozenset[str], tokens: set[str]) -> bool:
    """Whether all the words of a variant stand there, those of one language."""
    latin = {word for word in words if word.isascii()}
    return any(own and own <= tokens for own in (latin, words - latin))


def names_variant(thing: str, catalogue: Index, skus: Sequence[str]) -> bool:
    """Whether it is no other goods but a variant among `skus`, and how many: 砖红的来两个."""
    tokens = set(product_tokens(HOW_MANY.sub("", thing)).all)
    words = frozenset[str]().union(*(catalogue.variants.get(sku, (_NONE, _NONE))[1] for sku in skus))
    return bool(tokens) and tokens <= words
