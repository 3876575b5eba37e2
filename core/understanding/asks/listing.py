"""Asks named one after the other by a noun each: 价格和尺寸, 运费跟到货时间, price and dimensions please."""

import re

_ZH = {
    "price": "价格|价钱|单价|价位|报价|售价|多少钱",
    "ship_fee": "运费|邮费|快递费|邮资",
    "spec": "尺寸|尺码|大小|材质|面料|重量|规格|参数|颜色|款式|容量|成分|产地|功能|型号",
    "stock": "库存|现货|有没有货|有货没",
    "ship_when": "发货时间|发货日期|什么时候发货",
    "ship_eta": "到货时间|送达时间|送货时间|时效|时间|几天到|多久到",
    "carrier": "快递公司|什么快递|发什么快递|哪家快递",
    "warranty": "保修|质保|保修期",
    "invoice": "发票|开票",
    "promo": "优惠|优惠活动|活动|折扣",
    "payment": "付款方式|支付方式",
    "return_exchange": "退换政策|退货政策|退换货政策|退换货",
}
_EN = {
    "price": "price|prices|cost|pricing",
    "ship_fee": "shipping (?:cost|costs|fee|fees|price|charge|charges)|postage|delivery (?:cost|costs|fee|fees|charge|charges)",
    "spec": "size|sizes|dimensions|measurements|material|materials|weight|colou?rs?|specs|specifications|capacity",
    "stock": "availability|stock",
    "ship_eta": "delivery time|delivery times|shipping time|shipping times|delivery date|eta",
    "ship_when": "dispatch time|dispatch date",
    "carrier": "courier|carrier",
    "warranty": "warranty|guarantee",
    "payment": "payment (?:methods|options)",
    "return_exchange": "return policy|returns policy",
    "promo": "discounts|promotions|coupons",
}


def _noun(table: dict[str, str]) -> str:
    return "(?:" + "|".join(table.values()) + ")"


_WHOLE_ZH = re.compile(
    r"(?:请问|麻烦|想问|问一?下|想知道|告诉我|发我?|报一?下|说一?下|介绍一?下|能|可以|一下|我要|我想|知道|了解|看一?下|给我|帮我|这个|这款|那个|那款|它|关于|具体|分别|都|还有)*"
    rf"(?:[^,。!?]{{1,12}}的)?(?P<list>{_noun(_ZH)}(?:(?: ?(?:和|跟|与|及|加|还有|以及|、|&|\+) ?){_noun(_ZH)})+)"
    r"(?:是|都|分别|各|各是|大概|呢|吗|么|多少|怎么样|怎样|什么样|什么|怎么算|如何|说|发|我|告诉|给|一下|下|有|谢谢|啊|呀|吧|能|可以|知道)*"
)
_WHOLE_EN = re.compile(
    r"(?:(?:hi|hello|what's|what is|what are|tell me|can you|could you|would you|tell|send|give|me|i|need|want|would like|to know|know|looking for|the|your|its|it's|about|info on|details on|for|please|and|also) )*"
    rf"(?P<list>{_noun(_EN)}(?:(?:,? and |,? & |/|, )(?:the |its |what's the |what is the )?{_noun(_EN)})+)"
    r"(?: (?:please|thanks|of (?:it|this|that|these|the [a-z ]{1,24})|for (?:it|this|that|these|the [a-z ]{1,24})))*"
)
_NOUNS = tuple(
    (ask, re.compile(rf"(?<![a-z])(?:{words})(?![a-z])" if table is _EN else f"(?:{words})"))
    for table in (_ZH, _EN)
    for ask, words in table.items()
)


def listed(words: str) -> tuple[str, ...]:
    """The asks that a folded piece lists, in its order, where it is such a list and names two asks or more; else none."""
    match = _WHOLE_ZH.fullmatch(words) or _WHOLE_EN.fullmatch(words)
    if match is None:
        return ()
    nouns = match["list"]
    found = {ask: place.start() for ask, pattern in _NOUNS if (place := pattern.search(nouns))}
    return tuple(sorted(found, key=found.__getitem__)) if len(found) > 1 else ()
