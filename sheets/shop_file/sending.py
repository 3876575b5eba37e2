"""Who carries parcels, how long they take, and what it costs: [[carriers]] and [postage]."""

import re
from collections.abc import Collection

from core.shop import Carrier, Postage, Transit
from sheets.shop_file.keys import Keys, Table


def carriers(keys: Keys, own: Collection[str]) -> tuple[Carrier, ...]:
    """[[carriers]], with the days they take to each region."""
    taken: list[Carrier] = []
    for number, one in enumerate(keys.tables("carriers"), 1):
        path = f"carriers.{number}"
        keys.known(path, one, ("code", "name", "name_en", "default", "surcharge", "transit"))
        code = keys.text(one, "code", 40, required=True, at=f"{path}.code").lower()
        if code and not re.fullmatch(r"[a-z0-9_-]+", code):
            keys.tell("carrier_code", f"{path}.code", code)
        if code and code in {other.code for other in taken}:
            keys.tell("carrier_twice", f"{path}.code", code)
        default = one.get("default", False)
        if not isinstance(default, bool):
            keys.tell("not_true_or_false", f"{path}.default", default)
        elif default and any(other.is_default for other in taken):
            keys.tell("two_defaults", f"{path}.default", code)
        taken.append(
            Carrier(
                code=code,
                name=keys.text(one, "name", 60, required=True, at=f"{path}.name"),
                name_en=keys.text(one, "name_en", 60, at=f"{path}.name_en"),
                is_default=default is True,
                surcharge=keys.money(one, "surcharge", f"{path}.surcharge"),
                transit=_transit(keys, one, f"{path}.transit", own),
            )
        )
    return tuple(taken)


def _transit(keys: Keys, carrier: Table, path: str, own: Collection[str]) -> tuple[Transit, ...]:
    table = carrier.get("transit", {})
    if not isinstance(table, dict):
        keys.tell("transit", path, table)
        return ()
    transit = []
    for region, days in table.items():
        whole = [days, days] if isinstance(days, int) else days
        fits = isinstance(whole, list) and len(whole) == 2
        if not fits or not all(isinstance(one, int) and not isinstance(one, bool) for one in whole):
            keys.tell("transit", path, {region: days})
        elif not 0 <= whole[0] <= whole[1] <= 120:
            keys.tell("transit_order", path, {region: days})
        else:
            transit.append(Transit(region.strip(), *whole))
    keys.check_places([one.region for one in transit if one.region != "default"], path, own)
    return tuple(transit)


def postage(keys: Keys, own: Collection[str]) -> Postage:
    """[postage]: what sending costs, and from which amount on it costs nothing."""
    section = keys.section("postage", ("fee", "free_over", "remote_fee", "remote_regions"))
    return Postage(
        keys.money(section, "fee", "postage.fee"),
        keys.money(section, "free_over", "postage.free_over"),
        keys.money(section, "remote_fee", "postage.remote_fee"),
        keys.places(section, "postage.remote_regions", own),
    )
