"""Whose turn it is, and when."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from core.command_times import length_in, moment_in, until_in
from core.queueing import CEILING, Waiter, all_reasons, in_turn

NOW = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
SHANGHAI = ZoneInfo("Asia/Shanghai")


def order(*waiting: tuple[str, float, str]) -> list[int]:
    """The places of (grade, minutes waited, reason), in the order they are served."""
    queue = [
        Waiter(place, NOW - timedelta(minutes=minutes), grade, (reason,))
        for place, (grade, minutes, reason) in enumerate(waiting)
    ]
    return [one.conversation_id for one in in_turn(queue, NOW)]


def test_the_better_grade_comes_first_and_then_the_longer_wait() -> None:
    """A before ungraded before E; of the same grade, who has waited longer."""
    assert order(("E", 20, ""), ("", 5, ""), ("A", 1, ""), ("A", 2, "")) == [3, 2, 1, 0]


def test_a_complaint_comes_before_any_grade() -> None:
    """What grows by waiting is looked at first."""
    assert order(("A", 10, "missing"), ("E", 1, "complaint")) == [1, 0]


def test_the_marked_wait_behind_every_grade_and_are_not_starved() -> None:
    """A haggler comes last, whatever the grade; a complaint of theirs is a complaint, and past the ceiling all are alike."""
    marked = Waiter(1, NOW - timedelta(minutes=20), "A", is_marked=True)
    other = Waiter(2, NOW - timedelta(minutes=1), "E")
    assert in_turn([marked, other], NOW) == [other, marked]
    assert in_turn([replace(marked, reasons=("missing", "complaint")), other], NOW)[0].is_marked
    assert in_turn([marked, other], NOW + timedelta(minutes=15)) == [marked, other]


def test_nobody_waits_for_ever() -> None:
    """Past the ceiling the grade no longer counts: a stream of better buyers cannot keep an E waiting."""
    ceiling = CEILING.total_seconds() / 60
    assert order(("A", 10, ""), ("E", ceiling, ""), ("B", ceiling - 0.1, "complaint")) == [1, 2, 0]
    assert order(("A", ceiling, ""), ("E", ceiling + 1, "")) == [1, 0]


@pytest.mark.parametrize(
    ("words", "due", "used"),
    [
        ("2h", "2026-11-20 12:00", 1), ("30m 问尺码", "2026-11-20 10:30", 1), ("45分钟", "2026-11-20 10:45", 1),
        ("1d", "2026-11-21 10:00", 1), ("18:30", "2026-11-20 18:30", 1), ("9:00", "2026-11-21 09:00", 1),
        ("明天", "2026-11-21 09:00", 1), ("明天 14点 看看", "2026-11-21 14:00", 2), ("tomorrow 8:15", "2026-11-21 08:15", 2),
        ("周五 问问", "2026-11-27 09:00", 1), ("11-26 9点 回访", "2026-11-26 09:00", 2), ("1h30m 问", "2026-11-20 11:30", 1),
        ("半小时", "2026-11-20 10:30", 1), ("明天下午 看", "2026-11-21 14:00", 1), ("后天 9点半 看", "2026-11-22 09:30", 2),
        ("12月1日 回访", "2026-12-01 09:00", 1), ("next Friday 6pm call", "2026-11-27 18:00", 3), ("三天后", "2026-11-23 09:00", 1),
        ("tomorrow afternoon call", "2026-11-21 14:00", 2), ("问问 周五", None, 0), ("yesterday", None, 0),
        ("half an hour call", "2026-11-20 10:30", 3), ("2 hours call", "2026-11-20 12:00", 2), ("30 分钟 看看", "2026-11-20 10:30", 2),
        ("an order came", None, 0), ("soon", None, 0), ("", None, 0), ("0m", None, 0), ("今天 9:00", None, 0), ("25:00", None, 0), ("9999d", None, 0),
    ],
)  # fmt: skip
def test_times_as_people_write_them(words: str, due: str | None, used: int) -> None:
    """At ten in the morning in Shanghai."""
    found = moment_in(tuple(words.split()), NOW, SHANGHAI)
    shown = None if found is None else (f"{found[0].astimezone(SHANGHAI):%Y-%m-%d %H:%M}", found[1])
    assert shown == (None if due is None else (due, used))


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("90", 90), ("3h", 180), ("1h30m", 90), ("1小时30分", 90), ("半小时", 30), ("三个半小时", 210), ("两个钟头", 120), ("半天", 720),
        ("一个半小时", 90), ("2.5h", 150), ("2d", 2880), ("十分鐘", 10), ("0h", None), ("-5m", None), ("3x", None), ("", None), ("一会儿", None),
        ("three hours", 180), ("half an hour", 30), ("two and a half hours", 150), ("an", None), ("two", None), ("a while", None),
    ],
)  # fmt: skip
def test_lengths_as_people_write_them(text: str, minutes: int | None) -> None:
    """In figures and in words, several units in a row."""
    assert length_in(text) == (None if minutes is None else timedelta(minutes=minutes))


@pytest.mark.parametrize(
    ("text", "until"),
    [("到6点", "20 18:00"), ("until 18:30", "20 18:30"), ("下午6点回来", "20 18:00"), ("tomorrow", "21 09:00"), ("2h", "20 12:00"), ("until 6", "20 18:00"), ("到11", "20 11:00"), ("until 25", None), ("later", None)],
)  # fmt: skip
def test_until_when(text: str, until: str | None) -> None:
    """At ten in the morning in Shanghai: after so long, or until an hour."""
    found = until_in(text, NOW, SHANGHAI)
    assert (None if found is None else f"{found.astimezone(SHANGHAI):%d %H:%M}") == until


def test_all_reasons_stand_once_and_the_most_pressing_first() -> None:
    """What was asked of a person first does not hide a complaint that came later."""
    assert all_reasons((), ("missing",)) == ("missing",)
    assert all_reasons(("missing", "unclear"), ("complaint", "missing", "order")) == (
        "complaint", "order", "missing", "unclear",
    )  # fmt: skip
