"""How fast the shop answers, and what its days were like: sums checked by hand."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.reporting import Day, Line, Speed, Wait, days, percentile, share, speed, waits

AT = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)


def after(seconds: float) -> datetime:
    return AT + timedelta(seconds=seconds)


def test_a_wait_begins_with_the_first_line_that_has_no_answer() -> None:
    """Two lines in a row are one wait; each conversation has its own; who was never answered waits still."""
    lines = [
        Line(1, True, after(0)),
        Line(2, True, after(1)),
        Line(1, True, after(5)),
        Line(1, False, after(8), chars=20),
        Line(1, True, after(60)),
        Line(1, False, after(90), staff_id=7, chars=12),
        Line(1, False, after(95), staff_id=7, chars=3),
        Line(3, False, after(99)),
    ]
    assert waits(lines) == [
        Wait(after(0), timedelta(seconds=8), None, True, 20),
        Wait(after(60), timedelta(seconds=30), 7, False, 12),
    ]


def test_what_was_passed_on_waits_for_a_person() -> None:
    """The bot's own words in between answer at once, and end nothing."""
    lines = [
        Line(1, True, after(0)),
        Line(1, False, after(1), passes_on=True),
        Line(1, True, after(50)),
        Line(1, False, after(51)),
        Line(1, False, after(120), staff_id=7, chars=9),
        Line(1, False, after(125), staff_id=7),
    ]
    assert [(one.took.total_seconds(), one.staff_id) for one in waits(lines)] == [(1, None), (1, None), (120, 7)]


def test_a_long_silence_makes_a_first_reply_again() -> None:
    """Six hours without a word: whoever writes then begins anew."""
    again = 6 * 3600 + 1
    lines = [
        Line(1, True, after(0)),
        Line(1, False, after(1)),
        Line(1, True, after(again)),
        Line(1, False, after(again + 9)),
    ]
    assert [one.is_first for one in waits(lines)] == [True, True]
    assert [one.is_first for one in waits([*lines[:2], Line(1, True, after(again - 5)), lines[3]])] == [True, False]


def test_an_answer_dated_before_its_question_took_no_time() -> None:
    """Telegram's date has whole seconds: an answer may seem to come before the question."""
    assert waits([Line(1, True, after(1)), Line(1, False, after(0.4))])[0].took == timedelta()


@given(st.lists(st.integers(0, 10_000), min_size=1), st.floats(0.01, 1))
def test_a_percentile_is_a_value_that_so_many_do_not_exceed(seconds: list[int], wanted: float) -> None:
    """Nearest rank: it is one of the values, enough of them are not above it, and no smaller value would do."""
    values = [timedelta(seconds=one) for one in seconds]
    found = percentile(values, wanted)
    assert found in values
    assert sum(one <= found for one in values) >= wanted * len(values) - 1e-9
    assert sum(one < found for one in values) < wanted * len(values) + 1e-9


def test_nothing_has_no_percentile_and_no_speed() -> None:
    """No answers: no figure, rather than nought."""
    with pytest.raises(ValueError, match="nothing"):
        percentile([], 0.5)
    assert speed([]) is None
    assert share(0, 0) is None


def test_a_hand_s_speed_is_counted_while_it_was_at_the_keys() -> None:
    """30 characters in half a minute are 60 a minute; an answer after an hour says nothing of typing."""
    found = [
        Wait(AT, timedelta(seconds=30), 7, True, 30),
        Wait(AT, timedelta(hours=1), 7, False, 5),
    ]
    assert speed(found) == Speed(2, timedelta(seconds=30), timedelta(hours=1), 60)


def test_days_are_the_shop_s_own() -> None:
    """A question at 23:59 and one at 00:00 stand on two days; days without any are there."""
    zone = ZoneInfo("Asia/Shanghai")
    midnight = datetime(2026, 11, 20, 16, 0, tzinfo=UTC)
    turns = [(midnight - timedelta(minutes=1), "answered"), (midnight, "handed_over"), (midnight, "silent")]
    assert days(turns, zone, date(2026, 11, 19), date(2026, 11, 21)) == [
        Day(date(2026, 11, 19)),
        Day(date(2026, 11, 20), alone=1),
        Day(date(2026, 11, 21), passed_on=1),
    ]
