"""Lines that only say which goods: 四件套 1.5的 粉色, ok the green one then, 想要个窗帘. A shopkeeper answers those as if asked."""

import re

from core.asks import Heard
from core.understanding.goods import products
from core.understanding.model.mind import Mind
from core.understanding.reading.reading import Reading, read
from core.understanding.reading.splitting import looks_like_question
from core.understanding.words.goods import NOT_GOODS, product_tokens
from core.units import COUNTERS

LONGEST, LONGEST_EN = 60, 120
"""Characters; what is longer tells a story."""
AFTER_A_PURCHASE = frozenset(
    "track order_status change_order change_address cancel return_exchange refund warranty damaged missing_item complaint".split()
)
"""Behind these asks a name says which of the things bought is meant."""


def says_which(words: str, heard: Heard, mind: Mind) -> bool:
    """Whether the words are goods, or a colour or size of what was spoken of last, and nothing besides courtesies."""
    reading = _read(words, mind)
    if reading is None or heard.last_ask in AFTER_A_PURCHASE:
        return False
    left = _hidden(reading, _words_of_goods(reading, heard, mind))
    return "□" in left and not _IDLE.sub("", left.replace("□", " ")).strip()


def wishes_for_goods(words: str, mind: Mind) -> bool:
    """Whether the words say that goods of some kind are wanted, and perhaps what they are wanted for."""
    reading = _read(words, mind)
    if reading is None or looks_like_question(reading.folded):
        return False
    return bool(_WISH.search(_hidden(reading, _words_of_goods(reading, Heard(), mind))))


def asks_whether_there(words: str, mind: Mind) -> bool:
    """Whether the words ask if there are goods of some kind, and nothing besides: 有没有亚麻围裙, any wool blankets?"""
    if not _MAY_ASK_WHETHER.search(words):
        return False
    reading = _read(words, mind)
    if reading is None:
        return False
    hidden = _hidden(reading, _words_of_goods(reading, Heard(), mind))
    things = sum(
        sign == "□" for _, _, sign in reading.signs
    )  # 卫衣有帽子吗 asks what the one has, and not for the other
    return bool(_WHETHER.search(hidden)) or (things < 2 and bool(_WHETHER_IN_THAT.search(hidden)))


def requests(words: str) -> bool:
    """Whether an English line asks politely to have something: can I get a picnic mat please. What it is decides what it asks."""
    return bool(_REQUESTS.search(words))


def _read(words: str, mind: Mind) -> Reading | None:
    """The words read, None where they are too long or tell of something else."""
    if mind.index is None or not words.strip() or len(words) > (LONGEST_EN if words.isascii() else LONGEST):
        return None
    reading = read(words, mind.regions, mind.index.called)
    holds_more = any(one.kind not in ("number", "quantity") for one in reading.found) or reading.places
    return None if holds_more or _TELLS.search(reading.folded) or _OTHERWISE.search(reading.folded) else reading


def _hidden(reading: Reading, words: frozenset[str]) -> str:
    """The folded text with one □ for all goods, colours and sizes that stand together."""
    folded = reading.folded
    covered = bytearray(len(folded))
    spans = [(start, end) for start, end, sign in reading.signs if sign in "□●■"]
    for word in words:
        border = r"s?(?![a-z])" if word.isascii() else ""
        pattern = f"(?<![a-z]){re.escape(word)}{border}" if border else re.escape(word)
        spans += [match.span() for match in re.finditer(pattern, folded)]
    for start, end in spans:
        covered[start:end] = b"\x01" * (end - start)
    return _RUN.sub("□", "".join("□" if hidden else sign for sign, hidden in zip(folded, covered, strict=True)))


def _words_of_goods(reading: Reading, heard: Heard, mind: Mind) -> frozenset[str]:
    """The words of a line that are those of the goods it may mean: of those it names, or of those spoken of last."""
    index = mind.index
    assert index is not None
    match = products.find(reading.folded, index)
    families = {match.family, *match.choices} - {-1}
    families |= {index.family_of[sku] for sku in heard.last_products if sku in index.family_of}
    return frozenset(
        word
        for word in product_tokens(reading.folded).all
        if len(word) > 1 and word not in NOT_GOODS and any(word in index.names[family] for family in families)
    )


