"""The goods an ask is about, and what templates may say of one."""

from core.answering.values import Scene
from core.asks import Ask
from core.catalogue import Variant

MOST_VARIANTS = 12
MOST_DIFFERENCES = 3


def meant(ask: Ask, scene: Scene) -> tuple[Variant, ...]:
    """The variants the ask is about, as the catalogue has them now."""
    return tuple(one for sku in ask.products if (one := scene.catalogue.get(sku)) is not None)


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
