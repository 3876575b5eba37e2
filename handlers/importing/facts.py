"""Importing shop.toml, and taking it back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from core.fact_changes import changes
from core.shop import Shop
from handlers.importing.planning import Back, Line, Plan
from store.documents import from_document, to_document
from store.imports import Row, stamp

if TYPE_CHECKING:
    from store import Store


async def take_facts(store: Store, shop: Shop, by: str, now: datetime) -> Plan:
    """The facts of the shop are those of the file."""
    before = await store.shop.load()
    if before == shop:
        return Plan(same=1)
    done = Plan(unit=list(store.shop.save(shop, by, now)), added=int(before is None), changed=int(before is not None))
    was = None if before is None else to_document(before)
    done.rows.append(Row("shop", "", was, stamp(to_document(shop))))
    if before is not None:
        done.lines = [Line(one.key, "", "", False, (("fact", one.was, one.now),)) for one in changes(before, shop)]
    return done


async def facts_back(store: Store, rows: Sequence[Row], by: str, now: datetime) -> Back:
    """The facts are those from before, unless one was changed since; before the first there were none."""
    there = await store.shop.load()
    back = Back()
    for row in rows:
        if there is None or stamp(to_document(there)) != row.after:
            back.since.append("shop.toml")
        elif row.before is None:
            back.unit += store.shop.clear()
        else:
            back.unit += store.shop.save(from_document(Shop, row.before), by, now)
    return back
