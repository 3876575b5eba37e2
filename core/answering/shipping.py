"""Telling about the way to the buyer: when it leaves, with whom, how long, for how much, and whether at all."""

import functools
import operator
from dataclasses import replace
from datetime import timedelta

from core.answering.values import Fact, Scene, Telling
from core.answering.wanting import wanted_lately
from core.answering.wording import (
    is_abroad,
    is_of_an_order_placed,
    is_question,
    may_ask_where_from,
    wants_kept,
    wants_to_collect,
)
from core.asks import Ask
from core.dispatching import departure, is_working_day
from core.language import to_simplified
from core.money import Money
from core.regions import Place, find_place, is_within
from core.shop import Carrier, Shop, Transit
from core.time_phrases import day_in


def tell_departure(ask: Ask, scene: Scene, as_companion: bool = False) -> Telling:
    """The cut-off rule and the day (S4 tip 5), and whether parcels leave on another day that was asked about. When an order
    placed already leaves, only the seller can say."""
    if not as_companion and (ask.details.order_no or is_of_an_order_placed(scene.words)):
        return Telling(missing="seller")
    dispatch = scene.shop.dispatch
    leaves = departure(scene.now, dispatch, scene.shop.timezone) if dispatch else None
    if leaves is None:
        return Telling(missing="" if as_companion else "missing")
    assert dispatch is not None
    today = scene.now.astimezone(scene.shop.timezone).date()
    asked = None if as_companion else day_in(scene.words_of(ask), today)
    values = {
        "day": leaves.day,
        "cutoff": leaves.cutoff,
        "today": leaves.is_today,
        "missed": leaves.missed_cutoff,
        "asked_day": asked if asked != today else None,
        "works": asked is not None and is_working_day(asked, dispatch),
    }
    return Telling((Fact("departure", values=values),))


def tell_carrier(ask: Ask, scene: Scene, as_companion: bool = False) -> Telling:
    """Who carries it; the other carriers and what they cost more, when carriers were asked about."""
    carriers = scene.shop.carriers
    chosen = scene.shop.default_carrier
    if not carriers or (as_companion and chosen is None):
        return Telling(missing="" if as_companion else "missing")
    is_other = (named := _carrier_named(scene)) is not None and named is not chosen
    others = () if as_companion and not is_other else tuple(one for one in carriers if one is not chosen)
    return Telling((Fact("carrier", values={"carrier": chosen, "others": others}),))


def tell_eta(ask: Ask, scene: Scene, as_companion: bool = False) -> Telling:
    """Days on the way to the buyer's region, and the dates, if the day it leaves is known."""
    named = _carrier_named(scene)
    carrier = named or scene.shop.default_carrier
    if carrier is None or not carrier.transit:
        return Telling(missing="" if as_companion else "missing")
    place = destination(ask, scene)
    if place is not None and reaches(place, scene) is False:
        return tell_ship_to(ask, scene, as_companion)
    transit = _transit(carrier, place, scene)
    if transit is None:
        if place is None and not as_companion:
            return Telling(question=Fact("ask_region"))
        return Telling(missing="" if as_companion else "missing")
    dispatch = scene.shop.dispatch
    leaves = departure(scene.now, dispatch, scene.shop.timezone) if dispatch else None
    values = {
        "carrier": named,
        "place": place,
        "from_days": transit.from_days,
        "to_days": transit.to_days,
        "from_day": leaves.day + timedelta(days=transit.from_days) if leaves else None,
        "to_day": leaves.day + timedelta(days=transit.to_days) if leaves else None,
        "elsewhere": place is None and len(carrier.transit) > 1,
        "is_companion": as_companion,
    }
    asked_where = bool(values["elsewhere"]) and not as_companion
    return Telling((Fact("eta", place.name if place else "", values),), Fact("ask_region") if asked_where else None)


def tell_ship_fee(ask: Ask, scene: Scene, as_companion: bool = False) -> Telling:
    """The postage as stated: 0 is free, not stated is asked of a person."""
    postage = scene.shop.postage
    if postage.fee is None:
        return Telling(missing="" if as_companion else "missing")
    place = destination(ask, scene)
    if place is not None and reaches(place, scene) is False:
        return tell_ship_to(ask, scene, as_companion)
    remote = place is not None and any(_within(place, region, scene) for region in postage.remote_regions)
    total = scene.total or _total(ask, scene)
    free = (
        postage.free_over is not None
        and total is not None
        and total.currency == postage.free_over.currency
        and postage.free_over <= total
    )
    values = {
        "fee": postage.fee,
        "free_over": postage.free_over,
        "remote_fee": postage.remote_fee,
        "remote_regions": postage.remote_regions,
        "place": place,
        "is_remote": remote,
        "total": total,
        "is_free": free and not (remote and postage.remote_fee is not None),
    }
    dearer = tell_carrier(ask, scene).facts if not as_companion and _carriers_in(scene.words_of(ask), scene) else ()
    return Telling((Fact("postage", place.name if place else "", values), *dearer))


