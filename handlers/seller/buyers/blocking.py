"""Blocking: /block and /unblock. Only a seller blocks, and it can be undone."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from telegram import Update

from handlers.desk import Context, Desk
from handlers.seller.asking import asked, buyer_of
from handlers.tapping import tap_told, undo_button

if TYPE_CHECKING:
    from handlers.chats import Chat
    from handlers.speaking import Labelled
    from store.buttons import Button
    from store.writing import Write


async def on_block(update: Update, context: Context) -> None:
    """/block BUYER: the buyer gets silence, and what they write is not kept."""
    command = asked(update, context)
    chat = await buyer_of(command, "/block BUYER", "/block 123456")
    if chat is not None:
        async with chat.held():
            was = chat.buyer.is_blocked
            unit = [] if was else await block(command.desk, chat, command.owner, command.now)
            buttons = [] if was else [[_undo(command.desk, chat, command.owner)]]
            await command.say("blocked", unit, buttons=buttons, name=chat.name, buyer=chat.buyer.id, was=was)


async def on_unblock(update: Update, context: Context) -> None:
    """/unblock BUYER: served again."""
    command = asked(update, context)
    chat = await buyer_of(command, "/unblock BUYER", "/unblock 123456")
    if chat is not None:
        async with chat.held():
            was = chat.buyer.is_blocked
            unit = await unblock(command.desk, chat, command.owner, command.now) if was else []
            undo = command.undo("undo_unblock", {"conversation": chat.conversation.id})
            buttons = [[undo]] if was else []
            await command.say("unblocked", unit, buttons=buttons, name=chat.name, buyer=chat.buyer.id, was=was)


async def block(desk: Desk, chat: Chat, owner: int, now: datetime) -> list[Write]:
    """[拉黑]: silence, the card put away."""
    _known(desk, chat, now)
    chat.change(handed_over_at=None, handover_reason="")
    return [
        desk.noted(owner, "block", f"buyer:{chat.buyer.id}", now),
        desk.store.buyers.blocked(chat.buyer.id, now),
        desk.store.conversations.save(chat.conversation),
        *await desk.cards.settle(chat, "done", now),
    ]


async def tap_block(desk: Desk, chat: Chat, owner: int, now: datetime) -> list[Write]:
    """[拉黑]: the same, and said."""
    if chat.buyer.is_blocked:
        return []
    html = desk.speech.seller("blocked", desk.voice(owner), name=chat.name, buyer=chat.buyer.id, was=False)
    key = f"block:{chat.conversation.id}:{now.timestamp():.6f}:{owner}"
    undo = [[_undo(desk, chat, owner)]]
    return [
        *await block(desk, chat, owner, now),
        *desk.speaking.tell_seller(owner, html, key, now, buttons=undo),
    ]


async def undo_block(desk: Desk, button: Button, owner: int, now: datetime) -> list[Write]:
    """[撤销] under a block: served again."""
    chat = await desk.chats.of_conversation(int(button.data["conversation"]))
    if chat is None or not chat.buyer.is_blocked:
        return tap_told(desk, owner, "nothing_to_undo", button, now)
    unit = await unblock(desk, chat, owner, now)
    return [*unit, *tap_told(desk, owner, "unblocked", button, now, name=chat.name, buyer=chat.buyer.id, was=True)]


async def undo_unblock(desk: Desk, button: Button, owner: int, now: datetime) -> list[Write]:
    """[撤销] under an unblock: silence again. The caller holds the chat."""
    chat = await desk.chats.of_conversation(int(button.data["conversation"]))
    if chat is None or chat.buyer.is_blocked:
        return tap_told(desk, owner, "nothing_to_undo", button, now)
    return await tap_block(desk, chat, owner, now)


async def unblock(desk: Desk, chat: Chat, owner: int, now: datetime) -> list[Write]:
    """The buyer is served again."""
    _known(desk, chat, None)
    noted = desk.noted(owner, "unblock", f"buyer:{chat.buyer.id}", now)
    return [noted, desk.store.buyers.blocked(chat.buyer.id, None)]


def _known(desk: Desk, chat: Chat, blocked_at: datetime | None) -> None:
    """Whether this buyer is blocked: known in this chat, which is held, and in all of theirs once it is written."""
    chat.buyer = replace(chat.buyer, blocked_at=blocked_at)
    buyer_id = chat.buyer.id
    desk.once_written(lambda: desk.chats.correct(buyer_id, blocked_at=blocked_at))


def _undo(desk: Desk, chat: Chat, owner: int) -> Labelled:
    return undo_button(desk, owner, "undo_block", {"conversation": chat.conversation.id})


ON_CHAT = {"block": tap_block, "unblock": unblock}
