"""Hearing what a buyer says to an offer: I take it, no thanks, or tell me when it is back."""

import re
from decimal import Decimal

from core.often import often
from core.regional import in_mandarin
from core.understanding.words.numerals import NUMERAL, number
from core.units import COUNTERS

_MEASURES = f"(?:[{COUNTERS}]|米(?![宽高长深]))"
WANTS = re.compile(
    rf"下单|落[单订]|拍下|各(?:来|要|拿)?(?:\d+|[一两俩三四五]){_MEASURES}|我拍(?![的了过])|我要了|要了|就要(这|它|他|那)|我要(这|那|它|\d|一|两|俩|三|几)|来(一|两|三|四|五|六|十|\d+){_MEASURES}|(都|全)要(了|吧)?\s*$|我买(?![的了过给])|就(?:它|这个|那个|这款|那款)(?:了|吧|啦)|(?<!不)要(?:这个|这款)(?:啦|吧)|买(一|两|三|四|五|六|十|\d+){_MEASURES}"
    rf"|^\s*(就|先)?(要|来|拿)?\s*(\d+|[一两二三四五六七八九十]|俩)\s*({_MEASURES}|PCS)吧?[。!！~]*\s*$"
    rf"|(?:\d+|[一二两三四五六七八九十俩])\s*{_MEASURES}(?:[、,，;；和]|\s).{{0,12}}?(?:\d+|[一二两三四五六七八九十俩])\s*{_MEASURES}\s*$"
    rf"|(怎么|点样?)(才|样才|先)?(可以|能|能够)?(下单|拍|买到?|订)(?!的)|给我(来|留|拿)|帮我(留|下单|拍)|要\s*(\d+|[一两二三四五六七八九十俩])\s*{_MEASURES}"
    rf"|(?<![不别])(?:要|来|拿|买)[^,，。不别问看等换退]{{0,12}}?(?:\d+|[一两二三四五六七八九十俩])\s*{_MEASURES}[吧呗哈了]?[。!！~]*\s*$"
    rf"|^(?:那|就|我|还是|先)*要[^,，。不别问看等换退]{{1,12}}[那这嗰𠮶]{_MEASURES}[吧呗]?[。!！~]*\s*$"
    rf"|^(?:那|就|我|还是|先)*(?:要|来|拿)个(?!.*(?:便宜|大|小|好|新|别|其他|长|厚))[^,，。不别问看等换退]{{1,8}}的[吧呗]?[。!！~]*\s*$"
    r"|(?<=[^\d.\s])\s?[x×*]\s?\d{1,2}(?![\d.]|\s?(?:cm|mm|m\b|厘米|米|公分|x|×|\*))(?=[,，、;；。.!！\s]|$)"
    rf"|(?<![没未才只])发(?:\d+|[一二两三四五六七八九十俩]){_MEASURES}(?:吧|过来)?[。!！~]*\s*$"
    r"|\bi(?:'|’)?ll? take\b|\bi(?:'|’)?d like to (?:buy|order|get)\b|\bi (?:want|would like) to (?:buy|order)\b|\bi(?: want| need| would like|['’]d like) (?:\d+|one|two|three|four|five|both|this one|that one|all of them)\b|\bplace an order\b"
    r"|^\s*(?:(?:ok|okay|alright|fine|great|yes|yeah|cool|sure|then|just|so)[ ,]+)*(?:\d+|one|two|three|four|five|six) of (?:these|those|them)(?: please| pls)?\s*(?:[,.!;]|$)"
    r"|^\s*(?:(?:ok|okay|alright|fine|great|yes|yeah|cool|sure|then|just|so)[ ,]+)*(?:\d+(?: ?(?:m|met(?:er|re)s?|yards?|pcs|pairs?|sets?))?(?: of)?|one|two|three|four|five|six) (?!(?:questions?|things?|min\w*|days?|more|quick)\b)(?:[a-z-]+ ){0,9}(?:please|pls|then)[.!]*\s*$"
    r"|^\s*(?:just |ok |only |so |then |and )*(?:\d+|one|two|three|four|five|six) ?(?:pcs?|pieces?|pairs?|sets?|met(?:er|re)s?|yards?|of (?:them|these|those))(?: please| pls| then)*[.!]*\s*$"
    r"|^\s*(?:(?:and|also|plus) )+(?:\d+|one|two|three|four|five|six) (?!(?:questions?|things?|min\w*|days?|more)\b)[a-z][^?？]*$"
    r"|\b(?:i(?:'|’)?d like|i would like|i want|i need|can i (?:have|get|order)|could i (?:have|get|order)|i(?:'|’)?ll have)(?: to (?:buy|order|get))? (?:an?|the|some|\d+|one|two|three|four|five|six) [^?？]*?(?:,|\band\b) ?(?:an?|the|some|\d+|one|two|three|four|five|six) "
    r"|^\s*(?:(?:hi|hello|hey|please|ok|okay)[ ,!]+)*(?:one|two|three|four|five|six|\d{1,3}) [a-z][^?？]*?(?:,|\band\b) ?(?:and )?(?:an?|the|\d{1,3}|one|two|three|four|five|six) [a-z]"
    r"|\bi(?:'|’)?ll (?:buy|have|get) (?:it|one|this|that|\d)|\bhow (?:do|can) i (?:order|buy)\b|\bput me down for\b",
    re.IGNORECASE,
)
NEGATED = re.compile(
    r"(?:拍|买|要|下单)了.{0,10}(?:只|才|没|少|还|却|但|怎么|缺)|(?:只|才)(?:来|收|到|有|发)|不要了|不下单|别下单|先不|不买|取消|\bnot? (?:buy|order|take)|\bwon(?:'|’)?t\b|\bdon(?:'|’)?t\b",
    re.IGNORECASE,
)


