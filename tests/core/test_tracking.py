"""Following parcels: numbers, what a report changes, who hears of it, and when."""

import random
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from core.quiet import QuietHours, may_ring
from core.reaching import Way, way
from core.shop import Carrier
from core.tracking.companies import Flaw, certain, find, flaw, guesses, of_code, tidy
from core.tracking.following import (
    Known,
    Mode,
    Telling,
    Worry,
    change,
    next_ask,
    pace,
    still_on_its_way,
    telling,
    worry,
)
from core.tracking.values import Event, Report, Status

NOW = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
SHANGHAI, LONDON = ZoneInfo("Asia/Shanghai"), ZoneInfo("Europe/London")
OWN = (
    Carrier("zto", "中通快递", "ZTO Express"),
    Carrier("north", "北窗快运", "North Window"),
    Carrier("sf", "顺丰速运"),
)


def event(hours_ago: float, status: Status, words: str = "", alarm: bool = False) -> Event:
    return Event(NOW - timedelta(hours=hours_ago), status, words or status.value, "杭州市", alarm)


@pytest.mark.parametrize(
    ("number", "company", "found"),
    [
        ("RR123456785CN", "", None), ("RR123456786CN", "", Flaw.CHECK), ("EE123456785CN", "zto", None),
        ("SF1234567890123", "sf", None), ("SF1234567890123", "zto", Flaw.OTHER), ("73123456789012", "zto", None),
        ("YT1234567890123", "yto", None), ("123456", "zto", None), ("12345", "zto", Flaw.LENGTH), ("9" * 33, "", Flaw.LENGTH),
        ("中通123456", "", Flaw.SHAPE), ("ABCDEFGH", "", Flaw.SHAPE), ("1Z999AA10123456784", "ups", None),
        ("YT1234567890123", "north", None),
    ],
)  # fmt: skip
def test_a_number_is_checked(number: str, company: str, found: Flaw | None) -> None:
    """Shape, length, the postal check digit, and a number that only another company writes."""
    assert flaw(number, company) is found


def test_a_number_is_tidied() -> None:
    assert tidy(" sf 1234-567 890 123 ") == "SF1234567890123"


@pytest.mark.parametrize(
    ("number", "codes"),
    [
        ("SF1234567890123", ["sf"]), ("YT1234567890123", ["yto"]), ("JT1234567890123", ["jt"]), ("1Z999AA10123456784", ["ups"]),
        ("73123456789012", ["zto"]), ("77123456789012", ["zto"]), ("EA123456785CN", ["ems"]), ("RR123456785CN", ["chinapost"]),
        ("RR123456785GB", []), ("XX99", []),
    ],
)  # fmt: skip
def test_a_carrier_is_guessed_where_it_can_be(number: str, codes: list[str]) -> None:
    """Certain numbers name one; of several it may be, the shop's own are meant; else nobody is named."""
    assert [one.company for one in guesses(number, OWN)] == codes


@pytest.mark.parametrize(
    ("words", "company", "name"),
    [
        ("中通", "zto", "中通快递"), ("ZTO", "zto", "中通快递"), ("zto express", "zto", "中通快递"), ("顺丰", "sf", "顺丰速运"), ("北窗", "north", "北窗快运"),
        ("圆通", "yto", "圆通速递"), ("极兔", "jt", "极兔速递"), ("J&T", "jt", "极兔速递"), ("usps", "usps", "美国邮政"), ("North", "north", "北窗快运"),
        ("中通物流", "zto", "中通快递"), ("顺丰快递", "sf", "顺丰速运"), ("北窗物流", "north", "北窗快运"),
    ],
)  # fmt: skip
def test_a_carrier_is_found_by_code_or_name(words: str, company: str, name: str) -> None:
    """The shop's own first, then those everybody knows; the start of a name is enough."""
    found = find(words, OWN)
    assert found is not None
    assert (found.company, found.name) == (company, name)
    assert find("谁也不认识", OWN) is None
    assert find("", OWN) is None
    assert find("快递", OWN) is None


def test_two_letters_of_a_carrier_are_enough_and_one_is_not() -> None:
    """云栖 is 云栖同城, where one carrier alone begins so."""
    own = (*OWN, Carrier("lane", "云栖同城"), Carrier("wind", "云上快运"))
    found = find("云栖", own)
    assert found is not None
    assert found.company == "lane"
    assert find("云", own) is None
    assert find("栖", own) is None


def test_a_kept_code_is_always_somebody() -> None:
    assert of_code("north", OWN).name == "北窗快运"
    assert of_code("yto").name_en == "YTO Express"
    assert of_code("gone").name == "gone"
    assert certain("123456789012") is None


