"""Whose turn it is: /inbox, /next, and opening a conversation from any list."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from telegram import Update

from core.queueing import Waiter, in_turn
from handlers.calls import NO_PREVIEW
from handlers.desk import Context, Desk
from handlers.seller.asking import asked
from handlers.seller.buyers.switching import take
from handlers.speaking import Labelled
from handlers.transcript import lines_of
from store.messages import Who
from store.writing import Write

if TYPE_CHECKING:
    from handlers.chats import Chat
    from store.buttons import Button
    from store.conversations import Met

LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
PAGE = 5
"""Buyers on one page of /inbox: each has a row of buttons, and a phone shows no more at a glance."""
LINES = 12
"""Lines of a conversation that is opened; /history shows more."""


async def on_inbox(update: Update, context: Context) -> None:
    """/inbox: who waits for a person, complaints first, then the better buyers, nobody longer than the ceiling."""
    command = asked(update, context)
    values, buttons = await _page(command.desk, command.owner, command.now, 0)
    await command.say("inbox", buttons=buttons, **values)


async def on_next(update: Update, context: Context) -> None:
    """/next: the buyer whose turn it is becomes yours, with the last lines at hand."""
    command = asked(update, context)
    desk = command.desk
    for met in await _waiting(desk, command.now):
        chat = await desk.chats.of_conversation(met.conversation.id)
        if chat is None:
            continue
        async with chat.held():
            state = chat.conversation
            if state.handed_over_at is None or _is_anothers(chat, command.owner, command.now):
                continue
            if state.taken_by == command.owner and state.is_muted(command.now):
                continue  # it is theirs already, and still unanswered: /inbox shows it
            unit = await take(desk, chat, command.owner, command.now)
            opened = await _opened(desk, chat, command.owner)
            await desk.write([*unit, *_shown(desk, chat, command.owner, f"{command.key}:next", command.now, opened)])
            return None
    return await command.say("inbox", people=[], pages=1, page=1, total=0)


async def tap_page(desk: Desk, button: Button, who: int, now: datetime, message_id: int) -> list[Write]:
    """[下一页]: the list, as it is now, in the place of the one shown."""
    values, buttons = await _page(desk, who, now, int(button.data["page"]))
    html = desk.speech.seller("inbox", desk.voice(who), **values)
    unit: list[Write] = []
    rows = desk.speaking.seller_rows(who, buttons, now, unit)
    payload: dict[str, Any] = {
        "message_id": message_id, "text": html, "parse_mode": "HTML", "link_preview_options": NO_PREVIEW,
        "reply_markup": {"inline_keyboard": rows},
    }  # fmt: skip
    return [*unit, desk.speaking.to_seller(who, "editMessageText", payload, f"tap:{button.id}", now)]


async def tap_open(desk: Desk, button: Button, who: int, now: datetime) -> list[Write]:
    """[打开]: the last lines of a conversation; a reply to them goes to the buyer."""
    chat = await desk.chats.of_conversation(int(button.data["conversation"]))
    if chat is None:
        return []
    return _shown(desk, chat, who, f"tap:{button.id}", now, await _opened(desk, chat, who))


ON_MESSAGE = {"inbox_page": tap_page}


async def _waiting(desk: Desk, now: datetime) -> list[Met]:
    found = {met.conversation.id: met for met in await desk.store.conversations.handed_over()}
    marked = {one.haggling.conversation_id for one in await desk.store.hagglers.marked()}
    queue = [
        Waiter(
            id, met.conversation.handed_over_at or now, met.buyer.grade, met.conversation.handover_reasons, id in marked
        )
        for id, met in found.items()
    ]
    return [found[one.conversation_id] for one in in_turn(queue, now)]


async def _page(desk: Desk, who: int, now: datetime, page: int) -> tuple[dict[str, Any], list[list[Labelled]]]:
    """What the template says of a page, and its buttons."""
    waiting = await _waiting(desk, now)
    pages = max(1, -(-len(waiting) // PAGE))
    page = min(max(page, 0), pages - 1)
    voice, people, buttons = desk.voice(who), [], []
    for place, met in enumerate(waiting[page * PAGE : (page + 1) * PAGE], page * PAGE + 1):
        state = met.conversation
        # A message bears Telegram's date, which may be older than the chat itself: the bot may have been off.
        lines = await desk.store.messages.of_conversation(state.id, LONG_AGO, 5)
        words = next((one.now_reads for one in reversed(lines) if one.who is Who.BUYER and one.now_reads), "")
        taken = state.taken_by if state.is_muted(now) and state.taken_by is not None else None
        people.append(
            {
                "place": place,
                "name": met.buyer.shown,
                "buyer": met.buyer.id,
                "grade": met.buyer.grade,
                "since": state.handed_over_at,
                "written_at": state.seller_wrote_at,
                "reasons": state.handover_reasons,
                "words": words[:80],
                "taken_by": "" if taken is None else desk.people.name_of(taken),
            }
        )
        data = {"conversation": state.id}
        label = desk.speech.seller("button_open_n", voice, number=place)
        row: list[Labelled] = [(label, "open", data)]
        if taken is None:
            row.append((desk.speech.seller("button_take_n", voice, number=place), "take", data))
        buttons.append(row)
    turning: list[Labelled] = []
    if page:
        turning.append((desk.speech.seller("button_back", voice), "inbox_page", {"page": page - 1}))
    if page + 1 < pages:
        turning.append((desk.speech.seller("button_on", voice), "inbox_page", {"page": page + 1}))
    if turning:
        buttons.append(turning)
    return {"people": people, "page": page + 1, "pages": pages, "total": len(waiting)}, buttons


def _is_anothers(chat: Chat, who: int, now: datetime) -> bool:
    state = chat.conversation
    return state.is_muted(now) and state.taken_by not in (None, who)


async def _opened(desk: Desk, chat: Chat, who: int) -> dict[str, Any]:
    lines = await desk.store.messages.history(chat.buyer.id)
    return {
        "name": chat.name,
        "buyer": chat.buyer.id,
        "total": len(lines),
        "earlier": max(0, len(lines) - LINES),
        "lines": await lines_of(desk, who, lines[-LINES:]),
    }


def _shown(desk: Desk, chat: Chat, who: int, key: str, now: datetime, values: dict[str, Any]) -> list[Write]:
    voice, data = desk.voice(who), {"conversation": chat.conversation.id}
    muted = chat.conversation.is_muted(now)
    name, action = ("button_release", "release") if muted else ("button_take", "take")
    row: list[Labelled] = [(desk.speech.seller(name, voice), action, data)]
    if chat.conversation.handed_over_at is not None:
        row.append((desk.speech.seller("button_done", voice), "done", data))
    html = desk.speech.seller("opened", voice, **values)
    return desk.speaking.tell_seller(who, html, key, now, buttons=[row], conversation_id=chat.conversation.id)
