"""A buyer taps under what is told of a parcel: how much of it to hear, or that something is wrong."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from telegram import CallbackQuery

from core.answering.values import Fact
from core.tracking.following import Mode
from handlers.chats import Chat
from handlers.desk import Desk
from handlers.parcels.telling import about, mode_buttons, tell_buyer, voice_of
from store.buttons import Button
from store.parcels import Parcel
from store.writing import Write


async def parcel_mode(desk: Desk, chat: Chat, button: Button, now: datetime, query: CallbackQuery) -> list[Write]:
    """[every change] [only the important] [stop]: as often as the buyer changes their mind; the other two stand below."""
    async with desk.following.lock:
        parcel = await _own(desk, chat, button)
        if parcel is None:
            return []
        mode = Mode(str(button.data["mode"]))
        after = replace(parcel, mode=mode)
        values = about(desk, after, voice_of(desk, chat, now).language) | {"mode": mode.value}
        key = f"parcel-mode:{button.id}:{now.timestamp():.6f}"
        rows = [mode_buttons(after, but=mode)]
        said = tell_buyer(desk, chat, [Fact("parcel_mode", parcel.number, values)], key, now, buttons=rows)
        if mode is Mode.NONE and parcel.told_key:
            said.append(desk.store.outbox.cancel_key(parcel.told_key, "the buyer wants to hear no more of it"))
        await desk.store.write([desk.store.parcels.save(after)])  # under the lock: a round reads it next
    return said


async def parcel_problem(desk: Desk, chat: Chat, button: Button, now: datetime, query: CallbackQuery) -> list[Write]:
    """[there is a problem]: a person sees to it, and knows at once which parcel it is."""
    parcel = await _own(desk, chat, button)
    if parcel is None:
        return []
    values = about(desk, parcel, desk.voice(desk.owners[0]).language if desk.owners else "zh")
    words = f"{values['carrier']} {parcel.number} ({parcel.order_no})"
    chat.wait_for_a_person(("complaint", "parcel"), now)
    presence = desk.shelf.now.presence(now)
    told = Fact("parcel_problem", parcel.number, {"presence": presence, "number": parcel.number})
    card = await desk.cards.heard(chat, [words], ("complaint", "parcel"), now)
    return [*tell_buyer(desk, chat, [told], f"tap:{button.id}", now), *card]


async def _own(desk: Desk, chat: Chat, button: Button) -> Parcel | None:
    """The parcel of the button, if it is this buyer's."""
    parcel = await desk.store.parcels.get(int(button.data["parcel"]))
    if parcel is None:
        return None
    owner = (await desk.store.parcels.buyers([parcel.order_no])).get(parcel.order_no)
    return parcel if owner == chat.buyer.id else None
