"""[撤销] under what the seller said of a parcel: how it stands, its order, and what the buyer believes; the digits of a phone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from core import ordering
from core.answering.values import Fact
from core.orders import State
from core.promises import What
from handlers.parcels.following import not_delivered
from handlers.parcels.news import NEWS, REPLACED, STILL, Step
from handlers.parcels.telling import about, buyers_voice, chat_with, may_be_read, rings_at, tell_of_parcels
from handlers.tapping import tap_told
from store.documents import from_document, to_document
from store.outbox import Status as Fate
from store.parcels import Parcel

if TYPE_CHECKING:
    from handlers.desk import Desk
    from store.buttons import Button
    from store.outbox import Outgoing
    from store.writing import Write

STANDS = ("status", "is_alarm", "latest_at", "state", "outcome")
"""What is compared: where one of these is another by now, something has come after."""
KEPT = (*STANDS, "is_seen", "status_at", "latest_words", "latest_place", "delivered_at", "worry", "told_key")
"""What is put back."""


def undo_data(before: Sequence[Parcel], steps: Sequence[Step], now: datetime) -> dict[str, Any]:
    """What must be known to take back what was said just now; the steps are as they are written."""
    said = [
        {
            "id": one.id, "before": _picked(one, KEPT), "after": _picked(step.parcel, STANDS), "buyer": step.buyer_id,
            "key": step.parcel.told_key, "status": step.parcel.status.value,
            "order": None if step.moved is None else {
                "version": step.moved.version + 1, "back": step.moved.state.value,
                "delivered_at": to_document(step.moved.delivered_at),
            },
        }
        for one, step in zip(before, steps, strict=True)
    ]  # fmt: skip
    return {"parcels": said, "at": now.isoformat()}


async def undo_said(desk: Desk, button: Button, owner: int, now: datetime) -> list[Write]:
    """It stands as before, unless something has happened since. A buyer who was told hears so, once; a message that still
    waits is not sent, and one that it had replaced is. The caller holds the lock of the parcels."""
    said_at = datetime.fromisoformat(str(button.data["at"]))
    unit: list[Write] = []
    steps: list[Step] = []
    read: list[str] = []
    told = "unsent"
    name = ""
    for said in button.data["parcels"]:
        parcel = await desk.store.parcels.get(int(said["id"]))
        if parcel is None or _picked(parcel, STANDS) != said["after"]:
            return tap_told(desk, owner, "nothing_to_undo", button, now)
        moved = await _order_back(desk, parcel.order_no, said["order"], desk.who(owner), now)
        if moved is None:
            return tap_told(desk, owner, "nothing_to_undo", button, now)
        before = from_document(Parcel, {**to_document(parcel), **said["before"]})
        unit += [desk.store.parcels.unhear(parcel.id, said_at), *moved]
        rows = await _replaced(desk, str(said["key"]), before.told_key)
        unit += [desk.store.outbox.cancel_key(row.key, "what it says was taken back") for row in rows]
        fate = may_be_read(rows, now)
        if fate != "unsent" and said["buyer"] not in read:
            read.append(said["buyer"])
            chat = await chat_with(desk, said["buyer"], now)
            told = fate if chat is not None else "untold" if fate == "told" else told
            name = chat.name if chat is not None else str(said["buyer"])
            if chat is not None:
                values = {**about(desk, before, buyers_voice(desk, chat, now).language), "said": said["status"]}
                unit += tell_of_parcels(
                    desk, chat, [Fact("parcel_taken_back", parcel.number, values)], f"unsaid:{button.id}:{chat.buyer.id}",
                    now, is_silent=rings_at(desk, chat, now, desk.following.ways.quiet) > now, by_seller=True,
                    corrects=[row.key for row in rows],
                )  # fmt: skip
        steps.append(await _as_before(desk, before, said["buyer"], now))
    unit += [write for each in await desk.following.units(steps, now) for write in each]
    shown = about(desk, steps[-1].parcel, desk.voice(owner).language)
    unit.append(desk.noted(owner, "undo parcel", shown["number"], now))
    return [*unit, *tap_told(desk, owner, "parcel_unsaid", button, now, told=told, name=name, **shown)]


async def undo_phone(desk: Desk, button: Button, owner: int, now: datetime) -> list[Write]:
    """[撤销] under the digits of a phone: those from before, unless others were given since."""
    data, unit = button.data, []
    for id, phone in data["before"].items():
        one = await desk.store.parcels.get(int(id))
        if one is None or one.phone != data["after"]:
            return tap_told(desk, owner, "nothing_to_undo", button, now)
        unit.append(desk.store.parcels.save(replace(one, phone=phone)))
        digits = phone[-4:]
    number = str(data["number"])
    unit.append(desk.noted(owner, "undo parcel", number, now))
    return [*unit, *tap_told(desk, owner, "undone", button, now, what="phone", about=number, value=digits)]


async def _order_back(
    desk: Desk, order_no: str, moved: Mapping[str, Any] | None, by: str, now: datetime
) -> Sequence[Write] | None:
    """What puts the order where it was; None where it has changed since."""
    if moved is None:
        return ()
    order = await desk.store.orders.get(order_no)
    if order is None or order.version != moved["version"]:
        return None
    if State(moved["back"]) is not State.DELIVERED:
        return await not_delivered(desk, order, by, now)
    at = datetime.fromisoformat(moved["delivered_at"])
    return [
        *desk.store.orders.save(ordering.delivered(order, at), "delivered", by, now),
        *desk.store.promises.done(order_no, [What.DELIVER], at),
    ]


async def _replaced(desk: Desk, key: str, before: str) -> list[Outgoing]:
    """The message that told of it, if there was one."""
    row = await desk.store.outbox.by_key(key) if key and key != before else None
    return [] if row is None else [row]


async def _as_before(desk: Desk, before: Parcel, buyer_id: int | None, now: datetime) -> Step:
    """The parcel as it stood; what waited to be told of it and was replaced waits again."""
    row = await desk.store.outbox.by_key(before.told_key) if before.told_key else None
    if row is None or row.status is not Fate.CANCELLED or row.error != REPLACED:
        return Step(before, buyer_id=buyer_id)
    key = f"parcel:{before.number}:{buyer_id}:again:{now.timestamp():.6f}"
    return Step(before, buyer_id=buyer_id, news=STILL if ":still:" in before.told_key else NEWS, key=key)


def _picked(parcel: Parcel, names: Sequence[str]) -> dict[str, Any]:
    return {name: to_document(getattr(parcel, name)) for name in names}
