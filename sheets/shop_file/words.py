"""What the shop reckons in, how it speaks and what it says: currency, time zone, languages, tone, [policies],
[[promotions]] and [bundles]."""

from collections.abc import Collection
from difflib import get_close_matches
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from core.money import is_currency
from core.shop import Tone, Wordings
from sheets.shop_file.keys import Keys

POLICIES = ("return", "warranty", "payment", "invoice", "price", "authenticity", "care", "sent_from")
"""The policies answers look for; a shop may add its own."""
DEFAULT_ZONE = "Asia/Shanghai"


def currency(keys: Keys, known: str) -> str:
    """The currency of every amount that names none."""
    code = keys.text(keys.table, "currency", 10).upper() or known
    if is_currency(code):
        return code
    keys.tell("unknown_currency", "currency", code, currency="CNY")
    return "CNY"


def timezone(keys: Keys, known: ZoneInfo) -> ZoneInfo:
    """The shop's time zone."""
    key = keys.text(keys.table, "timezone", 60) or known.key
    try:
        if key in available_timezones():
            return ZoneInfo(key)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        pass
    plain = key.rpartition("/")[2].replace(" ", "_").casefold()
    cities = {zone.rpartition("/")[2].casefold(): zone for zone in sorted(available_timezones())}
    cities |= dict.fromkeys(("beijing", "china", "北京", "上海", "中国", "cst", "utc+8", "gmt+8"), DEFAULT_ZONE)
    near = get_close_matches(plain, cities, 1, 0.7)
    keys.tell("unknown_timezone", "timezone", key, near=cities[near[0]] if near else DEFAULT_ZONE)
    return ZoneInfo(DEFAULT_ZONE)


def languages(keys: Keys, known: tuple[str, ...]) -> tuple[str, ...]:
    """The languages buyers are answered in."""
    if "languages" not in keys.table:
        return known
    named = keys.names(keys.table, "languages")
    for one in named:
        if one not in ("zh", "en"):
            keys.tell("unknown_language", "languages", one)
    if not named and not keys.table["languages"]:
        keys.tell("unknown_language", "languages", "[]")
    return named


def tone(keys: Keys, known: Tone) -> Tone:
    """How warm the shop sounds."""
    value = keys.table.get("tone", known)
    try:
        return Tone(value)
    except ValueError:
        keys.tell("unknown_tone", "tone", value)
        return Tone.WARM


def policies(keys: Keys) -> tuple[tuple[str, Wordings], ...]:
    """[policies]: what the shop says of returns, payment and the like."""
    taken = []
    for key, value in keys.section("policies").items():
        near = get_close_matches(key.lower(), POLICIES, 1, 0.75)
        if key not in POLICIES and near:
            keys.warn("policy_near", f"policies.{key}", key, near=near[0])
        if words := keys.wordings(value, f"policies.{key}", has_words=True):
            taken.append((key, words))
    return tuple(taken)


def promotions(keys: Keys) -> tuple[Wordings, ...]:
    """[[promotions]], as they are said."""
    value = keys.table.get("promotions", [])
    if not isinstance(value, list):
        keys.tell("not_tables", "promotions", value, name="promotions")
        return ()
    said = (keys.wordings(one, f"promotions.{number}") for number, one in enumerate(value, 1))
    return tuple(filter(None, said))


def bundles(keys: Keys, companions: Collection[str]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """[bundles]: asks that are answered along with another. `companions` are the names that may stand here."""
    section = keys.section("bundles")
    taken = []
    for key in section:
        names = keys.names(section, f"bundles.{key}")
        for one in (key, *names):
            if one not in companions and not one.startswith("own:"):
                near = get_close_matches(one, companions, 1, 0.6)
                fault = "unknown_ask_near" if near else "unknown_ask"
                keys.tell(fault, f"bundles.{key}", one, near="".join(near))
        taken.append((key, names))
    return tuple(taken)
