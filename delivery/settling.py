"""What becomes of a row once its call was answered, refused or broken off: recorded, and with it all that follows.

`delivery/outcomes.py` tells the fate of a call; here it is decided what that means for the row, its chat and all sending.
"""

import logging
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from clock import Clock
from delivery.gate import Gate
from delivery.outcomes import REPEATABLE, Fate, Outcome
from delivery.payloads import Payloads
from delivery.recording import Recorder
from delivery.redacting import hidden
from delivery.unsent import Item, Unsent
from store.errors import StoreError
from store.outbox import TOLD_TO_WAIT, Status
from store.outbox import Outbox as Rows
from store.writing import Unit

_FIXES = frozenset((Fate.AS_PLAIN, Fate.UPLOAD, Fate.NO_REPLY_TO))
"""Refusals that are mended once, by sending it a little differently."""
_AMBIGUOUS_PAUSE = 1.0
"""Seconds a chat rests where nobody knows whether a message arrived, so that nothing overtakes it."""
_log = logging.getLogger(__name__)


class Settling:
    """`measure` tells seconds that only grow; `shut` stops all sending until something harmless has got through. With
    `may_wait`, that a message arrived joins another commit: more are in doubt then when the program is killed."""

    def __init__(
        self,
        payloads: Payloads,
        recorder: Recorder,
        gate: Gate,
        unsent: Unsent,
        clock: Clock,
        measure: Callable[[], float],
        shut: Callable[[str], None],
        *,
        may_wait: bool = False,
    ) -> None:
        self._payloads, self._recorder, self._gate, self._unsent = payloads, recorder, gate, unsent
        self._clock, self._measure, self._shut, self._may_wait = clock, measure, shut, may_wait

    async def sort(self, chat: Any, item: Item, outcome: Outcome, parameters: Mapping[str, Any]) -> None:
        """What a call came to, made true: the row settled or put back, its chat parked, all sending shut. `parameters` are those
        the call was made with."""
        fate, row = outcome.fate, item.row
        if fate is Fate.UNKNOWN and row.method in REPEATABLE:
            fate = Fate.NOT_SENT
        if fate not in (Fate.NOT_SENT, Fate.UNKNOWN, Fate.REVOKED):
            self._gate.got_through()
        if fate is Fate.SENT:
            self._unsent.turns.got_through()
            await self.settle(item, Status.SENT, outcome, parameters)
        elif fate is Fate.NOT_SENT:
            await self._again(item, outcome.reason)
            self._shut(outcome.reason)
        elif fate is Fate.WAIT:
            _log.info("chat %s must wait %s s", chat, outcome.wait)
            self._unsent.turns.park(chat, self._measure(), outcome.wait + 0.1)
            until = self._clock.now() + timedelta(seconds=outcome.wait)
            await self._again(item, f"{TOLD_TO_WAIT}{outcome.reason}", until, counted=False)
        elif fate is Fate.REVOKED:
            await self._again(item, outcome.reason, counted=False)
            self._shut(outcome.reason)
        elif fate in _FIXES and fate not in item.fixes:
            _log.warning("outbox %s again, %s: %s", row.id, fate.value, outcome.reason)
            item.fixes.add(fate)
            await self._again(item, outcome.reason, counted=False)
        elif fate is Fate.MIGRATED and outcome.chat_id != row.chat_id:
            await self._migrate(item, outcome)
        elif fate is Fate.BLOCKED:
            why = f"blocked: {outcome.reason}"
            both = (Rows.skipped(row.id, why), Rows.skip_chat(row.chat_id, row.connection_id, why))
            await self.settle(item, Status.SKIPPED, outcome, marks=both)
        elif fate is Fate.UNKNOWN:
            self._unsent.turns.rest(chat, self._measure(), _AMBIGUOUS_PAUSE)
            if self._gate.is_doubtful():
                self._shut(outcome.reason)
            await self.settle(item, Status.UNKNOWN, outcome)
        else:
            await self.settle(item, Status.FAILED, outcome)

    async def settle(
        self,
        item: Item,
        status: Status,
        outcome: Outcome,
        parameters: Mapping[str, Any] | None = None,
        marks: Unit | None = None,
    ) -> None:
        """Record a row's last state, with whatever `after` adds to it."""
        row = item.row
        if status is Status.SENT:
            message_id = self._payloads.sent(row.key, outcome.result, parameters)
            marks = Rows.sent(row.id, message_id, self._clock.now())
        elif marks is None:
            mark = {
                Status.FAILED: Rows.failed,
                Status.UNKNOWN: Rows.unclear,
                Status.EXPIRED: Rows.expired,
                Status.SKIPPED: Rows.skipped,
            }[status]
            marks = (mark(row.id, outcome.reason[:500]),)
            _log.warning("outbox %s (%s) is %s: %s", row.id, row.method, status.value, outcome.reason)
        extra = self._recorder.asked_after(row, status, outcome)
        is_all = status is Status.SENT and not extra
        await self._recorder.record(marks, extra, may_wait=is_all and self._may_wait)
        self._unsent.let_go(item)

    async def stumble(self, chat: Any, item: Item, called: bool, error: Exception) -> None:
        """An error of our own. Before the call the row is tried a few times more; after it nobody can tell."""
        _log.error("outbox %s met an error of our own", item.row.id, exc_info=error)
        if called:
            await self.settle(item, Status.UNKNOWN, Outcome(Fate.UNKNOWN, hidden(repr(error))))
            return
        item.stumbles += 1
        if item.stumbles >= 5 and not isinstance(error, StoreError):
            await self.settle(item, Status.FAILED, Outcome(Fate.FAILED, hidden(repr(error))))
            return
        self._unsent.turns.rest(chat, self._measure(), 2.0)
        self._unsent.back(item)

    async def cut_off(self, item: Item, called: bool) -> None:
        """A send that somebody cancelled. Before the call it goes again, if its row stands; after it nobody can tell."""
        reason = "the send was cut off"
        if called:
            await self.settle(item, Status.UNKNOWN, Outcome(Fate.UNKNOWN, reason))
            return
        item.is_sure = False
        await self._again(item, reason, counted=False)

    async def _again(self, item: Item, reason: str, until: datetime | None = None, *, counted: bool = True) -> None:
        """It surely is not there: pending once more, at the head of its chat. Recorded first, so that a later `sending`
        is never overwritten."""
        await self._recorder.record((Rows.later(item.row.id, until, reason[:500], counted),))
        self._unsent.back(item)

    async def _migrate(self, item: Item, outcome: Outcome) -> None:
        row = item.row
        lane = row.lane.replace(str(row.chat_id), str(outcome.chat_id))
        extra = self._recorder.asked_after(row, Status.PENDING, outcome)
        marks = (Rows.later(row.id, None, outcome.reason, False), Rows.moved(row.chat_id, outcome.chat_id, lane))
        self._unsent.move(item, outcome.chat_id, lane)  # before the commit puts those behind it into the same queue
        await self._recorder.record(marks, extra)
