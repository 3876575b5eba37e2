"""How long a look for hagglers takes: 100,000 conversations, 1,000 of which changed since the last look.

python -m benchmarks.hagglers [--conversations N] [--changed N] [--lines N]
"""

import argparse
import asyncio
import time
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from clock import Clock
from handlers.desk import Desk
from jobs.haggling import LOOKED, judge_changed
from store import Store, open_store
from store.buyers import Buyer
from store.conversations import Conversation
from store.messages import Message, Who

AT_ONCE = 500
PUSHES = ("便宜点行不行", "能不能再少点", "最低多少", "抹个零吧", "can you do it cheaper?")
QUESTIONS = ("这个是什么材质的", "有没有大一号的，我想送人", "什么时候发货", "Is it in stock?", "洗了会掉色吗")
ANSWER = "纯棉的，30 度机洗就可以，现在还有货，今天 16:40 前付款今天就发出。"


async def fill(store: Store, clock: Clock, conversations: int, changed: int, lines: int) -> None:
    """Old conversations without lines in reach, and those that changed: one in ten of them haggles."""
    now = clock.now()
    for start in range(0, conversations, AT_ONCE):
        unit = []
        for number in range(start, min(start + AT_ONCE, conversations)):
            is_new = number < changed
            at = now - (timedelta(seconds=1 + number % 200) if is_new else timedelta(days=1 + number % 13))
            one = Conversation(number + 1, number + 1, at, last_inbound_at=at)
            unit += [store.buyers.seen(Buyer(number + 1, at, f"B{number}")), store.conversations.save(one)]
            for place in range(lines if is_new else 0):
                words = PUSHES if number % 10 == 0 else QUESTIONS
                said = (
                    ANSWER if place % 2 else f"{words[place // 2 % len(words)]} {chr(0x4E00 + (number + place) % 5000)}"
                )
                who = Who.BOT if place % 2 else Who.BUYER
                unit += store.messages.add(Message(one.id, who, said, at - timedelta(minutes=lines - place)))
        await store.write(unit)


async def measure(conversations: int, changed: int, lines: int) -> None:
    with TemporaryDirectory() as folder:
        clock = Clock()
        store = await open_store(f"sqlite:///{Path(folder) / 'shop.db'}")
        await fill(store, clock, conversations, changed, lines)
        desk = Desk(store, clock, owners=(1,))
        await desk.open()
        seen = (clock.now() - timedelta(hours=1)).isoformat()
        await store.write([store.marks.set(LOOKED, {"at": None, "seen": seen}, clock.now())])
        begun, cpu = time.perf_counter(), time.process_time()
        judged = await judge_changed(desk)
        took, worked = time.perf_counter() - begun, time.process_time() - cpu
        marked = len(await store.hagglers.marked())
        print(
            f"{conversations} conversations, {judged} judged, {lines} lines each: {took:.2f} s ({worked:.2f} s of CPU), {marked} marked"
        )
        await store.close()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--conversations", type=int, default=100_000)
    parser.add_argument("--changed", type=int, default=1_000)
    parser.add_argument("--lines", type=int, default=20)
    given = parser.parse_args()
    asyncio.run(measure(given.conversations, given.changed, given.lines))
