"""Grouping: which rows of several units one execution of a statement may write together.

Units are taken in the order they came, and each write joins the last group of its own statement, so that a statement
is executed once with many rows. Joining moves a write forward, past every group that began later. It may not be moved
past a group that

* writes the same table by another statement, unless both name the row they touch (`Write.row`) and the rows differ;
* writes a table that the write reads, or inserts into a table that the write refers to by a foreign key;
* reads the table that is written.

Where it may not, it begins a new group. Rows of one statement are never reordered. So the outcome is that of executing
everything in turn, or a constraint's refusal; and when anything in a batch fails, the batch is rolled back and its
units are written one by one, each alone in its transaction, each with its own fate.
"""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from sqlalchemy import Table
from sqlalchemy.sql.dml import Insert, UpdateBase
from sqlalchemy.sql.visitors import iterate


class Write(NamedTuple):
    """One row for one statement. The statement is a module's constant, so that it is compiled once.

    `row` tells which row of the table is touched; give it only when the outcome depends on no other row of that table.
    Where no row is touched although it `insists`, the unit is refused: NothingTouched.
    """

    statement: UpdateBase
    params: Mapping[str, Any]
    row: Hashable = None
    insists: bool = False


Unit = Sequence[Write]
"""What is written all or nothing, in this order."""


@dataclass(slots=True, eq=False)
class _Footprint:
    """Which tables a statement touches. `needs` are those its foreign keys point at; `behind` what was found out about other
    statements: whether this one must stay behind them, None where it depends on the rows."""

    writes: Table
    reads: frozenset[Table]
    needs: frozenset[Table]
    inserts: bool
    behind: dict["_Footprint", bool | None] = field(default_factory=dict)

    def must_follow(self, before: "_Footprint") -> bool | None:
        """Whether a write of this statement may never be moved before one of the other; None where it depends on the rows."""
        try:
            return self.behind[before]
        except KeyError:
            found = self.behind[before] = (
                None
                if before.writes is self.writes
                else before.writes in self.reads
                or (before.inserts and before.writes in self.needs)
                or self.writes in before.reads
            )
            return found


@dataclass(slots=True)
class Group:
    """Rows for one execution of one statement. `rows` is None when one of them named no row."""

    statement: UpdateBase
    names: tuple[str, ...]
    footprint: _Footprint
    params: list[Mapping[str, Any]]
    rows: set[Hashable] | None
    insists: bool = False


_footprints: dict[UpdateBase, _Footprint] = {}


def _footprint(statement: UpdateBase) -> _Footprint:
    known = _footprints.get(statement)
    if known is None:
        target = statement.table
        assert isinstance(target, Table)
        inserts = isinstance(statement, Insert)
        met = {one for one in iterate(statement) if isinstance(one, Table)}
        known = _footprints[statement] = _Footprint(
            writes=target,
            reads=frozenset(met - {target}),
            needs=frozenset(key.column.table for key in target.foreign_keys) - {target} if inserts else frozenset(),
            inserts=inserts,
        )
    return known


def grouped(units: Iterable[Unit]) -> list[Group]:
    """The units' rows, a group per execution, by the rule at the top of this module."""
    groups: list[Group] = []
    for unit in units:
        for write in unit:
            statement, params, row, insists = write
            footprint = _footprint(statement)
            names = tuple(params)
            for group in reversed(groups):
                if group.statement is statement and group.names == names and group.insists is insists:
                    group.params.append(params)
                    if row is None:
                        group.rows = None
                    elif group.rows is not None:
                        group.rows.add(row)
                    break
                must = footprint.must_follow(group.footprint)
                if must or (must is None and (row is None or group.rows is None or row in group.rows)):
                    groups.append(_new_group(write, names, footprint))
                    break
            else:
                groups.append(_new_group(write, names, footprint))
    return groups


def _new_group(write: Write, names: tuple[str, ...], footprint: _Footprint) -> Group:
    rows = None if write.row is None else {write.row}
    return Group(write.statement, names, footprint, [write.params], rows, write.insists)
