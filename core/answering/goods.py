"""Telling about goods: is it there, what does it cost, what is it like, and what else there is."""

import functools
import operator
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from core.answering.attributes import (
    asked_attributes,
    asks_of_fit,
    asks_which_colours,
    care_of,
    compares,
    concerns,
    points_beside,
)
from core.answering.values import Button, Fact, Scene, Telling
from core.answering.wording import (
    asks_cheapest,
    asks_for_the_sum,
    asks_when_back,
    asks_whether_back,
    finds_it_dear,
    is_elliptic,
)
from core.asks import Ask
from core.catalogue import Variant
from core.money import Money
from core.substitutes import Substitute, cheaper, substitutes

MOST_PHOTOS = 10
MOST_VARIANTS = 12
MOST_KINDS = 6
MOST_DIFFERENCES = 3
COUNTED = timedelta(hours=1)
"""So long "how much altogether?" is about as many as were wanted before."""
_TIMES = " × "


def meant(ask: Ask, scene: Scene) -> tuple[Variant, ...]:
    """The variants the ask is about, as the catalogue has them now."""
    return tuple(one for sku in ask.products if (one := scene.catalogue.get(sku)) is not None)


def which_one(ask: Ask, scene: Scene) -> Telling:
    """Nothing is said of goods until it is clear which ones: asked with buttons where there are candidates."""
    unsure = ask.unsure or (() if ask.named else _first_of_each(scene.earlier, scene))
    options = [one for sku in unsure if (one := scene.catalogue.get(sku)) is not None][:5]
    if options:
        rows = tuple((_choice(one, ask, scene),) for one in options)
        words = scene.words[slice(*ask.span)] or scene.words
        return Telling(question=Fact("ask_which_of"), buttons=(*rows, (neither(words, len(rows)),)), is_whole=True)
    if ask.named:
        return Telling(missing="missing")
    return Telling(question=Fact("ask_which"), is_whole=True)


def _first_of_each(skus: tuple[str, ...], scene: Scene) -> tuple[str, ...]:
    """One sku of each product among these."""
    known = [one for sku in skus if (one := scene.catalogue.get(sku)) is not None]
    return tuple({one.title: one.sku for one in reversed(known)}.values())[::-1]


def neither(words: str, choices: int) -> Button:
    """The way out of a choice: nothing that was offered is meant, a person is shown the words."""
    return Button(Fact("button_not_meant", values={"many": choices > 1}), "not_meant", {"text": words})


def _choice(one: Variant, ask: Ask, scene: Scene) -> Button:
    """A product to choose; the one variant, where the buyer has said which colour or size."""
    skus = [one.sku] if ask.details.wanted else [each.sku for each in scene.catalogue.families[one.title]]
    values = _of(one, scene) | ({} if len(skus) == 1 else {"variant": ""})
    return Button(Fact("button_which", one.sku, values), "which", {"skus": skus, "ask": ask.name})


def tell_stock(ask: Ask, scene: Scene, as_companion: bool = False) -> Telling:
    """In stock or not, exactly; sold out is an apology with substitutes asked as a question (S4 tip 3)."""
    variants = meant(ask, scene)
    if not (variants or as_companion or ask.unsure or ask.named) and asks_whether_back(scene.words_of(ask)):
        ask = replace(ask, products=scene.earlier)  # who comes back for what was sold out means that, days later too
        variants = meant(ask, scene)
    if not variants:
        return Telling() if as_companion else which_one(ask, scene)
    quantity = ask.details.quantity or 1
    there = [one for one in variants if one.stock is not None and one.stock > 0]
    unknown = [one for one in variants if one.stock is None]
    gone = tuple(one for one in variants if one.is_sold_out)
    if there and gone and not as_companion and asks_when_back(scene.words_of(ask)):
        return _sold_out(gone, ask, scene, as_companion)
    products = tuple(one.sku for one in variants)
    absent = () if as_companion else _absent(variants, ask, scene)
    if not there and unknown:
        return Telling(products=products) if as_companion else Telling(missing="missing", products=products)
    if not there:
        return _sold_out(variants, ask, scene, as_companion, absent)
    if len(variants) == 1:
        one = variants[0]
        assert one.stock is not None
        fact = Fact(
            "stock_short" if one.stock < quantity else "stock_in",
            one.sku,
            _of(one, scene) | {"wanted": quantity, "is_named": as_companion},
        )
        if one.stock < quantity and not as_companion:
            return _with_offer((*absent, fact), one, ask, scene, quantity)
        return Telling((*absent, fact), products=products)
    values = _of(variants[0], scene) | {
        "there": [_of(one, scene) for one in there[:MOST_VARIANTS]],
        "gone": [_of(one, scene) for one in gone[:MOST_VARIANTS]],
        "is_named": as_companion or bool(absent),
    }
    return Telling((*absent, Fact("stock_of_family", variants[0].title, values)), products=products)


