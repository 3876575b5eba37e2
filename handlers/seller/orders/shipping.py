"""Sending an order off: /ship, and the buttons that name the carrier."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, NamedTuple

from telegram import Update

from core.answering.shipping import transit_to
from core.answering.values import Fact
from core.orders import Order, State
from core.promises import What
from core.tracking.companies import SHORTEST, Named, find, flaw, guesses, of_code, tidy
from handlers.desk import Context, Desk
from handlers.mistakes import open_about
from handlers.parcels.telling import about_all, buyers_voice, chat_with, rings_at, tell_of_parcels
from handlers.seller.asking import Asked, asked, bare
from handlers.seller.orders.parcels import PHONE
from handlers.speaking import Labelled
from handlers.tapping import tap_told, undo_button
from handlers.telling import reaches
from store.buttons import Button
from store.errors import RowRefused
from store.parcels import Parcel
from store.writing import Write

SHIP = ("/ship ORDER CARRIER NUMBER", "/ship 1001 中通 73123456789012")


@dataclass(frozen=True, slots=True)
class Shipment:
    """What /ship says: who carries it, as far as it was named, the tidy numbers, and the digits of a phone."""

    carrier: str
    numbers: tuple[str, ...]
    phone: str = ""


def shipment(words: Sequence[str]) -> Shipment:
    """ "中通 73123456789012", "SF Express SF1234567890123 phone 1234", "SF1234567890123": carrier, numbers, phone."""
    words = list(words)
    phone = ""
    if len(words) >= 2 and PHONE.fullmatch(words[-2]) and re.fullmatch(r"\d{4,11}", words[-1]):
        phone, words = words[-1], words[:-2]
    if len(words) == 2 and _is_number(words[0]) and not re.search(r"\d", words[1]):  # the number before its carrier
        words.reverse()
    first = next(
        (n for n, word in enumerate(words) if n and _is_number(word)), 0 if words and _is_number(words[0]) else 1
    )
    return Shipment(" ".join(words[:first]), tuple(map(tidy, _whole(words[first:]))), phone)


def _whole(words: Sequence[str]) -> Sequence[str]:
    """A number that was pasted in groups, 7312 3456 7890 12, is one; what is long enough to be one stays by itself."""
    is_grouped = len(words) > 1 and all(word.isdigit() and len(word) < SHORTEST for word in words)
    return ["".join(words)] if is_grouped else words


class Shipped(NamedTuple):
    """What the seller is told of it (a template and its values), what is written, and the button that takes it back."""

    template: str
    values: dict[str, Any]
    unit: list[Write]
    buttons: tuple[tuple[Labelled, ...], ...] = ()


async def on_ship(update: Update, context: Context) -> None:
    """/ship ORDER CARRIER NUMBER: the parcel is on its way, and the buyer hears of it, once."""
    command = asked(update, context)
    desk = command.desk
    await desk.shelf.fresh()
    given = shipment(command.words[1:])
    if not given.numbers:
        if not command.words:
            return await command.misused("ship_wrong", *SHIP, why="all")
        number = command.words[0]
        if given.carrier:
            return await command.misused("ship_wrong", *SHIP, why="number", order_no=number, carrier=given.carrier)
        return await command.misused("ship_wrong", *SHIP, why="carrier", order_no=number)
    order = await desk.store.orders.get(bare(command.words[0]))
    if order is None:
        return await command.say("ship_no_order", order_no=command.words[0])
    if await _is_closed(desk, order):
        return await command.say("ship_closed", order_no=order.order_no, state=order.state.value)
    own = desk.shelf.now.shop.carriers
    named = find(given.carrier, own) if given.carrier else None
    if given.carrier and named is None:
        return await command.say(
            "ship_which",
            carrier=given.carrier,
            number=given.numbers[0],
            choices=[command.text(one.name, one.name_en or one.name) for one in own],
        )
    for number in given.numbers:
        if (wrong := flaw(number, named.company if named else "")) is not None:
            others = guesses(number)
            other = others[0].name if others and wrong == "other" else ""
            return await command.say("ship_flaw", number=number, wrong=wrong.value, carrier=given.carrier, other=other)
    if named is None:
        choices = guesses(given.numbers[0], own)
        if len(choices) != 1:
            return await _which(command, order, given, choices)
        named = choices[0]
    return await _ship(command, order, named, given)


async def _taken(desk: Desk, order: Order, given: Shipment) -> dict[str, Any] | None:
    """The first of these numbers that is on its way to another buyer, who would hear of this one's parcel."""
    for number in given.numbers:
        there = [one for one in await desk.store.parcels.of_number(number) if one.is_live]
        buyers = await desk.store.parcels.buyers(one.order_no for one in there)
        for one in there:
            if one.order_no != order.order_no and buyers.get(one.order_no) != order.buyer_id:
                return {"number": number, "order_no": one.order_no}
    return None


