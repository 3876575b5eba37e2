"""Backups and what becomes of them: sealed, damaged, restored, paused, and let go again."""

# A test may wait for its own folder.
# ruff: noqa: ASYNC240

import random
from collections.abc import Awaitable, Callable
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from ops.backups import Backups, kept
from ops.readings import read
from ops.restoring import CannotRestore, pause_here, restore
from sandbox import Fault
from store import Store, open_store
from store.errors import DatabaseDamaged, DatabaseInUse, DatabaseUnavailable, NotOurDatabase, StoreError
from store.inbox import Arrival, Fate
from store.outbox import Kind, Outgoing, Status
from tests import databases
from tests.databases import POSTGRES
from tests.play import Play

NOW = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
SHANGHAI = ZoneInfo("Asia/Shanghai")
needs_a_file = pytest.mark.skipif(bool(POSTGRES), reason="PostgreSQL has its own backups")


async def opened(file: Path) -> Store:
    return await open_store(f"sqlite:///{file}")


def row(key: str, **more: object) -> Outgoing:
    values = {"kind": Kind.PUSH, "created_at": NOW, "guard": {"to": "buyer"}, **more}
    return Outgoing(key, "1::7", 7, "sendMessage", {"text": key}, **values)  # type: ignore[arg-type]


@pytest.fixture
async def backup(tmp_path: Path) -> Path:
    """A copy of a shop with something due, something under way, something later, and an update not dealt with."""
    store = await opened(tmp_path / "shop.db")
    await store.inbox.receive([Arrival(1, 1, "a", "{}", "1::7", "message")], NOW)
    under_way = row("under way")
    later = row("later", not_before=NOW + timedelta(days=1))
    await store.write([store.outbox.put(one) for one in (row("due"), under_way, later)])
    await store.write([store.outbox.sending(under_way.id, NOW)])
    await store.backup(tmp_path / "copy.db")
    await store.close()
    return tmp_path / "copy.db"


async def test_row_46_what_was_due_before_a_restore_is_in_doubt_and_the_rest_waits(
    backup: Path, tmp_path: Path
) -> None:
    """Due and under way: unknown. Later: still later. An update not dealt with is set aside. And the pause is marked."""
    pause = await restore(backup, tmp_path / "new.db", NOW + timedelta(hours=1))
    assert (pause.unsent, pause.unanswered) == (2, 1)
    store = await opened(tmp_path / "new.db")
    assert await store.outbox.counts() == {Status.UNKNOWN: 2, Status.PENDING: 1}
    assert await store.inbox.counts() == {Fate.DEAD: 1}
    assert await store.pausing.read() == pause
    await store.close()
    assert sorted(one.name for one in tmp_path.iterdir()) == ["copy.db", "new.db", "shop.db"]


async def test_restoring_replaces_nothing(backup: Path, tmp_path: Path) -> None:
    """A database that is there stays as it is; one sentence says what to do."""
    before = (tmp_path / "shop.db").read_bytes()
    with pytest.raises(CannotRestore, match=r"already there.*move it away"):
        await restore(backup, tmp_path / "shop.db", NOW)
    assert (tmp_path / "shop.db").read_bytes() == before
    with pytest.raises(CannotRestore, match="no file"):
        await restore(tmp_path / "nothing.db", tmp_path / "new.db", NOW)
    (tmp_path / "other.db").write_bytes(b"not a database at all, but a long enough text" * 100)
    with pytest.raises(StoreError, match="not a sound database"):
        await restore(tmp_path / "other.db", tmp_path / "new.db", NOW)
    assert not (tmp_path / "new.db").exists()


async def test_row_44_a_damaged_backup_is_refused_whatever_was_damaged(backup: Path, tmp_path: Path) -> None:
    """Any byte changed, anything cut off or added: refused, and nothing is left behind."""
    whole = backup.read_bytes()
    chance = random.Random(1)
    for number in range(60):
        damaged = bytearray(whole)
        place = chance.randrange(len(whole))
        if number % 3 == 0:
            damaged = damaged[:place]
        elif number % 3 == 1:
            damaged[place] ^= 1 << chance.randrange(8)
        else:
            damaged[place : place + 512] = bytes(chance.randrange(256) for _ in range(512))
        backup.write_bytes(bytes(damaged))
        with pytest.raises((DatabaseDamaged, NotOurDatabase)):
            await restore(backup, tmp_path / "new.db", NOW)
        assert not list(tmp_path.glob("*new.db*"))
    backup.write_bytes(whole)
    await restore(backup, tmp_path / "new.db", NOW)


