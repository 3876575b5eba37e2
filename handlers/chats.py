"""The chats in memory: each conversation's state, read once when it is met and written whole with every change."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from weakref import WeakValueDictionary

from core.pricing import OFFERED_AGAIN_AFTER
from core.queueing import all_reasons
from store.conversations import SAVE

if TYPE_CHECKING:
    from clock import Clock
    from core.cards import Card
    from store import Store, Unit
    from store.buyers import Buyer
    from store.conversations import Conversation
    from store.outbox import Outgoing
    from store.turns import Turn

ON_BY_DEFAULT = frozenset({"restock", "parcels"})
"""Classes of push that are on until a buyer switches them off."""
KEPT = 5000
"""Chats kept in memory; the ones longest quiet are let go and read again when they wake."""
NEW_SESSION = timedelta(hours=12)
"""After so much quiet the next automatic reply says again that it is one."""


@dataclass(slots=True)
class Line:
    """One line of the buyer within a turn: the message it is kept as, and what it reads now. `quoted` is the text of the
    message it answers, where the buyer chose one; `is_edit`: it was answered before, and has another meaning since."""

    message_id: int
    telegram_id: int | None
    text: str
    at: datetime
    media: Any = None
    album: str = ""
    reply_to: int | None = None
    quoted: str = ""
    is_edit: bool = False


@dataclass(slots=True)
class OpenTurn:
    """Lines waiting to be answered together."""

    turn: Turn
    lines: list[Line] = field(default_factory=list)
    timer: asyncio.Task[None] | None = None


@dataclass(frozen=True, slots=True)
class Pending:
    """A question of ours that waits for a product or a place: the buyer's `words` it is about, the `asks` that wait for the
    product, the skus that were offered to choose from, and how `many` of one of them are wanted, 0 where that is not said."""

    words: str = ""
    asks: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()
    many: int = 0


@dataclass(slots=True, eq=False)
class Chat:
    """One conversation as memory holds it. Whoever changes it holds `lock`.

    `told` are facts and when they were said; `switches` what the buyer wants to be told; `product_turns` counts turns
    about goods since the program met this chat; `pending` is what waits for the buyer's answer; `card` is what the seller sees of it, once `is_card_read`. `is_kept`
    says that the store knows the chat. In the seller's own account `own_line` is the number of the last line they typed there,
    as far as this program knows, `sent` are the bot's own latest lines by their number, and `choices` are the buttons that may be answered by number (None: not read yet).
    """

    conversation: Conversation
    buyer: Buyer
    told: dict[str, datetime] = field(default_factory=dict)
    switches: dict[str, bool] = field(default_factory=dict)
    open_turn: OpenTurn | None = None
    product_turns: int = 0
    pending: Pending = Pending()
    card: Card | None = None
    is_card_read: bool = False
    is_kept: bool = True
    own_line: int = 0
    sent: dict[int, Outgoing] = field(default_factory=dict)
    choices: tuple[str, ...] | None = None
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)

    @property
    def name(self) -> str:
        return self.buyer.shown

    def change(self, **changes: Any) -> None:
        """Change the conversation's state; `saved()` writes it."""
        self.conversation = replace(self.conversation, **changes)

    def wait_for_a_person(self, reasons: Iterable[str], now: datetime) -> None:
        """A person is asked for: since when, and for all which reasons."""
        state = self.conversation
        known = all_reasons(state.handover_reasons, reasons)
        self.change(handed_over_at=state.handed_over_at or now, handover_reason=",".join(known))

    def held(self) -> _Held:
        """Change this chat alone; if that ends in an error, memory is put back to what the store knows."""
        return _Held(self)

    def wants(self, kind: str) -> bool:
        """Whether the buyer wants pushes of this class."""
        return self.switches.get(kind, kind in ON_BY_DEFAULT)

    def is_first_of_session(self, now: datetime) -> bool:
        """Whether the next automatic reply must say that it is automatic (S4 tip 7)."""
        said = self.conversation.disclosed_at
        last = self.conversation.last_outbound_at or said
        return said is None or (last is not None and now - last > NEW_SESSION)


class _Held:
    """A chat while it is changed: `async with`. Every line of a buyer goes through here."""

    __slots__ = ("_before", "_chat")

    def __init__(self, chat: Chat) -> None:
        self._chat = chat

    async def __aenter__(self) -> None:
        chat = self._chat
        await chat.lock.acquire()
        self._before = (
            (chat.conversation, chat.buyer, dict(chat.told), dict(chat.switches), chat.product_turns, chat.pending),
            (chat.open_turn, chat.card, chat.is_card_read, chat.own_line, chat.choices),
        )

    async def __aexit__(self, kind: type[BaseException] | None, *_: object) -> None:
        chat = self._chat
        if kind is not None:
            known, shown = self._before
            chat.conversation, chat.buyer, chat.told, chat.switches, chat.product_turns, chat.pending = known
            chat.open_turn, chat.card, chat.is_card_read, chat.own_line, chat.choices = shown
        chat.lock.release()


