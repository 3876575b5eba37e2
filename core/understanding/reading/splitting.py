"""One message into pieces, each of which can be asked about on its own."""

import re

from core.frozen import frozen
from core.understanding.reading.extracting import Found

MOST_PIECES = 12
LONGEST_PIECE = 200


@frozen
class Piece:
    """folded[start:end], without the signs around it. `is_question` when it looks like one."""

    start: int
    end: int
    is_question: bool


def split(folded: str, found: tuple[Found, ...]) -> list[Piece]:
    """At most 12 pieces of at most 200 characters, in order; never a cut inside something extracted."""
    inside = bytearray(len(folded))
    for one in found:
        inside[one.start : one.end] = b"\x01" * (one.end - one.start)
    pieces: list[Piece] = []
    at = 0
    for match in _CUT.finditer(folded):
        start, end = match.span()
        if start < end and any(inside[start:end]):
            continue
        _add(pieces, folded, at, start, match.group(), inside)
        at = end
    _add(pieces, folded, at, len(folded), "", inside)
    return pieces[:MOST_PIECES]


def looks_like_question(words: str, stop: str = "") -> bool:
    """Whether a piece asks, by its sign, its last word or its first."""
    return "?" in stop or "?" in words or _QUESTION.search(words) is not None


def looks_like_request(words: str) -> bool:
    """Whether a piece asks for something to be done or told, in any mood."""
    return _REQUEST.search(words) is not None


def _add(pieces: list[Piece], folded: str, start: int, end: int, stop: str, inside: bytearray) -> None:
    while start < end and not (inside[start] or folded[start].isalnum() or folded[start] in _OPENING):
        start += 1
    while end > start and not (inside[end - 1] or folded[end - 1].isalnum() or folded[end - 1] in _CLOSING):
        end -= 1
    also = _ALSO.match(folded, start, end)
    if also is not None and also.end() < end:
        start = also.end()
    hail = _HAIL.match(folded, start, end)
    if hail is not None and hail.end() < end:
        # "你好多少钱" greets and asks.
        pieces.append(Piece(start, hail.end("it"), False))
        start = hail.end()
    if start < end:
        end = min(end, start + LONGEST_PIECE)
        pieces.append(Piece(start, end, looks_like_question(folded[start:end], stop)))
    elif "?" in stop and pieces and not pieces[-1].is_question:
        pieces[-1] = Piece(pieces[-1].start, pieces[-1].end, True)


_HAIL = re.compile(
    r"(?P<it>(?:亲亲?(?![自测戚爱人子手友朋们])|你们?好|哈喽|嗨|(?:hi|hello|hey|hiya)(?: there)?(?![a-z])|good (?:morning|afternoon|evening|day)(?![a-z]))[呀啊啦]?)[\s,]*(?![吗么呢])"
)
_OPENING = "#$¥€£+◆№☎"
_CLOSING = "%)+°]"

_HAN = "[\u3400-\u9fff]"
_CUT = re.compile(
    # 1.5 and 1,200 stay whole; so do t-shirt and don't.
    rf"[。!?;\n~]+|,(?!\d)|(?<!\d),|、(?!\d)|\.(?=\s|$|{_HAN})|\.{{2,}}|(?<={_HAN})\s+(?={_HAN}|\d)|(?<=\d)\s+(?={_HAN}{{2}})|(?<=[吗呢])(?<!干吗)(?={_HAN}{{2}})|\s{{3,}}|"
    # Conjunctions that open a new question, never 还有货吗 or 还有没有.
    r"(?=(?<=[^是\s,。])(?:另外|顺便|以及|对了|还有就是|还有个问题|再问下|再问一下|然后就是)[^的一])|"
    r"(?<![a-z])(?:and also|also|btw|by the way|plus|oh and)(?![a-z])|"
    r"(?<=[a-z0-9]) (?:and|but|or) (?=(?:do|does|did|can|could|is|are|will|would|has|what|when|where|how|which|who|why)\b)"
)
_ALSO = re.compile(r"(?:(?:and|also|plus) )+")
"""What ties a sentence to the one before it: "and can you …" asks what "can you …" does."""
_QUESTION = re.compile(
    r"吗|(?<![没有不]货)呢$|么$|什么|怎么|怎样|咋|啥|多[大重长高宽厚深远快粗]|为什么|多少|多久|几[个天点件号时块张种款月折]|哪[里个款种家些儿天]?|是不是|有没有|能不能|可不可以|可以不|行不行|好不好|要不要|会不会|没有[啊呀呢]?$|不$|否$|谁|如何|何时|还是.+的$|不对$|"
    # "到没", "送不送", "补没补", "是一只还是一双", "寄修还是上门": asked without a word that asks.
    r"没[啊呀呢]?$|([\u4e00-\u9fff])(?:不\1(?<!时不时|动不动)|没\1)|是.{1,10}还是|^[^不没]{2,8}还是(?![这那很有要会老想觉])[^不没了]{2,8}$|"
    r"^(?:what|when|where|which|who|whose|how|why|can|could|do|does|did|is|are|was|were|will|would|have|has|may|any|got|should|shall|am)(?![a-z])|(?<![a-z])(?:how much|how many|how long|what is|what's|right\?|any chance|or (?:nah|no|not)$)|"
    # "leaving friday, will i have it by then", "you got this in red".
    r"(?<![a-z'])(?:(?:do|does|did|are|can|could|will|would|should|have|has) (?:i|you|it|they|we|these|those|there)|(?:am i|is (?:it|there))|you (?:got|have) (?:any|this|these|it))(?![a-z'])"
)
_REQUEST = re.compile(
    r"吗|呗|呢$|么$|帮|麻烦|请|给我|我要|我想|想要|需要|能|可以|怎么|什么|多少|几|哪|快点|尽快|赶紧|记得|不要|别|(?:吧|下)$|转人工|取消|改|换|退|催|查|开|发票|^求|拜托|推荐一?[个款下]|(?<![a-z])(?:please|can|could|want|need|would|i'd|how|when|where|what|which|help|cancel|change|return|refund|track|check|tell|give|send|get|make|let)(?![a-z])|"
    r"^(?:add|pick|knock|throw|swap|switch|put|leave|ship|post|deliver|hold|save|wrap|drop|update|fix|stop)(?![a-z])"
)