async def test_a_restored_database_can_be_backed_up_and_restored_again(backup: Path, tmp_path: Path) -> None:
    """A seal is of one copy, and does not go along."""
    await restore(backup, tmp_path / "one.db", NOW)
    store = await opened(tmp_path / "one.db")
    await store.write([store.marks.set("a", 1, NOW)])
    await store.backup(tmp_path / "again.db")
    await store.close()
    pause = await restore(tmp_path / "again.db", tmp_path / "two.db", NOW)
    store = await opened(tmp_path / "two.db")
    assert (await store.marks.get("a"), await store.pausing.read()) == (1, pause)
    await store.close()


@needs_a_file
async def test_row_46_restored_nothing_due_before_is_sent_until_the_owner_says_go(
    open_shop: Callable[..., Awaitable[Play]], tmp_path: Path
) -> None:
    """Commands work while paused; what buyers write is kept and answered after /go; what was due is shown, not sent."""
    play = await open_shop()
    buyer, other = play.buyer("en"), play.buyer("en", "Ann")
    hang = play.sandbox.breaks("sendMessage", Fault.UNAUTHORIZED, times=None)
    await buyer.says("hi")
    await hang.struck.wait()
    await play.store.backup(tmp_path / "copy.db")
    play.sandbox.mend()
    await buyer.hears()  # the reply is sent after the backup was made
    restored = tmp_path / "restored.db"
    await play.running.stop()
    await play.store.close()
    await restore(tmp_path / "copy.db", restored, play.clock.now())
    play.settings = play.settings.model_copy(update={"database_url": f"sqlite:///{restored}"})
    play.store = await open_store(play.settings.database_url)
    await play.restart()
    await play.settled()
    said = "\n".join(one.text for one in await play.owner.hears_all())
    assert "/go" in said
    assert str(buyer.id) in said
    await buyer.hears_nothing()

    assert "¥" in (await play.command(f"/item {play.made.plenty.sku}")).text
    await other.says("hello")
    await play.settled()
    await other.hears_nothing()
    await play.pass_time(hours=2)
    await other.hears_nothing()
    await buyer.hears_nothing()

    await play.command("/go")
    await play.settled()
    assert len(await other.hears_all()) == 1
    await buyer.hears_nothing()
    assert [one.status for one in await play.store.doubts.all() if one.chat_id == buyer.id]
    again = await play.command("/go")
    assert "/go" not in again.text
    await buyer.says("hi")
    assert (await buyer.hears()).text


@needs_a_file
async def test_row_46_what_was_due_before_a_restore_is_settled_by_a_tap(
    open_shop: Callable[..., Awaitable[Play]], tmp_path: Path
) -> None:
    """Few as they are, each has a card: sent again on the owner's word, and not before /go."""
    play = await open_shop()
    buyer = play.buyer()
    hang = play.sandbox.breaks("sendMessage", Fault.UNAUTHORIZED, times=None)
    await buyer.says("在吗")
    await hang.struck.wait()
    await play.store.backup(tmp_path / "copy.db")
    play.sandbox.mend()
    await buyer.hears()
    await play.running.stop()
    await play.store.close()
    await restore(tmp_path / "copy.db", tmp_path / "restored.db", play.clock.now())
    play.settings = play.settings.model_copy(update={"database_url": f"sqlite:///{tmp_path / 'restored.db'}"})
    play.store = await open_store(play.settings.database_url)
    for _ in range(2):  # a second start tells nothing anew
        await play.restart()
        await play.settled()
    [card] = [one for one in await play.owner.hears_all() if one.buttons and one.buttons[0][0] == "再发一次"]
    assert str(buyer.id) in card.text
    await play.owner.taps(0, on=card)
    await play.settled()
    await buyer.hears_nothing()
    await play.command("/go")
    await play.settled()
    assert len(await buyer.hears_all()) == 1
    assert not [one for one in await play.store.doubts.all() if one.chat_id == buyer.id]


async def test_what_pg_restore_put_back_is_paused_by_a_word(tmp_path: Path) -> None:
    """The same as after a restore of ours; not while a program runs on it."""
    url = await databases.ready(tmp_path)
    store = await open_store(url)
    await store.write([store.outbox.put(row("due"))])
    pause = await pause_here(store, NOW)
    assert (pause.unsent, await store.pausing.read()) == (1, pause)
    assert await store.outbox.counts() == {Status.UNKNOWN: 1}
    other = await open_store(url)
    with pytest.raises(DatabaseInUse):
        await pause_here(other, NOW)
    await other.close()
    await store.close()
    await databases.drop(url)


