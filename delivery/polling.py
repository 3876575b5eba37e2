"""Polling: getUpdates again and again, whatever happens, and confirming only what is kept."""

import asyncio
import logging
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from telegram.error import TelegramError

from clock import Clock
from delivery.backoff import Backoff
from delivery.receiving import Receiver
from delivery.redacting import hidden
from delivery.transport import Answer, Api
from delivery.troubles import Notice, Trouble
from store.errors import StoreError
from store.marks import Marks
from store.writing import Writer

ALLOWED_UPDATES = (
    "message edited_message callback_query my_chat_member business_connection business_message edited_business_message "
    "deleted_business_messages message_reaction pre_checkout_query shipping_query"
).split()
"""Always sent: left out, Telegram keeps whatever an earlier program asked for."""

KEPT_BY_TELEGRAM = timedelta(hours=23)
"""Telegram drops an update 24 h after its message. A longer silence of ours than this is told to the seller."""

MOST_CONFIRMED = 2**53
"""Beyond this there are no numbers of Telegram's."""
LONGEST_REST = 3600.0
"""Seconds that no poll is made for at most, whatever Telegram has said: it keeps what comes for a day only."""

LAST_POLL = "last_poll"
_log = logging.getLogger(__name__)

Tell = Callable[[Notice], None]
"""Told of troubles and their ends. It must not wait."""


class LastPoll:
    """When Telegram was last heard, kept across restarts, so that a gap in which messages were dropped is noticed.

    It is read at the first `heard` and written once a minute at most, as the mark `last_poll`.
    """

    def __init__(self, marks: Marks, writer: Writer, clock: Clock, tell: Tell) -> None:
        self.at: datetime | None = None
        self._marks, self._writer, self._clock, self._tell = marks, writer, clock, tell
        self._is_read = False
        self._saved: datetime | None = None
        self._was_away = True
        self._shift = clock.shift

    def missed(self) -> None:
        """A poll has failed: from here on the silence is ours."""
        self._was_away = True

    async def heard(self) -> None:
        """Telegram has answered just now. StoreError when that cannot be noted."""
        if not self._is_read:
            known = await self._marks.get(LAST_POLL)
            self.at = self._saved = datetime.fromisoformat(known) if isinstance(known, str) else None
            self._is_read = True
        now, before = self._clock.now(), self.at
        shift, self._shift = self._clock.shift - self._shift, self._clock.shift
        # A clock that was moved while a poll was out is no silence.
        silence = timedelta() if before is None else now - before - (timedelta() if self._was_away else shift)
        self.at, self._was_away = now, False
        if silence > KEPT_BY_TELEGRAM:
            self._tell(Notice(Trouble.GAP, f"nothing heard from {before} to {now}", since=before, until=now))
        if self._saved is None or abs(now - self._saved) >= timedelta(minutes=1):
            self._saved = now
            await self._writer.write([Marks.set(LAST_POLL, now.isoformat(), now)])


