"""What a seller's line promises: that the order leaves or arrives, an answer, the missing piece, or something else of its own."""

import re
from collections.abc import Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

from core.promises import What
from core.time_phrases import When, folded_text, when_in

_DOES: tuple[tuple[What, re.Pattern[str]], ...] = (
    (What.RESEND, re.compile(r"补发|补寄|重新?发|\bresend\b|send (?:a |the )?(?:new|missing|another)|replacement")),
    (What.SHIP, re.compile(r"发(?!票|现|生|烧|给您看|消息|图)|寄|出货|出库|\bship|\bsend|\bdispatch|\bpost\b|\bleaves?\b|\bgoes? out\b|\bon its way\b")),
    (What.DELIVER, re.compile(r"送到|到货|能?到(?!付)|送达|\barriv|\bdeliver|\breach|\bget there\b")),
    (What.ANSWER, re.compile(r"回复|答复|回您|回你|告诉|联系|通知|给[您你]|\bget back\b|\blet you know\b|\banswer\b|\btell you\b|\breply\b|\bcontact\b|\bhave it for you\b")),
)  # fmt: skip
_NOT_AHEAD = re.compile(
    r"[?？]|[吗么呢]\s*[。!！~]*\s*$|已经?.{0,3}(?:发|寄|到)|(?:发|寄)(?:了|出了|走了|过了)|刚刚?(?:发|寄)|昨|前天|发不了|不发|没法"
    r"|\b(?:shipped|sent|posted|dispatched|arrived|yesterday|can(?:'|’)?t|cannot|won(?:'|’)?t|not)\b"
)
_CLAUSE = re.compile(r"[,，。;；!！~\n]+|\. ")
_TOLD = (
    r"图片?(?!案)|照片?|相片|实拍|视频|录像|截图|链接|网址|二维码|报价|价格表|价目表|尺[码寸]表|表格|资料|教程|单号|运单|底单|物流信息|信息",
    r"photos?|pictures?|pics?|images?|videos?|screenshots?|links?|quotes?|quotation|price list|size (?:chart|guide)|details|tracking (?:number|no|code|link)|information|info|instructions|confirmation",
)
"""What is sent in the chat: it is an answer."""
_THINGS = (
    r"(?:面料|布|色|样)卡|贺卡|卡片|样品|样布|布样|面料样|样本|小样|试用装|发票|收据|票据|目录|画册|清单|说明书|合同|协议|证书|质检单|报告|授权书|红包|优惠券|礼物|礼品|赠品",
    r"(?:colou?r |fabric |material |swatch |greeting |gift )?cards?|swatch(?:es)?|samples?|testers?|invoices?|receipts?|catalogues?|catalogs?|brochures?|manuals?|contracts?|certificates?|reports?|vouchers?|coupons?|gifts?|presents?",
)
"""What is sent besides, and is no order."""
_WITH = r"货|包裹|快递|订单|一起|一块|连同|附|带|跟|和|随|后|再|就"
_WITH_EN = r"orders?|parcels?|packages?|tomorrow|today|tonight|by|on|at|in|with|and|along|together|including"


def _sends(zh: str, en: str, not_after: str) -> re.Pattern[str]:
    """Whether this is what is sent: 发您面料卡, 面料卡明天寄, send you the swatches; not "sent together with"."""
    before, after = rf"(?:发|寄)(?!货)(?:(?!{not_after})[^\s]){{0,8}}?", rf"(?:(?!{_WITH}).){{0,10}}?(?:发|寄)(?!货)"
    sends = rf"\b(?:send|ship|post|mail)(?:ing)? (?:(?!(?:{_WITH_EN})\b)[\w']+ ){{0,4}}?"
    return re.compile(rf"{before}(?:{zh})(?!的?(?:订单|单子|那单))|(?:{zh}){after}|{sends}(?:{en})\b")


_SENT = ((What.OTHER, _sends(*_THINGS, _WITH)), (What.ANSWER, _sends(*_TOLD, f"{_WITH}|出")))


def promised_in(text: str, now: datetime, zone: ZoneInfo) -> tuple[What, When] | None:
    """What a seller's line promises and by when; None for questions, for what has happened, and for no promise at all."""
    folded = folded_text(text)
    if _NOT_AHEAD.search(folded):
        return None
    what = next((kind for kind, pattern in _DOES if pattern.search(folded)), None)
    found = when_in(text, now, zone) if what is not None else None
    if what is None or found is None:
        return None
    return (_sent(folded, found) if what is What.SHIP else what), found


def _sent(folded: str, when: When) -> What:
    """What is sent by then: the order, unless the words name something else. Where several are, that of the clause with the
    time counts."""
    leaves = next(pattern for kind, pattern in _DOES if kind is What.SHIP)
    clauses = [one for one in _CLAUSE.split(folded) if leaves.search(one)]
    timed = [one for one in clauses if when.words in one]
    return _kind(timed or clauses or [folded])


def _kind(clauses: Iterable[str]) -> What:
    kinds = [next((kind for kind, pattern in _SENT if pattern.search(one)), What.SHIP) for one in clauses]
    return What.SHIP if What.SHIP in kinds else kinds[0]