def _absent(variants: tuple[Variant, ...], ask: Ask, scene: Scene) -> tuple[Fact, ...]:
    """That the colour asked for is none of this product's, where each of its variants says its own."""
    one = variants[0]
    if not ask.details.wanted or any(each.title != one.title for each in variants):
        return ()
    from core.understanding.words.attributes import colours  # numpy comes with it

    there = [
        colours(" ".join(each.words(language).variant for language in ("zh", "en")).casefold())
        for each in scene.catalogue.families[one.title]
    ]
    for wanted in ask.details.wanted if all(there) else ():
        asked = colours(wanted)
        if asked and not any(asked & each for each in there):
            return (Fact("no_colour", f"{one.title} {wanted}", _of(one, scene) | {"colour": wanted}),)
    return ()


def _sold_out(
    variants: tuple[Variant, ...], ask: Ask, scene: Scene, as_companion: bool, absent: tuple[Fact, ...] = ()
) -> Telling:
    one = variants[0]
    fact = Fact("sold_out", one.sku, _of(one, scene) | {"whole": len(variants) > 1})
    products = tuple(each.sku for each in variants)
    if as_companion:
        return Telling((fact,), products=products)
    return _with_offer((*absent, fact), one, ask, scene, ask.details.quantity or 1)


def _with_offer(facts: tuple[Fact, ...], one: Variant, ask: Ask, scene: Scene, quantity: int) -> Telling:
    """The substitutes as a question, or honestly none, with the buttons that go with them."""
    original = scene.original_only or ask.details.original_only
    offers = () if original else substitutes(one, scene.catalogue, scene.language, ask.details.unwanted, quantity)
    notice = Button(Fact("button_notify"), "notify", {"sku": one.sku})
    if not offers or (quantity == 1 and scene.was_told(Fact("offers", one.sku))):
        reason = "original" if original else "again" if offers else "none"
        question = Fact("ask_notice", one.sku, _of(one, scene) | {"reason": reason})
        no = Button(Fact("button_no"), "no_thanks")
        return Telling(facts, question, ((notice, no),), products=(one.sku,), is_whole=True)
    values = {
        "offers": [
            _of(offer.variant, scene)
            | {"dearer_by": offer.dearer_by, "differs": _told_apart(offer, scene), "is_sister": offer.is_sister}
            for offer in offers
        ]
    }
    see = tuple(
        Button(
            Fact("button_see", values={"number": place if len(offers) > 1 else 0}),
            "see",
            {"sku": offer.variant.sku, "instead_of": one.sku},
        )
        for place, offer in enumerate(offers, start=1)
    )
    photos = offers[0].variant.photos[:1]
    return Telling(
        (*facts, Fact("offers", one.sku, values)),
        Fact("ask_offer", values={"many": len(offers) > 1}),
        (see, (notice, Button(Fact("button_no"), "no_thanks"))),
        photos,
        products=(one.sku,),
        is_whole=True,
    )


