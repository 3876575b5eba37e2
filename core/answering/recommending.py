"""Telling what there is of a kind, what costs less, and how goods differ."""

from collections.abc import Sequence
from dataclasses import replace

from core.answering.attributes import compares, points_beside
from core.answering.materials import goes_by_a_word_of
from core.answering.stock import is_known, tell_stock
from core.answering.values import Button, Fact, Scene, Telling
from core.answering.variants import MOST_DIFFERENCES, meant, said_of, spoken_of
from core.answering.wording import asks_cheapest, most_to_spend, wants_a_present
from core.asks import Ask
from core.catalogue import Variant
from core.language import to_simplified
from core.substitutes import cheaper

MOST_KINDS = 6


def tell_recommend(ask: Ask, scene: Scene, as_companion: bool = False) -> Telling:
    """How two variants or products differ, from their attributes. Taste is a person's business."""
    unsure = [one for sku in ask.unsure if (one := scene.catalogue.get(sku))]
    variants = meant(ask, scene)
    if ask.details.how_many:
        return Telling(missing="missing", products=tuple(one.sku for one in variants))
    if ask.details.kinds and (kinds := unsure or variants):
        return _kinds(kinds, scene, asks_cheapest(scene.words_of(ask)))
    if ask.details.cheaper:
        return _cheaper(variants or spoken_of(scene), scene)
    if within := {one.title: one for one in reversed(within_budget(ask, scene))}:
        return replace(_kinds(list(within.values())[::-1], scene), missing="missing", products=())
    if not compares(scene.words_of(ask)) and (alike := _of_the_kind(unsure or variants, scene)):
        # Which of a kind is best for this buyer is a person's to say; what there is can be looked at meanwhile.
        return replace(_kinds(alike, scene), missing="missing", products=())
    if not (variants or unsure) and (told := _variants_spoken_of(scene)) is not None:
        return told
    there = (
        beside_the_last(variants, scene.words_of(ask), scene) or [one for one in (*variants, *unsure) if one.stock][:3]
    )
    if len(there) < 2:
        return Telling(missing="missing", products=tuple(one.sku for one in there))
    values = {"choices": [said_of(one, scene) | {"differs": _set_apart(one, there, scene)} for one in there]}
    products = tuple(one.sku for one in there)
    return Telling((Fact("choices", there[0].title, values),), products=products, is_whole=True)


def _of_the_kind(found: Sequence[Variant], scene: Scene) -> list[Variant]:
    """One of each product of the kind that the words name, 围裙; none where they name no kind of which there are several."""
    spoken = to_simplified(scene.words).casefold()
    shelves = {one.category for one in found} - {""}
    if len(shelves) != 1 or (len({one.title for one in found}) < 2 and not any(one in spoken for one in shelves)):
        return []
    shelf = [one for one in scene.catalogue.variants if one.category in shelves]
    alike = {one.title: one for one in reversed(shelf) if goes_by_a_word_of(one, spoken)}  # tie-backs are no curtains
    return list(alike.values())[::-1] if len(alike) > 1 else []


def within_budget(ask: Ask, scene: Scene) -> list[Variant]:
    """What is there and costs no more than the buyer would spend: of the kind that the words name, else of the goods named
    now, else, for a present, of all the shop has. None where no budget is told."""
    most = None if ask.details.cheaper else most_to_spend(scene.words)
    if most is None:
        return []
    found = [one for sku in ask.unsure if (one := scene.catalogue.get(sku))] or meant(ask, scene)
    spoken = to_simplified(scene.words).casefold()
    shelf = [one for one in scene.catalogue.variants if one.category and one.category in spoken]
    named = [one for one in found if one.sku not in scene.last_products]
    among = (
        shelf or _of_the_kind(named, scene) or named or (scene.catalogue.variants if wants_a_present(spoken) else ())
    )
    families = [scene.catalogue.families[title] for title in dict.fromkeys(one.title for one in among)]
    return [each for family in families for each in family if each.stock and each.price.amount <= most]


def _variants_spoken_of(scene: Scene) -> Telling | None:
    """哪款好, of the variants spoken of last: what is known of each, and what the buyer wants it for is asked; which is the
    best for that is a person's to say."""
    there = [one for one in spoken_of(scene) if one.stock]
    if len({one.title for one in there}) != 1:
        return None
    if len(there) == 1:
        there += [one for one in scene.catalogue.sisters(there[0]) if one.stock]
    if not 1 < len(there) <= MOST_KINDS:
        return None
    values = {"choices": [said_of(one, scene) | {"differs": _set_apart(one, there, scene)} for one in there]}
    facts = (Fact("choices", there[0].title, values),)
    if is_known(facts[0], scene):
        return None
    question = Fact("ask_use", there[0].title, {"title": there[0].words(scene.language).title})
    return Telling(facts, question, missing="missing", products=tuple(one.sku for one in there), is_whole=True)


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
            said_of(least, scene) | {"gone": not there and all(each.is_sold_out for each in family), "differ": differ}
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
    values = said_of(dear, scene) | {
        "offers": [
            said_of(one.variant, scene) | {"dearer_by": one.dearer_by, "differs": (), "is_sister": one.is_sister}
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


def beside_the_last(variants: tuple[Variant, ...], words: str, scene: Scene) -> list[Variant]:
    """和手提包有什么区别, after a talk of the tote: one of what was spoken of last and one of what is named now, in stock."""
    if len({one.title for one in variants}) != 1 or not (compares(words) and points_beside(words)):
        return []
    others = [one for one in spoken_of(scene) if one.title != variants[0].title]
    pair = [next((one for one in group if one.stock), None) for group in (others, variants)]
    return [one for one in pair if one is not None] if None not in pair else []


def _set_apart(one: Variant, among: list[Variant], scene: Scene) -> list[tuple[str, str]]:
    """What of this one is not the same in all of them, but for what its name says already."""
    words = one.words(scene.language)
    others = [each.words(scene.language).attributes for each in among if each is not one]
    told = [(key, value) for key, value in words.attributes if not all((key, value) in each for each in others)]
    return [(key, value) for key, value in told if value not in words.variant][:MOST_DIFFERENCES]
