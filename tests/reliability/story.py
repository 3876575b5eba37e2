"""One scripted story, told while something goes wrong at a numbered call, and what must have come of it.

Question → answer → sold-out offer → tap → /stock → push → a person is asked for → the seller replies to the card. Every call
of the database and of the Bot API passes a numbered seam; at one of them the program is killed, the call fails, or the task
that makes it is cancelled. The verdict is read from what stood in the people's chats, and from the tables.
"""

from __future__ import annotations

import asyncio
import json
import pickle
import shutil
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import aiohttp
from telegram.error import NetworkError

from clock import Clock
from console.importing import import_files
from core.understanding import Mind
from sandbox import Sandbox
from store import DatabaseUnavailable, open_store
from store.inbox import Fate
from store.outbox import Status
from tests.made_shop import MadeShop, make_shop
from tests.reliability.programs import OWNER, Bot, Elsewhere, InHere
from tests.seams import Numbered

BUYER, STOCK = 20001, 17
WORDS = "掌柜亲手写的：<b>明天</b> {{ 7*7 }} 给您留着"
SEED = 20261121
PATIENCE = 120.0
"""Real seconds a step of the story may take, restarts and all: far more than it needs, for the machine may be busy."""
SHORTEST = 1.5
"""Real seconds after which a program that stands still is started anew; twice as many each time after."""


@dataclass
class Told:
    """What came of a story: how often each effect was seen, and what is listed as unknown."""

    seen: Counter[str] = field(default_factory=Counter)
    unknown: Counter[str] = field(default_factory=Counter)
    order: list[str] = field(default_factory=list)
    stock_changes: int = 0
    left: list[str] = field(default_factory=list)

    EFFECTS = ("price", "offer", "noted", "push", "person", "words", "stock set", "card")

    def wrong(self) -> list[str]:
        """What is not as promised, in words; nothing when all is well."""
        found = list(self.left)
        for effect in self.EFFECTS:
            count, doubtful = self.seen[effect], self.unknown[effect]
            if count > 1:
                found.append(f"{effect}: {count} times")
            if count + doubtful == 0 and not (effect == "words" and not self.seen["card"]):
                found.append(f"{effect}: lost")
        found += [f"{effect}: {count} times unknown" for effect, count in self.unknown.items() if count > 1]
        wanted = [effect for effect in ("price", "offer", "noted", "push", "person", "words") if effect in self.order]
        if self.order != wanted:
            found.append(f"order: {self.order}")
        if self.stock_changes != 1:
            found.append(f"the stock was changed {self.stock_changes} times")
        return found


class Prepared:
    """A shop imported once, copied for every story."""

    def __init__(self, folder: Path, made: MadeShop) -> None:
        self.folder, self.made = folder, made

    @classmethod
    async def make(cls, folder: Path, mind: Mind) -> Prepared:
        made = make_shop(SEED)
        store = await open_store(f"sqlite:///{folder}/shop.db")
        await import_files(store, list(made.write(folder)), datetime.now(UTC))
        await store.close()
        (folder / "mind").write_bytes(pickle.dumps(mind))
        return cls(folder, made)

    @classmethod
    def at(cls, folder: Path) -> Prepared:
        return cls(folder, make_shop(SEED))

    def copy(self, to: Path) -> Path:
        to.mkdir(parents=True)
        shutil.copy(self.folder / "shop.db", to / "shop.db")
        (to / "mind").symlink_to(self.folder / "mind")
        return to


