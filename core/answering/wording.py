"""What a line's wording tells an answer beyond its ask: a question, an order placed already, a place abroad, collecting oneself."""

import re
from decimal import Decimal

from core.often import often
from core.regional import in_mandarin
from core.understanding.words.numerals import NUMERAL, number

_QUESTION = re.compile(
    r"[?？]|[吗么呢嘛]\s*[。!！~]*\s*$|没有?\s*$|(?:能|可以|会|有|是|要|行|好|得)[^,，。]{0,10}不[呀啊]?(?:\s*[。!！~]*\s*$|(?=[\s“”\"「『]))|什么|怎么|怎样|多少|多久|几[个点号天时年]|哪|谁|为啥|为什么|啥|能不能|可不可以|可以不|能否|是不是|有没有|行不行|好不好|可不可以|要不要|会不会"
    r"|(?:^|[.!;]\s)\s*(?:so |and |but )?(?:what|when|where|which|who|how|why|can|could|do|does|did|is|are|will|would|may|should|have|has)\b",
    re.IGNORECASE,
)
_RHETORICAL = re.compile(
    r"^\s*(?:哦|啊|噢|这样)?[,，]?(?:是|真|真的|对|好|行|可以|这样)?[吗么嘛啊吧]?\s*[?？!！。]*\s*$"
)
_CHEAPEST = re.compile(r"最便宜|\b(?:cheapest|least expensive|lowest priced)\b", re.IGNORECASE)
_AT_MOST = re.compile(
    rf"(?P<n>\d{{1,6}}|{NUMERAL})(?:(?:块钱|块|元)(?P<about>左右|上下)|(?:块钱|块|元)?(?:以内|以下|之内|之下|内(?![容部存])|的?预算))|(?:不要?|别)(?:超过?|多于|高于) ?(?P<not_over>\d{{1,6}}|{NUMERAL})|预算(?:在|是|大概|大约|就|差不多)*(?P<budget>\d{{1,6}}|{NUMERAL})"
    r"|\b(?:under|below|less than|up to|not (?:more than|over)|max(?:imum)?(?: of)?|within|(?P<around>around|about)|budget(?:'s| is| of|:)?(?: about| around| up to| under)?) ?[¥$£€]?(?P<en>\d{1,6})\b(?! ?(?:cm|mm|m|kg|g|ml|l|inch\w*|days?|weeks?|hours?|years?|months?|%)\b)",
    re.IGNORECASE,
)
_NO_MONEY = re.compile(
    r"岁|身高|体重|[胸腰臀头手脚]围|厘米|公分|cm|斤|kg|尺寸|\b(?:tall|long|wide|high|old|height|weight|size)\b",
    re.IGNORECASE,
)
"""A line that tells a size or an age; what it tells is no money."""
_PRESENT = re.compile(
    r"礼物|礼品|送(?:给|我|一个|个)*(?:女|男|妈|爸|老|朋|闺|同|领|长|婆|孩|客|人)|随便什么|什么都行|\b(?:gifts?|presents?|something|anything)\b",
    re.IGNORECASE,
)
_QUALITY = re.compile(r"质量|品质|质素|\bquality\b", re.IGNORECASE)
_SHOWN = re.compile(
    r"这(?:个|款|种|件|条|双|样|颜色|花色|布|图|张|里|是)|图(?:里|上|中|片)|照片|\b(?:this|these|like that|picture|photo|pic)\b",
    re.IGNORECASE,
)
_WHOLESALE = re.compile(r"批发|拿货|代理价|经销价|\b(?:wholesale|trade price|bulk price|reseller)\b", re.IGNORECASE)
_WHICH_FITS = re.compile(
    r"[用买选配拿适合套铺放挂](?:哪|什么|多大)|\b(?:which|what)\b.*\b(?:fits?|suits?|for|on|goes)\b", re.IGNORECASE
)
_OTHERS = re.compile(
    r"(?:别的|其他|其它|另外的)(?:花样|花色|图案|颜色|色|款式?|样式?|种类?)?(?:的)?(?:吗|么|没有?|嘛|呢|可以?选|$|[?？])|\b(?:any|have|got|what|in) other (?:colou?rs?|designs?|patterns?|styles?|ones?|kinds?)\b|\banything else like\b",
    re.IGNORECASE,
)
_SIZE = re.compile(
    r"\d|[一二两三四五六七八九]\s?[米寸号码]|尺寸|\b(?:one|two|three) (?:m|met(?:er|re)s?)\b|\bsizes?\b", re.IGNORECASE
)
_KEPT = re.compile(
    r"(?:帮我|给我|先|替我)?(?:预)?留(?:一|两|个|件|着|下)|\b(?:reserve|hold|keep|put aside|set aside) (?:me )?(?:one|it|this|that|a|two|\d)\b",
    re.IGNORECASE,
)
_AND_THAT = re.compile(
    r"^[^,，。?？]{1,12}呢\s*[?？]?\s*$|^\s*(?:(?:ok|okay|so|oh|well|alright|right)[ ,]+)*(?:and|what about|how about)\b[^,.]{1,40}$|^\s*the [^,.]{1,24} ones?\s*\??$",
    re.IGNORECASE,
)
_PLACED = re.compile(
    r"(?:还没|还不|怎么没|怎么不|咋没|咋不|为什么没|为什么不|未)(?:有|给我|给|帮我)*发|没发货|未出[货貨]|发货?了(?:没|吗|么)|发出(?:了没|了吗)|催"
    r"|(?:昨天|昨晚|前天|上周|上个?星期|[几一两二三四五六七八九十\d]+[天周]前|早就)就?(?:买|拍|下的?单|付的?款)|(?:买|拍|下单|付款)了?.{0,3}天了|已经?(?:下单|付款|拍下)"
    r"|\b(?:not|never) (?:been )?(?:shipped|sent|dispatched)|n(?:'|’)t (?:been )?(?:shipped|sent|dispatched)|still (?:not|waiting)"
    r"|补发|少发的|漏(?:掉|发|了)的|\b(?:send|ship|post|get) (?:me |us )?the (?:other|missing|remaining|rest)\b"
    r"|\bi(?:'|’)?(?:ve)? (?:ordered|bought|paid)\b|\bmy (?:order|parcel)\b|\bhave you (?:shipped|sent)",
    re.IGNORECASE,
)
_ABROAD = re.compile(
    r"海外|国外|境外|国际|出国|外国|\babroad\b|\boverseas\b|\binternational(?:ly)?\b|\bworldwide\b|\bthe (?:us|usa|uk|eu)\b|\b(?:U\.?S\.?A?|U\.?K)\b",
)
_FROM_THERE = re.compile(
    r"(?:请问|亲|老板|你们?家?|是|都是|你们是)*[^,，能可会到往去给]{2,5}(?:发货|直发|发出)(?:的)?(?:吗|么|嘛|不|吧)?"
)
_COLLECTED = re.compile(
    r"自提|自取|上门取|店里?取|取货|去店里|门店|门市|实体店|pick(?:ing)?[ -]?(?:it )?up\b|\bcollect\b|in person",
    re.IGNORECASE,
)
_ABOUT_A_BOT = re.compile(
    r"机器|自动回复|人工智能|真人[吗么嘛?？]|是人吗|\b(?:ro)?bots?\b|\bai\b|automat|real person\?|human\?",
    re.IGNORECASE,
)
_DEAR = re.compile(r"贵|\bexpensive\b|\bdear\b|\bpricey\b|\bcosts? so much\b", re.IGNORECASE)
_ELSEWHERE = re.compile(
    r"别家|别人|人家|别的店|其他店|其它店|隔壁|拼多多|淘宝|京东|天猫|闲鱼|抖音|网上|超市|实体店|1688|批发市场|比你(?:们|家)"
    r"|\b(?:elsewhere|other (?:shop|seller|store|site|place)s?|another (?:shop|seller|store|site)|amazon|ebay|temu|aliexpress|competitors?|down the road|next door|price ?match|(?:saw|seen|found|find|get|got|same)(?: \w+){1,4} (?:cheaper|for less))\b",
    re.IGNORECASE,
)
_POSTAGE = re.compile(
    r"包个?邮|邮费|运费|免邮|\b(?:free (?:shipping|delivery|postage)|shipping|postage|delivery)\b", re.IGNORECASE
)
_SHORT = 60
_WHO_PAYS = re.compile(
    r"^[^,，。;；?？]{0,4}(?:谁|哪个|哪边|边个)[^,，。;；?？]{0,2}(?:出|付|承担|负责|给)[^,，。;；?？]{0,4}(?:运费|邮费|快递费|邮资)[^,，。;；]{0,2}$|"
    r"^[^,，。;；?？]{0,8}(?:运费|邮费|快递费|邮资)[^,，。;；]{0,6}(?:出|付|承担|负责|垫|掏|报)[^,，。;；]{0,4}$"
    r"|^(?:(?:and|so|but) )?(?:who|do i|will i|would i)\b.{0,20}\b(?:pays?|paying|covers?|covering)\b.{0,16}\b(?:postage|shipping|delivery)\b[^,;]{0,12}$",
    re.IGNORECASE,
)
_SUM = re.compile(
    r"一共|总共|总价|合计|加起来|合起来|加埋|全部|一起(?:买|拿|要|下单)?(?:是|要|得)?多少|\b(?:total|altogether|together|in all|for all|for both|combined)\b",
    re.IGNORECASE,
)
_WHEN_BACK = re.compile(
    r"(?:什么时候|啥时候?|几时|多久|何时|哪天|多会儿|还会|会不会|会再)[^,，。]{0,6}(?:补|到货|来货|回来|上架|上新|上货|进货|有货|再有)|(?:什么时候|啥时候?|几时|何时|哪天)(?:才|能|会|可以|再|还)*有(?:呢|啊|呀|[?？])*$|补货[^,，。]{0,4}(?:什么时候|啥时|吗|么|没)"
    r"|\bwhen (?:will|do|are) (?:you|u|they|there) (?:\w+ )?(?:have|get(?:ting)?|be) (?:it|them|this|that|any|some|more)\b(?:.{0,12}(?:again|in|back|more)\b|\W*$)"
    r"|\bwhen\b.{0,24}\b(?:back|restock\w*|in again|more in|available again)\b|\b(?:will|are) you (?:\w+ )?(?:restock|get(?:ting)? more)",
    re.IGNORECASE,
)
_IS_BACK = re.compile(
    r"(?:到|补|来|有)(?:到)?货了?(?:吗|么|没|嘛)|回来了(?:吗|么|没)|补上了?(?:吗|么|没)"
    r"|\b(?:is|are) (?:it|they|that|this|the \w+(?: \w+)?) back\b|\b(?:back|again) in(?: stock)?\b|\bin stock (?:now|again)\b|\brestock",
    re.IGNORECASE,
)
_TO_BE_DONE = re.compile(
    r"(?:怎么|咋|如何|怎样)(?:退|换|寄|操作|申请|弄)|(?:我|还是|就)(?:想|要|想要)?(?:退|换)|帮我(?:退|换|修)|申请|寄(?:到|去|给)?(?:哪|谁)|(?:(?<!保)修好?|换|寄回来)(?:要|需要|得|大概)*(?:多久|几天|多长时间)|(?:多久|几天|多长时间)[^,，。]{0,4}(?:(?<!保)修好?|换好?|换到|弄好)"
    r"|\b(?:how|where) (?:do|can|should|would) i (?:return|send|exchange|ship|start|get)\b|\bi(?:'d| would)? (?:want|like|need) (?:to|a) (?:return|refund|exchange|replacement)|\bhow long (?:\w+ ){0,4}(?:repair|fix|replace|exchange|mend)",
    re.IGNORECASE,
)
_THANKS = re.compile(r"谢|唔该|感恩|辛苦|\bthanks?\b|\bthx\b|\bcheers\b|\bty\b|appreciate", re.IGNORECASE)


