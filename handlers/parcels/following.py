"""What a report makes of a parcel: what is kept, who is told, and the order it belongs to — all in one commit.

Whoever applies a report holds `lock`, reads the parcel as it stands, and writes what comes of it before letting go: a
carrier's push, a round of questions and the seller's own word never mix.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from core import ordering
from core.orders import State
from core.promises import What
from core.quiet import QuietHours
from core.tracking.following import Change, Known, Worry, change, still_on_its_way, telling, worry
from core.tracking.values import Report, Status
from handlers.parcels.news import NEWS, STILL, Step, tell
from handlers.parcels.telling import chat_with, tell_owners_of, worried
from store.errors import RowRefused
from store.parcels import ParcelState

if TYPE_CHECKING:
    from carriers.asking import Carriers
    from core.orders import Order
    from handlers.chats import Chat
    from handlers.desk import Desk
    from store.parcels import Parcel
    from store.writing import Write


@dataclass(frozen=True, slots=True)
class Ways:
    """How parcels are followed: every `interval`, quiet at night, worried after so much silence."""

    interval: timedelta = timedelta(hours=12)
    quiet: QuietHours | None = None
    stuck: timedelta = timedelta(days=5)


class Following:
    """Applies reports. `carriers` is handed in by whoever starts the program."""

    def __init__(self, desk: Desk, ways: Ways | None = None, carriers: Carriers | None = None) -> None:
        self._desk = desk
        self.ways = ways or Ways()
        self.carriers = carriers
        self.lock = asyncio.Lock()
        self._arriving: set[int] = set()
        """Parcels found delivered in this round, not written yet: two of one order may arrive together."""
        self._back: set[str] = set()
        """Orders found not delivered after all in this round."""

    async def heard(self, via: str, reports: Sequence[Report]) -> int:
        """A carrier told us by itself: kept and told when this returns. How many parcels it concerned."""
        desk, now = self._desk, self._desk.clock.now()
        async with self.lock:
            pairs = [
                (parcel, report)
                for report in reports
                for parcel in await desk.store.parcels.of_number(report.number)
                if parcel.via == via and parcel.state is not ParcelState.ENDED
            ]
            units = await self.applied(pairs, now)
            await self.write(units)
        if units:
            desk.look_into_outbox()
        return len(pairs)

    async def applied(self, pairs: Sequence[tuple[Parcel, Report]], now: datetime) -> list[list[Write]]:
        """What these reports make of these parcels, a unit for what must be written together. The lock is held by the
        caller."""
        return await self.units(await self.steps(pairs, now), now)

    async def steps(self, pairs: Sequence[tuple[Parcel, Report]], now: datetime) -> list[Step]:
        """The same before it is decided what buyers hear of it: a step for each parcel, in order."""
        store = self._desk.store
        keys = await store.parcels.keys([parcel.id for parcel, _ in pairs])
        buyers = await store.parcels.buyers(parcel.order_no for parcel, _ in pairs)
        return [
            await self.apply(parcel, report, keys[parcel.id], buyers.get(parcel.order_no), now)
            for parcel, report in pairs
        ]

    async def units(self, steps: Sequence[Step], now: datetime) -> list[list[Write]]:
        """The steps as they are written, with what their buyers hear of them. With that a round is decided."""
        self._arriving.clear()
        self._back.clear()
        groups = await tell(self._desk, steps, self.ways.quiet, self.ways.interval, now)
        save = self._desk.store.parcels.save
        return [[write for step in group for write in (*step.unit, save(step.parcel))] for group in groups]

    async def write(self, units: Sequence[Sequence[Write]]) -> None:
        """All of it in one commit; where somebody changed an order meanwhile, parcel by parcel."""
        whole = [write for unit in units for write in unit]
        try:
            await self._desk.store.write(whole)
        except RowRefused:
            if len(units) == 1:
                raise
            for unit in units:
                await self._desk.store.write(unit)

    async def apply(
        self,
        parcel: Parcel,
        report: Report | None,
        keys: frozenset[str],
        buyer_id: int | None,
        now: datetime,
        *,
        due: datetime | None = None,
    ) -> Step:
        """The parcel as it is after this report, what is written with it, and the news of it. `due` is the round's time in a
        round of questions; `report` None: nothing was learned."""
        if report is None:
            return Step(*await self._look_at_time(parcel, buyer_id, now), buyer_id)
        known = Known(parcel.status, parcel.is_alarm, parcel.latest_at, keys, parcel.is_seen)
        found = change(known, report, now)
        after = _after(parcel, report, found, now)
        unit: list[Write] = [*self._desk.store.parcels.hear(parcel.id, found.fresh, now)]
        if report.is_corrected and report.company and report.company != parcel.via_code:
            after = replace(after, via_code=report.company)
            key = f"parcel-corrected:{parcel.id}:{report.company}"
            unit += tell_owners_of(self._desk, after, "parcel_corrected", key, now, company=report.company)
        step = Step(after, unit, buyer_id)
        if parcel.state is ParcelState.LIVE:
            await self._tell(step, parcel, found, now, due)
        if after.status is Status.DELIVERED and parcel.status is not Status.DELIVERED:
            await self._order_delivered(step, now)
        elif parcel.status is Status.DELIVERED and after.status not in (Status.DELIVERED, Status.RETURNING):
            after = step.parcel = replace(step.parcel, delivered_at=None)
            await self._order_not_delivered(step, now)
        return step

    async def _tell(self, step: Step, before: Parcel, found: Change, now: datetime, due: datetime | None) -> None:
        """Whoever is to be told of the change is told; where nothing changed, "still on its way" may be due."""
        tell, after, buyer_id = telling(found, before.mode), step.parcel, step.buyer_id
        if tell.worry is not None:
            chat = await chat_with(self._desk, buyer_id, now)
            step.unit += worried(self._desk, after, chat, _name(chat, buyer_id), tell.worry, now)
            after = step.parcel = replace(after, worry=_tag(tell.worry, after))
        if tell.buyer:
            what = found.latest.key if found.latest else after.status_at
            step.news, step.key = NEWS, f"parcel:{after.number}:{buyer_id}:{after.status}:{what}"
        elif not found.has_changed:
            ways, since = self.ways, after.told_at or after.shipped_at
            if due is not None and still_on_its_way(
                after.status, after.mode, since, after.latest_at, now, ways.interval, ways.stuck
            ):
                step.news, step.key = STILL, f"parcel:{after.number}:{buyer_id}:still:{due.timestamp():.0f}"
            if tell.worry is None:
                step.parcel, said = await self._look_at_time(after, buyer_id, now)
                step.unit += said

    async def _look_at_time(self, parcel: Parcel, buyer_id: int | None, now: datetime) -> tuple[Parcel, list[Write]]:
        """What has taken too long is shown to the seller, once."""
        if parcel.state is not ParcelState.LIVE:
            return parcel, []
        found = worry(parcel.status, parcel.shipped_at, parcel.status_at, parcel.latest_at, now, self.ways.stuck)
        if found is None or parcel.worry == _tag(found, parcel) or (parcel.via == "manual" and found is Worry.UNKNOWN):
            return parcel, []
        chat = await chat_with(self._desk, buyer_id, now)
        unit = worried(self._desk, parcel, chat, _name(chat, buyer_id), found, now)
        return replace(parcel, worry=_tag(found, parcel)), unit

    async def _order_delivered(self, step: Step, now: datetime) -> None:
        """The last of an order's parcels has arrived: the order is delivered, and what was promised of that is kept."""
        store, parcel = self._desk.store, step.parcel
        self._arriving.add(parcel.id)
        others = [one for one in await store.parcels.of_order(parcel.order_no) if one.id not in self._arriving]
        order = await store.orders.get(parcel.order_no)
        waits = any(one.status is not Status.DELIVERED and one.state is not ParcelState.ENDED for one in others)
        if order is None or waits or not order.may_become(State.DELIVERED) or order.state is State.PART_SHIPPED:
            return
        step.moved = order
        step.unit += [
            *store.orders.save(ordering.delivered(order, now), "delivered", f"carrier:{parcel.via}", now),
            *store.promises.done(order.order_no, [What.DELIVER], now),
        ]

    async def _order_not_delivered(self, step: Step, now: datetime) -> None:
        """A parcel that was called delivered is still on its way: so is its order, unless it was done since, and what was
        promised of the delivery is to be kept. What comes back from its buyer was delivered."""
        order = await self._desk.store.orders.get(step.parcel.order_no)
        if order is None or order.state is not State.DELIVERED or order.order_no in self._back:
            return
        self._back.add(order.order_no)
        step.moved = order
        step.unit += await not_delivered(self._desk, order, f"carrier:{step.parcel.via}", now)


