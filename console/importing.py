"""Importing shop.toml, the catalogue, customers and orders: all of it or nothing, every bad cell named."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from console.opening import CannotDo, opened_store, say_aside, store_or_none
from console.teaching import read_lessons, sorted_out
from core.catalogue import Catalogue

if TYPE_CHECKING:
    from core.catalogue import Variant
    from core.shop import Shop
    from handlers.importing.planning import Plan
    from settings import Settings
    from sheets.orders import Order
    from sheets.reading import Contents
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


def _counted(one: Plan) -> str:
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
) -> dict[str, Plan]:
    """Read these files and import them in one transaction. CannotDo names every bad cell, and nothing is changed.

    Returns what was done with each kind. shop.toml is read first: the others may need its currency.
    """
    importing = _Importing(store, now, tell, await store.shop.load(), await store.catalogue.load())
    lines, said, files = await asyncio.to_thread(sorted_out, files)
    await importing.take_lessons(lines, said)
    for path in sorted(await asyncio.to_thread(_opened, files, tell), key=lambda file: file.suffix != ".toml"):
        await importing.take(path)
    await importing.take_orders()
    if importing.wrong:
        raise CannotDo("\n".join(importing.wrong))
    taken = importing.taken
    unit = [*(write for _, _, done in taken for write in done.unit), *_remembered(store, taken, now)]
    if unit and not dry_run:
        await store.write(unit)
    return _together(taken)


@dataclass(slots=True)
class _Importing:
    """Files that are being imported: what they are held against, and what has come of them. Nothing is written here.

    `taken` is (kind, file, what is done) of each; `wrong` are sentences, and with one of them nothing of all is taken.
    """

    store: Store
    now: datetime
    tell: Callable[[str], None]
    shop: Shop | None
    catalogue: Catalogue
    taken: list[tuple[str, str, Plan]] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    _orders: list[tuple[str, tuple[Order, ...]]] = field(default_factory=list)

    async def take_lessons(self, lines: list[Path], said: list[Path]) -> None:
        """Files of phrases, and answers.csv."""
        from handlers.importing.lessons import take_lessons

        phrases, answers, wrong = await asyncio.to_thread(read_lessons, lines, said)
        self.wrong += wrong
        if not phrases and not answers:
            return
        lessons = await take_lessons(self.store, phrases, answers, "import", self.now)
        self.taken.append(("phrases", ", ".join(path.name for path in [*lines, *said]), lessons))
        if answers:
            self.taken.append(("answers", "", _answers_in(lessons, len(answers))))

    async def take(self, path: Path) -> None:
        """shop.toml or a table. Orders wait for `take_orders`: what they name may stand in the other files."""
        from core.answering.bundling import names
        from handlers.importing.customers import take_customers
        from handlers.importing.facts import take_facts
        from sheets.problems import Problems
        from sheets.reading import read_file

        try:
            data = await asyncio.to_thread(path.read_bytes)
        except OSError as error:
            self.wrong.append(f"{path}: it cannot be read ({error.strerror}).")
            return
        parsed = await read_file(path.name, data, self.shop, names())
        if isinstance(parsed, Problems):
            self.wrong += parsed.sentences("en")
            return
        for sentence in parsed.warnings.sentences("en"):
            self.tell(sentence)
        contents = parsed.value
        kind = contents.kind.value
        if contents.shop is not None:
            self.shop = contents.shop
            self.taken.append((kind, path.name, await take_facts(self.store, self.shop, "import", self.now)))
        elif contents.variants:
            self.taken.append((kind, path.name, await self._goods(contents, path)))
        elif contents.customers:
            self.taken.append((kind, path.name, await take_customers(self.store, contents.customers)))
        else:
            self._orders.append((path.name, contents.orders))

    async def take_orders(self) -> None:
        from handlers.importing.orders import take_orders
        from handlers.shelf import UNNAMED

        for name, rows in self._orders:
            done = await take_orders(self.store, rows, self.catalogue, self.shop or UNNAMED, "import", self.now)
            self._say(name, done)
            self.taken.append(("orders", name, done))

    async def _goods(self, contents: Contents, path: Path) -> Plan:
        from handlers.importing.filling import filled
        from handlers.importing.goods import take_goods

        variants, missing = with_photos_beside(contents.variants, path.parent)
        self.wrong += [
            f"{path.name}: the picture {name} is not beside the file; put it there or take it out." for name in missing
        ]
        resting = await self.store.catalogue.resting()
        goods = filled(variants, self.catalogue, contents.columns, resting, contents.rows)
        goods.wrong += goods.left  # nobody looks on and says yes to the rest
        done = await take_goods(self.store, goods, self.catalogue, "import", self.now)
        self._say(path.name, done)
        fresh = {one.sku: one for one in goods.variants}
        self.catalogue = Catalogue(tuple({**self.catalogue.by_sku, **fresh}.values()))
        return done

    def _say(self, name: str, done: Plan) -> None:
        from handlers.importing.remarks import sentences
        from handlers.shelf import UNNAMED
        from templates import Speech, Voice

        shop, speech = self.shop or UNNAMED, Speech()
        voice = Voice("en", "", self.now, shop.timezone, shop.tone)
        self.wrong += [f"{name}: {told}" for told in sentences(speech, voice, done.wrong)]
        for told in sentences(speech, voice, done.odd):
            self.tell(f"{name}: {told}")


def _answers_in(lessons: Plan, count: int) -> Plan:
    """How many of the answers in files of phrases are new; they are kept and taken back with the phrases."""
    from handlers.importing.planning import Plan

    rows = [row for row in lessons.rows if row.what == "answer"]
    fresh = sum(1 for row in rows if row.before["before"] is None)
    return Plan(added=fresh, changed=len(rows) - fresh, same=count - len(rows))


def _remembered(store: Store, taken: list[tuple[str, str, Plan]], now: datetime) -> list[Write]:
    """What is kept so that each file can be taken back, the last one first."""
    from handlers.importing.planning import kept

    return [write for kind, name, done in taken for write in kept(store, done, kind, name, "import", now)[1]]


def _together(taken: list[tuple[str, str, Plan]]) -> dict[str, Plan]:
    """The files of one kind as one."""
    from handlers.importing.planning import Plan

    whole: dict[str, Plan] = {}
    for kind, _, done in taken:
        sum_ = whole.setdefault(kind, Plan())
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
