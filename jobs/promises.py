"""Promises (S4 tips 5 and 12): the seller is warned in time and shown what to say; what was not kept, the buyer hears of."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from core.answering.values import Fact
from core.orders import State
from core.promises import Outcome, Promise, What
from core.promising import draft_at, warn_at
from handlers.telling import tell_buyer
from store.mistakes import Mistake

if TYPE_CHECKING:
    from core.orders import Order
    from core.shop import Shop
    from handlers.desk import Desk
    from store.writing import Write

AHEAD = timedelta(hours=26)
"""So far ahead of its time a promise may have to be looked at: a day's parcels are due at its end, and warned of before
the cut-off."""
LEFT = (State.SHIPPED, State.DELIVERED, State.DONE)


async def keep_promises(desk: Desk) -> int:
    """Look after every promise that is near, due or past. What stands in its row is done once, whenever the tick comes."""
    now = desk.clock.now()
    due = await desk.store.promises.to_look_after(now, now + AHEAD)
    if now >= desk.promising.lapse_at:
        desk.promising.lapse_at = now + timedelta(minutes=10)
        await desk.write([desk.store.promises.lapse(now)])
    shop = (await desk.shelf.fresh()).shop
    soon: dict[What, list[Promise]] = {}
    done = 0
    for one in due:
        stage = _stage(one, now, shop)
        if not stage:
            continue
        order = await desk.store.orders.get(one.order_no) if one.order_no else None
        if order is not None and await _is_settled(desk, one, order):
            continue
        if stage == "broken":
            done += await _break(desk, one, order, now)
        elif stage == "draft":
            done += await _draft(desk, one, order, now)
        else:
            soon.setdefault(one.what, []).append(one)
    for what, several in soon.items():
        done += await _warn(desk, what, several, now)
    return done


def _stage(one: Promise, now: datetime, shop: Shop) -> str:
    """What is to be done about it now; empty when nothing is."""
    if one.due_at <= now:
        return "broken" if one.broken_at is None else ""
    if one.drafted_at is None and draft_at(one, shop) <= now:
        return "draft"
    return "soon" if one.warned_at is None and warn_at(one, shop) <= now else ""


async def _is_settled(desk: Desk, one: Promise, order: Order) -> bool:
    """The order tells that it happened, or will not: then nothing is owed any more."""
    at = desk.clock.now()
    if order.state is State.CANCELLED:
        outcome = Outcome.WITHDRAWN
    elif one.what is What.SHIP and order.state in LEFT:
        outcome, at = one.ended(order.shipped_at or at), order.shipped_at or at
    elif one.what is What.DELIVER and order.state in (State.DELIVERED, State.DONE):
        outcome, at = one.ended(order.delivered_at or at), order.delivered_at or at
    else:
        return False
    await desk.write([desk.store.promises.close(one.id, outcome, at)])
    return True


async def _warn(desk: Desk, what: What, several: list[Promise], now: datetime) -> int:
    """One message for all that is due soon, to every owner."""
    unit: list[Write] = [desk.store.promises.mark(one.id, "warned_at", now) for one in several]
    shown = [await _shown(desk, one) for one in several]
    for owner in desk.people.owners:
        html = desk.speech.seller("promise_soon", desk.voice(owner), what=what.value, each=shown)
        unit += desk.speaking.tell_seller(owner, html, f"promise:{several[0].id}:soon:{owner}", now)
    await desk.write(unit)
    return len(several)


async def _draft(desk: Desk, one: Promise, order: Order | None, now: datetime) -> int:
    """What could be said to the buyer, with a place for the new time; of an answer that the bot spoke of the card stands already."""
    unit: list[Write] = [
        desk.store.promises.mark(one.id, "warned_at", now), desk.store.promises.mark(one.id, "drafted_at", now)
    ]  # fmt: skip
    if one.what is not What.ANSWER or one.is_by_hand:
        unit += await _field(desk, one, order, "draft", now)
    await desk.write(unit)
    return 1


async def _break(desk: Desk, one: Promise, order: Order | None, now: datetime) -> int:
    """It is due and not done: the buyer hears so, that we are sorry, and that a new time will come. None is invented.

    When a carrier is late nobody here knows whether it has come after all: there only the seller is told.
    """
    unit: list[Write] = [
        desk.store.promises.mark(one.id, name, now) for name in ("warned_at", "drafted_at", "broken_at")
    ]
    chat = await desk.chats.of_buyer(one.buyer_id)
    told = chat is not None and not chat.buyer.is_blocked and one.what is not What.DELIVER
    mistake = Mistake(
        one.buyer_id, "promise", one.due_at, one.by, one.order_no, one.id,
        told_at=now if told else None, due_at=now + timedelta(days=1),
    )  # fmt: skip
    unit.append(desk.store.mistakes.add(mistake))
    if one.what is not What.ANSWER or one.is_by_hand:
        unit += await _field(desk, one, order, "broken", now)
    if chat is None or not told:
        await desk.write(unit)
        return 1
    async with chat.held():
        what = What.OTHER if one.is_by_hand and one.what is What.ANSWER else one.what
        values = {"what": what.value, "due_at": one.due_at, "order_no": None if one.quoted else one.order_no}
        fact = Fact("promise_broken", str(one.id), values)
        await desk.write([*unit, *tell_buyer(desk, chat, [fact], f"promise:{one.id}:broken", now)])
    return 1


async def _field(desk: Desk, one: Promise, order: Order | None, stage: str, now: datetime) -> list[Write]:
    """The seller's message whose reply is the new time."""
    unit: list[Write] = []
    shown = await _shown(desk, one)
    chat = await desk.chats.of_buyer(one.buyer_id)
    data: dict[str, Any] = {"promise": one.id}
    if chat is not None:
        data["conversation"] = chat.conversation.id
    for owner in desk.people.owners:
        voice = desk.voice(owner)
        html = desk.speech.seller(
            f"promise_{stage}", voice, **shown, is_told=chat is not None and one.what is not What.DELIVER,
            note=order.delivery_note if order else "",
        )  # fmt: skip
        row = [(desk.speech.seller("button_promise_kept", voice), "promise_kept", data)]
        unit += desk.speaking.tell_seller(
            owner, html, f"promise:{one.id}:{stage}:{owner}", now, buttons=[row], conversation_id=one.conversation_id
        )
    return unit


async def _shown(desk: Desk, one: Promise) -> dict[str, Any]:
    buyer = await desk.store.buyers.get(one.buyer_id)
    return {
        "what": one.what.value, "due_at": one.due_at, "order_no": one.order_no or "", "buyer": one.buyer_id,
        "name": buyer.shown if buyer else str(one.buyer_id), "quoted": one.quoted,
    }  # fmt: skip