async def not_delivered(desk: Desk, order: Order, by: str, now: datetime) -> list[Write]:
    """An order that was called delivered is still on its way, and what was promised of the delivery is to be kept."""
    store = desk.store
    promised = await store.promises.of_order(order.order_no)
    kept = [one.id for one in promised if one.what is What.DELIVER and one.closed_at == order.delivered_at]
    before = ordering.back_to(order, State.SHIPPED)
    return [*store.orders.save(before, "not delivered", by, now), *(store.promises.reopen(id) for id in kept)]


def _after(parcel: Parcel, report: Report, found: Change, now: datetime) -> Parcel:
    """The parcel with what the report says, nothing told yet."""
    latest = found.latest if not found.is_late else None
    changed: dict[str, object] = {
        "status": found.status,
        "is_alarm": found.is_alarm,
        "is_seen": parcel.is_seen or bool(report.events),
        "trouble": "",
    }
    if found.has_changed:
        changed["status_at"] = latest.at if latest is not None else now
    if latest is not None and (parcel.latest_at is None or latest.at >= parcel.latest_at):
        changed |= {"latest_at": latest.at, "latest_words": latest.words, "latest_place": latest.place}
    if found.status is Status.DELIVERED:
        changed["delivered_at"] = parcel.delivered_at or now
    return replace(parcel, **changed)  # type: ignore[arg-type]


def _tag(found: Worry, parcel: Parcel) -> str:
    """A worry is told once for each silence: as soon as something new was heard, it may be told again."""
    return f"{found}:{parcel.latest_at.timestamp() if parcel.latest_at else 0:.0f}"


def _name(chat: Chat | None, buyer_id: int | None) -> str:
    return chat.name if chat is not None else str(buyer_id or "")
