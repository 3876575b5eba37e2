"""What answering is told (a scene) and what it decides (an answer made of facts)."""

from collections.abc import Mapping
from dataclasses import field
from datetime import datetime, timedelta
from typing import Any

from core.answers import Answers
from core.asks import Ask
from core.catalogue import Catalogue
from core.frozen import frozen
from core.money import Money
from core.orders import Order
from core.presence import Presence
from core.pricing import PriceBook
from core.shop import Shop

TOLD_AGAIN_AFTER = timedelta(hours=6)
"""A companion told in this chat is not told again sooner than this."""


@frozen
class Fact:
    """One thing to say: the template of this `name` says it with `values`.

    `about` is what it is a fact of (a sku, a region, a policy); with the name it is the key under which the chat
    remembers that it was told.
    """

    name: str
    about: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)

    @property
    def key(self) -> str:
        return f"{self.name}:{self.about}"


@frozen
class Button:
    """A button under the message. `label` is said by a template; `action` and `data` are what a tap does."""

    label: Fact
    action: str
    data: Mapping[str, Any] = field(default_factory=dict)


@frozen
class Handover:
    """Something a person must see: the buyer's words, the ask where one is known, and why.

    `reason`: person, complaint, alarm, unclear, missing (the fact is not on file), seller (only the seller can do it),
    file (a picture, voice or document that nobody read yet), or paid (the buyer says so, and no order is known).
    `files` are the kinds of what came unread.
    """

    reason: str
    words: str
    ask: str = ""
    files: tuple[str, ...] = ()


@frozen
class Wish:
    """Something a buyer wants done to their order, in their words: `kind` is paid (the money is said to be on its way),
    address, items or cancel."""

    kind: str
    order_no: str
    words: str


@frozen
class Telling:
    """What one teller has to say of one ask. `missing` marks that it cannot be answered from what is on file;
    `is_whole` that no companion belongs to it: who hears "sold out" or "which one?" does not want to know when it would leave."""

    facts: tuple[Fact, ...] = ()
    question: Fact | None = None
    buttons: tuple[tuple[Button, ...], ...] = ()
    photos: tuple[str, ...] = ()
    missing: str = ""
    products: tuple[str, ...] = ()
    is_whole: bool = False
    wishes: tuple[Wish, ...] = ()


@frozen
class Scene:
    """All that an answer may depend on, gathered beforehand.

    `graph` is the bundle graph: ask → companions. `told` holds keys of facts and when this chat heard them. `is_first`:
    no automatic reply was labelled in this session yet. `is_handed_over`: the hand-over line was said and the seller
    has not answered since; `waits_for`: the reasons it was said for. `product_turns` counts turns about goods in this
    conversation. `prices` is what may be offered. `earlier` are goods spoken of too long ago to be meant by "this one",
    though they may be; `total` is what several goods of this message come to at least. `orders` are the buyer's own,
    the newest first, None where they were not looked up; `order_no` is an order number that stands in the words.
    `parcels` are the buyer's, as templates say them; None where nobody looked.
    """

    shop: Shop
    catalogue: Catalogue
    presence: Presence
    now: datetime
    words: str = ""
    language: str = "zh"
    graph: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    told: Mapping[str, datetime] = field(default_factory=dict)
    is_first: bool = False
    is_handed_over: bool = False
    waits_for: frozenset[str] = frozenset()
    original_only: bool = False
    destination: str = ""
    product_turns: int = 0
    tip_offered: bool = False
    last_products: tuple[str, ...] = ()
    earlier: tuple[str, ...] = ()
    total: Money | None = None
    prices: PriceBook = field(default_factory=PriceBook)
    orders: tuple[Order, ...] | None = None
    order_no: str = ""
    answers: Answers = field(default_factory=Answers)
    parcels: tuple[Mapping[str, Any], ...] | None = None

    def words_of(self, ask: Ask) -> str:
        """The piece of the message that carries this ask."""
        start, end = ask.span
        return self.words[start:end].strip() or self.words.strip()

    def was_told(self, fact: Fact) -> bool:
        at = self.told.get(fact.key)
        return at is not None and self.now - at < TOLD_AGAIN_AFTER


@frozen
class Answer:
    """One message to the buyer, decided but not yet worded, and what it changes.

    Nothing is sent when there are neither facts nor a question. `asks` were answered; `handovers` go to the seller's card;
    `notes` are wishes for the parcel, verbatim; `products` were spoken of; `destination` was learned; the buyer goes on the
    waiting list of the skus in `waits_for`; `wishes` are for the seller to decide; `wanted` is how many of which skus
    the buyer said they want. `postscript` stands below everything.
    """

    facts: tuple[Fact, ...] = ()
    question: Fact | None = None
    buttons: tuple[tuple[Button, ...], ...] = ()
    photos: tuple[str, ...] = ()
    asks: tuple[str, ...] = ()
    handovers: tuple[Handover, ...] = ()
    notes: tuple[str, ...] = ()
    products: tuple[str, ...] = ()
    destination: str = ""
    offers_tip: bool = False
    alarm: str = ""
    waits_for: tuple[str, ...] = ()
    wishes: tuple[Wish, ...] = ()
    wanted: tuple[tuple[str, int], ...] = ()
    postscript: Fact | None = None

    @property
    def is_silent(self) -> bool:
        return not self.facts and self.question is None

    @property
    def said(self) -> tuple[Fact, ...]:
        """Every fact of the message in order, the closing question behind them, and a postscript last."""
        return self.facts + tuple(one for one in (self.question, self.postscript) if one is not None)
