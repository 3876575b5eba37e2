"""Amounts as people type them: 129, ¥129, 129元, ￥1,290.50, 12.90 USD."""

import re
import unicodedata
from collections.abc import Mapping

from core.money import Money, NotMoney, currency_name, is_currency, precision
from core.unreadable import Unreadable

MARKS: Mapping[str, tuple[str, ...]] = {
    "¥": ("CNY", "JPY"),
    "元": ("CNY", "HKD", "TWD", "MOP"),
    "块": ("CNY",),
    "块钱": ("CNY",),
    "圆": ("CNY", "JPY"),
    "円": ("JPY",),
    "人民币": ("CNY",),
    "rmb": ("CNY",),
    **dict.fromkeys(("yuan", "kuai"), ("CNY",)),
    **dict.fromkeys(("dollar", "dollars", "bucks"), ("USD", "HKD", "TWD", "SGD", "CAD", "AUD", "NZD", "MOP")),
    **dict.fromkeys(("euro", "euros"), ("EUR",)),
    **dict.fromkeys(("pound", "pounds"), ("GBP",)),
    "yen": ("JPY",),
    "美元": ("USD",),
    "港币": ("HKD",),
    "欧元": ("EUR",),
    "$": ("USD", "HKD", "TWD", "SGD", "CAD", "AUD", "NZD", "MOP"),
    "us$": ("USD",),
    "hk$": ("HKD",),
    "nt$": ("TWD",),
    "s$": ("SGD",),
    "€": ("EUR",),
    "£": ("GBP",),
    "₩": ("KRW",),
    "₽": ("RUB",),
    "₹": ("INR",),
    "฿": ("THB",),
    "₫": ("VND",),
}
"""What stands before or behind a number → the currencies it may mean, the likeliest first."""
_NUMBER = re.compile(r"-?(?:\d+|\d{1,3}(?:,\d{3})+)?(?:\.\d*)?")
_PARTS = re.compile(r"([^\d.,\-+=@]*)(.*?)([^\d.,]*)", re.DOTALL)


def marked(text: str) -> tuple[str, tuple[str, ...]]:
    """The number of an amount, and the currencies its marks may mean; () where it has none. A text with any other word in
    it is returned as it is."""
    folded = unicodedata.normalize("NFKC", text).strip().casefold()
    split = _PARTS.fullmatch(folded)
    before, number, after = (part.strip() for part in split.groups()) if split else ("", folded, "")
    meant: tuple[str, ...] = ()
    for mark in filter(None, (before, after)):
        these = MARKS.get(mark) or ((mark.upper(),) if is_currency(mark.upper()) else None)
        if these is None:
            return folded, ()
        meant = tuple(one for one in these if not meant or one in meant)
        if not meant:
            return folded, ()
    return number, meant


def amount_in(text: str, currency: str) -> Money:
    """What a seller typed where an amount is wanted. Unreadable says what is wrong with it."""
    number, meant = marked(text)
    if meant and currency not in meant:
        names = {"name": currency_name(meant[0], "zh"), "here_name": currency_name(currency, "zh")}
        raise Unreadable("another currency", said=text, code=meant[0], here=currency, **names)
    try:
        if not _NUMBER.fullmatch(number):
            raise NotMoney("not a number")
        return Money.of(number, currency)
    except NotMoney as why:
        raise _unreadable(text, str(why), currency) from None


def _unreadable(text: str, why: str, currency: str) -> Unreadable:
    if why == "negative":
        return Unreadable("negative", said=text)
    if why == "too large":
        return Unreadable("too large", said=text)
    if why.startswith("finer"):
        name = currency_name(currency, "zh")
        return Unreadable("too fine", said=text, code=currency, name=name, most=precision(currency))
    return Unreadable("no amount", said=text)
