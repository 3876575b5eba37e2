"""Exporting: every table, or all about one buyer, as CSV files in a folder."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from store import Store
from store.errors import StoreError

WriteTable = Callable[[Path, Sequence[str], Iterable[Sequence[Any]]], int]
"""Writes a file with a header and rows in which no cell is a formula, whole or not at all."""


class CannotExport(StoreError):
    """There is nothing to export, or nowhere to put it; the message says which."""


async def export(store: Store, folder: Path, write_table: WriteTable, buyer_id: int | None = None) -> dict[str, int]:
    """Write a CSV for each table; returns how many rows each has. With `buyer_id`, only what concerns that buyer."""
    if buyer_id is not None and await store.buyers.get(buyer_id) is None:
        raise CannotExport(f"There is no buyer {buyer_id}.")
    try:
        # These are people's words: the folder is for its owner's eyes.
        await asyncio.to_thread(folder.mkdir, 0o700, parents=True, exist_ok=True)
        counts = {}
        for name in store.exporting.names(buyer_id):
            table = await store.exporting.table(name, buyer_id)
            counts[name] = await asyncio.to_thread(write_table, folder / f"{name}.csv", table.columns, table.rows)
    except OSError as error:
        raise CannotExport(f"{folder} cannot be written to ({error.strerror}).") from error
    return counts
