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
from itertools import islice
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
    """Rows for one execution of one statement. `rows` is None when one of them named no row.

    What began behind it is looked at once: `is_closed` when something must stay before all that comes, `beside` are those
    whose rows decide.
    """

    statement: UpdateBase
    names: tuple[str, ...]
    params: list[Mapping[str, Any]]
    rows: set[Hashable] | None
    insists: bool
    footprint: _Footprint
    looked_at: int
    beside: list["Group"] = field(default_factory=list)
    is_closed: bool = False

    def may_take(self, row: Hashable, groups: Sequence["Group"]) -> bool:
        """Whether a write of this row may join, past all groups that began later."""
        for later in islice(groups, self.looked_at, None):
            must = self.footprint.must_follow(later.footprint)
            self.is_closed = self.is_closed or must is True
            if must is None:
                self.beside.append(later)
        self.looked_at = len(groups)
        if self.is_closed or not self.beside:
            return not self.is_closed
        return row is not None and all(one.rows is not None and row not in one.rows for one in self.beside)

    def take(self, params: Mapping[str, Any], row: Hashable) -> None:
        self.params.append(params)
        if row is None:
            self.rows = None
        elif self.rows is not None:
            self.rows.add(row)


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
    latest: dict[tuple[UpdateBase, tuple[str, ...], bool], Group] = {}
    for unit in units:
        for statement, params, row, insists in unit:
            names = tuple(params)
            same = statement, names, insists
            group = latest.get(same)
            if group is not None and group.may_take(row, groups):
                group.take(params, row)
                continue
            rows = None if row is None else {row}
            groups.append(Group(statement, names, [params], rows, insists, _footprint(statement), len(groups) + 1))
            latest[same] = groups[-1]
    return groups
