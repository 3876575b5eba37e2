"""Telling whether goods are there; and for what is sold out, what is nearest to it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from core.answering import materials
from core.answering.attributes import colour_of
from core.answering.choosing import which_one, which_variant
from core.answering.values import Button, Fact, Scene, Telling
from core.answering.variants import MOST_DIFFERENCES, MOST_VARIANTS, each_is_named, meant, said_of
from core.answering.wording import asks_when_back, asks_whether_back
from core.asks import Ask
from core.catalogue import Variant, Wording
from core.substitutes import Substitute, is_of_another_size, substitutes

OF_THE_SIZE = "size"
"""The source of an ask which one has a size, where only one has it."""
MISCOUNTED = "miscounted"
"""The source of an ask where the numbers of an order do not come to what they should come to."""
JUST_NOW = timedelta(minutes=10)
"""So soon after it was told what there is, who wants some is only asked which."""


def tell_stock(ask: Ask, scene: Scene, as_companion: bool = False) -> Telling:
    """In stock or not, exactly; sold out is an apology with substitutes asked as a question (S4 tip 3)."""
    if ask.source == materials.NONE_OF_IT:
        return Telling() if as_companion else materials.tell_none(ask, scene)
    if ask.source == MISCOUNTED:
        question = Fact("ask_how_many", values={"wanted": ask.details.quantity})
        return Telling() if as_companion else Telling(question=question, products=ask.products, is_whole=True)
    variants = meant(ask, scene)
    if not (variants or as_companion or ask.unsure or ask.named) and asks_whether_back(scene.words_of(ask)):
        ask = replace(ask, products=scene.earlier)  # who comes back for what was sold out means that, days later too
        variants = meant(ask, scene)
    if not variants and ask.named and ask.source == "wish":
        return Telling((Fact("not_found", ask.named, {"named": ask.named}),), missing="missing")
    if not variants:
        return Telling() if as_companion else which_one(ask, scene)
    quantity = ask.details.quantity or 1
    there = [one for one in variants if one.stock is not None and one.stock > 0]
    unknown = [one for one in variants if one.stock is None]
    gone = tuple(one for one in variants if one.is_sold_out)
    if there and gone and not as_companion and asks_when_back(scene.words_of(ask)):
        return _sold_out(gone, ask, scene, as_companion)
    products = tuple(one.sku for one in variants)
    absent = () if as_companion else (*no_such_colour(variants, ask, scene), *materials.told(variants, ask, scene))
    if ask.source == OF_THE_SIZE and not as_companion:
        absent = (Fact("this_size", variants[0].sku, said_of(variants[0], scene)),)
    if not there and unknown:
        return Telling(products=products) if as_companion else Telling(absent, missing="missing", products=products)
    if not there:
        return _sold_out(variants, ask, scene, as_companion, absent)
    if len(variants) == 1:
        one = variants[0]
        assert one.stock is not None
        fact = Fact(
            "stock_short" if one.stock < quantity else "stock_in",
            one.sku,
            said_of(one, scene) | {"wanted": quantity, "is_named": as_companion},
        )
        if one.stock < quantity and not as_companion:
            return _with_offer((*absent, fact), one, ask, scene, quantity)
        if ask.source == "wish" and not absent and is_known(fact, scene):
            return Telling(products=products)  # 我要了, of what was just told
        return Telling((*absent, fact), products=products)
    values = said_of(variants[0], scene) | {
        "there": [said_of(one, scene) for one in there[:MOST_VARIANTS]],
        "gone": [said_of(one, scene) for one in gone[:MOST_VARIANTS]],
        "is_named": as_companion or bool(absent),
    }
    family = Fact("stock_of_family", variants[0].title, values)
    is_open = len(there) > 1 and not each_is_named(variants, scene.words)
    if ask.source == "wish" and is_open and len({one.title for one in variants}) == 1:
        asked = which_variant(there, ask, scene)
        return replace(asked, facts=absent if is_known(family, scene) else (*absent, family), products=products)
    return Telling((*absent, family), products=products)


def is_known(fact: Fact, scene: Scene) -> bool:
    """Whether this was told a moment ago."""
    told_at = scene.told.get(fact.key)
    return told_at is not None and scene.now - told_at <= JUST_NOW


def no_such_colour(variants: tuple[Variant, ...], ask: Ask, scene: Scene) -> tuple[Fact, ...]:
    """That the colour asked for is none of this product's, where each of its variants says its own, by its name or its details."""
    one = variants[0]
    if not ask.details.wanted or any(each.title != one.title for each in variants):
        return ()
    from core.understanding.words.attributes import colours  # numpy comes with it

    family = scene.catalogue.families[one.title]
    there = [colours(_in_both(each, lambda words: words.variant)) for each in family]
    only: tuple[str, ...] = ()
    if not any(there):
        there = [colours(_in_both(each, colour_of)) for each in family]
        only = tuple(dict.fromkeys(colour_of(each.words(scene.language)) for each in family))
    for wanted in ask.details.wanted if all(there) else ():
        asked = colours(wanted)
        if asked and not any(asked & each for each in there):
            values = said_of(one, scene) | {"colour": wanted, "only": only}
            return (Fact("no_colour", f"{one.title} {wanted}", values),)
    return ()


