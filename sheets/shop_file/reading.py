"""shop.toml: the shop's facts, checked word by word. What the file does not state stays None or empty."""

import tomllib
from collections.abc import Collection

from core.asks import ASKS
from core.shop import Shop
from sheets.grid import decoded, unlike
from sheets.limits import LIMITS, Limits
from sheets.problems import Parsed, Taken, refusal
from sheets.shop_file import sending, times, words
from sheets.shop_file.keys import Keys
from sheets.shop_file.toml import decimal, no_toml

TOP = (
    "name name_en languages timezone currency tone hours dispatch carriers postage regions delivery "
    "policies promotions bundles"
).split()
"""What may stand at the top of the file."""


def read_shop(name: str, data: bytes, companions: Collection[str] = ASKS, limits: Limits = LIMITS) -> Parsed[Shop]:
    """The shop a file states, or what is wrong with it. Never raises, whatever the bytes.

    `companions` are the names [bundles] may use. Keys that are not known are warned of, with the one probably meant.
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
    shop = _shop(keys, companions)
    return keys.wrong.problems() if keys.wrong.count else Taken(shop, keys.odd.problems())


def _shop(keys: Keys, companions: Collection[str]) -> Shop:
    """What the file states. Where something is wrong with it, `keys` knows, and this shop is not to be used."""
    table = keys.table
    keys.known("", table, TOP)
    name = keys.text(table, "name", 100, required=True)
    keys.currency = words.currency(keys)
    regions = tuple((key, keys.names(table["regions"], f"regions.{key}")) for key in keys.section("regions"))
    own = {key for key, _ in regions}
    delivery = keys.section("delivery", ("regions", "not_regions"))
    shop = Shop(
        name=name,
        timezone=words.timezone(keys),
        currency=keys.currency,
        languages=words.languages(keys),
        hours=times.hours(keys) if "hours" in table else None,
        dispatch=times.dispatch(keys) if "dispatch" in table else None,
        carriers=sending.carriers(keys, own),
        postage=sending.postage(keys, own),
        regions=regions,
        delivers_to=keys.places(delivery, "delivery.regions", own),
        not_to=keys.places(delivery, "delivery.not_regions", own),
        policies=words.policies(keys),
        promotions=words.promotions(keys),
        bundles=words.bundles(keys, companions),
        tone=words.tone(keys),
        name_en=keys.text(table, "name_en", 100),
    )
    for key, places in regions:
        keys.check_places(places, f"regions.{key}", own - {key})
    return shop