async def _is_closed(desk: Desk, order: Order) -> bool:
    """Whether nothing of it is to be shipped any more; a piece that was left out still is, when the order is long done."""
    if order.state is State.DONE:
        noted = await desk.store.mistakes.of_order(order.order_no)
        return not any(one.kind == "short" and one.closed_at is None for one in noted)
    return order.state is State.CANCELLED


async def _which(command: Asked, order: Order, given: Shipment, choices: Sequence[Named]) -> None:
    """Several may carry such a number, or nobody known: the seller says who."""
    data = {"order_no": order.order_no, "buyer": order.buyer_id, "numbers": list(given.numbers), "phone": given.phone}
    buttons: list[list[Labelled]] = [
        [
            (
                command.text(one.name, one.name_en),
                "ship_as",
                {**data, "carrier": one.own.code if one.own else one.company},
            )
        ]
        for one in choices[:6]
    ]
    names = [command.text(one.name, one.name_en) for one in choices]
    await command.say("ship_which", buttons=buttons, carrier="", number=given.numbers[0], choices=names)


async def _ship(command: Asked, order: Order, named: Named, given: Shipment) -> None:
    """Somebody else may have changed the order meanwhile: it is read again, once."""
    for _ in range(2):
        try:
            done = await ship(command.desk, order, named, given, command.owner, command.now)
            await command.say(done.template, done.unit, buttons=done.buttons, **done.values)
        except RowRefused:
            order = await command.desk.store.orders.get(order.order_no) or order
        else:
            return command.desk.nudge()
    return await command.say("ship_no_order", order_no=order.order_no)


async def ship(desk: Desk, order: Order, named: Named, given: Shipment, owner: int, now: datetime) -> Shipped:
    """What is written when these parcels leave, and what the seller is told.

    A number this order has already is not shipped again: nothing is sent for it."""
    assert desk.following.carriers is not None
    if (taken := await _taken(desk, order, given)) is not None:
        return Shipped("ship_taken", taken, [])
    known = {one.number for one in await desk.store.parcels.of_order(order.order_no)}
    fresh = [number for number in dict.fromkeys(given.numbers) if number not in known]
    voice = desk.voice(owner)
    carrier = named.name_en if voice.language == "en" else named.name
    chat = await chat_with(desk, order.buyer_id, now)
    values: dict[str, Any] = {
        "order_no": order.order_no, "carrier": carrier, "numbers": fresh, "note": order.delivery_note, "address": order.address,
        "told": reaches(desk, chat, now), "name": chat.name if chat is not None else str(order.buyer_id or ""), "is_followed": True,
        "is_paid": order.is_paid, "needs_phone": False,
    }  # fmt: skip
    if not fresh:
        return Shipped("ship_again", {**values, "numbers": list(given.numbers)}, [])
    buyer = await desk.store.buyers.get(order.buyer_id) if order.buyer_id is not None else None
    phone = given.phone or (re.sub(r"\D", "", buyer.phone) if buyer is not None else "")
    via = desk.following.carriers.chosen(named.company)
    values["is_followed"] = via != "manual"
    values["needs_phone"] = via == "kuaidi100" and named.company in ("sf", "zto") and not phone
    by = desk.who(owner)
    made = [
        Parcel(
            order.order_no, number, named.own.code if named.own else named.company, via, now, now, by,
            phone=phone, next_at=now, told_at=now if chat is not None else None,
        )
        for number in fresh
    ]  # fmt: skip
    unit, undo = await _left(desk, order, by, now)
    unit += [desk.store.parcels.add(one) for one in made]
    undo["numbers"], undo["key"] = fresh, await _key(desk, order, fresh)
    if chat is not None:
        language = buyers_voice(desk, chat, now).language
        place = transit_to(named.own, chat.conversation.destination or order.address, desk.shelf.now.shop)
        told = {
            **about_all(desk, made, language),
            "note": order.delivery_note,
            "transit": place,
            "several": len(made) > 1 or bool(known),
        }
        unit += tell_of_parcels(
            desk, chat, [Fact("parcel_shipped", fresh[0], told)], undo["key"], now,
            copies=fresh, is_silent=rings_at(desk, chat, now, desk.following.ways.quiet) > now, by_seller=True,
        )  # fmt: skip
    unit.append(desk.noted(owner, "ship", f"buyer:{order.buyer_id}", now, order=order.order_no, numbers=fresh))
    return Shipped("ship_done", values, unit, ((undo_button(desk, owner, "undo_ship", undo),),))