class Poller:
    """Polls until it is stopped, whatever happens. The offset lives in memory only, and begins without one.

    `last_poll.at` is the last answer, `trouble` what is wrong now (None: nothing), for health checks.
    """

    def __init__(
        self,
        api: Api,
        receiver: Receiver,
        clock: Clock,
        last_poll: LastPoll,
        *,
        tell: Tell,
        allowed_updates: Sequence[str] = ALLOWED_UPDATES,
        timeout: int = 50,
        alarm_after: int = 3,
    ) -> None:
        self._api, self._receiver, self._clock, self._tell = api, receiver, clock, tell
        self._asked: dict[str, Any] = {"timeout": timeout, "limit": 100, "allowed_updates": list(allowed_updates)}
        self._read_timeout = timeout + 10.0
        self._alarm_after = alarm_after
        self._backoff = Backoff()
        self._task: asyncio.Task[Any] | None = None
        self._is_stopping = False
        self._is_waiting = False
        self._known_batches = 0
        self.last_poll = last_poll
        self.trouble: Trouble | None = None
        self.offset: int | None = None

    async def run(self) -> None:
        """Poll. Returns after `stop`; an update that was not committed by then is not confirmed."""
        self._task = asyncio.current_task()
        try:
            while not self._is_stopping:
                wait = await self._once()
                if wait > 0 and not self._is_stopping:
                    self._is_waiting = True
                    await self._clock.sleep(wait)
                    self._is_waiting = False
        except asyncio.CancelledError:
            if not self._is_stopping:
                raise
            if self._task is not None:
                self._task.uncancel()

    def stop(self) -> None:
        """Ask for no more. A batch being committed still is; it is then confirmed by nobody, and known next time."""
        self._is_stopping = True
        if self._is_waiting and self._task is not None:
            self._task.cancel()

    async def _once(self) -> float:
        """One poll; returns seconds to wait before the next."""
        try:
            self._is_waiting = True
            answer = await self._api.call("getUpdates", self._parameters(), read_timeout=self._read_timeout)
            self._is_waiting = False
            if not answer.ok:
                return await self._refused(answer)
            if not isinstance(answer.result, list):
                return self._failed(Trouble.UNREACHABLE, "getUpdates answered without a list")
            return await self._keep(answer.result)
        except TelegramError as error:
            return self._failed(Trouble.UNREACHABLE, hidden(f"{error} ({type(error.__cause__).__name__})"))
        except StoreError as error:
            return self._failed(Trouble.STORE, str(error))
        except Exception as error:
            _log.exception("polling met an error of our own")
            return self._failed(Trouble.UNREACHABLE, hidden(repr(error)))
        finally:
            self._is_waiting = False

    def _parameters(self) -> Mapping[str, Any]:
        return self._asked if self.offset is None else {**self._asked, "offset": self.offset}

    async def _keep(self, updates: list[Any]) -> float:
        new = await self._receiver.receive(updates) if updates else 0
        await self.last_poll.heard()
        if updates:
            last = next((one["update_id"] for one in reversed(updates) if _has_id(one)), None)
            if last is None:
                return self._failed(Trouble.LOOP, "a batch without a single update_id")
            self.offset = last + 1  # of the last one, never the highest: numbers may begin again lower
            self._known_batches = 0 if new else self._known_batches + 1
            if self._known_batches >= 3:
                return self._failed(Trouble.LOOP, f"{self._known_batches} batches brought nothing new")
        self._backoff.reset()
        if self.trouble is not None:
            self._tell(Notice(self.trouble, is_over=True))
            self.trouble = None
        return 0.0

    async def _refused(self, answer: Answer) -> float:
        said = f"getUpdates: {answer.code} {answer.description}"
        if answer.code == 409:
            if "webhook" in answer.description.lower():
                _log.warning("a webhook is set; it is taken away, nothing is dropped")
                await self._api.call("deleteWebhook", {"drop_pending_updates": False}, read_timeout=20.0)
            return self._failed(Trouble.CONFLICT, said)
        if answer.code in (401, 403, 404):
            return self._failed(Trouble.REFUSED, said)
        wait = self._failed(Trouble.UNREACHABLE, said)
        after = answer.parameters.get("retry_after")
        return max(wait, min(after, LONGEST_REST)) if isinstance(after, int | float) else wait

    def _failed(self, trouble: Trouble, detail: str) -> float:
        wait = self._backoff.next()
        self.last_poll.missed()
        _log.warning("polling: %s; again in %.1f s", detail, wait)
        if self._backoff.failures >= self._alarm_after and self.trouble is not trouble:
            if self.trouble is not None:
                self._tell(Notice(self.trouble, is_over=True))
            self.trouble = trouble
            self._tell(Notice(trouble, detail))
        return wait


def _has_id(update: Any) -> bool:
    """A number that may be confirmed: one below zero would drop all that waits, one beyond all numbers would end polling."""
    number = update.get("update_id") if isinstance(update, dict) else None
    return type(number) is int and 0 <= number < MOST_CONFIRMED
