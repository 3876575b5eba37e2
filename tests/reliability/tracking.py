"""A whole round of questions to a carrier while the program is killed again and again.

    python -m tests.reliability.tracking [--parcels 50000] [--kills 40] [--seconds 240] [--postgres] [--seed N]

This process plays Telegram and 17TRACK; the bot is another, with a clock that lets twelve hours pass in `--seconds`, killed
by SIGKILL at random and started anew. At the end every parcel has finished exactly one round, every change has reached its
buyer exactly once, and a question was repeated only where a kill cut it off. Exit status 1 when a promise is broken.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import signal
import sys
import tempfile
import time
from collections import Counter
from contextlib import AsyncExitStack, nullcontext
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import func, select

from clock import Clock
from core.orders import Order, State
from core.tracking.following import Mode
from core.tracking.values import Status
from sandbox import Person, Sandbox
from store import Store, Write, open_store
from store.outbox import Status as Sent
from store.parcels import Parcel
from store.tables import outbox, parcels
from tests.carriers.pretend import KEY, PretendCarriers

ROUND = timedelta(hours=12)
BUYERS, OWNER = 20, 10001
CHANGED = 10
"""One in so many parcels stands elsewhere than before."""
BEGAN = datetime(2026, 11, 20, 1, 0, tzinfo=UTC)
SLICE = 2000
DUE, FAST, REST = 0.9, 0.95, 0.97
"""Parts of the round: by when every parcel is due, how long the hours fly, and from when on what was cut off is finished at
the clock's own pace. Between them the last leases run out, and the next round is still far."""


class FastClock(Clock):
    """Lets `speed` seconds pass in one, from a moment on that every life of the program shares."""

    def __init__(self, began: datetime, since: float, speed: float) -> None:
        super().__init__()
        self._began, self._since, self._speed = began, since, speed

    def now(self) -> datetime:
        return self._began + timedelta(seconds=max(0.0, time.time() - self._since) * self._speed)

    async def sleep_until(self, when: datetime) -> None:
        while (left := (when - self.now()).total_seconds()) > 0:  # noqa: ASYNC110 - nobody is there to set an event
            await asyncio.sleep(min(max(left / self._speed, 0.005), 1.0))

    async def sleep(self, seconds: float) -> None:
        await self.sleep_until(self.now() + timedelta(seconds=seconds))


@dataclass
class Outcome:
    """What a run saw. `wrong` are broken promises."""

    parcels: int
    changed: int
    kills: int = 0
    rounds: Counter[int] = field(default_factory=Counter)
    asked: int = 0
    again: int = 0
    told: int = 0
    unknown: int = 0
    twice: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)
    seconds: float = 0.0
    doubts: int = 1
    """Sends that may be left in doubt by a kill, on an average; in a short run on a busy machine chance makes it more."""

    @property
    def wrong(self) -> list[str]:
        odd = [f"{count} parcels finished {rounds} rounds" for rounds, count in self.rounds.items() if rounds != 1]
        often = [f"{self.again} questions again after {self.kills} kills"] if self.again > 40 * self.kills else []
        unknown = (
            [f"{self.unknown} unknown after {self.kills} kills"] if self.unknown > self.doubts * self.kills else []
        )
        return [*odd, *often, *unknown, *self.twice, *self.lost, *self.complaints]

    def table(self) -> str:
        rows = [
            ("live parcels", self.parcels), ("kill -9", self.kills), ("finished exactly one round", self.rounds[1]),
            ("finished none, or more", self.parcels - self.rounds[1]), ("asked for", self.asked), ("… again, cut off by a kill", self.again),
            ("changes", self.changed), ("told, each once", self.told), ("… unknown whether it arrived, listed", self.unknown),
            ("told twice", len(self.twice)), ("not told", len(self.lost)), ("seconds", round(self.seconds)),
        ]  # fmt: skip
        return "\n".join(["| what | figure |", "| --- | --- |", *(f"| {name} | {figure} |" for name, figure in rows)])


def number_of(n: int) -> str:
    return f"YT{n:013d}"


def is_changed(n: int) -> bool:
    return n % CHANGED == 0


