"""The buyer's commands: /start /help /human /lang /notify /stop, and one neutral line for every other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from telegram import Update

from core.answering.values import Answer, Button, Fact
from core.asks import Ask
from handlers.buyer.meeting import clean, meet
from handlers.buyer.messages import keep_line
from handlers.chats import Chat, OpenTurn
from handlers.composing import LANGUAGES, PINNED, compose_telling, scene_for, voice_for
from handlers.desk import Context, Desk
from store.turns import Turn
from store.writing import Write

SWITCHES = ("restock", "parcels", "news", "care")
"""The classes of push a buyer may switch. Restock and parcels are on until switched off, news and care are off."""
ON_BY_DEFAULT = frozenset({"restock", "parcels"})
SPOKEN = {"zh": "zh", "cn": "zh", "hans": "zh", "简体": "zh", "中文": "zh", "hant": "zh_hant", "tw": "zh_hant", "hk": "zh_hant", "繁體": "zh_hant", "繁体": "zh_hant", "en": "en", "english": "en"}  # fmt: skip


async def on_start(update: Update, context: Context) -> None:
    """A greeting by presence; a deep link's payload opens an item or remembers where the buyer came from."""
    desk, now = context.desk, context.desk.clock.now()
    found = await _begin(update, desk, now)
    if found is None:
        return
    chat, unit = found
    async with chat.held():
        payload = clean(context.args[0]) if context.args else ""
        if chat.buyer.has_stopped:
            unit.append(desk.store.buyers.stopped(chat.buyer.id, None))
        chat.buyer = replace(chat.buyer, stopped_at=None)
        unit += _from_where(desk, chat, payload)
        snapshot = await desk.shelf.fresh()
        one = snapshot.catalogue.get(payload.removeprefix("i_")) if payload.startswith("i_") else None
        shop = snapshot.shop
        fact = Fact("welcome", values={"shop": shop.name, "shop_en": shop.name_en, "presence": snapshot.presence(now)})
        unit += _say(desk, chat, Answer(facts=(fact,)), f"start:{_seq(desk)}", now)
        chat.change(disclosed_at=now)
        if one is not None:
            from core.answering.goods import item_card

            voice = voice_for(chat, snapshot, now)
            telling = item_card(one, scene_for(chat, snapshot, "", now, voice.language))
            composed = compose_telling(telling, chat, snapshot, desk.speech, now)
            unit += desk.speaking.reply(
                chat, composed.answer, voice, composed.html, f"start:{_seq(desk)}:item", now, None
            )
            chat.change(last_products=(one.sku,), last_products_at=now)
        await _save(desk, chat, unit, now)


async def on_help(update: Update, context: Context) -> None:
    await _say_one(update, context.desk, Fact("help"))


async def on_unknown(update: Update, context: Context) -> None:
    """The same neutral line for a command that does not exist and for one that is not the buyer's."""
    await _say_one(update, context.desk, Fact("unknown_command"))


async def on_human(update: Update, context: Context) -> None:
    """A person is called, whatever was asked before."""
    desk, now = context.desk, context.desk.clock.now()
    found = await _begin(update, desk, now)
    if found is None:
        return
    chat, unit = found
    async with chat.held():
        words = clean(" ".join(context.args or ())) or "/human"
        opened = OpenTurn(Turn(chat.conversation.id, now, now))
        if chat.open_turn is not None:
            unit += await desk.turns.flush(chat, now)
        ask = Ask("human", 1.0, (0, len(words)), source="rule", why="/human")
        chat.change(last_inbound_at=now)
        unit.append(desk.store.turns.put(opened.turn))
        unit += await desk.turns.answer_words(chat, words, now, opened, instead=(ask,))
        await desk.write(unit)


async def on_lang(update: Update, context: Context) -> None:
    """A language chosen here stays, whatever the buyer writes."""
    desk, now = context.desk, context.desk.clock.now()
    found = await _begin(update, desk, now)
    if found is None:
        return
    chat, unit = found
    async with chat.held():
        wanted = (
            SPOKEN.get(clean(context.args[0]).lower().replace("zh-", "").replace("zh_", "")) if context.args else None
        )
        if wanted is not None:
            unit += choose_language(desk, chat, wanted, now)
            unit += _say(desk, chat, Answer(facts=(Fact("language_set"),)), f"lang:{_seq(desk)}", now)
        else:
            rows = tuple(
                (Button(Fact("button_language", values={"language": key}), "language", {"language": key}),)
                for key in LANGUAGES
            )
            unit += _say(desk, chat, Answer(question=Fact("language_which"), buttons=rows), f"lang:{_seq(desk)}", now)
        await _save(desk, chat, unit, now)


