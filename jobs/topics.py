"""Topics of which something has run out: a person's turn in a chat is over, and the title says that the bot serves again."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from handlers.desk import Desk


async def refresh_topics(desk: Desk) -> int:
    """Have them looked at. Returns how many."""
    if not desk.forum.is_on:
        return 0
    due = await desk.store.topics.due(desk.clock.now())
    for topic in due:
        for one in await desk.store.conversations.of_buyer(topic.buyer_id):
            desk.forum.look_at(one.id)
    return len(due)
