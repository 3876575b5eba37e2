"""What the shop sells: variants (one sellable row each), their products (rows of one title), and the whole catalogue."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from core.money import Money


@dataclass(frozen=True, slots=True)
class Wording:
    """A variant's words in one language. `attributes` keep the order and spelling of the file: they are quoted exactly.
    `unit` is what one of it is called: 米, pair; "" for plain pieces."""

    title: str
    variant: str = ""
    attributes: tuple[tuple[str, str], ...] = ()
    note: str = ""
    howto: str = ""
    not_for: str = ""
    guarantee: str = ""
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Variant:
    """One sellable thing: a row of catalogue.csv.

    `stock` None is *unknown*, which is not 0. `floor_price` None is *not set*. `photos` are file names beside the
    catalogue, https addresses or Telegram file ids, in the order they are shown. `weight` is text as the seller wrote it.
    """

    sku: str
    wording: Wording
    price: Money
    stock: int | None = None
    category: str = ""
    aliases: tuple[str, ...] = ()
    photos: tuple[str, ...] = ()
    floor_price: Money | None = None
    weight: str = ""
    english: Wording | None = None

    @property
    def title(self) -> str:
        """The product's name; variants that share it are sisters."""
        return self.wording.title

    @property
    def names(self) -> tuple[str, ...]:
        """All that it is called, in both languages."""
        spoken = (self.wording, *((self.english,) if self.english is not None else ()))
        names = (*(one.title for one in spoken), *(one.variant for one in spoken), *self.aliases)
        return tuple(dict.fromkeys(name for name in names if name))

    @property
    def is_sold_out(self) -> bool:
        return self.stock == 0

    def words(self, language: str) -> Wording:
        """The words for a buyer of this language ("zh" or "en"), falling back to the file's own."""
        return self.english if language == "en" and self.english is not None else self.wording


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Every variant in file order, with the look-ups that answering needs. `revision` changes whenever a row does."""

    variants: tuple[Variant, ...] = ()
    revision: int = 0
    by_sku: dict[str, Variant] = field(init=False, repr=False, compare=False)
    families: dict[str, tuple[Variant, ...]] = field(init=False, repr=False, compare=False)
    categories: dict[str, tuple[Variant, ...]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "by_sku", {one.sku: one for one in self.variants})
        object.__setattr__(self, "families", _grouped((one.title, one) for one in self.variants))
        object.__setattr__(self, "categories", _grouped((one.category, one) for one in self.variants if one.category))

    def __len__(self) -> int:
        return len(self.variants)

    def __iter__(self) -> Iterator[Variant]:
        return iter(self.variants)

    def get(self, sku: str) -> Variant | None:
        return self.by_sku.get(sku)

    def sisters(self, variant: Variant) -> tuple[Variant, ...]:
        """The other variants of the same product."""
        return tuple(one for one in self.families.get(variant.title, ()) if one.sku != variant.sku)


def _grouped(pairs: Iterable[tuple[str, Variant]]) -> dict[str, tuple[Variant, ...]]:
    groups: dict[str, list[Variant]] = {}
    for key, variant in pairs:
        groups.setdefault(key, []).append(variant)
    return {key: tuple(group) for key, group in groups.items()}
