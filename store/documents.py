"""Values as JSON documents and back, by their type hints. What a document lacks takes the field's default."""

import types
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime, time
from decimal import Decimal
from enum import Enum
from functools import cache
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints
from zoneinfo import ZoneInfo

T = TypeVar("T")


def to_document(value: Any) -> Any:
    """JSON for frozen dataclasses of plain values, dates, money, enums, tuples, sets and mappings. Order is kept."""
    kind: Any = type(value)
    if kind is str or kind is int or value is None:
        return value
    if kind is tuple or kind is list:
        return [to_document(one) for one in value]
    return _form(kind)(value)


@cache
def _form(kind: Any) -> Callable[[Any], Any]:
    """What makes a document of a value of this type; asked once a type, as files hold thousands of each."""
    if issubclass(kind, Enum):
        return lambda value: value.value
    if issubclass(kind, bool | int | float | str):
        return lambda value: value
    if issubclass(kind, Decimal | ZoneInfo):
        return str
    if issubclass(kind, date | time):
        return lambda value: value.isoformat()
    if issubclass(kind, Mapping):
        return lambda value: {str(key): to_document(one) for key, one in value.items()}
    if issubclass(kind, frozenset | set):
        return lambda value: sorted(to_document(one) for one in value)
    if issubclass(kind, tuple | list):
        return lambda value: [to_document(one) for one in value]
    if is_dataclass(kind):
        names = tuple(one.name for one in fields(kind) if one.init)
        return lambda value: {name: to_document(getattr(value, name)) for name in names}
    raise TypeError(f"{kind.__name__} has no form in JSON")


def from_document(kind: type[T], document: Any) -> T:
    """The value of this type that a document stands for. Names the type does not know are passed over."""
    made: T = _made(kind, document)
    return made


def _made(kind: Any, document: Any) -> Any:
    origin, inner = get_origin(kind), get_args(kind)
    if origin in (Union, types.UnionType):
        if document is None:
            return None
        return _made(next(one for one in inner if one is not types.NoneType), document)
    if origin is tuple:
        if len(inner) == 2 and inner[1] is ...:
            return tuple(_made(inner[0], one) for one in document)
        return tuple(_made(one, value) for one, value in zip(inner, document, strict=True))
    if origin is frozenset:
        return frozenset(_made(inner[0], one) for one in document)
    if origin is not None and issubclass(origin, Mapping):
        return {_made(inner[0], key): _made(inner[1], one) for key, one in document.items()}
    if isinstance(kind, type):
        if is_dataclass(kind):
            return kind(
                **{name: _made(hint, document[name]) for name, hint in _fields(kind).items() if name in document}
            )
        if issubclass(kind, date | time | datetime):
            return kind.fromisoformat(document)
        if issubclass(kind, Enum | Decimal | ZoneInfo):
            return kind(document)
    return document


@cache
def _fields(kind: type) -> dict[str, Any]:
    hints = get_type_hints(kind)
    return {one.name: hints[one.name] for one in fields(kind) if one.init}
