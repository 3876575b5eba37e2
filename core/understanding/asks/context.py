"""What a short line means after what was said before: 那这个呢, 多少, a bare number, yes and no.

The words are looked at first and what was heard only where they call for it: a line is remembered for all chats that differ in
nothing it looked at (`model/remembering.py`).
"""

import re

from core.asks import Heard
from core.understanding.words.attributes import attributes

NEEDS_PRODUCT = frozenset({"stock", "price", "haggle", "spec"})
"""Asks that cannot be answered without knowing which product is meant."""


_ASKED_TOO = frozenset({"stock", "price", "spec", "ship_when", "ship_eta"})
_OF_ANY_GOODS = frozenset({"ship_when", "ship_eta", "ship_fee", "ship_to", "carrier", "promo", "payment"})
_NOT_OF_ANOTHER = frozenset({"haggle", "promo"})
_NOT_AGAIN = frozenset({"greeting", "thanks_bye", "other", "human", "complaint", "praise"})


def points_back(folded: str) -> bool:
    """Whether a text points at something spoken of before: 这个, 它, it, this one."""
    return _BACK.search(folded) is not None


def same_again(words: str, heard: Heard) -> str:
    """The ask that an elliptic piece repeats for another thing (那这个呢, 蓝色的呢, and the red one?), or ""."""
    words = _WELL.sub("", words.strip())
    if _ITS_DETAIL.fullmatch(words):
        return "spec"
    if not _AGAIN.fullmatch(words):
        return ""
    if _WHAT_IT_IS.fullmatch(words):
        return "spec"
    asked_of_colours = heard.last_ask == "spec" and _OF_COLOURS.search(heard.previous)
    if (heard.last_ask in _NOT_OF_ANOTHER or asked_of_colours) and attributes(words):
        return "stock"  # of another colour or size it is asked whether it is there, not whether it is cheaper
    return "" if heard.last_ask in _NOT_AGAIN else heard.last_ask


def is_of_another(words: str) -> bool:
    """Whether a piece only turns to another thing: what about the oven mitts."""
    return _AGAIN.fullmatch(words.strip()) is not None


def asked_too(ask: str, heard: Heard) -> tuple[str, ...]:
    """What was asked together with this ask, and is asked again with it: 有货吗，什么时候发货, and then 藏青的呢."""
    return tuple(one for one in heard.asked_with if one in _ASKED_TOO) if ask == heard.last_ask else ()


def is_of_any_goods(ask: str) -> bool:
    """Whether the answer is the same whichever goods are meant: behind it, of another thing, it is asked whether it is there."""
    return ask in _OF_ANY_GOODS


def bare_amount(words: str, heard: Heard) -> str:
    """What a bare number or a bare 多少 means: a price offered while bargaining, a price where a price was spoken of."""
    words = words.strip()
    if _HOW_MUCH_MORE.fullmatch(words) and heard.last_ask == "carrier":
        return "carrier"
    if _HOW_MUCH.fullmatch(words):
        return (
            "price"
            if heard.last_ask in ("price", "stock", "spec", "promo", "recommend", "haggle")
            else "ship_fee"
            if heard.last_ask == "ship_fee" or (heard.last_ask in ("ship_to", "carrier") and "钱" not in words)
            else ""
        )
    if _BARE_NUMBER.fullmatch(words) and (heard.last_ask == "haggle" or _BARGAINING.search(heard.previous)):
        return "haggle"
    return ""


def so_many(words: str, heard: Heard) -> str:
    """The ask that an amount alone repeats: 3m?, 两双吗, behind what one costs or whether it is there."""
    if not _SO_MANY.fullmatch(words.strip()) or heard.last_ask not in ("price", "stock"):
        return ""
    return heard.last_ask


def is_only_measured(words: str) -> bool:
    """Whether a piece only says how large a thing is, behind an ask of the same message: 2m wide."""
    return _MEASURED.fullmatch(words.strip()) is not None


def tells_size(words: str) -> bool:
    """Whether a line only says which size of what is spoken of is meant, and is no bare number: 宽150的, 2m wide."""
    return is_only_measured(words) and _SIZE_TOLD.search(words) is not None


def bare_wait(words: str, heard: Heard, is_of_arriving: bool = False) -> str:
    """要多久 or 要等一个月吗 alone: until it leaves or until it arrives, by what the other side spoke of last; until it arrives,
    where the same message says where (寄到成都，大概几天), or asks whether it can be sooner."""
    if not (_HOW_LONG.fullmatch(words.strip()) or _SO_LONG.fullmatch(words.strip())):
        return ""
    if is_of_arriving and heard.last_ask not in _OF_RETURNS:
        return "ship_eta"
    if re.search(r"发货|发出|寄出|dispatch|ship out", heard.previous) and not re.search(
        r"到货|送达|到达|天到|arriv", heard.previous
    ):
        return "ship_when"
    if re.search(r"退款|到账|refund", heard.previous) or heard.last_ask == "refund":
        return "refund"
    if re.search(r"开票|发票|invoice", heard.previous) or heard.last_ask == "invoice":
        return "invoice"
    if heard.last_ask in ("ship_when", "ship_eta", "stock", "return_exchange", "warranty"):
        return heard.last_ask
    if heard.last_ask == "ship_to":
        return "ship_eta"
    return "ship_eta" if re.search(r"快递|物流|到货|送达|天到|配送|arriv|deliver", heard.previous) else ""