def _told_apart(offer: Substitute, scene: Scene) -> list[tuple[str, str]]:
    """The attributes in which it differs, but for those its name says already."""
    name = offer.variant.words(scene.language).variant
    return [(key, value) for key, value in offer.differs if value not in name][:MOST_DIFFERENCES]


def tell_variants(ask: Ask, scene: Scene, as_companion: bool = True) -> Telling:
    """The sisters that are there, when the buyer named one variant."""
    variants = meant(ask, scene)
    if len(variants) != 1:
        return Telling()
    sisters = [one for one in scene.catalogue.sisters(variants[0]) if one.stock]
    if not sisters:
        return Telling()
    values = {"sisters": [_of(one, scene) for one in sisters[:MOST_VARIANTS]]}
    return Telling((Fact("variants", variants[0].title, values),))


def tell_price(ask: Ask, scene: Scene, as_companion: bool = False) -> Telling:
    """The list price, and the sum where a quantity is named. Never any other price (S4 tip 15). Why it costs that much
    the shop says in its own words."""
    variants = meant(ask, scene)
    if not as_companion and finds_it_dear(scene.words_of(ask)) and scene.shop.policy("price"):
        return Telling((_policy("price", scene),), products=tuple(one.sku for one in variants), is_whole=True)
    if not variants:
        return Telling() if as_companion else which_one(ask, scene)
    products = tuple(one.sku for one in variants)
    same = len({one.price for one in variants}) == 1
    if len(variants) == 1 or same:
        quantity = ask.details.quantity or 1
        one = variants[0]
        values = _of(one, scene) | {
            "wanted": quantity,
            "total": one.price * quantity,
            "whole": len(variants) > 1,
            "is_named": as_companion,
        }
        about = one.sku if len(variants) == 1 else one.title
        if quantity > 1:
            about = f"{about}{_TIMES}{quantity}"  # the sum is news, though the price was told
        absent = () if as_companion else _absent(variants, ask, scene)
        return Telling((*absent, Fact("price", about, values)), products=products)
    absent = () if as_companion else _absent(variants, ask, scene)
    each = _at_one_price(variants, scene)
    values = _of(variants[0], scene) | {"each": each, "is_named": as_companion or bool(absent)}
    return Telling((*absent, Fact("price_of_family", variants[0].title, values)), products=products)


def sum_of(asks: tuple[Ask, ...], scene: Scene) -> Fact | None:
    """What several goods asked about come to together, from `low` to `high` where a colour or size still decides; None where
    one thing is asked about, or nothing says that they are wanted together."""
    priced = [(ask, variants) for ask in asks if ask.name == "price" and (variants := meant(ask, scene))]
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
        and (_beside_the_last(variants, words, scene) or (len(variants) != 1 and len((*variants, *ask.unsure)) > 1))
    ):
        return tell_recommend(ask, scene)
    if not variants:
        if concerns("care", words) and scene.shop.policy("care") and not (ask.unsure or ask.named or as_companion):
            return Telling((_policy("care", scene),))
        return Telling() if as_companion else which_one(ask, scene)
    products = tuple(one.sku for one in variants)
    if ask.details.photos:
        return _photos(variants, scene)
    quoted = [] if asks_of_fit(words) else asked_attributes(words, variants, scene.language)
    if not quoted and ask.source == "context" and is_elliptic(words) and not concerns("care", words):
        shared = (
            variants[0].words(scene.language).attributes
        )  # 那灯芯绒的呢: all that is on file answers what was asked before
        quoted = [{"key": key, "value": value, "of": ""} for key, value in shared]
    warned = _warned(words, variants, scene)
    if quoted:
        fact = Fact("attributes", products[0], _of(variants[0], scene) | {"quoted": quoted, "whole": len(variants) > 1})
        return Telling((fact, *warned), products=products)
    if concerns("care", words) and (on_care := _on_care(words, variants[0], scene)) is not None:
        if warned and on_care.name == "policy":
            return Telling(
                warned, products=products, is_whole=True
            )  # 不能机洗，请干洗 goes before how to wash in general
        return Telling((on_care, *warned), products=products, is_whole=True)
    return Telling(warned, missing="" if warned else "missing", products=products, is_whole=True)


