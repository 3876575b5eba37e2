"""Hearing that a buyer wants to buy: the shop's happiest hand-over."""

import re

from core.language import to_simplified

WANTS = re.compile(
    r"下单|拍下|我拍|我要了|要了|就要(这|它|他|那)|我要(这|那|它|\d|一|两|俩|三|几)|来(一|两|\d)[个件套只条份]|我买|买(一|两|\d)[个件套只条份]"
    r"|怎么(下单|拍|买)|给我(来|留|拿)|帮我(留|下单|拍)|要\s*\d+\s*[个件套只条份]"
    r"|\bi(?:'|’)?ll take\b|\bi(?:'|’)?d like to (?:buy|order|get)\b|\bi (?:want|would like) to (?:buy|order)\b|\bplace an order\b"
    r"|\bi(?:'|’)?ll (?:buy|have|get) (?:it|one|this|that|\d)|\bhow (?:do|can) i (?:order|buy)\b|\bput me down for\b",
    re.IGNORECASE,
)
NEGATED = re.compile(
    r"不要了|不下单|别下单|先不|不买|取消|\bnot? (?:buy|order|take)|\bwon(?:'|’)?t\b|\bdon(?:'|’)?t\b", re.IGNORECASE
)


def wants_to_order(text: str) -> bool:
    """Whether the line says, in either language and script, that the buyer wants to order now."""
    text = to_simplified(text)
    return bool(WANTS.search(text)) and not NEGATED.search(text)
