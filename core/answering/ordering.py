"""Telling a buyer about their own orders: how far one is, whether it can still be changed, that a payment was said."""

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from core.answering import policies
from core.answering.shipping import tell_departure
from core.answering.values import Fact, Scene, Telling, Wish
from core.answering.wording import is_of_an_order_placed
from core.asks import Ask, Understanding
from core.language import to_simplified
from core.orders import Order, State
from core.wishing import may_wish

ABOUT_ORDERS = frozenset({"track", "order_status", "cancel", "change_order", "change_address", "special_request"})
"""Asks that are answered from the buyer's orders."""
STATUS = frozenset({"track", "order_status"})
MOST_TOLD = 3
_PAID = re.compile(
    r"(?:付|转|打|汇)(?:好|完|过|款|钱|账)*(?:款|钱|账)?(?:过去)?了(?!吗|么|没|[?？])|(?:钱|款)(?:已经?)?(?:付|转|打)(?:过去|好|完)?了|已(?:付款|支付|转账|打款|付)|支付(?:成功|好|完)"
    r"|\b(?:i(?:'|’)?ve|i have|have|just|already|i) (?:just |already )?(?:paid|transferred|sent (?:the|you the) (?:money|payment))\b"
    r"|^\s*(?:paid|payment (?:is )?(?:sent|done|made))\b|\bpayment (?:has been |was |is )?(?:sent|made|done)\b",
    re.IGNORECASE,
)
_NOT_PAID = re.compile(
    r"[吗么没?？]|怎么|如何|没付|未付|还没|不付|\bnot\b|n(?:'|’)t\b|\bif\b|\bhow\b|\?", re.IGNORECASE
)
_ADDRESS = re.compile(
    r"(?:[路街巷弄道村镇乡区县市省][^\s，。]{0,12}\d|\d+\s*(?:号|栋|幢|单元|室|楼|弄|层|座)|小区|大厦|花园|公寓|广场|学校|宿舍)"
    r"|\b\d+[a-z]?,? [\w .'-]{2,40}\b(?:street|st|road|rd|avenue|ave|lane|ln|drive|dr|way|close|court|ct|place|pl|blvd|square)\b"
    r"|\b(?:flat|apartment|apt|unit|suite|po box) ?#?\d",
    re.IGNORECASE,
)
_RECIPIENT = re.compile(
    r"(?<!\d)1[3-9]\d{9}(?!\d)|(?:收货人|收件人|收货人?姓名|名字|姓名)\s*(?:[改换](?:成|为)|是|写|[:：])\s*\S"
    r"|\b(?:recipient|name|phone(?: number)?|number)\b.{0,12}\b(?:to|is|should be)\s+\S|(?<!\d)\+?\d[\d -]{8,16}\d(?!\d)",
    re.IGNORECASE,
)
_BARE = re.compile(r"^\s*(?=[A-Za-z_-]{0,20}\d)[A-Za-z0-9][\w-]{1,31}\s*[?？。.]?\s*$")
"""A line that is a number and nothing else: perhaps of an order."""
_KINDS = {"change_address": "address", "change_order": "items", "cancel": "cancel"}


@dataclass(frozen=True, slots=True)
class Meant:
    """The orders a buyer means; `unknown` is a number they named which is not one of theirs."""

    orders: tuple[Order, ...] = ()
    unknown: str = ""


def needs_orders(understood: Understanding, words: str) -> bool:
    """Whether the buyer's orders must be looked up to answer this. Most lines need none."""
    names = {ask.name for ask in understood.asks}
    return (
        bool(names & ABOUT_ORDERS)
        or any(STATUS & set(doubt.maybe) for doubt in understood.doubts)
        or _number(understood) != ""
        or may_wish(words)
        or ("ship_when" in names and is_of_an_order_placed(words))
        or says_paid(words)
        or bool(_BARE.match(words))
    )


def is_of_an_order(understood: Understanding, scene: Scene) -> bool:
    """Whether a line that asks nothing clear is about an order: it is a bare number, or may well ask where it is."""
    if scene.orders is None:
        return False
    if not scene.orders:
        return bool(_number(understood))
    may_be = any(STATUS & set(doubt.maybe) for doubt in understood.doubts)
    return may_be or bool(_number(understood)) or bool(_BARE.match(scene.words) and _named(scene))


@lru_cache(maxsize=512)
def says_paid(text: str) -> bool:
    """Whether the line says that the money is on its way, and does not ask how."""
    text = to_simplified(text)
    return bool(_PAID.search(text)) and not _NOT_PAID.search(text)


def holds_an_address(text: str) -> bool:
    """Whether a wish for another address names one, as far as can be told."""
    return bool(_ADDRESS.search(to_simplified(text)))


def names_recipient(text: str) -> bool:
    """Whether a wish for another address names who is to receive it, or a phone number: that is a wish by itself."""
    return bool(_RECIPIENT.search(to_simplified(text)))


def tell_status(ask: Ask, scene: Scene, as_companion: bool = False) -> Telling:
    """How far the buyer's orders are; the seller's to look up when none is known here."""
    if as_companion:
        return Telling()
    meant = _meant(ask, scene)
    if meant.unknown:
        return Telling((Fact("order_unknown", meant.unknown, {"order_no": meant.unknown}),), is_whole=True)
    if not meant.orders:
        return Telling(missing="seller")
    facts = [status(one, scene) for one in meant.orders[:MOST_TOLD]]
    if any(one.state is State.PLACED for one in meant.orders[:MOST_TOLD]):
        facts += tell_departure(Ask("ship_when", 1.0, (0, 0)), scene, True).facts
    late = any(fact.values["is_late"] for fact in facts if fact.name == "order_status")
    return Telling(tuple(facts), missing="seller" if late else "", is_whole=True)