def _on_care(words: str, one: Variant, scene: Scene) -> Fact | None:
    """What is on file about looking after it: how to use it, else what the shop says of care; of fading, pilling and the
    like the text that speaks of it, the guarantee too."""
    own, topic = one.words(scene.language), care_of(words)
    policy = scene.shop.policy("care")
    texts = (
        ("howto", own.howto),
        ("guarantee", own.guarantee if topic else ""),
        ("note", own.note if topic else ""),
        ("care", getattr(policy, scene.language, "") or policy.zh if policy else ""),
    )
    name = next((name for name, text in texts if text and (topic is None or topic.search(text.casefold()))), "")
    if name == "care":
        return _policy("care", scene)
    return Fact(name, one.sku, _of(one, scene) | {"text": getattr(own, name)}) if name else None


def tell_recommend(ask: Ask, scene: Scene, as_companion: bool = False) -> Telling:
    """How two variants or products differ, from their attributes. Taste is a person's business."""
    unsure = [one for sku in ask.unsure if (one := scene.catalogue.get(sku))]
    variants = meant(ask, scene)
    if ask.details.how_many:
        return Telling(missing="missing", products=tuple(one.sku for one in variants))
    if ask.details.kinds and (kinds := unsure or variants):
        return _kinds(kinds, scene, asks_cheapest(scene.words_of(ask)))
    if ask.details.cheaper:
        return _cheaper(variants or _spoken_of(scene), scene)
    there = (
        _beside_the_last(variants, scene.words_of(ask), scene) or [one for one in (*variants, *unsure) if one.stock][:3]
    )
    if len(there) < 2:
        return Telling(missing="missing", products=tuple(one.sku for one in there))
    values = {"choices": [_of(one, scene) | {"differs": _set_apart(one, there, scene)} for one in there]}
    products = tuple(one.sku for one in there)
    return Telling((Fact("choices", there[0].title, values),), products=products, is_whole=True)


def _spoken_of(scene: Scene) -> tuple[Variant, ...]:
    return tuple(one for sku in scene.last_products if (one := scene.catalogue.get(sku)) is not None)


def _kinds(found: Sequence[Variant], scene: Scene, by_price: bool = False) -> Telling:
    """What there is of a kind: each product with its price, what is sold out last, and a button for each."""
    if len({one.title for one in found}) == 1:
        family = scene.catalogue.families[found[0].title]
        ask = Ask("stock", 1.0, (0, 0), products=tuple(one.sku for one in family))
        return replace(tell_stock(ask, scene), is_whole=False)
    kinds = []
    for one in found:
        family = scene.catalogue.families[one.title]
        there = [each for each in family if each.stock]
        least = min(there or family, key=lambda each: each.price.minor)
        differ = len({each.price for each in there or family}) > 1
        kinds.append(
            _of(least, scene) | {"gone": not there and all(each.is_sold_out for each in family), "differ": differ}
        )
    prices = {str(each["sku"]): scene.catalogue.by_sku[str(each["sku"])].price.minor for each in kinds}
    kinds.sort(key=lambda each: (bool(each["gone"]), prices[str(each["sku"])] if by_price else 0))
    rows = tuple(
        (
            Button(
                Fact("button_which", str(each["sku"]), {**each, "variant": ""}),
                "which",
                {
                    "skus": [
                        one.sku for one in scene.catalogue.families[scene.catalogue.by_sku[str(each["sku"])].title]
                    ],
                    "ask": "stock",
                },
            ),
        )
        for each in kinds[:MOST_KINDS]
    )
    values = {"choices": kinds[:MOST_KINDS], "more": len(kinds) > MOST_KINDS}
    return Telling((Fact("kinds", values=values),), buttons=rows, is_whole=True)


