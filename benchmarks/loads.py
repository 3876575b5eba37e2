"""What the shop bears: a flood of one buyer, a burst after an outage, and a broadcast within Telegram's limits.

    python -m benchmarks.loads [--only flood,burst,broadcast]

This process plays Telegram and the people; the bot runs in another. Times are taken from what people see. Prints a table;
asserts nothing.
"""

import argparse
import asyncio
import os
import random
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path

import aiohttp

from benchmarks.replies import used
from sandbox import Fault, Person, Sandbox
from tests.made_shop import make_shop

ROOT = Path(__file__).parent.parent
FLOOD, OTHERS = 400, 20
BURST, CHATS = 5000, 500
BROADCAST, ROUND_TRIP = 900, 0.040
METRICS = "127.0.0.1:9187"


def environment(sandbox: Sandbox, folder: Path, **more: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "LANG", "TMPDIR")}
    return {
        **kept, "BOT_TOKEN": sandbox.token, "BOT_API_URL": sandbox.base_url, "OWNER_ID": "1", "REPLY_DELAY": "0", "ENCODER": "0",
        "DATABASE_URL": f"sqlite:///{folder}/shop.db", "LOG_LEVEL": "ERROR", "METRICS_LISTEN": METRICS, **more,
    }  # fmt: skip


class Bot:
    """`bot.py run` on a shop of its own, warmed by one answer."""

    def __init__(self, sandbox: Sandbox, folder: Path, **more: str) -> None:
        self.sandbox, self.folder, self.more = sandbox, folder, more
        self.process: subprocess.Popen[bytes] | None = None

    def open_shop(self) -> None:
        files = [str(file) for file in make_shop(7).write(self.folder)]
        given = environment(self.sandbox, self.folder, **self.more)
        subprocess.run([sys.executable, str(ROOT / "bot.py"), "import", *files], env=given, check=True, stdout=subprocess.DEVNULL)  # fmt: skip

    def start(self) -> None:
        given = environment(self.sandbox, self.folder, **self.more)
        self.process = subprocess.Popen([sys.executable, str(ROOT / "bot.py"), "run"], env=given, cwd=self.folder, stdout=subprocess.DEVNULL)  # fmt: skip

    def stop(self) -> None:
        if self.process is not None:
            self.process.terminate()
            self.process.wait(15)
            self.process = None

    async def warm(self) -> None:
        first = self.sandbox.person("头一个", "zh-hans", id=49999)
        self.start()
        await first.says("怎么保修")
        await first.hears(timeout=180)

    def count(self, statement: str) -> int:
        with closing(sqlite3.connect(f"file:{self.folder}/shop.db?mode=ro", uri=True, timeout=10)) as connection:
            return int(connection.execute(statement).fetchone()[0])


def p99(times: list[float]) -> float:
    return sorted(times)[max(0, round(0.99 * len(times)) - 1)] if times else float("nan")


async def answered(
    sandbox: Sandbox, buyers: list[Person], began: dict[int, float], seconds: float, seen: int
) -> list[float]:
    """How long each buyer waited for the first answer after their line; calls before the `seen`-th are older."""
    times: dict[int, float] = {}
    end = time.monotonic() + seconds
    while len(times) < len(buyers) and time.monotonic() < end:
        calls = list(sandbox.calls)
        for call in calls[seen:]:
            if call.accepted and call.method == "sendMessage" and call.chat_id in began:
                times.setdefault(call.chat_id or 0, call.started - began[call.chat_id or 0])
        seen = len(calls)
        await asyncio.sleep(0.01)
    return list(times.values())


async def flood(folder: Path) -> list[tuple[str, str, str]]:
    """One buyer's 400 lines at once; twenty others ask meanwhile."""
    async with Sandbox() as sandbox:
        bot = Bot(sandbox, folder)
        bot.open_shop()
        await bot.warm()
        flooder = sandbox.person("急", "zh-hans", id=50000)
        others = [sandbox.person(f"客{n}", "zh-hans", id=50001 + n) for n in range(OTHERS)]
        times: list[float] = []
        for number in range(FLOOD):
            await flooder.says(f"在吗在吗 {number}")
        for each in range(5):
            began, seen = {}, len(sandbox.calls)
            for buyer in others:
                began[buyer.id] = time.monotonic()
                await buyer.says("怎么保修" if each % 2 else "能退吗")
                await asyncio.sleep(0.03)
            times += await answered(sandbox, others, began, 20, seen)
            await asyncio.sleep(1)
        bot.stop()
        figure = f"p50 {statistics.median(times):.2f} s, p99 {p99(times):.2f} s, {len(times)} of {5 * OTHERS} answered"
        said = len(sandbox.calls.sent(flooder.id))
        return [("flood: 20 others beside 400 lines", figure, "p99 < 2 s"), ("… answers to the flooder", str(said), "")]


async def lag() -> float:
    """The worst hold-up of the bot's loop in the last minute, in seconds, as it tells itself."""
    async with aiohttp.ClientSession() as session, session.get(f"http://{METRICS}/metrics") as answer:
        lines = (await answer.text()).splitlines()
    return max((float(line.split()[-1]) for line in lines if "lag" in line and line[0] != "#"), default=float("nan"))