@often
def is_question(text: str) -> bool:
    """Whether the line wants an answer; "really?" and the like want none."""
    text = in_mandarin(text)
    return bool(_QUESTION.search(text)) and not _RHETORICAL.match(text)


@often
def asks_cheapest(text: str) -> bool:
    """Whether what is asked for is what costs least."""
    return bool(_CHEAPEST.search(in_mandarin(text)))


@often
def most_to_spend(text: str) -> Decimal | None:
    """What a buyer would spend at most, in the shop's currency: 三百以内, something under 150; None where none is told. Around
    so much is a fifth more at most."""
    text = in_mandarin(text)
    match = None if _NO_MONEY.search(text) else _AT_MOST.search(text)
    if match is None:
        return None
    amount = number(match["n"] or match["not_over"] or match["budget"] or match["en"])
    return amount and (amount * Decimal("1.2") if match["about"] or match["around"] else amount)


@often
def wants_a_present(text: str) -> bool:
    """Whether what is looked for is a present, or anything nice, and no kind of goods is named."""
    return bool(_PRESENT.search(in_mandarin(text)))


@often
def asks_about_quality(text: str) -> bool:
    """Whether a question of what a thing is like is how good it is."""
    return bool(_QUALITY.search(in_mandarin(text)))


@often
def points_at_a_picture(text: str) -> bool:
    """Whether words that come with a picture are about what it shows."""
    return bool(_SHOWN.search(in_mandarin(text)))


