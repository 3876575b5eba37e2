"""The catalogue's words, ready for finding products: built anew whenever a row changes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

import numpy as np
from numpy.typing import NDArray

from core.catalogue import Catalogue, Variant
from core.recent import Recent
from core.understanding.goods.measuring import sizes
from core.understanding.reading.features import Floats, Ints
from core.understanding.reading.normalising import normalise
from core.understanding.words.attributes import values
from core.understanding.words.goods import SKU, Tokens, product_tokens
from core.understanding.words.lexicon import words as words_of
from core.understanding.words.names import Names
from core.units import measured_in

_TITLE, _ALIAS, _VARIANT, _ATTRIBUTE = 1.0, 1.0, 0.5, 0.3
_MOST_WORDS = 20_000
_SHARED = -1
_TEXTS = 1024
_TELLING = frozenset("颜色 色 尺码 尺寸 码 size color colour 规格 型号 model 容量 口味 款式".split())
"""Attributes that tell one variant from another."""


@dataclass(frozen=True, slots=True)
class Match:
    """`family` is the one product meant, or -1; `choices` are the likeliest ones when it is not clear. `named` are words
    for goods that the catalogue has not."""

    family: int = -1
    choices: tuple[int, ...] = ()
    named: str = ""

    @property
    def is_one(self) -> bool:
        """Whether there is but one product that it may be."""
        return self.family >= 0 or len(self.choices) == 1


@dataclass(frozen=True, slots=True)
class Index:
    """Every product's words. Row t of the postings holds the products that have word t, with the word's weight in each.

    `names` are each product's title, aliases and variants, folded and without spaces; `exact` the products whose title
    or alias is just that and nobody else's; `called` finds titles and aliases in a text, but for those that ask
    something; `heads` are how each product's titles and aliases end, which says what it is: 围裙 of 洗碗围裙, apron of bib
    apron; `units` are those of what is sold by measure, by sku; `sizes` the numbers in variants' names; `titles` each
    title's own words; `last_signs` the Chinese sign in which titles and aliases end, and whose: 芯 of 枕芯; `categories`
    each product's, `kinds` the products of each that has several, by its folded name; `met` what the texts met last
    were found to mean.
    """

    families: tuple[tuple[str, ...], ...]
    words: Mapping[str, int]
    starts: NDArray[np.int64]
    posting: Ints
    weight: Floats
    inverse: Floats
    whole: Floats
    codes: tuple[tuple[str, ...], ...]
    variants: Mapping[str, tuple[frozenset[str], frozenset[str]]]
    family_of: Mapping[str, int]
    skus: Mapping[str, str]
    near: Mapping[str, str]
    names: tuple[str, ...]
    exact: Mapping[str, int]
    called: Names
    heads: tuple[tuple[str, ...], ...]
    units: Mapping[str, str]
    sizes: Mapping[str, frozenset[Decimal]]
    titles: tuple[tuple[str, ...], ...]
    last_signs: Mapping[str, tuple[int, ...]]
    categories: tuple[str, ...]
    kinds: Mapping[str, tuple[int, ...]]
    met: Recent[str, Match] = field(default_factory=lambda: Recent(_TEXTS))

    def __len__(self) -> int:
        return len(self.families)

    def having(self, word: str) -> list[int]:
        """The products that have this word, which must be one of `words`."""
        number = self.words[word]
        return [int(one) for one in self.posting[self.starts[number] : self.starts[number + 1]]]

    def family(self, sku: str) -> tuple[str, ...]:
        """The sku and its sisters."""
        return self.families[self.family_of[sku]]


def index(catalogue: Catalogue) -> Index:
    """About 0.15 ms a title: 0.7 s for 5,000. Call it in a thread where there are many."""
    making = _Making()
    for family in catalogue.families.values():
        making.add(family)
    return making.done()


class _Making:
    """An index in the making, a product at a time."""

    def __init__(self) -> None:
        self.words: dict[str, int] = {}
        self.columns: list[dict[int, float]] = []
        self.families: list[tuple[str, ...]] = []
        self.codes: list[tuple[str, ...]] = []
        self.titles: list[list[int]] = []
        self.categories: list[str] = []
        self.variants: dict[str, tuple[frozenset[str], frozenset[str]]] = {}
        self.family_of: dict[str, int] = {}
        self.skus: dict[str, str] = {}
        self.names: list[str] = []
        self.called: dict[str, None] = {}
        self.called_by: list[frozenset[str]] = []
        self.exact: dict[str, int] = {}
        self.heads: list[tuple[str, ...]] = []
        self.units: dict[str, str] = {}
        self.sizes: dict[str, frozenset[Decimal]] = {}
        self._seen: dict[str, tuple[str, Tokens]] = {}

    def add(self, family: tuple[Variant, ...]) -> None:
        at = len(self.families)
        self._take_words(family)
        self._take_names(family, at)
        for one in family:
            self._take_variant(one, at, has_sisters=len(family) > 1)
        self.categories.append(family[0].category)
        self.families.append(tuple(one.sku for one in family))

    def done(self) -> Index:
        starts, posting, weights, inverse = _postings(self.words, self.columns)
        spelt = list(self.words)
        return Index(
            families=tuple(self.families),
            words=self.words,
            starts=starts,
            posting=posting,
            weight=weights,
            inverse=inverse,
            whole=np.array([float(inverse[own].sum()) for own in self.titles], dtype=np.float32),
            codes=tuple(self.codes),
            variants=self.variants,
            family_of=self.family_of,
            skus=self.skus,
            near=_deletes(self.words),
            names=tuple(self.names),
            called=Names(name for name in self.called if not any(one.is_sure for one in words_of(name))),
            heads=tuple(self.heads),
            units=self.units,
            sizes=self.sizes,
            categories=tuple(self.categories),
            kinds=_kinds(self.categories),
            titles=tuple(tuple(spelt[number] for number in own) for own in self.titles),
            last_signs={
                sign: tuple(at for at, signs in enumerate(self.called_by) if sign in signs)
                for sign in frozenset[str]().union(*self.called_by)
                if sign > "\u3400"
            },
            exact={name: at for name, at in self.exact.items() if at != _SHARED and len(name) > 1},
        )

    def _take_words(self, family: tuple[Variant, ...]) -> None:
        """Each word once for the product, with the greatest weight of the places where it stands."""
        column: dict[int, float] = {}
        codes: dict[str, None] = {}
        for text, weight in dict.fromkeys(_texts(family)):
            found = self._tokens(text)[1]
            codes.update(dict.fromkeys(found.codes))
            for token in found.all:
                number = self.words.setdefault(token, len(self.words))
                if column.get(number, 0.0) < weight:
                    column[number] = weight
        self.columns.append(column)
        self.codes.append(tuple(codes))
        self.titles.append([self.words[token] for token in self._tokens(family[0].title)[1].all])

    def _take_names(self, family: tuple[Variant, ...], at: int) -> None:
        """What the product is called; a name that several share is nobody's."""
        folded = dict.fromkeys(self._tokens(text)[0] for text in _names(family))
        several = [f"{name}s" for name in folded if name.isascii() and name[-1:].isalpha() and name[-1] != "s"]
        self.called.update(folded)
        self.called.update(dict.fromkeys(several))
        self.heads.append(tuple(dict.fromkeys(map(_head, folded))))
        own = dict.fromkeys(map(squeezed, folded))
        for name in (*own, *map(squeezed, several)):
            self.exact[name] = _SHARED if self.exact.get(name, at) != at else at
        kinds = dict.fromkeys(squeezed(self._tokens(text)[0]) for text in _variants(family))
        self.names.append("|".join((*own, *kinds)))
        self.called_by.append(frozenset(name[-1:] for name in own))

    def _take_variant(self, one: Variant, at: int, *, has_sisters: bool) -> None:
        """What tells a variant from its sisters, its unit, and the sku as buyers may write it."""
        if has_sisters:
            pairs = [self._tokens(text) for text in _variant_texts(one)]
            self.variants[one.sku] = (
                frozenset(value for folded, _ in pairs for value in values(folded)),
                frozenset(token for _, found in pairs for token in found.all),
            )
            if own := frozenset[Decimal]().union(*(sizes(folded) for folded, _ in pairs)):
                self.sizes[one.sku] = own
        if unit := measured_in(one.wording.unit):
            self.units[one.sku] = unit
        self.family_of[one.sku] = at
        name = one.sku.lower()
        if len(name) >= 4 and not name.isdigit() and SKU.fullmatch(name):
            self.skus[name] = one.sku

    def _tokens(self, text: str) -> tuple[str, Tokens]:
        """A text folded, and its words; many texts of a catalogue come again."""
        known = self._seen.get(text)
        if known is None:
            folded = normalise(text).folded
            known = self._seen[text] = (folded, product_tokens(folded))
        return known


