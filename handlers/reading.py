"""Reading a line in its chat: what waits for an answer there is read together with it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from types import MappingProxyType
from typing import TYPE_CHECKING

from core.answering.answering import NOT_YET_ORDERED
from core.answering.attributes import asked_attributes
from core.answering.besides import Part, ordering_part
from core.answering.buying import agreed_price, wants_notice, wants_to_order
from core.answering.gathering import PRODUCT_ASKS
from core.answering.variants import each_is_named
from core.answering.wanting import SUMMED, UNWANTED, drops
from core.answering.wording import asks_for_the_sum, is_of_an_order_placed, is_question
from core.asks import Ask, Details, Heard, Understanding
from core.materials import asks_for_one, without_materials
from core.understanding import understand
from core.understanding.asks.adding import Added, added
from core.understanding.asks.assorting import Asks, Assortment, assorted
from core.understanding.asks.choosing import chosen, is_of_one, left_of
from core.understanding.asks.counting import counted, unfound
from core.understanding.asks.following import (
    STILL_THERE,
    among,
    asks_nothing,
    choosing_first,
    continued,
    doubts_only_goods,
    doubts_only_orders,
    may_be,
    may_be_of_what_is_there,
    may_settle,
    names_goods,
    names_place,
    narrowed,
    narrowing,
    of_a_material,
    of_what_is_there,
    offers_again,
    offers_more,
    picking,
    sent_there,
    settled,
    wished_for,
)
from core.understanding.asks.meaning import goods_in
from core.understanding.asks.naming import AFTER_A_PURCHASE, asks_whether_there, requests, says_which, wishes_for_goods
from core.understanding.asks.tallying import counts_pairs
from core.understanding.goods.referring import referred_to
from core.understanding.reading.normalising import normalise
from handlers.assorting import said_again, swapped, wanted_of

if TYPE_CHECKING:
    from core.catalogue import Catalogue
    from core.understanding import Mind
    from handlers.chats import Chat, Pending
    from handlers.shelf import Snapshot

_TAKING_BACK = NOT_YET_ORDERED | {"stock", "greeting", "thanks_bye"}
_ASKED_BESIDE_AN_ORDER = frozenset(
    "ship_when carrier ship_eta ship_fee ship_to payment invoice special_request promo spec recommend warranty".split()
) | {"greeting", "thanks_bye"}
"""What is asked in one breath with an order. Whoever bargains, or asks whether there are some, has not ordered yet."""
_ASKED_BY_AN_ORDER = frozenset({"stock", "spec", "special_request", "price", "greeting", "thanks_bye"})
_OF_HELP = frozenset({"person", "complaint", "alarm", "seller"})


def understood_in(
    chat: Chat | None,
    words: str,
    before: Heard,
    snapshot: Snapshot,
    mind: Mind,
    wanted: Mapping[str, int] = MappingProxyType({}),
) -> tuple[Understanding, str]:
    """What the words ask, and the words it is about. "托特包", said when the shop had asked which one was meant, is read
    together with the question that still waits for it; so is "杭州", when it had asked where to."""
    pending = chat.pending if chat is not None else None
    assortment = None if _waits_for_help(chat) else assorted(words, before, mind, snapshot.catalogue)
    if assortment is not None and before.last_ask not in AFTER_A_PURCHASE and not _orders_besides(assortment, words):
        return replace(
            understand(words, before, mind),
            asks=wanted_of(assortment, words, snapshot.catalogue),
            doubts=(),
            dismissed=False,
        ), words
    if wanted and not is_question(words) and (mended := said_again(words, wanted, before, mind, snapshot.catalogue)):
        return replace(understand(words, before, mind), asks=mended, doubts=(), dismissed=False), words
    if wanted and _waits_for_an_order(chat) and (instead := swapped(words, wanted, snapshot.catalogue)):
        return replace(understand(words, before, mind), asks=instead, doubts=(), dismissed=False), words
    if not is_question(words) and (also := added(words, before, mind)) is not None:
        return _with_what_is_added(chat, also, words, before, snapshot, mind)
    if pending and pending.choices and not is_of_one(pending.choices, mind):
        before = replace(before, last_products=())  # the talk has moved on to those that were offered
    understood = understand(words, before, mind)
    picked: tuple[str, ...] = ()
    if pending and pending.choices and not understood.alarm:
        picked = chosen(words, pending.choices, mind, pending.words)
    if pending and picked and (asks_nothing(understood) or _chooses_variant(understood, words, pending, mind)):
        own, words = words, f"{words}\n{pending.words}"
        understood = picking(understood, picked, pending.asks, len(words))
        is_order = pending.many or wants_to_order(pending.words)
        return (wishing(understood, (own, pending.words), mind, pending.many) if is_order else understood), words
    if pending and pending.words and words.strip() and asks_nothing(understood) and not understood.alarm:
        joined = f"{words} {pending.words}"
        again = understand(joined, before, mind)
        if names_place(understood) or (
            names_goods(again)
            and not (understood.doubts and offers_again(again, pending.choices))
            and not offers_more(again, pending.choices)
        ):
            understood, words = again, joined
    if _may_wish(understood) and not understood.alarm and not understood.dismissed:
        orders = wants_to_order(words) or requests(words) or _takes_the_price(words, before, snapshot)
        awaits = wants_notice(words)
        names = not _waits_for_help(chat) and says_which(words, before, mind)
        if orders or awaits or names or (doubts_only_goods(understood) and wishes_for_goods(words, mind)):
            asked = understand(f"{words.rstrip('?？ ')}\n{STILL_THERE[understood.language]}", before, mind)
            understood = wished_for(
                understood, words, asked, lambda skus: counted(words, skus, mind), is_certain=orders
            )
        if orders and asks_nothing(understood):
            understood = choosing_first(understood, words, goods_in(words, before, mind))
    if not (understood.alarm or understood.dismissed or understood.handover):
        part = ordering_part(words)
        if part is not None and _may_order_besides(understood, part):
            understood = _ordering_besides(understood, part, before, snapshot, mind)
    if not understood.alarm and not understood.dismissed and asks_for_one(words):
        understood = of_a_material(understood, words, goods_in(without_materials(words), before, mind))
    elif not understood.alarm and may_be_of_what_is_there(understood) and asks_whether_there(words, mind):
        understood = of_what_is_there(understood, words, goods_in(words, before, mind))
    if drops(words) and not understood.alarm:
        understood = _taking_back(understood, words, before, snapshot.catalogue, mind)
    if understood.doubts and not (understood.alarm or understood.dismissed):
        understood = _told_on_file(understood, before, snapshot)
    if may_settle(understood) and not (
        _waits_for_help(chat) and may_be(understood) in PRODUCT_ASKS & set(_maybe(understood))
    ):
        meant = goods_in(words, before, mind, may_be(understood))
        understood = settled(understood, words, before, meant, is_of_an_order_placed(words))
        understood = _counting(understood, words, mind)
    if pending and pending.choices:
        left = pending.choices if picked else left_of(words, pending.choices, mind)
        if left != pending.choices and not understood.alarm:
            understood = narrowing(understood, left, pending.choices, pending.asks, words)
        understood = among(understood, left, picked)
    understood = sent_there(understood, words, before)
    understood = narrowed(continued(understood, before), words, snapshot.catalogue)
    is_idle = asks_nothing(understood) or all(ask.source == "named" and ask.products for ask in understood.asks)
    if is_idle and doubts_only_orders(understood) and not _waits_for_help(chat):
        understood = _ordering_one(understood, words, before, snapshot, mind)
    return _in_pieces(_ordering(understood, words, mind), words, before, snapshot, mind), words


_SUMS = re.compile(r"[¥￥$€£]\s?(\d[\d,]*(?:\.\d+)?)")


def _takes_the_price(words: str, before: Heard, snapshot: Snapshot) -> bool:
    """Whether a line says yes to a price that was named: 238就238, 行，238. Another sum is an offer, and nobody has taken it."""
    agreed = agreed_price(words)
    if agreed is None or not before.last_products:
        return False
    known = [one for sku in before.last_products if (one := snapshot.catalogue.get(sku)) is not None]
    named = {Decimal(sum_.replace(",", "")) for sum_ in _SUMS.findall(before.previous)}
    return agreed in named or any(one.price.amount == agreed for one in known)


def _ordering_one(
    understood: Understanding, words: str, before: Heard, snapshot: Snapshot, mind: Mind
) -> Understanding:
    """The same, where a line that seems to ask nothing is one variant and its number: 短袖黑的两件."""
    if understood.alarm or understood.dismissed or is_question(words) or before.last_ask in AFTER_A_PURCHASE:
        return understood
    one = assorted(words, before, mind, snapshot.catalogue, alone=True)
    if one is None or one.is_open:
        return understood
    return replace(understood, asks=wanted_of(one, words, snapshot.catalogue), doubts=())


def _in_pieces(understood: Understanding, words: str, before: Heard, snapshot: Snapshot, mind: Mind) -> Understanding:
    """The same, where pairs are counted of what is sold by the piece: 抱枕套要一对."""
    if len(understood.asks) != 1 or understood.asks[0].source not in ("wish", "named") or not counts_pairs(words):
        return understood
    (ask,), one = understood.asks, assorted(words, before, mind, snapshot.catalogue, alone=True)
    if one is None or len(one.portions) > 1 or not set(ask.products) <= set(one.portions[0].products):
        return understood
    return replace(understood, asks=(replace(ask, details=replace(ask.details, quantity=one.portions[0].count)),))


def _with_what_is_added(
    chat: Chat | None, also: Added, words: str, before: Heard, snapshot: Snapshot, mind: Mind
) -> tuple[Understanding, str]:
    """A line that orders a colour of what was spoken of, and other goods besides: neither lends the other its words."""
    understood, _ = understood_in(chat, also.rest, before, snapshot, mind)
    if understood.alarm or any(ask.name != "stock" for ask in understood.asks) or not understood.asks:
        return understood, words
    orders = also.is_counted or wants_to_order(words) or requests(words)
    source = "wish" if orders else "named"
    details = Details(quantity=counted(also.first, also.products, mind))
    own = Ask("stock", 1.0, (0, len(also.first)), also.products, details=details, source=source, why="a variant alone")
    rest = tuple(replace(ask, source=source) for ask in understood.asks)
    return replace(understood, asks=(own, *rest), doubts=()), words


def _orders_besides(assortment: Assortment, words: str) -> bool:
    """Whether what seems but to be asked about is ordered: 要两件黑的一件白的，一共多少钱."""
    part = ordering_part(words) if assortment.asks is not Asks.ORDER else None
    return part is not None and part.is_wish


def _may_wish(understood: Understanding) -> bool:
    """Whether nothing is asked, but perhaps how it is to be packed: 就它了，包好看点."""
    return all(ask.name == "special_request" for ask in understood.asks) or asks_nothing(understood)


def _may_order_besides(understood: Understanding, part: Part) -> bool:
    """Whether a line may order goods besides what it asks: what its parts that order seem to ask is no more than whether
    there are some."""
    for ask in understood.asks:
        is_sum = ask.name == "price" and asks_for_the_sum(part.line[slice(*ask.span)])
        names = _ASKED_BY_AN_ORDER if part.holds(ask.span) else _ASKED_BESIDE_AN_ORDER
        if (ask.name not in names and not is_sum) or ask.details.photos:
            return False
    return len(part.spans) > 1 or all(ask.source != "wish" for ask in understood.asks)


def _ordering_besides(
    understood: Understanding, part: Part, before: Heard, snapshot: Snapshot, mind: Mind
) -> Understanding:
    """The same understanding, with the goods that parts of the line order, each with its own number; what was in doubt of
    these parts is clear then. As it was where one of them leaves open what it orders."""
    assortment = assorted(part.words, before, mind, snapshot.catalogue)
    wishes = list(wanted_of(assortment, part.words, snapshot.catalogue)) if assortment is not None else []
    if not wishes and not part.is_wish and not says_which(part.words.strip(), before, mind):
        return understood
    for words in part.each() if not wishes else ():
        wished = _wished_in(words, understood, before, mind)
        if not wished:
            return understood
        wishes += wished
    if all(ask.source == "wish" for ask in understood.asks) and understood.asks and _names_each(wishes, part, snapshot):
        return understood  # 一个墨绿的 一个米白的: heard so already, and told as one
    asks: list[Ask] = [*wishes]
    for ask in understood.asks:
        if ask.name == "price" and not part.holds(ask.span):
            asks += [replace(one, name="price", span=ask.span, source=SUMMED) for one in wishes]
        elif not part.holds(ask.span):
            asks.append(ask)
    doubts = tuple(one for one in understood.doubts if not part.holds(one.span))
    return replace(understood, asks=tuple(asks), doubts=doubts)


def _names_each(wishes: list[Ask], part: Part, snapshot: Snapshot) -> bool:
    """Whether variants of one product are ordered, each by its whole name."""
    known = [one for ask in wishes for sku in ask.products if (one := snapshot.catalogue.get(sku)) is not None]
    return len({one.title for one in known}) == 1 and each_is_named(known, part.line)


def _wished_in(words: str, understood: Understanding, before: Heard, mind: Mind) -> list[Ask]:
    """What a part of a line orders, where it is clear what that is."""
    bare = replace(understood, asks=(), doubts=())
    asked = understand(f"{words}\n{STILL_THERE[understood.language]}", before, mind)
    wished = wished_for(bare, words, asked, lambda skus: counted(words, skus, mind))
    start = len(words) - len(words.lstrip())
    is_clear = all(ask.source == "wish" for ask in wished.asks)
    return [replace(ask, span=(start, len(words))) for ask in wished.asks] if is_clear else []


def _maybe(understood: Understanding) -> tuple[str, ...]:
    return tuple(name for doubt in understood.doubts for name in doubt.maybe)


def wishing(understood: Understanding, lines: tuple[str, ...], mind: Mind, left: int = 0) -> Understanding:
    """The same understanding, where the goods picked are wanted, as many as the first of these lines says that says it: 墨绿,
    after 要两个 and "which colour?". `left` is how many the question was about, where the last line spoke of others too."""
    asks = []
    for ask in understood.asks:
        *new, asked = lines
        many = next((many for line in new if (many := counted(line, ask.products, mind))), left or None)
        many = many or counted(asked, ask.products, mind)
        asks.append(replace(ask, source="wish", details=replace(ask.details, quantity=many)))
    return replace(understood, asks=tuple(asks))


def _ordering(understood: Understanding, words: str, mind: Mind) -> Understanding:
    """The same understanding, where goods are named that the words order: what they seem to ask of them is a wish; and what
    the shop has not, among goods that it has, is one too."""
    asks = understood.asks
    if not asks or any(ask.name != "stock" or ask.source == UNWANTED for ask in asks):
        return understood
    if all(ask.source != "wish" for ask in asks):
        if is_question(words) or not all(ask.products for ask in asks) or not wants_to_order(words):
            return understood
        wished = tuple(replace(ask, source="wish") for ask in asks)
        understood = _counting(replace(understood, asks=wished, doubts=()), words, mind)
    unknown = tuple(Ask("stock", 1.0, (0, len(words)), named=name, source="wish") for name in unfound(words, mind))
    found = tuple(ask for ask in understood.asks if ask.products or ask.unsure)
    return replace(understood, asks=(*found, *unknown)) if unknown and found else understood


def _taking_back(
    understood: Understanding, words: str, before: Heard, catalogue: Catalogue, mind: Mind
) -> Understanding:
    """The same understanding, knowing which goods 围裙不要了 is about; of a kind, all that it may mean."""
    if mind.index is None or not {ask.name for ask in understood.asks} <= _TAKING_BACK:
        return understood
    meant, index = goods_in(words, before, mind), mind.index
    skus = meant.products or tuple(each for sku in meant.unsure for each in index.families[index.family_of[sku]])
    known = [one for sku in skus if (one := catalogue.get(sku)) is not None]
    if len({one.title for one in known}) == 1:
        which = referred_to(normalise(words).folded, catalogue.families[known[0].title])
        skus = tuple(sku for sku in skus if sku in which) or skus
    named = Ask("stock", 1.0, (0, len(words)), skus, source=UNWANTED)
    return replace(understood, asks=(*understood.asks, named)) if skus else understood


def _told_on_file(understood: Understanding, before: Heard, snapshot: Snapshot) -> Understanding:
    """The same understanding: what may well be a question about the details of goods, and is answered by what stands on
    file, is no doubt."""
    asks, doubts = list(understood.asks), []
    for doubt in understood.doubts:
        skus = doubt.products or before.last_products
        variants = tuple(one for sku in skus if (one := snapshot.catalogue.get(sku)) is not None)
        may_be = "spec" in doubt.maybe or any(ask.name == "spec" for ask in asks)
        is_told = may_be and variants and asked_attributes(doubt.text, variants, understood.language)
        if not is_told:
            doubts.append(doubt)
            continue
        at = next((at for at, ask in enumerate(asks) if ask.name == "spec" and ask.products in ((), skus)), None)
        if at is None:
            asks.append(Ask("spec", 0.5, doubt.span, skus, source="context", why="it stands on file"))
        else:
            asks[at] = replace(asks[at], products=skus, also=(*asks[at].also, doubt.span))
    return replace(understood, asks=tuple(asks), doubts=tuple(doubts))


def _chooses_variant(understood: Understanding, words: str, pending: Pending, mind: Mind) -> bool:
    """Whether a line that seems to go on with what was asked only says which variant is wanted: 1.8的."""
    goes_on = all(ask.source == "context" for ask in understood.asks)
    return goes_on and is_of_one(pending.choices, mind) and not understood.doubts and not is_question(words)


def _counting(understood: Understanding, words: str, mind: Mind) -> Understanding:
    """The same understanding, each ask knowing how many of its goods the words want."""
    return replace(
        understood,
        asks=tuple(
            replace(ask, details=replace(ask.details, quantity=counted(words, ask.products, mind)))
            if ask.products
            else ask
            for ask in understood.asks
        ),
    )


def _waits_for_help(chat: Chat | None) -> bool:
    """Whether a person was called to something else than a sale: a name then says what it is about."""
    state = chat.conversation if chat is not None else None
    return bool(state and state.handed_over_at is not None and _OF_HELP.intersection(state.handover_reasons))


def _waits_for_an_order(chat: Chat | None) -> bool:
    """Whether the seller was called to take an order, and has not come yet."""
    state = chat.conversation if chat is not None else None
    return bool(state and state.handed_over_at is not None and "order" in state.handover_reasons)
