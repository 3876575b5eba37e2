"""When a parcel leaves: the cut-off to the second, rest days, holidays, make-up workdays, and clock changes."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from core.dispatching import calendar_knows, departure, is_working_day
from core.shop import Dispatch

SHANGHAI = ZoneInfo("Asia/Shanghai")
MON_TO_SAT = Dispatch(time(16, 40), frozenset(range(6)))


@pytest.mark.parametrize(
    ("at", "leaves", "today"),
    [
        pytest.param("2026-11-20 16:39:59", "2026-11-20", True, id="a second before"),
        pytest.param("2026-11-20 16:40:00", "2026-11-21", False, id="on the stroke"),
        pytest.param("2026-11-20 16:40:01", "2026-11-21", False, id="a second after"),
        pytest.param("2026-11-21 16:40:00", "2026-11-23", False, id="Saturday evening skips Sunday"),
        pytest.param("2026-11-22 09:00:00", "2026-11-23", False, id="Sunday is a rest day"),
        pytest.param("2026-11-20 00:00:00", "2026-11-20", True, id="midnight"),
    ],
)
def test_the_cutoff_is_exact(at: str, leaves: str, today: bool) -> None:
    """16:39:59 leaves today, 16:40:00 the next working day."""
    local = datetime.fromisoformat(at).replace(tzinfo=SHANGHAI)
    found = departure(local, MON_TO_SAT, SHANGHAI)
    assert found is not None
    assert (found.day, found.is_today) == (date.fromisoformat(leaves), today)


def test_a_named_holiday_is_skipped() -> None:
    """A holiday of shop.toml beats the weekday."""
    dispatch = Dispatch(time(16, 40), frozenset(range(7)), frozenset({date(2026, 11, 21), date(2026, 11, 22)}))
    found = departure(datetime(2026, 11, 20, 18, 0, tzinfo=SHANGHAI), dispatch, SHANGHAI)
    assert found is not None
    assert found.day == date(2026, 11, 23)
    assert found.missed_cutoff


def test_the_public_calendar_knows_holidays_and_make_up_workdays() -> None:
    """National Day is off though a weekday; its make-up Saturday works though a rest day; other days go by the weekday."""
    weekdays = Dispatch(time(16, 40), frozenset(range(5)), calendar="CN")
    assert not is_working_day(date(2026, 10, 1), weekdays)
    assert is_working_day(date(2026, 10, 10), weekdays)
    assert not is_working_day(date(2026, 11, 22), weekdays)
    assert is_working_day(date(2026, 11, 23), weekdays)


def test_a_year_the_calendar_does_not_know_goes_by_the_weekday() -> None:
    """2027 is not published yet: days and holidays of shop.toml decide."""
    if calendar_knows(2027):
        pytest.skip("the calendar has learned 2027")
    weekdays = Dispatch(time(16, 40), frozenset(range(5)), calendar="CN")
    assert is_working_day(date(2027, 10, 1), weekdays)


def test_a_shop_that_never_ships_names_no_day() -> None:
    """Without a working day nothing is promised."""
    assert (
        departure(datetime(2026, 11, 20, 9, 0, tzinfo=SHANGHAI), Dispatch(time(16, 40), frozenset()), SHANGHAI) is None
    )


@pytest.mark.parametrize(
    ("zone", "at", "today"),
    [
        pytest.param("Europe/Berlin", "2026-10-25 02:30:00", True, id="the repeated hour in autumn"),
        pytest.param("Europe/Berlin", "2026-03-29 03:30:00", True, id="after the lost hour in spring"),
        pytest.param("America/New_York", "2026-11-01 16:40:00", False, id="autumn evening"),
    ],
)
def test_clock_changes_do_not_move_the_cutoff(zone: str, at: str, today: bool) -> None:
    """The cut-off is wall time in the shop's zone, on clock-change days too."""
    local = datetime.fromisoformat(at).replace(tzinfo=ZoneInfo(zone))
    found = departure(local, Dispatch(time(16, 40), frozenset(range(7))), ZoneInfo(zone))
    assert found is not None
    assert found.is_today is today
