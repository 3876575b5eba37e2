"""What a buyer wants done to an order: shown to the seller with buttons, and the answer told to the buyer."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from core.answering.ordering import holds_an_address
from core.answering.values import Fact, Wish
from core.asks import Heard
from core.changing import Rewritten, Unclear, rewritten
from core.money import Money
from core.orders import Order
from handlers import ordering
from handlers.composing import voice_for
from handlers.running_low import named
from handlers.tapping import tap_told, undo_button
from handlers.telling import chat_of, lines_of, tell_buyer
from store.orders import Change

if TYPE_CHECKING:
    from handlers.chats import Chat
    from handlers.desk import Desk
    from handlers.speaking import Labelled
    from store.buttons import Button
    from store.writing import Write
    from templates import Voice

ANSWERS = (("button_accept", "change_accept"), ("button_refuse", "change_refuse"))


def ask_seller(desk: Desk, chat: Chat, wish: Wish, key: str, now: datetime) -> list[Write]:
    """The wish, kept and shown to every owner: [accept] [refuse], or for a payment [it is there] [not yet]."""
    unit: list[Write] = []
    data: dict[str, Any] = {"order_no": wish.order_no, "conversation": chat.conversation.id}
    if wish.kind == "paid":
        template, actions = (
            "payment_said",
            (("button_order_paid", "order_step"), ("button_not_paid", "payment_not_yet")),
        )
        data["step"] = "paid"
    else:
        template, actions = "change_wanted", ANSWERS
        change = Change(wish.order_no, wish.kind, wish.words, now, chat.conversation.id)
        unit.append(desk.store.orders.ask_change(change))
        data["change"] = change.id
    for owner in desk.people.owners:
        voice = desk.voice(owner)
        html = desk.speech.seller(
            template,
            voice,
            name=chat.name,
            buyer=chat.buyer.id,
            order_no=wish.order_no,
            kind=wish.kind,
            words=wish.words,
        )
        row: list[Labelled] = [(desk.speech.seller(label, voice), action, data) for label, action in actions]
        unit += desk.speaking.tell_seller(
            owner, html, f"wish:{key}:{owner}", now, buttons=[row], conversation_id=chat.conversation.id
        )
    return unit


def buttons_of(desk: Desk, change: Change, voice: Voice) -> list[Labelled]:
    """[accept] [refuse] of a wish that waits for its answer."""
    data = {"order_no": change.order_no, "conversation": change.conversation_id, "change": change.id}
    return [(desk.speech.seller(label, voice), action, data) for label, action in ANSWERS]


async def change_accept(desk: Desk, button: Button, owner: int, now: datetime) -> list[Write]:
    """[accept]: the order is changed, and the buyer hears it."""
    return await _decide(desk, button, owner, now, "accepted")


async def change_refuse(desk: Desk, button: Button, owner: int, now: datetime) -> list[Write]:
    """[refuse]: the order stays, and the buyer hears that."""
    return await _decide(desk, button, owner, now, "refused")


async def payment_not_yet(desk: Desk, button: Button, owner: int, now: datetime) -> list[Write]:
    """[not yet]: the buyer is asked to look again, kindly."""
    order = await desk.store.orders.get(str(button.data["order_no"]))
    if order is None or order.is_paid:
        return tap_told(desk, owner, "nothing_to_undo", button, now)
    chat = await chat_of(desk, order)
    told: list[Write] = []
    if chat is not None:
        fact = Fact("payment_not_seen", order.order_no, {"order_no": order.order_no})
        told = tell_buyer(desk, chat, [fact], f"unseen:{button.id}", now, by=desk.who(owner))
    return [*told, *tap_told(desk, owner, "buyer_told", button, now, order_no=order.order_no)]


async def _decide(desk: Desk, button: Button, owner: int, now: datetime, decision: str) -> list[Write]:
    change = await desk.store.orders.change(int(button.data["change"]))
    order = None if change is None else await desk.store.orders.get(change.order_no)
    if change is None or order is None or change.decided_at is not None:
        return tap_told(desk, owner, "nothing_to_undo", button, now)
    if decision == "accepted" and not order.is_before_dispatch:
        return tap_told(desk, owner, "change_too_late", button, now, order_no=order.order_no)
    by = desk.who(owner)
    chat = await chat_of(desk, order)
    unit: list[Write] = []
    told: dict[str, Any] = {"order_no": order.order_no}
    changed = await _read(desk, order, change) if decision == "accepted" and change.kind == "items" else None
    if decision == "accepted" and change.kind == "cancel":
        unit += await ordering.cancel(desk, None, order, by, now)
    elif isinstance(changed, Rewritten):
        written, low = await ordering.rewrite(desk, order, changed, "items accepted", by, now)
        unit += written
        told |= _compared(desk, order, changed, desk.voice(owner).language)
        told["low"] = named(low, desk.voice(owner).language)
    else:
        told |= {"why": changed.value} if changed is not None else {}
        after = _changed(order, change) if decision == "accepted" else order
        unit += desk.store.orders.save(after, f"{change.kind} {decision}", by, now)
    unit.append(desk.store.orders.decide_change(change.id, decision, now))
    unit.append(desk.noted(owner, f"{decision} {change.kind}", f"buyer:{order.buyer_id}", now, order=order.order_no))
    if chat is not None:
        values: dict[str, Any] = {
            "order_no": order.order_no,
            "kind": change.kind,
            "words": change.words,
            "lines": (),
            "amount": None,
        }
        if isinstance(changed, Rewritten):
            language = voice_for(chat, desk.shelf.now, now).language
            lines = lines_of(changed.order, desk.shelf.now.catalogue, language)
            values |= {"lines": lines, "amount": changed.order.amount}
        fact = Fact(f"change_{decision}", order.order_no, values)
        unit += tell_buyer(desk, chat, [fact], f"change:{button.id}", now, by=by)
    template = "buyer_told" if changed is None else "items_changed" if isinstance(changed, Rewritten) else "items_noted"
    undo = undo_button(desk, owner, "change_undo", _undo(order, change, changed))
    rows = [[undo]] if decision == "accepted" else []
    return [*unit, *tap_told(desk, owner, template, button, now, buttons=rows, **told)]


def _undo(order: Order, change: Change, changed: Rewritten | Unclear | None) -> dict[str, Any]:
    """What must be known to take an accepted change back."""
    was: dict[str, Any] = {"state": order.state.value, "address": order.address, "note": order.note}
    if isinstance(changed, Rewritten):
        line, amount = changed.before, order.amount
        price = (line.price.minor, line.price.currency) if line.price is not None else (None, None)
        was["line"], was["now"] = [line.sku, line.quantity, *price], changed.after.sku
        was["amount"] = None if amount is None else [amount.minor, amount.currency]
    data = {"order_no": order.order_no, "change": change.id, "version": order.version + 1, "before": was}
    return data | ({} if change.conversation_id is None else {"conversation": change.conversation_id})


async def _read(desk: Desk, order: Order, change: Change) -> Rewritten | Unclear:
    """What the wish makes of the order, by the shelf as it is this moment."""
    from core.understanding import understand

    await desk.shelf.fresh(at_once=True)
    snapshot, mind = await desk.shelf.minded()
    heard = Heard(last_products=tuple(line.sku for line in order.lines))
    return rewritten(order, change.words, understand(change.words, heard, mind), snapshot.catalogue)


def _compared(desk: Desk, order: Order, changed: Rewritten, language: str) -> dict[str, Any]:
    """The changed line before and after, and what the order comes to, for the seller."""
    (before,) = lines_of(replace(order, lines=(changed.before,)), desk.shelf.now.catalogue, language)
    (after,) = lines_of(replace(order, lines=(changed.after,)), desk.shelf.now.catalogue, language)
    was, amount = order.amount, changed.order.amount
    more = amount.minor - was.minor if was is not None and amount is not None else 0
    difference = Money(abs(more), amount.currency) if amount is not None and more and order.is_paid else None
    return {"before": before, "after": after, "amount": amount, "difference": difference, "dearer": more > 0}


def _changed(order: Order, change: Change) -> Order:
    """An address is the order's from now on, and another name or phone number is added to it; other goods that cannot be
    read exactly are noted, for the seller to pack."""
    if change.kind == "address":
        is_whole = holds_an_address(change.words)  # else only who receives it, or a phone number
        address = change.words if is_whole else "；".join(filter(None, (order.address, change.words)))
        return replace(order, address=address)
    note = "；".join(filter(None, (order.note, change.words)))
    return replace(order, note=note)
