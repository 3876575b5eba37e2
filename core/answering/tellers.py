"""Who tells what: each ask, and each companion, with the function that puts its facts into a message."""

from collections.abc import Callable

from core.answering import bargaining, courtesy, goods, ordering, policies, recommending, shipping, stock, tracking
from core.answering.values import Scene, Telling
from core.asks import Ask

Teller = Callable[[Ask, Scene, bool], Telling]

TELLERS: dict[str, Teller] = {
    "stock": stock.tell_stock,
    "price": goods.tell_price,
    "haggle": bargaining.tell_haggle,
    "spec": goods.tell_spec,
    "recommend": recommending.tell_recommend,
    "variants": stock.tell_variants,
    "hours": goods.tell_hours,
    "promo": policies.tell_promo,
    "ship_when": ordering.tell_ship_when,
    "track": tracking.tell_track,
    "order_status": tracking.tell_order,
    "change_order": ordering.tell_change,
    "change_address": ordering.tell_change,
    "departure": shipping.tell_departure,
    "carrier": shipping.tell_carrier,
    "ship_eta": shipping.tell_eta,
    "ship_fee": shipping.tell_ship_fee,
    "ship_to": shipping.tell_ship_to,
    "special_request": shipping.tell_special_request,
    "warranty": policies.tell_warranty,
    "return_exchange": policies.tells_process("return"),
    "refund": policies.tells("refund"),
    "cancel": ordering.tell_cancel,
    "payment": policies.tell_payment,
    "invoice": policies.tells("invoice"),
    "authenticity": goods.tell_authenticity,
    "policy_return": policies.tells("return"),
    "policy_care": policies.tells("care"),
    "praise": courtesy.tell_praise,
    "greeting": courtesy.tell_greeting,
    "thanks_bye": courtesy.tell_goodbye,
}
"""Who tells what. An ask that is not here is the seller's to do: it is handed over by name."""
