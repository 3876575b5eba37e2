"""What the shop knows right now, held in memory: facts, catalogue, presence and the trained understanding.

Another process may change it (`bot.py import`): a revision number, read before a turn or a tick, tells when to read anew.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from core.answering.bundling import companions
from core.answers import Answers, answers
from core.asks import OWN, Phrase
from core.catalogue import Catalogue
from core.presence import Presence, presence
from core.pricing import RAISED_LATELY, PriceBook
from core.shop import Shop

if TYPE_CHECKING:
    from clock import Clock
    from core.understanding import Mind
    from store import Store
    from store.wordings import OwnWording

UNNAMED = Shop(name="本店", name_en="our shop", timezone=ZoneInfo("Asia/Shanghai"))
"""A shop of which nothing was told yet: it states nothing, so everything is handed over."""

LOOK_AGAIN = 0.2
"""Seconds within which the revision is not read twice."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The shop at one moment. `graph` is the bundle graph with the shop's own changes; `answers` are what the seller has
    said to asks, `taught` the lines the seller taught."""

    shop: Shop
    catalogue: Catalogue
    mind: Mind | None = None
    here_until: datetime | None = None
    away_until: datetime | None = None
    graph: dict[str, tuple[str, ...]] = field(default_factory=dict)
    revision: int = -1
    wordings: Mapping[tuple[str, str], OwnWording] = field(default_factory=dict)
    prices: PriceBook = field(default_factory=PriceBook)
    answers: Answers = field(default_factory=Answers)
    taught: tuple[Phrase, ...] = ()
    state: tuple[object, ...] = ()

    @property
    def own(self) -> tuple[str, ...]:
        """The seller's own asks: those that have an answer or a line."""
        return tuple(sorted({*self.answers.own, *(one.ask for one in self.taught if one.ask.startswith(OWN))}))

    def presence(self, now: datetime) -> Presence:
        """Who minds the shop at `now`."""
        return presence(now, self.shop.hours, self.shop.timezone, self.here_until, self.away_until)


class Shelf:
    """Keeps the snapshot up to date. `now` is the last one read; `fresh()` looks whether it still holds."""

    def __init__(
        self, store: Store, clock: Clock, mind: Mind | None = None, monotonic: Callable[[], float] = time.monotonic
    ) -> None:
        self._store = store
        self._clock = clock
        self._monotonic = monotonic
        self._mind = mind
        self._has_mind = asyncio.Event()
        self._looked_at = float("-inf")
        self._reading = asyncio.Lock()
        self.now = Snapshot(UNNAMED, Catalogue())
        self.on_taught: Callable[[], None] = lambda: None
        """Called when lines were taught or taken back, here or by another process."""
        self.on_wordings: Callable[[Mapping[tuple[str, str], OwnWording]], None] = lambda _: None
        """Called with the seller's own wordings when they have changed."""
        if mind is not None:
            self._has_mind.set()

    async def fresh(self, at_once: bool = False) -> Snapshot:
        """The snapshot as it is in the store now. `at_once` looks even if it was looked at a moment ago."""
        is_recent = self._monotonic() - self._looked_at < LOOK_AGAIN
        if is_recent and not at_once and not self._reading.locked():  # while it is read, what is in memory may be old
            return self.now
        async with self._reading:
            if not at_once and self._monotonic() - self._looked_at < LOOK_AGAIN:
                return self.now
            self._looked_at = self._monotonic()
            revision = await self._store.revision.read()
            if revision != self.now.revision:
                await self._read(revision)
        return self.now

    def look_again(self) -> None:
        """Something was changed here just now: the next `fresh()` looks, however lately the last one did."""
        self._looked_at = float("-inf")

    @property
    def mind(self) -> Mind | None:
        """The understanding as it was trained, without this shop's goods."""
        return self._mind

    async def minded(self) -> tuple[Snapshot, Mind]:
        """The snapshot, and the understanding that knows its goods. Waits until there is one: at the very first start
        that takes a few seconds, in which everything is received and nothing is lost."""
        await self._has_mind.wait()
        snapshot = await self.fresh()
        assert snapshot.mind is not None
        return snapshot, snapshot.mind

    async def learn(self, mind: Mind) -> None:
        """Put a newly trained understanding in the place of the present one."""
        async with self._reading:
            self._mind = mind
            await self._dress(self.now)
        self._has_mind.set()

    async def _read(self, revision: int) -> None:
        """Read what changed. Stock and prices change all day; the mind is made anew only where words did."""
        before = self.now
        shop = await self._store.shop.load() or UNNAMED
        said = await self._store.shop.presence()
        catalogue = await self._store.catalogue.load(before.catalogue)
        prices = await self._priced(catalogue)
        state = (await self._store.phrases.state(), await self._store.answers.state())
        now = replace(
            before, shop=shop, catalogue=catalogue, here_until=said.here_until, away_until=said.away_until,
            graph=companions(shop), revision=revision, prices=prices, state=state,
            wordings={(one.name, one.language): one for one in await self._store.wordings.all()},
        )  # fmt: skip
        if now.wordings != before.wordings:
            self.on_wordings(now.wordings)
        if state != before.state:
            taught = tuple(await self._store.phrases.taught())
            now = replace(now, taught=taught, answers=answers(await self._store.answers.all()))
        if before.mind is None or shop != before.shop or not _same_words(catalogue, before.catalogue):
            await self._dress(now)
        elif now.taught != before.taught:
            self.now = replace(now, mind=await asyncio.to_thread(before.mind.with_taught, now.taught))
        else:
            self.now = now
        if now.taught != before.taught:
            self.on_taught()

    async def _priced(self, catalogue: Catalogue) -> PriceBook:
        """What may be offered, and what was repriced lately: of that only what differs from before is read."""
        book, before, since = await self._store.prices.load(), self.now, self._clock.now() - RAISED_LATELY
        if before.revision < 0:
            return replace(book, history=await self._store.prices.history(since))
        known = ((one, before.catalogue.get(one.sku)) for one in catalogue)
        repriced = [one.sku for one, was in known if was is not None and was is not one and was.price != one.price]
        changed = await self._store.prices.history(since, repriced) if repriced else {}
        return replace(book, history={**before.prices.history, **changed})

    async def _dress(self, snapshot: Snapshot) -> None:
        """Give the snapshot a mind that knows its goods, places and taught lines; off the loop, for thousands take a second."""
        mind = self._mind
        if mind is not None:

            def dressed() -> Mind:
                taught = mind.with_taught(snapshot.taught) if snapshot.taught else mind
                return taught.with_catalogue(snapshot.catalogue).with_shop(snapshot.shop)

            ready = await asyncio.to_thread(dressed)
            snapshot = replace(snapshot, mind=ready)
        self.now = snapshot


def _same_words(one: Catalogue, other: Catalogue) -> bool:
    """Whether understanding would read both catalogues alike: same things, same names, whatever they cost."""
    return len(one) == len(other) and all(
        mine is theirs
        or (mine.sku, mine.wording, mine.english, mine.aliases, mine.category)
        == (theirs.sku, theirs.wording, theirs.english, theirs.aliases, theirs.category)
        for mine, theirs in zip(one, other, strict=True)
    )