def test_events_are_taken_in_the_carriers_order_however_they_come() -> None:
    """Shuffled and repeated, the same history changes the same."""
    events = [event(20, Status.COLLECTED), event(12, Status.TRANSIT), event(3, Status.OUT), event(1, Status.DELIVERED)]
    chance = random.Random(3)
    for _ in range(20):
        mixed = events * 2
        chance.shuffle(mixed)
        found = change(Known(), Report("X", None, tuple(mixed)), NOW)
        assert found.fresh == tuple(events)
        assert (found.status, found.has_changed) == (Status.DELIVERED, True)


def test_the_same_report_again_changes_nothing() -> None:
    report = Report("X", Status.OUT, (event(3, Status.OUT),))
    known = Known(Status.OUT, False, NOW - 3 * HOUR, frozenset({report.events[0].key}), is_seen=True)
    found = change(known, report, NOW)
    assert not found.has_changed
    assert found.fresh == ()


def test_a_late_report_changes_nothing_but_what_is_known() -> None:
    """A push that was held up for hours does not bring the parcel back from the door to the road."""
    known = Known(Status.OUT, False, NOW - HOUR, frozenset(), is_seen=True)
    found = change(known, Report("X", Status.TRANSIT, (event(9, Status.TRANSIT),)), NOW)
    assert (found.status, found.has_changed, found.is_late, len(found.fresh)) == (Status.OUT, False, True, 1)


def test_an_alarm_is_news_once() -> None:
    """Customs hold a parcel that lay there already: that is a change; held still, it is none."""
    report = Report("X", Status.CUSTOMS, (event(1, Status.CUSTOMS),), is_alarm=True)
    lay, held = (Known(Status.CUSTOMS, alarm, NOW - 3 * HOUR, frozenset(), is_seen=True) for alarm in (False, True))
    assert change(lay, report, NOW).has_changed
    assert not change(held, report, NOW).has_changed
    assert not change(lay, Report("X", Status.CUSTOMS, (event(1, Status.CUSTOMS),)), NOW).has_changed


def test_a_mislaid_number_changes_nothing() -> None:
    """A carrier that says "not found" of a parcel on its way is mistaken."""
    known = Known(Status.TRANSIT, False, NOW - HOUR, frozenset(), is_seen=True)
    assert change(known, Report("X", Status.PENDING), NOW).status is Status.TRANSIT
    assert change(known, Report("X"), NOW).status is Status.TRANSIT


def test_what_is_long_ago_at_first_sight_is_no_news() -> None:
    """Older than seven days and never seen before: nobody is told; seen before, everybody is."""
    old = Report("X", Status.DELIVERED, (event(24 * 7 + 1, Status.DELIVERED),))
    assert telling(change(Known(), old, NOW), Mode.ALL) == Telling()
    younger = Report("X", Status.DELIVERED, (event(24 * 7 - 1, Status.DELIVERED),))
    assert telling(change(Known(), younger, NOW), Mode.ALL).buyer
    assert telling(change(Known(Status.OUT, is_seen=True), old, NOW), Mode.ALL).buyer


def test_a_carriers_mistaken_future_is_left_aside() -> None:
    """An event dated next year does not hide what happened today."""
    report = Report("X", None, (event(-24 * 300, Status.DELIVERED), event(1, Status.TRANSIT)))
    assert change(Known(), report, NOW).status is Status.TRANSIT


@pytest.mark.parametrize(
    ("status", "alarm", "everything", "important", "first"),
    [
        (Status.PENDING, False, False, False, None), (Status.INFO, False, False, False, None),
        (Status.COLLECTED, False, True, False, None), (Status.TRANSIT, False, True, False, None),
        (Status.CUSTOMS, False, True, False, None), (Status.CUSTOMS, True, True, True, Worry.CUSTOMS),
        (Status.OUT, False, True, True, None), (Status.PICKUP, False, True, True, None),
        (Status.PICKUP, True, False, False, Worry.UNFETCHED), (Status.FAILED, False, True, True, Worry.FAILED),
        (Status.DELIVERED, False, True, True, None), (Status.RETURNING, False, False, False, Worry.RETURNING),
        (Status.REFUSED, False, False, False, Worry.REFUSED), (Status.STUCK, False, False, False, Worry.STUCK),
    ],
)  # fmt: skip
def test_who_is_told_of_what(
    status: Status, alarm: bool, everything: bool, important: bool, first: Worry | None
) -> None:
    """The table of statuses: buyer by default, buyer who wants only the important, seller first; [stop] is obeyed."""
    before = Known(Status.TRANSIT if status is not Status.TRANSIT else Status.COLLECTED, is_seen=True)
    if status in (Status.PENDING, Status.INFO):
        before = Known(is_seen=True)
    found = change(before, Report("X", status, (event(1, status, alarm=alarm),)), NOW)
    assert telling(found, Mode.ALL) == Telling(everything, first)
    assert telling(found, Mode.IMPORTANT) == Telling(important, first)
    assert telling(found, Mode.NONE) == Telling(False, first)


