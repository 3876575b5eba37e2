"""Asking back which goods are meant, with a button for each."""

from collections.abc import Sequence

from core.answering.values import Button, Fact, Scene, Telling
from core.answering.variants import said_of
from core.asks import Ask
from core.catalogue import Variant

MOST_CHOICES = 6
"""Colours or sizes that have a button."""


def which_one(ask: Ask, scene: Scene) -> Telling:
    """Nothing is said of goods until it is clear which ones: asked with buttons where there are candidates."""
    unsure = ask.unsure or (() if ask.named else _first_of_each(scene.earlier, scene))
    options = [one for sku in unsure if (one := scene.catalogue.get(sku)) is not None][:5]
    if options:
        rows = tuple((choice(one, ask, scene),) for one in options)
        words = scene.words[slice(*ask.span)] or scene.words
        return Telling(question=Fact("ask_which_of"), buttons=(*rows, (neither(words, len(rows)),)), is_whole=True)
    if ask.named:
        return Telling(missing="missing")
    return Telling(question=Fact("ask_which"), is_whole=True)


def which_variant(there: Sequence[Variant], ask: Ask, scene: Scene) -> Telling:
    """Which colour or size of a thing the buyer wants, with a button for each that is there in as many as are wanted."""
    enough = [one for one in there if (one.stock or 0) >= (ask.details.quantity or 1)] or list(there)
    rows = tuple(
        (
            Button(
                Fact(
                    "button_which",
                    one.sku,
                    said_of(one, scene) | {"title": one.words(scene.language).variant, "variant": ""},
                ),
                "which",
                {"skus": [one.sku], "ask": ask.name},
            ),
        )
        for one in enough[:MOST_CHOICES]
    )
    values = said_of(there[0], scene) | {"by": _told_apart_by(there, scene.language)}
    return Telling(question=Fact("ask_which_variant", there[0].title, values), buttons=rows)


def _told_apart_by(variants: Sequence[Variant], language: str) -> str:
    """The one attribute by which variants differ, as the file calls it: 颜色, size; "" where there is not just one."""
    each = [dict(one.words(language).attributes) for one in variants]
    keys = [key for key in each[0] if len({one.get(key, "") for one in each}) > 1]
    named = [
        key
        for key in keys
        if all(one.words(language).variant == own.get(key) for one, own in zip(variants, each, strict=True))
    ]
    return named[0] if len(named) == 1 else ""


def _first_of_each(skus: tuple[str, ...], scene: Scene) -> tuple[str, ...]:
    """One sku of each product among these."""
    known = [one for sku in skus if (one := scene.catalogue.get(sku)) is not None]
    return tuple({one.title: one.sku for one in reversed(known)}.values())[::-1]


def neither(words: str, choices: int) -> Button:
    """The way out of a choice: nothing that was offered is meant, a person is shown the words."""
    return Button(Fact("button_not_meant", values={"many": choices > 1}), "not_meant", {"text": words})


def choice(one: Variant, ask: Ask, scene: Scene) -> Button:
    """A product to choose; the one variant, where the buyer has said which colour or size."""
    skus = [one.sku] if ask.details.wanted else [each.sku for each in scene.catalogue.families[one.title]]
    values = said_of(one, scene) | ({} if len(skus) == 1 else {"variant": ""})
    return Button(Fact("button_which", one.sku, values), "which", {"skus": skus, "ask": ask.name})
