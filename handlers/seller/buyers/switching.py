"""Who has a chat, the bot or a person: /take, /release, /bot. Each can be undone as long as nothing came after it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from telegram import Update

from handlers.desk import Context, Desk
from handlers.seller.asking import Asked, asked, buyer_of
from handlers.seller.slips import SWITCHED
from handlers.speaking import Labelled
from handlers.tapping import tap_told

if TYPE_CHECKING:
    from handlers.chats import Chat
    from store.buttons import Button
    from store.writing import Write

MOST_TAKEN = timedelta(hours=12)
"""A taken chat goes back to the bot after so long, so that nobody is forgotten."""


async def on_take(update: Update, context: Context) -> None:
    """/take BUYER: a person has the chat, the bot is silent there."""
    command = asked(update, context)
    chat = await buyer_of(command, "/take BUYER", "/take 123456")
    if chat is None:
        return None
    async with chat.held():
        now, before = command.now, chat.conversation.taken_by if chat.conversation.is_muted(command.now) else None
        if before == command.owner and not chat.conversation.is_off:
            return await command.say("chat_stands", **_stands(command.desk, chat, now), undone=False)
        was = _state(chat)
        unit = await take(command.desk, chat, command.owner, now)
        giver = "" if before in (None, command.owner) else command.desk.people.name_of(before)
        await command.say("taken", unit, buttons=[[_undo(command, chat, was)]], **_named(chat), giver=giver)
    return None


async def on_release(update: Update, context: Context) -> None:
    """/release BUYER: the bot serves there again."""
    command = asked(update, context)
    chat = await buyer_of(command, "/release BUYER", "/release 123456")
    if chat is not None:
        await _switch_on(command, chat)


async def on_bot(update: Update, context: Context) -> None:
    """/bot on|off BUYER."""
    command = asked(update, context)
    usage = ("/bot on|off BUYER", "/bot off 123456")
    said = [word for word in command.words if word.lower() in SWITCHED]
    if len(command.words) not in (1, 2) or len(said) != 1:
        return await command.misused("bot_wrong", *usage)
    whose = tuple(word for word in command.words if word != said[0])
    chat = await buyer_of(replace(command, words=whose), *usage)
    if chat is None:
        return None
    if SWITCHED[said[0].lower()]:
        return await _switch_on(command, chat)
    async with chat.held():
        if chat.conversation.is_off:
            return await command.say("chat_stands", **_stands(command.desk, chat, command.now), undone=False)
        was = _state(chat)
        unit = await switch_off(command.desk, chat, command.owner, command.now)
        return await command.say("bot_off", unit, buttons=[[_undo(command, chat, was)]], **_named(chat))


async def take(desk: Desk, chat: Chat, owner: int, now: datetime) -> list[Write]:
    """A person has this chat now."""
    chat.change(muted_until=now + MOST_TAKEN, taken_by=owner)
    noted = desk.noted(owner, "take", f"buyer:{chat.buyer.id}", now)
    return [noted, desk.store.conversations.save(chat.conversation), *await desk.cards.refresh(chat, now)]


async def release(desk: Desk, chat: Chat, owner: int, now: datetime) -> list[Write]:
    """The bot has this chat again."""
    chat.change(muted_until=None, is_off=False, taken_by=None)
    noted = desk.noted(owner, "release", f"buyer:{chat.buyer.id}", now)
    return [noted, desk.store.conversations.save(chat.conversation), *await desk.cards.refresh(chat, now)]


async def switch_off(desk: Desk, chat: Chat, owner: int, now: datetime) -> list[Write]:
    """The bot is silent here until somebody switches it on."""
    chat.change(is_off=True)
    noted = desk.noted(owner, "bot off", f"buyer:{chat.buyer.id}", now)
    return [noted, desk.store.conversations.save(chat.conversation), *await desk.cards.refresh(chat, now)]


async def undo_switch(desk: Desk, button: Button, who: int, now: datetime) -> list[Write]:
    """[撤销]: whoever had the chat before has it again, unless that has changed since. The caller holds the chat."""
    chat = await desk.chats.of_conversation(int(button.data["conversation"]))
    if chat is None or _state(chat) != button.data["after"]:
        return tap_told(desk, who, "nothing_to_undo", button, now)
    before = button.data["before"]
    until = before["muted_until"]
    chat.change(
        muted_until=datetime.fromisoformat(until) if until else None,
        is_off=bool(before["is_off"]),
        taken_by=before["taken_by"],
    )
    return [
        desk.noted(who, "undo switch", f"buyer:{chat.buyer.id}", now),
        desk.store.conversations.save(chat.conversation),
        *await desk.cards.refresh(chat, now),
        *tap_told(desk, who, "chat_stands", button, now, **_stands(desk, chat, now), undone=True),
    ]


async def _switch_on(command: Asked, chat: Chat) -> None:
    async with chat.held():
        if not chat.conversation.is_muted(command.now):
            return await command.say("chat_stands", **_stands(command.desk, chat, command.now), undone=False)
        was = _state(chat)
        unit = await release(command.desk, chat, command.owner, command.now)
        return await command.say("bot_on", unit, buttons=[[_undo(command, chat, was)]], **_named(chat))


def _undo(command: Asked, chat: Chat, before: dict[str, Any]) -> Labelled:
    data = {"conversation": chat.conversation.id, "before": before, "after": _state(chat)}
    return command.undo("undo_switch", data)


def _state(chat: Chat) -> dict[str, Any]:
    """What the commands here change, as a button remembers it."""
    state = chat.conversation
    until = state.muted_until.isoformat() if state.muted_until else None
    return {"muted_until": until, "is_off": state.is_off, "taken_by": state.taken_by}


def _stands(desk: Desk, chat: Chat, now: datetime) -> dict[str, Any]:
    """Who has the chat, for a template."""
    state = chat.conversation
    muted = state.is_muted(now)
    return {
        **_named(chat),
        "off": state.is_off,
        "taken_by": desk.people.name_of(state.taken_by) if muted and state.taken_by is not None else "",
        "muted_until": state.muted_until if muted and not state.is_off else None,
    }


def _named(chat: Chat) -> dict[str, Any]:
    return {"name": chat.name, "buyer": chat.buyer.id}
