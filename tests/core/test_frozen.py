"""Frozen records: equal and hashed by what they hold; the type checker, not the program, refuses a change."""

from dataclasses import field, replace

import pytest

from core.frozen import frozen


@frozen
class Parcel:
    number: str
    weights: tuple[int, ...] = field(default_factory=tuple)


def test_it_is_what_it_holds() -> None:
    one, same = Parcel("SF1", (3,)), replace(Parcel("SF1"), weights=(3,))
    assert one == same
    assert len({one, same, Parcel("SF2", (3,))}) == 2


def test_nothing_is_added_to_it() -> None:
    with pytest.raises(AttributeError):
        Parcel("SF1").colour = "red"  # type: ignore[attr-defined]
