"""Which goods a message of the shop's spoke of, for who answers it by quoting it: "and the navy one?" under an older one."""

from core.catalogue import Catalogue, Variant
from core.language import to_simplified


def goods_spoken_of(text: str, catalogue: Catalogue) -> tuple[str, ...]:
    """The skus of the goods whose titles stand in the text: one variant where its name stands right behind, else all of them.
    A title that is only part of a longer one there is not meant."""
    spoken = to_simplified(text).casefold()
    named = {
        name: title for title, family in catalogue.families.items() for name in _titles(family[0]) if name in spoken
    }
    meant = [name for name in named if not any(name != other and name in other for other in named)]
    found: dict[str, None] = {}
    for name in sorted(meant, key=spoken.index):
        family = catalogue.families[named[name]]
        own = [one for one in family if any(f"{name} · {each}" in spoken for each in _variants(one))]
        found.update((one.sku, None) for one in own or family)
    return tuple(found)


def _titles(one: Variant) -> set[str]:
    words = (one.wording.title, one.english.title if one.english else "")
    return {to_simplified(each).casefold() for each in words if each}


def _variants(one: Variant) -> set[str]:
    words = (one.wording.variant, one.english.variant if one.english else "")
    return {to_simplified(each).casefold() for each in words if each}
