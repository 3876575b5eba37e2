"""What buyers ask: the 31 names, and what understanding hands to answering."""

from collections.abc import Mapping
from dataclasses import field
from datetime import date
from decimal import Decimal

from core.frozen import frozen

ASKS = (
    "stock price haggle promo ship_when carrier ship_eta ship_fee ship_to track order_status change_order change_address "
    "cancel return_exchange refund warranty authenticity spec recommend payment invoice missing_item damaged complaint "
    "praise greeting thanks_bye human special_request other"
).split()
"""The fixed names, in the order of the list in the docs. Asks a seller adds are named `own:…`."""

COURTESIES = frozenset({"greeting", "thanks_bye"})
"""Said beside whatever else is said: they ask nothing."""

TO_A_PERSON = frozenset({"human", "complaint"})
"""Asks that always reach a person, whatever else is answered."""
OWN = "own:"
"""Before the name of an ask that the seller has added."""
LONGEST_NAME = 20


def own_name(written: str) -> str:
    """The ask of the seller's own that a seller calls so: "代发" → "own:代发"; "" where that is no name."""
    name = written.strip().removeprefix(OWN).strip()
    is_word = bool(name) and len(name) <= LONGEST_NAME and all(one.isalnum() or one in " -_" for one in name)
    return OWN + "-".join(name.split()) if is_word and any(map(str.isalnum, name)) else ""


def is_pattern(text: str) -> bool:
    """Whether a line is written as a pattern: /包.{0,4}邮/."""
    return len(text) > 2 and text[0] == text[-1] == "/"


@frozen
class Details:
    """What was extracted from a piece of text. Absent is None or empty.

    `amount` is a price a buyer names, in major units, with `currency` where the text says it. `destination` is a place
    as the buyer wrote it. `wanted` and `unwanted` are colours, sizes and other attribute values asked for or ruled out.
    `sent_from`: asks where parcels come from, and not where they may go; `how_many`: asks how many are enough for what
    the buyer has; `cheaper`: asks for other goods that cost less; `kinds`: asks what there is of a kind, which is then
    in `unsure`.
    """

    quantity: int | None = None
    amount: Decimal | None = None
    currency: str | None = None
    destination: str | None = None
    order_no: str | None = None
    tracking_no: str | None = None
    phone: str | None = None
    day: date | None = None
    wanted: tuple[str, ...] = ()
    unwanted: tuple[str, ...] = ()
    original_only: bool = False
    photos: bool = False
    opening_hours: bool = False
    sent_from: bool = False
    how_many: bool = False
    cheaper: bool = False
    kinds: bool = False


@frozen
class Ask:
    """One thing asked, in one piece of the message.

    `span` is the piece's [from, to) in the original text, in characters; `also` are those of further pieces that ask
    the same. `products` are the skus meant: one when the buyer named a variant, all variants of one product when they
    named only the product, empty when none is meant or known; `named` then holds the words that name a thing the
    catalogue has not; `unsure` holds skus of up to five products to choose from when it is not clear which one is
    meant. `source` is what decided: rule, taught, model, context, keyword, or a wish to buy; `why` names the rule or
    the line for /why, and is empty where model or keyword decided: the nearest phrases are sought when somebody asks.
    """

    name: str
    confidence: float
    span: tuple[int, int]
    products: tuple[str, ...] = ()
    unsure: tuple[str, ...] = ()
    details: Details = Details()
    source: str = "model"
    why: str = ""
    named: str = ""
    also: tuple[tuple[int, int], ...] = ()

    @property
    def product(self) -> str | None:
        """The sku meant, when exactly one is."""
        return self.products[0] if len(self.products) == 1 else None


@frozen
class Doubt:
    """A piece that was not understood well enough: its words, and up to three asks it may have been, likeliest first.
    `products` are the skus it names, or those it may go on about."""

    text: str
    span: tuple[int, int]
    maybe: tuple[str, ...] = ()
    products: tuple[str, ...] = ()


@frozen
class Understanding:
    """What one message (or one turn of several lines) asks, in the order asked.

    `language` is "zh" or "en"; `script` "hans", "hant" or "" (not Chinese, or the text does not tell). `asks` never holds
    "other". `handover` is true when a person must see it: a complaint, a wish for a person, or abuse and threats (`alarm`).
    `dismissed`: the seller has taught that words like these ask nothing.
    """

    language: str
    script: str
    asks: tuple[Ask, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    handover: bool = False
    alarm: str = ""
    details: Details = Details()
    dismissed: bool = False

    @property
    def unclear(self) -> tuple[str, ...]:
        return tuple(doubt.text for doubt in self.doubts)


@frozen
class Heard:
    """What came before in this chat, as far as it helps to understand the next line.

    `previous` is the other side's last message; `last_ask` the ask last answered, `asked_with` those answered before it
    in the same message; `last_products` the skus last spoken of within 30 minutes; `language` and `script` the buyer's
    usual ones, for a text that tells neither.
    """

    previous: str = ""
    last_ask: str = ""
    last_products: tuple[str, ...] = ()
    language: str = ""
    script: str = ""
    asked_with: tuple[str, ...] = ()


@frozen
class Phrase:
    """A line of a phrase file: `text` asks `ask`; `is_not` marks a hard negative. `origin` is built-in or taught. A taught
    text between two slashes is a pattern, see `core.patterns`."""

    text: str
    ask: str
    language: str
    is_not: bool = False
    origin: str = "built-in"

    @property
    def is_pattern(self) -> bool:
        return is_pattern(self.text)


@frozen
class PhraseBook:
    """All phrases, and the answers' names of the seller's own asks."""

    phrases: tuple[Phrase, ...] = ()
    own: Mapping[str, str] = field(default_factory=dict)
