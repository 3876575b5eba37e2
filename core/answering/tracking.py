"""Telling where a parcel is: what is on file of it, never more."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from core.answering import ordering
from core.answering.troubles import needs_looking_for, speaks_of_several
from core.answering.values import Fact, Scene, Telling
from core.asks import Ask
from core.orders import State

MOST = 3
"""Parcels told of in one message."""
FOR_THE_SELLER = frozenset({"returning", "refused", "stuck"})
"""Where the truth is bad news: it is told, and a person sees to it."""
Parcel = Mapping[str, Any]


def tell_track(ask: Ask, scene: Scene, as_companion: bool = False) -> Telling:
    """The buyer's parcels as they stand, with the carrier's last line, those still on their way first; what has not left
    yet, where several are asked about. Where nothing has left yet, how far the order is; where nothing is known at all the
    bot says so, and the seller is asked."""
    if as_companion:
        return Telling()
    found = _meant(ask, scene)
    if found:
        return _with_what_waits(_told(found, scene), found, scene)
    telling = ordering.tell_status(ask, scene)
    if telling.missing and not telling.facts and scene.parcels is not None:
        return replace(telling, facts=(Fact("parcel_unknown", values={"has_number": bool(ask.details.tracking_no)}),))
    return telling


def tell_order(ask: Ask, scene: Scene, as_companion: bool = False) -> Telling:
    """How far the buyer's orders are, and where the parcels of those that have left."""
    telling = ordering.tell_status(ask, scene, as_companion)
    told = {fact.about for fact in telling.facts if fact.name == "order_status"}
    parcels = _told([one for one in scene.parcels or () if one["order_no"] in told and _is_on_its_way(one)], scene)
    return replace(telling, facts=(*telling.facts, *parcels.facts), missing=telling.missing or parcels.missing)


def _meant(ask: Ask, scene: Scene) -> list[Parcel]:
    """The parcels that are meant: the one whose number is written, those of the order that is named, those on their way, or
    the latest."""
    parcels = list(scene.parcels or ())
    written = re.sub(r"[\s-]+", "", scene.words).upper()
    if named := [one for one in parcels if str(one["number"]) in written]:
        return named
    if number := ask.details.order_no or scene.order_no:
        return [one for one in parcels if str(one["order_no"]).casefold() == number.casefold()]
    return [one for one in parcels if _is_on_its_way(one)] or parcels[:1]


def _told(parcels: Sequence[Parcel], scene: Scene) -> Telling:
    facts = tuple(Fact("parcel_stands", str(one["number"]), one) for one in parcels[:MOST])
    bad = any(
        one["status"] in FOR_THE_SELLER or one["outcome"] == "lost" or needs_looking_for(one, scene.words, scene.now)
        for one in parcels[:MOST]
    )
    return Telling(facts, missing="seller" if bad else "", is_whole=True)


def _with_what_waits(telling: Telling, parcels: Sequence[Parcel], scene: Scene) -> Telling:
    """Where are both my parcels: the order that is paid and has not left is told of as well."""
    if not speaks_of_several(scene.words):
        return telling
    sent = {one["order_no"] for one in parcels}
    waiting = [one for one in scene.orders or () if one.state is State.PAID and one.order_no not in sent]
    facts = [ordering.status(one, scene) for one in waiting[: MOST - len(telling.facts)]]
    is_late = any(fact.values["is_late"] for fact in facts)
    return replace(telling, facts=(*telling.facts, *facts), missing="seller" if is_late else telling.missing)


def _is_on_its_way(parcel: Parcel) -> bool:
    return bool(parcel["status"] != "delivered" and parcel["state"] != "ended")
