"""Asking back which goods are meant, with a button for each."""

from core.answering.values import Button, Fact, Scene, Telling
from core.answering.variants import said_of
from core.asks import Ask
from core.catalogue import Variant


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
    values = said_of(one, scene) | ({} if len(skus) == 1 else {"variant": ""})
    return Button(Fact("button_which", one.sku, values), "which", {"skus": skus, "ask": ask.name})
