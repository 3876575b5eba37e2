"""Which goods an ask is about: named in its own words, in a piece beside it, or spoken of before."""

import re
from collections.abc import Sequence

from core.asks import Heard
from core.frozen import frozen
from core.language import has_han
from core.understanding.asks import context
from core.understanding.goods import products, variants
from core.understanding.goods.comparing import compared, fitting
from core.understanding.goods.measuring import sized
from core.understanding.goods.several import MOST, OF_EACH, by_family
from core.understanding.goods.shelving import Index, Match, squeezed
from core.understanding.model.mind import Mind
from core.understanding.reading.reading import Reading, read
from core.understanding.words.goods import SKU

Span = tuple[int, int]
MOST_OF_A_KIND = 8


@frozen
class Meant:
    """`products` of one title, or `unsure` ones of up to five titles; `named` words for a thing the catalogue has not."""

    products: tuple[str, ...] = ()
    unsure: tuple[str, ...] = ()
    named: str = ""

    @property
    def of_one(self) -> tuple[str, ...]:
        """The skus, where there is but one product that it may be."""
        return self.products or (self.unsure if len(self.unsure) == 1 else ())


def meant_by(
    ask: str,
    spans: Sequence[Span],
    reading: Reading,
    heard: Heard,
    index: Index | None,
    spoken_of: Sequence[str] = (),
) -> tuple[Meant, ...]:
    """`spans` are the ask's own piece, then those that lend it words, nearest first; `spoken_of` what the same message
    was about before it. More than one only where several goods were spoken of, and each is asked about."""
    if index is None or ask in _NO_GOODS:
        return (Meant(),)
    if ask in _OF_WHAT_IS_SPOKEN_OF:
        start, end = spans[0]
        if fits := fitting(start, end, reading, index, spoken_of or heard.last_products):
            return (Meant(fits),)
        if pair := compared(reading.folded[start:end], index):
            return (Meant(unsure=pair),)
    matches: list[Match] = []
    beside = -1
    last = by_family(spoken_of or heard.last_products, index)
    for start, end in spans:
        text = reading.folded[start:end]
        if last and _OTHERS.search(text) and (others := _but(products.find(text, index), last, index)):
            return (others,)
        if ask in _OF_WHAT_IS_IN_IT and (inside := _COMES_WITH.search(text)):
            text = text[: inside.start()]  # the thing, and not what it may come with
        match = products.find(text, index)
        if (another := _another_of_its_kind(match, last, text, index)) >= 0:
            return (_variants(index, index.families[another], spans, reading),)
        if last and (ask in _OF_WHAT_IS_SPOKEN_OF or _IT.search(text)) and not _of_other_goods(match, text, index):
            continue
        if last and match.family >= 0 and _is_a_variants_name(match.family, last[0], text, index):
            return (_again(index, last[0], spans, reading),)
        if (
            match.family >= 0
            and (start, end) != spans[0]
            and has_han(text)
            and products.only_qualifies(text, match.family, index)
        ):
            beside = match.family if beside < 0 else beside  # 冬天看电视盖腿 tells more of what another piece names
            continue
        if match.family >= 0:
            return (_variants(index, index.families[match.family], spans, reading),)
        matches.append(match)
    if beside >= 0 and not any(match.choices or match.named for match in matches):
        return (_variants(index, index.families[beside], spans, reading),)
    needs = ask in context.NEEDS_PRODUCT
    choices = next((match.choices for match in matches if match.choices), ())
    named = next((match.named for match in matches if match.named), "")
    own = reading.folded[spans[0][0] : spans[0][1]]
    if named and any(variants.names_variant(named, index, index.family(one[0])) for one in last):
        named = ""
    looks_back = bool(last) and not named and (needs or context.points_back(own))
    if looks_back and len(last) > 1 and (apart := variants.told_apart(index, last, _words_of(spans, reading))):
        return (_again(index, apart, spans, reading),)
    if looks_back and (not choices or index.family_of[last[0][0]] in choices):
        each = last[:MOST] if ask in OF_EACH and not choices else last[:1]
        return tuple(_again(index, one, spans, reading) for one in each)
    coloured = _coloured(choices, spans, reading, index)
    if not named and len(coloured) == 1 < len(choices):
        return (_variants(index, index.families[coloured[0]], spans, reading),)
    if choices and not named:
        return (
            Meant(
                unsure=tuple(_variants(index, index.families[one], spans, reading).products[0] for one in choices)
                if needs or ask == "recommend"
                else ()
            ),
        )
    if needs and not named and len(index) == 1:
        return (_variants(index, index.families[0], spans, reading),)
    return (Meant(named=named),)


