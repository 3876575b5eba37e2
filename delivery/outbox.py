"""The way out: the one sender that speaks to anybody. At most once each, within Telegram's limits, in order per chat.

What handlers and jobs commit as outbox rows is noticed through the writer. Each row is looked at again just before it goes,
`sending` is durable before the call, and what became of it is recorded after. An outcome nobody can know stays `unknown`.
"""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Coroutine, Mapping
from typing import Any

from telegram.error import TelegramError

from clock import Clock
from delivery.abreast import Abreast
from delivery.gate import Gate
from delivery.limits import TELEGRAM, Rates
from delivery.outcomes import REPEATABLE, Fate, Outcome, of_answer, of_error
from delivery.payloads import Payloads
from delivery.recording import After, Recorder
from delivery.redacting import hidden
from delivery.settling import Settling
from delivery.transport import Api, Upload
from delivery.unsent import SUPERSEDED, Item, Unsent, cost_of
from delivery.verdicts import Verdict, Word
from store.errors import DatabaseUnavailable, StoreError
from store.outbox import PUT, Outgoing, Status
from store.outbox import Outbox as Rows
from store.writing import Unit, Write, Writer

_log = logging.getLogger(__name__)
MOST_AT_ONCE = 192
"""Sends side by side where no rate is set. Beside lines that keep the processor busy each takes some four round trips of 50 ms,
so that 64 were 250 a second; connections are kept free for the poll and for taps (`AioRequest` has 256)."""


