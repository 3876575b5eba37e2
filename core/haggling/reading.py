"""Reading the lines of a conversation: which of them push the price, which hold it, which agree, which speak of the goods."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from itertools import pairwise
from string import ascii_lowercase

from core.haggling import lexicon
from core.understanding.reading.extracting import extract
from core.understanding.reading.normalising import normalise

PRODUCT_ASKS = frozenset(
    "stock spec recommend ship_when ship_eta ship_to carrier track order_status return_exchange refund warranty "
    "authenticity payment invoice missing_item damaged special_request change_order change_address cancel complaint".split()
)
"""Asks that are talk of goods and service, where the asks of a line are known."""
LEAST_NUMBER, LEAST_PRICE = Decimal("0.4"), Decimal("0.1")
"""Below this share of the price asked a bare number is a size or a year, and a sum with its unit is of something else."""

LEAST_BARE = 5
BESIDE = 3
"""Characters at most between how many and what they cost together."""

DEALS = (
    "accept",
    "order",
    "paid",
    "pay",
    "buy",
    "bought",
    "purchase",
    "deal",
    "接受",
    "成交",
    "下单",
    "付款",
    "拍下",
    "已付",
)
"""Words with which the market tells of a deal."""


class Topic(StrEnum):
    """What a line is about. NEITHER carries on with what was spoken of before."""

    PRICE = "price"
    GOODS = "goods"
    NEITHER = "neither"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a conversation. `who` is "buyer" or "seller" (the bot speaks for the seller).

    `is_event`: the market's own line (offer, accept, reject, quit). `at` may be unknown. `asks` are what was understood of
    it, where that is known; `id` names the line to whoever asked. `holds` is known of the bot's own lines: whether one says
    that the price stands; a bot names no price but those of the catalogue, so nothing else is read off it.
    """

    who: str
    text: str
    at: datetime | None = None
    is_event: bool = False
    asks: tuple[str, ...] | None = None
    id: int = 0
    holds: bool | None = None


@dataclass(frozen=True, slots=True)
class Read:
    """What a line does to the price. `opens`: it asks for offers, which is innocent unless pushing follows. `sum` is an
    amount it names, in major units."""

    line: Line
    topic: Topic = Topic.NEITHER
    pushes: bool = False
    opens: bool = False
    holds: bool = False
    agrees: bool = False
    leaves: bool = False
    sum: Decimal | None = None


def read(lines: Sequence[Line], list_price: Decimal | None = None) -> list[Read]:
    """Read the lines in their order. `list_price` is in major units; without it the seller's own words tell what is asked."""
    asked, postage, told = list_price, 0, []
    offered: set[Decimal] = set()
    for line in lines:
        if line.is_event:
            one = _event(line)
        elif line.who == "buyer" and _COMMAND.match(line.text):
            one = Read(line)  # /order 123 is no talk
        elif line.who == "seller":
            one = _seller(line, asked, offered)
            asked = one.sum if one.sum is not None else asked
        else:
            one, postage = _buyer(line, asked, postage)
            offered |= {one.sum} if one.sum is not None else set()
        told.append(one)
    return told


def _event(line: Line) -> Read:
    word = line.text.strip(" ()").lower()
    is_buyers = line.who == "buyer"
    if word.startswith(("offer", "出价", "报价")):
        sums = tuple(amount for amount, _ in _offers(normalise(line.text).folded))
        return Read(line, Topic.PRICE, sum=sums[0] if sums else None)
    if word.startswith(DEALS):
        return Read(line, Topic.PRICE, agrees=True)
    if word.startswith(("reject", "拒绝")):
        return Read(line, Topic.PRICE, holds=not is_buyers, leaves=True)
    return Read(line, leaves=word.startswith(("quit", "退出", "离开")))


