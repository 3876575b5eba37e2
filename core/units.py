"""What one of a thing is called, and what is sold by measure: 一米, a metre; 一双, a pair."""

import re
from collections.abc import Iterable
from decimal import Decimal

from core.language import to_simplified

IN_ENGLISH = {
    "米": "metre", "码": "yard", "尺": "chi", "公斤": "kilo", "千克": "kilo", "斤": "jin", "克": "gram", "升": "litre", "平方米": "square metre",
    "双": "pair", "对": "pair", "副": "pair", "套": "set", "组": "set", "打": "dozen", "包": "pack", "盒": "box", "箱": "case", "瓶": "bottle",
    "罐": "tin", "袋": "bag", "卷": "roll", "片": "panel",
}  # fmt: skip
"""Chinese measures that are said in English too; of the others (个, 件, 条) English needs none."""
COUNTERS = "个件套只条份双对副本包片块张把盒瓶袋卷罐支饼斤顶根台朵束枝桶盆株棵颗枚组箱筒听杯串粒提册幅盘捆扎"
"""What goods are counted with: 三盆绿萝, 一组袜子."""
MEASURED = {
    "米": r"米|公尺|m|met(?:er|re)s?|mtrs?",
    "码": r"码|yards?|yds?",
    "公斤": r"公斤|千克|kgs?|kilos?|kilograms?",
    "斤": r"斤|jin",
    "克": r"克|g|grams?",
    "升": r"升|l|lit(?:er|re)s?",
}
"""Units of what is cut, weighed or poured, and how buyers write them."""
_WORDS = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10}  # fmt: skip
_KEYS = frozenset(("单位", "计价单位", "计量单位", "售卖单位", "unit", "sold by", "sold per"))
_ZH = re.compile(
    r"^(?:按|论|每|以)?(?:一|1|每)?\s*(平方米|公斤|千克|[米码尺斤克升双对副套组打包盒箱瓶罐袋卷片个件条张块只支把本份])"
)
_EN = re.compile(r"\b(?:per|by the|each|a|one) (square metre|[a-z]+)\b")
_BY_ENGLISH = {english: chinese for chinese, english in reversed(IN_ENGLISH.items())}
_SPELT = {
    "meter": "metre",
    "liter": "litre",
    "square meter": "square metre",
    "kilogram": "kilo",
    "kg": "kilo",
    "m": "metre",
}
_IRREGULAR = {"foot": "feet", "dozen": "dozen", "jin": "jin", "chi": "chi", "half": "halves"}


def told_by(attributes: Iterable[tuple[str, str]]) -> str:
    """The unit that an attribute such as 单位=一米的价格 or unit=price per metre tells; "" where none does."""
    for key, value in attributes:
        if key.strip().casefold() not in _KEYS:
            continue
        if found := _ZH.match(to_simplified(value).strip()):
            return found[1]
        if found := _EN.search(value.casefold()):
            return _SPELT.get(found[1], found[1])
    return ""


def in_english(unit: str) -> str:
    """The English word for a Chinese unit; "" where English counts without one."""
    return IN_ENGLISH.get(to_simplified(unit).strip(), "" if not unit.isascii() else unit)


def measured_in(unit: str) -> str:
    """The Chinese name of the unit where things of it are cut, weighed or poured; "" where they are counted."""
    unit = to_simplified(unit).strip().casefold()
    unit = _BY_ENGLISH.get(_SPELT.get(unit, unit), unit)
    return unit if unit in MEASURED else "公斤" if unit == "千克" else ""


def plural(unit: str) -> str:
    """More than one English unit: metres, boxes, feet."""
    if unit in _IRREGULAR:
        return _IRREGULAR[unit]
    if unit.endswith("y") and unit[-2:-1] not in ("", *"aeiou"):
        return f"{unit[:-1]}ies"  # copies, and trays
    return unit + ("es" if unit.endswith(("s", "x", "ch", "sh")) else "s")


def amount(word: str) -> Decimal | None:
    """The number that an English word such as two writes."""
    known = _WORDS.get(word)
    return None if known is None else Decimal(known)
