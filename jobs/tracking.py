"""Asking carriers: what is due is leased, asked for in batches beside everything else, and what comes of it is written.

A parcel is asked for at least once a round: one whose question is cut off by the program's end is due again when its lease
runs out. What is told of it is told at most once: the answer, the outbox row and the next round are one commit.
"""

from __future__ import annotations

import asyncio
import logging
import zlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from core.tracking.companies import of_code
from core.tracking.following import SLOW, Backoff, next_ask, pace
from core.tracking.values import Asked, CarrierTrouble, Refusal, Report, Wanted, Wrong
from handlers.owners import tell_owners
from handlers.parcels.telling import tell_owners_of
from store.errors import DatabaseUnavailable
from store.parcels import UNDECIDED, ParcelState

if TYPE_CHECKING:
    from carriers.asking import Adapter
    from handlers.desk import Desk
    from store.parcels import Parcel
    from store.writing import Write

AT_ONCE = 400
"""Parcels taken from the table in one look."""
LEASE = timedelta(minutes=2)
TOLD_AGAIN = timedelta(hours=24)
"""A trouble that lasts is told of again after so long."""
OF_ALL = frozenset({Wrong.KEY, Wrong.QUOTA, Wrong.BUSY, Wrong.AWAY, Wrong.FAULT, Wrong.JUNK})
"""Troubles of the carrier as a whole, not of one number."""
log = logging.getLogger(__name__)


async def follow_parcels(desk: Desk) -> None:
    """Have what is due asked for, beside the other jobs: a slow carrier holds up nobody."""
    desk.ask_carriers()


