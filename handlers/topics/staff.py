"""The shop's people in the group: what they write in a topic goes to its buyer; // stays inside; closing it means stop."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from telegram import Message, Update

from handlers import access
from handlers.buyer.meeting import media_in
from handlers.resending import album, by_id, go_together
from handlers.seller.aliases import command_in
from handlers.seller.buyers.replying import verbatim
from handlers.seller.buyers.switching import release, switch_off
from handlers.speaking import Record
from handlers.takeover import written_by_hand
from handlers.topics.fates import closed
from handlers.topics.forum import Album
from handlers.topics.setting_up import SETUP, set_up
from store.messages import Change, Version, Who
from store.messages import Message as Kept
from store.outbox import Kind, Outgoing
from store.staff import Role
from store.topics import Mirror

if TYPE_CHECKING:
    from handlers.chats import Chat
    from handlers.desk import Context, Desk
    from store.writing import Write

NOTE = "//"
TOGETHER = timedelta(seconds=1.5)
"""The pictures of an album come one by one; so long after the last one it goes out as one."""
MARGIN = timedelta(seconds=0.5)
"""An album that goes this soon takes no more pictures."""


async def on_message(update: Update, context: Context) -> None:
    """Something was written in a group."""
    message, desk = update.effective_message, context.desk
    if message is None or message.from_user is None or not _is_own(message):
        return await desk.write([])
    who, text = message.from_user.id, message.text or message.caption or ""
    if SETUP.fullmatch(text):
        if desk.people.role(who) is not Role.OWNER:
            return await desk.write([])
        chat = message.chat
        return await set_up(desk, chat.id, chat.title or "", bool(chat.is_forum), who, message.message_id)
    thread = message.message_thread_id if message.is_topic_message else None
    buyer = desk.forum.buyer_at(thread) if thread is not None and message.chat.id == desk.forum.group else None
    if buyer is None:
        is_lost = message.chat.id == desk.forum.group and access.may(desk, who, access.REPLIES) and _is_ours(desk, text)
        return await desk.write([_aside(desk, message, "group_no_commands", _key(message))] if is_lost else [])
    if not access.may(desk, who, access.REPLIES):
        return await desk.write([_aside(desk, message, "topic_not_staff", f"not-staff:{message.chat.id}:{who}")])
    if message.forum_topic_closed is not None or message.forum_topic_reopened is not None:
        return await _stop_or_go(desk, buyer, who, message.forum_topic_closed is not None)
    if text.startswith(NOTE):
        return await _note(desk, buyer, message, text)
    if text.startswith("/"):
        return await desk.write([_aside(desk, message, "topic_no_commands", _key(message))])
    if message.text is None and media_in(message) is None:
        return await desk.write([])  # a line of Telegram's own
    return await _answer(desk, buyer, who, message)


async def on_edit(update: Update, context: Context) -> None:
    """An answer was edited: the buyer's copy follows. A note, or somebody else's line, has none."""
    message, desk = update.effective_message, context.desk
    if message is None or message.from_user is None or message.chat.id != desk.forum.group or not _is_own(message):
        return await desk.write([])
    row = await desk.store.outbox.by_key(_key(message))
    chat = await desk.chats.of_conversation(row.conversation_id) if row and row.conversation_id else None
    if row is None or chat is None or not access.may(desk, message.from_user.id, access.REPLIES):
        return await desk.write([])
    text = message.text or message.caption or ""
    payload: dict[str, Any] = {"message_id": {"of": row.key}}
    entities = [one.to_dict() for one in message.entities or message.caption_entities]
    name = "text" if message.text is not None else "caption"
    payload |= {name: text, **({f"{'' if name == 'text' else 'caption_'}entities": entities} if entities else {})}
    method = "editMessageText" if name == "text" else "editMessageCaption"
    now = desk.clock.now()
    kept = await desk.store.messages.by_outbox(row.id)
    unit: list[Write] = []
    if kept is not None and kept.now_reads != text:
        unit += desk.store.messages.change(Version(kept.id, message.edit_date or now, Change.EDIT, text))
        edit = f"{row.key}:edit:{now.timestamp():.6f}"
        out = Outgoing(
            edit, row.lane, row.chat_id, method, payload, Kind.REPLY, now, connection_id=row.connection_id,
            conversation_id=row.conversation_id, guard={"to": "buyer", "by": "staff", "edit": True},
        )  # fmt: skip
        unit.append(desk.store.outbox.put(out))
        who, topic = message.from_user.id, desk.forum.topics.get(chat.buyer.id)
        unit += await desk.promising.heard_again(chat, kept, text, who, edit, now, topic)
    return await desk.write(unit)


async def _answer(desk: Desk, buyer: int, who: int, message: Message) -> None:
    """Exactly what was written goes to the buyer, answering what it answers."""
    now, group = desk.clock.now(), message.chat.id
    chat, reply_to = await _where(desk, buyer, message)
    if chat is None:
        return await desk.write([])
    async with chat.held():
        text = message.text or message.caption or ""
        unit: list[Write] = []
        if message.media_group_id and (together := await _into_album(desk, chat, message, who, now)) is not None:
            unit += together
        else:
            method, payload = verbatim(message, by_file_id=True)
            if reply_to is not None:
                payload["reply_parameters"] = {"message_id": reply_to, "allow_sending_without_reply": True}
            row, record = desk.speaking.prepared(
                chat,
                method,
                payload,
                _key(message),
                now,
                Kind.REPLY,
                Record(text, staff_id=who),
                guard={"by": "staff"},
            )
            unit += [desk.store.outbox.put(row), *record]
            shown = Mirror(int(record[0].params["id"]), group, "", group_message_id=message.message_id)
            unit += desk.store.topics.show([shown])
        unit += await written_by_hand(desk, chat, text, now, who)
        unit += desk.promising.heard(chat, text, who, _key(message), now, desk.forum.topics.get(buyer))
        unit.append(desk.noted(who, "reply", f"buyer:{chat.buyer.id}", now))
        return await desk.write([*unit, desk.store.conversations.save(chat.conversation)])


async def _into_album(desk: Desk, chat: Chat, message: Message, who: int, now: datetime) -> list[Write] | None:
    """A picture joins its album, which goes out when no more come. None: it goes by itself."""
    media = (media_in(message) or [{}])[0]
    if by_id(media) is None:
        return None
    album_id, albums = str(message.media_group_id), desk.forum.albums
    before = albums.get(album_id)
    caption = before.caption if before is not None else {}
    entities = [one.to_dict() for one in message.caption_entities]
    if message.caption:
        caption = {"caption": message.caption, **({"caption_entities": entities} if entities else {})}
    joins = before is not None and before.due - now > MARGIN and go_together([*before.parts, media])
    parts = (*before.parts, media) if before is not None and joins else (media,)
    key = before.key if before is not None and joins else _key(message)
    due = now + TOGETHER
    if len(albums) > 100:
        albums.clear()
    gathered = Album(key, parts, due, caption)
    desk.once_written(lambda: albums.update({album_id: gathered}))
    method, payload = ("sendMediaGroup", album(parts, caption)) if len(parts) > 1 else by_id(media, caption) or ("", {})
    state = chat.conversation
    kept = Kept(
        state.id, Who.STAFF, message.caption or "", now, staff_id=who, album=album_id, media=[media], sent_at=now
    )
    unit = list(desk.store.messages.add(kept))
    unit += desk.store.topics.show([Mirror(kept.id, message.chat.id, "", group_message_id=message.message_id)])
    if joins:
        return [*unit, desk.store.outbox.amend(key, method, payload, due)]
    row = Outgoing(
        key, f"{state.connection_id}:{state.chat_id}", state.chat_id, method, payload, Kind.REPLY, now,
        connection_id=state.connection_id, conversation_id=state.id, not_before=due, guard={"to": "buyer", "by": "staff"},
    )  # fmt: skip
    return [*unit, desk.store.outbox.put(row)]


async def _where(desk: Desk, buyer: int, message: Message) -> tuple[Chat | None, int | None]:
    """The chat an answer goes to, and the message there that it answers."""
    answered = message.reply_to_message
    if answered is not None and answered.message_id != message.message_thread_id:
        shown = await desk.store.topics.at(message.chat.id, answered.message_id)
        kept = [one for mirror in shown if (one := await desk.store.messages.get(mirror.message_id)) is not None]
        if kept:  # several lines may stand there: the buyer's last one is what is answered
            meant = next((one for one in reversed(kept) if one.who is Who.BUYER), kept[-1])
            return await desk.chats.of_conversation(meant.conversation_id), meant.telegram_id
    return await desk.chats.of_buyer(buyer), None


async def _stop_or_go(desk: Desk, buyer: int, who: int, closes: bool) -> None:
    """A closed topic: the bot says nothing to this buyer. Opened again: it serves, and what came meanwhile is shown."""
    now, topic = desk.clock.now(), desk.forum.topics[buyer]
    fresh = closed(topic, now if closes else None)
    desk.once_written(lambda: desk.forum.topics.update({buyer: fresh}))
    unit = [desk.store.topics.save(fresh)]
    for one in await desk.store.conversations.of_buyer(buyer):
        chat = await desk.chats.of_conversation(one.id)
        if chat is not None:
            async with chat.held():
                unit += await (switch_off if closes else release)(desk, chat, who, now)
                await desk.write(unit)
                unit = []
            desk.forum.look_at(one.id)
    return await desk.write(unit)


async def _note(desk: Desk, buyer: int, message: Message, text: str) -> None:
    """Words for the shop's people only: kept, marked so that everybody sees it stayed inside."""
    assert message.from_user is not None
    now = desk.clock.now()
    payload = {"message_id": message.message_id, "reaction": [{"type": "emoji", "emoji": "✍"}]}
    mark = Outgoing(
        f"{_key(message)}:note", f":{message.chat.id}", message.chat.id, "setMessageReaction", payload, Kind.SELLER, now,
        guard={"to": "setup"},
    )  # fmt: skip
    words = text.removeprefix(NOTE).strip()[:1000]
    noted = desk.noted(message.from_user.id, "note", f"buyer:{buyer}", now, text=words)
    return await desk.write([noted, desk.store.outbox.put(mark)])


