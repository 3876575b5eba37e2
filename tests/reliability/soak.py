"""kill -9 at random moments, again and again, while buyers go on asking: `make soak`.

    python -m tests.reliability.soak [--kills 200] [--updates 3000] [--chats 200] [--seed N] [--minutes 40]

This process plays Telegram and the buyers; `bot.py run` is another, killed by SIGKILL and started anew. Every question of a
chat is about another product, so that an answer tells what it answers. Whether all is well is judged by what stands in the
buyers' chats and in the tables, never by the bot's own word that it sent something. Exit status 1 when a promise is broken.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import re
import signal
import sqlite3
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from sandbox import Person, Sandbox

ROOT = Path(__file__).parents[2]
OWNER = 10001
STYLES = "山茶 海盐 松针 麦浪 夜航 青柠 云杉 月白 赤陶 石青".split()
GOODS = "帆布包 抱枕套 保温杯 台灯 毛毯 雨伞".split()
ASKS = ("{}多少钱", "{}有货吗")
SKU = re.compile(r"K\d{3}")
SHOP = 'name = "样品铺"\nlanguages = ["zh", "en"]\ntimezone = "Asia/Shanghai"\ncurrency = "CNY"\n'
DELAYS = ("0", "0", "0", "0.4")
"""REPLY_DELAY of the lives in turn: lines answered at once, and turns that a kill leaves open."""
SPELL = 2.5
"""Seconds over which a life's questions are asked; it ends within as many of its first poll."""


@dataclass
class Report:
    """What a soak saw. `wrong` are broken promises, each with the buyer and the product."""

    seed: int
    kills: int = 0
    updates: int = 0
    repeated: int = 0
    answered: int = 0
    lost: list[str] = field(default_factory=list)
    twice: list[str] = field(default_factory=list)
    out_of_order: list[str] = field(default_factory=list)
    unlisted: list[str] = field(default_factory=list)
    other: list[str] = field(default_factory=list)
    merged: int = 0
    left_out: int = 0
    unknown: int = 0
    unknown_but_seen: int = 0
    most_unknown: int = 0
    doubts: int = 1
    """Sends that may be left in doubt by a kill, on an average; in a short run on a busy machine chance makes it more."""
    seconds: float = 0.0

    @property
    def wrong(self) -> list[str]:
        too_many = (
            [f"{self.unknown} unknown after {self.kills} kills"] if self.unknown > self.doubts * self.kills else []
        )
        return [*self.lost, *self.twice, *self.out_of_order, *self.unlisted, *self.other, *too_many]

    def table(self) -> str:
        rows = [
            ("kill -9", self.kills), ("updates", self.updates), ("delivered again on purpose", self.repeated),
            ("questions answered", self.answered), ("… several in one answer", self.merged),
            ("… of which it left some out", self.left_out), ("lost", len(self.lost)), ("answered twice", len(self.twice)),
            ("out of order", len(self.out_of_order)), ("unknown, all listed", self.unknown),
            ("… of which the buyer had it", self.unknown_but_seen), ("most unknown after one kill", self.most_unknown),
            ("unknown and not listed", len(self.unlisted)), ("other faults", len(self.other)),
            ("seconds", round(self.seconds)), ("seed", self.seed),
        ]  # fmt: skip
        return "\n".join(["| what | figure |", "| --- | --- |", *(f"| {name} | {figure} |" for name, figure in rows)])


