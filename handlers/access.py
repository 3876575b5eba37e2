"""Who may do what: decided once, before routing, by numeric id. Scopes of menus hide commands; this protects them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from telegram import Message
from telegram.ext import filters

if TYPE_CHECKING:
    from handlers.desk import Desk

ANONYMOUS_ADMIN, TELEGRAM_ITSELF = 1087968824, 777000


class _Owner(filters.MessageFilter):
    """A private message an owner wrote with their own hands."""

    __slots__ = ("_desk",)

    def __init__(self, desk: Desk) -> None:
        super().__init__("Owner")
        self._desk = desk

    def filter(self, message: Message) -> bool:
        sender = message.from_user  # looked at first: nearly everybody who writes is a buyer
        return sender is not None and sender.id in self._desk.owners and is_own_hand(message)


class _OwnersChat(filters.MessageFilter):
    """Anything a person puts into an owner's private chat, a forwarded message too."""

    __slots__ = ("_desk",)

    def __init__(self, desk: Desk) -> None:
        super().__init__("OwnersChat")
        self._desk = desk

    def filter(self, message: Message) -> bool:
        is_there = message.chat.type == "private" and message.chat.id in self._desk.owners
        return is_there and message.from_user is not None


class _OwnHand(filters.MessageFilter):
    """Written by the person in whose private chat it stands: not forwarded, not through a bot, not for a channel."""

    __slots__ = ()

    def filter(self, message: Message) -> bool:
        return is_own_hand(message)


def is_own_hand(message: Message) -> bool:
    """Whether the sender typed this in their own private chat with the bot; a command is run only then."""
    sender = message.from_user
    return (
        sender is not None
        and not sender.is_bot
        and sender.id not in (ANONYMOUS_ADMIN, TELEGRAM_ITSELF)
        and message.chat.type == "private"
        and message.chat.id == sender.id
        and message.forward_origin is None
        and message.sender_chat is None
        and message.via_bot is None
        and message.business_connection_id is None
    )


def owner(desk: Desk) -> filters.MessageFilter:
    return _Owner(desk)


def owners_chat(desk: Desk) -> filters.MessageFilter:
    return _OwnersChat(desk)


OWN_HAND = _OwnHand()
