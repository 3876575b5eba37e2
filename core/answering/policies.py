"""Telling what the shop has promised in words of its own: policies and promotions, quoted and never paraphrased."""

from collections.abc import Callable

from core.answering.values import Fact, Scene, Telling
from core.asks import Ask


def tells(*keys: str) -> Callable[[Ask, Scene, bool], Telling]:
    """A teller that quotes the first of these policies that shop.toml states."""

    def tell(ask: Ask, scene: Scene, as_companion: bool = False) -> Telling:
        for key in keys:
            if (text := scene.shop.policy(key)) is not None:
                return Telling((Fact("policy", key, {"text": text, "key": key}),), products=ask.products)
        return Telling(missing="" if as_companion else "missing", products=ask.products)

    return tell


def tell_warranty(ask: Ask, scene: Scene, as_companion: bool = False) -> Telling:
    """The warranty process; the product's own guarantee first, where one is on file. Never a price (S4 tip 8)."""
    own = []
    for sku in ask.products[:1]:
        one = scene.catalogue.get(sku)
        if one is not None and (text := one.words(scene.language).guarantee):
            values = {"title": one.words(scene.language).title, "text": text}
            own.append(Fact("guarantee", sku, values))
    process = tells("warranty")(ask, scene, as_companion)
    if own:
        return Telling((*own, *process.facts), products=ask.products)
    return process


def tell_promo(ask: Ask, scene: Scene, as_companion: bool = False) -> Telling:
    """The offers that are on, as stated."""
    if not scene.shop.promotions:
        return Telling(missing="" if as_companion else "missing")
    return Telling((Fact("promotions", values={"promotions": scene.shop.promotions}),))


def tell_own(ask: Ask, scene: Scene, as_companion: bool = False) -> Telling:
    """An ask of the seller's own (`own:…`): its answer is the policy of that name."""
    return tells(ask.name, ask.name.removeprefix("own:"))(ask, scene, as_companion)
