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
from sqlalchemy.types import TypeEngine

from store.tables.columns import Direct

Converter = Callable[[Any], Any]


class Prepared:
    """A statement as SQLite takes it: its text, and `values`, which makes of parameters those of one execution.

    `returns` tells whether executing it gives rows.
    """

    def __init__(self, compiled: SQLCompiler, names: Iterable[str], returns: bool = True) -> None:
        self.sql = str(compiled)
        self.returns = returns
        self.values = _values(compiled, frozenset(names))


def _values(compiled: SQLCompiler, given: frozenset[str]) -> Callable[[Mapping[str, Any]], tuple[Any, ...]]:
    """A function of one expression that makes a row's values of its parameters. It is written out once for a statement, since
    each line of a buyer's binds some 130 values, and a loop over them asks of each again what it is."""
    known: dict[str, Any] = {}
    parts = []
    for place, name in enumerate(compiled.positiontup or ()):
        convert = _converter(compiled.binds[name].type.dialect_impl(compiled.dialect), compiled.dialect)
        if name not in given:  # part of the statement
            value = compiled.params[name]
            known[f"is{place}"] = convert(value) if convert is not None and value is not None else value
            parts.append(f"is{place}")
        elif convert is None:
            parts.append(f"given[{name!r}]")
        else:
            known[f"made{place}"] = convert
            parts.append(f"None if (value := given[{name!r}]) is None else made{place}(value)")
    made: Callable[[Mapping[str, Any]], tuple[Any, ...]] = eval(
        f"lambda given: ({''.join(f'{one}, ' for one in parts)})", known
    )
    return made


def _converter(kind: TypeEngine[Any], dialect: Dialect) -> Converter | None:
    """What makes of a value what the driver takes, if the value is not None: None stays None in all our types."""
    convert: Converter | None = kind.bind_processor(dialect)
    if convert is not None and isinstance(kind, Direct):
        return kind.bound  # as SQLAlchemy's own would call it, two calls sooner
    return convert


class Question(Prepared):
    """A prepared select: `rows` makes of what SQLite returns the rows that SQLAlchemy would."""

    def __init__(self, compiled: SQLCompiler, names: Iterable[str], statement: Select[Any]) -> None:
        super().__init__(compiled, names)
        columns = statement.selected_columns
        processors = (
            one.type.dialect_impl(compiled.dialect).result_processor(compiled.dialect, None) for one in columns
        )
        self._result = [(place, one) for place, one in enumerate(processors) if one is not None]
        self._named = SimpleResultMetaData(columns.keys())

    def rows(self, found: Iterable[Sequence[Any]]) -> Sequence[Row[*tuple[Any, ...]]]:
        made = []
        for row in found:
            values = list(row)
            for place, convert in self._result:
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
