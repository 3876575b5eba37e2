"""Parcels as they are remembered."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from core.orders import Order, State
from core.tracking.following import Mode
from core.tracking.values import Event, Status
from store import Store
from store.conversations import Conversation
from store.parcels import Parcel, ParcelState

HOUR = timedelta(hours=1)


@pytest.fixture
async def parcel(store: Store, now: datetime, chat: Conversation) -> Parcel:
    """A parcel of an order of buyer 7's."""
    made = Parcel("X-1", "SF1234567890123", "sf", "17track", now, now, "owner:1", next_at=now + HOUR)
    await store.write(
        [*store.orders.add(Order("X-1", 7, State.PAID, now, "secret"), "owner:1", now), store.parcels.add(made)]
    )
    return made


async def test_a_parcel_comes_back_as_it_was_kept(store: Store, now: datetime, parcel: Parcel) -> None:
    """By id, number, order and buyer; when due; and changed."""
    assert await store.parcels.get(parcel.id) == parcel
    assert await store.parcels.of_number(parcel.number) == [parcel]
    assert await store.parcels.of_order("X-1") == [parcel]
    assert await store.parcels.of_buyer(7) == [parcel]
    assert await store.parcels.these([parcel.id, 1]) == [parcel]
    assert await store.parcels.due(now) == []
    assert await store.parcels.due(now + HOUR) == [parcel]
    changed = replace(
        parcel, status=Status.OUT, mode=Mode.IMPORTANT, state=ParcelState.PAUSED, latest_at=now, latest_words="派件中",
        next_at=None, told_key="k", rounds=3, is_known=True,
    )  # fmt: skip
    await store.write([store.parcels.save(changed)])
    assert await store.parcels.get(parcel.id) == changed
    assert await store.parcels.due(now + 99 * HOUR) == []
    assert await store.parcels.buyers(["X-1", "X-2"]) == {"X-1": 7}


async def test_the_same_number_of_an_order_is_kept_once(store: Store, now: datetime, parcel: Parcel) -> None:
    """Shipping it again is dropped; another order may have left in the same parcel."""
    again = replace(parcel, id=parcel.id + 1, carrier="zto")
    other = replace(parcel, id=parcel.id + 2, order_no="X-2")
    await store.write(
        [
            *store.orders.add(Order("X-2", 7, State.PAID, now, "other"), "owner:1", now),
            store.parcels.add(again),
            store.parcels.add(other),
        ]
    )
    assert await store.parcels.of_number(parcel.number) == [parcel, other]


async def test_each_line_of_a_carrier_is_kept_once(store: Store, now: datetime, parcel: Parcel) -> None:
    """Heard again it is dropped; they are read by the carrier's time."""
    lines = [Event(now, Status.OUT, "派件中"), Event(now - HOUR, Status.TRANSIT, "到达", "杭州市")]
    await store.write(store.parcels.hear(parcel.id, lines, now))
    await store.write(store.parcels.hear(parcel.id, lines, now + HOUR))
    assert await store.parcels.events(parcel.id) == [lines[1], lines[0]]
    assert await store.parcels.keys([parcel.id, 1]) == {
        parcel.id: frozenset(one.key for one in lines),
        1: frozenset(),
    }


async def test_a_leased_parcel_is_due_again_when_the_lease_is_over(store: Store, now: datetime, parcel: Parcel) -> None:
    """A question cut off by the program's end is asked again."""
    await store.write([store.parcels.lease(parcel.id, now + 3 * HOUR, now + HOUR)])
    assert await store.parcels.due(now + 2 * HOUR) == []
    (due,) = await store.parcels.due(now + 3 * HOUR)
    assert due.asked_at == now + HOUR
