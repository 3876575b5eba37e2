"""Hooking: Telegram is told where to post, and asked once a minute whether that still leads here. A webhook alone is deaf to its
own trouble: nothing comes, and nothing is what comes while nobody writes."""

import logging
from collections.abc import Mapping
from typing import Any

from telegram.error import TelegramError

from clock import Clock
from delivery.backoff import Backoff
from delivery.polling import LastPoll, Tell
from delivery.redacting import hidden
from delivery.transport import Answer, Api
from delivery.troubles import Notice, Trouble
from store.errors import StoreError

EVERY = 60.0
"""Seconds between two looks."""
QUIET_LOOKS = 3
"""So many looks that show no new error in a row, and posts arrive again, whatever is waiting just then."""
_log = logging.getLogger(__name__)


class Hook:
    """Sets the webhook (`wanted` are setWebhook's parameters) until it is set, and again where somebody has changed it or posts
    do not arrive. `trouble` is what is wrong now. While all is well Telegram could reach us, and so was heard."""

    def __init__(self, api: Api, clock: Clock, last_poll: LastPoll, wanted: Mapping[str, Any], tell: Tell) -> None:
        self._api, self._clock, self._last_poll, self._wanted, self._tell = api, clock, last_poll, wanted, tell
        self._backoff = Backoff(EVERY)
        self._is_set = False
        self._error_at: object = None
        self._quiet_looks = 0
        self._is_known = False  # what had gone wrong before we listened is nothing of ours
        self.trouble: Trouble | None = None

    async def run(self) -> None:
        """Look until cancelled, whatever happens."""
        while True:
            try:
                wait = await self._once()
            except (TelegramError, StoreError) as error:
                wait = self._failed(hidden(f"{error}"))
            except Exception as error:
                _log.exception("the webhook met an error of our own")
                wait = self._failed(hidden(repr(error)))
            await self._clock.sleep(wait)

    async def _once(self) -> float:
        """One look; returns seconds until the next."""
        if not self._is_set:
            answer = await self._api.call("setWebhook", self._wanted, read_timeout=20.0)
            if not answer.ok:
                return self._failed(f"setWebhook: {answer.code} {answer.description}")
            self._is_set = True
            if self.trouble is not None:
                return EVERY  # Telegram has forgotten what went wrong, and begins to post again
        answer = await self._api.call("getWebhookInfo", {}, read_timeout=20.0)
        if not answer.ok or not isinstance(answer.result, dict):
            return self._failed(f"getWebhookInfo: {answer.code} {answer.description}")
        if answer.result.get("url") != self._wanted["url"]:
            self._is_set = False
            self._now_is(Trouble.CONFLICT, "somebody else has changed the webhook; it is set again")
            self._last_poll.missed()
            return EVERY if self._backoff.failures else self._backoff.next()
        if why := self._does_not_arrive(answer):
            self._is_set = False  # set anew it is tried at once, and with our secret
            self._now_is(Trouble.UNREACHABLE, why)
            self._last_poll.missed()
            return EVERY
        await self._last_poll.heard()
        self._backoff.reset()
        self._now_is(None)
        return EVERY

    def _does_not_arrive(self, info: Answer) -> str:
        """Why something waits that Telegram could not post of late; "" where all is well."""
        before, self._error_at = self._error_at, info.result.get("last_error_date")
        is_news, self._is_known = self._is_known and self._error_at not in (None, before), True
        self._quiet_looks = 0 if is_news else self._quiet_looks + 1
        is_late = is_news or (self.trouble is Trouble.UNREACHABLE and self._quiet_looks < QUIET_LOOKS)
        if not is_late or not info.result.get("pending_update_count"):
            return ""
        return f"Telegram cannot post here: {info.result.get('last_error_message')}"

    def _failed(self, detail: str) -> float:
        """Nobody can tell now whether posts would arrive."""
        wait = self._backoff.next()
        self._last_poll.missed()
        _log.warning("webhook: %s; again in %.1f s", detail, wait)
        return wait

    def _now_is(self, trouble: Trouble | None, detail: str = "") -> None:
        if trouble is self.trouble:
            return
        if self.trouble is not None:
            self._tell(Notice(self.trouble, is_over=True))
        self.trouble = trouble
        if trouble is not None:
            self._tell(Notice(trouble, detail))
