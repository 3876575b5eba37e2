"""What is wanted in a talk: the last number said of each thing counts, and it lapses."""

from datetime import UTC, datetime, timedelta

import pytest

from core.answering.wanting import WITHIN, drops, wanted_key, wanted_lately

NOW = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)


def minutes_ago(many: int) -> datetime:
    return NOW - timedelta(minutes=many)


def test_the_last_number_counts() -> None:
    """Two, then three of one thing are three; what was taken back is none; the order is that of the last word on each."""
    told = {
        wanted_key("A", 2): minutes_ago(9),
        wanted_key("B", 1): minutes_ago(8),
        wanted_key("C", 1): minutes_ago(7),
        wanted_key("A", 3): minutes_ago(6),
        wanted_key("C", 0): minutes_ago(5),
        "price:B": minutes_ago(4),
    }
    assert wanted_lately(told, NOW) == {"B": 1, "A": 3}
    assert list(wanted_lately(told, NOW)) == ["B", "A"]


def test_a_wish_lapses() -> None:
    """What was wanted in another talk is not summed up in this one."""
    assert wanted_lately({wanted_key("A", 2): NOW - WITHIN - timedelta(seconds=1)}, NOW) == {}


@pytest.mark.parametrize(
    "words", ["围裙不要了", "把圍裙去掉吧", "leave out the apron", "I don't want the bag any more"]
)
def test_taking_back(words: str) -> None:
    """In either language and script."""
    assert drops(words)


@pytest.mark.parametrize("words", ["围裙有货吗", "要两条围裙", "two aprons please"])
def test_wanting_is_no_taking_back(words: str) -> None:
    assert not drops(words)
