"""What the seller must hear about the way in and out: values, which handlers put into words and cards."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Trouble(StrEnum):
    """One card per kind, again only after it has cleared."""

    REFUSED = "refused"  # Telegram refuses the token (401, 404)
    CONFLICT = "conflict"  # another copy of the bot polls
    UNREACHABLE = "unreachable"  # no network, or Telegram's servers fail
    STORE = "store"  # the database cannot be written: disk full, locked, gone
    LOOP = "loop"  # the same updates come again and again
    GAP = "gap"  # so long without a poll that Telegram may have dropped messages


@dataclass(frozen=True, slots=True)
class Notice:
    """`trouble` began, or with `is_over` ended. `since` and `until` bound a GAP; `detail` is for logs, in English."""

    trouble: Trouble
    detail: str = ""
    is_over: bool = False
    since: datetime | None = None
    until: datetime | None = None