@pytest.mark.parametrize(
    ("status", "shipped", "since", "latest", "found"),
    [
        (Status.PENDING, 23, 23, None, None), (Status.PENDING, 25, 25, None, Worry.UNKNOWN), (Status.INFO, 47, 9, 9, None),
        (Status.INFO, 49, 9, 9, Worry.UNCOLLECTED), (Status.TRANSIT, 300, 200, 119, None), (Status.TRANSIT, 300, 200, 121, Worry.QUIET),
        (Status.PICKUP, 200, 71, 71, None), (Status.PICKUP, 200, 73, 73, Worry.UNFETCHED), (Status.FAILED, 300, 130, 130, Worry.QUIET),
        (Status.DELIVERED, 900, 800, 800, None), (Status.RETURNING, 900, 800, 800, None),
    ],
)  # fmt: skip
def test_what_takes_too_long(status: Status, shipped: int, since: int, latest: int | None, found: Worry | None) -> None:
    """Unknown for a day, uncollected for two, silent for five, unfetched for three."""
    latest_at = None if latest is None else NOW - latest * HOUR
    assert worry(status, NOW - shipped * HOUR, NOW - since * HOUR, latest_at, NOW, timedelta(days=5)) is found


def test_still_on_its_way_is_said_once_an_interval() -> None:
    """Only to whoever left it on, only while it moves, and not when something was said meanwhile."""
    day, half = timedelta(days=5), timedelta(hours=12)
    at, told = NOW - 9 * HOUR, NOW - half
    assert still_on_its_way(Status.TRANSIT, Mode.ALL, told, at, NOW, half, day)
    assert not still_on_its_way(Status.TRANSIT, Mode.IMPORTANT, told, at, NOW, half, day)
    assert not still_on_its_way(Status.PICKUP, Mode.ALL, told, at, NOW, half, day)
    assert not still_on_its_way(Status.TRANSIT, Mode.ALL, NOW - 3 * HOUR, at, NOW, half, day)
    assert not still_on_its_way(Status.TRANSIT, Mode.ALL, told, NOW - 6 * day, NOW, half, day)


def test_rounds_keep_their_phase() -> None:
    """After an outage a parcel is asked once, and then at its own time again; the first round is a little shorter."""
    half = timedelta(hours=12)
    assert next_ask(NOW, NOW + HOUR / 60, half, 0.5, is_first=False) == NOW + half
    assert next_ask(NOW - 5 * half - HOUR, NOW, half, 0.5, is_first=False) == NOW + half - HOUR
    assert next_ask(NOW, NOW, half, 1.0, is_first=True) == NOW + half * 0.9


def test_a_delivered_parcel_is_watched_slowly_and_then_left() -> None:
    half = timedelta(hours=12)
    assert pace(Status.OUT, None, NOW, half) == half
    assert pace(Status.DELIVERED, NOW - 24 * HOUR, NOW, half) == timedelta(days=1)
    assert pace(Status.DELIVERED, NOW - 24 * 7 * HOUR - HOUR, NOW, half) is None


@pytest.mark.parametrize(
    ("local", "rings"),
    [
        ((2026, 11, 20, 21, 59), (2026, 11, 20, 21, 59)), ((2026, 11, 20, 22, 0), (2026, 11, 21, 8, 0)),
        ((2026, 11, 21, 7, 59), (2026, 11, 21, 8, 0)), ((2026, 11, 21, 8, 0), (2026, 11, 21, 8, 0)),
        ((2026, 10, 24, 23, 30), (2026, 10, 25, 8, 0)), ((2027, 3, 28, 0, 30), (2027, 3, 28, 8, 0)),
    ],
)  # fmt: skip
@pytest.mark.parametrize("zone", [SHANGHAI, LONDON], ids=str)
def test_nobodys_phone_rings_at_night(zone: ZoneInfo, local: tuple[int, ...], rings: tuple[int, ...]) -> None:
    """From ten to eight in the buyer's own time, both clock-change nights too."""
    quiet = QuietHours(time(22), time(8))
    found = may_ring(datetime(*local, tzinfo=zone), zone, quiet)  # type: ignore[arg-type,misc]
    assert found.astimezone(zone) == datetime(*rings, tzinfo=zone)  # type: ignore[arg-type,misc]
    assert may_ring(NOW, zone, None) == NOW


def test_a_business_chat_is_used_only_while_it_may_be() -> None:
    """Within a day of the buyer's last word; after it the bot's own chat; without one nobody is written to."""
    business, own = Way(1, "c", NOW - 23 * HOUR), Way(2, "", NOW - 90 * HOUR)
    assert way([own, business], NOW) == business
    assert way([own, business], NOW + HOUR) == own
    assert way([business], NOW + HOUR) is None
    assert way([Way(3, "", None)], NOW) == Way(3, "", None)
    assert way([], NOW) is None
