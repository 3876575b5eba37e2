"""Who may do what: decided once, before anything is run, by numeric id. Menus hide commands; this protects them.

Every command and every button declares the least role that may use it; what is not declared is the owner's. Whoever may not
gets what anybody gets for a command that does not exist, and the audit a line.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from telegram import Message
from telegram.ext import filters

from store.staff import Role

if TYPE_CHECKING:
    from handlers.desk import Desk

ANONYMOUS_ADMIN, TELEGRAM_ITSELF = 1087968824, 777000

COMMANDS: dict[str, Role] = {
    **dict.fromkeys(("start", "help", "lang", "inbox", "history", "item", "why", "stats"), Role.VIEWER),
    **dict.fromkeys(("take", "release", "bot", "here", "away", "stock", "price"), Role.AGENT),
    **dict.fromkeys(("find",), Role.VIEWER),
    **dict.fromkeys(("next", "later", "queue", "retry"), Role.AGENT),
    **dict.fromkeys(("fact", "hours", "holiday", "bundle", "tpl", "r", "test", "diary"), Role.AGENT),
    **dict.fromkeys(("order", "ship", "parcel", "promises", "overdue", "late", "short", "sorry"), Role.AGENT),
    **dict.fromkeys(("hagglers", "haggle", "unmark", "decline", "floor", "block", "unblock", "evidence"), Role.AGENT),
    **dict.fromkeys(("missed", "faq", "ladder", "teach", "unteach"), Role.MANAGER),
    **dict.fromkeys(("audit", "reassign", "digest"), Role.MANAGER),
    **dict.fromkeys(("role", "go", "export", "setup", "merge"), Role.OWNER),
}
"""The least role for each command. An agent's change of a protected field waits for a manager, see `handlers.seller.staff.approvals`."""
BUTTONS: dict[str, Role] = {
    **dict.fromkeys(("open", "inbox_page", "undo_lang"), Role.VIEWER),
    **dict.fromkeys(("setup",), Role.OWNER),
    **dict.fromkeys(
        (
            "take",
            "release",
            "done",
            "block",
            "reminder_done",
            "reminder_again",
            "doubt_again",
            "doubt_arrived",
            "reply_send",
            "reply_cancel",
            "undo_stock",
        ),
        Role.AGENT,
    ),
    **dict.fromkeys(("aside_again", "aside_let_be", "undo_let_be"), Role.AGENT),
    **dict.fromkeys(
        ("undo_switch", "undo_presence", "undo_photo", "undo_item", "undo_block", "undo_unblock"), Role.AGENT
    ),
    **dict.fromkeys(("undo_parcel", "undo_phone", "undo_said", "undo_ship"), Role.AGENT),
    **dict.fromkeys(
        ("order_step", "order_undo", "order_unnote", "change_accept", "change_refuse", "change_undo"), Role.AGENT
    ),
    **dict.fromkeys(("payment_not_yet", "ship_as", "parcel_sorry", "parcel_leave"), Role.AGENT),
    **dict.fromkeys(
        ("promise_yes", "promise_no", "promise_kept", "mistake_right", "undo_mistake", "undo_right", "undo_promise"),
        Role.AGENT,
    ),
    **dict.fromkeys(
        ("haggler_mark", "haggler_firm", "haggler_decline", "haggler_clear", "undo_verdict", "unblock"), Role.AGENT
    ),
    **dict.fromkeys(("missed_ask", "missed_asks", "missed_own", "missed_nothing", "missed_more"), Role.MANAGER),
    **dict.fromkeys(("teach_keep", "teach_drop", "teach_undo", "unteach", "missed", "answer"), Role.MANAGER),
    **dict.fromkeys(("keep_reply", "keep_as", "model_keep", "model_drop"), Role.MANAGER),
    **dict.fromkeys(("undo_floor", "undo_ladder"), Role.MANAGER),
    **dict.fromkeys(("undo", "review_yes", "review_no", "undo_price", "undo_reassign", "undo_digest"), Role.MANAGER),
    **dict.fromkeys(("import_yes", "import_no", "undo_import", "undo_role", "merge_yes", "merge_no"), Role.OWNER),
}
"""The least role for each button in a seller's chat."""
REPLIES, PICTURES, FILES = Role.AGENT, Role.AGENT, Role.OWNER
"""Who answers buyers, adds pictures, and changes many things at once by a file."""


def may(desk: Desk, who: int, least: Role) -> bool:
    """Whether this person has at least that role now."""
    role = desk.people.role(who)
    return role is not None and role.covers(least)


def may_command(desk: Desk, who: int, command: str) -> bool:
    return may(desk, who, COMMANDS.get(command, Role.OWNER))


def may_tap(desk: Desk, who: int, action: str) -> bool:
    return may(desk, who, BUTTONS.get(action, Role.OWNER))


class _StaffsChat(filters.MessageFilter):
    """Anything a person puts into the private chat of one of the shop's people, a forwarded message too.

    Whoever plays the buyer (/test) is none of the shop's people meanwhile, but for the word that ends it.
    """

    __slots__ = ("_desk",)

    def __init__(self, desk: Desk) -> None:
        super().__init__("StaffsChat")
        self._desk = desk

    def filter(self, message: Message) -> bool:
        if message.chat.id not in self._desk.people.present:  # looked at first: nearly everybody who writes is a buyer
            return False
        if message.chat.id in self._desk.people.testers and not (message.text or "").startswith("/test"):
            return False
        return message.chat.type == "private" and message.from_user is not None


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


def staffs_chat(desk: Desk) -> filters.MessageFilter:
    return _StaffsChat(desk)


OWN_HAND = _OwnHand()
