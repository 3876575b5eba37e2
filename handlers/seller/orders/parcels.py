"""The seller's parcels: /parcel, and the buttons under what is told of a parcel."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from telegram import Update

from core.tracking.companies import tidy
from core.tracking.following import Worry
from handlers.desk import Context, Desk
from handlers.parcels.telling import about, buyers_voice, chat_with, sorry, tell_of_parcels, worried
from handlers.seller.asking import Asked, asked, bare
from handlers.seller.orders.unsaying import undo_data
from handlers.tapping import tap_told
from store.buttons import Button
from store.parcels import Parcel, ParcelState
from store.writing import Write

PARCEL = (
    "/parcel NUMBER [STATUS [text]] | done | lost | pause | resume | phone 1234",
    "/parcel 73123456789012 delivered",
)
PHONE = re.compile(r"(?:phone|tel|手机|尾号)[:：]?", re.IGNORECASE)
MOST_EVENTS = 6


async def on_parcel(update: Update, context: Context) -> None:
    """/parcel NUMBER [STATUS [text]]: how a parcel stands, or what the seller knows of it; /parcel ORDER: that order's parcels."""
    command = asked(update, context)
    desk, words = command.desk, command.words
    await desk.shelf.fresh()
    if not words:
        return await command.misused("parcel_wrong", *PARCEL, why="number")
    async with desk.following.lock:
        found = await desk.store.parcels.of_number(tidy(words[0]))
        if not found:  # an order's number stands for its only parcel
            found = await desk.store.parcels.of_order(bare(words[0]))
            if len(found) != 1:
                return await _of_an_order(command, found)
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
            return await command.misused("parcel_wrong", *PARCEL, why="status", said=words[1])
        steps = await desk.following.steps([(one, report) for one in found], command.now)
        unit = [write for each in await desk.following.units(steps, command.now) for write in each]
        undo = command.undo("undo_said", undo_data(found, steps, command.now))
        after = replace(found[-1], status=report.status or found[-1].status)
        values = about(desk, after, desk.voice(command.owner).language)
        return await command.say("parcel_set", unit, buttons=[[undo]], **values)


async def _of_an_order(command: Asked, parcels: Sequence[Parcel]) -> None:
    """How each of an order's parcels stands; a status is said of one of them. What is no order's number either is said so."""
    desk, order_no = command.desk, bare(command.words[0])
    if parcels:
        language = desk.voice(command.owner).language
        each = [about(desk, one, language) for one in parcels]
        await command.say("parcels_of_order", order_no=order_no, each=each)
        return
    is_order = await desk.store.orders.get(order_no) is not None
    await command.say("parcel_none", number=order_no if is_order else tidy(command.words[0]), is_order=is_order)


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
        usage = ("/parcel NUMBER phone 1234", "/parcel SF1234567890123 phone 1234")
        return await command.misused("parcel_wrong", *usage, why="phone")
    after = [replace(one, phone=digits, trouble="", next_at=command.now if one.is_live else None) for one in found]
    unit = [command.desk.store.parcels.save(one) for one in after]
    number = found[0].number
    buyers = await command.desk.store.parcels.buyers(one.order_no for one in found)
    data = {
        "number": number, "buyer": next(iter(buyers.values()), None), "before": {str(one.id): one.phone for one in found},
        "after": digits,
    }  # fmt: skip
    undo = command.undo("undo_phone", data)
    await command.say("parcel_phone", unit, buttons=[[undo]], number=number, digits=digits[-4:])
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
    data = {"number": after.number, "before": before, "after": [after.state.value, after.outcome]}
    await command.say("parcel_ended", unit, buttons=[[command.undo("undo_parcel", data)]], how=how, **values)
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


async def parcel_sorry(desk: Desk, button: Button, owner: int, now: datetime) -> list[Write]:
    """[发给买家]: the apology that was shown goes to the buyer."""
    parcel = await desk.store.parcels.get(int(button.data["parcel"]))
    buyers = await desk.store.parcels.buyers([parcel.order_no]) if parcel is not None else {}
    chat = await chat_with(desk, buyers.get(parcel.order_no), now) if parcel is not None else None
    if parcel is None or chat is None:
        return tap_told(desk, owner, "parcel_unsent", button, now)
    worry = Worry(str(button.data["worry"]))
    fact = sorry(desk, parcel, worry, buyers_voice(desk, chat, now).language)
    said = tell_of_parcels(desk, chat, [fact], f"parcel-sorry:{button.id}", now, by_seller=True)
    noted = desk.noted(owner, "parcel sorry", f"buyer:{chat.buyer.id}", now, number=parcel.number, worry=worry.value)
    return [*said, noted, *tap_told(desk, owner, "parcel_sent", button, now, name=chat.name)]


async def parcel_leave(desk: Desk, button: Button, owner: int, now: datetime) -> list[Write]:
    """[先不发]: the seller sees to it."""
    return tap_told(desk, owner, "parcel_left", button, now)
