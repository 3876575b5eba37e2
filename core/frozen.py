"""Frozen: small records that nobody changes, of which each line of a buyer makes some forty."""

from dataclasses import dataclass, field
from typing import TypeVar, dataclass_transform

_T = TypeVar("_T")


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def frozen(cls: type[_T]) -> type[_T]:
    """A frozen dataclass with slots, kept so by the type checker alone (PEP 681): equal and hashed by its fields.

    `dataclass(frozen=True)` also asks at run time, with each field that is set: an instance takes three and a half times as
    long to make. For what every line makes; whatever is made now and then is a frozen dataclass.
    """
    return dataclass(slots=True, unsafe_hash=True)(cls)
