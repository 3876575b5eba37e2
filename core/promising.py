"""Promises (S4 tip 5): which times a message states, when they bind, and when to look after them."""

from collections.abc import Callable, Iterable
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from core.answering.values import Fact
from core.dispatching import departure
from core.frozen import frozen
from core.ordering import end_of
from core.presence import Presence
from core.promises import Promise, What
from core.shop import Shop

WARNED_BEFORE = timedelta(hours=2)
DRAFTED_BEFORE = timedelta(minutes=30)
TIME_TO_ANSWER = timedelta(minutes=30)
""""Back at nine" is kept by an answer so soon after."""
HEARD = "heard:"
"""Before a seller's name: a time was found in their words, and they have not said yet that it is a promise."""
LAST_MINUTE = time(23, 59)


@frozen
class Stated:
    """A time that a message states: what is promised, by when, and whether that binds without an order."""

    what: What
    due_at: datetime
    is_binding: bool
    order_no: str | None = None


def stated(facts: Iterable[Fact], shop: Shop) -> list[Stated]:
    """Every time these facts state, once for each thing promised."""
    found: dict[tuple[What, str | None], Stated] = {}
    for fact in facts:
        reader = _READERS.get(fact.name)
        one = reader(fact, shop.timezone) if reader is not None else None
        if one is not None:
            found[one.what, one.order_no] = one
    return list(found.values())


def bound_by_payment(told: Iterable[Promise], paid_at: datetime, shop: Shop) -> list[Promise]:
    """What was told without an order and binds now that one is paid in time: of each kind the latest.

    "Pay by 16:40 and it leaves today" binds when the cut-off rule still gives that day at payment. A time of the seller's
    own binds while it lies ahead, and goes before the rule.
    """
    bound: dict[What, Promise] = {}
    for one in sorted(told, key=lambda each: (each.by != "bot", each.made_at)):
        if one.is_binding or one.what is What.ANSWER or one.due_at <= paid_at or one.by.startswith(HEARD):
            continue
        if one.by != "bot" or _in_time(one, paid_at, shop):
            bound[one.what] = one
    return list(bound.values())


def warn_at(promise: Promise, shop: Shop) -> datetime:
    """When the seller is reminded: two hours before it must happen, or half-way where that is nearer."""
    anchor = _anchor(promise, shop)
    return anchor - min(WARNED_BEFORE, max(anchor - promise.made_at, timedelta()) / 2)


def draft_at(promise: Promise, shop: Shop) -> datetime:
    """When the seller is shown what to say to the buyer: shortly before it is due; for a parcel that was to leave that
    day, when the cut-off has passed and it has not."""
    anchor = _anchor(promise, shop)
    if anchor != promise.due_at:
        return anchor
    return anchor - min(DRAFTED_BEFORE, max(anchor - promise.made_at, timedelta()) / 4)


def _anchor(promise: Promise, shop: Shop) -> datetime:
    """When it must happen: a parcel promised for a day must be ready at that day's cut-off."""
    local = promise.due_at.astimezone(shop.timezone)
    if promise.what is What.SHIP and shop.dispatch is not None and local.time() >= LAST_MINUTE:
        cutoff = datetime.combine(local.date(), shop.dispatch.cutoff, tzinfo=shop.timezone)
        return cutoff.astimezone(promise.due_at.tzinfo)
    return promise.due_at


def _in_time(told: Promise, paid_at: datetime, shop: Shop) -> bool:
    if shop.dispatch is None:
        return False
    then = departure(told.made_at, shop.dispatch, shop.timezone)
    now = departure(paid_at, shop.dispatch, shop.timezone)
    return then is not None and now is not None and now.day <= then.day


def _departure(fact: Fact, zone: ZoneInfo) -> Stated | None:
    day: date = fact.values["day"]
    return Stated(What.SHIP, end_of(day, zone), is_binding=False)


def _eta(fact: Fact, zone: ZoneInfo) -> Stated | None:
    # Without a place the message names days on the way, and no date.
    day: date | None = fact.values["to_day"] if fact.values["place"] else None
    return None if day is None else Stated(What.DELIVER, end_of(day, zone), is_binding=False)


def _handover(fact: Fact, zone: ZoneInfo) -> Stated | None:
    presence: Presence = fact.values["presence"]
    back = presence.back_at
    return None if back is None else Stated(What.ANSWER, back + TIME_TO_ANSWER, is_binding=True)


def _order_paid(fact: Fact, zone: ZoneInfo) -> Stated | None:
    by: datetime | None = fact.values["ship_by"]
    if by is None or not fact.values["is_new"]:
        return None
    return Stated(What.SHIP, by, is_binding=True, order_no=fact.values["order_no"])


def _named(fact: Fact, zone: ZoneInfo) -> Stated | None:
    """A fact that carries its promise with it: what, by when, of which order."""
    if fact.values["due_at"] is None:
        return None
    return Stated(What(fact.values["what"]), fact.values["due_at"], True, fact.values["order_no"])


_READERS: dict[str, Callable[[Fact, ZoneInfo], Stated | None]] = {
    "departure": _departure,
    "eta": _eta,
    "handover": _handover,
    "change_asked": _handover,
    "payment_said": _handover,
    "parcel_problem": _handover,
    "order_paid": _order_paid,
    "sorry_late": _named,
    "sorry_short": _named,
    "sorry_other": _named,
}
"""Facts that state a time."""
