"""What a carrier may say of a parcel: one set of statuses for all of them, events, reports, and what can go wrong."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

MOST_WORDS = 300
"""Characters of a carrier's own words that are kept."""


class Status(StrEnum):
    """Where a parcel stands. Every carrier's own statuses are mapped to these."""

    PENDING = "pending"
    """The carrier knows nothing of the number yet."""
    INFO = "info"
    """A label was made; nothing was collected."""
    COLLECTED = "collected"
    TRANSIT = "transit"
    CUSTOMS = "customs"
    OUT = "out"
    """With the courier, to be handed over today."""
    PICKUP = "pickup"
    """At a locker or a pickup point, waiting for the buyer."""
    FAILED = "failed"
    """A delivery was tried and did not work out."""
    DELIVERED = "delivered"
    RETURNING = "returning"
    REFUSED = "refused"
    STUCK = "stuck"
    """The carrier has lost it, damaged it, or given up following it."""


@dataclass(frozen=True, slots=True)
class Event:
    """One line of a parcel's history. `at` is the carrier's time, aware. `is_alarm`: held at customs, overdue at a pickup point."""

    at: datetime
    status: Status
    words: str = ""
    place: str = ""
    is_alarm: bool = False

    @property
    def key(self) -> str:
        """What makes it the same event when it is heard again, however the carrier classes it by then."""
        told = f"{self.at.timestamp():.0f}|{' '.join(self.words.split())}"
        if not self.words:
            told += f"|{self.status}"
        return hashlib.blake2b(told.encode("utf-8", "replace"), digest_size=10).hexdigest()


@dataclass(frozen=True, slots=True)
class Report:
    """What a carrier says of one number now. `status` None: it says nothing of the whole, so its latest event counts.

    `company` is the carrier's own code of whoever carries the parcel; `is_corrected`: it is another than was asked for.
    `is_over`: it will not be followed there any more.
    """

    number: str
    status: Status | None = None
    events: tuple[Event, ...] = ()
    is_alarm: bool = False
    company: str = ""
    is_corrected: bool = False
    is_over: bool = False

    @property
    def latest(self) -> Event | None:
        """The event with the latest carrier time; of several at one time the one that stands last."""
        return max(enumerate(self.events), key=lambda pair: (pair[1].at, pair[0]))[1] if self.events else None

    @property
    def stands(self) -> Status | None:
        """Where the parcel stands by this report."""
        latest = self.latest
        return self.status or (latest.status if latest is not None else None)


@dataclass(frozen=True, slots=True)
class Wanted:
    """A number to ask for. `company` is our code of who carries it, `phone` the digits some of them want to see,
    `code` what the adapter itself has learned to call the company, `is_known` whether it was told of the number before."""

    number: str
    company: str = ""
    phone: str = ""
    code: str = ""
    is_known: bool = False
    shipped_at: datetime | None = None


class Wrong(StrEnum):
    """Why a carrier could not be asked, or not for this number."""

    KEY = "key"
    QUOTA = "quota"
    BUSY = "busy"
    """Asked too often: wait."""
    AWAY = "away"
    """Not reached, or not in time."""
    FAULT = "fault"
    """It answered that it is broken."""
    JUNK = "junk"
    """It answered what nobody can read."""
    NUMBER = "number"
    """It does not take this number."""
    COMPANY = "company"
    """It cannot tell who carries this number."""
    PHONE = "phone"
    """It wants the digits of a phone, and these are missing or wrong."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """A number for which nothing could be learned, and why. `detail` is the carrier's own code or word."""

    number: str
    wrong: Wrong
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """What came of one question: reports, numbers that were refused, and numbers the adapter knows from now on (with the
    code it learned for each)."""

    reports: tuple[Report, ...] = ()
    refusals: tuple[Refusal, ...] = ()
    known: tuple[tuple[str, str], ...] = ()


class CarrierTrouble(Exception):
    """The whole question failed; nothing was learned of any number in it. `detail` never holds a key."""

    def __init__(self, wrong: Wrong, detail: str = "") -> None:
        super().__init__(f"{wrong}: {detail}" if detail else str(wrong))
        self.wrong, self.detail = wrong, detail


class BadSignature(Exception):
    """A push that did not come from the carrier."""
