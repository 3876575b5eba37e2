"""Telling of parcels: the buyer through the chat that may be written to, else the seller, who has it to do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from core.answering.values import Answer, Button, Fact
from core.html import plain_text
from core.quiet import QuietHours, may_ring
from core.reaching import Way, closes_at, way
from core.tracking.companies import of_code
from core.tracking.following import UNKNOWN_AFTER, Mode, Worry
from handlers.calls import NO_PREVIEW
from handlers.composing import voice_for
from handlers.speaking import Record
from handlers.telling import BY_SELLER
from store.outbox import Kind, Outgoing, Status
from templates import Voice

if TYPE_CHECKING:
    from handlers.chats import Chat
    from handlers.desk import Desk
    from store.parcels import Parcel
    from store.writing import Write

AWAKE = timedelta(minutes=30)
"""Whoever wrote so lately is not asleep, whatever the hour."""
CORRECTS = "corrects"
"""In a row's guard: the keys of the messages it takes back. Looked at just before it goes (`handlers/sending.py`)."""
MODES = (
    (Mode.ALL, "button_parcel_all"),
    (Mode.IMPORTANT, "button_parcel_important"),
    (Mode.NONE, "button_parcel_none"),
)

MAY_BE_READ = frozenset({Status.SENDING, Status.SENT, Status.UNKNOWN})
"""Fates after which the other side may have read it."""


async def chat_with(desk: Desk, buyer_id: int | None, now: datetime) -> Chat | None:
    """The chat in which this buyer may be told something now; None when there is none, or they are blocked."""
    if buyer_id is None:
        return None
    known = await desk.store.conversations.of_buyer(buyer_id)
    found = way((Way(one.id, one.connection_id, one.last_inbound_at) for one in known), now)
    chat = await desk.chats.of_conversation(found.conversation_id) if found is not None else None
    return None if chat is None or chat.buyer.is_blocked or not chat.buyer.is_reachable else chat


def zone_of(desk: Desk, chat: Chat) -> ZoneInfo:
    """The buyer's own time zone, the shop's until it is known."""
    try:
        return ZoneInfo(chat.buyer.timezone) if chat.buyer.timezone else desk.shelf.now.shop.timezone
    except (ZoneInfoNotFoundError, ValueError):
        return desk.shelf.now.shop.timezone


def buyers_voice(desk: Desk, chat: Chat, now: datetime) -> Voice:
    """The buyer's voice, with times as the buyer's own clock shows them."""
    return replace(voice_for(chat, desk.shelf.now, now), zone=zone_of(desk, chat))


def rings_at(desk: Desk, chat: Chat, now: datetime, quiet: QuietHours | None) -> datetime:
    """When this buyer's phone may ring."""
    last = chat.conversation.last_inbound_at
    if last is not None and now - last < AWAKE:
        return now
    return may_ring(now, zone_of(desk, chat), quiet)


def about(desk: Desk, parcel: Parcel, language: str) -> dict[str, Any]:
    """What templates say of a parcel."""
    carrier = of_code(parcel.carrier, desk.shelf.now.shop.carriers)
    return {
        "number": parcel.number,
        "carrier": carrier.name_en if language == "en" else carrier.name,
        "order_no": parcel.order_no,
        "status": parcel.status.value,
        "is_alarm": parcel.is_alarm,
        "words": parcel.latest_words,
        "place": parcel.latest_place,
        "at": parcel.latest_at,
        "state": parcel.state.value,
        "outcome": parcel.outcome,
        "is_followed": parcel.via != "manual",
        "is_new": desk.clock.now() - parcel.shipped_at <= UNKNOWN_AFTER,
    }


def about_all(desk: Desk, parcels: Sequence[Parcel], language: str) -> dict[str, Any]:
    """What templates say of parcels that stand alike: of the first, and of `each`."""
    each = [about(desk, one, language) for one in parcels]
    return {**each[0], "each": each, "count": len(each)}


def mode_buttons(parcels: Sequence[Parcel], but: Mode | None = None) -> tuple[Button, ...]:
    """[every change] [only the important] [stop], all of them or those that are not chosen already."""
    ids = [one.id for one in parcels]
    return tuple(
        Button(Fact(label), "parcel_mode", {"parcels": ids, "mode": mode.value})
        for mode, label in MODES
        if mode is not but
    )


