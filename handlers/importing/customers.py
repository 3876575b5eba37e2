"""Taking over a file of customers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from handlers.importing.takeover import Takeover
from store.buyers import Buyer

if TYPE_CHECKING:
    from sheets.customers import Customer
    from store import Store


async def take_customers(store: Store, customers: Sequence[Customer]) -> Takeover:
    """Names, phones, birthdays, grades and notes; an empty cell changes nothing."""
    known = {one.id: one for one in await store.buyers.these([one.buyer for one in customers])}
    done = Takeover()
    for one in customers:
        before = known.get(one.buyer)
        told: dict[str, Any] = {
            "name": one.name, "phone": one.phone, "grade": one.grade, "source": one.source, "note": one.note,
            "birthday": str(one.birthday) if one.birthday else "",
            "calendar": "" if one.birthday is None else "lunar" if one.birthday.is_lunar else "solar",
        }  # fmt: skip
        if before is None:
            done.added += 1
        elif all(not value or getattr(before, name) == value for name, value in told.items()):
            done.same += 1
            continue
        else:
            done.changed += 1
        done.unit.append(store.buyers.put_card(Buyer(one.buyer, **told)))
    return done
