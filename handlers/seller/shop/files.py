"""A seller sends shop.toml, a catalogue, orders, customers or phrases: read, previewed, imported only by the button, and
taken back by one."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from telegram import Update

from core.catalogue import Catalogue, Variant
from handlers.desk import Context, Desk
from handlers.importing.customers import take_customers
from handlers.importing.facts import take_facts
from handlers.importing.filling import Goods, filled
from handlers.importing.goods import take_goods
from handlers.importing.lessons import take_lessons
from handlers.importing.orders import take_orders
from handlers.importing.planning import Back, Plan, kept
from handlers.importing.remarks import sentences
from handlers.importing.taking_back import take_back
from handlers.seller.asking import Asked, asked
from handlers.seller.shop.factnames import in_words
from handlers.seller.shop.facts import shortened
from handlers.tapping import tap_told, undo_button
from store.buttons import Button
from store.writing import Write

if TYPE_CHECKING:
    from sheets.reading import Contents


MOST_TOLD = 10
MOST_SHOWN = 5
"""So many of what is new, and of what changes, are named."""
MOST_FACTS = 12


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
    done, missing = await taking(desk, contents, command.by, command.now)
    if done.wrong:
        told = sentences(desk.speech, desk.voice(command.owner), done.wrong[:MOST_TOLD])
        return await command.say("import_refused", file=name, problems=told, more=len(done.wrong) - len(told))
    warnings = [problem.sentence(language) for problem in parsed.warnings.shown]
    warnings += sentences(desk.speech, desk.voice(command.owner), done.odd[:MOST_TOLD])
    if missing:
        warnings.append(desk.speech.seller("import_photos", desk.voice(command.owner), photos=missing[:5]))
    data = {"file_id": document.file_id, "file": name}
    voice = desk.voice(command.owner)
    yes = (desk.speech.seller("button_confirm", voice), "import_yes", data)
    no = (desk.speech.seller("button_cancel", voice), "import_no", data)
    return await command.say(
        "import_preview", buttons=[[yes, no]], file=name, kind=contents.kind.value, **_counted(done), warnings=warnings,
        answers=len(contents.answers), name=contents.shop.name if contents.shop else "",
        news=_shown(done, True, language), differs=_facts(command, done) if contents.shop else _shown(done, False, language),
        more=max(0, len(done.lines) - MOST_FACTS),
    )  # fmt: skip


async def taking(desk: Desk, contents: Contents, by: str, now: datetime) -> tuple[Plan, tuple[str, ...]]:
    """What a file would do, and the pictures it names that nobody has."""
    store, snapshot = desk.store, await desk.shelf.fresh(at_once=True)
    if contents.shop is not None:
        return await take_facts(store, contents.shop, by, now), ()
    if contents.phrases or contents.answers:
        return await take_lessons(store, contents.phrases, contents.answers, by, now), ()
    if contents.customers:
        return await take_customers(store, contents.customers), ()
    if contents.orders:
        return await take_orders(store, contents.orders, snapshot.catalogue, snapshot.shop, by, now), ()
    resting = await store.catalogue.resting()
    goods, missing = await asyncio.to_thread(_goods, contents, snapshot.catalogue, resting)
    # The preview names what is left out, and the seller says yes to the rest; of nothing there is nothing to say yes to.
    (goods.odd if goods.variants else goods.wrong).extend(goods.left)
    return await take_goods(store, goods, snapshot.catalogue, by, now), missing


def _goods(contents: Contents, catalogue: Catalogue, resting: Iterable[Variant]) -> tuple[Goods, tuple[str, ...]]:
    variants, missing = with_known_photos(contents.variants, catalogue)
    return filled(variants, catalogue, contents.columns, resting, contents.rows), missing


async def import_yes(desk: Desk, button: Button, owner: int, now: datetime) -> list[Write]:
    """The file is read again and imported, all of it or nothing."""
    name, voice = str(button.data["file"]), desk.voice(owner)
    parsed = await _read(desk, name, str(button.data["file_id"]))
    if isinstance(parsed, str) or not hasattr(parsed, "value"):
        problems = [parsed] if isinstance(parsed, str) else [one.sentence(voice.language) for one in parsed.shown]
        more = 0 if isinstance(parsed, str) else parsed.count - len(problems)
        return tap_told(desk, owner, "import_refused", button, now, file=name, problems=problems, more=more)
    contents: Contents = parsed.value
    by = desk.who(owner)
    done, _ = await taking(desk, contents, by, now)
    if done.wrong:
        told = sentences(desk.speech, voice, done.wrong[:MOST_TOLD])
        more = len(done.wrong) - len(told)
        return tap_told(desk, owner, "import_refused", button, now, file=name, problems=told, more=more)
    who = await desk.store.buyers.who([one.buyer for one in contents.customers])
    desk.once_written(lambda: _know(desk, contents, who))
    id, remembered = await asyncio.to_thread(kept, desk.store, done, contents.kind.value, name, by, now)
    undo = [] if id is None else [[undo_button(desk, owner, "undo_import", {"import": id})]]
    noted = desk.noted(owner, "import", "shop", now, file=name, added=done.added, changed=done.changed)
    values: dict[str, Any] = {"kind": contents.kind.value, **_counted(done)}
    return [
        *done.unit,
        *remembered,
        noted,
        *tap_told(desk, owner, "import_done", button, now, buttons=undo, **values),
    ]


async def undo_import(desk: Desk, button: Button, owner: int, now: datetime) -> list[Write]:
    """[撤销] under what a file did: all of it, or nothing where some of it has changed or was used since."""
    one = await desk.store.imports.get(int(button.data["import"]))
    if one is None or one.undone_at is not None:
        return tap_told(desk, owner, "nothing_to_undo", button, now)
    back = await take_back(desk.store, one, desk.who(owner), now)
    if back.since:
        since, more = back.since[:MOST_SHOWN], max(0, len(back.since) - MOST_SHOWN)
        return tap_told(desk, owner, "import_used", button, now, file=one.file, since=since, more=more)
    noted = desk.noted(owner, "undo import", "shop", now, file=one.file)
    desk.once_written(lambda: _correct(desk, back))
    return [*back.unit, noted, *tap_told(desk, owner, "import_undone", button, now, file=one.file)]


def _know(desk: Desk, contents: Contents, who: Mapping[int, int]) -> None:
    """What a file told of buyers is known in the chats that are in memory; `who` tells whom a number stands for."""
    for one in contents.customers:
        desk.chats.know(who.get(one.buyer, one.buyer), name=one.name, phone=one.phone, grade=one.grade, note=one.note)


def _correct(desk: Desk, back: Back) -> None:
    for buyer, card in back.cards.items():
        desk.chats.correct(buyer, **card)


def _shown(done: Plan, is_new: bool, language: str) -> list[dict[str, Any]]:
    """The first of what is new, or of what changes."""
    lines = [one for one in done.lines if one.is_new is is_new]
    return [
        {"key": one.key, "name": one.name_en if language == "en" else one.name, "changes": one.changes}
        for one in lines[:MOST_SHOWN]
    ]


def _facts(command: Asked, done: Plan) -> list[dict[str, Any]]:
    """The first of the shop's facts that change, as the seller reads them."""
    shown = []
    for one in done.lines[:MOST_FACTS]:
        what, was, now_is = one.changes[0]
        said = in_words(command.desk, command.owner, "fact", one.key, was=was, now=now_is)
        changed = (what, *(said[name] and shortened(said[name]) for name in ("was", "now")))
        shown.append({"key": said["about"], "name": "", "changes": (changed,)})
    return shown


def _counted(done: Plan) -> dict[str, int]:
    return {"rows": done.count, "added": done.added, "changed": done.changed, "same": done.same}


async def import_no(desk: Desk, button: Button, owner: int, now: datetime) -> list[Write]:
    """Nothing is imported."""
    return tap_told(desk, owner, "import_cancelled", button, now)


async def _read(desk: Desk, name: str, file_id: str) -> Any:
    """The parsed file, or a sentence why it could not be fetched."""
    assert desk.files is not None
    assert desk.download is not None
    data = await desk.download(file_id)
    if isinstance(data, str):
        return data
    return await desk.files.read(name, data, desk.shelf.now.shop)
