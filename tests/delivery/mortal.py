"""A small bot in a process of its own, which is killed (-9) at the n-th call it makes: `python -m tests.delivery.mortal`."""

import asyncio
import os
import signal
import sys

from clock import Clock
from delivery.flooding import Flood
from delivery.lanes import Lanes
from delivery.limits import Rates
from delivery.outbox import Sender
from delivery.polling import LastPoll, Poller
from delivery.receiving import Receiver
from delivery.transport import AioRequest, Api
from store import open_store
from tests.delivery.conftest import reply, text_of
from tests.seams import Numbered


async def main(base_url: str, token: str, database: str, kill_at: int) -> None:
    """Answer every line with the same words until SIGTERM, or until the kill."""

    def die() -> None:
        os.kill(os.getpid(), signal.SIGKILL)

    store = await open_store(database)
    clock = Clock()
    seam = Numbered(die, lambda number, name: number == kill_at)
    store.faults.hook = seam

    async def echo(job):  # type: ignore[no-untyped-def]
        await store.write((job.done_write(), reply(job, text_of(job))))

    async with AioRequest() as request:
        api = Api(request, token, base_url, seam)
        lanes = Lanes(echo, store.inbox, store.writer, clock, flood=Flood(count=0))
        receiver = Receiver(int(token.split(":")[0]), store.inbox, lanes, clock)
        last_poll = LastPoll(store.marks, store.writer, clock, print)
        poller = Poller(api, receiver, clock, last_poll, tell=print)
        sender = Sender(api, store.outbox, store.writer, clock, Rates(0, 0, 0))
        await lanes.look()
        await sender.start()
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, poller.stop)
        await poller.run()
        await lanes.stop()
        await sender.stop()
    await store.close()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4])))
