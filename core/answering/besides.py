"""The part of a line that orders, where the rest of it asks something else: 要一套，发到成都，大概几天能到."""

import re
from dataclasses import dataclass

from core.answering.buying import BARGAINS, wants_to_order
from core.answering.wording import is_of_an_order_placed, is_question
from core.often import LONGEST, often
from core.regional import in_mandarin
from core.units import COUNTERS

MOST_PARTS = 8


@dataclass(frozen=True, slots=True)
class Part:
    """`words` are the `line` with blanks for all that orders nothing, so that what is left stands where it stood; `spans` are
    the places of what is left. It is a `wish` where it says so; else it counts something, 米白色托特包两个, and orders it where
    that is goods and nothing else."""

    line: str
    words: str
    is_wish: bool
    spans: tuple[tuple[int, int], ...]

    def holds(self, span: tuple[int, int]) -> bool:
        """Whether this place of the line is in it."""
        return bool(self.words[slice(*span)].strip())

    def each(self) -> tuple[str, ...]:
        """Each part by itself, where it stands."""
        return tuple(" " * start + self.words[start:end] for start, end in self.spans)


@often
def ordering_part(line: str) -> Part | None:
    """What of a line of several parts orders. None where nothing does, and where it tells of an order placed."""
    if len(line) > LONGEST or not _MAY.search(line):
        return None
    parts = list(_PARTS.finditer(line))
    if not 1 < len(parts) <= MOST_PARTS or _TOLD.search(in_mandarin(line)) or is_of_an_order_placed(line):
        return None
    wished = [_wishes(part.group().strip()) for part in parts]
    kept = [wish or _counts(part.group().strip()) for wish, part in zip(wished, parts, strict=True)]
    if not any(kept):
        return None
    spoken = [in_mandarin(part.group().strip()) for part in parts]
    firsts = {
        at
        for at in range(len(parts) - 1)
        if not kept[at] and _WHICH_FIRST.fullmatch(spoken[at]) and _HOW_MANY.fullmatch(spoken[at + 1])
    }
    words, spans = list(" " * len(line)), list[tuple[int, int]]()
    for at, (part, keeps) in enumerate(zip(parts, kept, strict=True)):
        if at in firsts:
            words[part.start() : part.end()] = part.group()
            continue
        is_which = bool(spans) and not keeps and _ONLY_WHICH.fullmatch(in_mandarin(part.group().strip())) is not None
        if keeps or is_which:
            words[part.start() : part.end()] = part.group()
            start = parts[at - 1].start() if at - 1 in firsts else part.start()
            spans = [*spans[:-1], (spans[-1][0], part.end())] if is_which else [*spans, (start, part.end())]
    return Part(line, "".join(words), any(wished), tuple(spans))


@often
def tells_of_a_purchase(text: str) -> bool:
    """Whether the words tell of goods that were bought before."""
    return bool(_TOLD.search(in_mandarin(text)))


def _wishes(part: str) -> bool:
    words = in_mandarin(part)
    return wants_to_order(part) and not is_question(part) and not (BARGAINS.search(words) or _NOT_YET.search(words))


def _counts(part: str) -> bool:
    words = in_mandarin(part)
    is_counted = bool(_COUNTED.match(words) or _PLEASE.match(part))
    return is_counted and not is_question(part) and not _NOT_YET.search(words)


_MAY = re.compile(
    r"[要来來拿买買拍订訂发發]|[一二两兩三四五六七八九十俩\d] ?[^\W\d_a-z]|\b(?:please|pls|i(?:'|’)?ll|i(?:'|’)?d|i|one|two|three|four|five|six|\d{1,3})\b",
    re.IGNORECASE,
)
_ONLY_WHICH = re.compile(r"[^一二两三四五六七八九十\d]{1,7}的[吧呀啊呗]?")
"""What says which, behind what is ordered: 要两个，墨绿的."""
_WHICH_FIRST = re.compile(r"(?:那|就|我|还是|先|要|来|拿)*[^,，]{1,8}的[吧呀啊呗]?")
"""What says which, before how many: 50克的吧 两罐."""
_SIGNS = r"[,，、。;；!！?？\n~～]|\.(?=\s|$)"
_HAN = "[\u3400-\u9fff]"
_PARTS = re.compile(rf"(?:(?!{_SIGNS}|(?<={_HAN})\s|\s(?={_HAN})).)+(?:\s*[?？])?")
_TOLD = re.compile(
    r"[买拍付收订]了|要了(?=[一二两三四五六七八九十\d])|昨天|前天|上周|上个?月|[买拍下付收]过|收到|退|换|坏|破|少了|少发|漏|寄错|发错|上次|之前|取消|\b(?:bought|ordered|received|got|arrived|return|refund|broken|wrong|missing|cancel)\b",
    re.IGNORECASE,
)
"""What is counted beside these words was bought before."""
_NOT_YET = re.compile(
    r"的话|之前|样品|小样|样布|色卡|一个一个|一条一条|(?<![一-鿿])一个个|\b(?:samples?|swatch(?:es)?|before)\b",
    re.IGNORECASE,
)
"""What is supposed, or comes before an order."""
_MEASURES = f"[{COUNTERS}米]"
_NUMBERS = r"(?:[一二两三四五六七八九十俩]|\d{1,3})"
_COUNTED = re.compile(
    rf"^(?:那|就|再|还|先|我|嗯|好|行|ok|另外|帮我|给我|加|\s)*(?:[^一二两三四五六七八九十\d]{{1,14}}{_NUMBERS} ?{_MEASURES}吧?|{_NUMBERS} ?{_MEASURES}[^一二两三四五六七八九十\d]{{1,10}}|[要来拿买]{_MEASURES}[^一二两三四五六七八九十\d]{{1,8}}"
    rf"|(?:{_NUMBERS} ?{_MEASURES}[^一二两三四五六七八九十\d]{{1,8}}){{2,5}}|(?:[^一二两三四五六七八九十\d]{{1,10}}{_NUMBERS} ?{_MEASURES}){{2,5}}吧?"
    r"|(?:(?:^|,? and |, ?| )(?:an?|one|two|three|four|five|six|\d{1,2}) (?:of the )?[a-z][a-z -]{1,24}?){2,5})$",
    re.IGNORECASE,
)
_HOW_MANY = re.compile(rf"(?:那|就|先|我|要|来|拿|买)*{_NUMBERS} ?{_MEASURES}[吧呗哈]?")
_PLEASE = re.compile(r"^[a-z][a-z' -]{2,40},? please$", re.IGNORECASE)
