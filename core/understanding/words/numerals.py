"""Numbers as buyers write them: 250, 1,299.5, 两百五, 三十, 一千二."""

import re
from decimal import Decimal, InvalidOperation

_DIGITS = {
    "零": 0,
    "〇": 0,
    "一": 1,
    "二": 2,
    "两": 2,
    "三": 3,
    "四": 4,
    "五": 5,
    "六": 6,
    "七": 7,
    "八": 8,
    "九": 9,
    "俩": 2,
    "仨": 3,
    "半": 0,
}
_UNITS = {"十": 10, "百": 100, "千": 1000, "万": 10000}

NUMERAL = r"[一二两三四五六七八九][十百千万](?:零?[一二三四五六七八九](?:[十百千](?:零?[一二三四五六七八九]十?)?)?)?|十[一二三四五六七八九]?|[一二两三四五六七八九俩仨]"
"""A pattern (without groups) for a Chinese number up to 99,999."""

_CHINESE = re.compile(r"[零〇一二两三四五六七八九十百千万俩仨]{1,9}")


def number(text: str) -> Decimal | None:
    """The number that `text` writes, or None. 两百五 is 250 and 一千二 is 1,200: the last unit but one is left out."""
    text = text.strip()
    if _CHINESE.fullmatch(text):
        return _chinese(text)
    try:
        value = Decimal(text.replace(",", ""))
    except InvalidOperation:
        return None
    return value if value.is_finite() else None


def _chinese(text: str) -> Decimal:
    if not any(one in _UNITS for one in text):
        return Decimal("".join(str(_DIGITS[one]) for one in text))
    total = section = digit = 0
    unit = 1
    zero = False
    for one in text:
        if one in _DIGITS:
            digit = _DIGITS[one]
            zero = zero or one in "零〇"
            continue
        unit = _UNITS[one]
        if unit == 10000:
            total += (section + digit) * unit
            section = 0
        else:
            section += (digit or 1) * unit
        digit = 0
        zero = False
    return Decimal(total + section + (digit * (1 if zero or unit == 10 else unit // 10)))
