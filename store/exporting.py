"""Exporting: every table of the shop's, or all about one buyer, as rows of plain cells."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson
from sqlalchemy import ColumnElement, Table, select

from store.persons import CONVERSATIONS, MESSAGES, ORDERS, PARCELS, PERSON
from store.reading import Reader
from store.tables import (
    answers,
    audit,
    business_connections,
    buyer_chats,
    buyer_switches,
    buyers,
    conversations,
    haggling,
    import_rows,
    imports,
    labelled,
    message_versions,
    messages,
    missed,
    mistakes,
    order_changes,
    order_lines,
    order_steps,
    orders,
    parcel_events,
    parcels,
    photos,
    phrases,
    presences,
    price_log,
    price_policies,
    products,
    promises,
    reminders,
    reviews,
    shop_versions,
    staff,
    stock_log,
    told,
    topics,
    turns,
    variants,
    waiting,
    wordings,
)

Cell = str | int | bool | None


@dataclass(frozen=True, slots=True)
class Exported:
    """A table: its columns' names and its rows. Times are ISO 8601 in UTC, documents are JSON, amounts minor units."""

    name: str
    columns: tuple[str, ...]
    rows: list[tuple[Cell, ...]]


_ABOUT_BUYERS: tuple[tuple[Table, ColumnElement[bool]], ...] = (
    (buyers, buyers.c.id.in_(PERSON)),
    (buyer_chats, buyer_chats.c.buyer_id.in_(PERSON)),
    (buyer_switches, buyer_switches.c.buyer_id.in_(PERSON)),
    (conversations, conversations.c.buyer_id.in_(PERSON)),
    (turns, turns.c.conversation_id.in_(CONVERSATIONS)),
    (messages, messages.c.conversation_id.in_(CONVERSATIONS)),
    (message_versions, message_versions.c.message_id.in_(MESSAGES)),
    (topics, topics.c.buyer_id.in_(PERSON)),
    (told, told.c.conversation_id.in_(CONVERSATIONS)),
    (missed, missed.c.conversation_id.in_(CONVERSATIONS)),
    (labelled, labelled.c.conversation_id.in_(CONVERSATIONS)),
    (waiting, waiting.c.buyer_id.in_(PERSON)),
    (haggling, haggling.c.conversation_id.in_(CONVERSATIONS)),
    (orders, orders.c.buyer_id.in_(PERSON)),
    (order_lines, order_lines.c.order_no.in_(ORDERS)),
    (order_steps, order_steps.c.order_no.in_(ORDERS)),
    (order_changes, order_changes.c.order_no.in_(ORDERS)),
    (parcels, parcels.c.order_no.in_(ORDERS)),
    (parcel_events, parcel_events.c.parcel_id.in_(PARCELS)),
    (promises, promises.c.buyer_id.in_(PERSON)),
    (mistakes, mistakes.c.buyer_id.in_(PERSON)),
    (reminders, reminders.c.buyer_id.in_(PERSON)),
    (import_rows, import_rows.c.buyer_id.in_(PERSON)),
)
_OF_THE_SHOP = (
    shop_versions,
    presences,
    products,
    variants,
    photos,
    stock_log,
    price_log,
    price_policies,
    phrases,
    answers,
    staff,
    business_connections,
    audit,
    reviews,
    wordings,
    imports,
)


class Exporting:
    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    @staticmethod
    def names(buyer_id: int | None = None) -> tuple[str, ...]:
        """The tables an export has."""
        about = tuple(table.name for table, _ in _ABOUT_BUYERS)
        return about if buyer_id is not None else (*about, *(table.name for table in _OF_THE_SHOP))

    async def typed(self, name: str, most: int) -> tuple[tuple[str, ...], list[tuple[Any, ...]]]:
        """Columns and the latest `most` rows of one of `names`, the oldest first, values as they are: times aware, amounts
        in minor units, documents as JSON text."""
        everything = {table.name: table for table in (*(one for one, _ in _ABOUT_BUYERS), *_OF_THE_SHOP)}
        table = everything[name]
        newest = select(table).order_by(*(column.desc() for column in table.primary_key)).limit(most)
        rows = await self._reader.rows(newest)
        return tuple(table.columns.keys()), [tuple(map(_plain, row)) for row in reversed(rows)]

    async def table(self, name: str, buyer_id: int | None = None) -> Exported:
        """One of `names`: all of it, or what concerns one buyer, in the order it was written."""
        conditions = {table.name: (table, condition) for table, condition in _ABOUT_BUYERS}
        if buyer_id is not None:
            table, condition = conditions[name]
            statement, where = select(table).where(condition), {"buyer_id_": buyer_id}
        else:
            table = conditions[name][0] if name in conditions else next(one for one in _OF_THE_SHOP if one.name == name)
            statement, where = select(table), {}
        rows = await self._reader.rows(statement.order_by(*table.primary_key), where)
        return Exported(name, tuple(table.columns.keys()), [_cells(row) for row in rows])


def _cells(row: Sequence[Any]) -> tuple[Cell, ...]:
    return tuple(_cell(value) for value in row)


def _plain(value: Any) -> Any:
    return orjson.dumps(value).decode() if isinstance(value, dict | list) else value


def _cell(value: Any) -> Cell:
    if value is None or isinstance(value, str | int):
        return value
    if isinstance(value, datetime):
        return value.isoformat()
    return orjson.dumps(value).decode()
