"""Taking over shop.toml, the catalogue, customers and orders: all of it or nothing, every bad cell named."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from console.opening import CannotDo, opened_store, say_aside, store_or_none
from console.teaching import read_lessons, sorted_out
from core.catalogue import Catalogue

if TYPE_CHECKING:
    from core.catalogue import Variant
    from handlers.importing.takeover import Takeover
    from settings import Settings
    from store import Store
    from store.writing import Write

READ = (".toml", ".csv", ".xlsx")
"""What is looked for in a folder."""


async def import_into_shop(settings: Settings, files: list[Path], dry_run: bool) -> None:
    from clock import Clock

    missing = [f"{file}: there is no such file." for file in files if not file.exists()]
    if missing:
        raise CannotDo("\n".join(missing))
    async with store_or_none(settings) if dry_run else opened_store(settings) as store:
        done = await import_files(store, files, Clock().now(), dry_run=dry_run, tell=say_aside)
    told = ", ".join(f"{kind}: {_counted(one)}" for kind, one in done.items()) or "nothing"
    print(f"{'Would import' if dry_run else 'Imported'} {told}.")


async def take_last_back(settings: Settings) -> None:
    """What the last file changed is as it was before it. CannotDo where some of it has been used since."""
    from clock import Clock
    from handlers.importing.taking_back import take_back

    now = Clock().now()
    async with opened_store(settings, must_exist=True) as store:
        last = await store.imports.latest()
        if last is None:
            raise CannotDo("There is no import to take back.")
        back = await take_back(store, last, "import", now)
        if back.since:
            names = ", ".join(back.since[:10]) + (f" and {len(back.since) - 10} more" if len(back.since) > 10 else "")
            raise CannotDo(
                f"{last.file} was not taken back, and nothing was changed: since then {names} changed again or came into "
                "use. Please change what is wrong one by one."
            )
        await store.write(back.unit)
    print(f"Taken back: what {last.file} changed on {last.at:%Y-%m-%d at %H:%M} UTC is as it was before.")


def _counted(one: Takeover) -> str:
    """ "12 rows (2 new, 3 changed, 7 as before)"."""
    rows = f"{one.count} {'row' if one.count == 1 else 'rows'}"
    return f"{rows} ({one.added} new, {one.changed} changed, {one.same} as before)"


async def import_files(
    store: Store,
    files: list[Path],
    now: datetime,
    *,
    dry_run: bool = False,
    tell: Callable[[str], None] = lambda _: None,
) -> dict[str, Takeover]:
    """Read these files and take them over in one transaction. CannotDo names every bad cell, and nothing is changed.

    Returns what was done with each kind. shop.toml is read first: the others may need its currency.
    """
    from core.answering.bundling import names
    from handlers.importing.customers import take_customers
    from handlers.importing.facts import take_facts
    from handlers.importing.filling import filled
    from handlers.importing.goods import take_goods
    from handlers.importing.lessons import take_lessons
    from handlers.importing.orders import take_orders
    from handlers.shelf import UNNAMED
    from sheets.problems import Problems
    from sheets.reading import read_file

    shop = await store.shop.load()
    catalogue = await store.catalogue.load()
    orders: list[Any] = []
    taken: list[tuple[str, str, Takeover]] = []
    lines, said, files = await asyncio.to_thread(sorted_out, files)
    phrases, answers, wrong = await asyncio.to_thread(read_lessons, lines, said)
    if phrases or answers:
        lessons = await take_lessons(store, phrases, answers, "import", now)
        taken.append(("phrases", ", ".join(path.name for path in [*lines, *said]), lessons))
        if answers:
            taken.append(("answers", "", _answers_in(lessons, len(answers))))
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
        if contents.shop is not None:
            shop = contents.shop
            taken.append((contents.kind.value, path.name, await take_facts(store, shop, "import", now)))
        elif contents.variants:
            variants, missing = with_photos_beside(contents.variants, path.parent)
            wrong += [
                f"{path.name}: the picture {name} is not beside the file; put it there or take it out."
                for name in missing
            ]
            goods = filled(variants, catalogue, contents.columns)
            done = await take_goods(store, goods, catalogue, "import", now)
            wrong += [f"{path.name}: {en}" for _, en in done.wrong]
            for _, en in done.odd:
                tell(f"{path.name}: {en}")
            taken.append((contents.kind.value, path.name, done))
            catalogue = Catalogue(tuple({**catalogue.by_sku, **{one.sku: one for one in goods.variants}}.values()))
        elif contents.customers:
            taken.append((contents.kind.value, path.name, await take_customers(store, contents.customers)))
        else:
            orders.append((path.name, contents.orders))
    for name, rows in orders:  # last: what they name may stand in the other files
        done = await take_orders(store, rows, catalogue, shop or UNNAMED, "import", now)
        wrong += [f"{name}: {en}" for _, en in done.wrong]
        for _, en in done.odd:
            tell(f"{name}: {en}")
        taken.append(("orders", name, done))
    if wrong:
        raise CannotDo("\n".join(wrong))
    unit = [*(write for _, _, done in taken for write in done.unit), *_remembered(store, taken, now)]
    if unit and not dry_run:
        await store.write(unit)
    return _together(taken)


def _answers_in(lessons: Takeover, count: int) -> Takeover:
    """How many of the answers in files of phrases are new; they are kept and taken back with the phrases."""
    from handlers.importing.takeover import Takeover

    rows = [row for row in lessons.rows if row.what == "answer"]
    fresh = sum(1 for row in rows if row.before["before"] is None)
    return Takeover(added=fresh, changed=len(rows) - fresh, same=count - len(rows))


def _remembered(store: Store, taken: list[tuple[str, str, Takeover]], now: datetime) -> list[Write]:
    """What is kept so that each file can be taken back, the last one first."""
    from handlers.importing.takeover import kept

    return [write for kind, name, done in taken for write in kept(store, done, kind, name, "import", now)[1]]


def _together(taken: list[tuple[str, str, Takeover]]) -> dict[str, Takeover]:
    """The files of one kind as one."""
    from handlers.importing.takeover import Takeover

    whole: dict[str, Takeover] = {}
    for kind, _, done in taken:
        sum_ = whole.setdefault(kind, Takeover())
        sum_.added, sum_.changed, sum_.same = (
            sum_.added + done.added,
            sum_.changed + done.changed,
            sum_.same + done.same,
        )
    return whole


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
