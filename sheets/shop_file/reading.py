"""shop.toml: the shop's facts, checked word by word. What the file does not state stays as it is known, else None or empty."""

import tomllib
from collections.abc import Collection, Iterable
from typing import TypeVar
from zoneinfo import ZoneInfo

from core.asks import ASKS
from core.shop import Shop
from sheets.grid import decoded, unlike
from sheets.limits import LIMITS, Limits
from sheets.problems import Parsed, Taken, refusal
from sheets.shop_file import sending, times, words
from sheets.shop_file.keys import Keys
from sheets.shop_file.toml import decimal, no_toml

T = TypeVar("T")
Pairs = tuple[tuple[str, T], ...]
TOP = (
    "name name_en languages timezone currency tone hours dispatch carriers postage regions delivery "
    "policies promotions bundles"
).split()
"""What may stand at the top of the file."""


UNSTATED = Shop("", ZoneInfo(words.DEFAULT_ZONE))
"""A shop of which nothing is known."""


def read_shop(
    name: str,
    data: bytes,
    companions: Collection[str] = ASKS,
    limits: Limits = LIMITS,
    known: Shop | None = None,
) -> Parsed[Shop]:
    """The shop a file states, or what is wrong with it. Never raises, whatever the bytes.

    A section that stands in the file is as the file says; one that does not stays as it is `known`, and so does each policy,
    bundle and region the file does not name. `companions` are the names [bundles] may use. Keys that are not known are
    warned of, with the one probably meant.
    """
    if len(data) > limits.shop_bytes:
        size, limit = f"{len(data) / 2**20:.1f}", f"{limits.shop_bytes / 2**20:g}"
        return refusal(name, "too_large", size=size, limit=limit)
    is_text = not unlike(data) and (b"\x00" not in data or data.startswith((b"\xff\xfe", b"\xfe\xff")))
    text = decoded(data) if is_text else None
    if text is None:
        return refusal(name, "toml_not_text")
    text = text.replace("\r\n", "\n")
    try:
        table = tomllib.loads(text, parse_float=decimal)
    except tomllib.TOMLDecodeError as wrong:
        return no_toml(name, text, str(wrong))
    except (ValueError, RecursionError):
        return refusal(name, "toml_value")
    keys = Keys(name, text, table)
    shop = _shop(keys, companions, known or UNSTATED)
    return keys.wrong.problems() if keys.wrong.count else Taken(shop, keys.odd.problems())


def _shop(keys: Keys, companions: Collection[str], known: Shop) -> Shop:
    """What the file states. Where something is wrong with it, `keys` knows, and this shop is not to be used."""
    table = keys.table
    keys.known("", table, TOP)
    name = keys.text(table, "name", 100, required=True)
    keys.currency = words.currency(keys, known.currency)
    regions = _joined(
        known.regions, ((key, keys.names(table["regions"], f"regions.{key}")) for key in keys.section("regions"))
    )
    own = {key for key, _ in regions}
    delivery = keys.section("delivery", ("regions", "not_regions"))
    shop = Shop(
        name=name,
        timezone=words.timezone(keys, known.timezone),
        currency=keys.currency,
        languages=words.languages(keys, known.languages),
        hours=times.hours(keys, known.hours) if "hours" in table else known.hours,
        dispatch=times.dispatch(keys) if "dispatch" in table else known.dispatch,
        carriers=sending.carriers(keys, own) if "carriers" in table else known.carriers,
        postage=sending.postage(keys, own) if "postage" in table else known.postage,
        regions=regions,
        delivers_to=keys.places(delivery, "delivery.regions", own) if "delivery" in table else known.delivers_to,
        not_to=keys.places(delivery, "delivery.not_regions", own) if "delivery" in table else known.not_to,
        policies=_joined(known.policies, words.policies(keys)),
        promotions=words.promotions(keys) if "promotions" in table else known.promotions,
        bundles=_joined(known.bundles, words.bundles(keys, companions)),
        tone=words.tone(keys, known.tone),
        name_en=keys.text(table, "name_en", 100) or known.name_en,
    )
    for key, places in regions:
        keys.check_places(places, f"regions.{key}", own - {key})
    return shop


def _joined(known: Pairs[T], stated: Iterable[tuple[str, T]]) -> Pairs[T]:
    """What the file names, and behind it what it does not name, as known."""
    told = dict(stated)
    return (*told.items(), *((key, one) for key, one in known if key not in told))
