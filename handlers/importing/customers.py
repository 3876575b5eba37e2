"""Importing a file of customers, and taking it back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from handlers.importing.planning import Back, Line, Plan
from store.buyers import CARD, Buyer
from store.imports import Row, stamp

if TYPE_CHECKING:
    from sheets.customers import Customer
    from store import Store


async def take_customers(store: Store, customers: Sequence[Customer]) -> Plan:
    """Names, phones, birthdays, grades and notes; an empty cell changes nothing."""
    who = await store.buyers.who([one.buyer for one in customers])
    customers = [replace(one, buyer=who.get(one.buyer, one.buyer)) for one in customers]
    known = {one.id: one for one in await store.buyers.these([one.buyer for one in customers])}
    done = Plan()
    for one in customers:
        before = known.get(one.buyer)
        told: dict[str, Any] = {
            "name": one.name, "phone": one.phone, "grade": one.grade, "source": one.source, "note": one.note,
            "birthday": str(one.birthday) if one.birthday else "",
            "calendar": "" if one.birthday is None else "lunar" if one.birthday.is_lunar else "solar",
        }  # fmt: skip
        was = None if before is None else card(before)
        if was is None:
            done.added += 1
        elif all(not value or was[name] == value for name, value in told.items()):
            done.same += 1
            continue
        else:
            done.changed += 1
        done.unit.append(store.buyers.put_card(Buyer(one.buyer, **told)))
        after = {name: told[name] or (was or {}).get(name, "") for name in CARD}
        done.rows.append(Row("customer", str(one.buyer), was, stamp(after), one.buyer))
        done.lines.append(Line(str(one.buyer), after["name"], after["name"], was is None))
    return done


async def customers_back(store: Store, rows: Sequence[Row], by: str, now: datetime) -> Back:
    """The cards are as before; who is known from the file only is not known any more."""
    there = {one.id: one for one in await store.buyers.these([int(row.key) for row in rows])}
    back = Back()
    for row in rows:
        one = there.get(int(row.key))
        if one is None or stamp(card(one)) != row.after:
            back.since.append(row.key)
            continue
        before = back.cards[one.id] = row.before or dict.fromkeys(CARD, "")
        back.unit += [
            store.buyers.set_field(one.id, name, before[name]) for name in CARD if before[name] != getattr(one, name)
        ]
        if row.before is None:
            back.unit.append(store.imports.remove_buyer(one.id))
    return back


def card(one: Buyer) -> dict[str, str]:
    """What a file may tell of a buyer."""
    return {name: getattr(one, name) for name in CARD}
