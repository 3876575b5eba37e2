"""What Telegram starts. The routing table: the first row that fits is taken, and there is always one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from telegram import Update
from telegram.ext import (
    Application,
    BusinessConnectionHandler,
    BusinessMessagesDeletedHandler,
    CallbackQueryHandler,
    CommandHandler,
    MessageHandler,
    TypeHandler,
    filters,
)

from handlers import access
from handlers.account import connecting, lines
from handlers.buyer import commands as buyer
from handlers.buyer import editing, leaving, messages, taps
from handlers.desk import Context, Desk
from handlers.seller import resuming, retrying, starting
from handlers.seller import taps as seller_taps
from handlers.seller.buyers import (
    answering,
    blocking,
    finding,
    hagglers,
    history,
    merging,
    queueing,
    quick_replies,
    reminders,
    switching,
)
from handlers.seller.door import Door
from handlers.seller.orders import mistakes, orders, parcels, promises, shipping
from handlers.seller.reports import diary, digest, exporting, stats
from handlers.seller.shop import facts, first_run, ladder, presence, pricing, shelf, wordings
from handlers.seller.staff import roles, testing
from handlers.seller.teaching import missed, teaching, why
from handlers.topics import setting_up
from handlers.topics import staff as topics

if TYPE_CHECKING:
    Bot = Application[Any, Any, Any, Any, Any, Any]

SELLER_COMMANDS = {
    "start": starting.on_start,
    "help": starting.on_help,
    "lang": starting.on_lang,
    "here": presence.on_here,
    "away": presence.on_away,
    "why": why.on_why,
    "go": resuming.on_go,
    "retry": retrying.on_retry,
    "fact": facts.on_fact,
    "hours": facts.on_hours,
    "holiday": facts.on_holiday,
    "bundle": facts.on_bundle,
    "tpl": wordings.on_tpl,
    "r": quick_replies.on_r,
    "setup": first_run.on_setup,
    "test": testing.on_test,
    "diary": diary.on_diary,
    "role": roles.on_role,
    "reassign": roles.on_reassign,
    "audit": roles.on_audit,
    "inbox": queueing.on_inbox,
    "next": queueing.on_next,
    "find": finding.on_find,
    "later": reminders.on_later,
    "queue": reminders.on_queue,
    "history": history.on_history,
    "take": switching.on_take,
    "release": switching.on_release,
    "bot": switching.on_bot,
    "item": shelf.on_item,
    "stock": shelf.on_stock,
    "order": orders.on_order,
    "promises": promises.on_promises,
    "overdue": promises.on_overdue,
    "late": mistakes.on_late,
    "short": mistakes.on_short,
    "sorry": mistakes.on_sorry,
    "price": pricing.on_price,
    "floor": pricing.on_floor,
    "ladder": ladder.on_ladder,
    "missed": missed.on_missed,
    "faq": missed.on_missed,
    "teach": teaching.on_teach,
    "unteach": teaching.on_unteach,
    "ship": shipping.on_ship,
    "parcel": parcels.on_parcel,
    "stats": stats.on_stats,
    "digest": digest.on_digest,
    "export": exporting.on_export,
    "merge": merging.on_merge,
    "block": blocking.on_block,
    "unblock": blocking.on_unblock,
    "evidence": history.on_evidence,
    "hagglers": hagglers.on_hagglers,
    "haggle": hagglers.on_haggle,
    "unmark": hagglers.on_unmark,
    "decline": hagglers.on_decline,
}
ALIASES = frozenset({"faq"})
"""Commands that are another's second name: they stand in no menu."""
BUYER_COMMANDS = {
    "start": buyer.on_start,
    "help": buyer.on_help,
    "human": buyer.on_human,
    "lang": buyer.on_lang,
    "order": buyer.on_order,
    "notify": buyer.on_notify,
    "stop": buyer.on_stop,
}


def add_routes(application: Bot, desk: Desk) -> None:
    """Put every handler in its place. `UpdateType.MESSAGE` keeps edits and business messages from being commands."""
    application.bot_data["desk"] = desk
    new = filters.UpdateType.MESSAGE
    own_hand = access.OWN_HAND & new
    private = filters.ChatType.PRIVATE & new

    # The shop's people first: for them /start is the seller's. Who may give which command is asked behind this door.
    door = Door(SELLER_COMMANDS, answering.on_answer)
    application.add_handler(MessageHandler(access.staffs_chat(desk) & new, door.on_message))

    application.add_handler(CommandHandler("claim", starting.on_claim, own_hand))
    for name, on_command in BUYER_COMMANDS.items():
        application.add_handler(CommandHandler(name, on_command, own_hand))
    application.add_handler(MessageHandler(filters.COMMAND & own_hand, buyer.on_unknown))
    said = filters.TEXT | ~filters.StatusUpdate.ALL  # a text is never a status, and there are thirty kinds of those
    application.add_handler(MessageHandler(private & said, messages.on_line))
    application.add_handler(
        MessageHandler(filters.ChatType.PRIVATE & filters.UpdateType.EDITED_MESSAGE, editing.on_edit)
    )

    # The seller's own account: who wrote there is looked at inside.
    application.add_handler(BusinessConnectionHandler(connecting.on_connection))
    application.add_handler(MessageHandler(filters.UpdateType.BUSINESS_MESSAGE, lines.on_line))
    application.add_handler(MessageHandler(filters.UpdateType.EDITED_BUSINESS_MESSAGE, lines.on_edit))
    application.add_handler(BusinessMessagesDeletedHandler(lines.on_deleted))

    # The group of the shop's people: who may answer there is looked at inside.
    group = filters.ChatType.GROUPS
    application.add_handler(MessageHandler(group & new, topics.on_message))
    application.add_handler(MessageHandler(group & filters.UpdateType.EDITED_MESSAGE, topics.on_edit))

    application.add_handler(CallbackQueryHandler(on_tap))
    application.add_handler(TypeHandler(Update, on_member_or_other))


async def on_tap(update: Update, context: Context) -> None:
    """Whoever taps: the button's own row says who may, what it does, and until when."""
    query, desk = update.callback_query, context.desk
    assert query is not None
    chat_id = query.message.chat.id if query.message is not None else query.from_user.id
    button = await desk.store.buttons.get(query.data) if isinstance(query.data, str) and len(query.data) <= 64 else None
    if button is None or not button.is_for(chat_id, query.from_user.id) or not button.is_alive(desk.clock.now()):
        return await taps.refuse(desk, query)
    if button.action in taps.EFFECTS:
        return await taps.on_tap(update, context, button)
    if not access.may_tap(desk, query.from_user.id, button.action):
        return await taps.refuse(desk, query)
    return await seller_taps.on_tap(update, context, button)


async def on_member_or_other(update: Update, context: Context) -> None:
    """Block and unblock are noted; what nobody handles is done with, so that nothing waits for ever."""
    if update.my_chat_member is not None and update.my_chat_member.chat.type != "private":
        return await setting_up.on_member(update, context)
    if update.my_chat_member is not None:
        return await leaving.on_member(update, context)
    return await context.desk.write([])


__all__ = ["ALIASES", "BUYER_COMMANDS", "SELLER_COMMANDS", "add_routes"]