def tell_ship_to(ask: Ask, scene: Scene, as_companion: bool = False) -> Telling:
    """Whether parcels go there. A place that cannot be found is asked for again, not guessed."""
    shop = scene.shop
    words = scene.words_of(ask)
    if ask.details.sent_from:
        return tell_sent_from(ask, scene)
    if (not shop.delivers_to and not shop.not_to) or (wants_to_collect(words) and not as_companion):
        return Telling(missing="" if as_companion else "missing")
    place = find_place(ask.details.destination) if ask.details.destination else None
    where = {"regions": shop.delivers_to, "not_regions": shop.not_to}
    if place is None and is_abroad(words) and shop.delivers_to:
        return Telling((Fact("delivers_to", values=where),), is_whole=True)
    place = place or destination(ask, scene)
    if place is None:
        return Telling((Fact("delivers_to", values=where),), Fact("ask_region"))
    reached = reaches(place, scene)
    if reached is None:
        return Telling(missing="" if as_companion else "missing")
    # Who hears that it cannot be sent there does not want to know with whom it would go.
    told = Fact("reaches", place.name, where | {"place": place, "reached": reached})
    # 浙江发货吗 may ask where it comes from as well as whether it goes there.
    sent_from = tell_sent_from(ask, scene).facts[:1] if not as_companion and may_ask_where_from(words) else ()
    return Telling((*sent_from, told), is_whole=not reached)


def tell_sent_from(ask: Ask, scene: Scene) -> Telling:
    """Where parcels come from, as the shop states it in its policy `sent_from`, and how long they are on the way."""
    said = scene.shop.policy("sent_from")
    if said is None:
        return Telling(missing="missing")
    plain = replace(ask, details=replace(ask.details, sent_from=False, destination=None))
    on_the_way = tell_eta(plain, scene, as_companion=True).facts
    return Telling((Fact("policy", "sent_from", {"text": said, "key": "sent_from"}), *on_the_way), is_whole=True)


def tell_special_request(ask: Ask, scene: Scene, as_companion: bool = False) -> Telling:
    """A wish for the parcel is written down and echoed, word for word; as a companion it is asked for. Whether it can be
    done, where the buyer asks that, the seller says: nothing is promised."""
    if as_companion:
        return Telling(question=Fact("ask_note"))
    words = scene.words_of(ask)
    asked = is_question(words) or wants_kept(words)
    return Telling((Fact("noted", values={"note": words, "asked": asked}),), missing="seller" if asked else "")


def destination(ask: Ask, scene: Scene) -> Place | None:
    """Where the parcel goes: named now, or earlier in this chat. None when nothing known was named."""
    said = ask.details.destination or scene.destination
    return find_place(said) if said else None


def reaches(place: Place, scene: Scene) -> bool | None:
    """Whether the shop delivers there; None when shop.toml does not say, or the place is wider than what it says."""
    shop = scene.shop
    if any(_within(place, region, scene) for region in shop.not_to):
        return False
    told = [is_within(place, region, shop.regions) for region in shop.delivers_to]
    if any(told):
        return True
    return None if not told or None in told else False


def _within(place: Place, region: str, scene: Scene) -> bool:
    return is_within(place, region, scene.shop.regions) is True


def transit_to(carrier: Carrier | None, where: str, shop: Shop) -> Transit | None:
    """The days on the way to the place that these words name; None where shop.toml does not state them."""
    return None if carrier is None else _row(carrier, find_place(where) if where else None, shop)


def _transit(carrier: Carrier, place: Place | None, scene: Scene) -> Transit | None:
    return _row(carrier, place, scene.shop)


def _row(carrier: Carrier, place: Place | None, shop: Shop) -> Transit | None:
    """The row for the place, the most exact one first; "default" for everywhere else."""
    named = [one for one in carrier.transit if one.region != "default"]
    if place is not None:
        for row in sorted(named, key=lambda one: one.region in dict(shop.regions)):
            if is_within(place, row.region, shop.regions) is True:
                return row
    return next((one for one in carrier.transit if one.region == "default"), None)


def _total(ask: Ask, scene: Scene) -> Money | None:
    """What the goods come to at least: what is wanted already, where nothing else is asked about; the dearer variant of
    one product is no less."""
    if (wanted := wanted_lately(scene.told, scene.now)) and set(ask.products) <= {*wanted, *scene.last_products}:
        ordered = [(one, many) for sku, many in wanted.items() if (one := scene.catalogue.get(sku))]
        if ordered and len({one.price.currency for one, _ in ordered}) == 1:
            return functools.reduce(operator.add, (one.price * many for one, many in ordered))
    prices = [one.price for sku in ask.products if (one := scene.catalogue.get(sku))]
    if not prices or len({price.currency for price in prices}) > 1:
        return None
    return min(prices) * (ask.details.quantity or 1)


def _carriers_in(text: str, scene: Scene) -> tuple[Carrier, ...]:
    """The carriers of the shop that the buyer speaks of: by their names, or by as much of them as people say."""
    words = to_simplified(text).casefold()
    spoken = words.split()
    return tuple(
        one
        for one in scene.shop.carriers
        if one.name[:2] in words or one.code.casefold() in spoken or (one.name_en and one.name_en.casefold() in words)
    )


def _carrier_named(scene: Scene) -> Carrier | None:
    """The one carrier that the buyer speaks of: 顺丰几天到."""
    named = _carriers_in(scene.words, scene)
    return named[0] if len(named) == 1 else None
