"""Materials: a line that names one means goods of it; what is made of something else is not said to be there as if it were."""

import re
from collections.abc import Sequence
from dataclasses import replace

from core.answering.attributes import SUBJECTS, compares
from core.answering.values import Fact, Scene
from core.answering.variants import meant, said_of
from core.asks import Ask
from core.catalogue import Variant
from core.language import to_simplified
from core.often import often

# What it is called when asked for; and what must stand in a thing's words, one of each part, for it to be made of it.
_TABLE: dict[str, tuple[str, ...]] = {
    "棉麻|麻棉|(?:cotton|linen)[- ](?:linen|cotton)": ("棉|cotton", "麻|linen"),
    "亚麻|麻料|麻布|linen": ("麻|linen|flax",),
    "纯棉|全棉|棉质|棉布|cotton": ("棉|cotton",),
    "真丝|桑蚕丝|蚕丝|丝绸|silk": ("真丝|蚕丝|丝绸|silk",),
    "羊绒|cashmere": ("羊绒|cashmere",),
    "羊毛|纯毛|wool(?:len)?": ("毛|wool",),
    "真皮|牛皮|羊皮|皮革|皮质|leather": ("皮|leather",),
    "帆布|canvas": ("帆布|canvas",),
    "天鹅绒|丝绒|velvet": ("天鹅绒|丝绒|velvet",),
    "涤纶|聚酯|化纤|polyester": ("涤|聚酯|polyester",),
    "羽绒|鹅绒|鸭绒|feather|down-filled": ("绒|feather|down",),
    "竹纤维|竹制|竹子的|bamboo": ("竹|bamboo",),
    "实木|木头|木质|木制|wooden": ("木|wood",),
    "不锈钢|stainless(?: steel)?": ("钢|steel",),
    "陶瓷|ceramic|porcelain": ("陶|瓷|ceramic|porcelain|stoneware",),
    "硅胶|silicone": ("硅胶|silicone",),
    "尼龙|nylon": ("尼龙|锦纶|nylon",),
}
_MATERIALS = tuple(
    (re.compile(rf"(?<![a-z])(?:{asked})(?![a-z])"), tuple(re.compile(part) for part in shown))
    for asked, shown in _TABLE.items()
)
_ANY = re.compile("|".join(_TABLE))
_NOT = re.compile(r"(?:不是|不要|不含|(?<!有)没有|除了|别|\b(?:not|no|without|except|isn't|than))\s?(?:the |any |a )?$")
Material = tuple[re.Pattern[str], ...]


@often
def named(words: str) -> tuple[str, Material] | None:
    """The first material that the words name, as they write it, and how a thing's own words show it; None without one."""
    folded = to_simplified(words).casefold()
    if not _ANY.search(folded):
        return None
    for asked, shown in _MATERIALS:
        match = asked.search(folded)
        if match is not None and not _NOT.search(folded[: match.start()]):
            return match.group(), shown
    return None


def of_material(ask: Ask, scene: Scene) -> Ask:
    """The ask about those goods it may mean, or others of their kind, that are of the material named; itself where none is."""
    words = scene.words_of(ask)
    may_narrow = (ask.name in ("stock", "price") or ask.unsure) and not compares(words)
    found = named(words) if may_narrow else None
    candidates = meant(ask, scene) or tuple(one for sku in ask.unsure if (one := scene.catalogue.get(sku)) is not None)
    several = not ask.unsure and len({one.title for one in candidates}) > 1
    if found is None or not candidates or several:
        return ask
    _, shown = found
    if ask.unsure:
        candidates = tuple(each for one in candidates for each in scene.catalogue.families[one.title])
    fitting = [one for one in candidates if _is_of(one, shown)]
    if not fitting and all(_tells(one) for one in candidates):
        fitting = _others_of_the_kind(words, candidates[0].category, shown, scene)
    titles = list(dict.fromkeys(one.title for one in fitting))
    if len(titles) == 1:
        return replace(ask, products=tuple(one.sku for one in fitting), unsure=())
    if titles:
        firsts = tuple(next(one.sku for one in fitting if one.title == title) for title in titles)
        return replace(ask, products=(), unsure=firsts)
    return ask


def _others_of_the_kind(words: str, category: str, shown: Material, scene: Scene) -> list[Variant]:
    """Goods of the material on the same shelf that go by the same word, 围裙: a silk shawl is no silk pillowcase."""
    if not category:
        return []
    folded = to_simplified(words).casefold()
    shelf = (one for one in scene.catalogue.variants if one.category == category)
    return [one for one in shelf if _is_of(one, shown) and _goes_by_a_word_of(one, folded)]


def _goes_by_a_word_of(one: Variant, folded: str) -> bool:
    """Whether what a thing is, the end of one of its names, stands in the words."""
    names = (one.words("zh").title, one.words("en").title, *one.aliases)
    ends = (to_simplified(name).casefold() for name in names if name)
    return any((end.split()[-1] if end.isascii() else end[-2:]) in folded for end in ends if end.strip())


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
