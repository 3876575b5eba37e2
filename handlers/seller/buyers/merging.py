"""Two buyers who are one person: /merge shows both and asks; a tap makes one of them. The owner's alone."""

from __future__ import annotations

from contextlib import AsyncExitStack
from datetime import datetime
from typing import TYPE_CHECKING, Any

from telegram import Update

from handlers.desk import Context
from handlers.seller.asking import asked, is_buyer
from handlers.speaking import Labelled
from handlers.tapping import tap_told
from handlers.topics.outgoing import group_voice
from store.merging import merge, merged

if TYPE_CHECKING:
    from handlers.chats import Chat
    from handlers.desk import Desk
    from store.buttons import Button
    from store.buyers import Buyer
    from store.writing import Write

USAGE = ("/merge KEPT GONE", "/merge 123456 234567")
ALL = 10_000


async def on_merge(update: Update, context: Context) -> None:
    """/merge KEPT GONE: both are shown, and it is asked whether everything of the second becomes the first one's."""
    command = asked(update, context)
    desk = command.desk
    if len(command.words) != 2 or not all(map(is_buyer, command.words)):
        return await command.misused("merge_wrong", *USAGE, why="numbers")
    kept_no, gone_no = map(int, command.words)
    kept, gone = await desk.store.buyers.get(kept_no), await desk.store.buyers.get(gone_no)
    if kept is None or gone is None:
        return await command.say("no_such_buyer", buyer=kept_no if kept is None else gone_no)
    if kept_no == gone_no:
        return await command.misused("merge_wrong", *USAGE, why="same")
    if kept.id == gone.id:
        return await command.misused("merge_wrong", *USAGE, why="merged", name=kept.shown, buyer=kept.id)
    for written, one in ((kept_no, kept), (gone_no, gone)):
        told: dict[str, Any] = {"said": written, "name": one.shown, "buyer": one.id}
        if one.id != written:
            return await command.misused("merge_wrong", *USAGE, why="moved", **told)
        if one.is_blocked:
            return await command.misused("merge_wrong", *USAGE, why="blocked", **told)
        if one.id in desk.people.present:
            return await command.misused("merge_wrong", *USAGE, why="staff", **told)
    voice, data = desk.voice(command.owner), {"kept": kept.id, "gone": gone.id}
    buttons: list[Labelled] = [
        (desk.speech.seller("button_merge", voice), "merge_yes", data),
        (desk.speech.seller("button_merge_no", voice), "merge_no", data),
    ]
    return await command.say(
        "merge_ask", buttons=[buttons], kept=await _shown(desk, kept), gone=await _shown(desk, gone)
    )


async def merge_yes(desk: Desk, button: Button, who: int, now: datetime, used: Write) -> None:
    """[merge]: unless something has come between. Their chats wait meanwhile, so that nothing is written for who is gone."""
    kept_no, gone_no = int(button.data["kept"]), int(button.data["gone"])
    async with AsyncExitStack() as held:
        for chat in await _chats(desk, kept_no, gone_no):
            await held.enter_async_context(chat.held())
        kept, gone = await desk.store.buyers.get(kept_no), await desk.store.buyers.get(gone_no)
        if kept is None or gone is None or not _may(desk, kept, kept_no) or not _may(desk, gone, gone_no):
            return await desk.write([used, *tap_told(desk, who, "merge_stands", button, now)])
        person = merged(kept, gone)
        both = [await _shown(desk, one) for one in (kept, gone)]
        told = {name: sum(one[name] for one in both) for name in ("orders", "chats")}
        html = desk.speech.seller("merge_topic", group_voice(desk), name=person.shown, buyer=person.id)
        unit = [
            *merge(kept, gone, now),
            *desk.forum.merged(gone.id, html, now),
            desk.noted(who, "merge", f"buyer:{kept.id}", now, gone=gone.id),
            *tap_told(desk, who, "merge_done", button, now, name=person.shown, buyer=person.id, gone=gone.id, **told),
        ]
        await desk.write([used, *unit])
        desk.forum.let_go(gone.id)
        desk.chats.merged(gone.id, person, await desk.store.buyers.switches(person.id))
    for one in await desk.store.conversations.of_buyer(person.id):
        desk.forum.look_at(one.id)
    return None


async def merge_no(desk: Desk, button: Button, who: int, now: datetime, message_id: int) -> list[Write]:
    """[leave them]: nothing is changed, and the question has no buttons any more."""
    html = desk.speech.seller("merge_not", desk.voice(who))
    payload = {"message_id": message_id, "text": html, "parse_mode": "HTML"}
    return [desk.speaking.to_seller(who, "editMessageText", payload, f"tap:{button.id}", now)]


ON_MESSAGE = {"merge_no": merge_no}


def _may(desk: Desk, one: Buyer, number: int) -> bool:
    return one.id == number and not one.is_blocked and one.id not in desk.people.present


async def _chats(desk: Desk, *buyers: int) -> list[Chat]:
    """Every chat of theirs, always in the same order: whoever holds several takes them so."""
    states = [one for buyer in buyers for one in await desk.store.conversations.of_buyer(buyer)]
    found = [await desk.chats.of_conversation(one.id) for one in sorted(states, key=lambda one: one.id)]
    return [chat for chat in found if chat is not None]


async def _shown(desk: Desk, one: Buyer) -> dict[str, Any]:
    """How a buyer is shown before it is decided."""
    chats = await desk.store.conversations.of_buyer(one.id)
    wrote = [chat.last_inbound_at for chat in chats if chat.last_inbound_at is not None]
    return {
        "name": one.shown, "buyer": one.id, "grade": one.grade, "username": one.username, "chats": len(chats),
        "orders": len(await desk.store.orders.of_buyer(one.id, ALL)), "wrote_at": max(wrote, default=None),
    }  # fmt: skip
