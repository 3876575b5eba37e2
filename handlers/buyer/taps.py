"""A buyer taps a button: it does one thing, once, and only for the person it was shown to."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from telegram import CallbackQuery, Message, Update

from core.answering.answering import handed_over
from core.answering.buying import wants_to_order
from core.answering.goods import item_card
from core.answering.values import Answer, Fact, Handover, Telling
from core.asks import Ask, Understanding
from handlers.buyer.commands import choose_language, is_on, switches
from handlers.buyer.parcels import parcel_mode, parcel_problem
from handlers.calls import keyboard_of
from handlers.chats import Chat, OpenTurn
from handlers.composing import Composed, compose_telling, scene_for, voice_for
from handlers.desk import Context, Desk
from handlers.reading import wishing
from handlers.shelf import Snapshot
from store.buttons import Button
from store.errors import RowRefused
from store.messages import Message as Kept
from store.messages import Who
from store.turns import Turn
from store.waiting import Waiting
from store.writing import Write

REPEATABLE = frozenset({"switch", "parcel_mode"})
"""Buttons that may be tapped again and again."""


async def on_tap(update: Update, context: Context, button: Button) -> None:
    """Do what the button says, and tell the phone so that it stops waiting."""
    query, desk = update.callback_query, context.desk
    assert query is not None
    now = desk.clock.now()
    through = getattr(query.message, "business_connection_id", None) or ""
    chat = await desk.chats.find(button.chat_id, through, now)
    if chat is None or chat.buyer.is_blocked:
        return await refuse(desk, query, chat)
    try:
        async with chat.held():
            unit: list[Write] = (
                [] if button.action in REPEATABLE else [desk.store.buttons.use(button.id, query.from_user.id, now)]
            )
            unit += _tapped(desk, chat, query, now)
            effect = await EFFECTS[button.action](desk, chat, button, now, query)
            chat.change(last_inbound_at=now)
            await desk.write([*unit, *effect, desk.store.conversations.save(chat.conversation)])
    except RowRefused:
        return await refuse(desk, query, chat)
    if desk.answer_tap:
        await desk.answer_tap(query.id)
    return None


async def refuse(desk: Desk, query: CallbackQuery, chat: Chat | None = None) -> None:
    """A second tap, a stranger's tap, a stale or forged one: nothing changes."""
    await desk.write([])
    voice = voice_for(chat, desk.shelf.now, desk.clock.now())
    if desk.answer_tap:
        await desk.answer_tap(query.id, desk.speech.buyer("stale_button", voice))


async def _see(desk: Desk, chat: Chat, button: Button, now: datetime, query: CallbackQuery) -> list[Write]:
    """[看这款]: the substitute itself, as it is now."""
    snapshot = await desk.shelf.fresh()
    one = snapshot.catalogue.get(str(button.data["sku"]))
    if one is None:
        return []
    telling = item_card(one, _scene(chat, snapshot, now))
    chat.change(last_products=(one.sku,), last_products_at=now)
    return _say(desk, chat, compose_telling(telling, chat, snapshot, desk.speech, now, ("stock", "price")), button, now)


async def _notify(desk: Desk, chat: Chat, button: Button, now: datetime, query: CallbackQuery) -> list[Write]:
    """[有货通知我]: on the waiting list, once."""
    snapshot = await desk.shelf.fresh()
    sku = str(button.data["sku"])
    one = snapshot.catalogue.get(sku)
    waiting = await desk.store.waiting.of_buyer(chat.buyer.id)
    if one is None:
        return []
    words = one.words(voice_for(chat, snapshot, now).language)
    values = {"title": words.title, "variant": words.variant}
    already = any(entry.sku == sku for entry in waiting)
    fact = Fact("notify_already") if already else Fact("notify_noted", sku, values)
    said = _say(desk, chat, compose_telling(Telling((fact,)), chat, snapshot, desk.speech, now), button, now)
    return [desk.store.waiting.add(Waiting(chat.buyer.id, sku, now, chat.conversation.id)), *said]


async def _no_thanks(desk: Desk, chat: Chat, button: Button, now: datetime, query: CallbackQuery) -> list[Write]:
    """[不用了]: one friendly word, and no more of it (S4 tip 1)."""
    snapshot = await desk.shelf.fresh()
    chat.change(last_word_at=now)
    return _say(
        desk, chat, compose_telling(Telling((Fact("no_thanks"),)), chat, snapshot, desk.speech, now), button, now
    )


async def _tip(desk: Desk, chat: Chat, button: Button, now: datetime, query: CallbackQuery) -> list[Write]:
    """How to get the best out of it, as it stands on file (S4 tip 4)."""
    snapshot = await desk.shelf.fresh()
    one = snapshot.catalogue.get(str(button.data["sku"]))
    words = one.words(voice_for(chat, snapshot, now).language) if one else None
    if words is None or not words.howto:
        return []
    telling = Telling((Fact("howto", str(button.data["sku"]), {"title": words.title, "text": words.howto}),))
    return _say(desk, chat, compose_telling(telling, chat, snapshot, desk.speech, now), button, now)


async def _which(desk: Desk, chat: Chat, button: Button, now: datetime, query: CallbackQuery) -> list[Write]:
    """The buyer said which product was meant: all that waits for it is answered."""
    name, skus = str(button.data["ask"]), tuple(button.data["skus"])
    waiting = chat.pending.asks if name in chat.pending.asks else (name,)
    words = (
        chat.pending.words
        if set(skus) < set(chat.pending.choices) and (chat.pending.many or wants_to_order(chat.pending.words))
        else ""
    )
    asks = tuple(Ask(one, 1.0, (0, len(words)), skus, source="context", why="button") for one in waiting)
    if words:
        asks = wishing(
            Understanding("", "", asks), (words,), (await desk.shelf.minded())[1], chat.pending.many
        ).asks  # the colour that was left open: it is wanted
    return await _answered(desk, chat, asks, words, now)


