"""Keeps the topics in step with what was said: whatever is committed about a buyer is shown in their topic soon after.

What is shown is derived from the tables: messages without a mirror. While one message for a topic waits to be sent, no
second one is made; what comes meanwhile is merged into the next. So a burst stays within the group's twenty a minute.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from core.topics import State, state
from handlers.topics import showing
from handlers.topics.outgoing import dressed, group_voice, put
from store.conversations import SAVE
from store.errors import StoreError
from store.ids import id_ago
from store.messages import ADD, ADD_VERSION
from store.outbox import PUT, Kind, Outgoing
from store.topics import GROUP, Mirror, Topic

if TYPE_CHECKING:
    from handlers.chats import Chat
    from handlers.desk import Desk
    from store.messages import Message
    from store.writing import Unit, Write

BEFORE = timedelta(hours=1)
"""A new topic begins with what was said so long before."""
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Album:
    """Pictures of one of the shop's people that are gathered before they go: the outbox row's key, the media and the caption so
    far, and when it goes if no more come."""

    key: str
    parts: tuple[dict[str, Any], ...]
    due: datetime
    caption: dict[str, Any]


class Forum:
    """The group with topics, which the shop calls its inbox: which one it is, its topics in memory, and who shows what is new."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.group = 0
        self.icons: dict[str, str] = {}
        self.topics: dict[int, Topic] = {}
        self.waits: dict[int, str] = {}
        self.albums: dict[str, Album] = {}
        self._dirty: dict[int, None] = {}
        self._edited: dict[int, None] = {}
        self._held: set[int] = set()
        self._once_written: dict[int, tuple[Write, Callable[[], None]]] = {}
        self._woken = asyncio.Event()
        self._quiet = asyncio.Event()
        self._quiet.set()
        self._task: asyncio.Task[None] | None = None
        desk.store.on_written(self._written)

    @property
    def is_on(self) -> bool:
        """Whether buyers are shown in a group."""
        return self.group != 0

    # life

    async def open(self) -> None:
        """Read which group it is, and what it shows."""
        kept = await self._desk.store.marks.get(GROUP)
        if isinstance(kept, dict):
            self.group, self.icons = int(kept["chat_id"]), dict(kept.get("icons", {}))
            self.topics = {one.buyer_id: one for one in await self._desk.store.topics.of_group(self.group)}

    async def start(self) -> None:
        """Show what was said while nobody looked."""
        self._task = asyncio.create_task(self._run(), name="forum")
        if self.is_on:
            for met in await self._desk.store.conversations.active(self._desk.clock.now() - timedelta(days=1)):
                self.look_at(met.conversation.id)

    async def stop(self) -> None:
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def idle(self) -> None:
        """Return when everything is shown, or waits to be sent."""
        if self._task is not None:
            await self._quiet.wait()

    def connect(self, group: int, icons: dict[str, str]) -> None:
        """This group from now on."""
        self.group, self.icons, self.topics, self.waits = group, icons, {}, {}

    def disconnect(self) -> None:
        """No group any more: the sellers' own chats get the cards again."""
        self.group, self.topics, self.waits = 0, {}, {}

    def buyer_at(self, thread_id: int) -> int | None:
        """Whose topic this is."""
        return next((one.buyer_id for one in self.topics.values() if one.thread_id == thread_id), None)

    def forgotten(self, buyer_id: int, now: datetime) -> list[Write]:
        """A buyer is to be forgotten: their topic goes from the group too, with all that stands in it. `let_go` follows."""
        topic = self.topics.get(buyer_id)
        if topic is None or topic.thread_id is None:
            return []
        row = Outgoing(
            f"gone:{self.group}:{topic.thread_id}", f":{self.group}", self.group, "deleteForumTopic",
            {"message_thread_id": topic.thread_id}, Kind.SELLER, now, guard={"to": "setup"},
        )  # fmt: skip
        return [self._desk.store.outbox.put(row)]

    def merged(self, buyer_id: int, html: str, now: datetime) -> list[Write]:
        """A buyer is another one: their topic says so and is closed. `let_go` follows."""
        topic = self.topics.get(buyer_id)
        if topic is None or topic.thread_id is None:
            return []
        thread = {"message_thread_id": topic.thread_id}
        rows = [
            Outgoing(
                f"merged:{topic.key}:{method}", f":{self.group}", self.group, method, payload, Kind.SELLER, now,
                guard={"to": "setup"},
            )
            for method, payload in (
                ("sendMessage", {**thread, "text": html, "parse_mode": "HTML"}),
                ("closeForumTopic", thread),
            )
        ]  # fmt: skip
        return [self._desk.store.outbox.put(row) for row in rows]

    def let_go(self, buyer_id: int) -> None:
        """A buyer is forgotten, or is another one."""
        self.topics.pop(buyer_id, None)
        self.waits.pop(buyer_id, None)

    def look_at(self, conversation_id: int) -> None:
        """Something of this conversation may be new."""
        if self.is_on:
            self._dirty[conversation_id] = None
            self._quiet.clear()
            self._woken.set()

    def sent(self, buyer_id: int, key: str) -> None:
        """What waited for a topic is settled: the next may follow."""
        if self.waits.get(buyer_id) == key:
            del self.waits[buyer_id]
        for conversation_id in list(self._held):
            self._held.discard(conversation_id)
            self.look_at(conversation_id)

    def once_written(self, write: Write, change: Callable[[], None]) -> None:
        """Memory follows the commit of this very write, whoever commits it, and stays as it is when that fails. No message's own
        row: that one may be put otherwise than it was handed over."""
        self._once_written[id(write)] = (write, change)

    def _written(self, unit: Unit) -> None:
        for write in unit if self._once_written else ():
            if (kept := self._once_written.pop(id(write), None)) is not None:
                kept[1]()
        if not self.is_on:
            return
        for write in unit:
            if write.statement is ADD:
                self.look_at(write.params["conversation_id"])
            elif write.statement is SAVE:
                self.look_at(write.params["id"])
            elif write.statement is ADD_VERSION:
                self._edited[write.params["message_id"]] = None
                self._quiet.clear()
                self._woken.set()

    async def _run(self) -> None:
        while True:
            await self._woken.wait()
            self._woken.clear()
            await asyncio.sleep(0)  # whoever has just written finishes with its memory first
            try:
                while self._edited:
                    message_id = next(iter(self._edited))
                    await self._edit(message_id)
                    self._edited.pop(message_id, None)
                while self._dirty:
                    conversation_id = next(iter(self._dirty))
                    del self._dirty[conversation_id]
                    try:
                        await self._show(conversation_id)
                    except StoreError:
                        self._dirty[conversation_id] = None
                        raise
            except StoreError as error:
                log.warning("the forum waits for the store: %s", error)
                await self._desk.clock.sleep(2.0)
                self._woken.set()
                continue
            except Exception:
                log.exception("a topic could not be brought up to date")
                self._woken.set()
                continue
            if not self._dirty and not self._edited:
                self._quiet.set()

    # showing

    async def _show(self, conversation_id: int) -> None:
        """Bring a buyer's topic up to date: what is new, then title and card."""
        desk, now = self._desk, self._desk.clock.now()
        chat = await desk.chats.of_conversation(conversation_id)
        if chat is None or not self.is_on or chat.open_turn is not None:
            return None  # a turn that is closed saves its conversation: it comes again
        buyer_id = chat.buyer.id
        if buyer_id in desk.people.present:
            return None  # one of the shop's people tries out what a buyer sees
        if buyer_id in self.waits:
            self._held.add(conversation_id)
            return None
        known = self.topics.get(buyer_id)
        topic = known or Topic(self.group, buyer_id, id_ago(BEFORE))
        said = await desk.store.topics.not_shown(topic)
        if known is None and not said:
            return None
        if topic.closed_at is not None:
            return await self._tell_closed(chat, topic, said, now)
        topic, unit = dressed(desk, chat, topic, await self._state(chat, now), now, is_new=known is None)
        last = ""
        for place, one in enumerate(showing.calls(desk, group_voice(desk), chat.name, said)):
            last = f"shown:{one.pieces[0][0]}:{topic.generation}:{place}"
            payload = await self._threaded(one, said)
            unit.append(put(desk, topic, one.method, payload, last, now, conversation_id))
            unit += desk.store.topics.show(
                [Mirror(message_id, self.group, last, html) for message_id, html in one.pieces]
            )
        if unit:
            await self._write(unit, topic, known, last)
        return None

    async def _write(self, unit: list[Write], topic: Topic, known: Topic | None, last: str) -> None:
        """Commit what brings a topic up to date, `known` as it was before, and believe it then: `last` is what it waits for."""
        store, buyer_id = self._desk.store, topic.buyer_id
        by = next(one for one in reversed(unit) if one.statement is not PUT)

        def stands() -> None:
            if last:
                self.waits[buyer_id] = last
            now_is = self.topics.get(buyer_id)
            fresh = topic
            if now_is is not known and now_is is not None:  # made, made anew or closed while this was written
                fresh = replace(
                    topic, generation=now_is.generation, thread_id=now_is.thread_id,
                    closed_at=now_is.closed_at, told_closed_at=now_is.told_closed_at,
                )  # fmt: skip
            self.topics[buyer_id] = fresh

        self.once_written(by, stands)
        try:
            await store.write(unit)
        finally:
            self._once_written.pop(id(by), None)
        if (kept := self.topics.get(buyer_id)) is not None and kept != topic and kept.generation != topic.generation:
            await store.write([store.topics.save(kept)])

    async def _state(self, chat: Chat, now: datetime) -> State:
        card = await self._desk.cards.of(chat)
        return state(
            is_blocked=chat.buyer.is_blocked,
            is_alarm=card is not None and card.alarm,
            is_waiting=chat.conversation.handed_over_at is not None,
            is_muted=chat.conversation.is_muted(now),
        )

    async def _threaded(self, one: showing.Shown, said: list[Message]) -> dict[str, Any]:
        """The payload, answering in the group what was answered in the chat."""
        payload = dict(one.payload)
        first = next(message for message in said if message.id == one.pieces[0][0])
        if first.reply_to is None:
            return payload
        answered = await self._desk.store.messages.by_telegram_id(first.conversation_id, first.reply_to)
        mirror = await self._desk.store.topics.of_message(answered.id) if answered is not None else None
        if mirror is not None and mirror.group_message_id is not None and mirror.group_id == self.group:
            payload["reply_parameters"] = {
                "message_id": mirror.group_message_id,
                "allow_sending_without_reply": True,
            }
        return payload

    async def _edit(self, message_id: int) -> None:
        """A message was edited or deleted: the one that shows it follows."""
        desk, now = self._desk, self._desk.clock.now()
        mirror = await desk.store.topics.of_message(message_id)
        message = await desk.store.messages.get(message_id)
        if mirror is None or message is None or mirror.group_id != self.group or not mirror.key or not mirror.shown:
            return
        chat = await desk.chats.of_conversation(message.conversation_id)
        topic = self.topics.get(chat.buyer.id) if chat is not None else None
        if chat is None or topic is None:
            return
        html = showing.piece(desk, group_voice(desk), chat.name, message, caption=bool(message.media))
        together = await desk.store.topics.of_key(mirror.key)
        pieces = [(one.message_id, html if one.message_id == message_id else one.shown) for one in together]
        key = f"{mirror.key}:edit:{now.timestamp():.6f}"
        payload: dict[str, Any] = {"message_id": {"of": mirror.key}, "parse_mode": "HTML"}
        if message.media:
            row = put(desk, topic, "editMessageCaption", payload | {"caption": html}, key, now, chat.conversation.id)
        else:
            text = dict(showing.merged(pieces).payload)
            row = put(desk, topic, "editMessageText", text | payload, key, now, chat.conversation.id)
        await desk.store.write([row, *desk.store.topics.show([replace(mirror, shown=html)])])

    async def _tell_closed(self, chat: Chat, topic: Topic, said: list[Message], now: datetime) -> None:
        """A closed topic stays closed; that its buyer has written since is said once in General."""
        if topic.told_closed_at is not None or not any(one.who == "buyer" for one in said):
            return
        fresh = replace(topic, told_closed_at=now)
        desk = self._desk
        html = desk.speech.seller("topic_closed_news", group_voice(desk), name=chat.name, buyer=chat.buyer.id)
        payload = {"text": html, "parse_mode": "HTML"}
        row = Outgoing(
            f"{topic.key}:closed:{now.timestamp():.6f}", f":{self.group}", self.group, "sendMessage", payload, Kind.SELLER,
            now, conversation_id=chat.conversation.id, guard={"to": "group"},
        )  # fmt: skip
        await desk.store.write([desk.store.outbox.put(row), desk.store.topics.save(fresh)])
        self.topics[topic.buyer_id] = fresh
