"""Measures in what buyers write: which variant 2米宽的 or 45的 means, and how much of what is sold by the metre is wanted."""

import re
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from core.understanding.reading.extracting import Found, overlapping
from core.understanding.words.numerals import NUMERAL, number
from core.units import MEASURED, amount

_HUNDRED = 100
_BARE = 10
"""A whole number below this tells no size by itself: it is as likely how many."""
_OF_METRES = re.compile(r"(?<![a-z])m(?![a-z²2])|米|metres?|meters?")
_LENGTH = re.compile(
    rf"(?<![\d.])(?P<n>\d+(?:\.\d+)?|{NUMERAL}|(?<![a-z])(?:one|two|three|four|five|six))\s*"
    r"(?:(?P<metre>米|公尺|m(?:et(?:er|re)s?)?(?![a-z²]))(?P<rest>\d{1,2}(?!\d)|[一二三四五六七八九半])?|(?P<other>厘米|公分|cm|寸|英寸|inch(?:es)?|码|号))?"
)
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_OWN = frozenset(("number", "quantity"))
_LAX = {
    unit: re.compile(
        rf"(?<![\d.])(?P<n>\d+(?:\.\d+)?|{NUMERAL}|(?<![a-z])(?:one|two|three|four|five|six|seven|eight|nine|ten|an?))\s*(?:{words})(?P<half>半)?(?![a-z²\d一二三四五六七八九])"
    )
    for unit, words in MEASURED.items()
}


def sizes(text: str) -> frozenset[Decimal]:
    """The numbers of a folded variant's name, metres as centimetres: {140, 260} of 宽 1.4 × 高 2.6 m."""
    times = _HUNDRED if _OF_METRES.search(text) and "cm" not in text else 1
    return frozenset(Decimal(found) * times for found in _NUMBER.findall(text))


def sized(
    skus: Sequence[str], have: Mapping[str, frozenset[Decimal]], spans: Iterable[tuple[int, int]], folded: str,
    found: tuple[Found, ...], measured: str = "",
) -> tuple[str, ...]:  # fmt: skip
    """Those of the variants whose own sizes the words name, all of them where they name none. `measured` is the unit of what
    is cut or poured: so many of it are no size."""
    sets = [have.get(sku, frozenset()) for sku in skus]
    common = frozenset[Decimal]().union(*sets[:1]).intersection(*sets)
    wanted = [one for start, end in spans for one in _named(folded, start, end, found, measured)]
    points = [sum(bool(one & (own - common)) for one in wanted) for own in sets]
    most = max(points, default=0)
    return tuple(sku for sku, many in zip(skus, points, strict=True) if many == most) if most else tuple(skus)


def _named(folded: str, start: int, end: int, found: tuple[Found, ...], measured: str) -> list[frozenset[Decimal]]:
    """Each size named in folded[start:end], as the numbers it may stand for."""
    named = []
    for match in _LENGTH.finditer(folded, start, end):
        kinds = {one.kind for one in overlapping(found, match.start(), match.end())}
        value = amount(match["n"]) or number(match["n"])
        if value is None or kinds - _OWN:
            continue
        if match["metre"]:
            rest = match["rest"]
            more = Decimal(0) if not rest else Decimal(5) if rest == "半" else number(rest) or Decimal(0)
            if measured != "米":
                named.append(frozenset((value * _HUNDRED + more * (10 if more < 10 else 1),)))
        elif match["other"]:
            named.append(frozenset((value,)))
        elif "quantity" not in kinds and match["n"][0].isdigit():
            if "." in match["n"]:
                named.append(frozenset((value, value * _HUNDRED)))
            elif value >= _BARE:
                named.append(frozenset((value,)))
    return named


def poured(folded: str, spans: Iterable[tuple[int, int]], unit: str) -> list[Decimal]:
    """How much the words want of what is sold by this unit: [3] of 3米, 3m, three metres."""
    pattern = _LAX[unit]
    amounts = []
    for match in {
        match.start(): match for start, end in spans for match in pattern.finditer(folded, start, end)
    }.values():
        value = amount(match["n"]) or number(match["n"])
        if value is not None:
            amounts.append(value + (Decimal("0.5") if match["half"] else 0))
    return amounts


_COUNT = re.compile(
    r"(?<![\w.,$€£¥-])(?<!size )(?<!no )(?P<n>\d{1,3}|two|three|four|five|six|seven|eight|nine|ten)(?: (?!oz|inch|cm|mm|m |metre|meter|kg|ml|pairs? |sets? )[a-z-]+){0,2} $"
)
_BACK = 40
_LEADING = re.compile(
    r"^\W*(?:(?:[a-z']+ ){0,4}(?:want|like|get|have|need|take|buy|order|me) )?(?:and |also |plus |then |about |around )*(?P<n>\d{1,3}|two|three|four|five|six|seven|eight|nine|ten) (?!oz|inch|cm|mm|m |metre|meter|kg|ml|x )[a-z]"
)
"""A number at the head of a part of a list: 2 pencil cases."""


def counted_before(folded: str, start: int, end: int, goods: Iterable[int]) -> list[Decimal]:
    """How many of goods, where a plain English number stands before their name: two seat pads. `goods` are where names begin."""
    amounts = []
    for at in goods:
        if start < at < end and (match := _COUNT.search(folded[max(start, at - _BACK) : at])) is not None:
            amounts.append(amount(match["n"]) or Decimal(match["n"]))
    if not amounts and (match := _LEADING.match(folded[start:end])) is not None:
        amounts.append(amount(match["n"]) or Decimal(match["n"]))
    return amounts
