"""A small soak for every day; `make soak` runs the whole one."""

import shutil
from pathlib import Path

from tests.reliability.soak import Soak


async def test_row_1_killed_at_random_the_shop_loses_nothing_and_says_nothing_twice(
    tmp_path: Path, understanding: Path
) -> None:
    """The real program, killed (-9) at random moments while buyers ask on: each question is answered once, in order, or its
    answer is unknown and listed."""
    shutil.copyfile(understanding, tmp_path / "shop.understanding.npz")
    soak = Soak(tmp_path, kills=3, updates=45, chats=6, seed=20261121, minutes=15, spell=0.5)
    soak.report.doubts = 6  # one for each chat
    report = await soak.run()
    assert report.wrong == [], report.table()
    assert report.updates == 45
    assert report.kills == 3
