"""Promises and the seller: /promises, /overdue, a time typed to a buyer, a new time for what cannot be kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from telegram import Update

from core.orders import State
from core.promises import Outcome, Promise, What
from core.promising import HEARD
from core.time_phrases import named_in
from handlers import mistakes
from handlers.desk import Context, Desk
from handlers.seller.asking import Asked, asked
from handlers.speaking import Labelled
from handlers.tapping import undo_button
from handlers.telling import about
from handlers.topics.outgoing import say
from store.buttons import Button
from store.errors import RowRefused
from store.writing import Write

MOST_SHOWN = 30
FAR = timedelta(days=3650)
COUNTED = timedelta(days=30)


async def on_promises(update: Update, context: Context) -> None:
    """/promises: what was said and is still to be done, the soonest first; and how many were kept."""
    command = asked(update, context)
    store = command.desk.store
    found = await store.promises.open(command.now + FAR, MOST_SHOWN + 1)
    rates = await store.promises.rates(command.now - COUNTED, command.now)
    shown = [await shown_of(command.desk, one, command.now) for one in found[:MOST_SHOWN]]
    await command.say(
        "promises", each=shown, more=max(0, len(found) - MOST_SHOWN), kept=rates.kept, late=rates.late,
        moved=rates.moved, share=rates.share, days=COUNTED.days,
    )  # fmt: skip


async def on_overdue(update: Update, context: Context) -> None:
    """/overdue: everything whose time has passed: promises, orders, tasks, and buyers who wait."""
    command = asked(update, context)
    desk, now = command.desk, command.now
    language = desk.voice(command.owner).language
    promises = [await shown_of(desk, one, now) for one in await desk.store.promises.open(now, MOST_SHOWN)]
    owed = {one["order_no"] for one in promises}
    orders = [about(one, desk, language) for one in await desk.store.orders.late(now) if one.order_no not in owed]
    tasks = [
        {"kind": one.kind, "order_no": one.order_no or "", "due_at": one.due_at, "buyer": one.buyer_id}
        for one in await desk.store.mistakes.open(now)
        if one.kind != "promise"
    ]
    waiting = [
        {"name": met.buyer.shown, "buyer": met.buyer.id, "since": met.conversation.handed_over_at}
        for met in (await desk.store.conversations.handed_over())[:MOST_SHOWN]
        if met.conversation.handed_over_at and now - met.conversation.handed_over_at > timedelta(minutes=30)
    ]
    await command.say("overdue", promises=promises, orders=orders, tasks=tasks, people=waiting)


async def shown_of(desk: Desk, one: Promise, now: datetime) -> dict[str, Any]:
    """A promise as the boards show it."""
    buyer = await desk.store.buyers.get(one.buyer_id)
    return {
        "what": one.what.value, "due_at": one.due_at, "order_no": one.order_no or "", "buyer": one.buyer_id,
        "name": buyer.shown if buyer else str(one.buyer_id), "is_late": one.due_at <= now, "quoted": one.quoted,
    }  # fmt: skip


async def promise_yes(desk: Desk, button: Button, owner: int, now: datetime) -> list[Write]:
    """[记成承诺]: it counts for the buyer's order; without a paid one, a day of sending waits for the payment."""
    promise = await desk.store.promises.get(int(button.data["promise"]))
    if promise is None or not promise.is_open:
        return _tell(desk, owner, "nothing_to_undo", button, now)
    orders = await desk.store.orders.of_buyer(promise.buyer_id)
    order = next((one for one in orders if one.is_paid and one.is_open), None)
    by = desk.who(owner)
    unit: list[Write] = []
    undo: dict[str, Any] = {"said": "yes", "by": promise.by}
    if order is not None and promise.what is What.SHIP and order.state in (State.PAID, State.PART_SHIPPED):
        old = [
            one for one in await desk.store.promises.of_order(order.order_no) if one.is_open and one.what is What.SHIP
        ]
        unit += [desk.store.promises.close(one.id, Outcome.MOVED, now) for one in old]
        fresh = replace(order, ship_by=promise.due_at, due_at=promise.due_at)
        unit += desk.store.orders.save(fresh, "promised", by, now)
        undo |= {
            "moved": [one.id for one in old], "order_no": order.order_no, "version": order.version + 1,
            "was": mistakes.times(order),
        }  # fmt: skip
    binds = order is not None or promise.what not in (What.SHIP, What.DELIVER)
    unit.append(desk.store.promises.bind(promise, order.order_no if order else None, by, is_binding=binds))
    values = {"order_no": order.order_no if order else "", "due_at": promise.due_at, "binds": binds}
    return [*unit, *_tell(desk, owner, "promise_noted", button, now, undo=undo, **values)]


async def promise_no(desk: Desk, button: Button, owner: int, now: datetime) -> list[Write]:
    """[不用]: it was no promise."""
    promise = await desk.store.promises.get(int(button.data["promise"]))
    if promise is None or not promise.is_open:
        return _tell(desk, owner, "nothing_to_undo", button, now)
    closed = desk.store.promises.close(promise.id, Outcome.WITHDRAWN, now)
    return [closed, *_tell(desk, owner, "promise_dropped", button, now, undo={"said": "no"})]


