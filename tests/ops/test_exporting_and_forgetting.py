"""What a buyer may ask for: all that is known of them, and that it goes."""

# A test may wait for its own folder.

import asyncio
import csv
import os
import shutil
import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from console import keeping as console
from console.opening import CannotDo
from jobs.forgetting import forget_asked
from ops.exporting import CannotExport, export
from ops.forgetting import CannotForget, forget, forget_in_copies
from ops.restoring import restore
from sandbox import Fault
from sandbox.bell import PATIENCE
from sheets.export import write_csv
from store import DatabaseUnavailable, open_store
from store.marks import FORGET
from store.writing import Unit
from tests.databases import POSTGRES
from tests.play import OpenShop, Play
from tests.stories.orders import paid

SECRET = "zebrafinch"


def rows(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8-sig", newline="") as opened:
        return list(csv.DictReader(opened))


def holding(folder: Path, word: str) -> list[str]:
    """The files with this word somewhere in their bytes."""
    return [str(one) for one in sorted(folder.rglob("*")) if one.is_file() and word.encode() in one.read_bytes()]


async def test_an_export_is_a_folder_of_tables_in_which_nothing_is_a_formula(play: Play, tmp_path: Path) -> None:
    """Everything, or one buyer's and nobody else's; cells that would be formulas are not."""
    one, other = play.buyer("en", "=HYPERLINK(1)"), play.buyer("en", "Walrus")
    await play.ask(one, f"=1+1 {SECRET}")
    await play.ask(other, "hello there")
    counts = await export(play.store, tmp_path / "all", write_csv)
    assert counts["buyers"] == 2
    assert {row["telegram_name"] for row in rows(tmp_path / "all" / "buyers.csv")} == {"'=HYPERLINK(1)", "Walrus"}
    counts = await export(play.store, tmp_path / "one", write_csv, one.id)
    assert counts["buyers"] == 1
    said = [row["text"] for row in rows(tmp_path / "one" / "messages.csv") if row["who"] == "buyer"]
    assert said == [f"'=1+1 {SECRET}"]
    assert holding(tmp_path / "one", "Walrus") == []
    assert (tmp_path / "one").stat().st_mode & 0o077 == 0
    with pytest.raises(CannotExport, match="no buyer 999"):
        await export(play.store, tmp_path / "none", write_csv, 999)
    (tmp_path / "file").touch()
    with pytest.raises(CannotExport, match="cannot be written"):
        await export(play.store, tmp_path / "file", write_csv)


async def test_row_50_a_running_program_forgets_at_a_word_from_outside(open_shop: OpenShop) -> None:
    """No byte is left, and the buyer, who writes again, is met anew."""
    play = await open_shop(tick_seconds=1.0)
    buyer, other = play.buyer("en", f"Mrs {SECRET}"), play.buyer("en", "Walrus")
    await play.ask(buyer, f"do you have a {SECRET}?")
    await play.ask(other, "what about a walrus?")
    await play.settled()
    await play.store.lock()
    outside = await open_store(play.settings.database_url)
    await asyncio.wait_for(forget(outside, buyer.id, play.clock.now()), PATIENCE)
    with pytest.raises(CannotForget, match="no buyer"):
        await forget(outside, buyer.id, play.clock.now())
    await outside.close()
    if not POSTGRES:
        assert holding(play.folder, SECRET) == []
        assert holding(play.folder, "walrus")
    assert await play.store.messages.search("walrus")
    assert (await play.ask(buyer, "hello")).text
    assert len(await play.store.messages.history(buyer.id)) == 2


@pytest.mark.skipif(bool(POSTGRES), reason="PostgreSQL has its own backups")
async def test_row_50_the_daily_copies_forget_too(play: Play) -> None:
    """Each is written anew without the buyer, and can be restored; a damaged one is named and left alone."""
    buyer, other = play.buyer("en", f"Mrs {SECRET}"), play.buyer("en", "Walrus")
    await play.ask(buyer, f"do you have a {SECRET}?")
    await play.ask(other, "what about a walrus?")
    await play.settled()
    folder = play.folder / "backups"
    for day in (1, 2, 3):
        await play.store.backup(folder / f"shop-2026-11-0{day}.db")
    assert len(holding(folder, SECRET)) == 3
    assert await forget_in_copies(folder, buyer.id) == 3
    assert holding(folder, SECRET) == []
    assert len(holding(folder, "walrus")) == 3
    assert len(list(folder.iterdir())) == 3
    await restore(folder / "shop-2026-11-01.db", play.folder / "restored.db", play.clock.now())
    damaged = bytearray((folder / "shop-2026-11-02.db").read_bytes())
    damaged[5000] ^= 1
    (folder / "shop-2026-11-02.db").write_bytes(damaged)
    with pytest.raises(CannotForget, match=r"Not in shop-2026-11-02\.db"):
        await forget_in_copies(folder, other.id)
    assert len(holding(folder, "walrus")) == 1


@pytest.mark.skipif(bool(POSTGRES), reason="PostgreSQL has its own backups")
async def test_row_50_forgetting_that_was_cut_off_can_be_done_again(play: Play) -> None:
    """Somebody read in the file, so its bytes stayed, and the copies were not come to. Nobody is known then, and all goes."""
    buyer = play.buyer("en", f"Mrs {SECRET}")
    await play.ask(buyer, f"do you have a {SECRET}?")
    await play.settled()
    await play.running.stop()
    await play.store.backup(play.folder / "backups" / "shop-2026-11-01.db")
    await play.store.close()
    with closing(sqlite3.connect(play.folder / "shop.db", isolation_level=None)) as other:
        other.execute("BEGIN")
        other.execute("SELECT count(*) FROM buyers").fetchone()
        with pytest.raises(DatabaseUnavailable, match="Try again"):
            await console.forget(play.settings, buyer.id)
        assert len(holding(play.folder, SECRET)) >= 2
        other.execute("COMMIT")
        with pytest.raises(CannotDo, match="no buyer"):
            await console.forget(play.settings, buyer.id)
        assert holding(play.folder, SECRET) == []


@pytest.mark.skipif(bool(POSTGRES), reason="PostgreSQL has its own backups")
async def test_row_50_a_copy_that_is_just_being_made_is_waited_for(play: Play) -> None:
    """It was begun before, so it holds him. What a killed program left half done goes; a copy stays as old as it is."""
    buyer = play.buyer("en", f"Mrs {SECRET}")
    await play.ask(buyer, f"do you have a {SECRET}?")
    await play.settled()
    folder = play.folder / "backups"
    await play.store.backup(folder / "shop-2026-11-01.db")
    os.utime(folder / "shop-2026-11-01.db", (1_000_000_000, 1_000_000_000))
    done = await asyncio.create_subprocess_exec("true")
    await done.wait()
    for process in (os.getpid(), done.pid):
        shutil.copyfile(folder / "shop-2026-11-01.db", folder / f".shop-2026-11-02.db.{process}.part")
    with pytest.raises(CannotForget, match="just being made"):
        await forget_in_copies(folder, buyer.id, patience=timedelta(seconds=0.2))
    (folder / f".shop-2026-11-02.db.{os.getpid()}.part").rename(folder / "shop-2026-11-02.db")
    assert await forget_in_copies(folder, buyer.id) == 2
    assert holding(folder, SECRET) == []
    assert (folder / "shop-2026-11-01.db").stat().st_mtime == 1_000_000_000


async def test_row_50_who_writes_while_he_is_forgotten_is_served_anew(
    play: Play, monkeypatch: pytest.MonkeyPatch
) -> None:
    """He was found as he had been just before: what memory holds of him must not outlive what the store holds."""
    buyer = play.buyer("en")
    await play.ask(buyer, "hello")
    await play.settled()
    desk, forget_him = play.running.desk, play.store.forget

    async def writes_meanwhile(buyer_id: int, also: Unit = ()) -> None:
        assert await desk.chats.find(buyer_id) is not None
        await forget_him(buyer_id, also)

    monkeypatch.setattr(play.store, "forget", writes_meanwhile)
    await play.store.write([play.store.marks.set(f"{FORGET}{buyer.id}", True, play.clock.now())])
    await forget_asked(desk)
    assert await desk.chats.find(buyer.id) is None
    assert (await play.ask(buyer, "hello again")).text
    assert len(await play.store.messages.history(buyer.id)) == 2


async def test_row_50_what_the_sellers_typed_of_a_buyer_is_forgotten_too(play: Play) -> None:
    """By name, by order, by parcel, with a phone: the audit keeps that a command was given, and no button or change of the
    stock tells of his order. A list in doubt, which quotes him, goes. Another buyer's stay."""
    buyer, other = play.buyer("zh", "欧阳青鸾"), play.buyer("zh", "诸葛红药")
    await play.ask(buyer, "转人工，我住在枫林弄七号")
    await play.ask(other, "转人工")
    orders = [await paid(play, one) for one in (buyer, other)]
    parcels = ["YT1234567890123", "YT9876543210987"]
    for order_no, parcel in zip(orders, parcels, strict=True):
        await play.command(f"/ship {order_no} 圆通 {parcel} phone 13800138000")
        await play.command(f"/parcel {parcel} pause")
    for one in (buyer, other):
        await play.command(f"/find {one.name}")
    play.sandbox.breaks("sendMessage", Fault.JUNK, chat=play.owner.id)
    await play.command("/inbox")
    await play.settled()
    await play.store.write([play.store.marks.set(f"{FORGET}{buyer.id}", True, play.clock.now())])
    await forget_asked(play.running.desk)
    commands = [one.what for one in await play.store.audit.latest(50)]
    assert {"/ship", "/parcel", "/find", "/order"} <= set(commands)
    if not POSTGRES:
        await play.settled()
        for word in (buyer.name, "枫林弄", str(buyer.id), orders[0], parcels[0]):
            assert holding(play.folder, word) == [], word
        for word in (other.name, str(other.id), orders[1], parcels[1]):
            assert holding(play.folder, word), word


async def test_a_program_that_does_not_answer_is_named(open_shop: OpenShop) -> None:
    """Nothing is left half done: the wish stands in the database, and its next tick does it."""
    play = await open_shop()
    buyer = play.buyer("en")
    await play.ask(buyer, "hello")
    await play.store.lock()
    outside = await open_store(play.settings.database_url)
    with pytest.raises(CannotForget, match="running program"):
        await forget(outside, buyer.id, play.clock.now(), timedelta(seconds=0.2))
    await outside.close()
    await play.running.schedule.run_due()
    assert await play.store.buyers.get(buyer.id) is None
