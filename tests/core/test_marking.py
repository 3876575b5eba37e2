"""Marks: what sets, lifts and teaches them, as pure decisions."""

from datetime import UTC, datetime, timedelta

import pytest

from core.haggling.judging import THRESHOLD
from core.haggling.marking import (
    LEAST_THRESHOLD,
    MOST_THRESHOLD,
    QUIET,
    Lift,
    Verdict,
    counted,
    lift,
    taught,
    threshold_of,
)
from core.haggling.reading import Line

NOW = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)


@pytest.mark.parametrize("verdict", Verdict)
def test_verdicts_teach_within_bounds(verdict: Verdict) -> None:
    """A wrong mark raises the line, a right one lowers it a little, and neither beyond its bound."""
    line = THRESHOLD
    for _ in range(100):
        moved = taught(line, verdict)
        assert LEAST_THRESHOLD <= moved <= MOST_THRESHOLD
        assert moved >= line if verdict is Verdict.CLEARED else moved <= line
        line = moved
    assert line == (MOST_THRESHOLD if verdict is Verdict.CLEARED else LEAST_THRESHOLD)


@pytest.mark.parametrize("kept", [None, "0.7", 5, 0.1, {}])
def test_a_threshold_that_makes_no_sense_is_the_first_one(kept: object) -> None:
    assert threshold_of(kept) == THRESHOLD


@pytest.mark.parametrize(
    ("last_inbound", "last_order", "why"),
    [
        pytest.param(NOW, NOW - timedelta(hours=1), Lift.ORDER, id="an order since"),
        pytest.param(NOW, NOW - timedelta(days=9), None, id="an order before the mark"),
        pytest.param(NOW - QUIET, None, None, id="quiet, but marked later"),
        pytest.param(NOW, None, None, id="still talking"),
    ],
)
def test_what_lifts_a_mark(last_inbound: datetime, last_order: datetime | None, why: Lift | None) -> None:
    assert lift(NOW - timedelta(days=1), last_inbound, last_order, NOW) is why


def test_two_weeks_of_quiet_lift_it() -> None:
    at = NOW - QUIET
    assert lift(at, at, None, NOW) is Lift.QUIET
    assert lift(at, at, None, NOW - timedelta(seconds=1)) is None


def test_only_lines_after_what_settled_them_count() -> None:
    """After the last order, the last lift, and the lines a verdict cleared."""
    lines = [Line("buyer", "便宜点", NOW + timedelta(minutes=each), id=each) for each in range(6)]

    def ids(*given: object) -> list[int]:
        return [line.id for line in counted(lines, *given)]  # type: ignore[arg-type]

    assert ids(None, -1, None) == [0, 1, 2, 3, 4, 5]
    assert ids(None, 2, None) == [3, 4, 5]
    assert ids(NOW + timedelta(minutes=3), 0, None) == [4, 5]
    assert ids(NOW + timedelta(minutes=1), 0, NOW + timedelta(minutes=4)) == [5]
