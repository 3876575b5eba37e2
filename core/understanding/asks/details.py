"""The facts in a stretch of text, gathered into one value: quantity, price named, destination, numbers, wishes."""

import re
from decimal import Decimal

from core.asks import Details
from core.understanding.asks.rules import wants_original
from core.understanding.reading.extracting import Found, overlapping
from core.understanding.reading.reading import Reading

_OFFER = re.compile(
    r"(?:卖|出|行吗|行不|可以吗|给吗|能给|成吗|怎么样|包邮|拿|要了|吧|一(?:袋|件|个|份|盒)|$)|(?:cash|ok|deal|obo|shipped|final|and)"
)
_NONE = Details()
_OFFERED = re.compile(
    r"(?:take|accept|do|offer|pay|give you|go|for|about|at|to|only|afford|budget is|give|算|给|出|便宜到|少到|就)\s*$"
)


def details(reading: Reading, start: int, end: int) -> Details:
    original_only = wants_original(reading.folded[start:end])
    if not (original_only or reading.found or reading.named or reading.places):
        return _NONE
    here = tuple(overlapping(reading.found, start, end))
    by_kind = {one.kind: one for one in reversed(here)}
    counts = {one.amount for one in here if one.kind == "quantity" and counts_goods(one, reading.folded)}
    amount, currency = _amount(reading.folded, here)
    own = [one for one in reading.named if start <= one.start < end]
    return Details(
        quantity=_whole(counts.pop()) if len(counts) == 1 else None,
        amount=amount,
        currency=currency or None,
        destination=next((name for name, begin, _ in reading.places if start <= begin < end), None),
        order_no=by_kind["order"].text if "order" in by_kind else None,
        tracking_no=by_kind["tracking"].text if "tracking" in by_kind else None,
        phone=by_kind["phone"].text if "phone" in by_kind else None,
        day=by_kind["date"].day if "date" in by_kind else None,
        wanted=tuple(dict.fromkeys(one.text for one in own if not one.is_not)),
        unwanted=tuple(dict.fromkeys(one.text for one in own if one.is_not)),
        original_only=original_only,
    )


def counts_goods(one: Found, folded: str) -> bool:
    """Whether a quantity counts goods, as far as what stands behind it tells: 8个月 and 两个人 count none."""
    return _OF_TIME_OR_PEOPLE.match(folded, one.end) is None


_OF_TIME_OR_PEOPLE = re.compile(r"\s*(?:多|半)?(?:月|小时|星期|礼拜|钟头|人|孩|宝|娃|学生|字)")


def _whole(amount: Decimal | None) -> int | None:
    return int(amount) if amount is not None and amount == int(amount) else None


def _amount(folded: str, here: tuple[Found, ...]) -> tuple[Decimal | None, str]:
    """The price named: one with its unit first, else a bare number that stands where an offer stands."""
    for one in here:
        if one.kind == "price":
            return one.amount, one.currency
    for one in here:
        if one.kind == "number" and one.amount is not None:
            before, after = folded[max(0, one.start - 12) : one.start], folded[one.end : one.end + 8].strip()
            if _OFFERED.search(before) or _OFFER.match(after):
                return one.amount, ""
    return None, ""
