"""What a line means after what was said before it: the variant its words name, and the answer to "which one?"."""

import re
from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache

from core.asks import COURTESIES, Ask, Heard, Understanding
from core.catalogue import Catalogue, Variant
from core.language import to_simplified
from core.understanding.asks.context import NEEDS_PRODUCT
from core.understanding.asks.meaning import Meant
from core.understanding.goods.priced import by_its_price
from core.understanding.reading.splitting import looks_like_question

SKU = re.compile(r"[A-Za-z0-9][A-Za-z0-9._/-]+[A-Za-z0-9]")
"""What may be an item number."""
STILL_THERE = {"zh": "还有货吗", "en": "is it in stock?"}
_OF_GOODS = frozenset({"stock", "price", "spec"})
_OF_A_PERSON = frozenset({"recommend", "special_request"})
"""Asks that the seller answers in any case: to be asked back first helps nobody."""
_OF_RECEIVED = frozenset({"damaged", "missing_item"})
_RECEIVED = re.compile(
    r"收到|到货|到手|拿到|寄来|发来|送来|买的|拍的|买回来|买了|\b(?:got|received|arrived|came|delivered|bought|ordered)\b",
    re.IGNORECASE,
)
"""Something is told of goods that have come: what may be wrong with them, the seller sees to."""
_OF_SHIPPING = frozenset({"ship_fee", "ship_eta", "ship_to"})
_SHOWN = frozenset({"stock", "recommend"})
_THERE = frozenset({"stock", "promo"})
_WHAT_OF_IT = frozenset({"stock", "spec"})
_CHEAPER = frozenset({"haggle", "price"})
_OF_PARCELS = frozenset({"track", "order_status", "ship_when", "ship_eta"})
_OF_RETURNS = frozenset({"return_exchange", "damaged", "missing_item", "warranty"})
_WHICH = re.compile(
    r"(?:what|which)(?: \w+)? (?:colou?rs?|sizes?)|(?:什么|什麼|哪些|几种|幾種|几个|幾個)(?:颜色|顏色|尺码|尺碼|尺寸)"
)
_SETTLED = _OF_GOODS | _OF_RETURNS | _OF_PARCELS | _OF_SHIPPING | _OF_A_PERSON | {"haggle", "promo"}
"""Asks that a doubt may be settled as."""


def narrowed(understood: Understanding, words: str, catalogue: Catalogue) -> Understanding:
    """The same understanding, with each ask about the variant its words name: "那墨绿呢" after a talk of the white one is
    about the green one, and a lone candidate is no question. Several asks of the same words are told apart already."""
    places = [(ask.name, ask.span) for ask in understood.asks]
    asks = tuple(
        ask if places.count((ask.name, ask.span)) > 1 else _narrowed(ask, words, catalogue) for ask in understood.asks
    )
    return understood if asks == understood.asks else replace(understood, asks=asks)


def asks_nothing(understood: Understanding) -> bool:
    """Whether the line asks nothing by itself, such as the bare name of a product."""
    return not any(ask.name not in COURTESIES for ask in understood.asks)


def picking(understood: Understanding, picked: tuple[str, ...], waiting: tuple[str, ...], end: int) -> Understanding:
    """What was asked before, of the goods that the buyer has picked now; the words up to `end` hold both."""
    asks = tuple(
        Ask(name, 1.0, (0, end), picked, details=understood.details, source="context", why="picked of those offered")
        for name in waiting
    )
    return replace(understood, asks=asks, doubts=())


def narrowing(
    understood: Understanding, left: tuple[str, ...], choices: tuple[str, ...], waiting: tuple[str, ...], words: str
) -> Understanding:
    """What was asked before, of fewer goods than were offered: the words told more of what is wanted, and not yet which. As it
    was where they ask something of their own."""
    if not all(ask.name in COURTESIES or set(ask.unsure) == set(choices) for ask in understood.asks):
        return understood
    asks = tuple(
        Ask(name, 1.0, (0, len(words)), unsure=left, details=understood.details, source="context", why="fewer are left")
        for name in waiting
    )
    return replace(understood, asks=asks, doubts=()) if asks else understood


def offers_again(understood: Understanding, choices: tuple[str, ...]) -> bool:
    """Whether all that it finds is to choose from the same goods once more."""
    return all(
        not ask.products and set(ask.unsure) == set(choices) for ask in understood.asks if ask.unsure or ask.products
    )


