"""A round of questions to a carrier, with kills: the everyday size. The full one is `python -m tests.reliability.tracking`."""

from pathlib import Path

from tests.reliability.tracking import Round


async def test_a_round_with_kills_asks_and_tells_each_once(tmp_path: Path) -> None:
    """Every parcel finishes one round, every change is told once, and only what a kill cut off is asked again."""
    round_ = Round(f"sqlite:///{tmp_path}/shop.db", count=200, kills=2, seconds=8.0, seed=3)
    round_.outcome.doubts = 8  # as many as may be under way at once
    outcome = await round_.run()
    assert outcome.wrong == []
    assert outcome.told <= outcome.changed <= outcome.told + outcome.unknown  # what is in doubt may have arrived
    assert outcome.kills == 2
