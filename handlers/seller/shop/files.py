"""A seller sends shop.toml, a catalogue, orders, customers or phrases: read, previewed, and taken over only by the button."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from telegram import Update

from core.catalogue import Catalogue, Variant
from handlers.desk import Context, Desk
from handlers.importing.customers import take_customers
from handlers.importing.orders import take_orders
from handlers.importing.takeover import Takeover
from handlers.seller.asking import Asked, asked
from handlers.tapping import tap_told
from store.buttons import Button
from store.writing import Write

if TYPE_CHECKING:
    from sheets.reading import Contents


MOST_TOLD = 10


@dataclass(frozen=True, slots=True)
class Difference:
    """What a catalogue file would do to the shelf."""

    rows: int
    added: int
    changed: int

    @property
    def same(self) -> int:
        return self.rows - self.added - self.changed


def difference(variants: Iterable[Variant], catalogue: Catalogue) -> Difference:
    """Count what is new and what changes; a file never removes what it does not name."""
    several = list(variants)
    added = sum(1 for one in several if one.sku not in catalogue.by_sku)
    same = sum(1 for one in several if catalogue.by_sku.get(one.sku) == one)
    return Difference(len(several), added, len(several) - added - same)


def with_known_photos(variants: Iterable[Variant], catalogue: Catalogue) -> tuple[tuple[Variant, ...], tuple[str, ...]]:
    """Photos named in a file that came alone: those known by that name stay, addresses and ids too; the others are left
    out and returned by name."""
    known = {photo.rpartition("/")[2]: photo for one in catalogue for photo in one.photos}
    missing: list[str] = []

    def resolved(photo: str) -> list[str]:
        name = photo.rpartition("/")[2]
        if photo.startswith(("http://", "https://")) or "." not in name:
            return [photo]
        if name in known:
            return [known[name]]
        missing.append(photo)
        return []

    ready = tuple(
        replace(one, photos=tuple(kept for photo in one.photos for kept in resolved(photo))) for one in variants
    )
    return ready, tuple(dict.fromkeys(missing))


async def on_document(update: Update, context: Context) -> None:
    """Read the file, tell what it would change, and ask."""
    command = asked(update, context)
    desk, document = command.desk, command.message.document
    assert document is not None
    assert desk.files is not None
    name = document.file_name or "file"
    if (document.file_size or 0) > desk.files.largest:
        return await command.say("file_too_large", file=name, limit=desk.files.largest // 2**20)
    parsed = await _read(desk, name, document.file_id)
    if isinstance(parsed, str):
        return await command.say("import_refused", file=name, problems=[parsed], more=0)
    language = desk.voice(command.owner).language
    if not hasattr(parsed, "value"):
        told = [problem.sentence(language) for problem in parsed.shown]
        return await command.say("import_refused", file=name, problems=told, more=parsed.count - len(told))
    contents: Contents = parsed.value
    if contents.orders or contents.customers:
        return await _preview(command, contents, name, document.file_id)
    if contents.phrases or contents.answers:
        return await _preview_lessons(command, contents, name, document.file_id)
    variants, missing = with_known_photos(contents.variants, desk.shelf.now.catalogue)
    counted = difference(variants, desk.shelf.now.catalogue)
    warnings = [problem.sentence(language) for problem in parsed.warnings.shown]
    if missing:
        shown = ", ".join(missing[:5])
        zh, en = (
            f"这些图片没有一起发来，先不带图：{shown}",
            f"These pictures did not come along and are left out: {shown}",
        )
        warnings.append(en if language == "en" else zh)
    data = {"file_id": document.file_id, "file": name}
    voice = desk.voice(command.owner)
    yes = (desk.speech.seller("button_confirm", voice), "import_yes", data)
    no = (desk.speech.seller("button_cancel", voice), "import_no", data)
    return await command.say(
        "import_preview", buttons=[[yes, no]], file=name, kind=contents.kind.value, rows=counted.rows, added=counted.added,
        changed=counted.changed, same=counted.same, warnings=warnings, name=contents.shop.name if contents.shop else "",
    )  # fmt: skip


async def taking(desk: Desk, contents: Contents, by: str, now: datetime) -> Takeover:
    """What a file of orders or customers would do."""
    if contents.customers:
        return await take_customers(desk.store, contents.customers)
    snapshot = await desk.shelf.fresh(at_once=True)
    return await take_orders(desk.store, contents.orders, snapshot.catalogue, snapshot.shop, by, now)


async def _preview(command: Asked, contents: Contents, name: str, file_id: str) -> None:
    """What a file of orders or customers would do, and whether to do it."""
    desk, voice = command.desk, command.desk.voice(command.owner)
    done = await taking(desk, contents, command.by, command.now)
    which = 1 if voice.language == "en" else 0
    if done.wrong:
        told = [pair[which] for pair in done.wrong[:MOST_TOLD]]
        return await command.say("import_refused", file=name, problems=told, more=len(done.wrong) - len(told))
    data = {"file_id": file_id, "file": name}
    yes = (desk.speech.seller("button_confirm", voice), "import_yes", data)
    no = (desk.speech.seller("button_cancel", voice), "import_no", data)
    return await command.say(
        "import_preview", buttons=[[yes, no]], file=name, kind=contents.kind.value, rows=done.added + done.changed + done.same,
        added=done.added, changed=done.changed, same=done.same, warnings=[pair[which] for pair in done.odd[:MOST_TOLD]], name="",
    )  # fmt: skip


async def _preview_lessons(command: Asked, contents: Contents, name: str, file_id: str) -> None:
    """How many lines of a phrase file are new, and whether to learn them."""
    desk, voice = command.desk, command.desk.voice(command.owner)
    taught = set((await desk.shelf.fresh(at_once=True)).taught)
    fresh = [one for one in contents.phrases if one not in taught]
    data = {"file_id": file_id, "file": name}
    yes = (desk.speech.seller("button_confirm", voice), "import_yes", data)
    no = (desk.speech.seller("button_cancel", voice), "import_no", data)
    return await command.say(
        "import_preview", buttons=[[yes, no]], file=name, kind=contents.kind.value, rows=len(contents.phrases), added=len(fresh),
        changed=0, same=len(contents.phrases) - len(fresh), answers=len(contents.answers), warnings=[], name="",
    )  # fmt: skip


async def import_yes(desk: Desk, button: Button, owner: int, now: datetime) -> list[Write]:
    """The file is read again and taken over, all of it or nothing."""
    name = str(button.data["file"])
    parsed = await _read(desk, name, str(button.data["file_id"]))
    if isinstance(parsed, str) or not hasattr(parsed, "value"):
        problems = [parsed] if isinstance(parsed, str) else [str(problem) for problem in parsed.shown]
        return tap_told(desk, owner, "import_refused", button, now, file=name, problems=problems, more=0)
    contents: Contents = parsed.value
    by = desk.who(owner)
    if contents.shop is not None:
        unit = [*desk.store.shop.save(contents.shop, by, now)]
        counted = Difference(0, 0, 0)
    elif contents.phrases or contents.answers:
        taught = set((await desk.shelf.fresh(at_once=True)).taught)
        fresh = [one for one in contents.phrases if one not in taught]
        counted = Difference(len(contents.phrases), len(fresh), 0)
        unit = [write for one in fresh for write in desk.store.phrases.teach(one, by, now)]
        unit += [write for one in contents.answers for write in desk.store.answers.keep(one, by, now)]
    elif contents.orders or contents.customers:
        done = await taking(desk, contents, by, now)
        if done.wrong:
            which = 1 if desk.voice(owner).language == "en" else 0
            told = [pair[which] for pair in done.wrong[:MOST_TOLD]]
            return tap_told(desk, owner, "import_refused", button, now, file=name, problems=told, more=len(done.wrong) - len(told))  # fmt: skip
        counted = Difference(done.added + done.changed + done.same, done.added, done.changed)
        unit = done.unit
        for one in contents.customers:
            desk.chats.know(one.buyer, name=one.name, phone=one.phone, grade=one.grade, note=one.note)
    else:
        variants, _ = with_known_photos(contents.variants, desk.shelf.now.catalogue)
        counted = difference(variants, desk.shelf.now.catalogue)
        unit = [*desk.store.catalogue.put(variants, by, "import", now)]
    noted = desk.noted(owner, "import", "shop", now, file=name, added=counted.added, changed=counted.changed)
    values: dict[str, Any] = {"kind": contents.kind.value, "added": counted.added, "changed": counted.changed}
    return [*unit, noted, *tap_told(desk, owner, "import_done", button, now, **values)]


async def import_no(desk: Desk, button: Button, owner: int, now: datetime) -> list[Write]:
    """Nothing is taken over."""
    return tap_told(desk, owner, "import_cancelled", button, now)


async def _read(desk: Desk, name: str, file_id: str) -> Any:
    """The parsed file, or a sentence why it could not be fetched."""
    assert desk.files is not None
    assert desk.download is not None
    data = await desk.download(file_id)
    if isinstance(data, str):
        return data
    return await desk.files.read(name, data, desk.shelf.now.shop)
