"""A seller taps: on a card, under a change, or under a preview."""

from __future__ import annotations

from contextlib import nullcontext
from datetime import datetime

from telegram import Update

from handlers.buyer.taps import refuse
from handlers.changing import change_accept, change_refuse, payment_not_yet
from handlers.desk import Context, Desk
from handlers.seller import retrying
from handlers.seller.buyers import blocking, hagglers, merging, queueing
from handlers.seller.buyers.doubts import it_arrived, send_again
from handlers.seller.buyers.queueing import tap_open
from handlers.seller.buyers.quick_replies import reply_cancel, reply_send
from handlers.seller.buyers.reminders import tap_again, tap_done
from handlers.seller.buyers.switching import release, take, undo_switch
from handlers.seller.orders.changes import change_undo
from handlers.seller.orders.mistakes import mistake_right, undo_mistake, undo_right
from handlers.seller.orders.parcels import parcel_leave, parcel_sorry, undo_parcel
from handlers.seller.orders.promises import promise_kept, promise_no, promise_yes, undo_promise
from handlers.seller.orders.shipping import ship_as
from handlers.seller.orders.steps import order_step, order_undo, order_unnote
from handlers.seller.orders.unsaying import undo_phone, undo_said
from handlers.seller.orders.unshipping import undo_ship
from handlers.seller.reports.digest import undo_digest
from handlers.seller.shop.delisting import undo_item
from handlers.seller.shop.files import import_no, import_yes, undo_import
from handlers.seller.shop.first_run import setup
from handlers.seller.shop.ladder import undo_ladder
from handlers.seller.shop.presence import undo_presence
from handlers.seller.shop.pricing import undo_floor, undo_price
from handlers.seller.shop.shelf import undo_photo, undo_stock
from handlers.seller.staff.approvals import review_no, review_yes, undo
from handlers.seller.staff.roles import undo_reassign, undo_role
from handlers.seller.starting import undo_lang
from handlers.seller.teaching import keeping, relearning
from handlers.seller.teaching import taps as teaching_taps
from handlers.takeover import put_away
from store.buttons import Button
from store.errors import RowRefused
from store.writing import Write


async def on_tap(update: Update, context: Context, button: Button) -> None:
    """Do what the button says. Routing has made sure that this person may."""
    query, desk = update.callback_query, context.desk
    assert query is not None
    now = desk.clock.now()
    owner = query.from_user.id
    used = desk.store.buttons.use(button.id, owner, now)
    try:
        if button.action in ON_CHAT:
            chat = await desk.chats.of_conversation(int(button.data["conversation"]))
            if chat is None:
                return await refuse(desk, query)
            async with chat.held():
                await desk.write([used, *await ON_CHAT[button.action](desk, chat, owner, now)])
        elif button.action in CHANGING:
            message_id = query.message.message_id if query.message is not None else 0
            await desk.shelf.fresh(at_once=True)
            await desk.write([used, *await CHANGING[button.action](desk, button, owner, now, message_id)])
            await desk.shelf.fresh(at_once=True)
        elif button.action == "merge_yes":
            await merging.merge_yes(desk, button, owner, now, used)
            desk.nudge()
        else:
            about = button.data.get("conversation")
            chat = None if about is None else await desk.chats.of_conversation(int(about))
            parcels = desk.following.lock if button.action in ON_PARCELS else nullcontext()
            async with nullcontext() if chat is None else chat.held(), parcels:
                await desk.write([used, *await OTHERS[button.action](desk, button, owner, now)])
            if button.action == "undo_role":
                id = int(button.data["id"])
                await desk.people.changed(*((id,) if button.data["before"] is None else ()))
            if button.action == "doubt_again":
                desk.look_into_outbox()
            if button.action == "aside_again":
                await desk.look_into_inbox()
            desk.shelf.look_again()
            desk.nudge()
    except RowRefused:
        return await refuse(desk, query)
    if desk.answer_tap:
        await desk.answer_tap(query.id)
    return None


async def _done(desk: Desk, chat, owner: int, now: datetime) -> list[Write]:  # type: ignore[no-untyped-def]
    """[处理好了]: nothing is left to do here."""
    return [desk.noted(owner, "done", f"buyer:{chat.buyer.id}", now), *await put_away(desk, chat, owner, now)]


CHANGING = {
    **teaching_taps.ON_MESSAGE,
    **keeping.ON_MESSAGE,
    **relearning.ON_MESSAGE,
    **queueing.ON_MESSAGE,
    **merging.ON_MESSAGE,
}
"""Taps that change the message they stand under."""
ON_CHAT = {"take": take, "release": release, "done": _done, **blocking.ON_CHAT, **hagglers.ON_CHAT}
ON_PARCELS = frozenset({"undo_parcel", "undo_phone", "undo_said", "undo_ship"})
"""Taps that change parcels: what carriers report of them waits meanwhile."""
OTHERS = {
    "undo_stock": undo_stock,
    "undo_price": undo_price,
    "import_yes": import_yes,
    "import_no": import_no,
    "undo_import": undo_import,
    "undo": undo,
    "open": tap_open,
    "doubt_again": send_again,
    "doubt_arrived": it_arrived,
    "aside_again": retrying.try_again,
    "aside_let_be": retrying.let_be,
    "undo_let_be": retrying.undo_let_be,
    "reply_send": reply_send,
    "reply_cancel": reply_cancel,
    "setup": setup,
    "reminder_done": tap_done,
    "reminder_again": tap_again,
    "review_yes": review_yes,
    "review_no": review_no,
    "undo_role": undo_role,
    "undo_reassign": undo_reassign,
    "order_step": order_step,
    "order_undo": order_undo,
    "order_unnote": order_unnote,
    "undo_floor": undo_floor,
    "undo_ladder": undo_ladder,
    "change_accept": change_accept,
    "change_refuse": change_refuse,
    "change_undo": change_undo,
    "payment_not_yet": payment_not_yet,
    "ship_as": ship_as,
    "parcel_sorry": parcel_sorry,
    "parcel_leave": parcel_leave,
    "promise_yes": promise_yes,
    "promise_no": promise_no,
    "promise_kept": promise_kept,
    "mistake_right": mistake_right,
    "undo_mistake": undo_mistake,
    "undo_right": undo_right,
    "undo_promise": undo_promise,
    "undo_lang": undo_lang,
    "undo_verdict": hagglers.undo_verdict,
    "undo_switch": undo_switch,
    "undo_presence": undo_presence,
    "undo_photo": undo_photo,
    "undo_item": undo_item,
    "undo_parcel": undo_parcel,
    "undo_phone": undo_phone,
    "undo_said": undo_said,
    "undo_ship": undo_ship,
    "undo_block": blocking.undo_block,
    "undo_unblock": blocking.undo_unblock,
    "undo_digest": undo_digest,
}
