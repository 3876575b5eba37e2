"""The webhook: each chat's updates in order, tried again with growing pauses until the bot answers 2xx."""

import asyncio
from typing import Any, Protocol

import aiohttp

from sandbox.bell import Bell
from sandbox.updates import Queued, Updates

FIRST_PAUSE = 1.0
LONGEST_PAUSE = 60.0


class Source(Protocol):
    """Where it takes from: the queue, the bell that rings when something comes, the time, and how much the pauses are shortened."""

    updates: Updates
    bell: Bell
    webhook_pace: float

    def seconds(self) -> int: ...


class Webhook:
    """Posts what waits in the queue to `url`. One chat's trouble holds up that chat only."""

    def __init__(self, source: Source, url: str, secret: str | None, most: int) -> None:
        self._source = source
        self._url = url
        self._secret = secret
        self._most = asyncio.Semaphore(most)
        self._connections = most
        self._busy: set[str] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._error: tuple[int, str] | None = None
        self._session: aiohttp.ClientSession | None = None

    def start(self) -> None:
        """Begin to deliver."""
        self._spawn(self._watch())

    def close(self) -> None:
        """Deliver no more."""
        for task in self._tasks:
            task.cancel()

    def told(self) -> dict[str, Any]:
        """What getWebhookInfo says of it."""
        told: dict[str, Any] = {"url": self._url, "max_connections": self._connections}
        if self._error is not None:
            told["last_error_date"], told["last_error_message"] = self._error
        return told

    def _spawn(self, work: Any) -> None:
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _watch(self) -> None:
        headers = {"X-Telegram-Bot-Api-Secret-Token": self._secret} if self._secret else {}
        async with aiohttp.ClientSession(headers=headers) as self._session:
            while True:
                for queued in self._source.updates.ready():
                    if queued.lane not in self._busy:
                        self._busy.add(queued.lane)
                        self._spawn(self._serve(queued.lane))
                await self._source.bell.next()

    async def _serve(self, lane: str) -> None:
        pause = FIRST_PAUSE
        try:
            while (queued := self._next(lane)) is not None:
                wait = await self._post(queued)
                if wait is None:
                    self._source.updates.delivered(queued)
                    pause = FIRST_PAUSE
                    continue
                await asyncio.sleep(wait if wait > 0 else pause * self._source.webhook_pace)
                pause = min(pause * 2, LONGEST_PAUSE)
        finally:
            self._busy.discard(lane)

    def _next(self, lane: str) -> Queued | None:
        return next((queued for queued in self._source.updates.ready() if queued.lane == lane), None)

    async def _post(self, queued: Queued) -> float | None:
        """None when it was taken; otherwise how long the bot asked to wait, 0 when it did not say."""
        assert self._session is not None
        try:
            async with self._most, self._session.post(self._url, json=queued.update) as answer:
                if 200 <= answer.status < 300:
                    return None
                self._note(f"Wrong response from the webhook: {answer.status} {answer.reason}")
                asked = answer.headers.get("Retry-After", "")
                return min(float(asked), 3600.0) if asked.isdigit() else 0.0
        except (aiohttp.ClientError, TimeoutError) as error:
            self._note(f"Connection failed: {type(error).__name__}")
            return 0.0

    def _note(self, what: str) -> None:
        self._error = (self._source.seconds(), what)