def tell_of_parcels(
    desk: Desk,
    chat: Chat,
    facts: Sequence[Fact],
    key: str,
    now: datetime,
    *,
    buttons: Sequence[Sequence[Button]] = (),
    copies: Sequence[str] = (),
    not_before: datetime | None = None,
    expires_at: datetime | None = None,
    is_silent: bool = False,
    by_seller: bool = False,
    corrects: Sequence[str] = (),
) -> list[Write]:
    """One message to the buyer, once per key. `copies` are numbers, each with a button that copies it. `corrects` are the
    keys of messages it takes back: it goes only where one of them was really sent."""
    voice = buyers_voice(desk, chat, now)
    html = desk.speech.message(Answer(facts=tuple(facts)), voice)
    unit: list[Write] = []
    keyboard = desk.speaking.keyboard(chat, buttons, voice, now, unit) or {"inline_keyboard": []}
    for place, number in enumerate(copies):
        label = desk.speech.buyer("button_parcel_copy", voice, number=number, several=len(copies) > 1)
        keyboard["inline_keyboard"].insert(place, [{"text": label, "copy_text": {"text": number}}])
    payload: dict[str, Any] = {"text": html, "parse_mode": "HTML", "link_preview_options": NO_PREVIEW}
    if keyboard["inline_keyboard"]:
        payload["reply_markup"] = keyboard
    if is_silent:
        payload["disable_notification"] = True
    row, record = desk.speaking.prepared(
        chat, "sendMessage", payload, key, now, Kind.PUSH, Record(plain_text(html), "+".join(one.name for one in facts)),
        guard=_guard(by_seller, corrects), not_before=not_before if not_before and not_before > now else None,
    )  # fmt: skip
    window = closes_at(Way(0, chat.conversation.connection_id, chat.conversation.last_inbound_at), now)
    ends = min((at for at in (window, expires_at) if at is not None), default=None)
    row = replace(row, expires_at=ends)
    return [*unit, desk.store.outbox.put(row), *record, *desk.promising.stated(chat, facts, now)]


def may_be_read(rows: Sequence[Outgoing], now: datetime) -> str:
    """Whether what is being taken back was told: `told`, `maybe` (it is due this very moment, and may be on its way before it
    can be stopped), or `unsent`."""
    if any(row.status in MAY_BE_READ for row in rows):
        return "told"
    is_due = any(row.status is Status.PENDING and (row.not_before is None or row.not_before <= now) for row in rows)
    return "maybe" if is_due else "unsent"


def _guard(by_seller: bool, corrects: Sequence[str]) -> dict[str, Any] | None:
    guard = {**(BY_SELLER if by_seller else {}), **({CORRECTS: list(corrects)} if corrects else {})}
    return guard or None


def tell_owners_of(
    desk: Desk,
    parcel: Parcel,
    template: str,
    key: str,
    now: datetime,
    *,
    chat: Chat | None = None,
    buttons: Sequence[tuple[str, str, dict[str, Any]]] = (),
    **values: Any,
) -> list[Write]:
    """The same of a parcel to every owner, once per key; `buttons` are templates of labels, actions and data."""
    unit: list[Write] = []
    for owner in desk.people.owners:
        voice = desk.voice(owner)
        told = {**about(desk, parcel, voice.language), **values}
        labelled = [(desk.speech.seller(label, voice), action, data) for label, action, data in buttons]
        html = desk.speech.seller(template, voice, **told)
        unit += desk.speaking.tell_seller(
            owner, html, f"{key}:{owner}", now,
            buttons=[labelled] if labelled else (), conversation_id=chat.conversation.id if chat else None,
        )  # fmt: skip
    return unit


def worried(desk: Desk, parcel: Parcel, chat: Chat | None, name: str, worry: Worry, now: datetime) -> list[Write]:
    """The seller first: what is wrong with the parcel, and words for the buyer that a tap sends."""
    draft = ""
    if chat is not None:
        voice = buyers_voice(desk, chat, now)
        draft = plain_text(desk.speech.fact(sorry(desk, parcel, worry, voice.language), voice))
    data = {"parcel": parcel.id, "worry": worry.value}
    buttons = [("button_parcel_send", "parcel_sorry", data), ("button_parcel_leave", "parcel_leave", data)]
    return tell_owners_of(
        desk, parcel, "parcel_worry", f"parcel-worry:{parcel.id}:{worry}:{_stamp(parcel)}", now,
        chat=chat, buttons=buttons if chat is not None else (),
        worry=worry.value, name=name, draft=draft,
    )  # fmt: skip


def sorry(desk: Desk, parcel: Parcel, worry: Worry, language: str) -> Fact:
    """The apology that goes to the buyer when the seller says so."""
    return Fact("parcel_sorry", parcel.number, {**about(desk, parcel, language), "worry": worry.value})


def untold(desk: Desk, parcel: Parcel, name: str, what: str, key: str, now: datetime) -> list[Write]:
    """The buyer cannot be written to now: the seller has it to do."""
    return tell_owners_of(desk, parcel, "parcel_untold", key, now, name=name, what=what)


def _stamp(parcel: Parcel) -> str:
    return f"{(parcel.latest_at or parcel.shipped_at).timestamp():.0f}"
