"""What a line means after what was said before it: the variant its words name, and the answer to "which one?"."""

import re
from dataclasses import replace
from functools import lru_cache

from core.asks import Ask, Understanding
from core.catalogue import Catalogue, Variant
from core.language import to_simplified
from core.understanding.context import NEEDS_PRODUCT

SKU = re.compile(r"[A-Za-z0-9][A-Za-z0-9._/-]+[A-Za-z0-9]")
"""What may be an item number."""
STILL_THERE = {"zh": "还有货吗", "en": "is it in stock?"}
COURTESIES = frozenset({"greeting", "thanks_bye"})


def narrowed(understood: Understanding, words: str, catalogue: Catalogue) -> Understanding:
    """The same understanding, with each ask about the variant its words name: "那墨绿呢" after a talk of the white one is
    about the green one, and a lone candidate is no question."""
    return replace(understood, asks=tuple(_narrowed(ask, words, catalogue) for ask in understood.asks))


def asks_nothing(understood: Understanding) -> bool:
    """Whether the line asks nothing by itself, such as the bare name of a product."""
    return not any(ask.name not in COURTESIES for ask in understood.asks)


def among(understood: Understanding, choices: tuple[str, ...]) -> Understanding:
    """The same understanding, where nothing else is named of the goods that the buyer was given to choose from: "and how
    much?", said instead of choosing, is still about one of them."""
    asks = understood.asks
    if any(ask.products or ask.unsure or ask.named for ask in asks):
        return understood
    return replace(
        understood, asks=tuple(replace(ask, unsure=choices) if ask.name in NEEDS_PRODUCT else ask for ask in asks)
    )


def wished_for(understood: Understanding, words: str, with_question: Understanding) -> Understanding:
    """What a wish to buy is about: "托特包墨绿的要一个" names goods and asks nothing. `with_question` is the same line asked
    whether they are there; where it finds them, they are told of as if the buyer had asked."""
    asks = tuple(
        replace(ask, span=(0, len(words)), source="wish")
        for ask in with_question.asks
        if ask.name == "stock" and ask.products
    )
    return replace(understood, asks=(*understood.asks, *asks)) if asks else understood


def names_goods(understood: Understanding) -> bool:
    """Whether an ask of it found the goods it means, or some to choose from."""
    return any(ask.products or ask.unsure for ask in understood.asks)


def names_place(understood: Understanding) -> bool:
    """Whether it says where the parcel goes."""
    return bool(understood.details.destination) or any(ask.details.destination for ask in understood.asks)


def _narrowed(ask: Ask, words: str, catalogue: Catalogue) -> Ask:
    if (exact := _numbered(words[ask.span[0] : ask.span[1]], catalogue)) is not None:
        return replace(ask, products=(exact,), unsure=())
    if not ask.products and len(ask.unsure) == 1:
        ask = replace(ask, products=ask.unsure, unsure=())
    known = [one for sku in ask.products if (one := catalogue.get(sku)) is not None]
    if not known or len({one.title for one in known}) > 1:
        return ask
    start, end = ask.span
    spoken = _folded(words if ask.source == "context" else words[start:end])
    unwanted = {_folded(word) for word in ask.details.unwanted}
    named = [(length, one) for one in catalogue.families[known[0].title] if (length := _named(one, spoken, unwanted))]
    longest = max((length for length, _ in named), default=0)
    meant = tuple(one.sku for length, one in named if length == longest)
    return replace(ask, products=meant) if meant and set(meant) != set(ask.products) else ask


def _numbered(words: str, catalogue: Catalogue) -> str | None:
    """The one item number that stands in the words as it stands in the catalogue."""
    found = {word for word in SKU.findall(words) if word in catalogue.by_sku}
    found |= {word.upper() for word in SKU.findall(words) if word.upper() in catalogue.by_sku}
    return found.pop() if len(found) == 1 else None


def _named(one: Variant, spoken: str, unwanted: set[str]) -> int:
    """How many signs of the words are this variant's name; 0 when they do not name it, or rule it out."""
    names = {_folded(one.wording.variant), _folded(one.english.variant) if one.english else ""} - {""}
    if any(word and word in name for word in unwanted for name in names):
        return 0
    padded = f" {spoken} "
    return max(
        (len(name) for name in names if (f" {name} " in padded if name.isascii() else name in spoken)), default=0
    )


@lru_cache(maxsize=1024)
def _folded(text: str) -> str:
    cleaned = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")[:1000]
    return " ".join(to_simplified(cleaned).casefold().replace("?", " ").replace(",", " ").split())