def _in_both(one: Variant, part: Callable[[Wording], str]) -> str:
    """What both languages say there, folded."""
    return " ".join(part(one.words(language)) for language in ("zh", "en")).casefold()


def _sold_out(
    variants: tuple[Variant, ...], ask: Ask, scene: Scene, as_companion: bool, absent: tuple[Fact, ...] = ()
) -> Telling:
    one = variants[0]
    fact = Fact("sold_out", one.sku, said_of(one, scene) | {"whole": len(variants) > 1})
    if not as_companion and asks_when_back(scene.words_of(ask)):
        when = Fact("when_back", one.sku, said_of(one, scene) | {"whole": len(variants) > 1})
        absent = (*absent, *(() if is_known(fact, scene) else (fact,)))
        fact = when
    products = tuple(each.sku for each in variants)
    if as_companion:
        return Telling((fact,), products=products)
    return _with_offer((*absent, fact), one, ask, scene, ask.details.quantity or 1)


def _with_offer(facts: tuple[Fact, ...], one: Variant, ask: Ask, scene: Scene, quantity: int) -> Telling:
    """The substitutes as a question, or honestly none, with the buttons that go with them."""
    original = scene.original_only or ask.details.original_only
    offers = () if original else substitutes(one, scene.catalogue, scene.language, ask.details.unwanted, quantity)
    sizes = [each for each in _sisters(one, scene) if is_of_another_size(each, one)]
    if sizes and not original:
        facts = (*facts, Fact("variants", one.title, {"sisters": [said_of(each, scene) for each in sizes]}))
    notice = Button(Fact("button_notify"), "notify", {"sku": one.sku})
    if not offers or (quantity == 1 and scene.was_told(Fact("offers", one.sku))):
        asked = Fact("ask_notice", one.sku)
        reason = "original" if original else "again" if offers or is_known(asked, scene) else "none"
        question = replace(asked, values=said_of(one, scene) | {"reason": reason})
        no = Button(Fact("button_no"), "no_thanks")
        return Telling(facts, question, ((notice, no),), products=(one.sku,), is_whole=True)
    values = {
        "offers": [
            said_of(offer.variant, scene)
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
    sisters = _sisters(variants[0], scene)
    if not sisters:
        return Telling()
    values = {"sisters": [said_of(one, scene) for one in sisters]}
    return Telling((Fact("variants", variants[0].title, values),))


def _sisters(one: Variant, scene: Scene) -> list[Variant]:
    """The other variants of a product that are there."""
    return [each for each in scene.catalogue.sisters(one) if each.stock][:MOST_VARIANTS]