def offers_more(understood: Understanding, choices: tuple[str, ...]) -> bool:
    """Whether all that it finds is to choose from the same goods and from others that have been ruled out since."""
    found = [ask for ask in understood.asks if ask.unsure or ask.products]
    return bool(choices and found) and all(not ask.products and set(ask.unsure) > set(choices) for ask in found)


def among(understood: Understanding, choices: tuple[str, ...], picked: tuple[str, ...] = ()) -> Understanding:
    """The same understanding, where nothing else is named of the goods that the buyer was given to choose from: "and how
    much?", said instead of choosing, is still about one of them, and about those `picked` where the words tell which."""
    asks = understood.asks
    if picked and not any(ask.products for ask in asks):
        return replace(
            understood,
            asks=tuple(
                replace(ask, products=picked, unsure=(), named="") if ask.name in NEEDS_PRODUCT else ask for ask in asks
            ),
        )
    if any(ask.products or ask.unsure or ask.named for ask in asks):
        return understood
    return replace(
        understood, asks=tuple(replace(ask, unsure=choices) if ask.name in NEEDS_PRODUCT else ask for ask in asks)
    )


def wished_for(
    understood: Understanding,
    words: str,
    with_question: Understanding,
    counted: Callable[[tuple[str, ...]], int | None],
    is_certain: bool = True,
) -> Understanding:
    """What a wish to buy is about: "托特包墨绿的要一个" names goods and asks nothing. `with_question` is the same line asked
    whether they are there; where it finds them, they are told of as if the buyer had asked, and as many as are
    `counted`. A name that is no order yet (not `is_certain`) may leave open which goods are meant, and is no doubt
    besides."""
    found = [ask for ask in with_question.asks if ask.name == "stock"]
    if is_certain and any(ask.unsure for ask in found) and not any(ask.products for ask in found):
        is_certain = False  # which of them is wanted comes first
    asks = tuple(
        replace(
            ask,
            span=(0, len(words)),
            source="wish" if is_certain else "named",
            why=ask.why if is_certain else "only names goods",
            details=replace(
                ask.details,
                quantity=ask.details.quantity if len(found) > 1 else counted(ask.products) or ask.details.quantity,
            ),
        )
        for ask in with_question.asks
        if ask.name == "stock"
        and (ask.products or (ask.unsure and len(found) > 1) or (not is_certain and (ask.unsure or ask.named)))
    )
    if not asks:
        return understood
    return replace(understood, asks=(*understood.asks, *asks), doubts=understood.doubts if is_certain else ())


def choosing_first(understood: Understanding, words: str, meant: Meant) -> Understanding:
    """The same understanding, where a wish to buy names a kind of goods of which there are several: which one comes first."""
    if not meant.unsure or meant.products:
        return understood
    ask = Ask("stock", 1.0, (0, len(words)), unsure=meant.unsure, details=understood.details, source="named", why="only names goods")  # fmt: skip
    return replace(understood, asks=(*understood.asks, ask), doubts=())


def settled(
    understood: Understanding, words: str, heard: Heard, meant: Meant, is_chased: bool = False
) -> Understanding:
    """The same understanding, where a doubt need not be asked: there is but one thing it may be, and either that is of the
    goods spoken of, or it goes on with what was asked last, or it is for a person to say in any case. `meant` are the
    goods that the line names, or those spoken of last; `is_chased`: the words chase an order that is placed."""
    (doubt,) = understood.doubts
    name = (
        "stock"
        if set(doubt.maybe) in (_SHOWN, _THERE)
        else "haggle"
        if set(doubt.maybe) == _CHEAPER
        else doubt.maybe[0]
    )
    plain = Ask(name, 0.5, doubt.span, source="context", why="the one thing it may be")
    if name in _OF_RETURNS and heard.last_ask in _OF_RETURNS:
        # Send it: what was left out, not another.
        same = "missing_item" if heard.last_ask == "missing_item" else name
        return replace(understood, asks=(replace(plain, name=same),), doubts=())
    if name in _OF_RECEIVED and _RECEIVED.search(words):
        return replace(understood, asks=(plain,), doubts=())
    if name in _OF_SHIPPING and understood.details.destination:
        return replace(understood, asks=(replace(plain, details=understood.details),), doubts=())
    if name == "haggle" and (heard.last_ask == "haggle" or meant.products):
        return replace(
            understood, asks=(replace(plain, products=meant.products, details=understood.details),), doubts=()
        )
    if name in _OF_PARCELS and is_chased:
        return replace(understood, asks=(plain,), doubts=())
    if name in _OF_PARCELS and heard.last_ask in _OF_PARCELS:
        return replace(understood, asks=(replace(plain, name=heard.last_ask),), doubts=())
    if name == "track" or (name == "warranty" and meant.products):
        return replace(
            understood, asks=(replace(plain, products=meant.products if name == "warranty" else ()),), doubts=()
        )
    if name in _OF_A_PERSON and looks_like_question(doubt.text):
        if name == "recommend":
            plain = replace(plain, products=meant.products, unsure=meant.unsure)
        return replace(understood, asks=(plain,), doubts=())
    if name not in _OF_GOODS or not (meant.products or meant.unsure):
        return understood
    ask = replace(plain, products=meant.products, unsure=meant.unsure, details=understood.details)
    return replace(understood, asks=(ask,), doubts=())


