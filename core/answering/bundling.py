"""The bundle graph (S4 tip 10): each ask, and what a buyer who asks it wants to know next. Data, changed in shop.toml."""

from collections.abc import Mapping

from core.asks import ASKS
from core.shop import Shop

TOPICS = ("departure", "variants", "hours", "policy_return", "policy_care")
"""Companions that are no asks of their own: when a parcel leaves, the sister variants, the opening hours, two policies."""

COMPANIONS: Mapping[str, tuple[str, ...]] = {
    "stock": ("price", "variants", "departure"),
    "price": ("stock", "ship_fee", "promo"),
    "haggle": ("promo",),
    "promo": ("ship_fee",),
    "ship_when": ("carrier", "ship_eta", "special_request"),
    "carrier": ("ship_eta", "special_request"),
    "ship_eta": ("departure", "carrier"),
    "ship_fee": ("ship_eta",),
    "ship_to": ("ship_fee", "ship_eta"),
    "spec": ("stock",),
    "recommend": ("stock", "price"),
    "authenticity": ("policy_return",),
    "payment": ("departure",),
}
"""Asks that are not here stand alone: a warranty question is answered by the process and never by a price (tip 8)."""


def companions(shop: Shop) -> dict[str, tuple[str, ...]]:
    """The graph of this shop: the one above, with what shop.toml replaces."""
    return {**COMPANIONS, **dict(shop.bundles)}


def names() -> frozenset[str]:
    """Every name that may stand in `[bundles]`."""
    return frozenset(ASKS) | frozenset(TOPICS)