class Soak:
    """One soak on a database in `folder`."""

    def __init__(
        self, folder: Path, kills: int, updates: int, chats: int, seed: int, minutes: float = 40.0, spell: float = SPELL
    ) -> None:
        self.spell = spell
        self.folder, self.kills, self.updates, self.chats = folder, kills, updates, chats
        self.chance = random.Random(seed)
        self.report = Report(seed)
        self.deadline = time.monotonic() + 60 * minutes
        self.asked: dict[int, list[str]] = {}
        self.sandbox = Sandbox()
        self.buyers: list[Person] = []
        self.products = [f"K{number:03}" for number in range(60)]

    @property
    def database(self) -> Path:
        return self.folder / "shop.db"

    async def run(self) -> Report:
        """The whole soak: import, lives and deaths, a last life to finish, and the verdict."""
        began = time.monotonic()
        async with self.sandbox:
            await self._call("import", *map(str, self._files()))
            self.sandbox.seller(id=OWNER).chat.opened = True
            self.buyers = [self.sandbox.person(f"客{n}", "zh-hans", id=20000 + n) for n in range(self.chats)]
            for buyer in self.buyers:
                buyer.chat.opened = True
            await self._first_life()
            left = self.updates
            for number in range(self.kills):
                if time.monotonic() > self.deadline:
                    self.report.other.append(f"out of time after {number} kills")
                    break
                share = left // (self.kills - number)
                left -= share
                await self._life(number, share)
                if number % 10 == 9:
                    print(f"{number + 1} kills, {self.report.updates} updates", flush=True)
            await self._last_life()
            self._judge()
        self.report.seconds = time.monotonic() - began
        return self.report

    # lives

    async def _start(self, delay: str = "0") -> asyncio.subprocess.Process:
        with (self.folder / "log").open("ab") as log:
            return await asyncio.create_subprocess_exec(
                sys.executable, str(ROOT / "bot.py"), "run",
                cwd=self.folder, env=self._environment(delay), stdout=asyncio.subprocess.DEVNULL, stderr=log,
            )  # fmt: skip

    async def _call(self, *arguments: str) -> None:
        process = await asyncio.create_subprocess_exec(
            sys.executable, str(ROOT / "bot.py"), *arguments,
            cwd=self.folder, env=self._environment("0"), stdout=asyncio.subprocess.DEVNULL,
        )  # fmt: skip
        assert await process.wait() == 0, arguments

    def _environment(self, delay: str) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "LANG", "TMPDIR")}
        return {
            **kept, "BOT_TOKEN": self.sandbox.token, "BOT_API_URL": self.sandbox.base_url, "OWNER_ID": str(OWNER),
            "DATABASE_URL": f"sqlite:///{self.database}", "ENCODER": "0", "REPLY_DELAY": delay, "LOG_LEVEL": "WARNING",
            "TICK_SECONDS": "1",
        }  # fmt: skip

    async def _first_life(self) -> None:
        """Understanding is learned once and kept, as on the first day of a shop."""
        first = self.sandbox.person("头一个", "zh-hans", id=19999)
        process = await self._start()
        await first.says("什么时候发货")
        await first.hears(timeout=120)
        await self._end(process)

    async def _life(self, number: int, share: int) -> None:
        """Questions at random moments; the end at a random moment too, now and then in the middle of the start."""
        polls = self._polled()
        process = await self._start(DELAYS[number % len(DELAYS)])
        asking = asyncio.create_task(self._ask(share, self.spell))
        if self.chance.random() < 0.25:
            await asyncio.sleep(self.chance.uniform(0, self.spell / 2))
        else:
            await self._until(lambda: self._polled() > polls or process.returncode is not None)
            if number % 5 == 0:
                self.sandbox.repeat_updates(again := self.chance.randrange(1, 4))
                self.report.repeated += again
            await asyncio.sleep(self.chance.uniform(0, self.spell))
        if process.returncode is not None:
            self.report.other.append(f"life {number} ended by itself with {process.returncode}")
            return
        process.send_signal(signal.SIGKILL)
        await process.wait()
        self.report.kills += 1
        self._count_unknown()
        await asking

    def _polled(self) -> int:
        return len(self.sandbox.calls.of("getUpdates"))

    async def _ask(self, share: int, within: float) -> None:
        moments = sorted(self.chance.uniform(0, within) for _ in range(share))
        at = 0.0
        for moment in moments:
            await asyncio.sleep(moment - at)
            at = moment
            buyer = self.chance.choice(self.buyers)
            asked = self.asked.setdefault(buyer.id, [])
            product = self.chance.choice([one for one in self.products if one not in asked])
            asked.append(product)
            self.report.updates += 1
            await buyer.says(self.chance.choice(ASKS).format(product))

    async def _last_life(self) -> None:
        """What is left is done, and the program leaves when it is told to."""
        process = await self._start()
        await self._until(self._is_quiet, 180)
        if not self._is_quiet():
            self.report.other.append(f"not finished in the last life: {self._counts()}")
        if await self._end(process) != 0:
            self.report.other.append("the last life did not leave with status 0")

    async def _end(self, process: asyncio.subprocess.Process) -> int:
        process.terminate()
        try:
            return await asyncio.wait_for(process.wait(), 60)
        except TimeoutError:
            process.kill()
            return await process.wait()

    async def _until(self, holds: Callable[[], bool], seconds: float = 180.0) -> bool:
        end = time.monotonic() + seconds
        while time.monotonic() < end and not holds():  # noqa: ASYNC110 - another process is waited for
            await asyncio.sleep(0.03)
        return holds()

    # what the tables say

    def _rows(self, statement: str, *values: object) -> list[tuple[object, ...]]:
        if not self.database.exists():
            return []
        with closing(sqlite3.connect(f"file:{self.database}?mode=ro", uri=True, timeout=10)) as connection:
            return connection.execute(statement, values).fetchall()

    def _counts(self) -> dict[str, int]:
        return {
            str(name): int(str(count))
            for statement in (
                "SELECT 'inbox ' || status, count(*) FROM inbox GROUP BY status",
                "SELECT 'outbox ' || status, count(*) FROM outbox GROUP BY status",
                "SELECT 'open turns', count(*) FROM turns WHERE closed_at IS NULL",
            )
            for name, count in self._rows(statement)
        }

    def _is_quiet(self) -> bool:
        if len(self.sandbox.world.updates):
            return False
        counts = self._counts()
        return not any(counts.get(name) for name in ("inbox new", "outbox pending", "outbox sending", "open turns"))

    def _count_unknown(self) -> None:
        """What this kill left in doubt: still `sending` in the table, until the next start says `unknown`."""
        left = self._rows("SELECT count(*) FROM outbox WHERE status = 'sending' AND method LIKE 'send%'")
        self.report.most_unknown = max(self.report.most_unknown, int(str(left[0][0])) if left else 0)

    def _judge(self) -> None:
        report = self.report
        unknown: dict[int, Counter[str]] = {}
        for id_, chat, payload in self._rows("SELECT id, chat_id, payload FROM outbox WHERE status = 'unknown'"):
            if chat != OWNER:
                report.unknown += 1
                found = unknown.setdefault(int(str(chat)), Counter())
                found.update(set(SKU.findall(str(payload))))
                if not self._rows("SELECT 1 FROM outbox WHERE key = ?", f"unknown:{id_}:{OWNER}"):
                    report.unlisted.append(f"unknown {id_} was not told to the seller")
        turns = self._turns()
        for buyer in self.buyers:
            heard = [
                set(SKU.findall(str(call.params.get("text") or call.params.get("caption") or "")))
                for call in self.sandbox.calls.sent(buyer.id)
            ]
            asked, places = self.asked.get(buyer.id, []), []
            if missing := set(asked) - {product for turn in turns.get(buyer.id, []) for product in turn}:
                report.lost.append(f"never came in: {missing} of buyer {buyer.id}")
            for turn in turns.get(buyer.id, []):
                where = [place for place, said in enumerate(heard) if said & set(turn)]
                in_doubt = any(unknown.get(buyer.id, Counter())[product] for product in turn)
                if where:
                    report.answered += len(turn)
                    report.merged += len(turn) if len(turn) > 1 else 0
                    report.left_out += len(set(turn) - heard[where[0]])
                    places.append(where[0])
                    report.unknown_but_seen += in_doubt
                elif not in_doubt:
                    report.lost.append(f"lost: {turn} of buyer {buyer.id}")
                if len(where) > 1:
                    report.twice.append(f"twice: {turn} to buyer {buyer.id}")
            if places != sorted(places):
                report.out_of_order.append(f"out of order: buyer {buyer.id}")
        kept = int(str(self._rows("SELECT count(*) FROM inbox WHERE kind = 'message'")[0][0])) - 1
        if kept != report.updates:
            report.other.append(f"{report.updates} updates were sent and {kept} are kept")
        counts = self._counts()
        if dead := counts.get("inbox dead", 0):
            report.other.append(f"{dead} updates are dead")
        if failed := counts.get("outbox failed", 0):
            report.other.append(f"{failed} messages failed")
        if (sound := self._rows("PRAGMA integrity_check")) != [("ok",)]:
            report.other.append(f"the database is not sound: {sound[:3]}")

    def _turns(self) -> dict[int, list[list[str]]]:
        """By buyer, the products asked for, those of one turn together, in the order in which they were asked."""
        found: dict[int, dict[object, list[str]]] = {}
        for chat, turn, text in self._rows(
            "SELECT c.chat_id, m.turn_id, m.text FROM messages m JOIN conversations c ON c.id = m.conversation_id "
            "WHERE m.who = 'buyer' ORDER BY m.id"
        ):
            for product in SKU.findall(str(text)):
                found.setdefault(int(str(chat)), {}).setdefault(turn, []).append(product)
        return {chat: list(turns.values()) for chat, turns in found.items()}

    # the shop

    def _files(self) -> tuple[Path, Path]:
        rows = ["sku,title,variant,price,currency,stock,category"]
        for number, sku in enumerate(self.products):
            goods = GOODS[number // 10]
            rows.append(f"{sku},{STYLES[number % 10]}{goods} {sku},黑色,{100 + number},CNY,{7 + number},{goods}")
        shop, catalogue = self.folder / "shop.toml", self.folder / "catalogue.csv"
        shop.write_text(SHOP, encoding="utf-8")
        catalogue.write_text("\n".join(rows) + "\n", encoding="utf-8")
        return shop, catalogue


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--updates", type=int, default=3000)
    parser.add_argument("--chats", type=int, default=200)
    parser.add_argument("--seed", type=int, default=random.randrange(10**6))
    parser.add_argument("--minutes", type=float, default=40.0)
    parser.add_argument("--keep", type=Path, help="a folder in which everything is left behind")
    given = parser.parse_args()
    print(f"seed {given.seed}", flush=True)
    with tempfile.TemporaryDirectory() as name:
        folder: Path = given.keep or Path(name)
        folder.mkdir(parents=True, exist_ok=True)
        soak = Soak(folder, given.kills, given.updates, given.chats, given.seed, given.minutes)
        report = asyncio.run(soak.run())
    print(report.table())
    for line in report.wrong[:50]:
        print(line)
    return 1 if report.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
