"""Values to show a wording with: of the shop's own shelf and facts where there are any, else plain examples."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import time, timedelta
from typing import TYPE_CHECKING, Any

from core.catalogue import Variant
from core.money import Money
from core.shop import Carrier, Transit, Wordings
from core.tracking.values import Status

if TYPE_CHECKING:
    from handlers.desk import Desk

PARCEL_NO, ORDER_NO = "SF1234567890123", "2611200417"
COUNT, DAYS = 2, (2, 4)


def samples(desk: Desk, template: str, language: str) -> Mapping[str, Any]:
    """A value for every name that the built-in wordings use, as `template` gets it."""
    shop, now = desk.shelf.now.shop, desk.clock.now()
    today = now.astimezone(shop.timezone).date()
    one = next((each for each in desk.shelf.now.catalogue if each.stock), None) or next(
        iter(desk.shelf.now.catalogue), None
    )
    item = _item(one, language, shop.currency)
    price: Money = item["price"]
    said = Wordings("签收后七天内没用过可以退换。", "Returns within seven days if unused.")
    carrier = shop.default_carrier or Carrier("sf", "顺丰速运", "SF Express", is_default=True)
    soon = now + timedelta(days=1)
    values: dict[str, Any] = {
        **item, "item": item, "other": item, "off": price, "over": price, "amount": price, "total": price, "free_over": price,
        "fee": shop.postage.fee or price, "remote_fee": shop.postage.remote_fee or price, "sisters": [item], "there": [item], "gone": [item],
        "choices": [item], "offers": [item], "each": [{**item, "variants": [item["variant"]]}], "lines": [{**item, "quantity": COUNT}], "ordered": [{**item, "many": COUNT}], "instead": [{**item, "many": COUNT}],
        "wanted": COUNT, "count": COUNT, "number": 1, "many": False, "whole": True, "is_named": False, "is_companion": False, "again": False,
        "handed": False, "courtesy": False, "thanked": True, "asked": False, "missed": False, "today": False, "works": True, "on": True,
        "offered": False, "elsewhere": False, "several": False, "is_alarm": False, "is_followed": True, "is_new": True, "is_free": False, "is_late": False,
        "is_past": False, "is_range": False, "waiting": False, "still": False, "more": False, "at_most": price, "is_remote": False, "reached": True,
        "day": today + timedelta(days=1), "asked_day": today, "from_day": today + timedelta(days=2), "to_day": today + timedelta(days=4),
        "from_days": DAYS[0], "to_days": DAYS[1], "transit": Transit("default", *DAYS), "cutoff": shop.dispatch.cutoff if shop.dispatch else time(16, 0),
        "hours": shop.hours, "presence": desk.shelf.now.presence(now), "at": now, "due_at": soon, "was": now, "ship_by": soon, "shipped_at": now,
        "delivered_at": None, "carrier": carrier, "others": (), "place": _place(), "regions": shop.delivers_to, "not_regions": shop.not_to,
        "remote_regions": shop.postage.remote_regions, "promotions": shop.promotions, "policy": said, "payment": said, "return_": said,
        "authenticity": said, "text": said, "attributes": (), "quoted": (), "aspect": "quality", "kind": "all", "reason": "none", "state": "paid",
        "status": Status.TRANSIT.value, "outcome": "", "mode": "all", "worry": "quiet", "what": "ship", "step": "paid", "language": language,
        "labels": [item["title"]], "link": "https://t.me/…", "order_no": ORDER_NO, "shop": shop.name, "shop_en": shop.name_en or shop.name,
        "final": "", "gift": "", "note": "…", "words": "…", "name": "restock", "ask": "price", "wishes": [],
    }  # fmt: skip
    if template.startswith("parcel_"):
        event = {"at": now, "words": "杭州转运中心", "place": "杭州", "status": Status.TRANSIT.value}
        values["each"] = [{**event, "number": PARCEL_NO, "carrier": "顺丰速运"}]
    elif template == "price_offer":
        values["each"] = price
    return {**values, **_OF_ONE.get(template, {})}


_OF_ONE: dict[str, dict[str, Any]] = {
    **{name: {"text": "…"} for name in ("howto", "guarantee", "not_for", "note")},
    **{name: {"kind": "address"} for name in ("change_accepted", "change_asked", "change_refused", "change_taken_back", "change_too_late")},
    "made_of": {"asked": "亚麻", "made_of": "水洗棉麻", "is_of_it": False}, "none_of_material": {"asked": "真丝", "alike": [{"title": "亚麻枕套", "made_of": "亚麻"}]}, "no_colour": {"colour": "紫色", "only": ()},
    **{name: {"number": PARCEL_NO, "place": "杭州", "carrier": "顺丰速运"} for name in ("button_parcel_copy", "parcel_shipped", "parcel_sorry", "parcel_stands", "parcel_news", "parcel_still", "parcel_mode", "parcel_taken_back")},
}  # fmt: skip
"""Names that mean something else in some wordings."""


def _item(one: Variant | None, language: str, currency: str) -> dict[str, Any]:
    """A thing of the shop's, or one made up while its shelf is empty."""
    same: dict[str, Any] = {
        "gone": False,
        "differ": False,
        "guarantee": "",
        "dearer_by": None,
        "differs": (),
        "is_sister": True,
    }
    if one is None:
        title, variant = ("Canvas bag", "black") if language == "en" else ("帆布包", "黑色")
        return {
            **same,
            "sku": "A-1",
            "title": title,
            "variant": variant,
            "price": Money.of("89", currency),
            "stock": 8,
            "unit": "",
        }
    words = one.words(language)
    stock = 8 if one.stock is None else one.stock
    return {
        **same, "sku": one.sku, "title": words.title, "variant": words.variant, "price": one.price, "stock": stock,
        "guarantee": words.guarantee, "unit": words.unit,
    }  # fmt: skip


def _place() -> Any:
    from core.regions import find_place

    return find_place("杭州")
