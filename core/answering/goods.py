"""Telling what goods cost and what they are like."""

import functools
import operator
from dataclasses import replace
from datetime import timedelta

from core.answering import materials, policies
from core.answering.attributes import (
    answers_washing,
    asked_attributes,
    asks_of_fit,
    asks_which_colours,
    care_of,
    compares,
    concerns,
    speaks_of_fibre,
)
from core.answering.choosing import which_one
from core.answering.questions import questions_of
from core.answering.recommending import beside_the_last, tell_recommend
from core.answering.stock import no_such_colour
from core.answering.values import Fact, Scene, Telling
from core.answering.variants import MOST_VARIANTS, meant, said_of
from core.answering.wording import (
    asks_for_the_sum,
    asks_wholesale,
    finds_it_dear,
    is_elliptic,
)
from core.asks import Ask
from core.catalogue import Variant
from core.money import Money

MOST_PHOTOS = 10
COUNTED = timedelta(hours=1)
"""So long "how much altogether?" is about as many as were wanted before."""
_TIMES = " × "


def tell_price(ask: Ask, scene: Scene, as_companion: bool = False) -> Telling:
    """The list price, and the sum where a quantity is named. Never any other price (S4 tip 15). Why it costs that much
    the shop says in its own words."""
    variants = meant(ask, scene)
    if not as_companion and finds_it_dear(scene.words_of(ask)) and scene.shop.policy("price"):
        return Telling((_policy("price", scene),), products=tuple(one.sku for one in variants), is_whole=True)
    if not as_companion and asks_wholesale(scene.words_of(ask)):
        return Telling(missing="seller", products=tuple(one.sku for one in variants))
    if not variants:
        return Telling() if as_companion else which_one(ask, scene)
    products = tuple(one.sku for one in variants)
    if len({one.price for one in variants}) == 1:
        quantity = ask.details.quantity or 1
        one = variants[0]
        values = said_of(one, scene) | {
            "wanted": quantity,
            "total": one.price * quantity,
            "whole": len(variants) > 1,
            "is_named": as_companion,
        }
        about = one.sku if len(variants) == 1 else one.title
        if quantity > 1:
            about = f"{about}{_TIMES}{quantity}"  # the sum is news, though the price was told
        absent = () if as_companion else no_such_colour(variants, ask, scene)
        return Telling((*absent, Fact("price", about, values)), products=products)
    absent = () if as_companion else no_such_colour(variants, ask, scene)
    each = _at_one_price(variants, scene)
    values = said_of(variants[0], scene) | {"each": each, "is_named": as_companion or bool(absent)}
    return Telling((*absent, Fact("price_of_family", variants[0].title, values)), products=products)


def sum_of(asks: tuple[Ask, ...], scene: Scene) -> Fact | None:
    """What several goods asked about come to together, from `low` to `high` where a colour or size still decides; None where
    one thing is asked about, or nothing says that they are wanted together."""
    priced = [(ask, variants) for ask in asks if ask.name == "price" and (variants := meant(ask, scene))]
    priced = priced or _ordered(asks, scene)
    is_wanted = asks_for_the_sum(scene.words) or all(ask.details.quantity for ask, _ in priced)
    if len(priced) < 2 or not is_wanted or len({one.price.currency for _, found in priced for one in found}) > 1:
        return None
    if any(len({one.title for one in variants}) > 1 for _, variants in priced):
        return None
    low, high = (
        functools.reduce(
            operator.add, (pick(one.price for one in found) * (ask.details.quantity or 1) for ask, found in priced)
        )
        for pick in (min, max)
    )
    about = "+".join(f"{found[0].sku}{_TIMES}{ask.details.quantity or 1}" for ask, found in priced)
    return Fact("price_sum", about, {"total": low, "at_most": high, "is_range": low != high})


def _ordered(asks: tuple[Ask, ...], scene: Scene) -> list[tuple[Ask, tuple[Variant, ...]]]:
    """What an order is for, with its number, where all of it is there."""
    found = [(ask, meant(ask, scene)) for ask in asks if ask.source == "wish"]
    is_there = all(
        len(variants) == 1 and ask.details.quantity and (variants[0].stock or 0) >= ask.details.quantity
        for ask, variants in found
    )
    return found if is_there else []