def may_settle(understood: Understanding) -> bool:
    """Whether one doubt is all that the line holds, and there is but one thing it may be. What is there of a kind of goods,
    and which to choose, is one thing; so are what it costs and whether for less; so is all that may be asked of a parcel."""
    if len(understood.doubts) != 1 or understood.alarm or not asks_nothing(understood):
        return False
    maybe = set(understood.doubts[0].maybe)
    asks_what_there_is = maybe == _WHAT_OF_IT and _WHICH.search(understood.doubts[0].text.casefold()) is not None
    is_one = (
        len(maybe) == 1
        or maybe in (_SHOWN, _THERE, _CHEAPER)
        or asks_what_there_is
        or (bool(maybe) and maybe <= _OF_PARCELS)
    )
    return is_one and maybe <= _SETTLED


def may_be(understood: Understanding) -> str:
    """The ask of goods that its one doubt may be."""
    return next((name for doubt in understood.doubts for name in doubt.maybe if name in NEEDS_PRODUCT), "stock")


def continued(understood: Understanding, heard: Heard) -> Understanding:
    """The same understanding, where "when does it arrive?" behind a talk of a parcel on its way is still about that parcel."""
    if heard.last_ask not in _OF_PARCELS - {"ship_when", "ship_eta"}:
        return understood
    asks = tuple(
        replace(ask, name=heard.last_ask) if ask.name == "ship_eta" and not ask.details.destination else ask
        for ask in understood.asks
    )
    return replace(understood, asks=asks)


def sent_there(understood: Understanding, words: str, heard: Heard) -> Understanding:
    """The same understanding, where a line that only names a place, 上海, goes on with a talk of the way there: how long it
    takes to that place."""
    place = understood.details.destination
    is_told = place and asks_nothing(understood) and not (understood.doubts or understood.alarm)
    if not is_told or heard.last_ask not in _OF_THE_WAY or len(words) > _A_PLACE or _DIGIT.search(words):
        return understood
    ask = Ask("ship_eta", 0.9, (0, len(words)), details=understood.details, source="context", why="says where to")
    return replace(understood, asks=(ask,))


_OF_THE_WAY = _OF_SHIPPING | {"ship_when", "carrier"}
_A_PLACE = 24
_DIGIT = re.compile(r"\d")


def doubts_only_goods(understood: Understanding) -> bool:
    """Whether nothing is in doubt but what is asked of goods, and what is told of whom they are for: 送妈妈的."""
    return all(
        doubt.maybe
        and set(doubt.maybe)
        <= _OF_GOODS | {"recommend"} | (set() if looks_like_question(doubt.text) else {"special_request"})
        for doubt in understood.doubts
    )


def doubts_only_orders(understood: Understanding) -> bool:
    """Whether nothing is in doubt but what is asked of goods, or whether an order is to be changed: 黑的再加一件."""
    return all(set(doubt.maybe) <= _OF_GOODS | {"change_order", "special_request"} for doubt in understood.doubts)


def may_be_of_what_is_there(understood: Understanding) -> bool:
    """Whether nothing is asked but the details of goods, or at most what is asked of them is in doubt."""
    if understood.asks:
        return not understood.doubts and all(ask.name == "spec" for ask in understood.asks)
    return not understood.dismissed and doubts_only_goods(understood)