async def promise_kept(desk: Desk, button: Button, owner: int, now: datetime) -> list[Write]:
    """[已经办了]: it is kept, or was late."""
    promise = await desk.store.promises.get(int(button.data["promise"]))
    if promise is None or not promise.is_open:
        return _tell(desk, owner, "nothing_to_undo", button, now)
    noted = await mistakes.open_about(desk, promise.order_no, [promise]) if promise.order_no is not None else []
    own = [one.id for one in noted]
    unit = [desk.store.promises.close(promise.id, promise.ended(now), now)]
    unit += [desk.store.mistakes.close(id, now) for id in own]
    undo = {"said": "kept", "mistakes": own}
    return [*unit, *_tell(desk, owner, "promise_done", button, now, undo=undo, in_time=now <= promise.due_at)]


async def undo_promise(desk: Desk, button: Button, owner: int, now: datetime) -> list[Write]:
    """[撤销] under what was answered of a promise: it is asked again, or is still to be done; unless something came after."""
    data, store = button.data, desk.store
    promise = await store.promises.get(int(data["promise"]))
    order = await store.orders.get(str(data["order_no"])) if data.get("order_no") else None
    said, chat = data["said"], await desk.chats.of_conversation(int(data.get("conversation", 0)))
    ended = {"yes": (Outcome.OPEN,), "no": (Outcome.WITHDRAWN,), "kept": (Outcome.KEPT, Outcome.LATE)}[said]
    has_moved = data.get("version") not in (None, order.version if order is not None else 0)
    if promise is None or promise.outcome not in ended or has_moved or (said == "yes" and promise.by.startswith(HEARD)):
        return _tell(desk, owner, "nothing_to_undo", button, now)
    if said == "yes":
        unit = [store.promises.bind(promise, None, str(data["by"]), is_binding=False)]
    else:
        unit = [store.promises.reopen(promise.id)]
    unit += [store.promises.reopen(int(id)) for id in data.get("moved", ())]
    unit += [store.mistakes.reopen(int(id)) for id in data.get("mistakes", ())]
    if order is not None:
        unit += store.orders.save(mistakes.at_times(order, data["was"]), "undo promised", desk.who(owner), now)
    if said == "kept" or chat is None:
        return [*unit, *_tell(desk, owner, "undone", button, now, what="promise")]
    html, row = desk.promising.question(promise, chat, owner, promise.words)
    return [*unit, *_put(desk, owner, html, button, now, row)]


def is_field(key: str) -> bool:
    """Whether a message of ours, by its key, is one whose reply is a new time."""
    return key.startswith("promise:") and (":draft:" in key or ":broken:" in key)


async def on_new_time(command: Asked, key: str) -> None:
    """A reply to the message that asks for a new time: the buyer hears it, with an apology."""
    desk, now = command.desk, command.now
    promise = await desk.store.promises.get(int(key.split(":")[1]))
    if promise is None or not promise.is_open:
        return await command.say("nothing_to_undo")
    found = named_in(command.message.text or "", now, desk.shelf.now.shop.timezone)
    if found is None:
        return await command.say("promise_no_time")
    order = await desk.store.orders.get(promise.order_no) if promise.order_no else None
    chat = await desk.chats.of_buyer(promise.buyer_id)
    if chat is None:
        return await command.say("no_such_buyer", buyer=promise.buyer_id)
    by = command.by
    try:
        async with chat.held():
            owned = await mistakes.new_time(
                desk, chat, promise.buyer_id, order, promise.what, found.due_at, by, now, owed=promise
            )
            noted = desk.noted(command.owner, "new time", f"buyer:{promise.buyer_id}", now)
            return await command.say(
                "mistake_told",
                [*owned.unit, noted],
                kind="late",
                order_no=promise.order_no or "",
                due_at=found.due_at,
                told=True,
            )
    except RowRefused:
        return await command.say("order_changed", order_no=promise.order_no or "")


def _tell(
    desk: Desk,
    owner: int,
    template: str,
    button: Button,
    now: datetime,
    *,
    undo: dict[str, Any] | None = None,
    **values: Any,
) -> list[Write]:
    """What came of a tap; with `undo`, what must be known to take it back."""
    html = desk.speech.seller(template, desk.voice(owner), **values)
    row = [] if undo is None else [undo_button(desk, owner, "undo_promise", {**button.data, **undo})]
    return _put(desk, owner, html, button, now, row)


def _put(desk: Desk, owner: int, html: str, button: Button, now: datetime, row: Sequence[Labelled]) -> list[Write]:
    """Said where the button was tapped: in the buyer's topic, or in the seller's own chat."""
    key = f"tap:{button.id}"
    topic = desk.forum.topics.get(int(button.data.get("buyer", 0))) if button.chat_id == desk.forum.group else None
    if topic is not None:
        return say(desk, topic, html, key, now, int(button.data["conversation"]), row)
    return desk.speaking.tell_seller(owner, html, key, now, buttons=[row] if row else ())