async def test_a_copy_is_made_once_a_local_day_and_seven_and_four_are_kept(tmp_path: Path) -> None:
    """By what lies in the folder alone: seven days, and one a week of the four weeks before."""
    store = await opened(tmp_path / "shop.db")
    folder = tmp_path / "backups"
    now = datetime(2026, 11, 19, 15, 59, tzinfo=UTC)  # a minute before midnight in Shanghai
    assert await Backups(store, folder).make_due(now, SHANGHAI)
    assert not await Backups(store, folder).make_due(now, SHANGHAI)
    assert await Backups(store, folder).make_due(now + timedelta(minutes=1), SHANGHAI)
    assert sorted(one.name for one in folder.iterdir()) == ["shop-2026-11-19.db", "shop-2026-11-20.db"]
    (folder / "before-0002-x.db").touch()
    for day in range(1, 90):
        (folder / f"shop-{date(2026, 11, 20) - timedelta(days=day)}.db").touch()
    assert await Backups(store, folder).make_due(now + timedelta(days=1, minutes=1), SHANGHAI)
    assert len(list(folder.glob("shop-*.db"))) == 11
    assert (folder / "before-0002-x.db").exists()
    await store.close()


def test_the_kept_weeks_stay_the_same_from_day_to_day() -> None:
    """Pruned every day for a year, there are always seven days, and weeks reaching back three at least; no gap of two weeks."""
    days: set[date] = set()
    for number in range(365):
        today = date(2026, 1, 1) + timedelta(days=number)
        days = kept({*days, today})
        newest = sorted(days, reverse=True)
        assert newest[: min(7, number + 1)] == [today - timedelta(days=one) for one in range(min(7, number + 1))]
        if number > 60:
            assert len(days) == 11
            assert today - newest[-1] >= timedelta(days=21)
            assert max(newer - older for newer, older in pairwise(newest)) <= timedelta(days=14)


async def test_a_copy_that_cannot_be_made_is_tried_again_later(tmp_path: Path) -> None:
    """Not at every tick; a quarter of an hour later. Until then it is told, however new the last one is."""
    store = await opened(tmp_path / "shop.db")
    (tmp_path / "backups").write_text("a file where the folder should be")
    backups = Backups(store, tmp_path / "backups")
    assert not await backups.make_due(NOW, SHANGHAI)
    assert "could not be written" in (await read(store, NOW, backups)).backup_trouble
    (tmp_path / "backups").unlink()
    assert not await backups.make_due(NOW + timedelta(minutes=14), SHANGHAI)
    for left in (".shop-2026-11-01.db.7.part", ".before-0010-20261101T000000Z.db.7.part"):
        (tmp_path / "backups").mkdir(exist_ok=True)
        (tmp_path / "backups" / left).touch()
    assert await backups.make_due(NOW + timedelta(minutes=15), SHANGHAI)
    assert not list((tmp_path / "backups").glob(".*")), "what a killed program left half done"
    assert (await read(store, NOW, backups)).backup_trouble == ""
    await store.close()


async def test_row_32_a_copy_that_failed_while_the_clock_was_ahead_is_tried_again(tmp_path: Path) -> None:
    """The machine was a year ahead, and is set right: no year without a copy."""
    store = await opened(tmp_path / "shop.db")
    (tmp_path / "backups").write_text("a file where the folder should be")
    backups = Backups(store, tmp_path / "backups")
    assert not await backups.make_due(NOW + timedelta(days=365), SHANGHAI)
    (tmp_path / "backups").unlink()
    assert await backups.make_due(NOW, SHANGHAI)
    await store.close()


async def test_row_45_a_backup_under_writes_is_whole_and_can_be_given_up(tmp_path: Path) -> None:
    """Each copy made while others write can be restored; one given up in the middle leaves nothing."""
    store = await opened(tmp_path / "shop.db")
    for number in range(5):
        await store.write([store.marks.set(f"{number}.{one}", "x" * 500, NOW) for one in range(200)])
        await store.backup(tmp_path / f"copy{number}.db")
        await restore(tmp_path / f"copy{number}.db", tmp_path / f"new{number}.db", NOW)
    with pytest.raises(DatabaseUnavailable, match="never replaces"):
        await store.backup(tmp_path / "copy0.db")
    backups = Backups(store, tmp_path / "backups")
    backups.begin_due(NOW, SHANGHAI)
    await backups.stop()
    await store.close()
    assert not list(tmp_path.rglob("*.part"))