async def on_notify(update: Update, context: Context) -> None:
    """Each class of push has its own switch."""
    desk, now = context.desk, context.desk.clock.now()
    found = await _begin(update, desk, now)
    if found is None:
        return
    chat, unit = found
    async with chat.held():
        unit += _say(
            desk, chat, Answer(facts=(Fact("notify_menu"),), buttons=switches(chat)), f"notify:{_seq(desk)}", now
        )
        await _save(desk, chat, unit, now)


async def on_stop(update: Update, context: Context) -> None:
    """From now on only the buyer's own questions are answered."""
    desk, now = context.desk, context.desk.clock.now()
    found = await _begin(update, desk, now)
    if found is None:
        return
    chat, unit = found
    async with chat.held():
        chat.buyer = replace(chat.buyer, stopped_at=now)
        unit.append(desk.store.buyers.stopped(chat.buyer.id, now))
        unit += _say(desk, chat, Answer(facts=(Fact("stopped"),)), f"stop:{_seq(desk)}", now)
        await _save(desk, chat, unit, now)


def switches(chat: Chat) -> tuple[tuple[Button, ...], ...]:
    """A button per class, saying how it stands."""
    return tuple(
        (Button(Fact("notify_class", values={"name": name, "on": is_on(chat, name)}), "switch", {"kind": name}),)
        for name in SWITCHES
    )


def is_on(chat: Chat, kind: str) -> bool:
    """Whether the buyer wants pushes of this class."""
    return chat.switches.get(kind, kind in ON_BY_DEFAULT)


def choose_language(desk: Desk, chat: Chat, wanted: str, now: datetime) -> list[Write]:
    """The buyer chose: "zh", "zh_hant" or "en"."""
    language, script = LANGUAGES[wanted]
    chat.buyer = replace(chat.buyer, language=language, script=script)
    chat.switches[PINNED] = True
    return [
        desk.store.buyers.speaks(chat.buyer.id, language, script),
        desk.store.buyers.switch(chat.buyer.id, PINNED, True, now),
    ]


async def _begin(update: Update, desk: Desk, now: datetime) -> tuple[Chat, list[Write]] | None:
    """Meet the buyer and keep the command as a message. None (and the update is done) for a blocked one."""
    message, user = update.effective_message, update.effective_user
    if message is None or user is None:
        await desk.write([])
        return None
    chat, unit = await meet(desk, user, message.chat.id, now)
    if chat.buyer.is_blocked:
        await desk.write([])
        return None
    _, kept = keep_line(desk, chat, message, clean(message.text or ""))
    return chat, [*unit, *kept]


async def _say_one(update: Update, desk: Desk, fact: Fact) -> None:
    now = desk.clock.now()
    found = await _begin(update, desk, now)
    if found is None:
        return
    chat, unit = found
    async with chat.held():
        unit += _say(desk, chat, Answer(facts=(fact,)), f"{fact.name}:{_seq(desk)}", now)
        await _save(desk, chat, unit, now)


def _say(desk: Desk, chat: Chat, answer: Answer, key: str, now: datetime) -> list[Write]:
    voice = voice_for(chat, desk.shelf.now, now)
    return desk.speaking.reply(chat, answer, voice, desk.speech.message(answer, voice), key, now, None)


async def _save(desk: Desk, chat: Chat, unit: Sequence[Write], now: datetime) -> None:
    chat.change(last_inbound_at=now, last_outbound_at=now)
    await desk.write([*unit, desk.store.conversations.save(chat.conversation)])


def _from_where(desk: Desk, chat: Chat, payload: str) -> list[Write]:
    """`src_` and `ref_` of a deep link: where the buyer came from, once."""
    if payload.startswith("src_") and not chat.buyer.source:
        chat.buyer = replace(chat.buyer, source=payload[4:])
        return [desk.store.buyers.set_field(chat.buyer.id, "source", payload[4:])]
    if payload.startswith("ref_") and not chat.buyer.source:
        chat.buyer = replace(chat.buyer, source=payload)
        return [desk.store.buyers.set_field(chat.buyer.id, "source", payload)]
    return []


def _seq(desk: Desk) -> int:
    job = desk.job()
    return job.seq if job is not None else int(desk.clock.now().timestamp() * 1e6)
