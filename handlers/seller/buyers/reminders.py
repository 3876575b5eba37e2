"""What is to be done later: /later and /queue. The clock's part is `jobs.reminders`."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from telegram import Update

from core.command_times import moment_in
from handlers import access
from handlers.desk import Context, Desk
from handlers.seller.asking import asked, buyer_of, is_buyer, replied_to
from handlers.speaking import Labelled
from handlers.tapping import tap_told
from store.reminders import Reminder
from store.staff import Role
from store.writing import Write

if TYPE_CHECKING:
    from store.buttons import Button

USAGE = ("/later BUYER TIME [NOTE]", "/later 123456 2h 问问尺码合不合适")
MOST_SHOWN = 10
AGAIN = timedelta(hours=1)


async def on_later(update: Update, context: Context) -> None:
    """/later BUYER 2h [note]: you are reminded of this buyer then; 30m, 1d, 18:30 and 明天 9:00 are times too."""
    command = asked(update, context)
    desk = command.desk
    words = command.words
    if (swapped := moment_in(words, command.now, desk.shelf.now.shop.timezone)) is not None:
        # "2h 123456": the time before the buyer
        place = swapped[1]
        if len(words) > place and is_buyer(words[place]) and command.message.reply_to_message is None:
            words = (words[place], *words[:place], *words[place + 1 :])
    is_named = (
        bool(words) and is_buyer(words[0]) and moment_in(words, command.now, desk.shelf.now.shop.timezone) is None
    )
    chat = None if is_named else await replied_to(command)
    if chat is None:
        chat, words = await buyer_of(replace(command, words=words[:1]), *USAGE), words[1:]
    if chat is None:
        return None
    found = moment_in(words, command.now, desk.shelf.now.shop.timezone)
    if found is None:
        return await command.misused("later_wrong", *USAGE)
    due, used = found
    note = " ".join(words[used:])[:300]
    one = Reminder(command.owner, chat.buyer.id, due, command.now, note, chat.conversation.id)
    noted = desk.noted(command.owner, "later", f"buyer:{chat.buyer.id}", command.now, due=due.isoformat())
    undo = command.undo("reminder_done", {"reminder": one.id, "undo": True})
    return await command.say(
        "later_set", [desk.store.reminders.add(one), noted], buttons=[[undo]],
        conversation_id=chat.conversation.id, name=chat.name, buyer=chat.buyer.id, due=due, note=note,
    )  # fmt: skip


async def on_queue(update: Update, context: Context) -> None:
    """/queue: what you are to be reminded of, the soonest first; a manager sees everybody's."""
    command = asked(update, context)
    desk = command.desk
    sees_all = access.may(desk, command.owner, Role.MANAGER)
    waiting = [one for one in await desk.store.reminders.open() if sees_all or one.user_id == command.owner]
    voice, shown, buttons = desk.voice(command.owner), [], []
    for place, one in enumerate(waiting[:MOST_SHOWN], 1):
        buyer = await desk.store.buyers.get(one.buyer_id)
        shown.append(
            {
                "place": place, "due": one.due_at, "note": one.note, "buyer": one.buyer_id,
                "name": buyer.shown if buyer else str(one.buyer_id), "is_due": one.due_at <= command.now,
                "whose": "" if one.user_id == command.owner else desk.people.name_of(one.user_id),
            }
        )  # fmt: skip
        row: list[Labelled] = []
        if one.conversation_id is not None:
            label = desk.speech.seller("button_open_n", voice, number=place)
            row.append((label, "open", {"conversation": one.conversation_id}))
        row.append((desk.speech.seller("button_done_n", voice, number=place), "reminder_done", {"reminder": one.id}))
        buttons.append(row)
    await command.say("queue", buttons=buttons, reminders=shown, more=max(0, len(waiting) - MOST_SHOWN))


async def tap_done(desk: Desk, button: Button, who: int, now: datetime) -> list[Write]:
    """[处理好了]: it is done with; nobody is reminded any more."""
    one = await _of(desk, button, who)
    if one is None or one.closed_at is not None:
        return tap_told(desk, who, "nothing_to_undo", button, now)
    noted = desk.noted(who, "reminder done", f"buyer:{one.buyer_id}", now)
    return [
        desk.store.reminders.close(one.id, now),
        noted,
        *tap_told(desk, who, "later_done", button, now, **_about(one), undone=bool(button.data.get("undo"))),
    ]


async def tap_again(desk: Desk, button: Button, who: int, now: datetime) -> list[Write]:
    """[一小时后]: the same, an hour later."""
    one = await _of(desk, button, who)
    if one is None or one.closed_at is not None:
        return tap_told(desk, who, "nothing_to_undo", button, now)
    due = now + AGAIN
    noted = desk.noted(who, "reminder later", f"buyer:{one.buyer_id}", now, due=due.isoformat())
    said = tap_told(desk, who, "later_again", button, now, **_about(one) | {"due": due})
    return [desk.store.reminders.move(one.id, due), noted, *said]


def remind(desk: Desk, one: Reminder, who: int, name: str, now: datetime) -> list[Write]:
    """The writes that remind this person, once for each time it falls due."""
    voice = desk.voice(who)
    rows: list[list[Labelled]] = [
        [
            (desk.speech.seller("button_done", voice), "reminder_done", {"reminder": one.id}),
            (desk.speech.seller("button_hour", voice), "reminder_again", {"reminder": one.id}),
        ]
    ]
    if one.conversation_id is not None:
        rows[0].insert(0, (desk.speech.seller("button_open", voice), "open", {"conversation": one.conversation_id}))
    html = desk.speech.seller("reminder", voice, name=name, buyer=one.buyer_id, note=one.note, since=one.made_at)
    key = f"reminder:{one.id}:{one.due_at.timestamp():.0f}:{who}"
    return desk.speaking.tell_seller(who, html, key, now, buttons=rows, conversation_id=one.conversation_id)


async def _of(desk: Desk, button: Button, who: int) -> Reminder | None:
    one = await desk.store.reminders.get(int(button.data["reminder"]))
    if one is None or not (one.user_id == who or access.may(desk, who, Role.MANAGER)):
        return None
    return one


def _about(one: Reminder) -> dict[str, Any]:
    return {"buyer": one.buyer_id, "note": one.note}
