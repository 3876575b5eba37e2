"""Hagglers: /hagglers, /haggle BUYER, /unmark BUYER, /decline BUYER, and the buttons under a mark."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from telegram import Update

from core.haggling.marking import Verdict
from handlers import haggling
from handlers.chats import Chat
from handlers.desk import Context, Desk
from handlers.seller.asking import Asked, asked, buyer_of
from handlers.speaking import Labelled
from handlers.tapping import tap_told, undo_button
from store.hagglers import Changed, Haggling
from store.writing import Write

MOST_LISTED = 20


async def on_hagglers(update: Update, context: Context) -> None:
    """/hagglers: who is marked, why and since when, and where the shop's threshold stands."""
    command = asked(update, context)
    desk = command.desk
    marked = await desk.store.hagglers.marked()
    people = [haggling.shown(desk, command.owner, one.haggling, one.name, ()) for one in marked[:MOST_LISTED]]
    line = round(100 * await haggling.threshold(desk))
    await command.say("hagglers", people=people, more=max(0, len(marked) - MOST_LISTED), threshold=line)


async def on_haggle(update: Update, context: Context) -> None:
    """/haggle BUYER: how the conversation stands now, with reasons; a button marks by hand, or says that a mark is wrong."""
    command = asked(update, context)
    chat = await buyer_of(command, "/haggle BUYER", "/haggle 123456")
    if chat is None:
        return
    desk = command.desk
    one, quoted = await _now(desk, chat, command.now)
    buttons = haggling.verdicts(desk, command.owner, one)
    if not one.is_marked:
        label = desk.speech.seller("button_haggler_mark", desk.voice(command.owner))
        buttons = [(label, "haggler_mark", {"conversation": one.conversation_id})]
    await command.say(
        "haggler", buttons=[buttons], conversation_id=one.conversation_id,
        **haggling.shown(desk, command.owner, one, chat.name, quoted),
    )  # fmt: skip


async def on_unmark(update: Update, context: Context) -> None:
    """/unmark BUYER: the mark was wrong. It is not set again for the same lines."""
    command = asked(update, context)
    chat = await buyer_of(command, "/unmark BUYER", "/unmark 123456")
    if chat is None:
        return None
    one = await command.desk.store.hagglers.get(chat.conversation.id)
    if one is None or not one.is_marked:
        return await command.say("not_marked", name=chat.name, buyer=chat.buyer.id)
    return await _say_verdict(command, one, chat, Verdict.CLEARED)


async def on_decline(update: Update, context: Context) -> None:
    """/decline BUYER: a polite last word to the buyer, in your name; nothing else changes for them."""
    command = asked(update, context)
    chat = await buyer_of(command, "/decline BUYER", "/decline 123456")
    if chat is None:
        return
    one = await command.desk.store.hagglers.get(chat.conversation.id)
    async with chat.held():
        goodbye = haggling.farewell(command.desk, chat, command.owner, command.now)
        if one is not None and one.is_marked:
            await _say_verdict(command, one, chat, Verdict.DECLINED, goodbye)
        else:
            deed = command.desk.noted(command.owner, "decline", f"buyer:{chat.buyer.id}", command.now)
            await command.say("haggler_declined", [*goodbye, deed], name=chat.name, buyer=chat.buyer.id, threshold=None)


async def haggler_mark(desk: Desk, chat: Chat, owner: int, now: datetime) -> list[Write]:
    """[标记]: the seller marks by hand."""
    one, quoted = await _now(desk, chat, now)
    stands = replace(one, marked_at=now, verdict="")
    values = haggling.shown(desk, owner, stands, chat.name, quoted)
    html = desk.speech.seller("haggler", desk.voice(owner), **values)
    key = f"haggler:{stands.conversation_id}:{now.timestamp():.6f}:{owner}"
    return [
        desk.store.hagglers.save(stands),
        haggling.noted(desk, desk.who(owner), "marked by hand", stands, now),
        *desk.speaking.tell_seller(
            owner,
            html,
            key,
            now,
            buttons=[haggling.verdicts(desk, owner, stands)],
            conversation_id=chat.conversation.id,
        ),
    ]


async def haggler_firm(desk: Desk, chat: Chat, owner: int, now: datetime) -> list[Write]:
    return await _tapped(desk, chat, Verdict.FIRM, owner, now)


