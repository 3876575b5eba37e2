"""Trouble that a buyer tells of a parcel, beyond what is on file of it: a person must look."""

import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from core.often import often
from core.regional import in_mandarin

QUIET_AFTER = timedelta(days=2)
"""A parcel nothing was heard of for so long is looked for when its buyer chases it."""


def needs_looking_for(parcel: Mapping[str, Any], words: str, now: datetime) -> bool:
    """Whether a person must look for a parcel: by how it stands, or by what its buyer writes of it.

    The carrier still knows nothing of a number that was told a day ago; it is feared lost; it is said to be delivered where
    that is not on file, or not received where it is; its pickup code is asked for; or it is chased, and has been quiet.
    """
    if _is_unknown_for_long(parcel) or _is_lost(words):
        return True
    if parcel["status"] == "delivered":
        return _is_not_received(words)
    return _says_delivered(words) or (_is_chased(words) and _is_quiet(parcel, now))


@often
def speaks_of_several(text: str) -> bool:
    """Whether the words speak of more parcels, or orders, than one."""
    return bool(_SEVERAL.search(in_mandarin(text)))


def _is_unknown_for_long(parcel: Mapping[str, Any]) -> bool:
    return bool(parcel["status"] == "pending" and parcel["is_followed"] and not parcel["is_new"])


def _is_quiet(parcel: Mapping[str, Any], now: datetime) -> bool:
    return not parcel["is_new"] if parcel["at"] is None else now - parcel["at"] > QUIET_AFTER


@often
def _is_lost(text: str) -> bool:
    return bool(_LOST.search(in_mandarin(text)))


@often
def _is_not_received(text: str) -> bool:
    return bool(_NOT_RECEIVED.search(in_mandarin(text)))


@often
def _says_delivered(text: str) -> bool:
    return bool(_DELIVERED.search(in_mandarin(text)))


@often
def _is_chased(text: str) -> bool:
    return bool(_CHASED.search(in_mandarin(text)))


_LOST = re.compile(
    r"(?:弄|搞|寄|送|给|是不是|不会|该不会|会不会|别是|怕)丢|丢(?:了|件|失)|遗失|不见了|[取提]件码|[取提]货码"
    r"|\b(?:is|it's|was|got|gets?|be|been|parcel|package|it) lost\b|\blost (?:my|the|it|in)\b|\b(?:went|gone|go) missing\b"
    r"|\b(?:pick-?up|collection|locker) code\b",
    re.IGNORECASE,
)
"""It may be lost; or it waits behind a code that the carrier has given to somebody."""
_NOT_RECEIVED = re.compile(
    r"[没未](?:有)?(?:收|拿|领|取|见|看)(?:到|过|着)|不是(?:我|本人)(?:签|收|拿)|谁(?:签|收|拿)|没人(?:签|收|拿)"
    r"|\bnever (?:got|received|arrived|came|saw)\b|(?:\bnot|n['’]t|\b(?:did|have|has|do|does)nt) (?:yet )?(?:actually )?(?:get|got|gotten|received?|arrived?|come|here|have)\b|\bwho signed\b|\bno (?:parcel|package|sign of)\b",
    re.IGNORECASE,
)
_DELIVERED = re.compile(
    r"(?:显示|写|说|标|已经?|被|明明|不是我|不是本人|谁|门卫|驿站|邻居|物业)[^,，。?？]{0,6}(?:签收|送达|妥投)(?!了?[吗没么])|(?:签收|送达|妥投)了?(?:[,，]|但|可|却|结果)"
    r"|\b(?:says?|said|shows?|showing|marked|listed|shown)\b[^,.?]{0,20}\bdelivered\b|\b(?:was|were|been) (?:delivered|signed for|left) (?:to|at|with|by|in|on)\b",
    re.IGNORECASE,
)
_CHASED = re.compile(
    r"[一二两三四五六七八九十几\d]+(?:多)?个?(?:天|日|周|星期|礼拜|月)了|这么久|那么久|好久|半天|一直(?:不|没)|怎么还|还(?:不|没)(?:到|动|收)|不动|没动|没有?(?:更新|动静|消息|进展|变化)|不更新|卡[在住]|停[在住]|太慢|催"
    r"|\b(?:stuck|late|overdue|slow|supposed to|should have|taking (?:so|too|forever)|so long|still (?:not|has|have|waiting|no)|no updates?)\b|(?:n['’]t|\b(?:has|is|have)nt|\bnot) (?:been )?(?:moved?|moving|updated?|updating|changed?)\b|\bfor (?:days|weeks|ages)\b",
    re.IGNORECASE,
)
_SEVERAL = re.compile(
    r"[两俩三四五几2-5](?:个|件|单|票)?(?:包裹|快递|订单|单子|件)|(?:包裹|快递|订单|单)都|另(?:外)?一?(?:个|件|单)|\b(?:both|all|two|three|other|parcels|packages|orders)\b",
    re.IGNORECASE,
)
