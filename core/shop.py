"""The shop's facts, as shop.toml states them. An absent fact is None or empty and is never invented."""

from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum
from zoneinfo import ZoneInfo

from core.money import Money

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@dataclass(frozen=True, slots=True)
class Wordings:
    """One thing said in each language. Traditional is made from `zh` unless `zh_hant` is given. `words` are those by which
    buyers ask for a policy of the shop's own."""

    zh: str = ""
    en: str = ""
    zh_hant: str = ""
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Span:
    """Opening hours: from `start` up to, not including, `end`, on one day. `end` 00:00 is midnight at the day's end."""

    start: time
    end: time


@dataclass(frozen=True, slots=True)
class Hours:
    """Opening hours per weekday (Monday first), and dated days on which the shop is closed."""

    week: tuple[tuple[Span, ...], ...]
    closed: frozenset[date] = frozenset()


@dataclass(frozen=True, slots=True)
class Dispatch:
    """When parcels leave: orders before `cutoff` (shop time) leave that day, if it is a working day.

    `days` are weekday numbers, Monday 0. `calendar` "CN" adds public holidays and make-up workdays.
    """

    cutoff: time
    days: frozenset[int] = frozenset(range(7))
    holidays: frozenset[date] = frozenset()
    calendar: str = ""


@dataclass(frozen=True, slots=True)
class Transit:
    """Days on the way to a region, from and to. `region` "default" is everywhere not named."""

    region: str
    from_days: int
    to_days: int


@dataclass(frozen=True, slots=True)
class Carrier:
    code: str
    name: str
    name_en: str = ""
    is_default: bool = False
    surcharge: Money | None = None
    transit: tuple[Transit, ...] = ()


@dataclass(frozen=True, slots=True)
class Postage:
    """`fee` None is *not stated*; Money(0) is *free*. `free_over` and `remote_fee` None: there is no such rule."""

    fee: Money | None = None
    free_over: Money | None = None
    remote_fee: Money | None = None
    remote_regions: tuple[str, ...] = ()


class Tone(StrEnum):
    """How the shop speaks (S4 tip 1)."""

    WARM = "warm"
    NEUTRAL = "neutral"
    BRIEF = "brief"


@dataclass(frozen=True, slots=True)
class Shop:
    """Everything shop.toml may say. `policies` keys: return, warranty, payment, invoice, price, authenticity, care, any own.

    `bundles` replaces the companions of the asks it names. `regions` are the shop's own names for groups of places.
    """

    name: str
    timezone: ZoneInfo
    currency: str = "CNY"
    languages: tuple[str, ...] = ("zh", "en")
    hours: Hours | None = None
    dispatch: Dispatch | None = None
    carriers: tuple[Carrier, ...] = ()
    postage: Postage = Postage()
    regions: tuple[tuple[str, tuple[str, ...]], ...] = ()
    delivers_to: tuple[str, ...] = ()
    not_to: tuple[str, ...] = ()
    policies: tuple[tuple[str, Wordings], ...] = ()
    promotions: tuple[Wordings, ...] = ()
    bundles: tuple[tuple[str, tuple[str, ...]], ...] = ()
    tone: Tone = Tone.WARM
    name_en: str = ""

    def policy(self, key: str) -> Wordings | None:
        return dict(self.policies).get(key)

    @property
    def default_carrier(self) -> Carrier | None:
        """The carrier marked default, or the only one."""
        chosen = [one for one in self.carriers if one.is_default]
        return chosen[0] if chosen else self.carriers[0] if len(self.carriers) == 1 else None
