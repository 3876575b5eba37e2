"""News of parcels to their buyers: what is due together of one order is one message, and what waits for the morning is the
newest there is."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from core.answering.values import Button, Fact
from core.quiet import QuietHours
from core.tracking.values import Status
from handlers.parcels.telling import about_all, buyers_voice, chat_with, mode_buttons, rings_at, tell_of_parcels, untold
from store.outbox import Status as Fate

if TYPE_CHECKING:
    from core.orders import Order
    from handlers.chats import Chat
    from handlers.desk import Desk
    from store.parcels import Parcel
    from store.writing import Write

NEWS, STILL = "parcel_news", "parcel_still"
TOGETHER = "parcels:"
"""Begins the key of a message about several parcels."""
REPLACED = "something newer is told"
"""Why a message that waited is not sent."""


@dataclass(slots=True)
class Step:
    """One parcel as it is after a report, what is written with it, and the news of it: a template, or empty; `key` is what
    makes that news the same when it is decided again."""

    parcel: Parcel
    unit: list[Write] = field(default_factory=list)
    buyer_id: int | None = None
    news: str = ""
    key: str = ""
    moved: Order | None = None
    """The order as it was before, where this moved it on or back."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where and when a buyer is told."""

    chat: Chat | None
    when: datetime
    is_silent: bool = False


async def tell(
    desk: Desk, steps: Sequence[Step], quiet: QuietHours | None, interval: timedelta, now: datetime
) -> list[list[Step]]:
    """Put the news of these parcels into their steps. What comes back belongs into one commit list by list: parcels told of
    in one message stand together."""
    groups: dict[object, list[Step]] = {}
    for step in steps:
        one = step.parcel
        groups.setdefault(
            (step.buyer_id, one.order_no, step.news, one.status, one.is_alarm) if step.news else one.id, []
        ).append(step)
    for group in groups.values():
        if group[0].news:
            await _tell(desk, group, steps, quiet, interval, now)
    return list(groups.values())


async def _tell(
    desk: Desk, group: list[Step], steps: Sequence[Step], quiet: QuietHours | None, interval: timedelta, now: datetime
) -> None:
    """What was to be said before of these parcels and was not yet is taken back."""
    first, is_still = group[0], group[0].news == STILL
    place = await _place(desk, first.buyer_id, quiet, now)
    old = dict.fromkeys(step.parcel.told_key for step in group if step.parcel.told_key)
    if place.chat is None:
        for step in group if not is_still else ():
            step.parcel = replace(step.parcel, told_at=now, told_key=step.key)
            name, what = str(step.buyer_id or ""), str(step.parcel.status)
            step.unit += untold(desk, step.parcel, name, what, f"untold:{step.key}", now)
    first.unit += [desk.store.outbox.cancel_key(key, REPLACED) for key in old if not is_still or place.chat]
    if place.chat is None or not place.chat.wants("parcels") or place.chat.buyer.has_stopped:
        return
    expires = now + interval if is_still else None
    joining, again = await _waiting(desk, group, steps, set(old), place.when > now)
    _say(desk, first, [*group, *joining], place, expires, now)
    alike: dict[object, list[Step]] = {}
    for step in again:
        step.key = f"parcel:{step.parcel.number}:{step.buyer_id}:again:{now.timestamp():.6f}"
        alike.setdefault((step.news, step.parcel.status, step.parcel.is_alarm), []).append(step)
    for several in alike.values():
        _say(desk, first, several, place, None, now)
    ours = {step.parcel.id for step in steps}
    for step in (*joining, *again):
        if step.parcel.id not in ours:  # of these nothing else changes
            first.unit.append(desk.store.parcels.told(step.parcel.id, now, step.parcel.told_key))


async def _waiting(
    desk: Desk, group: list[Step], steps: Sequence[Step], old: set[str], is_later: bool
) -> tuple[list[Step], list[Step]]:
    """Other parcels of the order whose news waits to be sent: those of which the very same can be said, and those whose news
    is taken back with an older message about several, and has to be said again."""
    first = group[0]
    if not is_later and not any(key.startswith(TOGETHER) for key in old):
        return [], []
    known = {step.parcel.id: step for step in steps}
    joining: list[Step] = []
    again: list[Step] = []
    for one in await desk.store.parcels.of_order(first.parcel.order_no):
        step = known.get(one.id) or Step(one, buyer_id=first.buyer_id)
        key = step.parcel.told_key
        if step.news or not key:
            continue
        row = await desk.store.outbox.by_key(key)
        if row is None or row.status is not Fate.PENDING:
            continue
        news = STILL if ":still:" in key else NEWS
        is_same = (news, one.status, one.is_alarm) == (first.news, first.parcel.status, first.parcel.is_alarm)
        if is_same or key in old:
            step.news, step.key = news, key
            (joining if is_same else again).append(step)
            if key not in old:
                first.unit.append(desk.store.outbox.cancel_key(key, "it is told together with another parcel"))
    return joining, again


def _say(desk: Desk, first: Step, group: Sequence[Step], place: Place, expires: datetime | None, now: datetime) -> None:
    """One message about all of these."""
    chat, news = place.chat, group[0].news
    assert chat is not None
    parcels = [step.parcel for step in group]
    key = group[0].key
    if len(group) > 1:
        members = hashlib.blake2b("|".join(sorted(step.key for step in group)).encode(), digest_size=10).hexdigest()
        kind = "still" if news == STILL else parcels[0].status
        key = f"{TOGETHER}{parcels[0].order_no}:{group[0].buyer_id}:{kind}:{members}"
    fact = Fact(news, parcels[0].number, about_all(desk, parcels, buyers_voice(desk, chat, now).language))
    rows: list[tuple[Button, ...]] = [mode_buttons(parcels)]
    if parcels[0].status is Status.DELIVERED:
        ids = [one.id for one in parcels]
        rows = [(Button(Fact("button_parcel_problem"), "parcel_problem", {"parcels": ids}),)]
    first.unit += tell_of_parcels(
        desk, chat, [fact], key, now, buttons=rows, not_before=place.when, is_silent=place.is_silent, expires_at=expires
    )
    for step in group:
        step.parcel = replace(step.parcel, told_at=now, told_key=key)


async def _place(desk: Desk, buyer_id: int | None, quiet: QuietHours | None, now: datetime) -> Place:
    """In the morning if it is night. Where an account's chat will be closed by then, now, without a sound."""
    chat = await chat_with(desk, buyer_id, now)
    when = rings_at(desk, chat, now, quiet) if chat is not None else now
    if when <= now:
        return Place(chat, now)
    later = await chat_with(desk, buyer_id, when)
    return Place(chat, now, is_silent=True) if later is None else Place(later, when)
