"""What the shop's facts and what goes together are called between the shop and its seller, and which one a word means."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING, Any

from core.answering.bundling import TOPICS, names
from core.facts import FACTS, fact, stated, worded
from core.language import to_simplified
from core.money import Money, NotMoney
from templates import Voice

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from handlers.desk import Desk

POLICIES = ("return", "warranty", "payment", "invoice", "price", "authenticity", "care")
AMOUNTS = ("fee", "free_over", "remote_fee")
"""Facts that are amounts of money."""
_POLICY = re.compile(r"policy\.([a-z][a-z0-9_]{0,30})\.(zh|en)")


def label(desk: Desk, key: str, voice: Voice) -> str:
    """A fact as a seller calls it, plain text: 截单时间; cut-off."""
    policy = _POLICY.fullmatch(key)
    name, spoken = (policy[1], policy[2]) if policy else ("", "")
    return unescape(desk.speech.seller("fact_name", voice, key=key, policy=name, spoken=spoken))


def meant(desk: Desk, written: str) -> str:
    """The fact of this name, or called so in either language, or the only one that begins so; "" when it is none."""
    key = written.lower()
    return key if fact(key) is not None else _called(desk, written, known(desk), label)


def known(desk: Desk) -> list[str]:
    """Every fact there may be: the named ones, the usual policies and the shop's own, in both languages."""
    usual = [f"policy.{name}.{language}" for name in POLICIES for language in ("zh", "en")]
    return list(dict.fromkeys([*FACTS, *usual, *(key for key, _ in stated(desk.shelf.now.shop))]))


def companion(desk: Desk, name: str, voice: Voice) -> str:
    """What may be answered together, as a seller calls it: 运费, 哪天发走."""
    return unescape(desk.speech.seller("companion_name", voice, ask=name))


def companion_meant(desk: Desk, written: str) -> str:
    """The name that may stand in a bundle; "" when it is none."""
    word = written.lower()
    return word if word in names() else _called(desk, written, [*sorted(names() - set(TOPICS)), *TOPICS], companion)


def in_words(desk: Desk, who: int, kind: str, about: str, **values: Any) -> dict[str, Any]:
    """A protected field and its values, as this person reads them."""
    voice = desk.voice(who)
    shown = {name: _value(desk, voice, kind, about, value) for name, value in values.items()}
    if kind == "fact":
        about = label(desk, about, voice)
    elif kind == "bundle":
        about = companion(desk, about, voice)
    elif kind == "tpl":
        name, _, language = about.rpartition(" ")
        kind = kind if desk.speech.source(name, "zh") else "reply"
        about = unescape(desk.speech.seller("wording_name", voice, name=name, language=language))
    elif kind in ("price", "floor") and (one := desk.shelf.now.catalogue.get(about)) is not None:
        words = one.words(voice.language)
        about = f"{words.title} · {words.variant}" if words.variant else words.title
    return {"kind": kind, "about": about, **shown}


def _value(desk: Desk, voice: Voice, kind: str, about: str, value: Any) -> Any:
    if kind == "fact" and about in AMOUNTS and value is not None:
        return _amount(desk, voice, str(value), desk.shelf.now.shop.currency)
    if kind == "fact" and about == "carrier" and voice.language == "en":
        carriers = desk.shelf.now.shop.carriers
        return next((one.name_en for one in carriers if one.name == value and one.name_en), value)
    if kind == "fact":
        return worded(about, value, voice.language)
    if kind == "bundle":
        if not value:
            return companion(desk, "alone" if value == "" else "as it came", voice)
        return ("、" if voice.language == "zh" else ", ").join(companion(desk, one, voice) for one in value.split())
    if kind == "tpl" and value is None and desk.speech.source(about.rpartition(" ")[0], "zh"):
        return unescape(desk.speech.seller("wording_name", voice, name="", language=""))
    if kind == "floor" and value == "none":
        return unescape(desk.speech.seller("amount", voice, amount=None))
    if kind in ("price", "floor") and value is not None:
        one = desk.shelf.now.catalogue.get(about)
        return _amount(desk, voice, str(value), one.price.currency if one else desk.shelf.now.shop.currency)
    return value


def _amount(desk: Desk, voice: Voice, value: str, currency: str) -> str:
    try:
        amount = Money.of(value, currency)
    except NotMoney:
        return value
    return unescape(desk.speech.seller("amount", voice, amount=amount))


def _called(desk: Desk, written: str, keys: Iterable[str], called: Callable[[Desk, str, Voice], str]) -> str:
    word = _folded(written)
    now, zone = desk.clock.now(), desk.shelf.now.shop.timezone
    voices = (Voice("zh", "hans", now, zone), Voice("en", "", now, zone))
    said = [(_folded(called(desk, key, voice)), key) for key in keys for voice in voices]
    exactly = [key for name, key in said if name == word]
    if exactly:
        return exactly[0]
    begun = list(dict.fromkeys(key for name, key in said if len(word) > 1 and name.startswith(word)))
    return begun[0] if len(begun) == 1 else ""


def _folded(text: str) -> str:
    return re.sub(r"[\s_-]+", "", to_simplified(text).casefold())