WONDERED = re.compile(
    r"[吗么]\s*[?？]*\s*$|够不够|行不行|是不是|半价|怎么算|打几?折|能不能|可以不|多少|几[天时]|什么时候|\bif (?:i|you)\b|\benough\b",
    re.IGNORECASE,
)
HOW = re.compile(
    r"(怎么|点样?)(才|样才|先)?(可以|能|能够)?(下单|拍|买到?|订)(?!的)|\bhow (?:do|can) i (?:order|buy)\b",
    re.IGNORECASE,
)


DECIDED = re.compile(
    r"(?:^|[\s,，。!！;；~])(?:(?:好的?|行|嗯+|ok|okay|那)[\s,，]*)?(?:那?就)?(?:(?:它|这个|那个|这款|那款|这条|这件)[了啦]|(?:要|买|拍|订)(?:它|这个|那个|这款|那款)[了啦]|我要了|我拿了|定了|我下单了?|帮我下单)(?:吧|啊|哈|哦)?(?=$|[\s,，。!！;；~])"
    r"|(?:^|[,.!;] ?)(?:(?:ok|okay|great|perfect|lovely|right|so|then|yes),? )*(?:i(?:'|’)?ll (?:take|have|get) (?:it|this|that|this one|that one)|this one please|sold)(?: please| then)?(?=$|[,.!;])",
    re.IGNORECASE,
)
"""What settles it, whatever is asked besides: 就它了 包好看点 可以写贺卡吗."""
BARGAINS = re.compile(
    r"便宜|优惠|打折|包个?邮|免邮|抹零|少[点一\d]|如果|要是|\bif\b|\bcheaper\b|\bdiscount|\bfree (?:shipping|delivery|postage)",
    re.IGNORECASE,
)


@often
def wants_to_order(text: str) -> bool:
    """Whether the words, or one line of them, say in either language and script that the buyer wants to order now, or ask how."""
    text = in_mandarin(text)
    if NEGATED.search(text):
        return False
    if DECIDED.search(text) and not BARGAINS.search(text):
        return True
    lines = dict.fromkeys((text, *text.splitlines()))
    return any(HOW.search(line) or (WANTS.search(line) and not WONDERED.search(line)) for line in lines)


