"""Taking a file back as a whole: what it changed is as it was before it, where nothing of it has been used since."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from handlers.importing.customers import customers_back
from handlers.importing.facts import facts_back
from handlers.importing.goods import goods_back
from handlers.importing.lessons import answers_back, phrases_back
from handlers.importing.orders_back import buyers_back, orders_back
from handlers.importing.planning import Back

if TYPE_CHECKING:
    from store import Store
    from store.imports import Import, Row

BACK: dict[str, Callable[[Store, Sequence[Row], str, datetime], Awaitable[Back]]] = {
    "order": orders_back,
    "buyer": buyers_back,
    "customer": customers_back,
    "variant": goods_back,
    "phrase": phrases_back,
    "answer": answers_back,
    "shop": facts_back,
}
"""What takes back rows of each kind, in the order in which it must happen."""


async def take_back(store: Store, one: Import, by: str, now: datetime) -> Back:
    """What is written; `since` names what stands in the way, and then nothing is to be written."""
    rows = await store.imports.rows(one.id)
    whole = Back()
    for what, back in BACK.items():
        these = [row for row in rows if row.what == what]
        if these:
            found = await back(store, these, by, now)
            whole.unit += found.unit
            whole.since += found.since
            whole.cards |= found.cards
    whole.unit.append(store.imports.undone(one.id, now))
    return whole
