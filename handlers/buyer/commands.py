"""The buyer's commands: /start /help /human /lang /notify /stop, and one neutral line for every other."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass, replace
from datetime import datetime
from functools import wraps
from typing import Any

from telegram import Update

from core.answering.courtesy import about_presence
from core.answering.goods import item_card
from core.answering.ordering import status, tell_status
from core.answering.values import Answer, Button, Fact
from core.asks import Ask
from handlers.buyer.meeting import clean, meet
from handlers.buyer.messages import keep_line
from handlers.chats import Chat, OpenTurn
from handlers.composing import LANGUAGES, PINNED, scene_for, voice_for
from handlers.desk import Context, Desk
from store.turns import Turn
from store.writing import Write

SWITCHES = ("restock", "parcels", "news", "care")
"""The classes of push a buyer may switch. Restock and parcels are on until switched off, news and care are off."""
MOST_ORDERS = 10
SPOKEN = {"zh": "zh", "cn": "zh", "hans": "zh", "简体": "zh", "中文": "zh", "hant": "zh_hant", "tw": "zh_hant", "hk": "zh_hant", "繁體": "zh_hant", "繁体": "zh_hant", "en": "en", "english": "en", "英文": "en", "英语": "en", "英語": "en", "简体中文": "zh", "簡體": "zh", "繁體中文": "zh_hant", "繁体中文": "zh_hant", "chinese": "zh"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Given:
    """A command a buyer gave: the chat (held), the words after the command, the time, and a key that is this command's own."""

    desk: Desk
    chat: Chat
    words: tuple[str, ...]
    now: datetime
    key: str

    def say(
        self,
        *facts: Fact,
        question: Fact | None = None,
        buttons: tuple[tuple[Button, ...], ...] = (),
        photos: tuple[str, ...] = (),
    ) -> list[Write]:
        """The writes that say this to the buyer, in their language."""
        voice = voice_for(self.chat, self.desk.shelf.now, self.now)
        answer = Answer(facts=facts, question=question, buttons=buttons, photos=photos)
        return self.desk.speaking.reply(
            self.chat, answer, voice, self.desk.speech.message(answer, voice), self.key, self.now, None
        )


def command(work: Callable[[Given], Awaitable[list[Write]]]) -> Callable[[Update, Context], Coroutine[Any, Any, None]]:
    """A handler that meets the buyer, keeps the command as a message, and commits it with the writes that `work` returns.
    A blocked buyer gets silence."""

    @wraps(work)
    async def on_command(update: Update, context: Context) -> None:
        desk, message, user = context.desk, update.effective_message, update.effective_user
        if message is None or user is None:
            return await desk.write([])
        now = desk.clock.now()
        chat, unit = await meet(desk, user, message.chat.id, now)
        if chat.buyer.is_blocked:
            return await desk.write([])
        text = clean(message.text or "")
        _, kept = keep_line(desk, chat, message, text)
        job = desk.job()
        async with chat.held():
            given = Given(desk, chat, tuple(text.split()[1:]), now, f"command:{job.seq if job else now.timestamp()}")
            done = await work(given)
            chat.change(last_inbound_at=now, last_outbound_at=now)
            await desk.write([*unit, *kept, *done, desk.store.conversations.save(chat.conversation)])
        return None

    return on_command


@command
async def on_start(given: Given) -> list[Write]:
    """A greeting by presence; a deep link's payload opens an item or remembers where the buyer came from."""
    desk, chat, now = given.desk, given.chat, given.now
    payload = given.words[0] if given.words else ""
    if payload.startswith("o_"):
        return await _open_order(given, payload.removeprefix("o_"))
    unit = _from_where(desk, chat, payload)
    if chat.buyer.has_stopped:
        chat.buyer = replace(chat.buyer, stopped_at=None)
        unit.append(desk.store.buyers.stopped(chat.buyer.id, None))
    snapshot = await desk.shelf.fresh()
    shop = snapshot.shop
    welcome = {"shop": shop.name, "shop_en": shop.name_en, "presence": snapshot.presence(now)}
    chat.change(disclosed_at=now)
    one = snapshot.catalogue.get(payload.removeprefix("i_")) if payload.startswith("i_") else None
    greeting = Fact("welcome", about_presence(snapshot.presence(now)), welcome)
    chat.told[greeting.key] = now
    unit += desk.store.told.tell(chat.conversation.id, [greeting.key], now)
    if one is None:
        return [*unit, *given.say(greeting)]
    item = item_card(one, scene_for(chat, snapshot, "", now, voice_for(chat, snapshot, now).language))
    chat.change(last_products=item.products, last_products_at=now)
    said = given.say(greeting, *item.facts, question=item.question, photos=item.photos)
    return [*unit, *said]


@command
async def on_help(given: Given) -> list[Write]:
    return given.say(Fact("help"))


@command
async def on_unknown(given: Given) -> list[Write]:
    """The same neutral line for a command that does not exist and for one that is not the buyer's. Who only plays the buyer
    is told how to be the seller again."""
    desk, who = given.desk, given.chat.conversation.chat_id
    if who in desk.people.testers:
        html = desk.speech.seller("test_goes_on", desk.voice(who))
        return desk.speaking.tell_seller(who, html, given.key, given.now)
    return given.say(Fact("unknown_command"))


