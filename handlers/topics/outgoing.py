"""What goes into a topic, as outbox rows: its making, its title, icon and card, and words to the shop's people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from core.topics import ICONS, State, colour, title
from handlers.calls import NO_PREVIEW, calls_for, fitting
from handlers.topics import showing
from store.outbox import Kind, Outgoing

if TYPE_CHECKING:
    from handlers.chats import Chat
    from handlers.desk import Desk
    from handlers.speaking import Labelled
    from store.topics import Topic
    from store.writing import Write
    from templates import Voice


def group_voice(desk: Desk) -> Voice:
    """How the group is spoken to: as its first owner is."""
    return desk.voice(next(iter(desk.people.owners), 0))


def put(
    desk: Desk, topic: Topic, method: str, payload: Mapping[str, Any], key: str, now: datetime, conversation_id: int
) -> Write:
    """One outbox row for a topic. Its thread is looked up when it goes, for it may not be made yet."""
    if method.startswith("send") or method == "editForumTopic":
        payload = {**payload, "message_thread_id": topic.thread_id or {"of": topic.key}}
    row = Outgoing(
        key=key,
        lane=f":{desk.forum.group}",
        chat_id=desk.forum.group,
        method=method,
        payload=fitting(payload),
        kind=Kind.SELLER,
        created_at=now,
        conversation_id=conversation_id,
        guard={"to": "topic", "topic": topic.key, "buyer": topic.buyer_id},
    )
    return desk.store.outbox.put(row)


def say(
    desk: Desk,
    topic: Topic,
    html: str,
    key: str,
    now: datetime,
    conversation_id: int,
    buttons: Sequence[Labelled] = (),
) -> list[Write]:
    """A word of the bot's to the shop's people in a buyer's topic, with buttons for whoever of them may tap."""
    unit: list[Write] = []
    keyboard = _keyboard(desk, buttons, now, unit) if buttons else None
    for place, (method, payload) in enumerate(calls_for(html, (), keyboard)):
        unit.append(put(desk, topic, method, payload, f"{key}:{place}" if place else key, now, conversation_id))
    return unit


def made(
    desk: Desk, topic: Topic, look: Mapping[str, Any], card: Mapping[str, Any], now: datetime, conversation_id: int
) -> list[Write]:
    """The topic is made with this look, and begins with this card, pinned."""
    pin = {"message_id": {"of": topic.card_key}, "disable_notification": True}
    return [
        put(desk, topic, "createForumTopic", look, topic.key, now, conversation_id),
        put(desk, topic, "sendMessage", card, topic.card_key, now, conversation_id),
        put(desk, topic, "pinChatMessage", pin, f"{topic.card_key}:pin", now, conversation_id),
    ]


def dressed(
    desk: Desk, chat: Chat, topic: Topic, of: State, now: datetime, *, is_new: bool
) -> tuple[Topic, list[Write]]:
    """The topic with title, icon and card as they should be now, and the writes that make it so."""
    unit: list[Write] = []
    conversation_id = chat.conversation.id
    name, icon = title(chat.name, of), desk.forum.icons.get(ICONS[of], "")
    text = showing.card(desk, group_voice(desk), chat, of)
    due = chat.conversation.muted_until if chat.conversation.is_muted(now) else None
    fresh = replace(topic, title=name, icon=icon, card=text, due_at=due)
    card: dict[str, Any] = {"text": text, "parse_mode": "HTML", "link_preview_options": NO_PREVIEW}
    if is_new or text != topic.card:
        card["reply_markup"] = _keyboard(desk, _buttons(desk, chat, of, now), now, unit)
    if is_new:
        look = {"name": name, "icon_color": colour(of, in_account=bool(chat.conversation.connection_id))}
        look |= {"icon_custom_emoji_id": icon} if icon else {}
        unit += made(desk, fresh, look, card, now, conversation_id)
    else:
        stamp = f"{now.timestamp():.6f}"
        if (name, icon) != (topic.title, topic.icon):
            look = {"name": name, **({"icon_custom_emoji_id": icon} if icon != topic.icon else {})}
            unit.append(put(desk, fresh, "editForumTopic", look, f"{fresh.key}:title:{stamp}", now, conversation_id))
        if text != topic.card:
            card["message_id"] = {"of": fresh.card_key}
            unit.append(put(desk, fresh, "editMessageText", card, f"{fresh.card_key}:{stamp}", now, conversation_id))
    if fresh != topic or is_new:
        unit.append(desk.store.topics.save(fresh))
    return fresh, unit


def _buttons(desk: Desk, chat: Chat, of: State, now: datetime) -> list[Labelled]:
    data = {"conversation": chat.conversation.id}
    names = [("button_release", "release") if chat.conversation.is_muted(now) else ("button_take", "take")]
    if of in (State.WAITING, State.ALARM):
        names.append(("button_done", "done"))
    if of is State.ALARM:
        names.append(("button_block", "block"))
    return [(desk.speech.seller(name, group_voice(desk)), action, data) for name, action in names]


def _keyboard(desk: Desk, buttons: Sequence[Labelled], now: datetime, unit: list[Write]) -> dict[str, Any]:
    """A row of buttons for whoever of the shop's people taps them in the group; who may is asked then."""
    group = desk.forum.group
    return {"inline_keyboard": [[desk.speaking.group_button(group, *one, now, unit) for one in buttons]]}
