"""Telling who wants it cheaper: what the ladder gives, a step a time, then the last word. Nothing a buyer writes lowers a price."""

from dataclasses import replace

from core.answering import shipping
from core.answering.values import Fact, Scene, Telling
from core.answering.wording import compares_with_others, speaks_of_postage
from core.asks import Ask
from core.catalogue import Variant
from core.pricing import OFFERED_AGAIN_AFTER, Kind, Offer, offers


def tell_haggle(ask: Ask, scene: Scene, as_companion: bool = False) -> Telling:
    """Cheaper elsewhere: what our price includes. Postage: the postage. Else the next step of the ladder that this chat has
    not heard, and where there is none the price as the last word."""
    variants = tuple(one for sku in ask.products if (one := scene.catalogue.get(sku)) is not None)
    words = scene.words_of(ask)
    products = tuple(one.sku for one in variants)
    one = variants[0] if _of_one_price(variants) else None
    if speaks_of_postage(words):
        told = shipping.tell_ship_fee(ask, scene, as_companion=True)
        if told.facts and not any(scene.was_told(fact) for fact in told.facts):
            return replace(told, products=products, is_whole=True)
    if (
        compares_with_others(scene.words)
        and (included := _included(one, scene, len(variants) == 1))
        and not scene.was_told(included)
    ):
        return Telling((included,), products=products, is_whole=True)
    offered = offers(one, scene.prices, scene.catalogue, scene.now)
    step = next((each for each in offered if not was_offered(each, one, scene)), None)
    if step is not None:
        return Telling((_offer_fact(step, one, scene),), products=products, is_whole=True)
    stands = Fact("price_stands", one.title if one is not None else "")
    values = {
        "policy": scene.shop.policy("price"),
        "item": _of(one, scene) if one is not None and len(variants) == 1 else None,
        "again": scene.was_told(stands) or (one is None and _stood_lately(scene)),
        "final": scene.prices.final(one),
        "offered": bool(offered),
    }
    return Telling((replace(stands, values=values),), products=products)


def _stood_lately(scene: Scene) -> bool:
    """Whether this chat has heard the last word on a price, of whatever goods."""
    stood = (key.partition(":") for key in scene.told if key.startswith("price_stands:"))
    return any(scene.was_told(Fact(name, about)) for name, _, about in stood)


def was_offered(step: Offer, one: Variant | None, scene: Scene) -> bool:
    """Whether this chat has heard the step."""
    at = scene.told.get(_offer_fact(step, one, scene).key)
    return at is not None and scene.now - at < OFFERED_AGAIN_AFTER


def _offer_fact(step: Offer, one: Variant | None, scene: Scene) -> Fact:
    """The step's own fact: its key is the step itself, so that a changed ladder is heard again."""
    rule = step.step
    amounts = "/".join(str(each.minor) for each in (step.price, step.total) if each is not None)
    about = f"{one.sku if one else ''}:{rule.kind.value}:{rule.count}:{amounts}:{rule.other}{rule.gift}"
    values = {
        "kind": rule.kind.value, "count": rule.count, "each": step.price, "total": step.total, "gift": rule.gift,
        "over": rule.over, "off": rule.price if rule.kind is Kind.COUPON else None,
        "item": _of(one, scene) if one is not None else None, "other": _of(step.other, scene) if step.other else None,
    }  # fmt: skip
    return Fact("price_offer", about, values)


def _included(one: Variant | None, scene: Scene, is_one: bool = True) -> Fact | None:
    """What our price includes, as far as it is on file; of others nothing is said. `is_one`: no sister of it is meant too."""
    shop = scene.shop
    values = {
        "item": _of(one, scene) | ({} if is_one else {"variant": ""}) if one is not None else None,
        "guarantee": one.words(scene.language).guarantee if one is not None else "",
        "policy": shop.policy("price"),
        "return_": shop.policy("return"),
        "authenticity": shop.policy("authenticity"),
    }
    told = any(values[name] for name in ("guarantee", "policy", "return_", "authenticity"))
    return Fact("price_includes", one.sku if one is not None else "", values) if told else None


def _of_one_price(variants: tuple[Variant, ...]) -> bool:
    """Whether a price can be spoken of: one thing, or sisters that cost and may cost the same."""
    return len({(one.price, one.floor_price) for one in variants}) == 1


def _of(one: Variant, scene: Scene) -> dict[str, object]:
    words = one.words(scene.language)
    return {"sku": one.sku, "title": words.title, "variant": words.variant, "price": one.price, "unit": words.unit}
