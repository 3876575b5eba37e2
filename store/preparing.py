"""Preparing: a statement of SQLAlchemy's compiled once for SQLite, with what its types make of values and of rows.

All SQLite databases are spoken to alike, so what is prepared serves every one that this process opens.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from functools import partial
from operator import itemgetter
from typing import Any

from sqlalchemy import Dialect, IteratorResult, Row, Select, TypeDecorator
from sqlalchemy.engine.result import SimpleResultMetaData
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.dml import UpdateBase
from sqlalchemy.types import TypeEngine

Converter = Callable[[Any], Any]


class Prepared:
    """A statement as SQLite takes it: its text, and `values`, which makes of parameters those of one execution.

    `returns` tells whether executing it gives rows.
    """

    def __init__(self, compiled: SQLCompiler, names: Iterable[str], returns: bool = True) -> None:
        given = frozenset(names)
        self.sql = str(compiled)
        self.returns = returns
        self._standing: dict[str, Any] = {}  # values that are part of the statement
        self._converters: list[tuple[int, Converter]] = []
        order = tuple(compiled.positiontup or ())
        for place, name in enumerate(order):
            convert = _converter(compiled.binds[name].type.dialect_impl(compiled.dialect), compiled.dialect)
            if name not in given:
                self._standing[name] = compiled.params[name]
            if convert is not None:
                self._converters.append((place, convert))
        self._pick: Callable[[Mapping[str, Any]], tuple[Any, ...]] = (
            itemgetter(*order) if len(order) > 1 else lambda params: tuple(params[name] for name in order)
        )

    def values(self, params: Mapping[str, Any]) -> tuple[Any, ...]:
        picked = self._pick({**params, **self._standing} if self._standing else params)
        if not self._converters:
            return picked
        converted = list(picked)
        for place, convert in self._converters:
            if (value := converted[place]) is not None:
                converted[place] = convert(value)
        return tuple(converted)


def _converter(kind: TypeEngine[Any], dialect: Dialect) -> Converter | None:
    """What makes of a value what the driver takes, if the value is not None: None stays None in all our types."""
    convert: Converter | None = kind.bind_processor(dialect)
    if convert is not None and isinstance(kind, TypeDecorator) and kind.impl_instance.bind_processor(dialect) is None:
        return partial(kind.process_bind_param, dialect=dialect)  # as SQLAlchemy's own would call it, a call sooner
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