async def live(url: str, telegram: str, token: str, carrier: str, since: float, speed: float) -> None:
    """One life of the bot: the real program on this database, until it is killed."""
    from running import start
    from settings import read_settings

    given: dict[str, Any] = {
        "database_url": url, "owner_id": (OWNER,), "send_rate": 0, "chat_rate": 0, "group_rate": 0, "tick_seconds": 1.0,
        "seventeentrack_key": KEY, "seventeentrack_url": carrier, "quiet_hours": None, "_env_file": None,
    }  # fmt: skip
    store = await open_store(url)
    await store.lock()
    await start(read_settings(**given), store, FastClock(BEGAN, since, speed), token=token, base_url=telegram)
    await asyncio.Event().wait()


async def fill(store: Store, count: int) -> None:
    """So many parcels on their way, due spread over the round; buyers hear only what matters."""
    for start in range(0, count, SLICE):
        unit: list[Write] = []
        for n in range(start, min(start + SLICE, count)):
            order = Order(f"R{n}", 20001 + n % BUYERS, State.SHIPPED, BEGAN, f"t{n}")
            unit += store.orders.add(order, "test", BEGAN)
            unit.append(
                store.parcels.add(
                    Parcel(
                        f"R{n}", number_of(n), "yto", "17track", BEGAN, BEGAN, "test", via_code="190157", is_known=True, is_seen=True, rounds=1,
                        mode=Mode.IMPORTANT, status=Status.TRANSIT, next_at=BEGAN + ROUND * ((n + 0.5) / count) * DUE,
                    )
                )
            )  # fmt: skip
        await store.write(unit)