def _cheaper(variants: tuple[Variant, ...], scene: Scene) -> Telling:
    """What is of the same kind and costs less, with a look at each; honestly none where there is none."""
    if len({one.category for one in variants}) != 1:
        return Telling(missing="missing", products=tuple(one.sku for one in variants))
    dear = min(variants, key=lambda one: one.price.minor)
    found = cheaper(dear, scene.catalogue, scene.language)
    values = _of(dear, scene) | {
        "offers": [
            _of(one.variant, scene) | {"dearer_by": one.dearer_by, "differs": (), "is_sister": one.is_sister}
            for one in found
        ]
    }
    many = len(found) > 1
    see = tuple(
        Button(
            Fact("button_see", values={"number": place if many else 0}),
            "see",
            {"sku": one.variant.sku, "instead_of": dear.sku},
        )
        for place, one in enumerate(found, start=1)
    )
    question = Fact("ask_offer", values={"many": many}) if found else None
    return Telling(
        (Fact("cheaper", dear.sku, values),), question, (see,) if see else (), products=(dear.sku,), is_whole=True
    )


def _beside_the_last(variants: tuple[Variant, ...], words: str, scene: Scene) -> list[Variant]:
    """和手提包有什么区别, after a talk of the tote: one of what was spoken of last and one of what is named now, in stock."""
    if len({one.title for one in variants}) != 1 or not (compares(words) and points_beside(words)):
        return []
    spoken = [one for sku in scene.last_products if (one := scene.catalogue.get(sku)) is not None]
    others = [one for one in spoken if one.title != variants[0].title]
    pair = [next((one for one in group if one.stock), None) for group in (others, variants)]
    return [one for one in pair if one is not None] if None not in pair else []


def _set_apart(one: Variant, among: list[Variant], scene: Scene) -> list[tuple[str, str]]:
    """What of this one is not the same in all of them, but for what its name says already."""
    words = one.words(scene.language)
    others = [each.words(scene.language).attributes for each in among if each is not one]
    told = [(key, value) for key, value in words.attributes if not all((key, value) in each for each in others)]
    return [(key, value) for key, value in told if value not in words.variant][:MOST_DIFFERENCES]


def tell_hours(ask: Ask, scene: Scene, as_companion: bool = False) -> Telling:
    """The opening hours of shop.toml."""
    hours = scene.shop.hours
    if hours is None:
        return Telling(missing="" if as_companion else "missing")
    return Telling((Fact("hours", values={"hours": hours}),))


def item_card(variant: Variant, scene: Scene) -> Telling:
    """Everything about one variant at a glance: what [看这款] shows."""
    values = _of(variant, scene) | {"attributes": variant.words(scene.language).attributes}
    question = Fact("ask_order", variant.sku, {"unit": values["unit"]}) if variant.stock else None
    return Telling((Fact("item", variant.sku, values),), question, photos=variant.photos[:1], products=(variant.sku,))


def sold_out_lately(scene: Scene) -> tuple[Variant, ...]:
    """What was last spoken of in this chat and is sold out."""
    spoken = (scene.catalogue.get(sku) for sku in scene.last_products)
    return tuple(one for one in spoken if one is not None and one.is_sold_out)


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
    values = _of(variants[0], scene) | {"count": len(photos), "whole": len(variants) > 1}
    return Telling((Fact("photos", products[0], values),), photos=photos, products=products)


def _warned(words: str, variants: tuple[Variant, ...], scene: Scene) -> tuple[Fact, ...]:
    """`not_for`, when the buyer named that case (T13-care)."""
    for one in variants:
        case = one.words(scene.language).not_for
        if case and concerns(case, words, but=" ".join((one.words(scene.language).title, *one.aliases))):
            return (Fact("not_for", one.sku, _of(one, scene) | {"text": case}),)
    return ()


def _policy(key: str, scene: Scene) -> Fact:
    return Fact("policy", key, {"text": scene.shop.policy(key)})


def _of(one: Variant, scene: Scene) -> dict[str, object]:
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