async def burst(folder: Path) -> list[tuple[str, str, str]]:
    """5,000 updates of 500 chats wait when the bot starts."""
    async with Sandbox() as sandbox:
        bot = Bot(sandbox, folder, SEND_RATE="0", CHAT_RATE="0", FLOOD_MERGE="0")
        bot.open_shop()
        await bot.warm()
        bot.stop()
        buyers = [sandbox.person(f"客{n}", "zh-hans", id=50000 + n) for n in range(CHATS)]
        for number in range(BURST):
            await buyers[number % CHATS].says(
                ("怎么保修", "能退吗", "什么时候发货", "发什么快递", "多少钱")[number // CHATS % 5]
            )
        polls = len(sandbox.calls.of("getUpdates"))
        bot.start()
        while len(sandbox.calls.of("getUpdates")) <= polls:
            await asyncio.sleep(0.01)
        began, durable, memory = time.monotonic(), 0.0, 0.0
        while time.monotonic() - began < 120:
            assert bot.process is not None
            memory = max(memory, used(bot.process.pid)[1])
            if not durable and bot.count("SELECT count(*) FROM inbox") >= BURST + 1:
                durable = time.monotonic() - began
            if durable and not bot.count("SELECT count(*) FROM inbox WHERE status = 'new'"):
                break
            await asyncio.sleep(0.1)
        handled = time.monotonic() - began
        worst = await lag()
        while bot.count("SELECT count(*) FROM outbox WHERE status IN ('pending', 'sending')") and handled < 200:
            await asyncio.sleep(0.2)
        sent = time.monotonic() - began
        bot.stop()
        return [
            ("burst: 5,000 updates of 500 chats, durable", f"{durable:.1f} s", "10 s"),
            ("… handled", f"{handled:.1f} s", "30 s"), ("… all answers sent, without limits", f"{sent:.1f} s", ""),
            ("… most memory", f"{memory:.0f} MB", "250 MB"), ("… loop lag, the worst", f"{1000 * worst:.0f} ms", "p99 200 ms"),
        ]  # fmt: skip


async def broadcast(folder: Path) -> list[tuple[str, str, str]]:
    """900 rows of the least urgent kind, at 40 ms a call, with the limits enforced; a buyer asks on all the while."""
    async with Sandbox() as sandbox:
        bot = Bot(sandbox, folder)
        bot.open_shop()
        chats = [sandbox.person(f"客{n}", "zh-hans", id=60000 + n) for n in range(BROADCAST)]
        for chat in chats:
            chat.chat.opened = True
        await bot.warm()
        sandbox.breaks("sendMessage", Fault.SLOW, times=None, seconds=ROUND_TRIP)
        sandbox.enforce_limits()
        asker = sandbox.person("问", "zh-hans", id=59999)
        alone = [await asks(sandbox, asker) for _ in range(8)]
        await put(folder, [chat.id for chat in chats])
        bot.stop()
        bot.start()
        ids = {chat.id for chat in chats}
        during: list[float] = []
        while len(arrived := [call for call in sandbox.calls.sent() if call.chat_id in ids]) < BROADCAST:
            if arrived:
                during.append(await asks(sandbox, asker))
            await asyncio.sleep(random.uniform(0.4, 0.6))  # half a second is fifteen slots: all would wait alike
            if len(during) > 80:
                break
        bot.stop()
        arrived = [call for call in sandbox.calls.sent() if call.chat_id in ids]
        moments = sorted(call.started for call in sandbox.calls.sent() if call.started >= arrived[0].started)
        most = max(sum(1 for other in moments if one <= other < one + 1.0) for one in moments)
        limited = sum(call.error_code == 429 for call in sandbox.calls)
        bulk = sorted(call.started for call in arrived)
        rate = (len(moments) - 1) / (bulk[-1] - bulk[0])
        slower = statistics.median(during) / statistics.median(alone)
        return [
            ("broadcast: arrived", f"{len({call.chat_id for call in arrived})} of {BROADCAST}, {len(arrived)} calls", "900"),
            ("… most in any second", str(most), "30"), ("… refused with 429", str(limited), "0"),
            ("… messages a second, all together", f"{rate:.1f}", "28"),
            ("… a reply meanwhile", f"{1000 * statistics.median(during):.0f} ms, alone {1000 * statistics.median(alone):.0f} ms: {slower:.2f} times", "1.5 times"),
        ]  # fmt: skip


async def asks(sandbox: Sandbox, buyer: Person) -> float:
    """The time from a line until its answer is confirmed; a second's rest before, for the limit of a chat."""
    await asyncio.sleep(1.1)
    began, seen = time.monotonic(), len(sandbox.calls)
    await buyer.says("怎么保修")
    return (await answered(sandbox, [buyer], {buyer.id: began}, 30, seen) or [30.0])[0] + ROUND_TRIP


async def put(folder: Path, chats: list[int]) -> None:
    """The broadcast, as the store takes it; the bot finds it when it starts."""
    from datetime import UTC, datetime

    from store import open_store
    from store.outbox import Kind, Outbox, Outgoing

    store = await open_store(f"sqlite:///{folder}/shop.db")
    now = datetime.now(UTC)
    await store.write(
        [
            Outbox.put(
                Outgoing(
                    f"bulk:{chat}", f"1::{chat}", chat, "sendMessage", {"text": f"给 {chat} 的消息"}, Kind.BULK, now
                )
            )
            for chat in chats
        ]
    )
    await store.close()


async def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--only", default="flood,burst,broadcast")
    given = parser.parse_args()
    print("| load | figure | goal |\n| --- | --- | --- |", flush=True)
    for name, load in (("flood", flood), ("burst", burst), ("broadcast", broadcast)):
        if name in given.only.split(","):
            with tempfile.TemporaryDirectory() as folder:
                for row in await load(Path(folder)):
                    print("| " + " | ".join(row) + " |", flush=True)


if __name__ == "__main__":
    asyncio.run(main())
