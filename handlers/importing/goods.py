"""Importing a catalogue, and taking it back."""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from core.catalogue import Catalogue, Variant
from handlers.importing.filling import Goods
from handlers.importing.planning import Back, Line, Plan
from store.documents import from_document, to_document
from store.imports import Row, stamp

if TYPE_CHECKING:
    from store import Store


async def take_goods(store: Store, goods: Goods, catalogue: Catalogue, by: str, now: datetime) -> Plan:
    """What is new and what changes; a file never removes what it does not name."""
    known = catalogue.by_sku
    fresh = await asyncio.to_thread(lambda: [one for one in goods.variants if known.get(one.sku) != one])
    photos = await store.photos.of([one.sku for one in fresh if one.sku in known])
    done = await asyncio.to_thread(_compared, store, replace(goods, variants=fresh), known, photos, by, now)
    done.same = len(goods.variants) - len(fresh)
    return done


def _compared(
    store: Store, goods: Goods, known: Mapping[str, Variant], photos: Mapping[str, Any], by: str, now: datetime
) -> Plan:
    """What is written of these, and told. In a thread: of 20,000 it takes a second, and buyers are being answered."""
    fresh, has_photos = goods.variants, "photos" in goods.columns
    unit = list(store.catalogue.put(fresh, by, "import", now, has_photos=has_photos)) if fresh else []
    done = Plan(unit=unit, wrong=goods.wrong, odd=goods.odd)
    for one in fresh:
        before = known.get(one.sku)
        done.added += before is None
        was = None if before is None else {"variant": _document(before), "photos": photos.get(one.sku, [])}
        done.rows.append(Row("variant", one.sku, was, stamp(_document(one))))
        done.lines.append(_line(one, before))
    done.changed = len(fresh) - done.added
    return done


async def goods_back(store: Store, rows: Sequence[Row], by: str, now: datetime) -> Back:
    """What was new goes off the shelf, what was changed is as before; nothing of it where an item has changed since, was
    ordered, or is waited for."""
    there = {one.sku: one for one in await store.catalogue.load()}
    added = [row.key for row in rows if row.before is None]
    used = {*await store.imports.ordered(added), *((await store.waiting.counts()).keys() & set(added))}
    return await asyncio.to_thread(_put_back, store, rows, there, used, by, now)


def _put_back(
    store: Store, rows: Sequence[Row], there: Mapping[str, Variant], used: Collection[str], by: str, now: datetime
) -> Back:
    """In a thread, as `_compared` is."""
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
        if row.before is None:
            back.unit += store.catalogue.set_off(row.key, now, now)
        else:
            back.unit += store.photos.put_back(row.key, [(s, o, p) for s, o, p in row.before["photos"]])
    return back


def _document(one: Variant) -> dict[str, Any]:
    """A variant without its photos, which are kept with where they came from."""
    return {**to_document(one), "photos": []}


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