def asks_sooner(words: str) -> bool:
    """Whether nothing but 能快点吗 stands there."""
    return _SOONER.fullmatch(words.strip(" ,。.!?~")) is not None


def sooner(words: str, told: str, heard: Heard) -> str:
    """能快点吗, behind a wait that is `told` in the same message or a talk of parcels: asks whether it leaves or arrives sooner."""
    if not _SOONER.fullmatch(words.strip()):
        return ""
    if heard.last_ask in ("ship_when", "ship_eta"):
        return heard.last_ask
    if heard.last_ask in _OF_PARCELS:
        return "ship_eta"
    return "ship_when" if _TELLS_OF_LEAVING.search(told) else "ship_eta" if _TELLS_OF_A_WAIT.search(told) else ""


def who_pays(words: str, heard: Heard) -> str:
    """运费谁出, once a return or a repair was spoken of: the postage of that, not that of a purchase."""
    if not _WHO_PAYS.fullmatch(words.strip()):
        return ""
    if heard.last_ask not in _OF_RETURNS and heard.last_ask != "warranty" and not _RETURNS.search(heard.previous):
        return ""
    return "warranty" if heard.last_ask == "warranty" else "return_exchange"


_SO_LONG = re.compile(
    r"(?:啊|真的|不会|怎么|为什么|那|还|是不是|难道|,| )*(?:要|得|需要)?(?:等|等待)?(?:这么久|那么久|这么长时间|半个?多?月|(?:一两|两三|好几|几|[一二两三四五六七八九十]+|\d{1,3})(?:个半?多?月|多?天|周|个?多?星期|个?多?礼拜|多?日))(?:左右|之久|以上)?(?:吗|么|啊|呀|呢|吧)*|"
    r"(?:so |really |wait |and |,| )*(?:is (?:it|that) )?(?:a|an|one|two|three|four|five|six|\d{1,2}) (?:whole |full )?(?:days?|weeks?|months?)|(?:so|that|this) long"
)
_OF_PARCELS = frozenset({"ship_to", "carrier", "ship_fee", "track", "order_status"})
_SOONER = re.compile(
    r"(?:那|就|请|请问|麻烦|拜托|你们?|帮我|给我|还|有没有|,| )*(?:(?:能不能|可不可以|可否|能否|能|可以|会不会|可唔可以)(?:再|稍微|尽量)?(?:给我|帮我|安排|弄)?)?(?:再)?(?:加?快|早)(?:一?点|一?些|点儿|一下|速度)(?:的|吗|么|嘛|不|呢|吧|啊|呀|行吗|行不行|可以吗|可不可以|好吗)*|"
    r"(?:and |so |please |,| )*(?:(?:can|could|would|will) (?:you|it|that|this|they|we|i)(?: please)?(?: be| make (?:it|that|this)| do (?:it|that)| get (?:it|here)| get it here| have it| come| go)?(?: (?:any|a bit|a little))? (?:faster|quicker|sooner|earlier|speed (?:it|that|this|things) up|hurry(?: it)?(?: up)?)(?: please)?|(?:is there )?(?:anything|any way|something|any option)(?: to (?:make|get) it)? (?:faster|quicker|sooner)|(?:any|a bit) (?:faster|quicker|sooner))"
)
_TELLS_OF_LEAVING = re.compile(
    r"发货|发出|寄出|出货|才发|(?<![a-z])(?:dispatch\w*|ship(?:s|ped)? out|leaves?|sent? out)(?![a-z])"
)
_TELLS_OF_A_WAIT = re.compile(
    r"到|等|久|快递|物流|送|[天周月]|星期|礼拜|(?<![a-z])(?:days?|weeks?|months?|arriv\w*|deliver\w*|wait\w*|long|ship\w*)(?![a-z])"
)
_OF_RETURNS = frozenset({"return_exchange", "damaged", "missing_item"})
_RETURNS = re.compile(r"退货|换货|寄回|退换|(?<![a-z])(?:return|exchange|send it back)")
_WHO_PAYS = re.compile(
    r"(?:那|那么|请问)*(?:谁|哪个|哪边|哪方)(?:来|要)?(?:出|付|承担|负责|给)(?:来回|往返|退货|换货|寄回|的)*(?:运费|邮费|快递费|邮资)(?:呢|啊|呀)?|"
    r"(?:那|那么|请问|来回|往返|退货|换货|寄回|寄回去|的|是|要|这个)*(?:运费|邮费|快递费|邮资)(?:的话|呢|是|要|由|算)*(?:谁|我|自己|你们?|卖家|买家|商家)?(?:自己|来|这边|们)*(?:出|付|承担|负责|垫|给|掏|报)(?:吗|呢|啊|呀|的|钱)*|"
    r"(?:and )?who (?:pays|covers|is paying|would pay|has to pay)(?: for)? (?:the )?(?:return )?(?:postage|shipping|delivery)(?: fee| cost| costs)?(?: back)?|"
    r"(?:and )?(?:do i|will i|would i) (?:have to |need to )?(?:pay|cover)(?: for)? (?:the )?(?:return )?(?:postage|shipping)(?: fee| cost| costs)?(?: back)?"
)
_BACK = re.compile(
    r"这个|那个|这款|那款|这件|那件|这种|那种|这双|这条|这台|这套|这些|那些|它|该款|上面|刚才|刚刚|前面|同款|这|那(?![么时里边天])|(?<![a-z])(?:it|this|that|these|those|they|them|one|same|its|it's)(?![a-z])"
)
_WHAT_IT_IS = re.compile(
    r"(?:那|那么|它|这个|这款|的|还有|然后)*(?:材质|面料|料子|材料|成分|尺寸|大小|尺码|规格|重量|容量|厚度|高度|长度|宽度|克重|产地|做工)呢?|"
    r"(?:and|what about|how about)(?: the| its| their)? (?:size|material|fabric|weight|dimensions|measurements|thickness|width|length|height)"
)
_ITS_DETAIL = re.compile(
    r"(?:the|its|their) (?:size|material|fabric|weight|dimensions|measurements|thickness|width|length|height|depth|waist|chest|capacity)"
)
"""Behind "and", which is no part of the piece: and the length."""
_WELL = re.compile(
    r"^(?:(?:(?:ok|okay|oh|ah|aw+|hm+|well|so|no|alright|right|damn|shame|too bad|pity)(?![a-z])|好的?|嗯+|哦+|噢|行|这样啊?|那好|哎呀?|唉|可惜|(?:啊|哦|唉)?没(?:有|货)?了?[啊呀哦喔]+(?=[ ,，])|:\(|:-\()[ ,，.!]*)+"
)
_OF_COLOURS = re.compile("颜色|顏色|colou?r")
_AGAIN = re.compile(
    r"(?:那|还有|那么)?(?:这|那)?(?:个|款|件|种|双|条|台|套)?(?:.{0,10}?)(?:的)?呢|那(?:这|那)(?:个|款|件|种)(?:吗|呢)?|(?:and |what about |how about |and what about |what of )(?:the |this |that |these |those )?[\w .×-]{0,30}|the (?!same |first |second |third |last |other )[\w .×-]{1,20} ones?"
)
_HOW_MUCH = re.compile(
    r"(?:那|是|要|都|分别|各|各是|大概)*多少(?:呢|啊|呀|的|钱)?|how much(?: (?:is|are) (?:it|they|these|those|both|each))?"
)
_HOW_MUCH_MORE = re.compile(
    r"(?:那|要|得|需要|大概|另外)*(?:加|补|多加|贵|多)(?:收|付)?(?:多少|几块)(?:钱|运费|邮费)?(?:呢|啊|呀)?|how much (?:more|extra)(?: is (?:it|that))?"
)
_SO_MANY = re.compile(
    r"(?:and |for |or |what about |how about |if i (?:take|buy|get) |那|那么|要是|如果|要|买|拿|来|的话| )*(?:\d+(?:\.\d+)?|[一二两三四五六七八九十百]+|two|three|four|five|six|ten) ?"
    r"(?:m|met(?:er|re)s?|yards?|pcs|pieces?|pairs?|sets?|of (?:them|these|those)|[米码个件双条套片块张把对盒包只袋卷])(?:的话|呢|吗|啊|呀| then)*"
)
_MEASURED = re.compile(
    r"(?:(?:宽|高|长|直径|size|about|大概|大约|差不多| )*\d++(?:\.\d++)?(?: ?(?:m|cm|mm|met(?:er|re)s?|米|厘米|公分|寸|inch(?:es)?))?(?: ?[x×*] ?\d++(?:\.\d++)?(?: ?(?:m|cm|米|厘米))?)?(?:宽|高|长|的| |wide|long|high|tall|deep|across|by|,)*+)+(?:那[款种个])?"
)
"""Each sign can be read in one way only, so that a long number ends as quickly as a short one."""
_SIZE_TOLD = re.compile(r"[宽高长]|的$|wide|long|high|tall|deep|\d ?[x×*] ?\d")
_BARE_NUMBER = re.compile(
    r"(?:那|那就|就|要不)?[¥$€£]?\s*\d{1,6}(?:\.\d{1,2})?\s*(?:元|块|块钱|bucks|dollars)?(?:吧|行吗|可以吗|ok)?"
)
_BARGAINING = re.compile(r"最低|便宜|底价|lowest|best price|your offer|how much (?:can|would|are) you|your price|lower")
_HOW_LONG = re.compile(
    r"(?:那|大概|一般|最快|需要|大约|请问|能的话|可以的话|行的话|有的话)*(?:要|得|需要)?(?:多久|几天|多长时间|多少天)(?:能|可以|才能|会|才)?(?:开好?|好|到账|退回?|换好|换|修好|做好|弄好|处理好)?(?:呢|啊|呀|才行|时间)?|how long(?: will it take| does it take)?"
)
