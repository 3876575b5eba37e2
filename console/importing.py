"""Taking over shop.toml, the catalogue, customers and orders: all of it or nothing, every bad cell named."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from console.opening import CannotDo, opened_store, say_aside
from console.teaching import read_lessons, sorted_out

if TYPE_CHECKING:
    from core.catalogue import Variant
    from settings import Settings
    from store import Store

READ = (".toml", ".csv", ".xlsx")
"""What is looked for in a folder."""


async def import_into_shop(settings: Settings, files: list[Path], dry_run: bool) -> None:
    from clock import Clock

    async with opened_store(settings) as store:
        counts = await import_files(store, files, Clock().now(), dry_run=dry_run, tell=say_aside)
    done = (
        ", ".join(f"{kind}: {count} {'row' if count == 1 else 'rows'}" for kind, count in counts.items()) or "nothing"
    )
    print(f"{'Would import' if dry_run else 'Imported'} {done}.")


async def import_files(
    store: Store,
    files: list[Path],
    now: datetime,
    *,
    dry_run: bool = False,
    tell: Callable[[str], None] = lambda _: None,
) -> dict[str, int]:
    """Read these files and take them over in one transaction. CannotDo names every bad cell, and nothing is changed.

    Returns how many rows of each kind were read. shop.toml is read first: the others may need its currency.
    """
    from core.answering.bundling import names
    from handlers.importing.customers import take_customers
    from handlers.importing.orders import take_orders
    from handlers.shelf import UNNAMED
    from sheets.problems import Problems
    from sheets.reading import read_file

    shop = await store.shop.load()
    shelf = {one.sku: one for one in await store.catalogue.load()}
    orders: list[Any] = []
    unit: list[Any] = []
    lines, said, files = await asyncio.to_thread(sorted_out, files)
    taught, counts, wrong = await asyncio.to_thread(read_lessons, store, lines, said, now)
    unit += taught
    for path in sorted(await asyncio.to_thread(_opened, files, tell), key=lambda file: file.suffix != ".toml"):
        try:
            data = await asyncio.to_thread(path.read_bytes)
        except OSError as error:
            wrong.append(f"{path}: it cannot be read ({error.strerror}).")
            continue
        parsed = await read_file(path.name, data, shop, names())
        if isinstance(parsed, Problems):
            wrong += parsed.sentences("en")
            continue
        for sentence in parsed.warnings.sentences("en"):
            tell(sentence)
        contents = parsed.value
        kind = contents.kind.value
        if contents.shop is not None:
            shop = contents.shop
            unit += store.shop.save(shop, "import", now)
            counts[kind] = 1
        elif contents.variants:
            variants, missing = with_photos_beside(contents.variants, path.parent)
            wrong += [
                f"{path.name}: the picture {name} is not beside the file; put it there or take it out."
                for name in missing
            ]
            unit += store.catalogue.put(variants, "import", "import", now)
            shelf |= {one.sku: one for one in variants}
            counts[kind] = counts.get(kind, 0) + len(variants)
        elif contents.customers:
            unit += (await take_customers(store, contents.customers)).unit
            counts[kind] = counts.get(kind, 0) + len(contents.customers)
        else:
            orders.append((path.name, contents.orders))
            counts[kind] = counts.get(kind, 0) + len(contents.orders)
    for name, rows in orders:  # last: what they name may stand in the other files
        done = await take_orders(store, rows, shelf.values(), shop or UNNAMED, "import", now)
        wrong += [f"{name}: {en}" for _, en in done.wrong]
        for _, en in done.odd:
            tell(f"{name}: {en}")
        unit += done.unit
    if wrong:
        raise CannotDo("\n".join(wrong))
    if unit and not dry_run:
        await store.write(unit)
    return counts


def _opened(paths: list[Path], tell: Callable[[str], None]) -> list[Path]:
    """Each folder replaced by the tables and settings in it; one that holds none, such as the pictures, is passed over."""
    found: list[Path] = []
    for path in paths:
        if not path.is_dir():
            found.append(path)
            continue
        inside = sorted(file for file in path.iterdir() if file.suffix.lower() in READ)
        if not inside:
            tell(f"{path}: no table in this folder; pictures are taken from it where the catalogue names them.")
        found += inside
    return found


def with_photos_beside(variants: tuple[Variant, ...], folder: Path) -> tuple[list[Variant], list[str]]:
    """Photos named beside the file get their whole path; those that are not there are returned by name."""
    missing: list[str] = []

    def whole(photo: str) -> str:
        if photo.startswith(("http://", "https://")) or ("." not in photo and "/" not in photo):
            return photo
        path = (folder / photo).resolve()
        if not path.is_file():
            missing.append(photo)
        return str(path)

    return [replace(one, photos=tuple(whole(photo) for photo in one.photos)) for one in variants], missing