class Sender:
    """Sends what stands in the outbox.

    `check(row)` is the last look before each send. `after(row, status, outcome)` is asked once a row's fate is settled
    (sent, failed, unknown, skipped, expired, and PENDING with a MIGRATED outcome: rekey the chat) and returns what else is to
    be committed with it: a card, a file id, an unreachable buyer. `file_id(source)` is the known id of a file.
    `message_id` (and `message_thread_id`) in a payload may be `{"of": key}`: the message (topic) that was sent (made) under
    that key.

    Rows still pending in the table are taken up by `start`; rows put from then on as their units are committed.
    """

    def __init__(
        self,
        api: Api,
        rows: Rows,
        writer: Writer,
        clock: Clock,
        rates: Rates = TELEGRAM,
        *,
        check: Callable[[Outgoing], Awaitable[Verdict]] | None = None,
        after: After | None = None,
        file_id: Callable[[str], str | None] | None = None,
        most_at_once: int = MOST_AT_ONCE,
        keep: int = 5000,
        read_timeout: float = 60.0,
        measure: Callable[[], float] = time.monotonic,
    ) -> None:
        self._api, self._rows, self._writer, self._clock = api, rows, writer, clock
        self._check = check
        self._payloads, self._recorder = Payloads(rows, file_id), Recorder(writer, clock, after)
        self._gate = Gate(api, clock, self._opened)
        self._most, self._abreast = most_at_once, Abreast(rates.overall, most_at_once)
        self._read_timeout, self._measure = read_timeout, measure
        self.unsent = Unsent(rows, clock, rates, keep, self._pump, lambda why: self._shut(why, probe=False), measure)
        self._turns = self.unsent.turns
        self._settling = Settling(
            *(self._payloads, self._recorder, self._gate, self.unsent, clock, measure, self._shut),
            may_wait=rates.overall <= 0,
        )
        self._sending: set[asyncio.Task[None]] = set()
        self._helpers: set[asyncio.Task[None]] = set()
        self._timer: asyncio.TimerHandle | None = None
        self._quiet = asyncio.Event()
        self._quiet.set()
        self._is_running = False
        self._claimed: dict[int, asyncio.Future[bool]] = {}
        writer.listeners.append(self._committed)
        writer.claims = self

    # life

    @property
    def trouble(self) -> str:
        """Why nothing is sent at the moment; "" when all is well."""
        return self._gate.why

    def __len__(self) -> int:
        """Rows in memory: waiting and under way."""
        return len(self.unsent)

    async def start(self) -> None:
        """Take up what is pending. What was being sent when the program ended becomes `unknown` and is never sent again."""
        reason = "The program stopped while sending it."
        for row in await self._rows.under_way():  # row by row with what follows from it: a start may be cut off too
            if row.method in REPEATABLE:
                await self._recorder.record((Rows.later(row.id, None, reason),))
            else:
                told = self._recorder.asked_after(row, Status.UNKNOWN, Outcome(Fate.UNKNOWN, reason))
                await self._recorder.record((Rows.unclear(row.id, reason),), told)
        self._is_running = True
        await self.unsent.start()

    async def stop(self, grace: float = 3.0) -> None:
        """Begin no more sends and give those under way `grace` seconds. What is cut off stays `sending`."""
        self._is_running = False
        if self._timer is not None:
            self._timer.cancel()
        await self.unsent.stop()
        await self._gate.stop()
        for helper in self._helpers:
            helper.cancel()
        if self._helpers:
            await asyncio.wait(self._helpers, timeout=grace)
        if self._sending:
            _, late = await asyncio.wait(self._sending, timeout=grace)
            for task in late:
                task.cancel()
            if late:
                await asyncio.wait(late, timeout=1.0)
        if self._committed in self._writer.listeners:
            self._writer.listeners.remove(self._committed)
        if self._writer.claims is self:
            self._writer.claims = None

    async def idle(self) -> None:
        """Return when nothing waits in memory and nothing is under way."""
        while self._is_running and (self._sending or not self.unsent.is_empty):
            self._quiet.clear()
            await self._quiet.wait()

    def look(self) -> None:
        """Look into the table for rows that were not put by this process."""
        self.unsent.look()

    def _help(self, work: Any) -> None:
        task = asyncio.ensure_future(work)
        self._helpers.add(task)
        task.add_done_callback(self._helpers.discard)

    # sending

    def _pump(self) -> None:
        """Start every send that may go now. Cheap, and called whenever something has changed."""
        turns = self._turns
        if self._is_running and not self._gate.why:
            now = self._measure()
            while (held := self._held_up(now)) == 0 and (going := turns.next(now)) is not None:
                chat, item, cost = going
                if item.gone:
                    turns.answered(chat, now, cost, called=False)
                    self._drop(item)
                    continue
                self.unsent.take_out(item)
                self._begin(self._send(chat, item, cost, self._abreast.begin(now)))
            if self._timer is not None:
                self._timer.cancel()
                self._timer = None
            wait = held or turns.wait(now)
            if len(turns) and wait is not None and wait != float("inf"):
                self._timer = asyncio.get_running_loop().call_later(max(wait, 0.001), self._pump)
            self.unsent.refill_soon()
        if self._sending or not self.unsent.is_empty:
            self._quiet.clear()
        elif not self._quiet.is_set():
            self._quiet.set()

    def _begin(self, sending: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(sending)
        self._sending.add(task)
        task.add_done_callback(self._sent_one)

    # sending what is about to be put: `sending` stands in the very commit that says it, and a second one is spared

    def claim(self, unit: Unit) -> Unit:
        """The unit with each reply that may go at once put as being sent; the call follows the commit. For the writer."""
        if not self._is_running or self._gate.why:
            return unit
        changed: list[Write] | None = None
        for place, write in enumerate(unit):
            if write.statement is not PUT:
                continue
            now = self._measure()
            if self._held_up(now) > 0 or (item := self.unsent.claim(write.params, now)) is None:
                continue
            changed = changed or list(unit)
            changed[place] = Rows.as_sending(write, self._clock.now())
            committed = self._claimed[item.row.id] = asyncio.get_running_loop().create_future()
            chat, cost = item.row.chat_id, cost_of(item.row)
            self._begin(self._send(chat, item, cost, self._abreast.begin(now), committed))
        return changed or unit

    def release(self, unit: Unit) -> None:
        """What was claimed was not committed."""
        self._tell_claimed(unit, False)

    def _committed(self, unit: Unit) -> None:
        self._tell_claimed(unit, True)
        self.unsent.committed(unit)

    def _tell_claimed(self, unit: Unit, is_put: bool) -> None:
        for write in unit if self._claimed else ():
            if write.statement is PUT and (told := self._claimed.pop(write.params["id"], None)) and not told.done():
                told.set_result(is_put)

    def _held_up(self, now: float) -> float:
        """Seconds until one more send may begin beside those under way."""
        if self._gate.is_careful:
            return float("inf") if self._sending else 0.0
        return self._abreast.wait(now) if len(self._sending) < self._most else float("inf")

    def _drop(self, item: Item) -> None:
        if item.gone == SUPERSEDED:
            self._help(self._supersede(item))
        else:
            self.unsent.let_go(item)

    async def _supersede(self, item: Item) -> None:
        await self._recorder.record((Rows.cancelled(item.row.id, item.gone),))
        self.unsent.let_go(item)  # not before: a look into the table would find it pending

    def _sent_one(self, task: asyncio.Task[None]) -> None:
        self._sending.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            _log.error("the sender met an error of its own", exc_info=error)
        self._pump()

    async def _send(
        self, chat: Any, item: Item, cost: int, number: int, claimed: asyncio.Future[bool] | None = None
    ) -> None:
        called = answered = False
        row = item.row
        try:
            if claimed is not None and not await self._is_put(item, claimed):
                return
            if await self._is_held_back(item, counted=claimed is None):
                return
            try:
                parameters, uploads = await self._payloads.of(row, item.fixes)
            except (OSError, LookupError) as error:
                await self._settling.settle(
                    item, Status.FAILED, Outcome(Fate.FAILED, hidden(f"{type(error).__name__}: {error}"))
                )
                return
            try:
                if claimed is None:
                    await self._writer.write((Rows.sending(row.id, self._clock.now()),))
            except DatabaseUnavailable as error:
                _log.warning("nothing is sent, the database cannot be written: %s", error)
                self.unsent.back(item)
                self._shut("the database cannot be written", probe=False)
                return
            if item.gone:
                await self._recorder.record((Rows.cancelled(row.id, item.gone),))
                self.unsent.let_go(item)
                return
            if claimed is None and row.connection_id and await self._is_held_back(item, counted=False):
                return  # a person may have begun to type there while it was written down
            called = True
            outcome = await self._call(row.method, parameters, uploads)
            if outcome.fate is Fate.SENT:
                self._turns.answered(chat, self._measure(), cost)
                self._abreast.end(number, self._measure(), sent=True)
                answered = True
                self._pump()
            await self._settling.sort(chat, item, outcome, parameters)
        except asyncio.CancelledError:
            if self._is_running:  # not by `stop`: its fate is recorded all the same
                self._help(self._cut_off(item, called))
            raise
        except Exception as error:
            await self._settling.stumble(chat, item, called, error)
        finally:
            item.is_out = False
            if not answered:
                self._turns.answered(chat, self._measure(), cost, called=called)
                self._abreast.end(number, self._measure(), sent=False)

    async def _is_put(self, item: Item, claimed: asyncio.Future[bool]) -> bool:
        """Whether what was claimed stands in the table now, and may still go."""
        if not await claimed:
            self.unsent.unclaim(item)
            await self._look_after_a_lost_commit(item)
            return False
        if self._is_running and not self._gate.why:
            return True
        await self._recorder.record((Rows.later(item.row.id, None, self._gate.why, counted=False),))
        self.unsent.back(item)
        return False

    async def _look_after_a_lost_commit(self, item: Item) -> None:
        """A commit that was reported lost may stand all the same: its row says that it is being sent, and nobody sends it."""
        try:
            row = await self._rows.get(item.row.id)
        except StoreError as error:  # at the next start it is in doubt then
            _log.warning("whether outbox %s stands could not be read: %s", item.row.id, error)
            return
        if row is not None and row.status is Status.SENDING:
            await self._recorder.record((Rows.later(row.id, None, "its commit was reported lost", counted=False),))
            self.unsent.look()

    async def _is_held_back(self, item: Item, counted: bool = True) -> bool:
        """The last look: whether this row is not to go now, and what follows from that."""
        row = item.row
        if row.expires_at is not None and row.expires_at <= self._clock.now():
            await self._settling.settle(item, Status.EXPIRED, Outcome(Fate.FAILED, "it came too late to be true"))
            return True
        if not item.is_sure:
            known = await self._rows.get(row.id)
            if known is None or known.status is not Status.PENDING:
                self.unsent.let_go(item)
                if known is None and (other := await self._rows.by_key(row.key)) and other.payload != row.payload:
                    _log.error("two different rows under one key; the first stands: %s", row.key)
                return True
            item.is_sure = True
        if self._check is None:
            return False
        verdict = await self._check(row)
        if verdict.word is Word.GO:
            return False
        if verdict.word is Word.FAIL:
            await self._settling.settle(item, Status.FAILED, Outcome(Fate.NO_RIGHT, verdict.why))
        elif verdict.word is Word.SKIP or verdict.until is None:
            await self._settling.settle(item, Status.SKIPPED, Outcome(Fate.FAILED, verdict.why))
        else:
            await self._recorder.record((Rows.later(row.id, verdict.until, verdict.why, counted),))
            self.unsent.let_go(item)
            self.unsent.look_at(verdict.until)
        return True

    async def _call(self, method: str, parameters: Mapping[str, Any], uploads: Mapping[str, Upload]) -> Outcome:
        try:
            return of_answer(await self._api.call(method, parameters, uploads, read_timeout=self._read_timeout))
        except TelegramError as error:
            return of_error(error)

    async def _cut_off(self, item: Item, called: bool) -> None:
        await self._settling.cut_off(item, called)
        self._pump()

    # when nothing gets through

    def _shut(self, why: str, *, probe: bool = True) -> None:
        if self._is_running:
            self._gate.shut(why, probe=probe)

    def _opened(self, probed: bool) -> None:
        if not probed:
            self.unsent.look()
        self._pump()
