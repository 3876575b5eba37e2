"""A line taken apart into numbers, and the variants and names that they count."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from core.often import often
from core.understanding.reading.normalising import normalise
from core.understanding.words.numerals import NUMERAL, number

Known = Mapping[str, Mapping[str, frozenset[str]]]
"""By title, the words that refer to its variants, with the skus that each may mean."""


def may_tally(words: str, least: int = 2) -> bool:
    """Whether a line counts so often at `least`. Few lines do, and none of the rest is read here."""
    return _counts_in(words) >= least


@often
def counts_pairs(words: str) -> bool:
    """Whether a line counts pairs."""
    return _PAIR.search(normalise(words).folded) is not None


@often
def _counts_in(words: str) -> int:
    """How often a line counts; so many of each counts all of them."""
    folded = normalise(words).folded
    return len(_COUNTS.findall(folded)) + 2 * (_EACH.search(folded) is not None)


@dataclass(frozen=True, slots=True)
class Token:
    """`kind` is "count", "which" (a variant, by title the skus it may be), "name" (of a product), "each", "sum" (in all) or
    "stop"."""

    kind: str
    count: int = 0
    which: Mapping[str, frozenset[str]] | None = None
    title: str = ""
    in_pairs: bool = False
    start: int = 0
    end: int = 0


def bare_number(folded: str) -> Token | None:
    """The number that is all that a folded line says: 是三件, three please."""
    begin = _BESIDE_A_NUMBER.match(folded)
    counted = _COUNT.match(folded, begin.end() if begin is not None else 0)
    if counted is None or (many := _many(counted)) is None or _BESIDE_A_NUMBER.fullmatch(folded, counted.end()) is None:
        return None
    return Token("count", many, in_pairs=_PAIR.search(counted.group()) is not None)


def tallied(
    folded: str, start: int, end: int, named: Mapping[tuple[int, int], str], known: Known
) -> list[Token] | None:
    """folded[start:end] taken apart; None where a word of it is not known here. `named` is where it names products, with their
    titles."""
    words = sorted({word for which in known.values() for word in which}, key=len, reverse=True)
    starts = {begin: (stop, title) for (begin, stop), title in named.items()}
    tokens: list[Token] = []
    at = start
    while at < end:
        before = len(tokens)
        if at in starts:
            stop, title = starts[at]
            tokens.append(Token("name", title=title))
        elif (special := _SPECIAL.match(folded, at, end)) is not None:
            stop = special.end()
            tokens.append(Token(str(special.lastgroup)))
        elif (sized := _word(folded, at, end, words, only_numbers=True)) and not _COUNTED.match(folded, at, end):
            stop = at + len(sized)
            tokens.append(_which(sized, known))
        elif tokens and tokens[-1].kind == "which" and (noun := _ONE.match(folded, at, end)) is not None:
            stop = noun.end()
        elif (counted := _COUNT.match(folded, at, end)) is not None and (many := _many(counted)) is not None:
            stop = counted.end()
            tokens.append(Token("count", many, in_pairs=_PAIR.search(counted.group()) is not None))
        elif word := _word(folded, at, end, words):
            stop = at + len(word)
            tokens.append(_which(word, known))
        elif (idle := _IDLE.match(folded, at, end)) is not None:
            stop = idle.end()
        else:
            return None
        if len(tokens) > before:
            tokens[-1] = replace(tokens[-1], start=at, end=stop)
        at = stop
    return tokens


def _word(folded: str, at: int, end: int, words: Sequence[str], only_numbers: bool = False) -> str:
    """The longest of the words that stands there by itself."""
    for word in words:
        if not folded.startswith(word, at) or at + len(word) > end or (only_numbers and not word[0].isdigit()):
            continue
        if word[0].isascii() and at and _goes_on(folded[at - 1], word[0]):
            continue
        if (
            word[-1].isascii()
            and not _PLURAL.match(folded, at + len(word))
            and _goes_on(folded[at + len(word) : at + len(word) + 1], word[-1])
        ):
            continue
        return word
    return ""


def _goes_on(sign: str, other: str) -> bool:
    """Whether a sign beside a Latin word or a number is of the same word: the m of 2m, and not that of 黑m."""
    return bool(sign) and sign.isascii() and (sign.isalnum() or (sign == "." and other.isdigit()))


def _which(word: str, known: Known) -> Token:
    return Token("which", which={title: which[word] for title, which in known.items() if word in which})


def _many(match: re.Match[str]) -> int | None:
    """How many a count says; None for what is no whole number of pieces."""
    if match["unsaid"] or match["a"]:
        return 1
    word = next((group for name, group in match.groupdict().items() if name != "measure" and group), "")
    if match["dozen"]:
        halves = 1 if word.startswith(("半", "half")) else 2 * int(_numeral(word.split("打")[0].split(" ")[0]) or 1)
        return 6 * halves
    many = _numeral(word)
    return int(many) if many is not None and 0 < many < 1000 else None


def _numeral(word: str) -> int | None:
    if word in _ENGLISH:
        return _ENGLISH[word]
    value = number(word)
    return int(value) if value is not None and value == int(value) else None


_ENGLISH = {word: place for place, word in enumerate("one two three four five six seven eight nine ten eleven twelve".split(), start=1)} | {"a": 1, "couple": 2}  # fmt: skip
_MEASURE = r"(?:[个件条双对只套份副本张台把块片支枝根顶包袋盒瓶罐卷朵束桶幅床]|(?:pcs|pc|pieces?|pairs?|sets?|packs?)(?![a-z]))"
_WORDS = "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
_N = rf"(?:(?<![\d.a-z])\d{{1,3}}(?![\d.])|{NUMERAL}|(?<![a-z])(?:{_WORDS})(?![a-z]))"
_COUNTED = re.compile(rf"\d{{1,3}}\s?(?:{_MEASURE}|打|[x×*](?!\s?\d))")
_COUNT = re.compile(
    rf"(?P<n>{_N})\s?(?P<measure>{_MEASURE})|(?P<dozen>半打|{NUMERAL}打|\d{{1,2}}打|(?<![a-z])(?:half a|a|one|two) dozen)"
    r"|(?P<few>[俩仨])个?|(?<=[要来拿买加])(?P<unsaid>[个件条双只套])|[x×*]\s?(?P<times>\d{1,2})(?![\d.]|\s?(?:cm|mm|m(?![a-z])|厘米|米|公分))|(?<![\d.a-z])(?P<lead>\d{1,2})\s?[x×*](?!\s?\d)"
    r"|(?<![a-z])(?:(?P<a>an?|single) (?!couple|dozen|few)(?:pair |set |piece )?|a (?P<couple>couple) )|(?P<bare>"
    + _N
    + ")"
)
_PAIR = re.compile(r"对|(?<![a-z])pairs?(?![a-z])")
_BESIDE_A_NUMBER = re.compile(
    r"(?:[是要来就吧啊哦呀的再多加拿,。.!~\s]|应该|一共|(?<![a-z])(?:it's|i want|i need|i'd like|i'll take|of|them|in total|please|pls|then|want|need|more)(?![a-z]))*"
)
_EACH = re.compile(r"各|都(?=[要来])|每[样种个款]|(?<![a-z])each(?![a-z])")
_SPECIAL = re.compile(
    r"(?P<each>各|都(?=[要来])|每[样种个款](?:颜色|色)?|(?<![a-z])each(?: of)?(?![a-z]))|(?P<sum>一共|总共|共|合计|(?<![a-z])(?:in total|altogether|in all|total)(?![a-z]))|(?P<stop>[,;。.!\n:]|(?<=[^\s])\s*-\s)"
)
_COUNTS = re.compile(
    rf"{_N}|[x×*]\s?\d|[俩仨半]|(?<=[要来拿买加])[个件条双只套]|(?<![a-z])(?:an?|couple|dozen)(?![a-z])"
)
_ONE = re.compile(r"ones?(?=\s*(?:$|[,.;!&]|(?:and|plus|please|pls|thanks)(?![a-z])))")
"""What a colour stands before, and no number: a black one and a white one."""
_PLURAL = re.compile(r"s(?![a-z])")
_IDLE = re.compile(
    r"我们?|给我?|帮我?|想|下单|以及|还有|还要|另外|然后|外加|同埋|麻烦|谢谢?|多谢|亲|老板|掌柜|好的?|行|嗯|ok|分别|颜色|尺码|[、&+/()?~的色号码款底系那这就先再还来要拿买拍加吧呗哈啊呀哦嘛是和跟与及同嘅同]|\s"
    r"|(?<![a-z])(?:ok|okay|so|then|hi|hello|hey|yes|please|pls|thanks|thank you|i'll|i'd|i|we'll|we|will|would|like|want|need|take|have|get|order|buy|can|could|may|to|me|give|for|just|and|also|plus|more|with|of|in|the|size|sizes|colou?r|colou?rs|ones|them|those|these|too|as well|eu|s)(?![a-z])|(?<=[a-z])s(?![a-z])"
)
"""Words beside the numbers that say nothing of what is wanted."""
