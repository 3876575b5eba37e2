"""What one statement of the shop's facts changes of another."""

from collections.abc import Callable
from dataclasses import dataclass

from core.facts import stated
from core.shop import Shop

PARTS: dict[str, Callable[[Shop], object]] = {
    "carriers": lambda shop: shop.carriers,
    "dispatch_days": lambda shop: (
        shop.dispatch and (shop.dispatch.days, shop.dispatch.holidays, shop.dispatch.calendar)
    ),
    "remote_regions": lambda shop: shop.postage.remote_regions,
    "delivery": lambda shop: (shop.delivers_to, shop.not_to),
    "regions": lambda shop: shop.regions,
    "promotions": lambda shop: shop.promotions,
    "bundles": lambda shop: shop.bundles,
}
"""What shop.toml may say besides the facts of `core.facts`, too long for a line."""


@dataclass(frozen=True, slots=True)
class Change:
    """A fact, or one of PARTS, that became another. None: it is not stated, or no line can say it."""

    key: str
    was: str | None = None
    now: str | None = None


def changes(before: Shop, after: Shop) -> list[Change]:
    """What became another: the facts first, then the parts."""
    was, now = dict(stated(before)), dict(stated(after))
    said = [Change(key, was.get(key), now.get(key)) for key in {**was, **now} if was.get(key) != now.get(key)]
    return said + [Change(key) for key, part in PARTS.items() if part(before) != part(after)]