class Round:
    """One run on a database at `url`."""

    def __init__(self, url: str, count: int, kills: int, seconds: float, seed: int) -> None:
        self.url, self.count, self.kills, self.seconds = url, count, kills, seconds
        self.chance = random.Random(seed)
        self.outcome = Outcome(count, sum(map(is_changed, range(count))))
        self.sandbox = Sandbox()
        self.carriers = PretendCarriers(lambda: BEGAN)
        self.people: list[Person] = []
        self.bots: list[asyncio.subprocess.Process] = []

    async def run(self) -> Outcome:
        began = time.monotonic()
        await self.sandbox.start()
        await self.carriers.start()
        try:
            self.sandbox.seller(id=OWNER)
            self.people = [self.sandbox.person(f"买家{n}", "zh-hans", id=20001 + n) for n in range(BUYERS)]
            await self._meet()
            await self._round()
            await self._judge()
        finally:
            for bot in self.bots:
                await self._kill(bot)
            await self.sandbox.stop()
            await self.carriers.stop()
        self.outcome.seconds = time.monotonic() - began
        return self.outcome

    async def _meet(self) -> None:
        """The buyers open the chat, the shop gets its parcels, and the carrier its knowledge of them."""
        bot = await self._born(time.time() + 3600, 1.0)
        for person in self.people:
            await person.start()
        for person in self.people:
            await person.hears(timeout=60)
        await self._kill(bot)
        store = await open_store(self.url)
        await fill(store, self.count)
        await store.close()
        for n in range(self.count):
            number = number_of(n)
            self.carriers.registered[number] = 190157
            if is_changed(n):
                at = BEGAN - timedelta(hours=1)
                self.carriers.stands(number, "OutForDelivery", "OutForDelivery_Other", (at, f"派件 {number}", "", "OutForDelivery_Other"))  # fmt: skip

    async def _round(self) -> None:
        """Twelve hours pass, with kills at random moments of them; then a quarter of an hour to finish what was cut off."""
        speed = ROUND.total_seconds() / self.seconds
        since = time.time() + 1.5
        ends = since + self.seconds * FAST
        moments = sorted(self.chance.uniform(since + 1.0, ends) for _ in range(self.kills))
        bot = await self._born(since, speed)
        for moment in moments:
            await asyncio.sleep(max(0.0, moment - time.time()))
            await self._kill(bot)
            self.outcome.kills += 1
            bot = await self._born(since, speed)
        await asyncio.sleep(max(0.0, ends - time.time()))
        await self._kill(bot)
        almost = BEGAN + ROUND * REST  # everything of this round is due by now, and nothing of the next
        bot = await self._born(time.time(), 1.0, almost)
        store = await open_store(self.url)
        for _ in range(1200):
            waits = await store.reader.value(select(func.count()).select_from(parcels).where(parcels.c.rounds == 1))
            unsent = await store.reader.value(
                select(func.count()).select_from(outbox).where(outbox.c.status.in_([Sent.PENDING, Sent.SENDING]))
            )
            if not waits and not unsent:
                break
            await asyncio.sleep(0.5)
        await store.close()
        await self._kill(bot)

    async def _judge(self) -> None:
        """By what stands in the tables, at the carrier and in the buyers' chats."""
        store = await open_store(self.url)
        found = await store.reader.rows(select(parcels.c.rounds, func.count()).group_by(parcels.c.rounds))
        self.outcome.rounds.update({row[0] - 1: row[1] for row in found})
        unsure = await store.reader.rows(select(outbox.c.key).where(outbox.c.status == Sent.UNKNOWN))
        unknown = {row[0].split(":")[1] for row in unsure if row[0].startswith("parcel:")}
        await store.close()
        self.outcome.asked = sum(self.carriers.asked.values())
        self.outcome.again = self.outcome.asked - len(self.carriers.asked)
        self.outcome.complaints = self.carriers.complaints[:5]
        heard: Counter[str] = Counter()
        for person in self.people:
            text = person.transcript()
            heard.update(number for number in _numbers(text))
        self.outcome.unknown = len(unknown)
        for n in range(self.count):
            number = number_of(n)
            times = heard[number]
            if times > 1:
                self.outcome.twice.append(number)
            elif is_changed(n) and times == 1:
                self.outcome.told += 1
            elif is_changed(n) and number not in unknown:
                self.outcome.lost.append(number)
            elif not is_changed(n) and times:
                self.outcome.twice.append(f"{number} without a change")

    async def _born(self, since: float, speed: float, began: datetime = BEGAN) -> asyncio.subprocess.Process:
        shift = (began - BEGAN).total_seconds() / speed
        bot = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "tests.reliability.tracking", "--life", self.url, self.sandbox.base_url, self.sandbox.token,
            self.carriers.url, str(since - shift), str(speed), cwd=Path(__file__).parents[2],
        )  # fmt: skip
        self.bots.append(bot)
        return bot

    async def _kill(self, bot: asyncio.subprocess.Process) -> None:
        if bot.returncode is None:
            os.kill(bot.pid, signal.SIGKILL)
        assert await bot.wait() == -signal.SIGKILL, "the bot left by itself"


def _numbers(text: str) -> list[str]:
    """The number of each push in a chat: it stands at the end of the carrier's line."""
    import re

    return re.findall(r"「派件 (YT\d{13})」", text)


async def main(arguments: list[str]) -> int:
    if arguments[:1] == ["--life"]:
        url, telegram, token, carrier, since, speed = arguments[1:]
        await live(url, telegram, token, carrier, float(since), float(speed))
        return 0
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--parcels", type=int, default=50_000)
    asked.add_argument("--kills", type=int, default=40)
    asked.add_argument("--seconds", type=float, default=240.0)
    asked.add_argument("--seed", type=int, default=random.randrange(10**6))
    asked.add_argument("--postgres", action="store_true")
    given = asked.parse_args(arguments)
    async with AsyncExitStack() as stack:
        if given.postgres:
            from tests.postgres import server

            url = stack.enter_context(server())
        else:
            folder = stack.enter_context(tempfile.TemporaryDirectory())
            stack.enter_context(nullcontext())
            url = f"sqlite:///{folder}/shop.db"
        outcome = await Round(url, given.parcels, given.kills, given.seconds, given.seed).run()
    print(f"seed {given.seed}, {'PostgreSQL' if given.postgres else 'SQLite'}")
    print(outcome.table())
    for one in outcome.wrong[:20]:
        print(f"✗ {one}")
    return int(bool(outcome.wrong))


if __name__ == "__main__":
    sys.exit(asyncio.run(main(sys.argv[1:])))
