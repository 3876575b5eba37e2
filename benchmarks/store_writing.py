"""How many units of work the store commits durably in a second: grouped, and one by one.

    python -m benchmarks.store_writing [UNITS]

A unit is what a buyer's line writes: conversation, turn, message with its words, inbox row. The ratio counts; the
figures themselves are the disk's.
"""

import asyncio
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from store import Store, Unit, open_store
from store.buyers import Buyer
from store.conversations import Conversation
from store.inbox import Arrival
from store.messages import Message, Who
from store.turns import Turn
from store.writing import Writer

CHATS = 500


def line(store: Store, chat: Conversation, turn: Turn, seq: int, now: datetime) -> Unit:
    """What is written when a buyer's line comes in."""
    message = Message(chat.id, Who.BUYER, "这条裙子还有现货吗？什么时候发货", now, turn_id=turn.id, inbox_seq=seq)
    return [
        store.conversations.save(chat),
        store.turns.put(turn),
        *store.messages.add(message),
        store.inbox.done(seq),
    ]


async def measure(folder: Path, name: str, most: int, count: int) -> float:
    """Units a second when at most `most` share a commit and 500 chats write at once."""
    store = await open_store(f"sqlite:///{folder / name}.db")
    now = datetime.now(UTC)
    chats = [Conversation(id, id, now) for id in range(1, CHATS + 1)]
    turns = [Turn(chat.id, now, now) for chat in chats]
    await store.write([store.buyers.seen(Buyer(chat.buyer_id, now)) for chat in chats])
    arrivals = [Arrival(1, one, "x", "{}", f"1::{one % CHATS}", "message") for one in range(count)]
    received = await store.inbox.receive(arrivals, now)
    units = [
        line(store, chats[place % CHATS], turns[place % CHATS], one.seq, now) for place, one in enumerate(received)
    ]
    writer = Writer(store._writing, store.faults, most)
    waiting = iter(units)

    async def chat() -> None:
        for unit in waiting:
            await writer.write(unit)

    # the store's own writer lets its connection go, so that this one may have it
    await store.writer.close()
    began = time.perf_counter()
    await asyncio.gather(*(chat() for _ in range(CHATS)))
    took = time.perf_counter() - began
    await writer.close()
    await store.close()
    return count / took


async def main(count: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        alone = await measure(Path(folder), "alone", 1, max(count // 20, 200))
        print(f"one by one      {alone:8.0f} units/s")
        for most in (10, 50, 200):
            rate = await measure(Path(folder), f"grouped{most}", most, count)
            print(f"up to {most:3} grouped {rate:7.0f} units/s   {rate / alone:5.1f} times")


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]) if len(sys.argv) > 1 else 5000))
