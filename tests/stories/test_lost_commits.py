"""A commit that is reported lost and stands all the same, as when PostgreSQL breaks off behind it."""

from collections.abc import Sequence
from typing import Any

import pytest
from sqlalchemy.exc import OperationalError

from delivery import receiving
from store.grouping import Group
from store.outbox import PUT, Status
from tests.play import Play


@pytest.mark.parametrize("few", [0, receiving.FEW], ids=["kept first", "begun early"])
async def test_row_13_an_answer_whose_commit_was_reported_lost_is_sent_once(
    play: Play, monkeypatch: pytest.MonkeyPatch, few: int
) -> None:
    """It stands as being sent, and nobody sends it: it is found and sent, without a new start. Nor is the line, which is done
    with, answered once more."""
    monkeypatch.setattr(receiving, "FEW", few)
    buyer = play.buyer()
    await play.ask(buyer, "在吗")
    await play.settled()
    await buyer.hears_all()
    way = play.store.writer._way
    commit, lost = way.commit, ["once"]

    async def breaks(groups: Sequence[Group]) -> list[Any]:
        returned = await commit(groups)
        if lost and any(group.statement is PUT for group in groups):
            lost.pop()
            raise OperationalError("COMMIT", {}, ConnectionError("gone"), connection_invalidated=True)
        return returned

    monkeypatch.setattr(way, "commit", breaks)
    await buyer.says("怎么保修")
    for _ in range(3):
        await play.wait(5)
    assert not lost
    assert len(await buyer.hears_all()) == 1
    assert Status.SENDING not in await play.store.outbox.counts()
