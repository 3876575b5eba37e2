"""What every adapter can do, and which of those there are is asked about a parcel."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Protocol

from carriers.kuaidi100 import COMPANIES
from carriers.manual import Manual, parse
from core.tracking.values import Asked, Report, Wanted


class Adapter(Protocol):
    """A way to learn of parcels. `batch` numbers go into one question, `least` lies between two for one number."""

    name: str
    batch: int
    least: timedelta

    async def ask(self, wanted: Sequence[Wanted]) -> Asked:
        """Ask for these. CarrierTrouble when the question as a whole failed."""

    def push(self, headers: Mapping[str, str], body: bytes) -> tuple[Report, ...]:
        """What was posted to us says. BadSignature when it is not theirs."""

    async def close(self) -> None:
        """Let go of what is open."""


class Carriers:
    """The adapters there are, by name, and which of them is asked about a parcel."""

    def __init__(self, adapters: Sequence[Adapter] = ()) -> None:
        self._adapters: dict[str, Adapter] = {one.name: one for one in (Manual(), *adapters)}

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(self._adapters)

    def get(self, name: str) -> Adapter | None:
        """The adapter of this name, where it is set up."""
        return self._adapters.get(name)

    def chosen(self, company: str) -> str:
        """The adapter for a parcel of this company: 快递100 for those it names, else 17TRACK, else what there is."""
        if "kuaidi100" in self._adapters and company in COMPANIES:
            return "kuaidi100"
        return next((name for name in ("17track", "sandbox") if name in self._adapters), "manual")

    def said(self, number: str, word: str, words: str, now: datetime) -> Report | None:
        """What the seller says of a parcel; None when the word names no status."""
        return parse(number, word, words, now)

    async def close(self) -> None:
        for one in self._adapters.values():
            await one.close()