def counted_lately(skus: tuple[str, ...], scene: Scene) -> int | None:
    """How many of these a sum was told for last, within a conversation; None where none was."""
    known = [one for sku in skus if (one := scene.catalogue.get(sku)) is not None]
    starts = tuple(f"price:{name}{_TIMES}" for one in known for name in (one.sku, one.title))
    sums = [(at, key) for key, at in scene.told.items() if key.startswith(starts) and scene.now - at <= COUNTED]
    return int(max(sums)[1].rpartition(_TIMES)[2]) if sums else None


def _at_one_price(variants: tuple[Variant, ...], scene: Scene) -> list[dict[str, object]]:
    """Each price with the variants that have it, in the order of the file."""
    by_price: dict[Money, list[str]] = {}
    for one in variants[:MOST_VARIANTS]:
        by_price.setdefault(one.price, []).append(one.words(scene.language).variant or one.sku)
    return [{"price": price, "variants": names} for price, names in by_price.items()]


def tell_spec(ask: Ask, scene: Scene, as_companion: bool = False) -> Telling:
    """Attributes quoted exactly as on file (S4 tip 13); what is not on file is asked of a person, never guessed."""
    if ask.details.opening_hours:
        return tell_hours(ask, scene)
    variants = meant(ask, scene)
    words = scene.words_of(ask)
    if len({one.title for one in variants}) == 1 and asks_which_colours(words):
        variants = scene.catalogue.families[variants[0].title]
    if (
        not as_companion
        and compares(words)
        and (beside_the_last(variants, words, scene) or (len(variants) != 1 and len((*variants, *ask.unsure)) > 1))
    ):
        return tell_recommend(ask, scene)
    if not variants:
        if concerns("care", words) and scene.shop.policy("care") and not (ask.unsure or ask.named or as_companion):
            policy = scene.shop.policy("care")
            if policy is not None and not speaks_of_fibre(policy.zh + policy.en, words):
                return Telling(missing="missing")
            return Telling((_policy("care", scene),))
        return Telling() if as_companion else which_one(ask, scene)
    if ask.details.photos:
        return _photos(variants, scene)
    questions = () if as_companion else questions_of(ask, scene)
    if len(questions) > 1:
        return _each_told(questions, variants, ask, scene)
    return _told(words, variants, ask, scene)


def _each_told(questions: tuple[str, ...], variants: tuple[Variant, ...], ask: Ask, scene: Scene) -> Telling:
    """What is on file to each of several questions; the rest are a person's, and it is said that they are."""
    tellings = [_told(words, variants, ask, scene) for words in questions]
    found = [fact for telling in tellings for fact in telling.facts]
    quoted = [each for fact in found if fact.name == "attributes" for each in fact.values["quoted"]]
    facts: dict[str, Fact] = {}
    for fact in found:
        once = [each for place, each in enumerate(quoted) if each not in quoted[:place]]
        values = {**fact.values, "quoted": once} if fact.name == "attributes" else fact.values
        facts.setdefault(fact.key, replace(fact, values=values))
    return Telling(
        tuple(facts.values()),
        missing=next((telling.missing for telling in tellings if telling.missing), ""),
        products=tellings[0].products,
        is_whole=any(telling.is_whole for telling in tellings),
    )


def _told(words: str, variants: tuple[Variant, ...], ask: Ask, scene: Scene) -> Telling:
    """What is on file to one question."""
    products = tuple(one.sku for one in variants)
    quoted = [] if asks_of_fit(words) else asked_attributes(words, variants, scene.language)
    if not quoted and ask.source == "context" and is_elliptic(words) and not concerns("care", words):
        shared = (
            variants[0].words(scene.language).attributes
        )  # 那灯芯绒的呢: all that is on file answers what was asked before
        quoted = [{"key": key, "value": value, "of": ""} for key, value in shared]
    warned = _warned(words, variants, scene)
    if quoted:
        fact = Fact(
            "attributes", products[0], said_of(variants[0], scene) | {"quoted": quoted, "whole": len(variants) > 1}
        )
        return Telling((fact, *warned), products=products)
    if concerns("care", words) and (on_care := _on_care(words, variants[0], scene)) is not None:
        if warned and on_care.name == "policy":
            return Telling(
                warned, products=products, is_whole=True
            )  # 不能机洗，请干洗 goes before how to wash in general
        return Telling((on_care, *warned), products=products, is_whole=True)
    return Telling(warned, missing="" if warned else "missing", products=products, is_whole=True)


