"""/test: one of the shop's people plays a buyer, to see what buyers see. /test off ends it."""

from __future__ import annotations

from telegram import Update

from handlers.desk import Context
from handlers.people import TESTING
from handlers.seller.asking import asked


async def on_test(update: Update, context: Context) -> None:
    """From now on this chat is a buyer's, but for /test off; that lasts over a restart."""
    command = asked(update, context)
    desk, who = command.desk, command.owner
    if command.words and command.words[0].lower() in ("off", "结束"):
        unit = [desk.store.marks.clear(f"{TESTING}{who}")]
        chat = await desk.chats.find(who, "", command.now)
        if chat is None or who not in desk.people.testers:
            await command.say("test_off", unit)
        else:
            async with chat.held():  # nobody is to wait for an answer to a play
                chat.change(handed_over_at=None, handover_reason="")
                unit += await desk.cards.settle(chat, "done", command.now, who)
                await command.say("test_off", [*unit, desk.store.conversations.save(chat.conversation)])
        desk.people.testers.discard(who)
        return None
    if command.words:
        return await command.misused("test_wrong", "/test [off]", "/test off")
    await command.say("test_on", [desk.store.marks.set(f"{TESTING}{who}", True, command.now)])
    desk.people.testers.add(who)
    return None