async def haggler_decline(desk: Desk, chat: Chat, owner: int, now: datetime) -> list[Write]:
    return await _tapped(desk, chat, Verdict.DECLINED, owner, now, haggling.farewell(desk, chat, owner, now))


async def haggler_clear(desk: Desk, chat: Chat, owner: int, now: datetime) -> list[Write]:
    return await _tapped(desk, chat, Verdict.CLEARED, owner, now)


async def undo_verdict(desk: Desk, button: Any, owner: int, now: datetime) -> list[Write]:
    """The verdict is taken back, with what it taught, unless another one came since."""
    data = button.data
    one = await desk.store.hagglers.get(int(data["conversation"]))
    line = await haggling.threshold(desk)
    if one is None or one.verdict != data["verdict"] or line != data["taught"]:
        return tap_told(desk, owner, "nothing_to_undo", button, now)
    marked_at = datetime.fromisoformat(data["marked_at"])
    stands = replace(one, marked_at=marked_at, verdict=str(data["before"]), cleared_line=int(data["cleared_line"]))
    return [
        desk.store.hagglers.save(stands),
        haggling.teach(desk, float(data["threshold"]), now),
        haggling.noted(desk, desk.who(owner), "undo verdict", stands, now, threshold=data["threshold"]),
        *tap_told(desk, owner, "undone", button, now, what="verdict", about=one.buyer_id),
    ]


async def _tapped(
    desk: Desk, chat: Chat, verdict: Verdict, owner: int, now: datetime, also: list[Write] | None = None
) -> list[Write]:
    """A button under a mark: the verdict, and what came of it. Nothing where the mark is gone."""
    one = await desk.store.hagglers.get(chat.conversation.id)
    key = f"verdict:{chat.conversation.id}:{now.timestamp():.6f}:{owner}"
    voice = desk.voice(owner)
    if one is None or not one.is_marked:
        html = desk.speech.seller("not_marked", voice, name=chat.name, buyer=chat.buyer.id)
        return desk.speaking.tell_seller(owner, html, key, now)
    line = await haggling.threshold(desk)
    unit, values, undo = _verdict(desk, one, chat, verdict, line, owner, now)
    html = desk.speech.seller(f"haggler_{verdict.value}", voice, **values)
    said = desk.speaking.tell_seller(owner, html, key, now, buttons=[[undo]], conversation_id=chat.conversation.id)
    return [*unit, *(also or []), *said]


async def _say_verdict(
    command: Asked, one: Haggling, chat: Chat, verdict: Verdict, also: list[Write] | None = None
) -> None:
    desk = command.desk
    line = await haggling.threshold(desk)
    unit, values, undo = _verdict(desk, one, chat, verdict, line, command.owner, command.now)
    await command.say(f"haggler_{verdict.value}", [*unit, *(also or [])], buttons=[[undo]], **values)


def _verdict(
    desk: Desk, one: Haggling, chat: Chat, verdict: Verdict, line: float, owner: int, now: datetime
) -> tuple[list[Write], dict[str, Any], Labelled]:
    """The writes of a verdict, what is said of it, and the button that takes it back."""
    from core.haggling.marking import taught

    moved = taught(line, verdict)
    assert one.marked_at is not None
    data = {
        "conversation": one.conversation_id, "verdict": verdict.value, "before": one.verdict, "threshold": line, "taught": moved,
        "marked_at": one.marked_at.isoformat(), "cleared_line": one.cleared_line,
    }  # fmt: skip
    undo = undo_button(desk, owner, "undo_verdict", data)
    values = {"name": chat.name, "buyer": chat.buyer.id, "threshold": round(100 * moved)}
    return haggling.decided(desk, one, verdict, line, owner, now), values, undo


async def _now(desk: Desk, chat: Chat, now: datetime) -> tuple[Haggling, list[str]]:
    """The conversation as it stands this moment, and the lines that count."""
    state = chat.conversation
    changed = Changed(state.id, chat.buyer.id, state.last_inbound_at or now, state.last_products)
    (one,) = await haggling.judged(desk, [changed], await haggling.threshold(desk), now)
    return one.stands(now), one.quoted


ON_CHAT = {
    "haggler_mark": haggler_mark,
    "haggler_firm": haggler_firm,
    "haggler_decline": haggler_decline,
    "haggler_clear": haggler_clear,
}
