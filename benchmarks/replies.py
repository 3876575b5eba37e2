"""How fast the whole product answers, from the buyer's message to the reply at Telegram's door, with a catalogue of 5,000.

    python -m benchmarks.replies [--encoder] [--seconds 30] [--products 5000]

One process plays Telegram and 200 buyers (open loop: a message leaves when its time has come, answered or not); the bot runs
in another, as `bot.py run` does. A plain echo bot is measured in the same run, as the yardstick. Prints a table; asserts nothing.
"""

import argparse
import asyncio
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from sandbox import Person, Sandbox
from sandbox.ledger import Call

ROOT = Path(__file__).parent.parent
STYLES = "山茶 海盐 松针 麦浪 夜航 青柠 云杉 月白 赤陶 石青 芦苇 雪松 橘井 南瓜 霜叶 竹影 荷风 晚樱 丁香 岩灰".split()
GOODS = "帆布包 双肩包 抱枕套 围裙 保温杯 台灯 毛毯 桌布 窗帘 拖鞋 雨伞 笔袋 水壶 餐垫 地垫 枕套 披肩 手套 围巾 帽子 腰包 钱包 挂钟 相框 花瓶".split()
ASKS = (
    "{}有货吗", "{}多少钱", "{}什么时候发货", "{}包邮吗", "{}什么材质", "{}能便宜点吗", "什么时候发货", "发什么快递", "几天能到杭州",
    "运费多少", "有什么优惠", "怎么退货", "保修多久", "is the {} in stock", "how much is {}", "when do you ship", "do you ship to Beijing",
)  # fmt: skip
HEADER = "sku,title,variant,price,currency,stock,category,aliases,attributes\n"
BUYERS = 200


@dataclass
class Figures:
    """Of one load: seconds to answer, and what the bot used meanwhile."""

    times: list[float]
    missing: int
    cpu: float
    memory: float

    def at(self, share: float) -> float:
        """The time, in ms, within which this share was answered."""
        ordered = sorted(self.times)
        return 1000 * ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else float("nan")


def write_catalogue(folder: Path, count: int) -> tuple[list[Path], list[str]]:
    """shop.toml of the sample shop and a catalogue of so many made-up products; returns the files and some titles."""
    chance = random.Random(7)
    rows, titles = [], []
    for number in range(count):
        title = f"{chance.choice(STYLES)}{chance.choice(STYLES)}{chance.choice(GOODS)}{number % 97 + 1}号"
        colour = chance.choice(["黑色", "米白", "雾蓝"])
        rows.append(
            f"K{number:05},{title} K{number:05},{colour},{chance.randrange(20, 300)},CNY,{chance.randrange(0, 40)},{title[4:6]},,材质=棉|尺寸={number % 60}cm\n"
        )
        titles.append(f"{title} K{number:05}")
    shop, catalogue = folder / "shop.toml", folder / "catalogue.csv"
    shop.write_text((ROOT / "sandbox/sample_shop/shop.toml").read_text(encoding="utf-8"), encoding="utf-8")
    catalogue.write_text(HEADER + "".join(rows), encoding="utf-8")
    return [shop, catalogue], titles