class Story:
    """The story, told to one bot."""

    def __init__(self, prepared: Prepared, sandbox: Sandbox, clock: Clock, bot: Bot, folder: Path) -> None:
        self.made, self.sandbox, self.clock, self.bot, self.folder = prepared.made, sandbox, clock, bot, folder
        self.owner, self.buyer = sandbox.seller(id=OWNER), sandbox.person("小林", "zh-hans", id=BUYER)
        self.patience = SHORTEST
        for person in (self.owner, self.buyer):
            person.chat.opened = True

    async def tell(self) -> Told:
        """From the first question to the seller's own words; the bot is started again whenever it died or stands still."""
        gone, there = self.made.lonely, self.made.plenty
        await self.bot.begin()
        await self.buyer.says(f"{there.title}{there.variant}多少钱")
        await self.until("price")
        await self.buyer.says(f"{gone.title}{gone.variant}有货吗")
        await self.until("offer")
        await self.buyer.presses(await self.button("notify"), wait=False)
        await self.until("noted")
        await self.owner.says(f"/stock {gone.sku} {STOCK}")
        await self.until("stock set")
        await self.until("push")
        await self.buyer.says("转人工")
        await self.until("person")
        await self.until("card")
        card = next((one for one in self.owner.sees if "转人工" in one.text), None)
        await self.rest()
        if card is not None:
            await self.owner.replies_to(card, WORDS)
            await self.until("words")
        told = await self.rest()
        await self.bot.end()
        return told

    async def rest(self) -> Told:
        """Wait until nothing is left to be done."""
        loop = asyncio.get_running_loop()
        began, self.patience = loop.time(), SHORTEST
        while (told := await self.look()).left and (waited := loop.time() - began) < PATIENCE:
            await self.step(max(waited, 0.3))
        return told

    def of(self, chat: int, text: str, has_buttons: bool) -> str:
        """Which effect this is that somebody saw, or was to see."""
        about, other = self.made.lonely.title in text, self.made.plenty.title in text
        if chat == OWNER:
            quoted = str(BUYER) in text  # a card about the buyer may quote what we said
            return "card" if "转人工" in text else "stock set" if about and str(STOCK) in text and not quoted else ""
        if text == WORDS:
            return "words"
        if other:
            return "price"
        if about:
            return "offer" if has_buttons else "push" if str(STOCK) in text else "noted"
        return "person"

    async def until(self, effect: str) -> None:
        """Wait until this was seen or is listed as unknown; help along a clock, and a bot that is no more."""
        loop = asyncio.get_running_loop()
        began, self.patience = loop.time(), SHORTEST
        while loop.time() - began < PATIENCE:
            if self.seen()[0][effect]:
                return
            if loop.time() - began > 0.4 and effect in (await self.look()).unknown:
                return
            await self.step(loop.time() - began)
        raise AssertionError(f"{effect} did not come about:\n{self.buyer.transcript()}\n{self.owner.transcript()}")

    async def step(self, waited: float) -> None:
        await asyncio.sleep(0.01)
        if not self.bot.is_alive:
            await self.bot.end()
            await self.bot.begin()
        elif isinstance(self.bot, InHere) and waited > 0.25:
            self.clock.move(timedelta(seconds=5))
            if waited > self.patience:  # a task that was cancelled is missed: start anew, and give it longer
                self.patience = 2 * waited
                await self.bot.end()
                await self.bot.begin()

    def seen(self) -> tuple[Counter[str], list[str]]:
        order = []
        found: Counter[str] = Counter()
        for call in self.sandbox.calls.sent():
            text = str(call.params.get("text") or call.params.get("caption") or "")
            effect = self.of(call.chat_id or 0, text, "reply_markup" in call.params)
            found[effect] += bool(effect)
            if effect and call.chat_id == BUYER:
                order.append(effect)
        return found, order

    async def look(self) -> Told:
        """What the chats and the tables say now. One that was dropped may hold the database, so it is let go first."""
        if not self.bot.is_alive:
            await self.bot.end()
            await self.bot.begin()
        seen, order = self.seen()
        told = Told(seen, order=order)
        try:
            store = await open_store(f"sqlite:///{self.folder}/shop.db")
        except DatabaseUnavailable:  # it was dropped this moment
            told.left.append("the database is held")
            return told
        try:
            for row in await store.doubts.all():
                text = str(row.payload.get("text") or row.payload.get("caption") or "")
                told.unknown[self.of(row.chat_id, text, "reply_markup" in row.payload) or row.method] += 1
                key = f"unknown:{row.id}:{OWNER}"
                if row.chat_id == BUYER and await store.outbox.by_key(key) is None:
                    told.left.append(f"unknown {row.id} is not told to the seller")
            inbox, outbox = await store.inbox.counts(), await store.outbox.counts()
            told.left += [f"{inbox[fate]} updates {fate}" for fate in (Fate.NEW, Fate.DEAD) if inbox.get(fate)]
            unfinished = (Status.PENDING, Status.SENDING, Status.FAILED)
            told.left += [f"{outbox[one]} messages {one}" for one in unfinished if outbox.get(one)]
            history = await store.stock_history.of(self.made.lonely.sku)
            told.stock_changes = sum(one.after == STOCK for one in history)
        finally:
            await store.close()
        if len(self.sandbox.world.updates):
            told.left.append("updates wait at Telegram's")
        return told

    async def button(self, action: str) -> str:
        """The data of the offer's button, also where the buyer cannot see it."""
        await self.rest()
        store = await open_store(f"sqlite:///{self.folder}/shop.db")
        try:
            for call in reversed(self.sandbox.calls.sent(BUYER)):
                markup = call.params.get("reply_markup")
                rows = (json.loads(markup) if isinstance(markup, str) else markup or {}).get("inline_keyboard", [])
                for spot in (spot for row in rows for spot in row):
                    found = await store.buttons.get(str(spot.get("callback_data")))
                    if found is not None and found.action == action:
                        return found.id
            for row in await store.doubts.all():
                for spot in (spot for line in row.payload["reply_markup"]["inline_keyboard"] for spot in line):
                    found = await store.buttons.get(str(spot.get("callback_data")))
                    if found is not None and found.action == action:
                        return found.id
        finally:
            await store.close()
        raise AssertionError(f"no button does {action}")


