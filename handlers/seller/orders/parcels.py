"""The seller's parcels: /ship, /parcel, and the buttons under what is told of a parcel."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from telegram import Update

from core.answering.shipping import transit_to
from core.answering.values import Fact
from core.orders import Order, State
from core.promises import What
from core.tracking.companies import Named, find, flaw, guesses, of_code, tidy
from core.tracking.following import Worry
from handlers.desk import Context, Desk
from handlers.parcels.telling import about, about_all, chat_with, rings_at, sorry, tell_buyer, voice_of, worried
from handlers.seller.asking import Asked, asked, bare
from handlers.speaking import Labelled
from handlers.tapping import tap_told
from store.buttons import Button
from store.errors import RowRefused
from store.parcels import Parcel, ParcelState
from store.writing import Write

SHIP = ("/ship ORDER CARRIER NUMBER", "/ship 1001 中通 73123456789012")
PARCEL = (
    "/parcel NUMBER [STATUS [text]] | done | lost | pause | resume | phone 1234",
    "/parcel 73123456789012 delivered",
)
PHONE = re.compile(r"(?:phone|tel|手机|尾号)[:：]?", re.IGNORECASE)
MOST_EVENTS = 6


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
    first = next(
        (n for n, word in enumerate(words) if n and _is_number(word)), 0 if words and _is_number(words[0]) else 1
    )
    return Shipment(" ".join(words[:first]), tuple(tidy(word) for word in words[first:]), phone)


async def on_ship(update: Update, context: Context) -> None:
    """/ship ORDER CARRIER NUMBER: the parcel is on its way, and the buyer hears of it, once."""
    command = asked(update, context)
    desk = command.desk
    await desk.shelf.fresh()
    given = shipment(command.words[1:])
    if not given.numbers:
        zh, en = "要写订单号、快递和单号。", "It needs the order, the carrier and the tracking number."
        return await command.wrong(zh, en, *SHIP)
    order = await desk.store.orders.get(bare(command.words[0]))
    if order is None:
        return await command.say("ship_no_order", order_no=command.words[0])
    if await _is_closed(desk, order):
        return await command.say("ship_closed", order_no=order.order_no, state=order.state.value)
    own = desk.shelf.now.shop.carriers
    named = find(given.carrier, own) if given.carrier else None
    if given.carrier and named is None:
        return await command.say(
            "ship_which", carrier=given.carrier, number=given.numbers[0], choices=[one.name for one in own]
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
    data = {"order_no": order.order_no, "numbers": list(given.numbers), "phone": given.phone}
    buttons: list[list[Labelled]] = [
        [(one.name, "ship_as", {**data, "carrier": one.own.code if one.own else one.company})] for one in choices[:6]
    ]
    names = [one.name for one in choices]
    await command.say("ship_which", buttons=buttons, carrier="", number=given.numbers[0], choices=names)


async def _ship(command: Asked, order: Order, named: Named, given: Shipment) -> None:
    """Somebody else may have changed the order meanwhile: it is read again, once."""
    for _ in range(2):
        try:
            template, values, unit = await ship(command.desk, order, named, given, command.owner, command.now)
            await command.say(template, unit, **values)
        except RowRefused:
            order = await command.desk.store.orders.get(order.order_no) or order
        else:
            return command.desk.nudge()
    return await command.say("ship_no_order", order_no=order.order_no)


async def ship(
    desk: Desk, order: Order, named: Named, given: Shipment, owner: int, now: datetime
) -> tuple[str, dict[str, Any], list[Write]]:
    """What is written when these parcels leave, and what the seller is told (a template and its values).

    A number this order has already is not shipped again: nothing is sent for it."""
    assert desk.following.carriers is not None
    if (taken := await _taken(desk, order, given)) is not None:
        return "ship_taken", taken, []
    known = {one.number for one in await desk.store.parcels.of_order(order.order_no)}
    fresh = [number for number in dict.fromkeys(given.numbers) if number not in known]
    voice = desk.voice(owner)
    carrier = named.name_en if voice.language == "en" else named.name
    chat = await chat_with(desk, order.buyer_id, now)
    values: dict[str, Any] = {
        "order_no": order.order_no, "carrier": carrier, "numbers": fresh, "note": order.delivery_note, "address": order.address,
        "told": chat is not None, "name": chat.name if chat is not None else str(order.buyer_id or ""), "is_followed": True,
        "is_paid": order.is_paid, "needs_phone": False,
    }  # fmt: skip
    if not fresh:
        return "ship_again", {**values, "numbers": list(given.numbers)}, []
    buyer = await desk.store.buyers.get(order.buyer_id) if order.buyer_id is not None else None
    phone = given.phone or (re.sub(r"\D", "", buyer.phone) if buyer is not None else "")
    via = desk.following.carriers.chosen(named.company)
    values["is_followed"] = via != "manual"
    values["needs_phone"] = via == "kuaidi100" and named.company in ("sf", "zto") and not phone
    unit: list[Write] = []
    made = [
        Parcel(
            order.order_no, number, named.own.code if named.own else named.company, via, now, now, f"owner:{owner}",
            phone=phone, next_at=now, told_at=now if chat is not None else None,
        )
        for number in fresh
    ]  # fmt: skip
    if order.may_become(State.SHIPPED):
        shipped = replace(order, state=State.SHIPPED, shipped_at=order.shipped_at or now, due_at=None)
        unit += desk.store.orders.save(shipped, "shipped", f"owner:{owner}", now)
        unit += desk.store.promises.done(order.order_no, [What.SHIP], now)
    elif order.state in (State.SHIPPED, State.DELIVERED, State.DONE):  # what was left out is sent after
        unit += desk.store.promises.done(order.order_no, [What.RESEND], now)
        noted = await desk.store.mistakes.of_order(order.order_no)
        unit += [
            desk.store.mistakes.close(one.id, now) for one in noted if one.kind == "short" and one.closed_at is None
        ]
    unit += [desk.store.parcels.add(one) for one in made]
    if chat is not None:
        language = voice_of(desk, chat, now).language
        place = transit_to(named.own, chat.conversation.destination or order.address, desk.shelf.now.shop)
        told = {
            **about_all(desk, made, language),
            "note": order.delivery_note,
            "transit": place,
            "several": len(made) > 1 or bool(known),
        }
        unit += tell_buyer(
            desk, chat, [Fact("parcel_shipped", fresh[0], told)], f"shipped:{'+'.join(fresh)}:{order.buyer_id}", now,
            copies=fresh, is_silent=rings_at(desk, chat, now, desk.following.ways.quiet) > now, by_seller=True,
        )  # fmt: skip
    unit.append(desk.noted(owner, "ship", f"buyer:{order.buyer_id}", now, order=order.order_no, numbers=fresh))
    return "ship_done", values, unit


async def on_parcel(update: Update, context: Context) -> None:
    """/parcel NUMBER [STATUS [text]]: how a parcel stands, or what the seller knows of it."""
    command = asked(update, context)
    desk, words = command.desk, command.words
    await desk.shelf.fresh()
    if not words:
        zh, en = "要写快递单号。", "It needs the tracking number."
        return await command.wrong(zh, en, *PARCEL)
    async with desk.following.lock:
        found = await desk.store.parcels.of_number(tidy(words[0]))
        if not found:
            return await command.say("parcel_none", number=tidy(words[0]))
        if len(words) == 1:
            return await _show(command, found[-1])
        word, rest = words[1].casefold(), " ".join(words[2:])
        if PHONE.fullmatch(word):
            return await _phone(command, found, rest)
        if word in ("done", "完成", "lost", "丢失", "丢件", "pause", "暂停", "resume", "继续"):
            return await _end(command, found, word)
        assert desk.following.carriers is not None
        report = desk.following.carriers.said(found[0].number, word, rest, command.now)
        if report is None:
            zh, en = f"不认得状态“{words[1]}”。", f"“{words[1]}” is no status."
            return await command.wrong(zh, en, *PARCEL)
        units = await desk.following.applied([(one, report) for one in found], command.now)
        after = replace(found[-1], status=report.status or found[-1].status)
        values = about(desk, after, desk.voice(command.owner).language)
        return await command.say("parcel_set", [write for unit in units for write in unit], **values)


async def _show(command: Asked, parcel: Parcel) -> None:
    desk = command.desk
    events = await desk.store.parcels.events(parcel.id)
    shown = [
        {"at": one.at, "words": one.words or one.status.value, "place": one.place} for one in events[-MOST_EVENTS:]
    ]
    values = about(desk, parcel, desk.voice(command.owner).language)
    await command.say(
        "parcel_shown", events=shown[::-1], next_at=parcel.next_at, via=parcel.via, mode=parcel.mode.value, **values
    )


async def _phone(command: Asked, found: Sequence[Parcel], digits: str) -> None:
    """The digits some carriers want to see; it is asked for at once."""
    if not re.fullmatch(r"\d{4,15}", digits):
        zh, en = "手机号要写完整，或者写后四位。", "It needs the phone number or its last four digits."
        return await command.wrong(zh, en, "/parcel NUMBER phone 1234", "/parcel SF1234567890123 phone 1234")
    after = [replace(one, phone=digits, trouble="", next_at=command.now if one.is_live else None) for one in found]
    unit = [command.desk.store.parcels.save(one) for one in after]
    await command.say("parcel_phone", unit, number=found[0].number, digits=digits[-4:])
    return command.desk.nudge()


async def _end(command: Asked, found: Sequence[Parcel], word: str) -> None:
    """done: nothing more is to be followed. lost: the buyer is owed a word. pause, resume."""
    desk, now = command.desk, command.now
    store = desk.store
    how = {"完成": "done", "丢失": "lost", "丢件": "lost", "暂停": "pause", "继续": "resume"}.get(word, word)
    unit: list[Write] = []
    for one in found:
        changed: dict[str, dict[str, Any]] = {
            "done": {"state": ParcelState.ENDED, "outcome": "done", "next_at": None},
            "lost": {"state": ParcelState.ENDED, "outcome": "lost", "next_at": None},
            "pause": {"state": ParcelState.PAUSED, "next_at": None},
            "resume": {"state": ParcelState.LIVE, "outcome": "", "next_at": now},
        }
        after = replace(one, **changed[how])
        if one.told_key and how != "resume":
            unit.append(store.outbox.cancel_key(one.told_key, f"the seller said {how}"))
        unit.append(store.parcels.save(after))
    after = replace(found[-1], **changed[how])
    values = about(desk, after, desk.voice(command.owner).language)
    if how == "lost":
        buyers = await store.parcels.buyers([after.order_no])
        chat = await chat_with(desk, buyers.get(after.order_no), now)
        unit += worried(desk, after, chat, chat.name if chat else "", Worry.LOST, now)
    unit.append(desk.noted(command.owner, f"parcel {how}", after.number, now))
    before = {str(one.id): [one.state.value, one.outcome] for one in found}
    undo = (
        desk.speech.seller("button_undo", desk.voice(command.owner)),
        "undo_parcel",
        {"number": after.number, "before": before, "after": [after.state.value, after.outcome]},
    )
    await command.say("parcel_ended", unit, buttons=[[undo]], how=how, **values)
    if how == "resume":
        desk.nudge()


async def undo_parcel(desk: Desk, button: Button, owner: int, now: datetime) -> list[Write]:
    """[撤销] under done, lost, pause and resume: followed, or not, as before, unless something came after."""
    unit: list[Write] = []
    is_live = False
    for id, (state, outcome) in button.data["before"].items():
        one = await desk.store.parcels.get(int(id))
        if one is None or [one.state.value, one.outcome] != button.data["after"]:
            return tap_told(desk, owner, "nothing_to_undo", button, now)
        is_live = state == ParcelState.LIVE
        before = replace(one, state=ParcelState(state), outcome=outcome, next_at=now if is_live else None)
        unit.append(desk.store.parcels.save(before))
    number = str(button.data["number"])
    unit.append(desk.noted(owner, "undo parcel", number, now))
    return [*unit, *tap_told(desk, owner, "undone", button, now, what="parcel", about=number, value=is_live)]


async def ship_as(desk: Desk, button: Button, owner: int, now: datetime) -> list[Write]:
    """[中通]: the seller says who carries it."""
    order = await desk.store.orders.get(str(button.data["order_no"]))
    if order is None or await _is_closed(desk, order):
        return tap_told(desk, owner, "ship_no_order", button, now, order_no=button.data["order_no"])
    named = find(str(button.data["carrier"]), desk.shelf.now.shop.carriers) or of_code(str(button.data["carrier"]))
    given = Shipment("", tuple(str(one) for one in button.data["numbers"]), str(button.data["phone"]))
    template, values, unit = await ship(desk, order, named, given, owner, now)
    return [*unit, *tap_told(desk, owner, template, button, now, **values)]


async def parcel_sorry(desk: Desk, button: Button, owner: int, now: datetime) -> list[Write]:
    """[发给买家]: the apology that was shown goes to the buyer."""
    parcel = await desk.store.parcels.get(int(button.data["parcel"]))
    buyers = await desk.store.parcels.buyers([parcel.order_no]) if parcel is not None else {}
    chat = await chat_with(desk, buyers.get(parcel.order_no), now) if parcel is not None else None
    if parcel is None or chat is None:
        return tap_told(desk, owner, "parcel_unsent", button, now)
    worry = Worry(str(button.data["worry"]))
    fact = sorry(desk, parcel, worry, voice_of(desk, chat, now).language)
    said = tell_buyer(desk, chat, [fact], f"parcel-sorry:{button.id}", now, by_seller=True)
    noted = desk.noted(owner, "parcel sorry", f"buyer:{chat.buyer.id}", now, number=parcel.number, worry=worry.value)
    return [*said, noted, *tap_told(desk, owner, "parcel_sent", button, now, name=chat.name)]


async def parcel_leave(desk: Desk, button: Button, owner: int, now: datetime) -> list[Write]:
    """[先不发]: the seller sees to it."""
    return tap_told(desk, owner, "parcel_left", button, now)


def _is_number(word: str) -> bool:
    """Whether a word may be a tracking number: enough digits in it."""
    return sum(one.isdigit() for one in word) >= 5 or (word.isdigit() and len(word) >= 4)