def of_what_is_there(understood: Understanding, words: str, meant: Meant) -> Understanding:
    """The same understanding, where the words ask whether there are goods of some kind: what was taken for a question about
    their details, or is in doubt between the two, asks of the stock of those `meant`."""
    if understood.asks:
        return replace(understood, asks=tuple(replace(ask, name="stock") for ask in understood.asks))
    if not (meant.products or meant.unsure):
        return understood
    return _whether_there(understood, words, meant)


def of_a_material(understood: Understanding, words: str, meant: Meant) -> Understanding:
    """The same, where the words ask for a material; what is to be made of it may be open. `meant` is what they name without
    the material: 真丝枕套 is a name that no goods may have, 枕套 is one."""
    asks = [ask for ask in understood.asks if ask.name not in COURTESIES]
    if any(ask.name not in _WHAT_OF_IT for ask in asks) or not doubts_only_goods(understood):
        return understood
    if any(ask.products or ask.unsure for ask in asks):
        return replace(understood, asks=tuple(replace(ask, name="stock") for ask in asks), doubts=())
    return _whether_there(understood, words, meant)


def _whether_there(understood: Understanding, words: str, meant: Meant) -> Understanding:
    whole = Ask(
        "stock", 0.9, (0, len(words)), meant.products, meant.unsure, details=understood.details, named=meant.named
    )
    why = "asks whether there is such a thing"
    return replace(understood, asks=(replace(whole, source="context", why=why),), doubts=())


def names_goods(understood: Understanding) -> bool:
    """Whether an ask of it found the goods it means, or some to choose from."""
    return any(ask.products or ask.unsure for ask in understood.asks)


def names_place(understood: Understanding) -> bool:
    """Whether it says where the parcel goes."""
    return bool(understood.details.destination) or any(ask.details.destination for ask in understood.asks)


def _narrowed(ask: Ask, words: str, catalogue: Catalogue) -> Ask:
    if (exact := _numbered(words[ask.span[0] : ask.span[1]], catalogue)) is not None:
        return replace(ask, products=(exact,), unsure=())
    if not ask.products and len(ask.unsure) == 1 and (one := catalogue.get(ask.unsure[0])) is not None:
        family = (one,) if ask.details.wanted else catalogue.families[one.title]
        ask = replace(ask, products=tuple(each.sku for each in family), unsure=())
    known = [one for sku in ask.products if (one := catalogue.get(sku)) is not None]
    if not known or len({one.title for one in known}) > 1:
        return ask
    if len(known) > 1 and (meant := by_its_price(words, known)):
        return replace(ask, products=meant)
    start, end = ask.span
    spoken = _folded(words if ask.source == "context" else words[start:end])
    unwanted = {_folded(word) for word in ask.details.unwanted}
    named = [(name, one) for one in catalogue.families[known[0].title] if (name := _named(one, spoken, unwanted))]
    # 米白 stands in 米白条纹 as well, and is not named there.
    meant = tuple(one.sku for name, one in named if not any(name != other and name in other for other, _ in named))
    return replace(ask, products=meant) if meant and set(meant) != set(ask.products) else ask


def _numbered(words: str, catalogue: Catalogue) -> str | None:
    """The one item number that stands in the words as it stands in the catalogue."""
    found = {word for word in SKU.findall(words) if word in catalogue.by_sku}
    found |= {word.upper() for word in SKU.findall(words) if word.upper() in catalogue.by_sku}
    return found.pop() if len(found) == 1 else None


def _named(one: Variant, spoken: str, unwanted: set[str]) -> str:
    """The name by which the words call this variant; empty when they do not name it, or rule it out."""
    names = {_folded(one.wording.variant), _folded(one.english.variant) if one.english else ""} - {""}
    if any(word and word in name for word in unwanted for name in names):
        return ""
    padded = f" {spoken} "
    return max(
        (name for name in names if (f" {name} " in padded if name.isascii() else name in spoken)), key=len, default=""
    )


@lru_cache(maxsize=1024)
def _folded(text: str) -> str:
    cleaned = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")[:1000]
    return " ".join(to_simplified(cleaned).casefold().replace("?", " ").replace(",", " ").split())
