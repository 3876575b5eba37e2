"""The goods an ask is about, and what templates may say of one."""

from collections.abc import Sequence

from core.answering.values import Scene
from core.asks import Ask
from core.catalogue import Variant
from core.language import to_simplified

MOST_VARIANTS = 12
MOST_DIFFERENCES = 3


def meant(ask: Ask, scene: Scene) -> tuple[Variant, ...]:
    """The variants the ask is about, as the catalogue has them now."""
    return tuple(one for sku in ask.products if (one := scene.catalogue.get(sku)) is not None)


def is_gone(ask: Ask, scene: Scene) -> bool:
    """Whether all that the ask is about is sold out."""
    variants = meant(ask, scene)
    return bool(variants) and all(one.is_sold_out for one in variants)


def each_is_named(variants: Sequence[Variant], words: str) -> bool:
    """Whether the words name each of these variants by its own name: 米白和墨绿各一个."""
    spoken = to_simplified(words).casefold()
    return all(any(name in spoken for name in called(one)) for one in variants)


def called(one: Variant) -> tuple[str, ...]:
    """What a variant goes by in either language, folded: 驼色, and 驼的 in short."""
    names = {to_simplified(own.variant).casefold() for own in (one.wording, one.words("en")) if own.variant}
    short = {f"{name[:-1]}的" for name in names if len(name) > 1 and name.endswith("色")}
    return tuple(sorted(names | short))


def said_of(one: Variant, scene: Scene) -> dict[str, object]:
    """What templates may say of a variant."""
    words = one.words(scene.language)
    return {
        "sku": one.sku,
        "title": words.title,
        "variant": words.variant,
        "price": one.price,
        "stock": one.stock,
        "guarantee": words.guarantee,
        "unit": words.unit,
    }


def spoken_of(scene: Scene) -> tuple[Variant, ...]:
    """The goods last spoken of in this chat."""
    return tuple(one for sku in scene.last_products if (one := scene.catalogue.get(sku)) is not None)


def sold_out_lately(scene: Scene) -> tuple[Variant, ...]:
    """What was last spoken of in this chat and is sold out."""
    return tuple(one for one in spoken_of(scene) if one.is_sold_out)
