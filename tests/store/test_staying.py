"""A database file that is taken away beneath the program: what would be lost with it is not confirmed."""

# ruff: noqa: ASYNC240 - nothing else runs in these loops

import shutil
from pathlib import Path

import pytest

from store import DatabaseUnavailable, open_store
from store.buyers import Buyer, Buyers
from store.checkpointing import Checkpoints
from tests.store.conftest import filled


async def known(file: Path) -> list[int]:
    """The buyers that a program finds which starts now."""
    store = await open_store(f"sqlite:///{file}")
    try:
        return [one.id for one in await store.buyers.all()]
    finally:
        await store.close()


async def test_row_43_what_is_acknowledged_is_there_though_the_file_was_taken_away(file: Path, tmp_path: Path) -> None:
    """Moved away, the file would take commits all the same, and no program finds them. Once it is back all goes on."""
    await filled(file)
    store = await open_store(f"sqlite:///{file}")
    await store.write([Buyers.seen(Buyer(8))])
    file.rename(tmp_path / "elsewhere.db")
    with pytest.raises(DatabaseUnavailable, match="not there any more"):
        await store.write([Buyers.seen(Buyer(9))])
    assert "not there any more" in store.writer.trouble
    assert not file.exists(), "nor is an empty one made in its place"
    (tmp_path / "elsewhere.db").rename(file)
    await store.write([Buyers.seen(Buyer(10))])
    assert store.writer.trouble == ""
    await store.close()
    assert await known(file) == [7, 8, 10]


async def test_row_43_nothing_is_written_for_a_file_that_was_replaced(file: Path, tmp_path: Path) -> None:
    """Somebody has laid another one there: neither is written, and neither is copied as today's."""
    await filled(file)
    store = await open_store(f"sqlite:///{file}")
    await store.write([Buyers.seen(Buyer(8))])
    shutil.copyfile(file, tmp_path / "other.db")
    (tmp_path / "other.db").replace(file)
    with pytest.raises(DatabaseUnavailable, match="was replaced"):
        await store.write([Buyers.seen(Buyer(9))])
    with pytest.raises(DatabaseUnavailable, match="was replaced"):
        await store.backup(tmp_path / "backups" / "shop.db")
    assert not (tmp_path / "backups").exists()
    await store.close()


async def test_row_43_nothing_is_written_without_the_log_and_leaving_in_order_keeps_all(file: Path) -> None:
    """Somebody tidied it away: the newest commits stand in it, and in no other file. They are carried over at the end."""
    await filled(file)
    store = await open_store(f"sqlite:///{file}")
    await store.write([Buyers.seen(Buyer(8))])
    await store.write([Buyers.seen(Buyer(9))])
    Path(f"{file}-wal").unlink()
    with pytest.raises(DatabaseUnavailable, match="wal is not there any more"):
        await store.write([Buyers.seen(Buyer(10))])
    await store.close()
    assert await known(file) == [7, 8, 9]


async def test_a_log_that_is_begun_anew_is_no_other_ones(file: Path) -> None:
    """The only connection was given up, and its log went with it."""
    await filled(file)
    store = await open_store(f"sqlite:///{file}")
    await store.write([Buyers.seen(Buyer(8))])
    await store.writer._way.let_go()
    await store._writing.dispose()
    assert not Path(f"{file}-wal").exists()
    await store.write([Buyers.seen(Buyer(9))])
    await store.write([Buyers.seen(Buyer(10))])
    await store.close()
    assert await known(file) == [7, 8, 9, 10]


async def test_no_database_is_made_where_one_was_expected(file: Path, tmp_path: Path) -> None:
    """A copy of a file that is gone is refused: an empty one would push out a good one of last week."""
    await filled(file)
    store = await open_store(f"sqlite:///{file}")
    file.rename(tmp_path / "elsewhere.db")
    with pytest.raises(DatabaseUnavailable):
        await store.backup(tmp_path / "copy.db")
    with pytest.raises(DatabaseUnavailable):
        await store.scrub()
    await Checkpoints(file)._carry_over()
    assert not file.exists()
    assert not (tmp_path / "copy.db").exists()
    await store.close()