def _seller(line: Line, asked: Decimal | None, offered: Collection[Decimal]) -> Read:
    """What is asked now is the last sum the seller names that is no rise and no percentage. A sum the buyer had `offered`
    is said again to refuse it ("400 is less than I paid"), and nobody asks it."""
    if line.holds is not None:
        return Read(line, holds=line.holds)
    folded = normalise(line.text).folded
    named = [one for one, is_price in _offers(folded) if _is_offer(one, is_price, asked)]
    holds = lexicon.FINAL.search(folded) is not None
    agrees = lexicon.ACCEPTED.search(folded) is not None and not holds
    if not agrees and lexicon.REFUSED.search(folded):
        named = [one for one in named if one not in offered]
    named += _of_several(folded, asked)
    return Read(line, Topic.NEITHER, holds=holds, agrees=agrees, sum=named[-1] if named else None)


def _buyer(line: Line, asked: Decimal | None, postage: int) -> tuple[Read, int]:
    folded = normalise(line.text).folded
    sums = _offers(folded)
    least = min((one for one, is_price in sums if _is_offer(one, is_price, asked)), default=None)
    is_goods = lexicon.GOODS.search(folded) is not None
    pushes = _pushes(folded, asked, least, bool(sums))
    if lexicon.POSTAGE.search(folded) and not sums:
        postage += 1
        pushes = postage > 1 or (pushes and lexicon.PUSH.search(lexicon.POSTAGE.sub("", folded)) is not None)
    if line.asks is not None:
        pushes = "haggle" in line.asks or (pushes and not PRODUCT_ASKS.intersection(line.asks))
        is_goods = is_goods or bool(PRODUCT_ASKS.intersection(line.asks))
    agrees = not pushes and lexicon.AGREED.search(folded) is not None and not lexicon.UNDONE.search(folded)
    topic = Topic.PRICE if pushes else Topic.GOODS if is_goods else Topic.NEITHER
    leaves = lexicon.LEAVING.search(folded) is not None and not agrees
    opens = not pushes and lexicon.PROMO.search(folded) is not None
    return Read(line, topic, pushes, opens, agrees=agrees, leaves=leaves, sum=least), postage


def _pushes(folded: str, asked: Decimal | None, least: Decimal | None, has_sum: bool) -> bool:
    """Whether a buyer's line wants it for less: it names a sum below what is asked, or says so."""
    if asked is not None and least is not None and least < asked:
        return True
    if not lexicon.PUSH.search(folded) or lexicon.FREE_WITH_NUMBER.match(folded):
        return False
    if lexicon.OTHERWISE.search(folded) or not lexicon.PUSH.search(lexicon.NO_PUSH.sub(" ", folded)):
        return False
    is_wish = asked is None and has_sum and lexicon.BUDGET.search(folded) is not None
    return not is_wish


def _is_offer(amount: Decimal, is_price: bool, asked: Decimal | None) -> bool:
    return asked is None or asked * (LEAST_PRICE if is_price else LEAST_NUMBER) <= amount <= asked


def _of_several(folded: str, asked: Decimal | None) -> list[Decimal]:
    """Sums asked for several pieces, dearer than the one and no dearer than as many of it: "两袋 330" where one is 168."""
    if asked is None:
        return []
    return [
        sum_.amount
        for count, sum_ in pairwise(extract(folded))
        if count.kind == "quantity" and sum_.kind in ("number", "price") and sum_.start - count.end <= BESIDE
        and count.amount is not None and sum_.amount is not None and asked < sum_.amount <= asked * count.amount
    ]  # fmt: skip


def _offers(folded: str) -> tuple[tuple[Decimal, bool], ...]:
    """The amounts a line names, and whether each bears a sign or a unit; a bare number under five is none."""
    if not any(one.isdigit() or one in _NUMERALS for one in folded):
        return ()
    return tuple(
        (one.amount, one.kind == "price")
        for one in extract(folded)
        if one.amount is not None
        and folded[one.end : one.end + 1] != "%"
        and ((one.kind == "price" and one.amount > 0) or (one.kind == "number" and one.amount >= LEAST_BARE))
        and not (one.kind == "number" and folded[: one.start][-1:] in _LATIN)  # the 101 of t101-be
    )


_LATIN = tuple(ascii_lowercase)
_NUMERALS = frozenset("块元毛百千万十")
_COMMAND = re.compile(r"\s*/[a-z]", re.IGNORECASE)
