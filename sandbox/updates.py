"""The queue of updates, as Telegram keeps one: confirmed by offset, forgotten after a day, filtered when they arise."""

from collections import deque
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sandbox.bell import Bell
from sandbox.clock import Clock

KEPT = timedelta(hours=24)
LONGEST_POLL = 50
NOT_BY_DEFAULT = {"chat_member", "message_reaction", "message_reaction_count"}
BEYOND_TAIL = 10


@dataclass(slots=True)
class Queued:
    """One update that waits. `forced` ones were put in by hand and ignore the offset until they have gone out."""

    update_id: int
    update: dict[str, Any]
    kind: str
    lane: str
    expires_at: datetime
    forced: bool = False
    handed_out: bool = False


class Updates:
    """What the bot has not confirmed yet, in the order it happened."""

    def __init__(self, clock: Clock, bell: Bell, first_id: int) -> None:
        self._clock = clock
        self._bell = bell
        self._waiting: deque[Queued] = deque()
        self._done: deque[Queued] = deque(maxlen=1000)
        self._next_id = first_id
        self.allowed: list[str] | None = None
        self.total = 0

    def __len__(self) -> int:
        self._expire()
        return len(self._waiting)

    def put(self, kind: str, payload: dict[str, Any], chat_id: int | None) -> int | None:
        """Queue what happened; None when the bot did not ask for this kind."""
        if not self._wanted(kind):
            return None
        number = self._next_id
        self._next_id += 1
        update = {"update_id": number, kind: payload}
        self._add(Queued(number, update, kind, str(chat_id), self._clock.now() + KEPT))
        return number

    def inject(self, update: dict[str, Any]) -> int:
        """Queue any object as it is, known kind or not; without an update_id it gets the next one."""
        forced = "update_id" in update
        if not forced:
            update = {"update_id": self._next_id} | update
            self._next_id += 1
        number = update["update_id"] if isinstance(update["update_id"], int) else 0
        kind = next((key for key in update if key != "update_id"), "")
        inside = update.get(kind)
        chat = inside.get("chat", inside.get("from")) if isinstance(inside, dict) else None
        lane = str(chat.get("id")) if isinstance(chat, dict) else "raw"
        self._add(Queued(number, update, kind, lane, self._clock.now() + KEPT, forced))
        return number

    def get(self, offset: int, limit: int) -> list[dict[str, Any]]:
        """What getUpdates answers: `offset` confirms everything below it, a negative one all but the last ones.

        An offset far beyond the newest id is taken for one from another life, and answered from the head.
        """
        self._expire()
        if offset < 0:
            while len(self._waiting) > -offset:
                self._confirm(self._waiting.popleft())
        elif 0 < offset <= self._next_id + BEYOND_TAIL:
            self._confirm_below(offset)
        batch = list(self._waiting)[:limit]
        for queued in batch:
            queued.handed_out = True
        return [queued.update for queued in batch]

    def ready(self) -> list[Queued]:
        """What a webhook should be given now, in order."""
        self._expire()
        return list(self._waiting)

    def delivered(self, queued: Queued) -> None:
        """A webhook took this one."""
        if queued in self._waiting:
            self._waiting.remove(queued)
            self._confirm(queued)
            self._bell.ring()

    def drop_all(self) -> None:
        """Forget what waits, as drop_pending_updates asks."""
        self._waiting.clear()
        self._bell.ring()

    def allow(self, kinds: list[str] | None) -> None:
        """Remember which kinds the bot wants; None leaves it as it was, an empty list is the default."""
        if kinds is not None:
            self.allowed = kinds or None

    def repeat(self, count: int = 1) -> None:
        """Bring the last `count` confirmed updates back, as when a confirmation was lost; ids unchanged."""
        for _ in range(min(count, len(self._done))):
            queued = self._done.pop()
            queued.forced, queued.handed_out = True, False
            self._waiting.appendleft(queued)
        self._bell.ring()

    def restart_ids(self, first_id: int) -> None:
        """Number from `first_id` on, as Telegram may after a week of silence; what waits is renumbered too."""
        self._next_id = first_id
        for queued in self._waiting:
            queued.update["update_id"] = queued.update_id = self._next_id
            self._next_id += 1

    def _wanted(self, kind: str) -> bool:
        return kind not in NOT_BY_DEFAULT if self.allowed is None else kind in self.allowed

    def _add(self, queued: Queued) -> None:
        self._waiting.append(queued)
        self.total += 1
        self._bell.ring()

    def _confirm(self, queued: Queued) -> None:
        self._done.append(queued)

    def _confirm_below(self, offset: int) -> None:
        if not self._waiting:
            return
        kept: deque[Queued] = deque()
        for queued in self._waiting:
            stays = not queued.handed_out if queued.forced else queued.update_id >= offset
            if stays:
                kept.append(queued)
            else:
                self._confirm(queued)
        if len(kept) != len(self._waiting):
            self._waiting = kept
            self._bell.ring()

    def _expire(self) -> None:
        now = self._clock.now()
        while self._waiting and self._waiting[0].expires_at <= now:
            self._waiting.popleft()
