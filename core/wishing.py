"""Short wishes to change an order: "换成墨绿", "改3个", "dark green instead" say little by themselves, and are plain where an order
of the buyer's can still be changed."""

import re
from collections.abc import Sequence
from dataclasses import replace

from core.asks import Ask, Understanding
from core.catalogue import Catalogue
from core.changing import names_variant
from core.language import to_simplified
from core.orders import Order

_MAY = re.compile(
    r"换|改|[拍选下买填写]错|再[加来要拿]|多[加来要拿]|少[要拿]|\b(?:chang(?:e|ing)|swap|switch|instead|rather than|add|make (?:it|that|them)|wrong (?:colou?r|size|one|item))\b"
)
_PLAIN = re.compile(
    r"[换改](?:成|为|到)|(?:颜色|尺码|码数|尺寸|款式|规格|型号|数量|件数|个数).{0,6}?(?:[换改]|[拍选下买]错)"
    r"|[换改](?:一?下|一?个)?(?:别的|其[他它])?(?:颜色|尺码|码数|尺寸|款式?|规格|型号|数量|件数)|改\s*\d+\s*(?:个|件|只|条|双|套|把|份|盒|箱|包|瓶)"
    r"|[拍选下买]错(?:了)?(?:颜色|尺码|数量|款|码|规格|型号)"
    r"|\b(?:change|swap|switch)(?:\s+(?:it|that|this|them|mine|my|the|your|order|\d+|colou?r|size|quantity|number|amount|of)\b)*\s+(?:to|for|into)\b|\bwrong (?:colou?r|size|one|item)\b"
)
"""What can hardly be anything but a change of what was ordered."""
_NAMED = re.compile(
    r"[换改]|\b(?:instead|rather than|swap|switch|chang(?:e|ing)|make (?:it|that|them)|can i (?:have|get))\b"
)
"""What is a change where it names another variant of what was ordered."""
_OTHERWISE = re.compile(
    r"地址|收货|收件|电话|手机|收到|退|质量|坏|破|漏|发票|包装|盒子|便宜|优惠|价|包邮|快递|物流|单号"
    r"|\b(?:address|phone|received|arrived|refund|return|broken|damaged|price|cheaper|discount|invoice|box|wrapping|carrier|courier|language)\b"
)
"""Words of another matter, which has its own ask."""
_INSTEAD_OF = frozenset({"order_status", "track", "return_exchange", "variants", "change_order"})
"""What such a wish is mistaken for."""


def may_wish(words: str) -> bool:
    """Whether the buyer's orders are worth a look: the words may be a wish for a change."""
    return bool(_MAY.search(to_simplified(words).casefold()))


def hearing_wish(
    understood: Understanding, words: str, orders: Sequence[Order] | None, catalogue: Catalogue
) -> Understanding:
    """What was understood, with the wish for other goods heard that the words hold; as it was where they hold none.

    Nothing is heard where no order is still here to be changed, and where one has left already while none is named: that
    may be an exchange.
    """
    spoken = to_simplified(words).casefold()
    here = [one for one in orders or () if one.is_before_dispatch]
    gone = [one for one in orders or () if one.is_open and not one.is_before_dispatch]
    named = [one for one in here if one.order_no.casefold() in spoken]
    names = {ask.name for ask in understood.asks}
    if not here or (gone and not named) or understood.alarm or understood.handover or _OTHERWISE.search(spoken):
        return understood
    if not may_wish(spoken) or names & {"change_order", "change_address", "cancel", "special_request"}:
        return understood
    is_doubted = any("change_order" in doubt.maybe for doubt in understood.doubts)
    other = any(names_variant(spoken, one, catalogue) for one in named or here)
    if not (_PLAIN.search(spoken) or is_doubted or (other and _NAMED.search(spoken))):
        return understood
    wish = Ask("change_order", 1.0, (0, len(words)), source="rule", why="an order can still be changed")
    asks = tuple(ask for ask in understood.asks if ask.name not in _INSTEAD_OF)
    lines = [line for line in words.splitlines() if may_wish(line)]
    doubts = tuple(doubt for doubt in understood.doubts if not any(doubt.text.strip() in line for line in lines))
    return replace(understood, asks=(wish, *asks), doubts=doubts)