def _aside(desk: Desk, message: Message, template: str, key: str) -> Write:
    """A word in the topic to whoever wrote there; who is none of the shop's people reads it in the owner's language."""
    now = desk.clock.now()
    assert message.from_user is not None
    who = message.from_user.id
    reader = who if who in desk.people.present or not desk.people.owners else desk.people.owners[0]
    payload = {
        "text": desk.speech.seller(template, desk.voice(reader)), "parse_mode": "HTML",
        "message_thread_id": message.message_thread_id,
        "reply_parameters": {"message_id": message.message_id, "allow_sending_without_reply": True},
    }  # fmt: skip
    group = message.chat.id
    return desk.store.outbox.put(
        Outgoing(key, f":{group}", group, "sendMessage", payload, Kind.SELLER, now, guard={"to": "setup"})
    )


def _is_ours(desk: Desk, text: str) -> bool:
    """Whether this is a command of ours, written with its slash; another bot's is none."""
    return text.startswith("/") and command_in(text, desk.username()) in access.COMMANDS


def _is_own(message: Message) -> bool:
    """Written by a person under their own name: no channel, no anonymous administrator, no bot."""
    sender = message.from_user
    return sender is not None and not sender.is_bot and message.sender_chat is None and message.via_bot is None


def _key(message: Message) -> str:
    return f"topic-in:{message.chat.id}:{message.message_id}"