_REQUESTS = re.compile(
    r"(?<![a-z])(?:can|could|may|might) (?:i|we) (?:please )?(?:get|have|order|buy|take) (?:an?|the|some|one|two|three|four|five|six|\d{1,3}) |"
    r"(?<![a-z])(?:the )?[a-z-]+ ones?,? please(?![a-z])",
    re.IGNORECASE,
)
_RUN = re.compile("□+")
_WISH = re.compile(
    r"(?:想要?|要|想买|看中|看上|相中|喜欢|种草|需要|找|求购?|打算买|准备买|看看|看下|看一下|问一?下|想问)(?:买|看看|看|找|入手|来)?(?:一?[个款件条双套张块只把对]|[几两一二三四五六七八九十\d]{1,3}[个款件条双套张块只把对]|点|些)?[^,。!?;\n]{0,6}□|"
    r"^(?:(?:hi|hello|hey)[ ,]+)?(?:need|want)(?: [a-z0-9]+){0,3} □|"
    r"(?<![a-z])(?:looking for|look for|i'm after|^after|(?<=[,;]) after|i need|i want|i'd like|i would like|searching for|want to buy|like to buy)[^,.!?;\n]{0,30}□"
)
"""A wish with goods right behind it."""
_MAY_ASK_WHETHER = re.compile(r"^.{0,24}[有冇]|^.{0,12}(?:\bany\b|do you|have you)", re.IGNORECASE | re.DOTALL)
_BEFORE = r"(?:(?<![a-z])(?:hi|hello|hey)(?![a-z])|你好|您好|哈喽|请问|想问一?下?|[~!]|老板|掌柜|店家|亲|你们|您|这里|这边|店里|家里?|那|,|\s)*"
_THING = r"□(?:的[一-鿿](?=□|[\s,?还现有吗嘛么不没]|$)|公分|厘米|[的号码色款寸]|[\s,]*□)*"
"""Goods by some of their words, a short name of theirs behind: 苹果15pro的壳 薄荷绿."""
_WHETHER = re.compile(
    r"^(?:请问|想问一?下|老板|掌柜|店家|亲|你们|您|这里|这边|店里|家里?|还|,|\s)*(?:有没有[一-鿿]{0,4}□(?:卖|吗|呢|啊|呀)?|有[一-鿿]{0,4}□(?:卖的?)?(?:吗|嘛|么|不|没有?))\s*[?]?\s*$|"
    rf"^{_BEFORE}(?:还|现在)?有没有(?:{_THING})(?:卖|货|现货)?(?:吗|呢|啊|呀)?\s*[?]?\s*$|^{_BEFORE}(?:{_THING})(?:你们|店里|现在|还|的)*(?:有没有(?:货|现货|卖)?|有(?:货|现货|卖)?(?:吗|嘛|么|不|没))(?:呢|啊|呀)?\s*[?]?\s*$|"
    r"^(?:(?:hi|hello|hey)[ ,]+)?(?:do you (?:have|sell|carry|stock)|have you got|(?:got )?any|are there any)(?: any| some| an?)?(?: (?!other|more|left|else)[a-z]+){0,2} □s?(?: please)?\s*[?]?\s*$"
)
_WHETHER_IN_THAT = re.compile(
    rf"^{_BEFORE}(?:{_THING})(?:你们|店里|现在|还)*有(?:没有)?(?:{_THING})(?:吗|嘛|么|不|没|呢|啊|呀)+\s*[?]?\s*$"
)
"""苹果16有薄荷绿的壳吗."""
_TELLS = re.compile(
    r"[了过]|买的|拍的|收到|上次|上回|之前|昨|不(?:要|想|需要|喜欢|买)|别|我的|(?<![a-z])(?:bought|(?<!you've )(?<!you have )got|had|ordered|received|was|were|my order|don't|not|no|didn't)(?![a-z])"
)
_OTHERWISE = re.compile(
    r"退|换|取消|改|发票|地址|催|投诉|坏|破|赠|送[一个的我]|配|搭|(?<![a-z])(?:refund|return|exchange|cancel|change|invoice|address|broken|instead|free|match)(?![a-z])"
)
_IDLE = re.compile(
    rf"[一二两三四五六七八九十几\d][{COUNTERS}]|"
    r"(?<![a-z])x(?=\s?\d)|(?:[那这]个?(?:什么|啥)|我|我们|家里?|想|想要|要|来|看看|看一?下|看|买|找|[一二两三四五六七八九十几]?[个只条件双套对款种张块把米]|那|这|就|吧|呗|的|嘞|哒|咯|喽|啦|哟|呐|色|号|码|呀|啊|哦|呢|哈|亲|谢谢?|多谢|麻烦|老板|掌柜|店家|你好|您好|在吗|请问|好|嗯|行|里|和|跟|还有|先|再|是|给|底色?|底子|纹路?)|"
    r"(?<![a-z])(?:a|an|the|ones?|in|size|colou?r|ok|okay|so|then|please|hi|hello|hey|i|i'd|i'll|want|need|like|to|get|buy|see|take|with|and|or|also|for|me|my|maybe|just|this|that|these|those|actually|some|pairs?|sets?|of|one|two|three|four|five|six|thanks?|thank you|cheers)(?![a-z])|"
    r"\d|[^\w□]"
)
"""Words beside a name that ask and tell nothing."""