def tell_authenticity(ask: Ask, scene: Scene, as_companion: bool = False) -> Telling:
    """What the shop says of how real its goods are; what these are made of goes before it, where a material is named."""
    telling = policies.tells("authenticity")(ask, scene, as_companion)
    variants = meant(ask, scene)
    made_of = materials.told(variants, ask, scene) if variants and not as_companion else ()
    return replace(telling, facts=(*made_of, *telling.facts))


def _on_care(words: str, one: Variant, scene: Scene) -> Fact | None:
    """What is on file about looking after it: how to use it, else what the shop says of care; of fading, pilling and the
    like the text that speaks of it, the guarantee too."""
    own, topic = one.words(scene.language), care_of(words)
    policy = scene.shop.policy("care")
    made_of = own.title + " ".join(f"{key} {value}" for key, value in own.attributes)
    on_care = getattr(policy, scene.language, "") or policy.zh if policy else ""
    texts = (
        ("howto", own.howto if answers_washing(words, own.howto) else ""),
        ("guarantee", own.guarantee if topic else ""),
        ("note", own.note if topic else ""),
        ("care", on_care if speaks_of_fibre(on_care, made_of) else ""),
    )
    name = next((name for name, text in texts if text and (topic is None or topic.search(text.casefold()))), "")
    if name == "care":
        return _policy("care", scene)
    return Fact(name, one.sku, said_of(one, scene) | {"text": getattr(own, name)}) if name else None


def tell_hours(ask: Ask, scene: Scene, as_companion: bool = False) -> Telling:
    """The opening hours of shop.toml."""
    hours = scene.shop.hours
    if hours is None:
        return Telling(missing="" if as_companion else "missing")
    return Telling((Fact("hours", values={"hours": hours}),))


def item_card(variant: Variant, scene: Scene) -> Telling:
    """Everything about one variant at a glance: what [看这款] shows."""
    values = said_of(variant, scene) | {"attributes": variant.words(scene.language).attributes}
    question = Fact("ask_order", variant.sku, {"unit": values["unit"]}) if variant.stock else None
    return Telling((Fact("item", variant.sku, values),), question, photos=variant.photos[:1], products=(variant.sku,))


def tip(skus: tuple[str, ...], scene: Scene) -> Variant | None:
    """The product whose use can be explained: the one spoken of, if how to use it is on file (S4 tip 4)."""
    for sku in skus:
        one = scene.catalogue.get(sku)
        if one is not None and one.words(scene.language).howto:
            return one
    return None


def _photos(variants: tuple[Variant, ...], scene: Scene) -> Telling:
    """The pictures on file, an album if there are several (S4 tip 9)."""
    photos = tuple(dict.fromkeys(photo for one in variants for photo in one.photos))[:MOST_PHOTOS]
    products = tuple(one.sku for one in variants)
    if not photos:
        return Telling(missing="missing", products=products)
    values = said_of(variants[0], scene) | {"count": len(photos), "whole": len(variants) > 1}
    return Telling((Fact("photos", products[0], values),), photos=photos, products=products)


def _warned(words: str, variants: tuple[Variant, ...], scene: Scene) -> tuple[Fact, ...]:
    """`not_for`, when the buyer named that case (T13-care)."""
    for one in variants:
        case = one.words(scene.language).not_for
        if case and (
            (concerns("care", words) and concerns("care", case))
            or concerns(case, words, but=" ".join((one.words(scene.language).title, *one.aliases)))
        ):
            return (Fact("not_for", one.sku, said_of(one, scene) | {"text": case}),)
    return ()


def _policy(key: str, scene: Scene) -> Fact:
    return Fact("policy", key, {"text": scene.shop.policy(key)})
