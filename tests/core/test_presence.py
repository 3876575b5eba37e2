"""Presence: nobody is said to be there who is not."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from core.presence import Being, opens_on, presence
from core.shop import Hours, Span

SHANGHAI = ZoneInfo("Asia/Shanghai")
SPLIT = (Span(time(9), time(12)), Span(time(13, 30), time(22)))
HOURS = Hours((*(SPLIT,) * 6, ()), frozenset({date(2026, 11, 24)}))


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"2026-11-{text}").replace(tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("now", "being", "back"),
    [
        pytest.param("20 10:00", Being.AWAY, None, id="open, nobody said to be in"),
        pytest.param("20 12:00", Being.CLOSED, "20 13:30", id="the break begins on the stroke"),
        pytest.param("20 13:29", Being.CLOSED, "20 13:30", id="a minute before the break ends"),
        pytest.param("20 22:00", Being.CLOSED, "21 09:00", id="evening"),
        pytest.param("21 23:00", Being.CLOSED, "23 09:00", id="Sunday is closed"),
        pytest.param("23 22:30", Being.CLOSED, "25 09:00", id="a closed day is skipped"),
    ],
)
def test_hours_tell_who_is_back_when(now: str, being: Being, back: str | None) -> None:
    """Breaks, closed weekdays and dated holidays are kept; the next opening is named to the minute."""
    found = presence(at(now), HOURS, SHANGHAI)
    assert (found.being, found.back_at) == (being, at(back) if back else None)


def test_here_runs_out_by_itself() -> None:
    """/here holds until its end and not a moment longer."""
    end = at("20 10:00") + timedelta(hours=3)
    assert presence(end - timedelta(seconds=1), HOURS, SHANGHAI, here_until=end).being is Being.HERE
    assert presence(end, HOURS, SHANGHAI, here_until=end).being is Being.CLOSED


def test_away_beats_here_and_names_the_return() -> None:
    """Whoever said both is away."""
    later = at("20 11:00")
    found = presence(at("20 10:00"), HOURS, SHANGHAI, here_until=later, away_until=later)
    assert (found.being, found.back_at) == (Being.AWAY, later)


def test_without_hours_no_time_is_named() -> None:
    """A shop that states no hours invents none."""
    assert presence(at("20 03:00"), None, SHANGHAI).back_at is None


def test_midnight_closes_the_day() -> None:
    """A span that ends at 00:00 lasts to the end of the day."""
    late = Hours(((Span(time(20), time(0)),),) * 7)
    assert presence(at("20 23:59"), late, SHANGHAI).being is Being.AWAY
    assert presence(at("21 00:00"), late, SHANGHAI).being is Being.CLOSED


NIGHTS = Hours(((Span(time(0), time(2)), Span(time(18), time(0))),) * 7, frozenset({date(2026, 11, 24)}))
ALWAYS = Hours(((Span(time(0), time(0)),),) * 7)


@pytest.mark.parametrize(
    ("day", "hours", "opens"),
    [
        pytest.param(20, HOURS, time(9), id="the first of two spans"),
        pytest.param(22, HOURS, None, id="a weekday without hours"),
        pytest.param(24, HOURS, None, id="a closed day"),
        pytest.param(20, NIGHTS, time(18), id="the night before goes on past midnight"),
        pytest.param(20, Hours(((Span(time(0), time(8)),),) * 7), time(0), id="a shop that does open at midnight"),
        pytest.param(20, ALWAYS, None, id="it never closes"),
    ],
)
def test_a_day_begins_when_the_shop_opens(day: int, hours: Hours, opens: time | None) -> None:
    """Not with what is left of the evening before."""
    assert opens_on(date(2026, 11, day), hours) == opens
