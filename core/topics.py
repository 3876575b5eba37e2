"""A buyer's topic: what its title, icon and colour tell. Pure."""

from enum import StrEnum

from core.html import utf16_length

LONGEST_TITLE = 128
"""Telegram takes no longer name for a topic (Bot API, createForumTopic)."""


class State(StrEnum):
    """How it stands with a buyer, the most urgent first."""

    BLOCKED = "blocked"
    ALARM = "alarm"
    WAITING = "waiting"
    PERSON = "person"
    BOT = "bot"


MARKS = {State.BLOCKED: "⛔ ", State.ALARM: "🚨 ", State.WAITING: "🔔 ", State.PERSON: "✋ ", State.BOT: ""}
ICONS = {State.BLOCKED: "🔞", State.ALARM: "‼️", State.WAITING: "❗️", State.PERSON: "💬", State.BOT: "🤖"}
"""Emoji among those Telegram offers as icons of topics."""
BLUE, GREEN, RED = 0x6FB9F0, 0x8EEE98, 0xFB6F5F
"""Of the six colours a topic may be made in: the bot's own chat, the seller's account, threats or abuse."""


def state(*, is_blocked: bool, is_alarm: bool, is_waiting: bool, is_muted: bool) -> State:
    """The state a topic shows."""
    if is_blocked:
        return State.BLOCKED
    if is_waiting:
        return State.ALARM if is_alarm else State.WAITING
    return State.PERSON if is_muted else State.BOT


def title(name: str, of: State) -> str:
    """A topic's name: a mark of its state and the buyer's name, cut where Telegram would refuse it."""
    whole = f"{MARKS[of]}{' '.join(name.split()) or '…'}"
    while utf16_length(whole) > LONGEST_TITLE:
        whole = whole[:-2] + "…"
    return whole


def colour(of: State, *, in_account: bool) -> int:
    """The colour for life: Telegram changes it no more."""
    return RED if of is State.ALARM else GREEN if in_account else BLUE
