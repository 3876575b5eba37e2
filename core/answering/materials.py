"""Materials: a line that names one means goods of it; what is made of something else is not said to be there as if it were."""

from collections.abc import Sequence
from dataclasses import replace

from core.answering.attributes import SUBJECTS, compares
from core.answering.choosing import choice
from core.answering.values import Fact, Scene, Telling
from core.answering.variants import meant, said_of, spoken_of
from core.asks import Ask
from core.catalogue import Variant
from core.language import to_simplified
from core.materials import Material, asks_for_one, named, names_no_goods, without_materials
from core.tokens import tokens

NONE_OF_IT = "none of the material"
"""The source of an ask for goods of a material that nothing of their kind is made of."""
MOST_CHOICES = 5


def of_material(ask: Ask, scene: Scene) -> Ask:
    """The ask about those goods it may mean, or others of their kind, that are of the material named; itself where none is,
    or where the words name none. Where several kinds may be meant and none is of it, the ask says so by its source."""
    words = scene.words_of(ask)
    may_narrow = (ask.name in ("stock", "price") or ask.unsure or asks_for_one(words)) and not compares(words)
    found = named(words) if may_narrow and not ask.named else None
    if found is None or len({one.title for one in meant(ask, scene)}) > 1:
        return ask
    _, shown = found
    candidates = _candidates(ask, scene, words)
    if candidates is None:
        return replace(ask, name="stock", unsure=(), named=words)
    fitting = [one for one in candidates if _is_of(one, shown)]
    tell = bool(candidates) and all(_tells(one) for one in candidates)
    if not fitting and tell:
        fitting = _others_of_the_kind(words, candidates[0], shown, scene)
    if not fitting and (tell or not candidates) and (ask.name in ("stock", "price") or asks_for_one(words)):
        return _none_of_it(ask, candidates, shown, scene)
    return _about(ask, fitting) if fitting else ask


def _candidates(ask: Ask, scene: Scene, words: str) -> tuple[Variant, ...] | None:
    """What may be asked for: the goods named, of several those that go by a word of the line; where none is named, what was
    spoken of last, if anything was. None where the line names a thing that has but its material in common with them."""
    own = meant(ask, scene)
    if own and not names_no_goods(words):
        return own
    if names_no_goods(words):
        return own or spoken_of(scene)
    unsure = [one for sku in ask.unsure if (one := scene.catalogue.get(sku)) is not None]
    if unsure and not (unsure := [one for one in unsure if _has_a_word_of(one, without_materials(words))]):
        return None
    # 帆布袋 is no 布袋.
    alike = [one for one in unsure if goes_by_a_word_of(one, without_materials(words))] or unsure
    return tuple(each for one in alike for each in scene.catalogue.families[one.title])


def _none_of_it(ask: Ask, candidates: Sequence[Variant], shown: Material, scene: Scene) -> Ask:
    """The ask where nothing of the kind is of the material. Of any kind whatever: those that are, whatever they are; or that
    there are none, where most goods say what they are made of."""
    if candidates:
        about = _about(ask, candidates)
        return about if about.products else replace(about, name="stock", source=NONE_OF_IT)
    goods = scene.catalogue.variants
    if fitting := [one for one in goods if _is_of(one, shown)]:
        return replace(_about(ask, fitting), name="stock")
    if 2 * sum(_tells(one) for one in goods) > len(goods):
        return replace(ask, name="stock", products=(), unsure=(), source=NONE_OF_IT)
    return ask


def _about(ask: Ask, goods: Sequence[Variant]) -> Ask:
    """The ask about these: all of one product, or which of several."""
    firsts = {one.title: one.sku for one in reversed(goods)}
    if len(firsts) == 1:
        return replace(ask, products=tuple(one.sku for one in goods), unsure=())
    return replace(ask, products=(), unsure=tuple(firsts.values())[::-1][:MOST_CHOICES])


def tell_none(ask: Ask, scene: Scene) -> Telling:
    """That there is none of the material asked for, and what there is of the kind, to look at."""
    found = named(scene.words_of(ask))
    assert found is not None
    there = [one for sku in ask.unsure if (one := scene.catalogue.get(sku)) is not None]
    values = {
        "asked": found[0],
        "alike": [said_of(one, scene) | {"made_of": _made_of(one, scene.language)} for one in there],
    }
    rows = tuple((choice(one, ask, scene),) for one in there)
    return Telling((Fact("none_of_material", found[0], values),), buttons=rows, is_whole=True)


def _others_of_the_kind(words: str, like: Variant, shown: Material, scene: Scene) -> list[Variant]:
    """Goods of the material on the same shelf that go by the same word, 围裙: a silk shawl is no silk pillowcase."""
    if not like.category:
        return []
    spoken = " ".join((like.title, like.words("en").title, *like.aliases)) if names_no_goods(words) else words
    folded = to_simplified(spoken).casefold()
    shelf = (one for one in scene.catalogue.variants if one.category == like.category)
    return [one for one in shelf if _is_of(one, shown) and goes_by_a_word_of(one, folded)]


def goes_by_a_word_of(one: Variant, folded: str) -> bool:
    """Whether what a thing is, the end of one of its names, stands in the words."""
    names = (one.words("zh").title, one.words("en").title, *one.aliases)
    ends = (to_simplified(name).casefold() for name in names if name)
    return any((end.split()[-1] if end.isascii() else end[-2:]) in folded for end in ends if end.strip())


def _has_a_word_of(one: Variant, folded: str) -> bool:
    """Whether a thing's names share a word with the text, of Chinese a sign: 毯 of 毯子."""
    names = " ".join((one.words("zh").title, one.words("en").title, *one.aliases))
    own, asked = (set(tokens(to_simplified(each).casefold())) for each in (names, folded))
    return any(word.rstrip("s") in asked or f"{word}s" in asked for word in own if len(word) > 2 or not word.isascii())


def told(variants: Sequence[Variant], ask: Ask, scene: Scene) -> tuple[Fact, ...]:
    """What these are made of, where the words name a material that none of their names does."""
    found = named(scene.words_of(ask))
    one = variants[0]
    if found is None or not _tells(one) or len({each.title for each in variants}) > 1:
        return ()
    asked, shown = found
    if all(part.search(_name(one)) for part in shown):
        return ()
    values = said_of(one, scene) | {
        "asked": asked,
        "is_of_it": _is_of(one, shown),
        "made_of": _made_of(one, scene.language),
    }
    return (Fact("made_of", f"{one.title} {asked}", values),)


def _is_of(one: Variant, shown: Material) -> bool:
    """Whether the words of a thing show the material: its name, and what its details say it is made of."""
    text = " ".join((_name(one), *(_made_of(one, language) for language in ("zh", "en")))).casefold()
    return all(part.search(text) for part in shown)


def _tells(one: Variant) -> bool:
    return bool(_made_of(one, "zh") or _made_of(one, "en"))


def _name(one: Variant) -> str:
    spoken = (one.words("zh"), one.words("en"))
    return " ".join(f"{words.title} {words.variant}" for words in spoken).casefold()


def _made_of(one: Variant, language: str) -> str:
    """The material that stands among the details, as it is written; "" where none does."""
    attributes = one.words(language).attributes
    return next((value for key, value in attributes if to_simplified(key).casefold() in SUBJECTS["material"]), "")
