"""A small shop for the delivery tests: a real store, the sandbox as Telegram, and handlers of a few lines."""

import time
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from clock import Clock
from delivery.flooding import Flood
from delivery.job import Job
from delivery.lanes import Lanes
from delivery.limits import Rates
from delivery.outbox import Sender
from delivery.outcomes import Outcome
from delivery.polling import LastPoll, Poller
from delivery.receiving import Receiver
from delivery.transport import AioRequest, Api, Seam
from delivery.troubles import Notice
from delivery.verdicts import Verdict
from sandbox import Sandbox
from store import Store, Write, open_store
from store.marks import Marks
from store.outbox import Kind, Outbox, Outgoing, Status
from store.writing import Unit
from tests import databases

FREE = Rates(0, 0, 0)
NEVER = Flood(count=0)


def text_of(job: Job) -> str:
    message = job.update.get("message") or {}
    return str(message.get("text", ""))


def reply(job: Job, text: str, part: int = 0) -> Write:
    """An outbox row that answers a received message."""
    chat_id = job.update["message"]["chat"]["id"]
    return Outbox.put(outgoing(f"reply:{job.seq}:echo:{part}", chat_id, text))


def outgoing(key: str, chat_id: int, text: str = "hello", **more: Any) -> Outgoing:
    values: dict[str, Any] = {
        "method": "sendMessage",
        "payload": {"text": text},
        "kind": Kind.REPLY,
        "created_at": datetime.now().astimezone(),
        "lane": f"1::{chat_id}",
        **more,
    }
    return Outgoing(key=key, chat_id=chat_id, **values)


@dataclass
class Shop:
    """Everything between Telegram and the handlers, wired as `run` does it."""

    sandbox: Sandbox
    store: Store
    clock: Clock
    request: AioRequest
    rates: Rates = FREE
    flood: Flood = NEVER
    on_flood: Callable[[Sequence[Job]], Awaitable[None]] | None = None
    check: Callable[[Outgoing], Awaitable[Verdict]] | None = None
    after: Callable[[Outgoing, Status, Outcome], Unit] | None = None
    file_id: Callable[[str], str | None] | None = None
    handle: Callable[[Job], Awaitable[None]] | None = None
    merges: Callable[[Job], bool] | None = None
    read_timeout: float = 60.0
    measure: Callable[[], float] = time.monotonic
    workers: int = 64
    keep: int = 5000
    seam: Seam | None = None
    handled: list[str] = field(default_factory=list)
    dead: list[Job] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)

    def build(self) -> "Shop":
        bot_id = self.sandbox.world.bot.id
        self.api = Api(self.request, self.sandbox.token, self.sandbox.base_url, self.seam)
        self.store.faults.hook = self.seam
        self.lanes = Lanes(
            self.handle or self.echo,
            self.store.inbox,
            self.store.writer,
            self.clock,
            on_dead=self.on_dead,
            on_flood=self.on_flood,
            merges=self.merges,
            flood=self.flood,
            workers=self.workers,
            keep=self.keep,
        )
        self.receiver = Receiver(bot_id, self.store.inbox, self.lanes, self.clock)
        self.last_poll = LastPoll(Marks(self.store.reader), self.store.writer, self.clock, self.notices.append)
        self.poller = Poller(self.api, self.receiver, self.clock, self.last_poll, tell=self.notices.append, timeout=5)
        self.sender = Sender(
            self.api,
            self.store.outbox,
            self.store.writer,
            self.clock,
            self.rates,
            check=self.check,
            after=self.after,
            file_id=self.file_id,
            read_timeout=self.read_timeout,
            measure=self.measure,
        )
        return self

    async def echo(self, job: Job) -> None:
        text = text_of(job)
        self.handled.append(text)
        await self.store.write((job.done_write(), reply(job, f"you said {text}")))

    def on_dead(self, job: Job) -> None:
        self.dead.append(job)

    async def put(self, *rows: Outgoing) -> None:
        await self.store.write([Outbox.put(row) for row in rows])

    async def idle(self) -> None:
        await self.lanes.idle()
        await self.sender.idle()


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    await databases.put(tmp_path / "shop.db")
    store = await open_store(f"sqlite:///{tmp_path}/shop.db")
    yield store
    await store.close()


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    async with Sandbox() as sandbox:
        yield sandbox


@pytest.fixture
async def request_() -> AsyncIterator[AioRequest]:
    async with AioRequest() as request:
        yield request


@pytest.fixture
async def shop(sandbox: Sandbox, store: Store, request_: AioRequest) -> Shop:
    """Not built yet: a test sets what it wants and then `runs(shop)`."""
    return Shop(sandbox, store, Clock(), request_)
