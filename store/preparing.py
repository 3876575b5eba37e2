"""Preparing: a statement of SQLAlchemy's compiled once for SQLite, with what its types make of values and of rows.

All SQLite databases are spoken to alike, so what is prepared serves every one that this process opens.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from typing import Any

from sqlalchemy import Dialect, IteratorResult, Row, Select
from sqlalchemy.engine.result import SimpleResultMetaData
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.dml import UpdateBase

Converter = Callable[[Any], Any]


class Prepared:
    """A statement as SQLite takes it: its text, and `values`, which makes of parameters those of one execution.

    `returns` tells whether executing it gives rows.
    """

    def __init__(self, compiled: SQLCompiler, names: Iterable[str], returns: bool = True) -> None:
        given = frozenset(names)
        standing = compiled.params  # values that are part of the statement
        self.sql = str(compiled)
        self.returns = returns
        self._binds: list[tuple[str, Converter | None, Any]] = []
        for name in compiled.positiontup or ():
            convert = compiled.binds[name].type.dialect_impl(compiled.dialect).bind_processor(compiled.dialect)
            if name in given:
                self._binds.append((name, convert, None))
            else:
                value = standing[name]
                self._binds.append(("", None, value if convert is None else convert(value)))

    def values(self, params: Mapping[str, Any]) -> tuple[Any, ...]:
        return tuple(
            [
                (params[name] if convert is None else convert(params[name])) if name else standing
                for name, convert, standing in self._binds
            ]
        )


class Question(Prepared):
    """A prepared select: `rows` makes of what SQLite returns the rows that SQLAlchemy would."""

    def __init__(self, compiled: SQLCompiler, names: Iterable[str], statement: Select[Any]) -> None:
        super().__init__(compiled, names)
        columns = statement.selected_columns
        processors = (
            one.type.dialect_impl(compiled.dialect).result_processor(compiled.dialect, None) for one in columns
        )
        self._converters = [(place, one) for place, one in enumerate(processors) if one is not None]
        self._named = SimpleResultMetaData(columns.keys())

    def rows(self, found: Iterable[Sequence[Any]]) -> Sequence[Row[*tuple[Any, ...]]]:
        made = []
        for row in found:
            values = list(row)
            for place, convert in self._converters:
                values[place] = convert(values[place])
            made.append(tuple(values))
        return IteratorResult(self._named, iter(made)).all()


_MOST = 500
"""Statements are constants, but for a few that are made for an export."""
_writes: dict[tuple[UpdateBase, tuple[str, ...]], Prepared | None] = {}
_questions: dict[tuple[Select[Any], tuple[str, ...]], Question | None] = {}


def prepared(statement: UpdateBase, names: tuple[str, ...], dialect: Dialect) -> Prepared | None:
    """A write compiled; None where its text depends on values, as that of a list does."""
    key = statement, names
    with suppress(KeyError):
        return _writes[key]
    compiled = statement.compile(dialect=dialect, column_keys=sorted(names))
    assert isinstance(compiled, SQLCompiler)
    returns = bool(statement.returning_column_descriptions)
    made = None if compiled.post_compile_params else Prepared(compiled, names, returns)
    if len(_writes) >= _MOST:
        _writes.clear()
    _writes[key] = made
    return made


def question(statement: Select[Any], names: tuple[str, ...], dialect: Dialect) -> Question | None:
    """A select compiled; None where its text depends on values."""
    key = statement, names
    with suppress(KeyError):
        return _questions[key]
    compiled = statement.compile(dialect=dialect)
    assert isinstance(compiled, SQLCompiler)
    made = None if compiled.post_compile_params else Question(compiled, names, statement)
    if len(_questions) >= _MOST:
        _questions.clear()
    _questions[key] = made
    return made