def _but(match: Match, last: Sequence[tuple[str, ...]], index: Index) -> Meant | None:
    """What is found besides that which was spoken of: 有没有别的给宝宝用的."""
    spoken = {index.family_of[one[0]] for one in last}
    left = [one for one in match.choices if one not in spoken]
    if not left or len(left) == len(match.choices):
        return None
    return (
        Meant(index.families[left[0]])
        if len(left) == 1
        else Meant(unsure=tuple(index.families[one][0] for one in left))
    )


_OTHERS = re.compile(r"别的|其他|其它|另外的|(?<![a-z])(?:others?|else)(?![a-z])")


def _words_of(spans: Sequence[Span], reading: Reading) -> str:
    """All that an ask's pieces, and those that lend it words, say."""
    return " ".join(reading.folded[start:end] for start, end in spans)


def _is_a_variants_name(family: int, last: Sequence[str], text: str, index: Index) -> bool:
    """Whether a text that seems to mean another product only says the name of a variant of what was spoken of: the blue check
    one, behind a talk of curtains, is no check tablecloth."""
    if index.family_of[last[0]] == family or not products.only_qualifies(text, family, index):
        return False
    return any(variants.names_whole(text, sku, index) for sku in index.family(last[0]))


def _another_of_its_kind(match: Match, last: Sequence[tuple[str, ...]], text: str, index: Index) -> int:
    """The one product among those that may be meant which stands on the shelf of what was spoken of last: 那灯芯绒的呢, behind a
    talk of cushions, is no pair of slippers. -1 where there is none, or more than one."""
    if not last or not _ANOTHER.search(text):
        return -1
    spoken = index.family_of[last[0][0]]
    if match.family >= 0:
        pointed = _THAT_ONE.search(text)
        if pointed is None or next(word for word in pointed.groups() if word) in index.names[spoken]:
            return -1
    candidates = (match.family,) if match.family >= 0 else match.choices
    alike = [one for one in candidates if index.categories[one] and index.categories[one] == index.categories[spoken]]
    return alike[0] if len(alike) == 1 and alike[0] != spoken else -1


def _of_other_goods(match: Match, text: str, index: Index) -> bool:
    """Whether what was found is named as what it is. 能用洗碗机洗吗 asks of what was spoken of, and of no 洗碗围裙."""
    if any(word in index.skus for word in SKU.findall(text)) or match.named:
        return True
    families = (match.family,) if match.family >= 0 else match.choices
    return any(not products.only_qualifies(text, family, index) for family in families)


_COMES_WITH = re.compile(
    r"(?:含不含|带不带|配不配|送不送|包不包|(?<![不单])[含带配附送]|自带|附带|包含|包括)(?![走去到给货点些来我]|个?什么|多)[^,。!?]{1,8}(?:吗|么|不|没有?|呢|的|$)|"
    r"(?:能不能|可不可以|能|可以|够不够|装不装|放不放)(?:装|放|塞|裝)(?:得?下|进|得进)?[^,。!?]{1,10}(?:吗|么|不|没有?|呢|$)|[装放塞]得[下进][^,。!?]{1,10}(?:吗|么|不|$)|"
    r"(?<![a-z])(?:will|would|does|do|can|could) (?:an?|my|your|the|two|three|\d+)(?: [\w.-]+){1,5} fit(?![a-z])|(?<![a-z])(?:fits?|holds?|carry|carries) (?:an?|my|two|three|\d+)(?![a-z])|"
    r"(?<![a-z])(?:comes?|coming|supplied|sold|filled) with(?:out)?(?![a-z])|(?<![a-z])(?:includ\w+|inside)(?![a-z])"
)
"""What comes with a thing is asked of that thing, though the shop sells it by itself as well: does it come with an insert."""
_ANOTHER = re.compile(r"那(?:个|款|种|件|条|双|只)?|呢$|(?<![a-z])(?:ones?|and|what about|how about)(?![a-z])")
"""By this another of the same kind is asked about: 那灯芯绒的呢, behind a talk of cushions, and the corduroy one."""
_THAT_ONE = re.compile(
    r"[那这](?:个|款|种|件|条|双|只)([^,。的]{1,6})的|([^,。的]{1,6})的那(?:个|款|种|件|条|双|只)|(?<![a-z])(?:the|that) ([a-z-]{3,}) one(?![a-z])"
)
"""One thing pointed out among those of a kind: 那个交叉的, the quilted one."""
_OF_WHAT_IS_SPOKEN_OF = frozenset({"spec", "recommend"})
_OF_WHAT_IS_IN_IT = frozenset({"spec", "stock"})
_IT = re.compile(r"(?<![a-z])(?:it|they|them)(?![a-z'])")
_NO_GOODS = frozenset({"human", "greeting", "thanks_bye", "complaint", "change_address", "invoice"})