async def _meant(desk: Desk, chat: Chat, button: Button, now: datetime, query: CallbackQuery) -> list[Write]:
    """The buyer said what was meant: the words are answered so, and kept as an example."""
    words = str(button.data["text"])
    products = chat.conversation.last_products
    ask = Ask(str(button.data["ask"]), 1.0, (0, len(words)), products, source="context", why="button")
    noted = desk.noted(chat.buyer.id, "meant", f"buyer:{chat.buyer.id}", now, text=words, ask=ask.name)
    labelled = desk.store.labelled.add(words, ask.name, now, chat.conversation.id)
    return [noted, labelled, *await _answered(desk, chat, (ask,), words, now)]


async def _not_meant(desk: Desk, chat: Chat, button: Button, now: datetime, query: CallbackQuery) -> list[Write]:
    """[都不是]: none of what was offered was meant; a person sees the very words."""
    words, snapshot = str(button.data["text"]), await desk.shelf.fresh()
    voice = voice_for(chat, snapshot, now)
    decided = handed_over((Handover("unclear", words),), scene_for(chat, snapshot, words, now, voice.language))
    heard = Understanding(voice.language, voice.script)
    composed = Composed(heard, decided, voice, desk.speech.message(decided, voice), words)
    turn = Turn(chat.conversation.id, now, now)
    unit = await desk.turns.flush(chat, now) if chat.open_turn is not None else []
    unit += [desk.store.turns.put(turn), *_say(desk, chat, composed, button, now)]
    muted = chat.conversation.is_muted(now)
    if muted:
        unit += await desk.cards.heard(chat, [words], ("muted",), now)
    else:
        unit += await desk.cards.handed_over(chat, composed, words, now)
    unit.append(desk.store.turns.close(turn, "muted" if muted else "handed_over", now))
    chat.wait_for_a_person(("unclear",), now)
    return unit


async def _language(desk: Desk, chat: Chat, button: Button, now: datetime, query: CallbackQuery) -> list[Write]:
    unit = choose_language(desk, chat, str(button.data["language"]), now)
    snapshot = await desk.shelf.fresh()
    fact = Telling((Fact("language_set"),))
    return [*unit, *_say(desk, chat, compose_telling(fact, chat, snapshot, desk.speech, now), button, now)]


async def _switch(desk: Desk, chat: Chat, button: Button, now: datetime, query: CallbackQuery) -> list[Write]:
    """One class of push on or off; the menu shows it."""
    kind = str(button.data["kind"])
    chat.switches[kind] = not is_on(chat, kind)
    unit: list[Write] = [desk.store.buyers.switch(chat.buyer.id, kind, chat.switches[kind], now)]
    voice = voice_for(chat, desk.shelf.now, now)
    rows = desk.speaking.keyboard(chat, switches(chat), voice, now, unit)
    if isinstance(query.message, Message):
        payload: dict[str, Any] = {"message_id": query.message.message_id, "reply_markup": rows}
        key = f"switch:{button.id}:{now.timestamp():.6f}"
        unit += desk.speaking.change(chat, "editMessageReplyMarkup", payload, key, now)
    return unit


EFFECTS = {
    "parcel_mode": parcel_mode,
    "parcel_problem": parcel_problem,
    "see": _see,
    "notify": _notify,
    "no_thanks": _no_thanks,
    "tip": _tip,
    "which": _which,
    "meant": _meant,
    "not_meant": _not_meant,
    "language": _language,
    "switch": _switch,
}


async def _answered(desk: Desk, chat: Chat, asks: tuple[Ask, ...], words: str, now: datetime) -> list[Write]:
    opened = OpenTurn(Turn(chat.conversation.id, now, now))
    unit: list[Write] = []
    if chat.open_turn is not None:
        unit += await desk.turns.flush(chat, now)
    unit.append(desk.store.turns.put(opened.turn))
    return [*unit, *await desk.turns.answer_words(chat, words, now, opened, instead=asks)]


def _say(desk: Desk, chat: Chat, composed: Composed, button: Button, now: datetime) -> list[Write]:
    """Word it, unless a person has the chat."""
    answer: Answer = composed.answer
    if chat.conversation.is_muted(now) or answer.is_silent:
        return []
    if any(fact.name == "automatic" for fact in answer.facts):
        chat.change(disclosed_at=now)
    chat.change(last_outbound_at=now)
    for fact in answer.said:
        chat.told[fact.key] = now
    told = desk.store.told.tell(chat.conversation.id, (fact.key for fact in answer.said), now)
    return [*desk.speaking.reply(chat, answer, composed.voice, composed.html, f"tap:{button.id}", now, None), *told]


def _scene(chat: Chat, snapshot: Snapshot, now: datetime) -> Any:
    return scene_for(chat, snapshot, "", now, voice_for(chat, snapshot, now).language)


def _tapped(desk: Desk, chat: Chat, query: CallbackQuery, now: datetime) -> list[Write]:
    """The tap, kept as something the buyer said."""
    label = keyboard_of(query).get(query.data or "", "")
    job = desk.job()
    kept = Kept(chat.conversation.id, Who.BUYER, f"[{label}]", now, inbox_seq=job.seq if job else None)
    return list(desk.store.messages.add(kept))
