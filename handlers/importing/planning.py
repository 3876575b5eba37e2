"""What a file would do, before it is done; and what taking it back would do."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from store.imports import Import

if TYPE_CHECKING:
    from datetime import datetime

    from handlers.importing.remarks import Remark
    from store import Store
    from store.imports import Row
    from store.writing import Write


@dataclass(frozen=True, slots=True)
class Line:
    """What is told of one thing in a file. `changes` are what changes, from what, to what: a price, a stock, a state; empty
    where it is new, or where only words or pictures change."""

    key: str
    name: str
    name_en: str
    is_new: bool
    changes: tuple[tuple[str, object, object], ...] = ()


@dataclass(slots=True)
class Plan:
    """What a file would do. `wrong` stops all of it; `odd` is only told. `rows` are what each change was before, `lines`
    what is told of it, in the order of the file."""

    unit: list[Write] = field(default_factory=list)
    added: int = 0
    changed: int = 0
    same: int = 0
    wrong: list[Remark] = field(default_factory=list)
    odd: list[Remark] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)

    @property
    def count(self) -> int:
        """How many things the file names."""
        return self.added + self.changed + self.same


@dataclass(slots=True)
class Back:
    """What taking a file back would do; nothing of it, where some of it has changed or was used `since`: names of these. `cards`
    are what is known of buyers after it."""

    unit: list[Write] = field(default_factory=list)
    since: list[str] = field(default_factory=list)
    cards: dict[int, dict[str, str]] = field(default_factory=dict)


def kept(store: Store, done: Plan, kind: str, file: str, by: str, now: datetime) -> tuple[int | None, list[Write]]:
    """What is remembered of a file, so that it can be taken back: the import's id, None where it changed nothing."""
    if not done.rows:
        return None, []
    one = Import(now, by, kind, file)
    return one.id, list(store.imports.add(one, done.rows))