async def _left(desk: Desk, order: Order, by: str, now: datetime) -> tuple[list[Write], dict[str, Any]]:
    """What it does to the order and to what was promised of it, and what must be known to take that back."""
    store = desk.store
    undo: dict[str, Any] = {
        "order_no": order.order_no,
        "buyer": order.buyer_id,
        "back": order.state.value,
        "version": order.version,
    }
    promised = [one for one in await store.promises.of_order(order.order_no) if one.is_open and one.is_binding]
    if order.may_become(State.SHIPPED):
        shipped = replace(order, state=State.SHIPPED, shipped_at=order.shipped_at or now, due_at=None)
        kept = [one for one in promised if one.what is What.SHIP]
        late = [one.id for one in await open_about(desk, order.order_no, kept) if one.kind == "late"]
        undo |= {"version": order.version + 1, "promises": [one.id for one in kept], "mistakes": late}
        unit = [*store.orders.save(shipped, "shipped", by, now), *(store.mistakes.close(id, now) for id in late)]
        return [*unit, *store.promises.done(order.order_no, [What.SHIP], now)], undo
    if order.state in (State.SHIPPED, State.DELIVERED, State.DONE):  # what was left out is sent after
        noted = await store.mistakes.of_order(order.order_no)
        short = [one.id for one in noted if one.kind == "short" and one.closed_at is None]
        undo |= {"promises": [one.id for one in promised if one.what is What.RESEND], "mistakes": short}
        done = store.promises.done(order.order_no, [What.RESEND], now)
        return [*done, *(store.mistakes.close(id, now) for id in short)], undo
    return [], undo


async def _key(desk: Desk, order: Order, numbers: Sequence[str]) -> str:
    """What makes the message one: two orders of a buyer in one parcel are told of once, but a number that was taken back
    and is sent off anew is told of again."""
    key = f"shipped:{'+'.join(numbers)}:{order.buyer_id}"
    if await desk.store.parcels.of_number(numbers[0]) or await desk.store.outbox.by_key(key) is None:
        return key
    return f"{key}:{order.order_no}:{order.version}"


async def ship_as(desk: Desk, button: Button, owner: int, now: datetime) -> list[Write]:
    """[中通]: the seller says who carries it."""
    order = await desk.store.orders.get(str(button.data["order_no"]))
    if order is None or await _is_closed(desk, order):
        return tap_told(desk, owner, "ship_no_order", button, now, order_no=button.data["order_no"])
    named = find(str(button.data["carrier"]), desk.shelf.now.shop.carriers) or of_code(str(button.data["carrier"]))
    given = Shipment("", tuple(str(one) for one in button.data["numbers"]), str(button.data["phone"]))
    done = await ship(desk, order, named, given, owner, now)
    return [*done.unit, *tap_told(desk, owner, done.template, button, now, buttons=done.buttons, **done.values)]


def _is_number(word: str) -> bool:
    """Whether a word may be a tracking number: enough digits in it."""
    return sum(one.isdigit() for one in word) >= 5 or (word.isdigit() and len(word) >= 4)
