"""Through which chat a buyer can be told something unasked."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

BUSINESS_WINDOW = timedelta(hours=24)
"""Telegram lets a business bot write only within 24 h of the buyer's last message."""


@dataclass(frozen=True, slots=True)
class Way:
    """A chat with a buyer: the bot's own (`connection_id` empty), or the seller's through a business account."""

    conversation_id: int
    connection_id: str
    last_inbound_at: datetime | None


def way(ways: Iterable[Way], now: datetime) -> Way | None:
    """The chat to use: the one last written in, if it still may be written to; else the bot's own; else none."""
    latest = sorted(ways, key=lambda one: (one.last_inbound_at is not None, one.last_inbound_at or now), reverse=True)
    open_ = (one for one in latest if not one.connection_id or closes_at(one, now) is not None)
    return next(open_, None)


def closes_at(one: Way, now: datetime) -> datetime | None:
    """Until when a business chat may be written to; None when that is over already, or it is the bot's own chat."""
    if not one.connection_id or one.last_inbound_at is None:
        return None
    until = one.last_inbound_at + BUSINESS_WINDOW
    return until if now < until else None
