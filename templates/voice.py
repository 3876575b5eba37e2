"""To whom we speak, and the last touches of what is said: script, blank lines, the space before a day."""

from __future__ import annotations

import re
from datetime import datetime
from functools import cache, lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from core.frozen import frozen
from core.shop import Tone

BLANKS = re.compile(r"\n[ \t]*(?:\n[ \t]*)+")
BEFORE_A_DATE = re.compile(r"(?<=[\u4e00-\u9fff])(?=\d{1,2}月\d{1,2}日)")
"""Where a day follows a word, as in "大约 11月22日": the space that stands before every other number."""


@frozen
class Voice:
    """To whom we speak: `language` "zh" or "en", `script` "hant" for Traditional; `now` and the shop's `zone` give dates."""

    language: str
    script: str
    now: datetime
    zone: ZoneInfo
    tone: Tone = Tone.WARM


def finished(text: str, voice: Voice) -> str:
    """What a template gave, without its blank lines, and with the space Chinese puts before a day."""
    text = text.strip()
    if "\n" in text:
        text = BLANKS.sub("\n", text)
    return BEFORE_A_DATE.sub(" ", text) if voice.language == "zh" else text


@cache
def _converter() -> Any:
    import opencc

    return opencc.OpenCC("s2tw")


AS_THEY_WRITE = (("臺", "台"), ("釐米", "厘米"), ("轉賬", "轉帳"), ("賬號", "帳號"), ("賬戶", "帳戶"), ("好嘞", "好的"))
"""What the conversion writes, and how both write it: 台中, 轉帳."""


@lru_cache(maxsize=1024)
def traditional(text: str) -> str:
    """Simplified to Traditional, characters as Taiwan and Hong Kong both read them."""
    converted = str(_converter().convert(text))
    for word, said in AS_THEY_WRITE:
        converted = converted.replace(word, said)
    return converted
