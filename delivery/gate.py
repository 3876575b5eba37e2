"""The gate of the way out: shut while nothing gets through, so that no more messages are put at risk than it takes to know."""

import asyncio
import logging
from collections.abc import Callable

from telegram.error import TelegramError

from clock import Clock
from delivery.backoff import Backoff
from delivery.transport import Api

DOUBTS = 2
"""Answers in a row that tell nothing, from which on something harmless must get through before more is sent."""
_log = logging.getLogger(__name__)


class Gate:
    """Open until `shut`. It opens again, and calls `on_open(probed)`, once a harmless call has got through."""

    def __init__(self, api: Api, clock: Clock, on_open: Callable[[bool], None]) -> None:
        self._api, self._clock, self._on_open = api, clock, on_open
        self._backoff = Backoff()
        self._doubts = 0
        self._probing: asyncio.Task[None] | None = None
        self.why = ""
        """Why nothing is sent now; "" when it is open."""
        self.is_careful = False
        """One at a time, until Telegram has said anything definite."""

    def got_through(self) -> None:
        """Telegram has said something definite."""
        self._doubts, self.is_careful = 0, False
        self._backoff.reset()

    def is_doubtful(self) -> bool:
        """Told that nobody can tell whether a message has arrived: whether it is time to shut."""
        self._doubts += 1
        return self._doubts >= DOUBTS or self.is_careful

    def shut(self, why: str, *, probe: bool = True) -> None:
        """Send nothing until, after a while, a harmless call gets through (or, without `probe`, simply after a while)."""
        if self.why:
            return
        self.why = why
        _log.warning("sending pauses: %s", why)
        self._probing = asyncio.create_task(self._reopen(probe), name="gate")

    async def stop(self) -> None:
        """Probe no more; it stays as it is."""
        if self._probing is not None:
            self._probing.cancel()
            await asyncio.wait((self._probing,))

    async def _reopen(self, probe: bool) -> None:
        while True:
            await self._clock.sleep(self._backoff.next())
            if not probe or await self._gets_through():
                break
        self.why = ""
        self.is_careful = probe
        self._on_open(probe)

    async def _gets_through(self) -> bool:
        try:
            answer = await self._api.call("getMe", {}, read_timeout=10.0)
        except TelegramError:
            return False
        if not answer.ok:
            _log.warning("getMe is refused: %s %s", answer.code, answer.description)
        return answer.ok
