"""Taking over a catalogue, and taking it back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from core.catalogue import Catalogue, Variant
from handlers.importing.takeover import Back, Line, Takeover
from store.documents import from_document, to_document
from store.imports import Row, stamp

if TYPE_CHECKING:
    from store import Store


async def take_goods(
    store: Store, variants: Iterable[Variant], catalogue: Catalogue, by: str, now: datetime
) -> Takeover:
    """What is new and what changes; a file never removes what it does not name."""
    several = list(variants)
    known = catalogue.by_sku
    fresh = {one.sku: known.get(one.sku) for one in several if known.get(one.sku) != one}
    photos = await store.photos.of([sku for sku, before in fresh.items() if before is not None])
    done = Takeover(same=len(several) - len(fresh), unit=list(store.catalogue.put(several, by, "import", now)))
    for one in several:
        if one.sku not in fresh:
            continue
        before = fresh[one.sku]
        if before is None:
            done.added += 1
        else:
            done.changed += 1
        was = None if before is None else {"variant": _document(before), "photos": photos.get(one.sku, [])}
        done.rows.append(Row("variant", one.sku, was, stamp(_document(one))))
        done.lines.append(_line(one, before))
    return done


async def goods_back(store: Store, rows: Sequence[Row], by: str, now: datetime) -> Back:
    """What was new goes off the shelf, what was changed is as before; nothing of it where an item has changed since, was
    ordered, or is waited for."""
    there = {one.sku: one for one in await store.catalogue.load()}
    added = [row.key for row in rows if row.before is None]
    used = {*await store.imports.ordered(added), *((await store.waiting.counts()).keys() & set(added))}
    back = Back(
        since=[
            row.key
            for row in rows
            if row.key not in there or row.key in used or stamp(_document(there[row.key])) != row.after
        ]
    )
    before = [from_document(Variant, row.before["variant"]) for row in rows if row.before is not None]
    if before:
        back.unit += store.catalogue.put(before, by, "import", now)
    for row in rows:
        if row.before is not None:
            back.unit += store.photos.put_back(row.key, [(s, o, p) for s, o, p in row.before["photos"]])
    for sku in added:
        back.unit += store.catalogue.set_off(sku, now, now)
    return back


def _document(one: Variant) -> dict[str, Any]:
    """A variant without its photos, which are kept with where they came from."""
    document: dict[str, Any] = to_document(replace(one, photos=()))
    return document


def _line(one: Variant, before: Variant | None) -> Line:
    name, name_en = (
        f"{words.title} · {words.variant}" if words.variant else words.title for words in (one.wording, one.words("en"))
    )
    if before is None:
        return Line(one.sku, name, name_en, True)
    pairs: tuple[tuple[str, object, object], ...] = (
        ("price", before.price, one.price),
        ("stock", before.stock, one.stock),
        ("floor", before.floor_price, one.floor_price),
        ("title", before.title, one.title),
    )
    return Line(one.sku, name, name_en, False, tuple(pair for pair in pairs if pair[1] != pair[2]))