@often
def asks_wholesale(text: str) -> bool:
    """Whether the price asked for is that of a reseller, which is the seller's to name."""
    return bool(_WHOLESALE.search(in_mandarin(text)))


@often
def asks_which_fits(text: str) -> bool:
    """Whether what is asked for is the one that goes with something of the buyer's: 1米8的床用哪个."""
    return bool(_WHICH_FITS.search(in_mandarin(text)))


@often
def asks_for_others(text: str) -> str:
    """Whether a question is whether there are others than what was spoken of: "colour", "kind", or "" where it is not."""
    match = _OTHERS.search(in_mandarin(text))
    return "" if match is None else "colour" if re.search("颜色|colou?r", match.group(), re.IGNORECASE) else "kind"


@often
def names_a_size(text: str) -> bool:
    """Whether a size is told in the words."""
    return bool(_SIZE.search(in_mandarin(text)))


@often
def wants_kept(text: str) -> bool:
    """Whether a thing is to be kept for the buyer, which only a person can promise."""
    return bool(_KEPT.search(in_mandarin(text)))


@often
def is_elliptic(text: str) -> bool:
    """Whether a line only names another thing to ask the same of: 那灯芯绒的呢, and the corduroy one?"""
    return bool(_AND_THAT.match(in_mandarin(text)))


