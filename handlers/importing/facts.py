"""Taking over shop.toml, and taking it back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from core.shop import Shop
from handlers.importing.takeover import Back, Takeover
from store.documents import from_document, to_document
from store.imports import Row, stamp

if TYPE_CHECKING:
    from store import Store


async def take_facts(store: Store, shop: Shop, by: str, now: datetime) -> Takeover:
    """The facts of the shop are those of the file. The very first cannot be taken back: a shop without facts is none."""
    before = await store.shop.load()
    if before == shop:
        return Takeover(same=1)
    done = Takeover(
        unit=list(store.shop.save(shop, by, now)), added=int(before is None), changed=int(before is not None)
    )
    if before is not None:
        done.rows.append(Row("shop", "", to_document(before), stamp(to_document(shop))))
    return done


async def facts_back(store: Store, rows: Sequence[Row], by: str, now: datetime) -> Back:
    """The facts are those from before, unless one was changed since."""
    there = await store.shop.load()
    back = Back()
    for row in rows:
        if there is None or stamp(to_document(there)) != row.after:
            back.since.append("shop.toml")
        else:
            back.unit += store.shop.save(from_document(Shop, row.before), by, now)
    return back
