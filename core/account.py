"""Answering in the seller's own account: when Telegram allows it. It lets a bot write only where somebody wrote lately."""

from datetime import datetime, timedelta
from enum import StrEnum

WINDOW = timedelta(hours=24)
"""Telegram lets a connected bot write within this time of the buyer's last line (Bot API, BusinessBotRights.can_reply)."""
MARGIN = timedelta(seconds=30)
"""A message decided this close to the end may arrive too late."""


class Standing(StrEnum):
    """Whether a message may go out through an account now."""

    OPEN = "open"
    REFUSED = "refused"
    """The account is not an owner's, or is not known."""
    OFF = "off"
    """The seller has taken the bot out of the account; it may be put back."""
    NO_RIGHT = "no right"
    """The account is connected without the right to reply."""
    OUTSIDE = "outside"
    """The buyer has not written for 24 hours."""


def standing(
    *, is_owners: bool, is_enabled: bool, can_reply: bool, last_inbound: datetime | None, now: datetime
) -> Standing:
    """How it stands with one message to one buyer, the gravest reason first."""
    if not is_owners:
        return Standing.REFUSED
    if not is_enabled:
        return Standing.OFF
    if not can_reply:
        return Standing.NO_RIGHT
    if last_inbound is None or now - last_inbound > WINDOW - MARGIN:
        return Standing.OUTSIDE
    return Standing.OPEN


def chosen(text: str, count: int) -> int | None:
    """The choice a typed answer names, from 0: "1", "回 2", "２。", "②", "选3"; None when it is none of `count`."""
    bare = text.strip().strip("。.!！、)）").strip()
    for word in ("回复", "回", "选", "我选", "第", "reply", "option"):
        if bare.lower().startswith(word):
            bare = bare[len(word) :].strip()
            break
    bare = bare.removesuffix("个").strip()
    if len(bare) != 1:
        return None
    number = "①②③④⑤⑥⑦⑧⑨".find(bare) + 1 or (int(bare) if bare.isdecimal() else 0)
    return number - 1 if 1 <= number <= min(count, 9) else None