@often
def is_of_an_order_placed(text: str) -> bool:
    """Whether "when does it leave" chases an order placed already, which only the seller can look up."""
    return bool(_PLACED.search(in_mandarin(text)))


@often
def may_ask_where_from(text: str) -> bool:
    """Whether a line such as 浙江发货吗 may ask where parcels come from."""
    return bool(_FROM_THERE.fullmatch(in_mandarin(text).strip(" 　。.!！?？~～")))


@often
def is_abroad(text: str) -> bool:
    """Whether the buyer asks of other countries in general."""
    return bool(_ABROAD.search(in_mandarin(text)))


@often
def wants_to_collect(text: str) -> bool:
    """Whether the buyer would rather come and fetch it."""
    return bool(_COLLECTED.search(in_mandarin(text)))


@often
def asks_about_a_bot(text: str) -> bool:
    """Whether the buyer asks who is talking."""
    return bool(_ABOUT_A_BOT.search(in_mandarin(text)))


@often
def finds_it_dear(text: str) -> bool:
    """Whether a question of price is why it costs that much."""
    return bool(_DEAR.search(in_mandarin(text)))


@often
def asks_who_pays(text: str) -> bool:
    """Whether a short line asks who bears the postage, and nothing else."""
    return len(text) <= _SHORT and bool(_WHO_PAYS.search(in_mandarin(text)))


@often
def asks_for_the_sum(text: str) -> bool:
    """Whether a question of price is what all of it comes to."""
    return bool(_SUM.search(in_mandarin(text)))


@often
def asks_whether_back(text: str) -> bool:
    """Whether the buyer asks whether what was sold out is there again."""
    return bool(_IS_BACK.search(in_mandarin(text)))


@often
def asks_when_back(text: str) -> bool:
    """Whether the buyer asks when what is sold out will be there again."""
    return bool(_WHEN_BACK.search(in_mandarin(text)))


@often
def wants_it_done(text: str) -> bool:
    """Whether the buyer wants to return a thing or have it repaired, or asks where to send it and how long that takes."""
    return bool(_TO_BE_DONE.search(in_mandarin(text)))


@often
def says_thanks(text: str) -> bool:
    """Whether a farewell holds thanks."""
    return bool(_THANKS.search(in_mandarin(text)))


@often
def compares_with_others(text: str) -> bool:
    """Whether the buyer says that others sell it for less."""
    return bool(_ELSEWHERE.search(in_mandarin(text)))


@often
def speaks_of_postage(text: str) -> bool:
    """Whether what is to be cheaper is the postage."""
    return bool(_POSTAGE.search(in_mandarin(text)))
