"""The shop's facts one by one, as a person writes them in a chat: "hours" is "09:00-12:00 13:30-22:00"."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import time
from typing import Any
from zoneinfo import ZoneInfo

from core.amounts import amount_in
from core.closed_days import dates_in, dates_shown
from core.language import to_simplified
from core.opening_phrases import hours_in
from core.shop import WEEKDAYS, Carrier, Dispatch, Hours, Shop, Span, Tone, Wordings
from core.time_phrases import clock_in
from core.unreadable import Unreadable

_LANGUAGES = {"中文": "zh", "汉语": "zh", "chinese": "zh", "英文": "en", "英语": "en", "english": "en"}
_TONES = {"亲切": "warm", "平实": "neutral", "简短": "brief"}
_WORDS: dict[str, dict[str, dict[str, str]]] = {
    "hours": {
        "zh": dict(zip(WEEKDAYS, ("周一", "周二", "周三", "周四", "周五", "周六", "周日"), strict=True)),
        "en": {name: name.capitalize() for name in WEEKDAYS},
    },
    "closed": {},
    "languages": {"zh": {"zh": "中文", "en": "英文"}, "en": {"zh": "Chinese", "en": "English"}},
    "tone": {"zh": {english: chinese for chinese, english in _TONES.items()}},
}
"""Facts whose values are words of ours → what they are in a language."""
ZONES = {
    "Asia/Shanghai": ("北京时间", "China time"), "Asia/Taipei": ("台北时间", "Taipei time"), "Asia/Hong_Kong": ("香港时间", "Hong Kong time"),
    "Asia/Singapore": ("新加坡时间", "Singapore time"),
}  # fmt: skip
"""Zones as people there call them."""
LONGEST_NAME, LONGEST_POLICY = 60, 2000
_FREE = ("包邮", "免邮", "免运费", "免费", "free")
CARRIERS = {
    "zto": ("中通快递", "ZTO Express"), "yto": ("圆通速递", "YTO Express"), "yunda": ("韵达快递", "Yunda Express"),
    "sto": ("申通快递", "STO Express"), "sf": ("顺丰速运", "SF Express"), "jt": ("极兔速递", "J&T Express"),
    "ems": ("中国邮政", "China Post"),
}  # fmt: skip
"""Carriers a shop may name by two characters."""


@dataclass(frozen=True, slots=True)
class Fact:
    """How one fact is shown and set. `set` raises Unreadable; text None takes the fact away."""

    show: Callable[[Shop], str | None]
    set: Callable[[Shop, str | None], Shop]
    example: str


def fact(key: str) -> Fact | None:
    """The fact of this name; `policy.return.zh` and the like are facts too."""
    if key in FACTS:
        return FACTS[key]
    found = re.fullmatch(r"policy\.([a-z][a-z0-9_]{0,30})\.(zh|en)", key)
    return None if found is None else _policy(found[1], found[2])


def stated(shop: Shop) -> Iterator[tuple[str, str]]:
    """Every fact that is stated, by name."""
    for key, one in FACTS.items():
        if (said := one.show(shop)) is not None:
            yield key, said
    for name, _ in shop.policies:
        for language in ("zh", "en"):
            if (said := _policy(name, language).show(shop)) is not None:
                yield f"policy.{name}.{language}", said


def worded(key: str, value: str | None, language: str) -> str | None:
    """A value as a person who reads this language would write it; what it says can be set again as it stands."""
    if key == "timezone" and value in ZONES:
        return ZONES[value][language == "en"]
    if value is None or key not in _WORDS:
        return value
    return re.sub(
        r"[a-z]+", lambda match: _WORDS[key].get(language, {}).get(match[0], match[0]), _joined(key, value, language)
    )


def _joined(key: str, value: str, language: str) -> str:
    """Its parts joined as that language joins them."""
    if language == "zh":
        if key == "hours":
            return re.sub(r"(?<=[a-z])-(?=[a-z])", "至", value).replace("; ", "；")
        return value.replace("..", "至").replace(" ", "、")
    return value.replace(" ", ", ").replace("..", " to ") if key in ("closed", "languages") else value


def _hours_shown(shop: Shop) -> str | None:
    if shop.hours is None:
        return None
    spelled = [" ".join(f"{one.start:%H:%M}-{_end_shown(one)}" for one in spans) for spans in shop.hours.week]
    if len(set(spelled)) == 1:
        return spelled[0]
    parts, first = [], 0
    for day, times in enumerate(spelled):
        if day < 6 and spelled[day + 1] == times:
            continue
        if times:
            days = WEEKDAYS[day] if first == day else f"{WEEKDAYS[first]}-{WEEKDAYS[day]}"
            parts.append(f"{days} {times}")
        first = day + 1
    return "; ".join(parts)


def _end_shown(one: Span) -> str:
    return "24:00" if one.end == time(0) else f"{one.end:%H:%M}"


def _set_hours(shop: Shop, text: str | None) -> Shop:
    closed = shop.hours.closed if shop.hours else frozenset()
    return replace(shop, hours=None if text is None else Hours(hours_in(text), closed))


def _set_closed(shop: Shop, text: str | None) -> Shop:
    if shop.hours is None:
        raise Unreadable("hours come first")
    return replace(shop, hours=replace(shop.hours, closed=frozenset() if text is None else dates_in(text)))


def _set_zone(shop: Shop, text: str | None) -> Shop:
    said = to_simplified((text or "Asia/Shanghai").strip())
    cities = ((key, one) for key, names in ZONES.items() for one in names)
    known = next(
        (key for key, one in cities if said.casefold() in (one.casefold(), one[:-2], one[:-5].casefold())), said
    )
    try:
        return replace(shop, timezone=ZoneInfo(known))
    except (ValueError, OSError, KeyError):
        raise Unreadable("no time zone", said=text, known=[names[0] for names in ZONES.values()]) from None


def _time_in(text: str) -> time:
    at = clock_in(text)
    if at is None:
        raise Unreadable("no time of day", said=text)
    return at


def _set_cutoff(shop: Shop, text: str | None) -> Shop:
    if text is None:
        return replace(shop, dispatch=None)
    cutoff = _time_in(text)
    return replace(shop, dispatch=replace(shop.dispatch, cutoff=cutoff) if shop.dispatch else Dispatch(cutoff))


def _set_languages(shop: Shop, text: str | None) -> Shop:
    both = re.sub(r"中英文?|双语", "中文 英文", to_simplified(text or "zh en").lower().strip())
    written = re.split(r"[\s,，、/和]+", both)
    wanted = tuple(dict.fromkeys(_LANGUAGES.get(one, one) for one in written))
    if not set(wanted) <= {"zh", "en"}:
        raise Unreadable("no such languages")
    return replace(shop, languages=wanted)


def _set_carrier(shop: Shop, text: str | None) -> Shop:
    others = tuple(replace(one, is_default=False) for one in shop.carriers)
    if text is None:
        return replace(shop, carriers=others)
    wanted = text.strip().lower()
    mine = next((one for one in others if wanted in (one.code.lower(), one.name.lower(), one.name_en.lower())), None)
    if mine is not None:
        return replace(shop, carriers=tuple(replace(one, is_default=one is mine) for one in others))
    known = next((code for code, names in CARRIERS.items() if wanted == code or wanted in names[0] or wanted == names[1].lower()), None)  # fmt: skip
    if known is None:
        raise Unreadable("no known carrier", said=text, known=[names[0] for names in CARRIERS.values()])
    name, name_en = CARRIERS[known]
    return replace(shop, carriers=(*others, Carrier(known, name, name_en, is_default=True)))


def _set_tone(shop: Shop, text: str | None) -> Shop:
    try:
        word = to_simplified(text or "warm").lower().strip()
        return replace(shop, tone=Tone(_TONES.get(word, word)))
    except ValueError:
        raise Unreadable("no such tone") from None


def _set_name(shop: Shop, text: str | None) -> Shop:
    if not text or len(text) > LONGEST_NAME or "\n" in text:
        raise Unreadable("no name", most=LONGEST_NAME)
    return replace(shop, name=text)


def _amount(name: str) -> Fact:
    def show(shop: Shop) -> str | None:
        value = getattr(shop.postage, name)
        return None if value is None else f"{value.amount}"

    def change(shop: Shop, text: str | None) -> Shop:
        if text is not None and text.strip().lower() in _FREE:
            raise Unreadable("free is 0")
        value = None if text is None else amount_in(text, shop.currency)
        changed: dict[str, Any] = {name: value}
        return replace(shop, postage=replace(shop.postage, **changed))

    return Fact(show, change, "8")


def _policy(name: str, language: str) -> Fact:
    def show(shop: Shop) -> str | None:
        said = shop.policy(name)
        return (getattr(said, language) or None) if said is not None else None

    def change(shop: Shop, text: str | None) -> Shop:
        if text is not None and len(text) > LONGEST_POLICY:
            raise Unreadable("too long", most=LONGEST_POLICY)
        before, new = shop.policy(name) or Wordings(), text or ""
        said = replace(before, en=new) if language == "en" else replace(before, zh=new)
        kept = {**dict(shop.policies), name: said}
        return replace(shop, policies=tuple((key, one) for key, one in kept.items() if one.zh or one.en or one.zh_hant))

    return Fact(
        show, change, "签收后七天内没用过可以退换。" if language == "zh" else "Returns within seven days if unused."
    )


def _carrier_shown(shop: Shop) -> str | None:
    return shop.default_carrier.name if shop.default_carrier else None


FACTS: dict[str, Fact] = {
    "name": Fact(lambda shop: shop.name, _set_name, "北窗布艺"),
    "name_en": Fact(lambda shop: shop.name_en or None, lambda shop, text: replace(shop, name_en=text or ""), "North Window"),
    "timezone": Fact(lambda shop: shop.timezone.key, _set_zone, "Asia/Shanghai"),
    "languages": Fact(lambda shop: " ".join(shop.languages), _set_languages, "zh en"),
    "hours": Fact(_hours_shown, _set_hours, "09:00-12:00 13:30-22:00"),
    "closed": Fact(lambda shop: dates_shown(shop.hours.closed) if shop.hours else None, _set_closed, "2027-02-06..2027-02-09"),
    "cutoff": Fact(lambda shop: f"{shop.dispatch.cutoff:%H:%M}" if shop.dispatch else None, _set_cutoff, "16:40"),
    "carrier": Fact(_carrier_shown, _set_carrier, "中通"),
    "fee": _amount("fee"), "free_over": _amount("free_over"), "remote_fee": _amount("remote_fee"),
    "tone": Fact(lambda shop: shop.tone.value, _set_tone, "warm"),
}  # fmt: skip