def _head(folded: str) -> str:
    """How a folded name ends: its last two signs, or its last word in the singular."""
    last = folded.split()[-1] if folded.split() else ""
    return last.removesuffix("s") if last.isascii() else last[-2:]


def squeezed(folded: str) -> str:
    """A name without spaces, as it is compared whole."""
    return folded.replace(" ", "")


def _kinds(categories: Sequence[str]) -> dict[str, tuple[int, ...]]:
    """The products of each category that has several, by its folded name."""
    found: dict[str, list[int]] = {}
    for at, name in enumerate(categories):
        if len(name) > 1:
            found.setdefault(normalise(name).folded, []).append(at)
    return {name: tuple(own) for name, own in found.items() if len(own) > 1}


def _names(family: tuple[Variant, ...]) -> list[str]:
    """The titles and aliases of a product."""
    titles = [family[0].wording.title, *(one.english.title for one in family if one.english)]
    return [name for name in (*titles, *(alias for one in family for alias in one.aliases)) if name]


def _variants(family: tuple[Variant, ...]) -> list[str]:
    return [text for one in family for text in _variant_texts(one)]


def _texts(family: tuple[Variant, ...]) -> list[tuple[str, float]]:
    first = family[0]
    texts = [(first.wording.title, _TITLE), *((one.english.title, _TITLE) for one in family if one.english)]
    texts += [(alias, _ALIAS) for one in family for alias in one.aliases]
    texts += [(text, _VARIANT) for text in _variants(family)]
    texts += [(value, _ATTRIBUTE) for one in family for _, value in one.wording.attributes]
    texts.append((first.category, _ATTRIBUTE))
    return [(text, weight) for text, weight in texts if text]