def fails(name: str) -> None:
    """The call fails: the database cannot be reached; of a call to Telegram nobody knows what became of it."""
    if name.startswith("db:"):
        raise DatabaseUnavailable("the disk is full")
    raise NetworkError("lost") from aiohttp.ServerDisconnectedError()


async def is_cancelled(_: str) -> None:
    """Whoever makes the call is cancelled at it."""
    task = asyncio.current_task()
    assert task is not None
    task.cancel()
    await asyncio.sleep(1)


def is_killed(_: str) -> None:
    """The program is dropped at the call: stands for `InHere.drop`."""


FAULTS = {"exception": fails, "cancel": is_cancelled, "kill": is_killed}
Fault = Callable[[str], Awaitable[None] | None]


async def told_with(
    prepared: Prepared, folder: Path, mind: Mind, fault: Fault | None, number: int
) -> tuple[Told, list[str]]:
    """The story with this fault at the n-th seam (None: none); returns what came of it and the seams that were passed."""
    clock = Clock()
    async with Sandbox(clock) as sandbox:
        struck: list[str] = []

        def wanted(count: int, name: str) -> bool:
            if count == number:
                struck.append(name)
            return count == number and fault is not None

        seam = Numbered(lambda: (bot.drop if fault is is_killed else fault)(struck[-1]) if fault else None, wanted)
        bot = InHere(prepared.copy(folder), sandbox, clock, mind, seam)
        told = await Story(prepared, sandbox, clock, bot, folder).tell()
    return told, seam.passed


async def told_killed(prepared: Prepared, folder: Path, number: int) -> tuple[Told, bool]:
    """The story with kill -9 at the n-th seam; returns what came of it and whether the kill struck."""
    clock = Clock()
    async with Sandbox(clock) as sandbox:
        bot = Elsewhere(prepared.copy(folder), sandbox, number)
        told = await Story(prepared, sandbox, clock, bot, folder).tell()
    return told, bot.was_killed