def tell_ship_when(ask: Ask, scene: Scene, as_companion: bool = False) -> Telling:
    """When it leaves: of an order that is placed already, what stands on it; else the cut-off rule."""
    chased = bool(ask.details.order_no) or is_of_an_order_placed(scene.words)
    if not as_companion and scene.orders and chased:
        return tell_status(ask, scene)
    return tell_departure(ask, scene, as_companion)


def tell_change(ask: Ask, scene: Scene, as_companion: bool = False) -> Telling:
    """Before it leaves, a change goes to the seller to accept or refuse; after that it is honestly too late."""
    if as_companion:
        return Telling()
    meant, words, kind = _meant(ask, scene), scene.words_of(ask), _KINDS[ask.name]
    if meant.unknown:
        return Telling((Fact("order_unknown", meant.unknown, {"order_no": meant.unknown}),), is_whole=True)
    open_ones = [one for one in meant.orders if one.is_open]
    if not open_ones:
        is_bare = kind == "address" and not (
            ask.details.destination or holds_an_address(scene.words) or names_recipient(scene.words)
        )
        # A parcel on its way to the wrong place waits for nobody: where to is asked at once.
        question = Fact("ask_address", values={"order_no": ""}) if is_bare else None
        return Telling(question=question, missing="seller", is_whole=True)
    order = next((one for one in open_ones if one.is_before_dispatch), None)
    if order is None:
        fact = Fact("change_too_late", open_ones[0].order_no, {"order_no": open_ones[0].order_no, "kind": kind})
        return Telling((fact,), missing="seller", is_whole=True)
    if kind == "address" and not (
        ask.details.destination or holds_an_address(scene.words) or names_recipient(scene.words)
    ):
        return Telling(question=Fact("ask_address", order.order_no, {"order_no": order.order_no}), is_whole=True)
    # The whole of what was said: "change the colour of my order, to dark green" is one wish in two pieces.
    wish = Wish(kind, order.order_no, words if kind == "cancel" else scene.words)
    values = {"order_no": order.order_no, "kind": kind, "presence": scene.presence}
    return Telling((Fact("change_asked", order.order_no, values),), is_whole=True, wishes=(wish,))


def tell_cancel(ask: Ask, scene: Scene, as_companion: bool = False) -> Telling:
    """The shop's policy where one is stated; an order that is open can be asked to be cancelled."""
    policy = policies.tells("cancel")(ask, scene, as_companion)
    if as_companion or not any(one.is_open for one in _meant(ask, scene).orders):
        return policy
    change = tell_change(ask, scene)
    return replace(change, facts=(*policy.facts, *change.facts))


def tell_paid(words: str, scene: Scene) -> Telling:
    """The buyer says to have paid: the seller looks, and until then nothing is confirmed."""
    waiting = [one for one in scene.orders or () if one.state is State.PLACED]
    if waiting:
        order = waiting[0]
        values = {"order_no": order.order_no, "presence": scene.presence}
        return Telling((Fact("payment_said", order.order_no, values),), wishes=(Wish("paid", order.order_no, words),))
    known = next((one for one in scene.orders or () if one.state is State.PAID), None)
    if known is None:
        return Telling(missing="paid")
    return Telling((status(known, scene),))


def status(order: Order, scene: Scene) -> Fact:
    """What can be said of an order: nothing of it is anybody's but the buyer's."""
    lines = []
    for line in order.lines:
        one = scene.catalogue.get(line.sku)
        words = one.words(scene.language) if one is not None else None
        named = {"title": words.title if words else line.sku, "variant": words.variant if words else ""}
        lines.append({"sku": line.sku, "quantity": line.quantity, **named})
    values = {
        "order_no": order.order_no,
        "state": order.state.value,
        "lines": lines,
        "amount": order.amount,
        "ship_by": order.ship_by,
        "shipped_at": order.shipped_at,
        "delivered_at": order.delivered_at,
        "is_late": order.state is State.PAID and order.ship_by is not None and order.ship_by < scene.now,
        "note": order.delivery_note,
    }
    return Fact("order_status", order.order_no, values)


def _meant(ask: Ask, scene: Scene) -> Meant:
    """The orders that are meant: the one named by its number, else those still open, else the latest."""
    orders = scene.orders or ()
    named = _named(scene)
    if named:
        return Meant(named)
    if scene.orders is not None and (number := ask.details.order_no or scene.order_no):
        return Meant(unknown=number)
    still_open = tuple(one for one in orders if one.is_open)
    return Meant(still_open or orders[:1])


def _named(scene: Scene) -> tuple[Order, ...]:
    """The buyer's orders whose numbers stand in the words."""
    spoken = scene.words.casefold()
    numbers = ((one, re.escape(one.order_no.casefold())) for one in scene.orders or ())
    return tuple(one for one, number in numbers if re.search(rf"(?<![a-z\d_-]){number}(?![a-z\d_-])", spoken))


def _number(understood: Understanding) -> str:
    told = (understood.details, *(ask.details for ask in understood.asks))
    return next((details.order_no for details in told if details.order_no), "")
