"""Colours, sizes and other values a buyer wants or rules out, in both languages."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Named:
    """A value at folded[start:end]: `text` as the buyer wrote it, `value` the one name of it, `is_not` when ruled out."""

    kind: str
    value: str
    text: str
    start: int
    end: int
    is_not: bool = False


def attributes(folded: str, own: re.Pattern[str] | None = None) -> tuple[Named, ...]:
    """Colours, sizes and the shop's `own` values named in a folded text, left to right."""
    found: list[Named] = []
    matches = list(_matches(folded, own))
    negations = [match.span() for match in _NOT.finditer(folded)] if matches else []
    for kind, value, match in matches:
        start, end = match.span()
        if any(one.start < end and start < one.end for one in found):
            continue
        # "不是黑的" and "除了黑色" rule a value out; a stop or another value between them ends the reach.
        is_not = any(
            stop <= start and start - stop <= _REACH and not _ENDS_REACH.search(folded[stop:start])
            for _, stop in negations
        )
        found.append(Named(kind, value, match.group(), start, end, is_not))
    return tuple(sorted(found, key=lambda one: one.start))


def values(text: str) -> frozenset[str]:
    """The one names of all colours and sizes in a folded variant or attribute, e.g. {"black", "xl"}. There a colour may stand
    bare at the end of a word: 鼠尾草绿."""
    named = {value for _, value, _ in _matches(text, None)}
    return frozenset(named | {_VALUES[match.group("name")] for match in _COLOUR_NAME.finditer(text)})


def colours(text: str) -> frozenset[str]:
    """The one names of the colours alone."""
    return values(text) & _HUES


def called_by(value: str) -> frozenset[str]:
    """All the words by which a colour, or a size of clothes, goes: {"黑", "纯黑", …, "black"} for "black"."""
    return _CALLED.get(value, frozenset())


def _matches(folded: str, own: re.Pattern[str] | None) -> Iterator[tuple[str, str, re.Match[str]]]:
    if own is not None:
        for match in own.finditer(folded):
            yield "own", _VALUES.get(match.group()) or match.group(), match
    if not folded.isascii():
        for match in _COLOUR_ZH.finditer(folded):
            yield "colour", _VALUES[match.group("name")], match
    for match in _COLOUR_EN.finditer(folded):
        yield "colour", _VALUES[match.group()], match
    for match in _SIZE.finditer(folded):
        yield "size", _size(match.group()), match


def _size(text: str) -> str:
    squeezed = re.sub(r"[\s号码大小-]+", "", text) or text
    known = _SIZE_NAMES.get(text.strip()) or _SIZE_NAMES.get(squeezed)
    if known:
        return known
    squeezed = re.sub(r"^size", "", squeezed)
    return re.sub(r"^(\d)xl$", lambda match: "x" * int(match.group(1)) + "l", squeezed)


def _table(rows: str) -> dict[str, str]:
    return {word.replace("_", " "): row.split("=")[0] for row in rows.split() for word in row.split("=")[1].split("|")}


_COLOURS_ZH = _table(
    "black=黑|纯黑|哑黑|亮黑 white=白|米白|纯白|乳白|奶白 red=红|大红|酒红|暗红|枣红 blue=蓝|深蓝|浅蓝|天蓝|藏蓝|宝蓝|湖蓝|藏青 green=绿|墨绿|军绿|草绿|浅绿|深绿|薄荷绿 yellow=黄|浅黄|柠檬黄 "
    "pink=粉|粉红|浅粉|樱花粉 purple=紫|浅紫|深紫|香芋紫 grey=灰|深灰|浅灰|银灰|高级灰 orange=橙|橘|橘红 brown=棕|褐|咖啡|咖|焦糖|驼 beige=米|杏|卡其|奶茶|奶油|裸 gold=金|香槟|玫瑰金|土豪金 silver=银 clear=透明 multi=彩|花"
)
_COLOURS_EN = _table(
    "black=black white=white|off-white|off_white|ivory|cream red=red|burgundy|maroon blue=blue|navy green=green|olive yellow=yellow pink=pink purple=purple|lilac|violet grey=grey|gray|charcoal orange=orange "
    "brown=brown|tan|coffee beige=beige|khaki|nude gold=gold|golden|rose_gold silver=silver clear=clear|transparent multi=multicolor|multicolour|rainbow"
)
_SIZE_NAMES = {
    "大": "l", "中": "m", "小": "s", "加大": "xl", "特大": "xl", "均": "onesize", "均码": "onesize", "大号": "l", "中号": "m", "小号": "s", "大码": "l", "中码": "m", "小码": "s", "加大码": "xl", "加大号": "xl",
    "特大号": "xl", "small": "s", "medium": "m", "large": "l", "extra large": "xl", "x-large": "xl", "one size": "onesize",
}  # fmt: skip
_VALUES = _COLOURS_ZH | _COLOURS_EN
_HUES = frozenset(_VALUES.values()) - {"multi", "clear"}
_CALLED = {
    value: frozenset(
        word for word, meant in (*_VALUES.items(), *_SIZE_NAMES.items()) if meant == value and word != "花"
    )
    | ({value} if value in _SIZE_NAMES.values() else set())
    for value in {*_HUES, *_SIZE_NAMES.values()}
}


def _any(words: Iterable[str]) -> str:
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))


# 黑 alone is no colour (黑心); 黑色 is, and 黑的 where nothing goes on.
_COLOUR_ZH = re.compile(
    rf"(?P<name>{_any(_COLOURS_ZH)})(?:色系?|(?=的(?:[^一-鿿]|$|有|还|吗|呢|那|这|款|多|要|和|怎|什|没|好|行|可|几|能)))"
)
# 米 is a colour in 奶白与米, and none in 2 米.
_COLOUR_NAME = re.compile(rf"(?<!\d)(?<!\d )(?P<name>{_any(_COLOURS_ZH)})(?![一-鿿])")
_COLOUR_EN = re.compile(rf"(?<![a-z])(?:{_any(_COLOURS_EN)})(?![a-z])")
_SIZE = re.compile(
    r"(?<![a-z0-9'])(?:x{0,4}[sl]|\dxl|[2-6]xl|m)(?:号|码|(?![a-z0-9'/]))|(?<!\d)(?:[2-4]\d|1[0-9]\d)(?:\.5)?(?:码|号(?![^一-鿿]?[到发送楼线前后]))|(?:加大|特大|均|[大中小])(?:号|码)|均码|"
    r"(?<![a-z])size ?\d{1,3}(?:\.5)?(?![a-z0-9])|(?<![a-z])(?:small|medium|large|extra large|x-large|one size)(?![a-z])|"
    r"(?<![\da-z])\d{1,4}(?:gb|tb|ml|mm|cm|kg|oz|inch(?:es)?|寸|英寸|毫升|克|斤|升|厘米|米|公分|w|mah|毫安)(?![a-z])"
)
_NOT = re.compile(
    r"不是|不要|不想要|不喜欢|除了|除开|别发|别要|别给|不含|以外|"
    r"(?<![a-z])(?:not|no|without|except|other than|anything but|don't want|isn't|instead of|but not)(?: the| a| an| in)?(?![a-z])"
)
_REACH = 6
_ENDS_REACH = re.compile(r"[,。!?;\n]|但|要|只|就|but|i want|吗|呢")
