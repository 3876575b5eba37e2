"""Grouping, held to its rule in plain words: no two writes change places unless neither could notice."""

import random

import pytest
from sqlalchemy import Table, delete, insert, select, update
from sqlalchemy.sql.dml import Insert, UpdateBase

from store.grouping import Unit, Write, grouped
from store.tables import buyers, conversations, inbox, messages, outbox, told, turns, unindexed

TABLES: list[Table] = [messages, outbox, turns, inbox, told, conversations, buyers, unindexed]
READS: dict[UpdateBase, Table] = {
    insert(unindexed).from_select(["id"], select(messages.c.id)): messages,
    delete(told).where(told.c.conversation_id.in_(select(conversations.c.id))): conversations,
}
STATEMENTS: list[UpdateBase] = [
    *(make(table) for table in TABLES for make in (insert, update, delete)),
    *READS,
]


def may_pass(later: Write, earlier: Write) -> bool:
    """Whether nobody could tell that the later was executed before the earlier."""
    mine, theirs = later.statement.table, earlier.statement.table
    if mine is theirs:
        return None not in (later.row, earlier.row) and later.row != earlier.row
    if READS.get(later.statement) is theirs or READS.get(earlier.statement) is mine:
        return False
    refers = {key.column.table for key in mine.foreign_keys}
    return not (isinstance(later.statement, Insert) and isinstance(earlier.statement, Insert) and theirs in refers)


@pytest.mark.parametrize("seed", range(300))
def test_only_what_nobody_could_notice_changes_places(seed: int) -> None:
    """All is written once; rows of one statement keep their order, and of the rest only independent writes are moved."""
    chance = random.Random(seed)
    some = chance.sample(STATEMENTS, 6)
    writes = [
        Write(chance.choice(some), {"number": place}, chance.choice([None, *range(40)]), insists=chance.random() < 0.1)
        for place in range(60)
    ]
    units: list[Unit] = [writes[start : start + 6] for start in range(0, 60, 6)]
    groups = grouped(units)
    assert all(one.statement is writes[row["number"]].statement for one in groups for row in one.params)
    order = [row["number"] for one in groups for row in one.params]
    assert sorted(order) == list(range(60))
    assert len(groups) < 60, "some are executed together"
    moved = [(one, other) for place, one in enumerate(order) for other in order[place + 1 :] if other < one]
    assert moved or len(groups) == 60
    for one, other in moved:
        assert may_pass(later=writes[one], earlier=writes[other]), (writes[other], writes[one])