def _variant_texts(one: Variant) -> list[str]:
    texts = [one.wording.variant, *(value for key, value in one.wording.attributes if key.lower() in _TELLING)]
    if one.english is not None:
        texts += [one.english.variant, *(value for key, value in one.english.attributes if key.lower() in _TELLING)]
    return [text for text in texts if text]


def _postings(
    words: Mapping[str, int], columns: list[dict[int, float]]
) -> tuple[NDArray[np.int64], Ints, Floats, Floats]:
    word = np.fromiter((number for column in columns for number in column), dtype=np.int32)
    weight = np.fromiter((value for column in columns for value in column.values()), dtype=np.float32)
    family = np.repeat(np.arange(len(columns), dtype=np.int32), [len(column) for column in columns])
    order = np.argsort(word, kind="stable")
    counts = np.bincount(word, minlength=len(words))
    rarity = np.log((1 + len(columns)) / (1 + counts)) + 0.5
    breadth = np.fromiter((_breadth(token) for token in words), dtype=np.float32, count=len(words))
    inverse: Floats = (rarity * breadth).astype(np.float32)
    starts = np.concatenate(([0], np.cumsum(counts))).astype(np.int64)
    return starts, family[order], weight[order] * inverse[word[order]], inverse


def _breadth(token: str) -> float:
    """Model codes and shelf names tell more than a bare number or a pair of letters."""
    if token[0] == "≈":
        return 1.2
    if token.isdigit():
        return 0.4 if len(token) < 3 else 0.8
    return 1.5 if token.isascii() and any(map(str.isdigit, token)) else 1.0


def _deletes(words: Mapping[str, int]) -> dict[str, str]:
    """Long Latin words by themselves and with any one letter left out, so that a slip of the finger is found."""
    latin = [word for word in words if len(word) >= 5 and word.isascii() and word.isalpha()]
    near: dict[str, str] = {}
    for word in latin[:_MOST_WORDS]:
        near[word] = word
        for at in range(1, len(word)):
            near.setdefault(word[:at] + word[at + 1 :], word)
    return near