NO = re.compile(
    r"^((那|还是)?我?就?(先)?(不用|不要|不必)(了|啦)?|(那|还是)?就?(先)?算了(吧)?|(那|还是)?(下次|改天)吧?|(那|还是)?我?先不(买|要|拍)了?|(那|还是)?我?就?不(买|要|拍)了|不(需要|考虑)(了)?|没事(了)?|再(看看|说)(吧)?|我?再(想想|看看)(吧)?"
    r"|no(,? thanks?( you)?)?|never ?mind|not (?:now|really|interested)|maybe later|i(?:'|’)?ll (?:pass|think about it))[。.!！~～\s谢谢亲]*$",
    re.IGNORECASE,
)
NOTICE = re.compile(
    r"(到|来|补|上|有)(了|到|货)+(的话)?[,，]?.{0,3}(通知|告诉|喊|叫|提醒)(我|一声|一下)|(到|有|来|补|上)(了)?货(了)?.{0,6}(告诉|通知|喊|叫|说|提醒|吱)|(通知|告诉|提醒)我?.{0,4}(到|有|补)货"
    r"|^(?:好[的吧啊]?|行吧?|嗯+|那?可以)?[\s,，]*(?:那)?(?:就)?(?:到时候?)?(?:记得)?(?:通知|提醒|告诉)(?:我|俺)(?:一?[下声])?(?:吧|哈|哦)?[。!！~\s]*$"
    r"|^(?:(?:ok|okay|yes|sure|great|then|please)[ ,]+)*(?:do )?let me know(?: please| then| thanks?)*[.!\s]*$"
    r"|(tell|notify|let|message|text|ping) me (?:know )?(?:when|if|once|as soon as|the moment)\b.{0,60}\b(back|available|in stock|restock|arriv)"
    r"|(tell|notify|let|message|text|ping) me.{0,20}(back|available|in stock|restock|arriv|know when)",
    re.IGNORECASE,
)


def agreed_price(text: str) -> Decimal | None:
    """The sum that is all a line says besides a yes: 238就238, 行，两百三, ok 238 then."""
    folded = in_mandarin(text).casefold().strip()
    match = _TWICE.fullmatch(folded) or _YES_TO.fullmatch(folded)
    if match is None:
        return None
    amount = number(match["sum"])
    return amount if "again" not in match.groupdict() or number(match["again"]) == amount else None


_SUM = rf"[¥￥$€£]?\s?(?P<{{}}>\d[\d,]*(?:\.\d{{{{1,2}}}})?|{NUMERAL})\s?(?:元|块钱?|圆|蚊|yuan|rmb)?"
_LEAD = r"(?:好[的吧嘞啊]?|行[吧啊]?|成[交吧]?|可以|嗯+|ok|okay|yes|sure|fine|alright|deal|all right)[,，。、!！\s]*"
_THEN = "(?:那就|就|那)?"
_CLOSE = r"[\s,，]*(?:吧|了|呗|就(?:这样|它|这个)?|要了|我要了|成交|then|it is|please)*[。.!！~\s]*"
_TWICE = re.compile(rf"(?:{_LEAD})*{_THEN}{_SUM.format('sum')}就{_SUM.format('again')}{_CLOSE}")
_YES_TO = re.compile(rf"(?:{_LEAD})+{_THEN}{_SUM.format('sum')}{_CLOSE}")


@often
def declines(text: str) -> bool:
    """Whether the whole line is a no to what was offered."""
    return bool(NO.match(in_mandarin(text).strip()))


@often
def wants_notice(text: str) -> bool:
    """Whether the line asks to be told when a thing is back."""
    return bool(NOTICE.search(in_mandarin(text)))
