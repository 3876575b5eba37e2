"""What asks are called between the shop and its seller, and which one a seller's word means."""

from __future__ import annotations

from html import unescape
from typing import TYPE_CHECKING

from core.asks import ASKS, OWN, own_name
from core.language import to_simplified
from templates import Voice

if TYPE_CHECKING:
    from handlers.desk import Desk

NOT_TO_TEACH = frozenset({"greeting", "thanks_bye", "praise"})
"""Asks that stand at the end of the list: hardly anything that was missed is one of them."""


def label(desk: Desk, ask: str, voice: Voice) -> str:
    """An ask as a seller calls it, plain text: 运费, 代发; postage."""
    return unescape(desk.speech.seller("ask_name", voice, ask=ask))


def meant(desk: Desk, written: str, *, new: bool = False) -> str:
    """The ask that a seller names: by its name in this product, by what it is called in either language, or one of their
    own; "" when it is none of these. With `new`, "own:名字" names one that is not there yet."""
    word = _folded(written)
    if word in ASKS:
        return word
    own = {_folded(ask.removeprefix(OWN)): ask for ask in desk.shelf.now.own}
    if (known := own.get(word.removeprefix(OWN))) is not None:
        return known
    if word.startswith(OWN):
        return own_name(written) if new else ""
    now, zone = desk.clock.now(), desk.shelf.now.shop.timezone
    for language in ("zh", "en"):
        voice = Voice(language, "hans" if language == "zh" else "", now, zone)
        for ask in ASKS:
            if word in (_folded(part) for part in (label(desk, ask, voice), *label(desk, ask, voice).split("/"))):
                return ask
    return ""


def _folded(text: str) -> str:
    return " ".join(to_simplified(text).casefold().replace("：", ":").strip(" 「」“”\"'.。?？!！").split())
