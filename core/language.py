"""Which language and script a text is written in, and Traditional folded to Simplified."""

import re
import threading
from functools import cache, lru_cache
from typing import Any

from core.simplified import SIMPLIFIED

_OFTEN = 200
"""A text no longer than this is remembered folded."""
_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_WORD = re.compile(r"[^\W\d_\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]{2,}")
_CODE = re.compile(
    r"(?i)\b[a-z]{0,3}\d[\da-z]*\b|\b(?:xx?x?l|ml|cm|mm|kg|usb|type|pro|max|plus|mini|ok|hi|ems|qq|vip|logo)\b|https?://\S+"
)
_NUMBERED = re.compile(r"(?i)\b(?=[a-z]*\d)[\da-z]+\b|https?://\S+")
_ZH_ASKS = re.compile(
    r"[吗嗎呢么麼吧啊]\s*[?？!！。~]*\s*$|什么|什麼|怎么|怎麼|多少|几|幾|哪|能不能|可以|有没有|有沒有|有冇|邊|點樣|谁|誰|为啥|啥"
)
_EN_ASKS = re.compile(
    r"(?i)\b(?:what|when|where|which|who|how|why|can|could|do|does|did|is|are|will|would|have|has|any|please|pls|want|need|much|many)\b"
)


_EVERYWHERE = re.compile(
    r"(?i)(?:[\W\d_]*\b(?:ok(?:k|ay)?|hi+|hello|hey|bye+|thx|tks|thanks?|ha(?:ha)+|lol|yes|yeah|no|nice|good|wow|h?mm+|emm+|nb|yyds)\b)+[\W\d_]*"
)
"""Words that are written in Chinese chats as well."""


def has_han(text: str) -> bool:
    return _HAN.search(text) is not None


def language(text: str) -> str:
    """`zh` or `en` by the share of Han characters; a mixed line follows its question words. Empty when the text tells neither."""
    han = len(_HAN.findall(text))
    if not han:
        return "en" if _WORD.search(_NUMBERED.sub(" ", text)) else ""
    words = len(_WORD.findall(_CODE.sub(" ", text)))
    if not words:
        return "zh"
    chinese, english = bool(_ZH_ASKS.search(text)), len(_EN_ASKS.findall(text))
    if chinese and english < 2:
        return "zh"
    if english >= 2 and not chinese:
        return "en"
    return "zh" if han >= words else "en"


def is_of_any_language(text: str) -> bool:
    """Whether a line such as "ok" or "hi" tells nothing of who writes it: Chinese write it too."""
    return _EVERYWHERE.fullmatch(text.strip()[:80]) is not None


_IN_BOTH = frozenset("台里后干")
"""Signs that who writes Traditional uses as well: 台北."""


def script(text: str) -> str:
    """`hant`, `hans`, or empty when the text holds no character that tells."""
    if not has_han(text):
        return ""
    hant = sum(a != b for a, b in zip(text, to_simplified(text), strict=False))
    hans = sum(sign in SIMPLIFIED and sign not in _IN_BOTH for sign in text)
    if hant == hans == 0:
        return ""
    return "hant" if hant >= hans else "hans"


def to_simplified(text: str) -> str:
    """Traditional characters folded to Simplified. Keeps the length; leaves all else as it is."""
    return _simplified(text) if len(text) <= _OFTEN else str(_converter().convert(text))


@lru_cache(maxsize=2048)
def _simplified(text: str) -> str:
    # A line and the names of goods and places are folded a dozen times on the way to one answer.
    return str(_converter().convert(text))


_lock = threading.Lock()


@cache
def _converter() -> Any:
    import opencc

    with _lock:
        return opencc.OpenCC("t2s")
