"""What is said in the chats of a connected account: the buyer's lines are answered, the seller's own stop the bot."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from telegram import BusinessConnection, CallbackQuery, Message, Update, User

from core.account import chosen
from handlers.account.connecting import connection_of
from handlers.account.own_hand import edited, take_over
from handlers.buyer import editing, messages
from handlers.buyer.meeting import clean, meet
from handlers.buyer.messages import keep_line
from handlers.buyer.taps import EFFECTS, REPEATABLE
from store.buttons import Button
from store.errors import RowRefused
from store.messages import Change, Version

if TYPE_CHECKING:
    from handlers.chats import Chat
    from handlers.desk import Context, Desk
    from store.connections import Connection
    from store.writing import Write


async def on_line(update: Update, context: Context) -> None:
    """A new message in a chat of an account: whose is it?"""
    message, desk = update.effective_message, context.desk
    connection = await _served(desk, message)
    if message is None or connection is None or message.from_user is None:
        return await desk.write([])
    who = message.from_user.id
    if message.sender_business_bot is not None:  # an echo of ours
        return await desk.write([])
    if who == connection.user_id:
        try:
            return await take_over(desk, connection, message)
        finally:
            if (job := desk.job()) is None or job.is_done:
                desk.accounts.has_handled(connection.id, message.chat.id, message.message_id)
    if who != message.chat.id or who in desk.people.present:  # the shop's own people are not its buyers
        return await desk.write([])
    if await _chose(desk, connection, message):
        return None
    return await messages.on_line(update, context)


async def on_edit(update: Update, context: Context) -> None:
    """Either side edits: both texts are kept, and an edit before the answer changes the question."""
    message, desk = update.effective_message, context.desk
    connection = await _served(desk, message)
    if message is None or connection is None or message.sender_business_bot is not None:
        return await desk.write([])
    if message.from_user is not None and message.from_user.id == connection.user_id:
        return await edited(desk, connection, message)
    return await editing.on_edit(update, context)


async def on_deleted(update: Update, context: Context) -> None:
    """Either side deletes: that is kept too, and what was deleted before the answer is not answered."""
    told, desk = update.deleted_business_messages, context.desk
    assert told is not None
    connection = desk.accounts.get(told.business_connection_id)
    chat = await desk.chats.find(told.chat.id, told.business_connection_id)
    if chat is None or not desk.accounts.is_owners(connection):
        return await desk.write([])
    now = desk.clock.now()
    async with chat.held():
        unit: list[Write] = []
        gone: list[int] = []
        for number in told.message_ids:
            kept = await desk.store.messages.by_telegram_id(chat.conversation.id, number)
            if kept is not None and not kept.is_deleted:
                unit += desk.store.messages.change(Version(kept.id, now, Change.DELETION))
                gone.append(kept.id)
        await desk.write(unit)
        for id in gone:
            desk.turns.taken_away(chat, id)
    return None


async def _served(desk: Desk, message: Message | None) -> Connection | None:
    """The owner's connection this message came through; None when it is a stranger's. One not known yet is asked for."""
    id = message.business_connection_id if message is not None else None
    if not id:
        return None
    connection = desk.accounts.get(id)
    if connection is None and desk.ask_connection is not None:
        raw = await desk.ask_connection(id)
        told = BusinessConnection.de_json(raw, None) if raw else None
        if told is not None and told.user.id in desk.people.owners:
            connection = connection_of(told, desk.clock.now())
            await desk.store.write([desk.store.connections.save(connection)])
            desk.accounts.keep(connection)
    return connection if desk.accounts.is_owners(connection) else None


async def _chose(desk: Desk, connection: Connection, message: Message) -> bool:
    """A number typed after numbered choices does what the button does."""
    user, now = message.from_user, desk.clock.now()
    text = clean(message.text or "")
    if user is None or not text or len(text) > 12:
        return False
    chat = await desk.chats.find(message.chat.id, connection.id, now)
    if chat is None or chat.buyer.is_blocked or chat.conversation.is_muted(now):
        return False
    try:
        async with chat.held():
            numbered = await desk.chats.choices(chat)
            place = chosen(text, len(numbered))
            button = await desk.store.buttons.get(numbered[place]) if place is not None else None
            if button is None or not button.is_for(message.chat.id, user.id) or not button.is_alive(now):
                return False
            if button.action not in EFFECTS:
                return False
            await _pressed(desk, chat, button, message, user, now)
    except RowRefused:  # pressed already: it is a line like any other
        return False
    return True


async def _pressed(desk: Desk, chat: Chat, button: Button, message: Message, user: User, now: datetime) -> None:
    _, unit = await meet(desk, user, message.chat.id, now, chat.conversation.connection_id)
    _, kept = keep_line(desk, chat, message, clean(message.text or ""))
    query = CallbackQuery("", user, "", message=message, data=button.id)
    flushed = await desk.turns.flush(chat, now) if chat.open_turn is not None else []
    chat.change(last_inbound_at=now)
    chat.choices = ()
    used = () if button.action in REPEATABLE else (desk.store.buttons.use(button.id, user.id, now),)
    effect = await EFFECTS[button.action](desk, chat, button, now, query)
    saved = desk.store.conversations.save(chat.conversation)
    withdrawn = [] if chat.choices else [desk.store.choices.withdraw(chat.conversation.id)]
    await desk.write([*unit, *used, *kept, *flushed, *withdrawn, *effect, saved])
