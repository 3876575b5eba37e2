"""Forgetting a buyer at the word of `bot.py forget`, where this program runs and remembers the buyer's chats."""

from __future__ import annotations

from typing import TYPE_CHECKING

from store.marks import FORGET

if TYPE_CHECKING:
    from handlers.desk import Desk


async def forget_asked(desk: Desk) -> int:
    """Forget whom we are asked to, in memory and in the store. Returns how many."""
    asked = await desk.store.marks.beginning(FORGET)
    for name in asked:
        buyer_id = int(name.removeprefix(FORGET))
        if (person := await desk.store.buyers.get(buyer_id)) is not None:
            buyer_id = person.id  # of a number that was merged the whole person is forgotten
        gone = {one.id for one in await desk.store.conversations.of_buyer(buyer_id)}
        desk.chats.let_go(buyer_id)
        topic = desk.forum.forgotten(buyer_id, desk.clock.now())
        await desk.store.forget(buyer_id, (desk.store.marks.clear(name), *topic))
        desk.forum.let_go(buyer_id)
        desk.chats.let_go(buyer_id, gone)  # who wrote meanwhile was found as he had been
    return len(asked)
