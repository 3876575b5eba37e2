"""All that understanding knows: the model, the lines a seller taught, the catalogue's words, the shop's regions."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from core.asks import Phrase
from core.catalogue import Catalogue
from core.shop import Shop
from core.understanding.encoder import Vectors
from core.understanding.model import Model
from core.understanding.normalising import bare, normalise
from core.understanding.remembering import Remembered
from core.understanding.shelving import Index, index

_CONTAINED = 3
"""A taught line of fewer signs (Chinese), or twice as many (English), counts only where it is the whole piece."""


@dataclass(frozen=True, slots=True)
class Taught:
    """Lines a seller taught, by their letters: the ask, and whether they are *not* that ask."""

    asks: Mapping[str, str] = field(default_factory=dict)
    nots: Mapping[str, frozenset[str]] = field(default_factory=dict)
    long: tuple[str, ...] = ()

    def ask(self, folded: str) -> tuple[str, str] | None:
        """(ask, the taught line) where a piece equals a taught line or contains one."""
        letters = bare(folded)
        if not letters:
            return None
        if letters in self.asks:
            return self.asks[letters], letters
        for line in self.long:
            if line in letters:
                return self.asks[line], line
        return None

    def denies(self, folded: str) -> frozenset[str]:
        """Asks that a piece was taught not to be."""
        return self.nots.get(bare(folded), frozenset()) if self.nots else frozenset()


@dataclass(frozen=True, slots=True, eq=False)
class Mind:
    """A value: changing it makes a new one, so a new mind is built beside the old and swapped."""

    model: Model
    taught: Taught = Taught()
    index: Index | None = None
    regions: tuple[str, ...] = ()
    vectors: Vectors | None = None
    remembered: Remembered = field(init=False, default_factory=Remembered)

    def with_catalogue(self, catalogue: Catalogue) -> "Mind":
        """The same mind for these goods. About 0.2 s for 5,000 titles: call it only when the catalogue changed."""
        return replace(self, index=index(catalogue) if len(catalogue) else None)

    def with_shop(self, shop: Shop) -> "Mind":
        """The same mind, knowing the shop's own names of regions."""
        named = (
            *(name for name, _ in shop.regions),
            *shop.delivers_to,
            *shop.not_to,
            *(one.region for carrier in shop.carriers for one in carrier.transit),
        )
        return replace(
            self, regions=tuple(sorted({normalise(one).folded for one in named if one and one != "default"}))
        )

    def with_taught(self, phrases: Iterable[Phrase]) -> "Mind":
        """The same mind with the seller's own lines, which answer at once. Earlier ones are replaced."""
        return replace(self, taught=taught(phrases))

    def with_model(self, model: Model, vectors: Vectors | None = None) -> "Mind":
        """The same mind with a model trained anew."""
        return replace(self, model=model, vectors=vectors)


def taught(phrases: Iterable[Phrase]) -> Taught:
    asks: dict[str, str] = {}
    nots: dict[str, set[str]] = {}
    for one in phrases:
        letters = bare(normalise(one.text).folded)
        if one.origin != "taught" or not letters:
            continue
        if one.is_not:
            nots.setdefault(letters, set()).add(one.ask)
        else:
            asks[letters] = one.ask
    long = [line for line in asks if len(line) >= (_CONTAINED * 2 + 2 if line.isascii() else _CONTAINED)]
    return Taught(
        asks, {key: frozenset(value) for key, value in nots.items()}, tuple(sorted(long, key=len, reverse=True))
    )
