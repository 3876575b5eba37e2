"""Promises as values: every time the shop said, to whom, and whether it was kept."""

from datetime import datetime
from enum import StrEnum

from core.frozen import frozen


class What(StrEnum):
    """What was promised for that time: that it leaves, that it arrives, an answer, the missing piece, or something else."""

    SHIP = "ship"
    DELIVER = "deliver"
    ANSWER = "answer"
    RESEND = "resend"
    OTHER = "other"


class Outcome(StrEnum):
    """What became of it. `late`: done, but after its time. `lapsed`: told without an order, and nothing came of it."""

    OPEN = ""
    KEPT = "kept"
    LATE = "late"
    LAPSED = "lapsed"
    MOVED = "moved"
    WITHDRAWN = "withdrawn"


@frozen
class Promise:
    """A time that was said. `words` are those it was said with; `by` is bot or e.g. owner:7.

    Not `is_binding`: told to somebody who has no order yet; it binds once the order is paid in time, else it lapses.
    `warned_at` and `drafted_at`: the seller was told; `broken_at`: it was not kept when due, and the buyer was told so.
    """

    id: int
    buyer_id: int
    what: What
    words: str
    by: str
    made_at: datetime
    due_at: datetime
    is_binding: bool = True
    conversation_id: int | None = None
    order_no: str | None = None
    warned_at: datetime | None = None
    drafted_at: datetime | None = None
    broken_at: datetime | None = None
    closed_at: datetime | None = None
    outcome: Outcome = Outcome.OPEN

    @property
    def is_open(self) -> bool:
        return self.closed_at is None

    @property
    def is_by_hand(self) -> bool:
        """One of the shop's people said so, and it is not the bot's own."""
        return self.by not in ("bot", "") and not self.by.startswith("heard:")

    @property
    def quoted(self) -> str:
        """Their words, where `what` does not tell what it was."""
        return self.words if self.is_by_hand and self.what in (What.ANSWER, What.OTHER) else ""

    def ended(self, now: datetime) -> Outcome:
        """What it is when what was promised happens now."""
        return Outcome.KEPT if now <= self.due_at else Outcome.LATE


@frozen
class Rates:
    """How promises went: `kept` in time; `late` are those done after their time and those whose time has passed while they
    are still open; `moved` got another time before theirs had come. One rule wherever the figures stand."""

    kept: int = 0
    late: int = 0
    moved: int = 0

    @property
    def share(self) -> float | None:
        """Which part was kept, of all whose time has come; None where there are none."""
        counted = self.kept + self.late
        return self.kept / counted if counted else None
