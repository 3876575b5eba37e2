"""What is nobody's message: being blocked, unknown updates, and troubles told to the seller."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from telegram import Update

from handlers.desk import Context, Desk

if TYPE_CHECKING:
    from store.writing import Write


async def on_member(update: Update, context: Context) -> None:
    """The buyer blocked or unblocked the bot: while blocked, nothing is pushed there."""
    changed, desk = update.my_chat_member, context.desk
    assert changed is not None
    if changed.chat.type != "private":
        return await desk.write([])
    now = desk.clock.now()
    gone = changed.new_chat_member.status in ("kicked", "left")
    chat = await desk.chats.find(changed.chat.id, "", now)
    unit: list[Write] = []
    if chat is not None:
        at = now if gone else None
        chat.buyer = replace(chat.buyer, unreachable_at=at)
        unit.append(desk.store.buyers.unreachable(chat.buyer.id, at))
    return await desk.write(unit)


async def on_other(update: Update, context: Context) -> None:
    """An update of a kind this shop does not need."""
    await context.desk.write([])


def tell_owners(desk: Desk, template: str, key: str, **values: object) -> list[Write]:
    """The writes that tell every owner something, once per key."""
    now = desk.clock.now()
    unit: list[Write] = []
    for owner in desk.people.owners:
        html = desk.speech.seller(template, desk.voice(owner), **values)
        unit += desk.speaking.tell_seller(owner, html, f"{key}:{owner}", now)
    return unit
