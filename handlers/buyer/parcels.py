"""A buyer taps under what is told of a parcel: how much of it to hear, or that something is wrong."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from telegram import CallbackQuery

from core.answering.values import Fact
from core.tracking.following import Mode
from handlers.chats import Chat
from handlers.desk import Desk
from handlers.parcels.telling import about, about_all, buyers_voice, mode_buttons, tell_of_parcels
from store.buttons import Button
from store.parcels import Parcel
from store.writing import Write


async def parcel_mode(desk: Desk, chat: Chat, button: Button, now: datetime, query: CallbackQuery) -> list[Write]:
    """[every change] [only the important] [stop]: as often as the buyer changes their mind; the other two stand below."""
    async with desk.following.lock:
        mode = Mode(str(button.data["mode"]))
        parcels = [replace(one, mode=mode) for one in await _own(desk, chat, button)]
        if not parcels:
            return []
        values = about_all(desk, parcels, buyers_voice(desk, chat, now).language) | {"mode": mode.value}
        key = f"parcel-mode:{button.id}:{now.timestamp():.6f}"
        rows = [mode_buttons(parcels, but=mode)]
        said = tell_of_parcels(desk, chat, [Fact("parcel_mode", parcels[0].number, values)], key, now, buttons=rows)
        if mode is Mode.NONE:
            told = {one.told_key for one in parcels} - {""}
            said += [desk.store.outbox.cancel_key(one, "the buyer wants to hear no more of it") for one in sorted(told)]
        await desk.store.write(
            [desk.store.parcels.save(one) for one in parcels]
        )  # under the lock: a round reads it next
    return said


async def parcel_problem(desk: Desk, chat: Chat, button: Button, now: datetime, query: CallbackQuery) -> list[Write]:
    """[there is a problem]: a person sees to it, and knows at once which parcel it is."""
    parcels = await _own(desk, chat, button)
    if not parcels:
        return []
    language = desk.voice(desk.people.owners[0]).language if desk.people.owners else "zh"
    words = "\n".join(f"{about(desk, one, language)['carrier']} {one.number} ({one.order_no})" for one in parcels)
    chat.wait_for_a_person(("complaint", "parcel"), now)
    presence = desk.shelf.now.presence(now)
    number = parcels[0].number if len(parcels) == 1 else ""
    told = Fact("parcel_problem", parcels[0].number, {"presence": presence, "number": number})
    card = await desk.cards.heard(chat, [words], ("complaint", "parcel"), now)
    return [*tell_of_parcels(desk, chat, [told], f"tap:{button.id}", now), *card]


async def _own(desk: Desk, chat: Chat, button: Button) -> list[Parcel]:
    """The parcels of the button, as far as they are this buyer's."""
    ids = button.data.get("parcels") or [button.data["parcel"]]
    parcels = await desk.store.parcels.these([int(id) for id in ids])
    owners = await desk.store.parcels.buyers(one.order_no for one in parcels)
    own = [one for one in parcels if owners.get(one.order_no) == chat.buyer.id]
    return sorted(own, key=lambda one: one.id)