class Chats:
    """Finds the chat of an update: in memory, else in the store, else new."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock
        self._chats: OrderedDict[tuple[int, str], Chat] = OrderedDict()
        self._by_conversation: dict[int, tuple[int, str]] = {}
        self._meeting: WeakValueDictionary[tuple[int, str], asyncio.Lock] = WeakValueDictionary()
        store.on_written(self._written)

    def __len__(self) -> int:
        return len(self._chats)

    async def find(self, chat_id: int, connection_id: str = "", now: datetime | None = None) -> Chat | None:
        """The chat, or None if nobody ever wrote there."""
        key = (chat_id, connection_id)
        if (chat := self._chats.get(key)) is not None:
            self._chats.move_to_end(key)
            return chat
        lock = self._meeting.setdefault(key, asyncio.Lock())
        async with lock:
            if key in self._chats:
                return self._chats[key]
            return await self._read(chat_id, connection_id, now or self._clock.now())

    async def _read(self, chat_id: int, connection_id: str, now: datetime) -> Chat | None:
        met = await self._store.conversations.met(chat_id, connection_id)
        if met is None:
            return None
        told = await self._store.told.since(met.conversation.id, now - OFFERED_AGAIN_AFTER)
        switches = await self._store.buyers.switches(met.buyer.id)
        return self.keep(Chat(met.conversation, met.buyer, told, switches))

    async def choices(self, chat: Chat) -> tuple[str, ...]:
        """The buttons a buyer may answer by number, in order."""
        if chat.choices is None:
            found = await self._store.choices.of_conversation(chat.conversation.id)
            chat.choices = found[0] if found is not None else ()
        return chat.choices

    async def of_conversation(self, conversation_id: int) -> Chat | None:
        """The chat of a conversation."""
        key = self._by_conversation.get(conversation_id)
        if key is not None and (chat := self._chats.get(key)) is not None:
            return chat
        met = await self._store.conversations.get(conversation_id)
        return None if met is None else await self.find(met.conversation.chat_id, met.conversation.connection_id)

    async def of_buyer(self, buyer_id: int) -> Chat | None:
        """The chat a buyer last wrote in."""
        conversations = await self._store.conversations.of_buyer(buyer_id)
        if not conversations:
            person = await self._store.buyers.get(buyer_id)
            if person is None or person.id == buyer_id:
                return None
            conversations = await self._store.conversations.of_buyer(person.id)  # the number was merged into another
        if not conversations:
            return None
        return await self.find(conversations[-1].chat_id, conversations[-1].connection_id)

    def here(self, conversation_id: int) -> Chat | None:
        """The chat of a conversation, if it is in memory."""
        return self._chats.get(self._by_conversation.get(conversation_id, (0, "")))

    def know(self, buyer_id: int, **told: str) -> None:
        """A file tells something of a buyer; what it leaves empty stays."""
        self.correct(buyer_id, **{name: value for name, value in told.items() if value})

    def correct(self, buyer_id: int, **known: Any) -> None:
        """This is what is known of a buyer, empty or not."""
        for chat in self._chats.values():
            if chat.buyer.id == buyer_id:
                chat.buyer = replace(chat.buyer, **known)

    def merged(self, gone: int, person: Buyer, switches: Mapping[str, bool]) -> None:
        """The chats of the buyer who is gone are this person's, and what is known of them is known in all of theirs."""
        for chat in self._chats.values():
            if chat.buyer.id in (gone, person.id):
                chat.buyer, chat.switches = person, dict(switches)
                chat.change(buyer_id=person.id)

    def waiting(self) -> list[Chat]:
        """Chats with an open turn."""
        return [chat for chat in self._chats.values() if chat.open_turn is not None]

    def let_go(self, buyer_id: int, only: Collection[int] | None = None) -> None:
        """Forget a buyer's chats, or `only` these conversations; they are read again, or met anew, with the next line."""
        for place, chat in list(self._chats.items()):
            if chat.buyer.id == buyer_id and (only is None or chat.conversation.id in only):
                if chat.open_turn is not None and chat.open_turn.timer is not None:
                    chat.open_turn.timer.cancel()
                del self._chats[place]
                self._by_conversation.pop(chat.conversation.id, None)

    def keep(self, chat: Chat) -> Chat:
        """Hold a chat in memory, letting the quietest go."""
        key = (chat.conversation.chat_id, chat.conversation.connection_id)
        self._chats[key] = chat
        self._by_conversation[chat.conversation.id] = key
        if len(self._chats) > KEPT:
            for place, old in list(self._chats.items())[: KEPT // 10]:
                if old.open_turn is None and not old.lock.locked():
                    del self._chats[place]
                    self._by_conversation.pop(old.conversation.id, None)
        return chat

    def _written(self, unit: Unit) -> None:
        for write in unit:
            if write.statement is SAVE and (chat := self.here(write.params["id"])) is not None:
                chat.is_kept = True