class Asker:
    """Asks. One look at a time; a nudge during a look makes another."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._looking: asyncio.Task[None] | None = None
        self._again = False
        self._failures: dict[str, int] = {}
        self._resting: dict[str, datetime] = {}
        self._told: dict[str, tuple[Wrong, datetime]] = {}
        self._backoff = Backoff()

    def begin(self) -> None:
        """Look, or look again."""
        self._again = True
        if self._looking is None or self._looking.done():
            self._looking = asyncio.create_task(self._look(), name="asking carriers")

    async def idle(self) -> None:
        """Return once nothing that is due is being asked for."""
        while self._looking is not None and not self._looking.done():
            await asyncio.wait([self._looking])

    async def stop(self) -> None:
        """Leave off; what is leased comes again."""
        if self._looking is not None:
            self._looking.cancel()
            await asyncio.gather(self._looking, return_exceptions=True)

    async def _look(self) -> None:
        try:
            while self._again:
                self._again = False
                self._again = await self._look_once() or self._again
        except DatabaseUnavailable as error:
            log.warning("parcels wait for the store: %s", error)

    async def _look_once(self) -> bool:
        """Ask for some of what is due. False when nothing was."""
        desk, now = self._desk, self._desk.clock.now()
        await self._bring_back(now)
        due = await desk.store.parcels.due(now, AT_ONCE)
        if not due:
            return False
        due = await self._decided(due, now)
        by_carrier: dict[str, list[Parcel]] = {}
        for parcel in due:
            by_carrier.setdefault(parcel.via, []).append(parcel)
        await asyncio.gather(*(self._ask_all(via, parcels) for via, parcels in by_carrier.items()))
        return True

    async def _bring_back(self, now: datetime) -> None:
        """No round is so long: what was put off so far was put off while the machine's clock was ahead."""
        latest = now + 2 * max(self._desk.following.ways.interval, SLOW)
        furthest = await self._desk.store.parcels.furthest()
        if furthest is not None and furthest > latest:
            await self._desk.store.write([self._desk.store.parcels.bring_back(latest, now)])

    async def _decided(self, due: list[Parcel], now: datetime) -> list[Parcel]:
        """What came in a file has nobody who is asked about it yet: it is decided now. A whole file of them is spread over
        a round."""
        desk, ways = self._desk, self._desk.following.ways
        new = [one for one in due if one.via == UNDECIDED]
        if not new or desk.following.carriers is None:
            return due
        own = desk.shelf.now.shop.carriers
        unit = []
        for one in new:
            via = desk.following.carriers.chosen(of_code(one.carrier, own).company)
            when = now if len(new) <= AT_ONCE // 10 else now + ways.interval * _share(one)
            unit.append(desk.store.parcels.decide(one.id, via, when))
        await desk.store.write(unit)
        self._again = True
        return [one for one in due if one.via != UNDECIDED]

    async def _ask_all(self, via: str, parcels: list[Parcel]) -> None:
        adapter = self._desk.following.carriers.get(via) if self._desk.following.carriers else None
        now = self._desk.clock.now()
        rests = self._resting.get(via)
        if rests is not None and rests > now:
            return await self._later(parcels, rests)
        if adapter is None:  # its key was taken out of the settings: the parcel stays as it is
            return await self._later(parcels, now + self._desk.following.ways.interval)
        soon = [one for one in parcels if one.asked_at is not None and now - one.asked_at < adapter.least]
        ready = [one for one in parcels if one not in soon] if soon else parcels
        if soon:
            await self._later(soon, now + adapter.least)
        for start in range(0, len(ready), adapter.batch):
            if self._resting.get(via, now) > now:
                return await self._later(ready[start:], self._resting[via])
            await self._ask(adapter, ready[start : start + adapter.batch])
        return None

    async def _later(self, parcels: Sequence[Parcel], when: datetime) -> None:
        """They are not asked for now."""
        await self._desk.store.write([self._desk.store.parcels.postpone(one.id, when) for one in parcels])

    async def _ask(self, adapter: Adapter, parcels: list[Parcel]) -> None:
        """One question, and what comes of it."""
        desk, now = self._desk, self._desk.clock.now()
        until = now + max(LEASE, adapter.least)
        await desk.store.write([desk.store.parcels.lease(one.id, until, now) for one in parcels])
        shop = desk.shelf.now.shop
        wanted = {
            one.number: Wanted(
                one.number, of_code(one.carrier, shop.carriers).company, one.phone, one.via_code, one.is_known, one.shipped_at
            )
            for one in parcels
        }  # fmt: skip
        try:
            asked = await adapter.ask(list(wanted.values()))
        except CarrierTrouble as trouble:
            await self._failed(adapter, parcels, trouble)
            return
        whole = next((one for one in asked.refusals if one.wrong in OF_ALL), None)
        units = []
        if whole is None:
            self._failures.pop(adapter.name, None)
            if self._told.pop(adapter.name, None) is not None:
                key = f"carrier-back:{adapter.name}:{now.timestamp():.0f}"
                units.append(tell_owners(desk, "carrier_back", key, via=adapter.name))
        async with desk.following.lock:
            await desk.following.write([*units, *await self._heard(adapter, parcels, asked)])
        if whole is not None:
            lost = {one.number for one in asked.refusals if one.wrong in OF_ALL}
            await self._failed(
                adapter, [one for one in parcels if one.number in lost], CarrierTrouble(whole.wrong, whole.detail)
            )
        desk.look_into_outbox()

    async def _heard(self, adapter: Adapter, parcels: list[Parcel], asked: Asked) -> list[list[Write]]:
        """A unit per parcel: what was learned of it, and when it is asked for next."""
        desk, now = self._desk, self._desk.clock.now()
        store = desk.store
        due = {one.id: one.next_at or now for one in parcels}
        reports = {one.number: one for one in asked.reports}
        refused = {one.number: one for one in asked.refusals}
        known = dict(asked.known)
        current = await store.parcels.these(list(due))
        keys = await store.parcels.keys(list(due))
        buyers = await store.parcels.buyers(one.order_no for one in current)
        steps = []
        for parcel in current:
            if (code := known.get(parcel.number)) is not None:
                parcel = replace(parcel, is_known=True, via_code=code or parcel.via_code)
            report: Report | None = reports.get(parcel.number)
            step = await desk.following.apply(
                parcel, report, keys[parcel.id], buyers.get(parcel.order_no), now, due=due[parcel.id]
            )
            refusal = refused.get(parcel.number)
            if refusal is not None and refusal.wrong not in OF_ALL:
                step.parcel, told = self._refused(step.parcel, refusal, now)
                step.unit += told
            step.parcel = self._next(step.parcel, due[parcel.id], now, adapter.least)
            steps.append(step)
        return await desk.following.units(steps, now)

    def _refused(self, parcel: Parcel, refusal: Refusal, now: datetime) -> tuple[Parcel, list[Write]]:
        """The carrier does not take this number: the seller hears of it once, and nothing else is lost."""
        trouble = f"{parcel.via}:{refusal.wrong}"
        if refusal.detail == "-18019902":  # it has forgotten the number: told of it again next time
            return replace(parcel, is_known=False), []
        if parcel.trouble == trouble:
            return parcel, []
        key = f"parcel-refused:{parcel.id}:{trouble}:{now.timestamp():.0f}"
        told = tell_owners_of(self._desk, parcel, "parcel_refused", key, now, wrong=refusal.wrong.value, via=parcel.via)
        return replace(parcel, trouble=trouble), told

    def _next(self, parcel: Parcel, due: datetime, now: datetime, least: timedelta) -> Parcel:
        """The parcel with its next round."""
        if parcel.state is not ParcelState.LIVE:
            return replace(parcel, next_at=None)
        interval = pace(parcel.status, parcel.delivered_at, now, self._desk.following.ways.interval)
        if interval is None:
            return replace(parcel, state=ParcelState.ENDED, outcome=parcel.outcome or "delivered", next_at=None)
        when = next_ask(due, now, interval, _share(parcel), is_first=parcel.rounds == 0)
        return replace(parcel, rounds=parcel.rounds + 1, next_at=max(when, now + least))

    async def _failed(self, adapter: Adapter, parcels: Sequence[Parcel], trouble: CarrierTrouble) -> None:
        """The carrier is left alone for a while; its parcels come again; the seller hears of it in one line, and once it is over."""
        desk, now = self._desk, self._desk.clock.now()
        failures = self._failures[adapter.name] = self._failures.get(adapter.name, 0) + 1
        rest = self._backoff.after(failures, trouble.wrong, desk.following.ways.interval)
        self._resting[adapter.name] = now + rest
        again = now + max(rest, adapter.least)
        log.warning("%s: %s; again in %.0f s", adapter.name, trouble, rest.total_seconds())
        unit = [desk.store.parcels.postpone(one.id, again) for one in parcels]
        wrong, told_at = self._told.get(adapter.name, (None, now))
        is_told = wrong is trouble.wrong and now - told_at < TOLD_AGAIN
        if trouble.wrong is not Wrong.BUSY and not is_told:  # asked too often is our own doing, and over in a minute
            self._told[adapter.name] = trouble.wrong, now
            key = f"carrier:{adapter.name}:{trouble.wrong}:{now.timestamp():.0f}"
            unit += tell_owners(desk, "carrier_trouble", key, via=adapter.name, wrong=trouble.wrong.value)
        await desk.store.write(unit)
        desk.look_into_outbox()


def _share(parcel: Parcel) -> float:
    """From 0 to 1, by the order: what spreads parcels that were shipped together, but for those of one order, whose news is
    told in one message."""
    return zlib.crc32(parcel.order_no.encode()) % 1000 / 1000