def _coloured(choices: Sequence[int], spans: Sequence[Span], reading: Reading, index: Index) -> list[int]:
    """Those of the products that come in a colour or size that is named, all of them where none does."""
    own = [one for one in reading.named if any(start <= one.start < end for start, end in spans)]
    wanted = {one.value for one in own if not one.is_not}
    having = [
        one
        for one in choices
        if any(wanted & index.variants[sku][0] for sku in index.families[one] if sku in index.variants)
    ]
    return having or list(choices)


def of_its_kind(reading: Reading, start: int, end: int, index: Index) -> tuple[str, ...]:
    """One sku of each product that is called what a piece names, in the order of the file: every apron for 围裙有哪些."""
    names = [reading.folded[begin:stop] for begin, stop, sign in reading.signs if sign == "□" and start <= begin < end]
    words = [form for name in names for form in (squeezed(name), squeezed(name).removesuffix("s"))]
    said = {word.removesuffix("s") for word in reading.folded[start:end].split()} if not names else set()
    return tuple(
        skus[0]
        for family, skus in enumerate(index.families)
        if any(word in index.names[family] for word in words) or not said.isdisjoint(index.heads[family])
    )[:MOST_OF_A_KIND]


def goods_in(words: str, heard: Heard, mind: Mind, ask: str = "stock") -> Meant:
    """What a line is about that may ask this: the goods it names, or those spoken of last."""
    reading = read(words, mind.regions, mind.index.called if mind.index is not None else None)
    return meant_by(ask, [(0, len(reading.folded))], reading, heard, mind.index)[0]


def _again(index: Index, last: tuple[str, ...], spans: Sequence[Span], reading: Reading) -> Meant:
    """What was last spoken of, or those of it or of its sisters that a colour, a size or a variant's name means now."""
    family = index.family(last[0])
    found = _variants(index, family, spans, reading)
    named = {one.value for one in reading.named if any(start <= one.start < end for start, end in spans)}
    if named:
        # 奶咖, of the 38-39 that is latte; 15 寸, of a bag that comes in no such size. Two colours are two things.
        has_it = all(sku in index.variants and named <= index.variants[sku][0] for sku in last)
        is_colour = any(one.kind == "colour" for one in reading.named)
        is_narrower = has_it or not is_colour or set(found.products) != set(family)
        is_said_of_it = len(named) == 1 and is_narrower and set(last) <= set(found.products)
        return Meant(last) if is_said_of_it else found
    if len(found.products) == len(family):
        return Meant(last)
    return Meant(tuple(sku for sku in last if sku in found.products) or found.products)


def _variants(index: Index, skus: Sequence[str], spans: Sequence[Span], reading: Reading) -> Meant:
    own = [one for one in reading.named if any(start <= one.start < end for start, end in spans)]
    found = variants.variants_of(index, skus, _words_of(spans, reading), own)
    if len(found) > 1 and any(sku in index.sizes for sku in found):
        found = sized(found, index.sizes, spans, reading.folded, reading.found, index.units.get(found[0], ""))
    return Meant(found)