def used(pid: int) -> tuple[float, float]:
    """Seconds of CPU and MB of memory of a process and its children."""
    cpu = memory = 0.0
    for one in [pid, *_children(pid)]:
        try:
            fields = Path(f"/proc/{one}/stat").read_text().rsplit(")", 1)[1].split()
            cpu += (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
            memory += int(fields[21]) * os.sysconf("SC_PAGE_SIZE") / 1e6
        except OSError:
            continue
    return cpu, memory


def _children(pid: int) -> list[int]:
    try:
        found = [int(one) for one in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except OSError:
        return []
    return found + [inner for one in found for inner in _children(one)]


async def load(
    sandbox: Sandbox, buyers: list[Person], texts: list[str], rate: float, seconds: float, pid: int
) -> Figures:
    """An open loop of `rate` messages a second; each is answered by the first message its buyer gets after it."""
    chance = random.Random(11)
    waiting: dict[int, list[float]] = {buyer.id: [] for buyer in buyers}
    times: list[float] = []
    before = len(sandbox.calls)
    cpu, _ = used(pid)
    begun = time.perf_counter()
    at = begun
    count = 0

    def answered() -> None:
        nonlocal before
        calls: list[Call] = list(sandbox.calls)[before:]
        before += len(calls)
        now = time.perf_counter()
        for call in calls:
            if call.method.startswith("send") and call.accepted and call.chat_id in waiting and waiting[call.chat_id]:
                times.append(now - waiting[call.chat_id].pop(0))

    while at - begun < seconds:
        at += chance.expovariate(rate)
        while time.perf_counter() < at:
            await asyncio.sleep(min(0.001, max(0.0, at - time.perf_counter())))
            answered()
        buyer = buyers[count % len(buyers)]
        waiting[buyer.id].append(at)
        await buyer.says(chance.choice(texts))
        count += 1
    for _ in range(3000):
        answered()
        if not any(waiting.values()):
            break
        await asyncio.sleep(0.001)
    spent, memory = used(pid)
    return Figures(times, count - len(times), (spent - cpu) / max(1, count), memory)


async def measure(
    name: str,
    command: list[str],
    folder: Path,
    texts: list[str],
    loads: list[tuple[str, float, dict[str, str]]],
    seconds: float,
) -> dict[str, Figures]:
    """Start the bot anew for each load, warm it, and measure."""
    told: dict[str, Figures] = {}
    for label, rate, more in loads:
        sandbox = Sandbox()
        await sandbox.start()
        sandbox.restart_update_ids(int(time.time()))
        buyers = [sandbox.person(f"b{n}", "zh-hans", id=50000 + n) for n in range(BUYERS)]
        environment = {
            **os.environ, "BOT_TOKEN": sandbox.token, "BOT_API_URL": sandbox.base_url, "OWNER_ID": "1", "REPLY_DELAY": "0",
            "DATABASE_URL": f"sqlite:///{folder}/shop.db", "LOG_LEVEL": "ERROR", **more,
        }  # fmt: skip
        await buyers[0].says("在吗")  # so that the first poll is answered, and noted, at once
        begun = time.perf_counter()
        bot = subprocess.Popen(command, env=environment, cwd=ROOT, stdout=subprocess.DEVNULL)
        while not sandbox.calls.of("getUpdates"):
            await asyncio.sleep(0.01)
        first_poll = time.perf_counter() - begun
        for buyer in buyers[1:]:
            await buyer.says("在吗")
        for buyer in buyers:
            await buyer.hears(timeout=180)
        await asyncio.sleep(2)
        _, idle = used(bot.pid)
        await load(sandbox, buyers, texts, rate, 3, bot.pid)
        figures = told[label] = await load(sandbox, buyers, texts, rate, seconds, bot.pid)
        limited = sum(1 for call in sandbox.calls if call.error_code == 429)
        print(
            f"| {name}, {label} | {rate:g} | {first_poll:.2f} | {figures.at(0.5):.1f} | {figures.at(0.99):.1f} | "
            f"{figures.missing} | {1000 * figures.cpu:.2f} | {idle:.0f} | {figures.memory:.0f} | {limited} |",
            flush=True,
        )
        bot.terminate()
        bot.wait(10)
        await sandbox.stop()
    return told


async def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--encoder", action="store_true")
    parser.add_argument("--seconds", type=float, default=30)
    parser.add_argument("--products", type=int, default=5000)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        files, titles = write_catalogue(folder, given.products)
        environment = {**os.environ, "DATABASE_URL": f"sqlite:///{folder}/shop.db"}
        subprocess.run([sys.executable, "bot.py", "import", *map(str, files)], env=environment, cwd=ROOT, check=True)
        chance = random.Random(5)
        texts = [ask.format(chance.choice(titles)) for _ in range(40) for ask in ASKS]
        free = {"SEND_RATE": "0", "CHAT_RATE": "0", "FLOOD_MERGE": "0"}
        encoder = {"ENCODER": "1" if given.encoder else "0"}
        print("| bot | /s | first poll s | p50 ms | p99 ms | missing | CPU ms/update | idle MB | MB | 429 |")
        print("|---|---|---|---|---|---|---|---|---|---|")
        shop = await measure(
            "shop", [sys.executable, "bot.py", "run"], folder, texts,
            [("limits kept", 15, encoder), ("no limits", 30, {**encoder, **free})], given.seconds,
        )  # fmt: skip
        echo = await measure(
            "plain echo",
            [sys.executable, "-m", "benchmarks.plain_echo"],
            folder,
            texts,
            [("no limits", 30, {})],
            given.seconds,
        )
        ratio = statistics.median(shop["no limits"].times) / statistics.median(echo["no limits"].times)
        print(f"\nMedian reply, shop to plain echo: {ratio:.2f}")


if __name__ == "__main__":
    asyncio.run(main())
