"""Few rules, exact ones, that come before the model: a wish for a person, bare numbers and greetings, threats and abuse."""

import re
from dataclasses import dataclass

from core.asks import Heard
from core.understanding.asks.alarms import ALARMS
from core.understanding.asks.turns_of_phrase import turn_of_phrase
from core.understanding.reading.extracting import Found
from core.understanding.words.rarely import Rare


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule that held: which ask it means, its name for /why, and what it adds to the details."""

    ask: str
    name: str
    adds: str = ""


BARE = frozenset({"bare greeting", "bare thanks", "bare answer"})
"""Rules of which nothing more is to be read."""
DENIED = "says that it is not asked for"


def alarm(folded: str) -> str:
    """`extortion`, `kickback`, `threat`, `harassment`, `abuse` or "": what the seller must see at once, whatever is asked."""
    return next((name for name in ALARMS if _RARE.search(name, folded)), "")


def rule(words: str, masked: str, found: tuple[Found, ...], heard: Heard) -> Rule | None:
    """The rule that decides a piece, or None. `words` is the folded piece, `found` what was extracted from it."""
    bare = _TRIM.sub("", words)
    if not bare:
        return None
    if len(found) == 1 and found[0].end - found[0].start >= len(bare) - 2 and found[0].kind == "tracking":
        return Rule("track", "bare tracking number")
    if _RARE.search("human", words) and not _NOT_HUMAN.search(words):
        return Rule("human", "asks for a person")
    if _GREETING.fullmatch(bare):
        return Rule("greeting", "bare greeting")
    if _THANKS.fullmatch(bare):
        return Rule("thanks_bye", "bare thanks")
    if _ANSWER.fullmatch(bare):
        return Rule("other", "bare answer")
    if _MY_ORDER.fullmatch(bare):
        return Rule("order_status", "the order, bare")
    if _DENIES.fullmatch(bare):
        return Rule("other", DENIED)
    if _NO_OTHER.fullmatch(bare):
        return Rule("other", "wants no other")
    if _RARE.search("photos", words):
        return Rule("spec", "asks for pictures", "photos")
    if _RARE.search("hours", words):
        return Rule("spec", "asks for the opening hours", "opening_hours")
    if _HAVE_YOU.fullmatch(masked.strip(" ,。!?~")) and not heard.last_products:
        # Of goods spoken of before, 有充电器吗 asks whether one is in the box.
        return Rule("stock", "asks for goods by name")
    if _HAVE_IN.fullmatch(masked.strip(" ,。!?~")):
        return Rule("stock", "asks for goods in a colour or a size")
    if (turn := turn_of_phrase(bare, masked)) is not None:
        return Rule(turn.ask, turn.name, turn.adds)
    return None


def wants_original(folded: str) -> bool:
    """Whether nothing else will do: 只要原装, original only, 不要推荐别的, no alternatives."""
    return _RARE.search("original", folded) is not None or _RARE.search("no other", folded) is not None


_TRIM = re.compile(r"^[\W_]+|[\W_]+$")

_HUMAN = re.compile(
    r"转(?:接)?人工|人工(?:客服|服务|$|吗|在)|(?:找|要|叫|换|接)(?:一?个)?(?:真人|人工|活人|(?:你们?)?(?:老板|店主|经理|主管|负责人|领导))|真人(?:客服|吗|在|$)|你们(?:的)?(?:老板|店主|经理|主管|负责人|领导|掌柜)(?:呢|人呢|在哪)|(?:叫|让|喊|请)(?:他|她|你们?|老板|掌柜|店主|经理|主管|领导|负责人)+(?:亲自|出|过)?来(?:一?下)?(?:跟|和|给|同)我(?:说|讲|谈|聊|解释)|(?:是|你)(?:不是)?机器人|不要机器人|"
    r"(?<![a-z])(?:(?:speak|talk|chat)(?:ing)? (?:to|with) (?:a |an |the |your |some )?(?:real |live |actual |human )?(?:human|person|agent|someone|somebody|representative|rep|manager|supervisor|operator|owner|seller|customer (?:service|support|care|assistance))|"
    r"(?:real|live|actual) (?:person|human|agent)|human agent|human being|are you (?:a |an )?(?:bot|robot|human|real)|is this (?:a )?bot)(?![a-z])"
)
_NOT_HUMAN = re.compile(
    r"人工(?:费|智能|制|草|皮|合成|成本|降解|湖)|不用(?:转|找)?人工|不需要人工|nice (?:to|talking)|great (?:to|talking)|enjoyed|thank"
)

_GREETING = re.compile(
    r"(?:(?:very )?(?:nice|good|lovely|fine|happy) (?:morning|afternoon|evening|day)|(?:hi |hello |hey |tell me |and )?(?:how are you|how're you|how is it going|how's it going|how are things|how do you do|how have you been|are you (?:doing )?(?:ok|okay|good|well|fine)|what's up|wassup|sup|salutations|(?:nice|pleased|good|great) (?:to meet|meeting) you)(?: \w+){0,3}|(?:亲|亲亲|嗨|哈喽|哈罗|hi+|hello+|hey+|hay|hiya|你好+|你们好|在|在在|老板|店家|店主|掌柜|客服|早|早安|早上好|上午好|中午好|下午好|晚上好|喂|有人|有人在|在不在|hello there|hi there|hey there|good (?:morning|afternoon|evening|day)|greetings|howdy|yo|anyone there|you there|are you there)"
    r"[\s,。!?~]*(?:吗|呢|啊|呀|哦|不|的|哈|滴|there)?[\s,。!?~]*){1,4}"
)
_DENIES = re.compile(
    r"(?:我|我们|也|又|并|可|真)*(?:不是|没说|没有说|没想|没打算|不打算|不想|不用|不需要|没要|没有要|不准备)(?:过|我)?(?:要|想|说|去|来|真)*(?:退货|退款|退钱|退换|换货|退|换|取消|投诉|催你?们?|砍价|还价|讲价|差评)(?:了|的|哈|啊|哦|呀|啦|意思|订单|这个|它)*|"
    r"(?:退货|换货|退款|退|换|补发|赔)(?:什么的|的话)?就(?:算了|不用了|免了|不必了)(?:吧|了|啦)*|"
    r"(?:i'm |i am |i was |we're |we are )?(?:just |really )*(?:not|never|wasn't)(?: really| even)? (?:asking|looking|trying|planning|wanting|here)(?: \w+){0,4} (?:refund|return|returning|cancel|cancelling|canceling|exchange|discount|complain)(?: \w+){0,2}|"
    r"(?:i'm |i am |we're )?not (?:complaining|returning (?:it|this|them)|cancell?ing(?: it)?)(?: \w+)?|"
    r"(?:i |we )?(?:won't|will not|don't|do not) (?:want to |need to |wish to |intend to |plan to |have to |even )*(?:bother |be )(?:return|refund|cancel|exchang|complain)\w*(?: \w+){0,2}"
)
"""不是要退货, not asking for a refund: the word is there, the wish is not."""
_THANKS = re.compile(
    r"(?:(?:好的?|嗯+|恩|哦|ok|okay|行|那|对的?|是的?|知道了|明白了|了解|great|alright|cool|perfect|yes|no)[\s,。!]*)?(?:(?:谢+|谢谢+|感谢|多谢|非常感谢|谢谢你|谢了|多谢[晒曬]|拜+|再见|拜拜|晚安|thanks?|thank you|many thanks|thanks a lot|thank you so much|thank you very much|bye+|goodbye|bye bye|good night|see you|take care|cheers)"
    r" ?(?:啦|了|啊|呀|哦|你|亲|哈|老板|客服|so much|a lot|very much|again|then|now|for now)?[\s,。!~]*)+|(?:it was |it's been )?(?:very )?(?:nice|great|good|lovely|wonderful|a pleasure)(?: to)? (?:talk|speak|chat|talking|speaking|chatting|see|seeing)(?:ing)?(?: \w+){0,3}|until next time|that's (?:all|it)(?: thanks?| thank you)?|that (?:is|will be) all(?: thanks?| thank you)?"
)
_ANSWER = re.compile(
    r"(?:好+|好的|好吧|好滴|好哒|好啊|嗯+|恩+|哦+|噢+|行|行吧|可以|可以的|是|是的|对|对的|没有|没有了|不是|不用|不用了|不要|不需要|知道了|明白|明白了|了解|收到|没事|没关系|算了|ok+|okay|okey|k|yes|yeah|yep|yup|no|nope|nah|sure|fine|alright|cool|got it|i see|understood|never mind|nvm|lol|haha+|哈+|呵+|嘿+|done|maybe|hmm+|oh+|ah+|(?:really |very |that's |oh )?(?:great|good|nice|awesome|perfect|excellent|wonderful|interesting|amazing|cool))"
    r"(?:的|了|吧|啊|呢|哦|呀|哈|亲)?"
)

_MY_ORDER = re.compile(
    r"(?:帮我|请|麻烦|想)*(?:查|看|问|查询)?(?:一?下)?(?:我的|俺的|我)(?:那个)?(?:订单|单子)(?:呢|状态|情况|进度|怎么样了?|怎样了?|咋样了?)?|(?:查|查询)(?:一?下)?(?:订单|单子)|"
    r"(?:check |see |show )?my orders?(?: status| please)*|(?:check )?order status(?: please)?"
)
_HAVE_YOU = re.compile(
    r"(?:请问|老板|你们?|家|店里?|亲|那|,| )*(?:有没有|有卖|卖不卖|卖|还有|有)(?:[●■]的?|大|小|一点的?|号的?){0,3}□(?:卖的?)?(?:吗|么|没有?|不|卖|呀|啊)?|"
    r"(?:hi |hello |hey )?(?:do |did )?you (?:guys )?(?:also |still )?(?:have|sell|carry|stock|got)(?: a| an| any| some| the)?(?: [●■])? □(?: in [●■]| for sale| in stock| available| please)?"
)
_HAVE_IN = re.compile(
    r"(?:请问|老板|你们?|家|店里?|亲|那|,| )*□(?:里|这款|那款|的|你们?)*(?:还?有没有|还?有)(?:[●■](?:色?的?)){1,2}(?:款|码|号)?(?:的)?(?:货|卖)?(?:吗|么|没有?|不|呢|呀|啊)?"
)
"""拖鞋有38号吗, 抱枕套有没有灰色的."""
_PHOTOS = re.compile(
    r"(?:图片?|照片|实拍|视频)(?:能|可以)?(?:发|给|拿)(?:来|给|个|张|几张|一?下)*(?:我)?(?:看看|看下|看一下|瞧瞧|看|瞧)|(?:有|发|拍|看|给|要|求|来)(?:没有|一?下|我|个|张|些|几张|点|一张|一个|你们)*(?:的)?(?:实物|真实|买家|细节|产品|实拍|高清|真人|上身|更多)(?:的)?(?:图|图片|照片|照|视频|拍)|实物图|实拍图?|买家秀|细节图|(?:有|发|拍)(?:没有|一?个|我|几张|张|一张)*(?:图片|照片|视频|图)(?:吗|么|看|给|吧|$|呢|我|来)|"
    r"(?<![a-z])(?:(?:any|have|got|send|see|share|post|more|some|real|actual|better|other|additional)\s(?:\w+\s){0,3}(?:pics?|pictures?|photos?|videos?|images?)|^(?:pics?|pictures?|photos?|images?)(?: please)?)(?![a-z])"
)
_HOURS = re.compile(
    r"(?:几点|什么时候|什么时间|几时|早上几点|晚上几点)(?:才)?(?:开门|关门|上班|下班|营业|开店|打烊|开始营业|休息)|营业时间|上班时间|工作时间|客服时间|(?:今天|周末|周日|周六|现在|节假日|过年|春节)(?:还|都)?(?:上班|营业|开门)(?:吗|不|么)|"
    r"(?<![a-z])(?:what time|when|what hours)(?: do| are| does| will)? (?:you|u|the shop|the store|your shop|your store|it)(?: guys)? ?(?:open|close|closed|opening|closing)|(?:opening|business|working|store|shop) hours|(?:are you|you guys|is the (?:shop|store)) open(?! to| for)"
)
_ORIGINAL = re.compile(
    r"(?:只要|就要|必须(?:是|要)?|一定要(?:是)?|要的?是|只买|只收)(?:\w{0,4})?(?:原装|正品|原厂|纯正|正版)|(?<![a-z])(?:original|genuine|authentic|oem) (?:only|ones? only|parts? only)|only (?:want |need |buy |accept )?(?:the )?(?:original|genuine|authentic|oem)(?![a-z])"
)
_NO_OTHER = re.compile(
    r"(?:不要|不用|别|不需要|不必)(?:再)?(?:给我|跟我)?(?:推荐|介绍|推)(?:别的|其他的?|其它的?|替代的?|类似的?|同类的?|另外的)?(?:款式?|东西|商品|产品|型号|牌子)?(?:给我)?(?:了|啊|哈)?|"
    r"(?:我)?(?:就|只)(?:想)?(?:要|买|看)这(?:一)?(?:款|个|件|双|条|只|种|台)(?:的|了)?|不(?:要|看|考虑|接受)(?:别的|其他的?|其它的?|替代品?|平替|别款)(?:款式?|了|的)?|"
    r"(?<![a-z])(?:i )?(?:just |only )(?:want |need )?(?:this|that) (?:exact |very |particular )?(?:one|model|item|product)(?: only)?(?![a-z]| left)|(?<![a-z])(?:this|that) (?:one|model) only(?![a-z])|"
    r"(?<![a-z])no (?:other )?(?:alternatives?|substitutes?|replacements?)(?: please)?(?![a-z])|"
    r"(?<![a-z])(?:please )?(?:don't|do not|no need to) (?:recommend|suggest|offer|show)(?: me)?(?: any)? (?:anything else|something else|others?|other ones?|alternatives?|substitutes?|another one)(?: please)?(?![a-z])"
)

_RARE = Rare(
    {"human": _HUMAN, "photos": _PHOTOS, "hours": _HOURS, "original": _ORIGINAL, "no other": _NO_OTHER, **ALARMS}
)
