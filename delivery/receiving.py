"""The way in: what Telegram hands us is committed first and confirmed after. Polling and webhook share `Receiver.receive`."""

import asyncio
import logging
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Any

from clock import Clock
from delivery.identity import Identity, as_json, identify
from delivery.lanes import Lanes
from store.errors import StoreError
from store.inbox import Arrival, Inbox, Received

ONCE = frozenset(("message", "business_message", "callback_query"))
"""Kinds whose identity is theirs alone, whatever number they come under. Two edits within a second share one."""
MOST_SEEN = 2000
"""A poll brings a hundred at most, and only what is not confirmed is numbered anew."""
FEW = 8
"""Updates of a batch up to which the lanes begin with it while it is being committed."""
_log = logging.getLogger(__name__)


class Receiver:
    """Commits raw updates and hands the new ones to the lanes. `glance` sees each new one as soon as it is kept, before
    its turn in its lane has come; it must not fail or wait."""

    def __init__(
        self,
        bot_id: int,
        inbox: Inbox,
        lanes: Lanes,
        clock: Clock,
        glance: Callable[[Mapping[str, Any]], None] = lambda update: None,
    ) -> None:
        self._bot_id, self._inbox, self._lanes, self._clock = bot_id, inbox, lanes, clock
        self._glance = glance
        self._owes_a_look = False
        self._has_received = False
        self._under_way = 0  # posts of a webhook come side by side
        self._seen: dict[tuple[str, str], int] = {}  # the latest messages and taps, and the number each came under

    async def receive(self, updates: Sequence[Any], raws: Sequence[bytes] | None = None) -> int:
        """Keep a batch in one commit; return how many were new. StoreError: nothing may be confirmed.

        `updates` is parsed JSON, whatever is in it; `raws` the bodies as they came, where there are any.
        """
        self._under_way += 1
        try:
            return await self._receive(updates, raws)
        finally:
            self._under_way -= 1

    async def _receive(self, updates: Sequence[Any], raws: Sequence[bytes] | None) -> int:
        arrivals: list[Arrival] = []
        parsed: dict[tuple[int, str], Mapping[str, Any]] = {}
        for number, update in enumerate(updates):
            raw = raws[number] if raws is not None else b""
            identity: Identity = identify(self._bot_id, update, raw)
            if self._is_renumbered(identity):
                continue
            text = raw.decode("utf-8", "backslashreplace").replace("\x00", "\\x00") if raw else as_json(update)
            arrivals.append(
                Arrival(self._bot_id, identity.update_id, identity.ident, text, identity.lane, identity.kind)
            )
            if isinstance(update, dict):
                parsed[identity.update_id, identity.ident] = update
        kept: asyncio.Future[Collection[int]] = asyncio.get_running_loop().create_future()

        def begin(batch: Sequence[Received]) -> None:
            self._lanes.begin_with(batch, {row.seq: parsed[_key(row)] for row in batch if _key(row) in parsed}, kept)

        try:
            rows = await self._inbox.receive(
                arrivals, self._clock.now(), begin if self._may_begin_with(arrivals, parsed.values()) else None
            )
            kept.set_result({row.seq for row in rows})
        except BaseException:
            # It may have been committed all the same; then it is known when it comes again, and no lane has it.
            kept.set_result(())
            self._owes_a_look = True
            raise
        self._has_received = True
        self._remember(arrivals)
        if self._owes_a_look:
            await self._look()  # first: what is owed is older than what has come now
        updates_by_seq = {row.seq: parsed[_key(row)] for row in rows if _key(row) in parsed}
        for update in updates_by_seq.values():
            self._glance(update)
        try:
            self._lanes.take(rows, updates_by_seq, fetch=self._owes_a_look)
        except BaseException:
            self._owes_a_look = True  # they are kept, and will be known when they come again
            raise
        return len(rows)

    def _may_begin_with(self, arrivals: Sequence[Arrival], updates: Iterable[Mapping[str, Any]]) -> bool:
        """Whether the lanes may begin while the batch is being committed, so that a line and its answer are one commit.

        The first batch holds what was received before a restart, and a large one is long in the lanes: they are kept first,
        and so is what is known already. While something is being written, its effect would not be seen yet; what another
        post brought may be kept and not yet in its lane; and somebody who answers a message of ours may do so before it is
        written down that it was sent.
        """
        return (
            self._has_received
            and self._under_way == 1
            and not self._owes_a_look
            and len(arrivals) <= FEW
            and self._inbox.is_settled
            and all(one.kind == "message" and (one.lane, one.ident) not in self._seen for one in arrivals)
            and all(_is_of_itself(one.get("message")) for one in updates)
        )

    def _is_renumbered(self, identity: Identity) -> bool:
        """Whether this came a moment ago under another number: Telegram numbers anew what it holds unconfirmed as well."""
        if identity.kind not in ONCE:
            return False
        known = self._seen.get((identity.lane, identity.ident), identity.update_id)
        if known != identity.update_id:
            _log.warning("update %s is known already, as %s", identity.update_id, known)
        return known != identity.update_id

    def _remember(self, arrivals: Sequence[Arrival]) -> None:
        for one in arrivals:
            if one.kind in ONCE:
                self._seen[one.lane, one.ident] = one.update_id
        while len(self._seen) > MOST_SEEN:
            del self._seen[next(iter(self._seen))]

    async def _look(self) -> None:
        try:
            await self._lanes.look()
            self._owes_a_look = False
        except StoreError as error:
            _log.warning("the inbox could not be looked through: %s", error)


def _is_of_itself(message: Any) -> bool:
    """Whether it is a message that answers none."""
    return isinstance(message, dict) and "reply_to_message" not in message


def _key(row: Any) -> tuple[int, str]:
    return row.update_id, row.ident
