"""Ids are made before anything is written, so they must never meet and never run backwards."""

import time

import pytest

from store.ids import new_button_id, new_id


def test_each_id_is_greater_than_the_one_before() -> None:
    """Ten thousand made as fast as it goes are in order, distinct, and fit 63 bits."""
    made = [new_id() for _ in range(10_000)]
    assert made == sorted(set(made))
    assert 0 < made[0] < made[-1] < 2**63


def test_ids_stay_in_order_when_the_clock_goes_back(monkeypatch: pytest.MonkeyPatch) -> None:
    """A clock set back by an hour makes no smaller id."""
    before = new_id()
    real = time.time_ns()
    monkeypatch.setattr(time, "time_ns", lambda: real - 3600 * 10**9)
    assert new_id() > before


def test_a_button_id_fits_callback_data_and_does_not_repeat() -> None:
    """Sixteen characters of callback_data's sixty-four."""
    made = {new_button_id() for _ in range(1000)}
    assert len(made) == 1000
    assert {len(one) for one in made} == {16}