@command
async def on_human(given: Given) -> list[Write]:
    """A person is called, whatever was asked before."""
    desk, chat, now = given.desk, given.chat, given.now
    words = " ".join(given.words) or "/human"
    unit = await desk.turns.flush(chat, now) if chat.open_turn is not None else []
    opened = OpenTurn(Turn(chat.conversation.id, now, now))
    ask = Ask("human", 1.0, (0, len(words)), source="rule", why="/human")
    answered = await desk.turns.answer_words(chat, words, now, opened, instead=(ask,))
    return [*unit, desk.store.turns.put(opened.turn), *answered]


@command
async def on_lang(given: Given) -> list[Write]:
    """A language chosen here stays, whatever the buyer writes."""
    wanted = spoken(given.words[0]) if given.words else None
    if wanted is None:
        rows = tuple(
            (Button(Fact("button_language", values={"language": key}), "language", {"language": key}),)
            for key in LANGUAGES
        )
        return given.say(question=Fact("language_which"), buttons=rows)
    return [*choose_language(given.desk, given.chat, wanted, given.now), *given.say(Fact("language_set"))]


@command
async def on_notify(given: Given) -> list[Write]:
    """Each class of push has its own switch."""
    return given.say(Fact("notify_menu"), buttons=switches(given.chat))


@command
async def on_order(given: Given) -> list[Write]:
    """/order: the buyer's own orders, the newest first; /order NO: that one, if it is theirs."""
    desk, chat = given.desk, given.chat
    snapshot = await desk.shelf.fresh()
    orders = tuple(await desk.store.orders.of_buyer(chat.buyer.id, MOST_ORDERS))
    if not orders and not given.words:
        return given.say(Fact("no_orders"))
    words = " ".join(given.words)
    scene = scene_for(chat, snapshot, words, given.now, voice_for(chat, snapshot, given.now).language, orders, words)
    if not words:
        return given.say(*(status(one, scene) for one in orders))
    return given.say(*tell_status(Ask("order_status", 1.0, (0, len(words))), scene).facts)


@command
async def on_stop(given: Given) -> list[Write]:
    """From now on only the buyer's own questions are answered."""
    given.chat.buyer = replace(given.chat.buyer, stopped_at=given.now)
    return [given.desk.store.buyers.stopped(given.chat.buyer.id, given.now), *given.say(Fact("stopped"))]


async def _open_order(given: Given, token: str) -> list[Write]:
    """A deep link to an order: for its buyer, or, of an order that has none yet, for whoever opens it first.

    To everybody else it looks like a link that never was.
    """
    desk, chat, now = given.desk, given.chat, given.now
    order = await desk.store.orders.by_token(token)
    unit: list[Write] = []
    if order is not None and order.buyer_id is None and order.is_open:
        order = replace(order, buyer_id=chat.buyer.id)
        unit = [*desk.store.orders.save(order, "opened", f"buyer:{chat.buyer.id}", now)]
        unit += desk.promising.owed(order, f"buyer:{chat.buyer.id}", now) if order.is_paid else []
    if order is None or order.buyer_id != chat.buyer.id:
        return given.say(Fact("link_dead"))
    snapshot = await desk.shelf.fresh()
    scene = scene_for(chat, snapshot, "", now, voice_for(chat, snapshot, now).language, (order,))
    return [*unit, *given.say(*tell_status(Ask("order_status", 1.0, (0, 0)), scene).facts)]


def spoken(word: str) -> str | None:
    """The language a person names: "zh", "zh_hant" or "en"; None for any other word."""
    return SPOKEN.get(word.lower().replace("zh-", "").replace("zh_", ""))


def switches(chat: Chat) -> tuple[tuple[Button, ...], ...]:
    """A button per class, saying how it stands."""
    return tuple(
        (Button(Fact("notify_class", values={"name": name, "on": is_on(chat, name)}), "switch", {"kind": name}),)
        for name in SWITCHES
    )


def is_on(chat: Chat, kind: str) -> bool:
    """Whether the buyer wants pushes of this class."""
    return chat.wants(kind)


def choose_language(desk: Desk, chat: Chat, wanted: str, now: datetime) -> list[Write]:
    """The buyer chose: "zh", "zh_hant" or "en"."""
    language, script = LANGUAGES[wanted]
    chat.buyer = replace(chat.buyer, language=language, script=script)
    chat.switches[PINNED] = True
    return [
        desk.store.buyers.speaks(chat.buyer.id, language, script),
        desk.store.buyers.switch(chat.buyer.id, PINNED, True, now),
    ]


def _from_where(desk: Desk, chat: Chat, payload: str) -> list[Write]:
    """`src_` and `ref_` of a deep link: where the buyer came from, once."""
    if payload.startswith("src_") and not chat.buyer.source:
        chat.buyer = replace(chat.buyer, source=payload[4:])
        return [desk.store.buyers.set_field(chat.buyer.id, "source", payload[4:])]
    if payload.startswith("ref_") and not chat.buyer.source:
        chat.buyer = replace(chat.buyer, source=payload)
        return [desk.store.buyers.set_field(chat.buyer.id, "source", payload)]
    return []
